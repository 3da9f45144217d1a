/**
 * The words of a paragraph as they are recorded, and where each of them stands on the page. In: a paragraph
 * that has a number. Out: its wording in one line, and ranges of the page for parts of it. Numbers, marks
 * and notes of editors, and what scripts put there, are not of the text.
 */

/** @typedef {{text: string, nodes: Text[], offsets: number[]}} Wording for each code unit of `text` its node
 *  and
 *   where in it */

const APART = ".kb-number, .kb-mark, .kb-stale, .kb-draft, .kb-card, .kb-own-offer, .footnote-ref, aside, ul,"
  + " ol, .kb-counterpart, .kb-then-words ins, rp, rt, script, style, template"
/** What is written without spaces: there a line break is nothing. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\u3000-\u303f\u30fb\u30fc\uff00-\uffef]/u
const NUMBERED = "article :is(p, li)[id]:has(> a.kb-number)"

/** The paragraphs that can be cited. @param {ParentNode} page @returns {Map<string, HTMLElement>} by id */
export const paragraphs = (page) => new Map(
  [.../** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll(NUMBERED))].map((one) => [one.id, one]))

/** @param {Node | null | undefined} node @returns {HTMLElement | null} the paragraph that it stands in */
export function paragraphOf(node) {
  const within = node instanceof Element ? node : node?.parentElement
  return /** @type {HTMLElement | null} */ (within?.closest(APART) ? null : within?.closest(NUMBERED)) ?? null
}

/** @param {HTMLElement} paragraph @returns {Wording} */
export function wordingOf(paragraph) {
  const shown = NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT
  const walker = document.createTreeWalker(paragraph, shown, (node) => {
    if (!(node instanceof Element)) return NodeFilter.FILTER_ACCEPT
    return node.matches(APART) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP
  })
  /** @type {Wording} */
  const found = { text: "", nodes: [], offsets: [] }
  const spaces = { text: "", node: /** @type {Text | null} */ (null), offset: 0 }
  let text = ""
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const [offset, sign] of [.../** @type {Text} */ (node).data.split("")].entries()) {
      if (/\s/.test(sign) && sign !== "\u3000") {
        if (!spaces.text) Object.assign(spaces, { node, offset })
        spaces.text += sign
        continue
      }
      const isNothing = !text || (spaces.text.includes("\n") && UNSPACED.test(text.at(-1) ?? "")
        && UNSPACED.test(sign))
      if (spaces.text && spaces.node && !isNothing) {
        text += " "
        found.nodes.push(spaces.node)
        found.offsets.push(spaces.offset)
      }
      spaces.text = ""
      text += sign
      found.nodes.push(/** @type {Text} */ (node))
      found.offsets.push(offset)
    }
  }
  return { ...found, text }
}

/** A part of a paragraph on the page. @param {Wording} wording @param {number} start @param {number} end
 *  @returns {Range} */
export function rangeOf({ nodes, offsets }, start, end) {
  const range = document.createRange()
  range.setStart(nodes[start], offsets[start])
  range.setEnd(nodes[end - 1], offsets[end - 1] + 1)
  return range
}

/**
 * What of a paragraph's wording a selection holds, without spaces at its edges.
 * @param {Wording} wording
 * @param {Range} range
 * @returns {[number, number] | null} null where it holds none of its words
 */
export function passageIn({ text, nodes, offsets }, range) {
  const isHeld = (/** @type {number} */ at) => range.comparePoint(nodes[at], offsets[at]) === 0
    && range.comparePoint(nodes[at], offsets[at] + 1) === 0
  const held = [...nodes.keys()].filter((at) => text[at] !== " " && isHeld(at))
  if (!held.length) return null
  // Half of a character is none.
  const start = /[\udc00-\udfff]/.test(text[held[0]]) ? held[0] - 1 : held[0]
  const last = held[held.length - 1]
  return [start, /[\ud800-\udbff]/.test(text[last]) ? last + 2 : last + 1]
}
