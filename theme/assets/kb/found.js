/**
 * On the page a search led to (`?q=`): what was searched for is marked, and a bar leads from one match to
 * the next and clears the marks. Without this module the page is as it is.
 */

import { placeOf } from "./address.js"
import { required } from "./element.js"
import { fold, marked, START, words } from "./folding.js"
import { marksOn } from "./marks.js"
import { open } from "./search-index.js"
import { reader } from "./shown.js"
import { styled } from "./stylesheet.js"
import { filled } from "./words.js"

/** @typedef {import("./shown.js").Place} Place */

/**
 * @param {string} query
 * @param {Element} root
 * @param {import("./folding.js").Variants} variants
 * @returns {Place[]} in reading order
 */
function matches(query, root, variants) {
  const look = reader(root, variants)
  const found = words(marked(fold(query, variants).points)).flatMap((word) => {
    const strict = look(word)
    return strict.length || word[0] < START ? strict : look([word[0] - START, ...word.slice(1)])
  })
  return found.sort(({ rank: one }, { rank: two }) => one[0] - two[0] || one[1] - two[1])
}

/** @param {Place} place @returns {Node} */
const nodeOf = ({ ranges, elements }) => ranges[0]?.startContainer ?? elements[0]

/** Open what is folded over a place. @param {Node} node */
function unfold(node) {
  const element = node instanceof Element ? node : node.parentElement
  for (let folded = element?.closest("details"); folded; folded = folded.parentElement?.closest("details")) {
    // A summary is seen while what it sums up is not.
    if (!folded.querySelector(":scope > summary")?.contains(element)) folded.open = true
  }
}

/**
 * The first place that the address means: it has brought the reader to a paragraph, or to the heading
 * under which the words stand.
 * @param {Place[]} found
 * @param {Element | null} target
 * @returns {number}
 */
function chosen(found, target) {
  const from = found.findIndex((place) => !target || target.contains(nodeOf(place))
    || target.compareDocumentPosition(nodeOf(place)) & Node.DOCUMENT_POSITION_FOLLOWING)
  return Math.max(0, from)
}

/**
 * @param {Element | null} target
 * @param {Node} node
 * @returns {boolean} whether who comes to `target` looks for what is in `node`: a hit leads to the nearest
 *   id, which may be that of a heading far above
 */
const leadsTo = (target, node) => Boolean(target?.contains(node) || target?.matches("h1, h2, h3, h4, h5, h6"))

/** Mark what was searched for, and show the bar. @param {string} query @returns {Promise<void>} */
export async function mark(query) {
  const root = document.querySelector("main article")
  if (!root) return
  let variants
  try {
    const index = await open(document.documentElement.lang)
    ;[variants] = await Promise.all([index.variants(), styled("search.css")])
  } catch { return }  // the page is whole without
  const found = matches(query, root, variants)
  if (found.length) show(found)
}

/** @param {Place[]} found at least one */
function show(found) {
  const marks = marksOn(found)
  const parts = /** @type {HTMLTemplateElement} */ (required("[data-kb-search-parts]"))
  const bar = /** @type {HTMLElement} */ (required(".kb-found", parts.content).cloneNode(true))
  const count = required(".kb-found-count", bar)
  const target = placeOf()
  let here = chosen(found, target)

  /** @param {boolean} isAsked whether the reader wants to be led there, wherever it is */
  const go = (isAsked) => {
    marks.choose(here)
    count.textContent = filled(bar.dataset.count ?? "", { count: found.length, number: here + 1 })
    // An address without words of its own stays where the browser has brought the reader.
    if (!isAsked && !leadsTo(target, nodeOf(found[here]))) return
    unfold(nodeOf(found[here]))
    const { top, bottom } = marks.box(here)
    if (isAsked || top < 0 || bottom > innerHeight) scrollTo({ top: scrollY + top - innerHeight / 3 })
  }
  bar.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("button")
    if (!button) return
    if ("clear" in button.dataset) {
      marks.clear()
      bar.remove()
      forgetQuery()
      return
    }
    here = (here + Number(button.dataset.step) + found.length) % found.length
    go(true)
  })
  document.body.append(bar)
  go(!target)
}

/** The address is the page's own again. */
function forgetQuery() {
  const address = new URL(location.href)
  address.searchParams.delete("q")
  history.replaceState(history.state, "", address)
}
