/**
 * Sentence by sentence: the sentence under the pointer, or tapped, is marked together with its counterpart in
 * the other language: on the parallel page, and in place, where a paragraph's menu puts the other edition
 * below it. With the keyboard, the arrow keys go from sentence to sentence. Asks for one file of a document,
 * when a reader turns to its first sentence. Marks are highlights of the browser (CSS Custom Highlight API);
 * where there are none, or this module is not, the texts stand beside each other as they are.
 */

import { ask } from "./disk.js"
import { element, required } from "./element.js"
import { styled } from "./stylesheet.js"

/** @typedef {{other: string, status: string, stale: string, close: string, step: string, alone: string}} Said
 * @typedef {{languages: string[], paragraphs: Record<string, [string[], string[], number[]]>,
 *   stale: string[], words: Record<string, Said>}} Sentences
 * @typedef {{texts: [Text, Text], linked: number[]}} Pair two paragraphs beside each other */

const NAME = "kb-sentence"
// What stands in a paragraph without being of its text.
const APART = "a.kb-number, a.kb-mark, .kb-card, .kb-menu, .kb-list-number, .kb-stale, .kb-draft,"
  + " .footnote-ref, rt, rp, ul, ol, blockquote, table, pre, div, aside, script, style, template"

/** @type {Promise<Sentences> | undefined} */
let asked
const place = () => /** @type {HTMLElement} */ (required("[data-kb-sentences]"))

/** @returns {Promise<Sentences>} */
function sentences() {
  if (!asked) {
    const found = Promise.all([
      ask(new URL(place().dataset.kbSentences ?? "", location.href))
        .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(`${answer.status}`)))),
      styled("sentences.css"),
    ]).then(([data]) => data)
    found.catch(() => { asked = undefined })
    asked = found
  }
  return asked
}

/** @param {string} text @returns {number} characters, white space apart: pages break lines as they like */
const length = (text) => text.replace(/\s/g, "").length

/** A paragraph as it is shown, and where it is cut. */
class Text {
  /** @param {Element} block @param {string[]} parts */
  constructor(block, parts) {
    this.parts = parts
    /** @type {{node: globalThis.Text, from: number}[]} */
    this.nodes = []
    let total = 0
    const { SHOW_ELEMENT, SHOW_TEXT, FILTER_ACCEPT, FILTER_REJECT, FILTER_SKIP } = NodeFilter
    const walker = document.createTreeWalker(block, SHOW_ELEMENT | SHOW_TEXT, (node) => {
      if (!(node instanceof Element)) return FILTER_ACCEPT
      return node.matches(APART) ? FILTER_REJECT : FILTER_SKIP
    })
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      this.nodes.push({ node: /** @type {globalThis.Text} */ (node), from: total })
      total += length(node.nodeValue ?? "")
    }
    this.starts = [0]
    for (const part of parts) this.starts.push((this.starts.at(-1) ?? 0) + length(part))
    /** Whether the page shows what was cut. */
    this.isSame = total === this.starts.at(-1)
  }

  /** The sentence that a place in the text is in; -1 for none. @param {Node} node @param {number} offset */
  at(node, offset) {
    const known = this.nodes.find((one) => one.node === node)
    if (!known) return -1
    const before = known.from + length((node.nodeValue ?? "").slice(0, offset))
    const found = this.starts.findIndex((start, at) => start <= before && before < this.starts[at + 1])
    return found < 0 ? this.parts.length - 1 : found  // behind its last character
  }

  /** @param {number} at @returns {Range} */
  range(at) {
    const range = document.createRange()
    range.setStart(...this.before(this.starts[at]))
    const [node, offset] = this.before(this.starts[at + 1] - 1)
    range.setEnd(node, offset + 1)
    return range
  }

  /** The place of a character, counted without white space. @param {number} count
   *  @returns {[globalThis.Text, number]} */
  before(count) {
    const { node, from } = this.nodes.findLast((one) => one.from <= count && length(one.node.data))
      ?? this.nodes[0]
    let left = count - from
    for (let at = 0; at < node.length; at += 1) {
      if (/\s/.test(node.data[at])) continue
      if (left === 0) return [node, at]
      left -= 1
    }
    return [node, Math.max(0, node.length - 1)]
  }
}

/** @param {Sentences} data @param {string} id @param {(language: string) => Element | null} block
 *  @returns {Pair | null} null where there is nothing to mark, or the page shows another text */
function pair(data, id, block) {
  const known = data.paragraphs[id]
  if (!known || known[2].length < 2) return null
  const [one, other] = data.languages.map((language) => block(language))
  if (!one || !other) return null
  const texts = /** @type {[Text, Text]} */ ([new Text(one, known[0]), new Text(other, known[1])])
  return texts.every(({ isSame }) => isSame) ? { texts, linked: known[2] } : null
}

/** Where the pointer is in the text. @param {MouseEvent} event @returns {[Node, number] | null} */
function under({ clientX: x, clientY: y }) {
  if ("caretPositionFromPoint" in document) {
    const found = document.caretPositionFromPoint(x, y)
    return found && [found.offsetNode, found.offset]
  }
  const found = /** @type {any} */ (document).caretRangeFromPoint?.(x, y)
  return found && [found.startContainer, found.startOffset]
}

let shown = ""

function clear() {
  shown = ""
  CSS.highlights?.delete(NAME)
}

/** Mark a sentence and its counterpart. @param {Pair} found @param {number} at */
function mark({ texts, linked }, at) {
  if (!linked[at]) return clear()
  const key = `${at} ${texts[0].parts[at]}`
  if (key === shown) return undefined
  shown = key
  CSS.highlights?.set(NAME, new Highlight(...texts.map((text) => text.range(at))))
  return undefined
}

