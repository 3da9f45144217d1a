/**
 * Marks on what was found. Words are marked with highlights of the browser (CSS Custom Highlight API), which
 * leave the page as it is, and where there are none with `<mark>` elements; a picture and the number of a
 * list item with a class.
 */

import { element } from "./element.js"
import { APART } from "./shown.js"

/** @typedef {import("./shown.js").Place} Place */
/** @typedef {object} Marks
 *  @property {(at: number) => void} choose the one that the reader is at
 *  @property {(at: number) => DOMRect} box where it is in the window
 *  @property {() => void} clear */

const ALL = "kb-found", HERE = "kb-found-here"

/** @param {Range} range @returns {HTMLElement[]} `<mark>`s around its text */
function wrapped(range) {
  const walker = document.createTreeWalker(range.commonAncestorContainer, NodeFilter.SHOW_TEXT)
  /** @type {Text[]} */
  const nodes = []
  for (let node = /** @type {Node | null} */ (walker.currentNode); node; node = walker.nextNode()) {
    const isFound = range.intersectsNode(node) && !node.parentElement?.closest(APART)
    if (node instanceof Text && isFound) nodes.push(node)
  }
  return nodes.flatMap((node) => {
    const piece = document.createRange()
    piece.setStart(node, node === range.startContainer ? range.startOffset : 0)
    piece.setEnd(node, node === range.endContainer ? range.endOffset : node.length)
    if (piece.collapsed) return []
    const mark = element("mark", { class: "kb-found-mark" })
    piece.surroundContents(mark)
    return [mark]
  })
}

/** @param {HTMLElement} mark */
function unwrap(mark) {
  const parent = mark.parentNode
  mark.replaceWith(...mark.childNodes)
  parent?.normalize()
}

/** @param {Place[]} found in reading order @returns {Marks} */
function highlighted(found) {
  CSS.highlights.set(ALL, new Highlight(...found.flatMap(({ ranges }) => ranges)))
  return {
    choose: (at) => { CSS.highlights.set(HERE, new Highlight(...found[at].ranges)) },
    box: (at) => found[at].ranges[0].getBoundingClientRect(),
    clear: () => { for (const name of [ALL, HERE]) CSS.highlights.delete(name) },
  }
}

/** @param {Place[]} found in reading order @returns {Marks} */
function surrounded(found) {
  // From the end, so that no mark moves a place that is still to come.
  const all = found.toReversed()
    .map(({ ranges }) => ranges.toReversed().map(wrapped).reverse().flat()).reverse()
  return {
    choose(at) {
      for (const [one, own] of all.entries()) for (const each of own) each.classList.toggle(HERE, one === at)
    },
    box: (at) => all[at][0].getBoundingClientRect(),
    clear: () => all.flat().forEach(unwrap),
  }
}

/** Mark all that was found. @param {Place[]} found in reading order @returns {Marks} */
export function marksOn(found) {
  const words = "highlights" in CSS ? highlighted(found) : surrounded(found)
  const others = new Set(found.flatMap(({ elements }) => elements))
  /** @param {HTMLElement} one */
  const name = (one) => (one.matches("li") ? "kb-found-item" : "kb-found-picture")
  for (const one of others) one.classList.add(name(one))
  return {
    choose(at) {
      words.choose(at)
      for (const one of others) one.classList.toggle(HERE, found[at].elements.includes(one))
    },
    box: (at) => (found[at].ranges.length ? words.box(at) : found[at].elements[0].getBoundingClientRect()),
    clear() {
      words.clear()
      for (const one of others) {
        one.classList.remove(name(one), HERE)
        if (!one.className) one.removeAttribute("class")
      }
    },
  }
}
