/**
 * On the page a search led to (`?q=`): what was searched for is marked, and a bar leads from one match to
 * the next and clears the marks. Marks are highlights of the browser (CSS Custom Highlight API), which
 * leave the page as it is; where there are none, `<mark>` elements.
 */

import { fold, marked, places, START, words } from "./folding.js"
import { open } from "./search-index.js"
import { styled } from "./search-open.js"
import { filled } from "./words.js"

const BLOCKS = "h1, h2, h3, h4, h5, h6, p, li, dt, dd, td, th, figcaption, summary"
/** What is not of the text: numbers, editors' marks, and what scripts put there. */
const APART = ".kb-number, .kb-mark, .kb-card, .kb-cited, .kb-edit, .kb-print, .kb-actions, script, style, template"

/** @param {Element} root @returns {{nodes: Text[], text: string}[]} runs of text that are read as one */
function runs(root) {
  /** @type {Map<Element, {nodes: Text[], text: string}>} */
  const found = new Map()
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement
    if (parent.closest(APART)) continue
    const block = parent.closest(BLOCKS) ?? root
    const run = found.get(block) ?? { nodes: [], text: "" }
    run.nodes.push(/** @type {Text} */ (node))
    run.text += node.data
    found.set(block, run)
  }
  return [...found.values()]
}

/** @param {{nodes: Text[]}} run @param {number} from @param {number} to @returns {Range} */
function rangeOf({ nodes }, from, to) {
  const range = document.createRange()
  let at = 0
  for (const node of nodes) {
    const end = at + node.length
    if (from >= at && from < end) range.setStart(node, from - at)
    if (to > at && to <= end) range.setEnd(node, to - at)
    at = end
  }
  return range
}

/** @param {string} query @param {Element} root @param {import("./folding.js").Variants} variants @returns {Range[]} in reading order */
function matches(query, root, variants) {
  const all = runs(root).map((run) => {
    const folded = fold(run.text, variants)
    return { run, ...folded, points: marked(folded.points) }
  })
  const found = []
  for (const word of words(marked(fold(query, variants).points))) {
    const look = (points) => all.flatMap(({ run, points: text, starts, ends }) =>
      places(text, points).map((at) => rangeOf(run, starts[at], ends[at + points.length - 1])))
    const strict = look(word)
    found.push(...(strict.length || word[0] < START ? strict : look([word[0] - START, ...word.slice(1)])))
  }
  return found.sort((one, two) => one.compareBoundaryPoints(Range.START_TO_START, two))
}

/** @param {Range} range @returns {HTMLElement[]} `<mark>`s around its text */
function wrapped(range) {
  const walker = document.createTreeWalker(range.commonAncestorContainer, NodeFilter.SHOW_TEXT)
  const nodes = []
  for (let node = walker.currentNode; node; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE && range.intersectsNode(node)
      && !node.parentElement.closest(APART)) nodes.push(/** @type {Text} */ (node))
  }
  return nodes.flatMap((node) => {
    const piece = document.createRange()
    piece.setStart(node, node === range.startContainer ? range.startOffset : 0)
    piece.setEnd(node, node === range.endContainer ? range.endOffset : node.length)
    if (piece.collapsed) return []
    const mark = document.createElement("mark")
    mark.className = "kb-found-mark"
    piece.surroundContents(mark)
    return [mark]
  })
}

/** Mark what was searched for, and show the bar. @param {string} query @returns {Promise<void>} */
export async function mark(query) {
  const root = document.querySelector("main article")
  if (!root) return
  let variants
  try {
    const index = await open(document.documentElement.lang)
    ;[variants] = await Promise.all([index.variants(), styled()])
  } catch { return }  // the page is whole without
  const ranges = matches(query, root, variants)
  if (!ranges.length) return

  const canHighlight = "highlights" in CSS
  /** @type {HTMLElement[][]} */
  let marks = []
  if (canHighlight) CSS.highlights.set("kb-found", new Highlight(...ranges))
  else marks = [...ranges].reverse().map(wrapped).reverse()

  const parts = /** @type {HTMLTemplateElement} */ (document.querySelector("[data-kb-search-parts]"))
  const bar = /** @type {HTMLElement} */ (parts.content.querySelector(".kb-found").cloneNode(true))
  const count = bar.querySelector(".kb-found-count")
  const place = (at) => (canHighlight ? ranges[at] : marks[at][0]).getBoundingClientRect()

  /** @param {number} at @param {boolean} [isStep] whether the reader asked to go there */
  const show = (at, isStep = false) => {
    if (canHighlight) CSS.highlights.set("kb-found-here", new Highlight(ranges[at]))
    else for (const [one, own] of marks.entries()) for (const each of own) each.classList.toggle("kb-found-here", one === at)
    count.textContent = filled(bar.dataset.count, { count: ranges.length, number: at + 1 })
    if (!isStep) return
    const folded = ranges[at].startContainer.parentElement.closest("details")
    if (folded) folded.open = true
    scrollTo({ top: scrollY + place(at).top - innerHeight / 3 })
  }
  const clear = () => {
    if (canHighlight) for (const name of ["kb-found", "kb-found-here"]) CSS.highlights.delete(name)
    for (const one of marks.flat()) {
      const parent = one.parentNode
      one.replaceWith(...one.childNodes)
      parent.normalize()
    }
    bar.remove()
    const address = new URL(location.href)
    address.searchParams.delete("q")
    history.replaceState(history.state, "", address)
  }

  // An address with a paragraph has brought the reader there already: the first match is counted from it.
  const target = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null
  const isFrom = (range) => !target || target.contains(range.startContainer)
    || Boolean(target.compareDocumentPosition(range.startContainer) & Node.DOCUMENT_POSITION_FOLLOWING)
  let here = Math.max(0, ranges.findIndex(isFrom))
  bar.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("button")
    if (!button) return
    if ("clear" in button.dataset) return clear()
    here = (here + Number(button.dataset.step) + ranges.length) % ranges.length
    show(here, true)
  })
  document.body.append(bar)
  show(here, !target)
}