/** Mark what the pointer is at. @param {MouseEvent} event @param {Pair | null | undefined} found */
function point(event, found) {
  const at = under(event)
  const index = at && found ? Math.max(...found.texts.map((text) => text.at(...at))) : -1
  if (found && index >= 0) mark(found, index)
  else clear()
}

/** @type {HTMLElement | null} what says to who cannot see it what is marked */
let voice = null

/** Go to the next sentence, or the one before, and say its counterpart.
 *  @param {Pair} found @param {number} step @param {number} side which of both is said @param {Said} said
 *  @param {string} language of what is said */
function go(found, step, side, said, language) {
  const count = found.linked.length
  const key = stepped.get(found)
  const at = key === undefined ? (step > 0 ? 0 : count - 1) : (key + step + count) % count
  stepped.set(found, at)
  mark(found, at)
  voice ??= document.body.appendChild(element("p", { class: "kb-hidden", role: "status" }))
  voice.lang = found.linked[at] ? language : document.documentElement.lang
  voice.textContent = found.linked[at] ? found.texts[side].parts[at] : said.alone
}

/** @type {WeakMap<Pair, number>} where the arrow keys were last */
const stepped = new WeakMap()

/** @param {KeyboardEvent} event @returns {number} 1, -1, or 0 for another key */
const steps = ({ key, altKey, ctrlKey, metaKey }) =>
  (altKey || ctrlKey || metaKey ? 0 : { ArrowRight: 1, ArrowLeft: -1 }[key] ?? 0)

/** @param {HTMLElement} within
 *  @param {(target: Element) => Promise<Pair | null>} of what a place belongs to */
function follow(within, of) {
  /** @param {MouseEvent} event */
  const look = async (event) => {
    if (!(event.target instanceof Element)) return
    point(event, await of(event.target).catch(() => null))
  }
  within.addEventListener("pointermove", (event) => {
    if (event.pointerType === "mouse" && !event.buttons) look(event)
  })
  within.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") clear() })
  within.addEventListener("click", look)
}

addEventListener("keydown", ({ key }) => { if (key === "Escape") clear() })

/** @type {Map<string, Pair | null>} */
const pairs = new Map()

/** The row that something stands in. @param {Element} target @returns {Promise<Pair | null>} */
async function rowOf(target) {
  const row = /** @type {HTMLElement | null} */ (target.closest(".kb-row[id]"))
  if (!row) return null
  const data = await sentences()
  if (!pairs.has(row.id)) {
    pairs.set(row.id, pair(data, row.id, (language) =>
      row.querySelector(`.kb-cell[lang="${language}"] > :is(p, h2, h3, h4, h5, h6)`)))
  }
  return pairs.get(row.id) ?? null
}

/** On the parallel page. @param {HTMLElement} table */
function besideEachOther(table) {
  follow(table, rowOf)
  table.addEventListener("keydown", async (event) => {
    const step = steps(event)
    if (!step || !(event.target instanceof Element) || !event.target.matches(".kb-row-number")) return
    event.preventDefault()
    const [found, data] = [await rowOf(event.target).catch(() => null), await sentences()]
    const own = document.documentElement.lang
    const side = data.languages.findIndex((language) => language !== own)
    if (found) go(found, step, side, data.words[own], data.languages[side])
  })
}

/** Put the other edition of a paragraph below it, or take it away again. @param {string} id */
export async function beside(id) {
  const paragraph = document.getElementById(id)
  if (!paragraph) return
  const known = document.querySelector(`.kb-counterpart[data-of="${CSS.escape(id)}"]`)
  if (known) {
    known.remove()
    clear()
    return
  }
  const data = await sentences()
  const own = document.querySelector("article")?.lang || document.documentElement.lang
  const side = data.languages.findIndex((language) => language !== own)
  const said = data.words[document.documentElement.lang]
  const text = data.paragraphs[id]?.[/** @type {0 | 1} */ (side)].join("")
  if (!text) return
  const language = data.languages[side]
  const words = element("p", { class: "kb-counterpart-text", lang: language, tabindex: "0" }, text)
  const close = element("button", { type: "button", class: "kb-card-close", "aria-label": said.close }, "×")
  const number = /** @type {HTMLElement | null} */ (paragraph.querySelector("a.kb-number"))
  const twin = new URL(required(".kb-switch").getAttribute("href") ?? "", location.href)
  const box = element("aside", { class: "kb-note kb-counterpart", "data-of": id, "aria-label": said.other },
    close,
    element("p", { class: "kb-note-head" },
      element("a", { href: `${twin.href.split(/[?#]/)[0]}#${id}`, hreflang: language }, said.other)),
    words, element("p", { class: "kb-note-sign" }, data.stale.includes(id) ? said.stale : said.status))
  const list = paragraph.matches("li") ? paragraph.querySelector(":scope > :is(ul, ol)") : null
  if (list) list.before(box)
  else if (paragraph.matches("li")) paragraph.append(box)
  else paragraph.after(box)
  const found = pair(data, id, (tag) => (tag === language ? words : paragraph))
  if (found) {
    words.setAttribute("aria-description", said.step)
    words.setAttribute("aria-keyshortcuts", "ArrowLeft ArrowRight")
  }
  const shut = () => { box.remove(); clear(); number?.focus({ preventScroll: true }) }
  close.addEventListener("click", shut)
  box.addEventListener("keydown", (event) => {
    const step = steps(event)
    if (event.key === "Escape") shut()
    if (!step || !found || event.target !== words) return
    event.preventDefault()
    go(found, step, side, said, language)
  })
  for (const one of [paragraph, box]) follow(one, async () => found)
  words.focus({ preventScroll: true })
}

const table = /** @type {HTMLElement | null} */ (document.querySelector(".kb-parallel"))
if (table) besideEachOther(table)
