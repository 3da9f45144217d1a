/**
 * What a page shows, as the search reads it. In: an element and a folded word. Out: runs of text that are
 * read as one (a paragraph, a cell, a line of code, a caption), and the places where the word stands in
 * them. A run may hold what is shown without being text of the page: the number of a list item, the
 * description of a picture. Numbers of paragraphs, editors' marks and what scripts put there are not of
 * the text.
 */

import { fold, marked, places } from "./folding.js"

/** @typedef {{from: number, length: number, node?: Text, element?: HTMLElement, order: number}} Piece of a
 *   run: a text node, or what `element` shows; `order` is the node's place among all on the page */
/** @typedef {{text: string, pieces: Piece[]}} Run */
/** @typedef {{points: number[], starts: number[], ends: number[], run: Run, number: number}} Readable */
/** @typedef {{ranges: Range[], elements: HTMLElement[], rank: [number, number]}} Place `rank`: the run and
 *   where in it, so that places can be put in reading order */

export const APART = ".kb-number, .kb-mark, .kb-card, .kb-menu, .kb-cited, .kb-own, .kb-counterpart,"
  + " .kb-edit, .kb-print, .kb-actions, .footnote-ref, .footnote-backref, .headerlink, rp, script, style,"
  + " template"
const PICTURE = "img[alt], [role=img][aria-label]"
const NUMBERED = "ol > li[value]"
/** What is written without spaces: there a line break is nothing. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\u3000-\u303f\u30fb\u30fc\uff00-\uffef]/u

/** @param {Element} element @returns {boolean} whether its text stands in the line of what is around it */
const isInline = (element) => /^(inline|ruby|contents)/.test(getComputedStyle(element).display)

/** The runs of a page, in reading order. @param {Element} root @returns {Run[]} */
function runs(root) {
  const walk = new Walk(root)
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (!(node instanceof Element)) return NodeFilter.FILTER_ACCEPT
    if (!node.matches(APART) && getComputedStyle(node).display !== "none") return NodeFilter.FILTER_ACCEPT
    walk.order += 1
    return NodeFilter.FILTER_REJECT
  })
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Text) walk.text(node)
    else walk.element(/** @type {HTMLElement} */ (node))
  }
  return walk.runs.filter((run) => run.text.trim())
}

/** One walk over a page. */
class Walk {
  /** @param {Element} root */
  constructor(root) {
    this.root = root
    this.order = 0
    /** @type {Run[]} */
    this.runs = []
    /** @type {Map<Element, Element>} */
    this.blocks = new Map()
    /** @type {Element | null} */
    this.block = null
    /** @type {Run | null} */
    this.run = null
    /** @type {Run | null} the readings of the ruby that was last met, while nothing else has followed */
    this.reading = null
    /** @type {HTMLElement | null} an item whose number is to be read before its first words */
    this.item = null
  }

  /** @param {HTMLElement} element */
  element(element) {
    if (element.matches(NUMBERED)) this.item = element
    if (!element.matches(PICTURE)) return
    const description = element.getAttribute("alt") ?? element.getAttribute("aria-label") ?? ""
    this.put(this.begun(), description, { element })
  }

  /** @param {Text} node */
  text(node) {
    this.order += 1
    const parent = node.parentElement ?? this.root
    const isReading = Boolean(parent.closest("rt"))
    const block = this.blockOf(parent)
    if (block !== this.block) {
      this.block = block
      this.run = this.reading = null
    }
    if (isReading) {
      this.put(this.reading ??= this.begun(), node.data, { node })
      return
    }
    if (!parent.closest("ruby") && node.data.trim()) this.reading = null
    this.run ??= this.begun()
    if (this.item?.contains(node) && node.data.trim()) {
      this.put(this.run, `${/** @type {HTMLLIElement} */ (this.item).value}. `, { element: this.item })
      this.item = null
    }
    this.put(this.run, node.data, { node })
  }

  /** @returns {Run} */
  begun() {
    const run = { text: "", pieces: [] }
    this.runs.push(run)
    return run
  }

  /** @param {Run} run @param {string} text @param {{node?: Text, element?: HTMLElement}} from */
  put(run, text, from) {
    run.pieces.push({ from: run.text.length, length: text.length, order: this.order, ...from })
    run.text += text
  }

  /** @param {Element} element @returns {Element} the nearest that begins a line of its own */
  blockOf(element) {
    const known = this.blocks.get(element)
    if (known) return known
    const above = element === this.root ? null : element.parentElement
    const found = above && (element.matches("rt") || isInline(element)) ? this.blockOf(above) : element
    this.blocks.set(element, found)
    return found
  }
}

/**
 * @param {Run} run
 * @param {number} number
 * @param {import("./folding.js").Variants} variants
 * @returns {Readable} folded and marked, without line breaks between characters that need no space
 */
function readable(run, number, variants) {
  const { points, starts, ends } = fold(run.text, variants)
  const isCode = run.pieces.some(({ node }) => node?.parentElement?.closest("pre"))
  /** @param {number} at */
  const isNothing = (at) => !isCode && points[at] === 0x20
    && run.text.slice(starts[at], starts[at + 1]).includes("\n")
    && UNSPACED.test(run.text.slice(starts[at - 1], ends[at - 1]))
    && UNSPACED.test(run.text.slice(starts[at + 1], ends[at + 1]))
  const kept = points.map((_, at) => at).filter((at) => !isNothing(at))
  return { run, number, points: marked(kept.map((at) => points[at])),
    starts: kept.map((at) => starts[at]), ends: kept.map((at) => ends[at]) }
}

/** @param {Readable} text @param {number} from @param {number} to @returns {Place} */
function placeIn({ run, number }, from, to) {
  /** @type {Place} */
  const place = { ranges: [], elements: [], rank: [number, from] }
  let last = -1
  for (const piece of run.pieces) {
    const [start, end] = [Math.max(from, piece.from), Math.min(to, piece.from + piece.length)]
    if (start >= end) continue
    if (piece.element) place.elements.push(piece.element)
    if (!piece.node) continue
    // Words that follow each other are one range, so that they are copied and marked as one.
    let range = place.ranges.at(-1)
    if (!range || piece.order !== last + 1) {
      range = document.createRange()
      range.setStart(piece.node, start - piece.from)
      place.ranges.push(range)
    }
    range.setEnd(piece.node, end - piece.from)
    last = piece.order
  }
  return place
}

/**
 * @param {Element} root
 * @param {import("./folding.js").Variants} variants
 * @returns {(word: number[]) => Place[]} where a word stands, folded and marked
 */
export function reader(root, variants) {
  const all = runs(root).map((run, number) => readable(run, number, variants))
  return (word) => all.flatMap((text) => places(text.points, word).map((at) =>
    placeIn(text, text.starts[at], text.ends[at + word.length - 1])))
}
