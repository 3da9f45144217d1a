/**
 * What was found, as readers see it: a row for each hit, in the group of its document. In: a hit of
 * `search.js`, and the words of the page. Out: elements.
 */

import { element } from "./element.js"
import { filled } from "./words.js"

/** @typedef {import("./search.js").Hit} Hit */
/** @typedef {Record<string, string>} Words what the dialog says, by the names of its data attributes */

/** How many characters are shown before the first match, and in all. */
const BEFORE = 18, AROUND = 88

/**
 * The words around the first match, with all matches marked.
 * @param {Hit} hit
 * @returns {(string | Node)[]}
 */
function excerpt({ text, ranges }) {
  const first = ranges[0]?.[0] ?? 0
  const isWhole = text.length <= AROUND + BEFORE
  /** @param {number} at @returns {number} never half a character */
  const whole = (at) => (/[\udc00-\udfff]/.test(text[at] ?? "") ? at + 1 : at)
  const from = isWhole ? 0 : whole(Math.max(0, first - BEFORE))
  const most = whole(Math.min(text.length, Math.max(from + AROUND, ranges[0]?.[1] ?? 0)))
  // Of a match all is shown, or nothing.
  const to = isWhole ? text.length : ranges.find(([start, end]) => start < most && most < end)?.[1] ?? most
  /** @type {(string | Node)[]} */
  const pieces = [from ? "…" : ""]
  /** @param {number} start @param {number} end */
  const plain = (start, end) => text.slice(start, end).replaceAll("\n", "／")
  let at = from
  for (const [start, end] of ranges) {
    if (start >= to) break
    pieces.push(plain(at, start), element("mark", {}, plain(start, end)))
    at = end
  }
  return [...pieces, plain(at, to), to < text.length ? "…" : ""]
}

/** @param {Hit} hit @param {string} query @returns {string} where it leads, with what is to be marked */
function leading({ url, match, text, ranges }, query) {
  const address = new URL(url)
  const isConcept = match === "concept" && ranges.length
  address.searchParams.set("q", isConcept ? text.slice(...ranges[0]) : query)
  return address.href
}

/** @param {Hit} hit @param {Words} words @returns {string} its number, or what it is; "" for neither */
function nameOf({ kind, paragraph }, words) {
  if (paragraph) return filled(words.paragraph, { number: paragraph.slice(1) })
  return kind === "paragraph" || kind === "other" ? "" : words[kind]
}

/**
 * @param {Hit} hit
 * @param {number} number its place in the list
 * @param {string} query
 * @param {HTMLInputElement} other the choice of the other language
 * @param {Words} words
 * @returns {HTMLElement} the hit, and its twin
 */
export function row(hit, number, query, other, words) {
  const lang = hit.language
  const name = nameOf(hit, words)
  const one = element("a", { class: "kb-hit", href: leading(hit, query), role: "option",
    "aria-selected": "false", id: `kb-hit-${number}`, tabindex: "-1" },
  element("span", { class: "kb-hit-where" },
    ...(name ? [element("span", { class: "kb-hit-number" }, name), " "] : []),
    ...hit.path.map((heading) => element("span", { class: "kb-hit-heading", lang }, heading))),
  " ", element("span", { class: "kb-hit-text", lang }, ...excerpt(hit)))
  const both = element("div", { class: "kb-hit-row", role: "presentation" }, one)
  if (!hit.twin) return both
  one.dataset.twin = hit.twin
  both.append(element("a", { class: "kb-hit-twin", id: `kb-hit-twin-${number}`, href: hit.twin,
    hreflang: other.value, role: "option", "aria-selected": "false",
    "aria-label": filled(words.twin, { language: other.dataset.spoken ?? "" }), tabindex: "-1" },
  other.dataset.name ?? ""))
  return both
}

/**
 * @param {HTMLElement} list
 * @param {Hit} hit
 * @param {string} query
 * @param {Words} words
 * @returns {HTMLElement} the group of its document, made where there is none
 */
export function groupIn(list, hit, query, words) {
  const key = `${hit.match} ${hit.url.split("#")[0]}`
  const groups = /** @type {HTMLElement[]} */ ([...list.children])
  const known = groups.find((one) => one.dataset.key === key)
  if (known) return known
  const lang = hit.language
  const name = element("span", { class: "kb-search-label", role: "presentation",
    id: `kb-search-group-${groups.length}` }, element("span", { class: "kb-search-page", lang }, hit.page))
  if (hit.match === "concept") {
    const there = filled(words.quoted, { words: hit.text.slice(...hit.ranges[0] ?? [0, 0]) })
    name.prepend(element("span", { class: "kb-search-crossing" }, filled(words.quoted, { words: query }), "→",
      element("span", { lang }, there)))
  }
  const group = element("div", { class: "kb-search-group", role: "group", "aria-labelledby": name.id }, name)
  group.dataset.key = key
  list.append(group)
  return group
}
