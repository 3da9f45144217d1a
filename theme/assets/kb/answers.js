/**
 * How the page on which quotations are checked shows what was found: verdict, differences, place, reference.
 * In: what `quotations.js` answers. Out: elements. What a reader pasted is only ever put in as text.
 */

import { copy, report } from "./clipboard.js"
import { element } from "./element.js"
import { chosenStyle, reference, said, settings } from "./reference.js"
import { root } from "./search-index.js"
import { filled } from "./words.js"

/** @typedef {import("./alignment.js").Piece} Piece */
/** @typedef {import("./quotations.js").Answer} Answer */
/** @typedef {import("./quotations.js").Match} Match */
/** @typedef {import("./quotations.js").Place} Place */
/** @typedef {Record<string, string>} Words */
/**
 * @typedef {{del: string, ins: string, isForm: boolean}} Change `del` stands on this site, `ins` in the
 *   quotation
 */

/** How much of a paragraph is shown around a quotation, and of what it left out, at either end. */
const AROUND = 40, LEFT_OUT = 30
/** How many differences are told one by one. */
const TOLD = 20

/** @param {Words} words @param {string} day ISO 8601 @returns {string} */
export function spoken(words, day) {
  const [year, month, date] = day.split("-").map(Number)
  return filled(words.date, { year, month, day: date })
}

/** @param {Piece[]} pieces @returns {Change[]} what differs, one after another, but for spaces */
export function changes(pieces) {
  /** @type {Change[]} */
  const found = []
  /** @type {Change | null} */
  let open = null
  for (const { kind, text, other = "" } of pieces) {
    const isForm = kind === "form"
    if (kind === "del" || kind === "ins" || isForm) {
      if (!open || open.isForm !== isForm) found.push(open = { del: "", ins: "", isForm })
      open.del += kind === "ins" ? "" : text
      open.ins += kind === "ins" ? text : other
    } else if (text) open = null
  }
  return found.filter(({ del, ins }) => (del + ins).trim())
}

/** @param {Words} words @param {Match | undefined} first @returns {string} */
export function verdict(words, first) {
  if (!first) return words["check-none"]
  const told = first.verdict === "altered" || first.verdict === "marks"
    ? filled(words[`check-${first.verdict}`], { count: changes(first.pieces).length,
      percent: Math.min(99, Math.floor(first.agreement * 100)) })
    : words["check-exact"]
  if (!first.earlier) return told
  const { since, until } = first.earlier
  const stood = filled(words[until ? "check-earlier" : "check-earlier-open"],
    { since: spoken(words, since), until: until && spoken(words, until) })
  return first.verdict === "exact" ? stood : stood + told
}

/** @param {Words} words @param {Place} place @returns {string} as in 第5段 */
const numbered = (words, { paragraph, section }) =>
  (paragraph ? filled(words.paragraph, { number: paragraph.slice(1) }) : section)

/** Where something stands. @param {Words} words @param {Place} place @returns {HTMLElement} */
function heading(words, place) {
  const url = new URL(place.url)
  if (place.earlier) url.search = `?cite=${place.earlier.since}.${place.earlier.fingerprint}`
  return element("p", { class: "kb-check-place" },
    element("a", { href: url.href },
      element("span", { lang: place.language }, place.page), " ",
      element("span", { class: "kb-check-number" }, numbered(words, place))),
    " ", element("span", { class: "kb-check-language" }, words[`language-${place.language}`]))
}

/** @param {string} text @param {"before" | "after" | "gap"} kind @returns {string} shortened */
function shortened(text, kind) {
  const all = [...text]
  if (kind === "before") return all.length > AROUND ? `…${all.slice(-AROUND).join("")}` : text
  if (kind === "after") return all.length > AROUND ? `${all.slice(0, AROUND).join("")}…` : text
  return all.length <= LEFT_OUT * 2 ? text
    : `${all.slice(0, LEFT_OUT).join("")}…${all.slice(-LEFT_OUT).join("")}`
}

/** The text as it stands here, with what the quotation lacks and what it has besides. @param {Match} match */
function compared({ pieces, language }) {
  return element("blockquote", { class: "kb-check-compared", lang: language },
    element("p", {}, ...pieces.map(({ kind, text }) => {
      if (kind === "same") return text
      if (kind === "del" || kind === "ins") return element(kind, {}, text)
      if (kind === "form") return element("span", { class: "kb-check-form-differs" }, text)
      return element("span", { class: "kb-check-around" }, shortened(text, kind))
    })))
}

/** Every difference in words. @param {Words} words @param {Match} match @returns {HTMLElement | ""} */
function told(words, { pieces, language }) {
  const all = changes(pieces)
  if (!all.length) return ""
  const items = all.slice(0, TOLD).map(({ del, ins, isForm }) => {
    const key = isForm ? "check-form" : !del.trim() ? "check-ins" : !ins.trim() ? "check-del" : "check-sub"
    const parts = words[key].split(/\{(ins|del)\}/)
    return element("li", {}, ...parts.map((part, at) =>
      (at % 2 ? element("span", { lang: language }, part === "ins" ? ins : del) : part)))
  })
  const rest = all.length - TOLD
  if (rest > 0) items.push(element("li", {}, filled(words["check-more"], { count: rest })))
  return element("details", { class: "kb-check-differences", ...(all.length <= 8 && { open: "" }) },
    element("summary", {}, filled(words["check-differences"], { count: all.length })),
    element("p", { class: "kb-small" }, words["check-legend"]), element("ol", {}, ...items))
}

/**
 * What can be done with a place.
 * @param {Words} words
 * @param {Place} place
 * @returns {Promise<HTMLElement>}
 */
async function actions(words, place) {
  const list = element("ul", { class: "kb-check-actions" })
  /** @param {Node} one */
  const add = (one) => list.append(element("li", {}, one))
  if (place.paragraph) {
    const id = place.paragraph
    const known = await settings()
    const style = chosenStyle(known)
    const { since, fingerprint } = place.earlier ?? {}
    const of = { page: new URL(place.address, root), ...(since && { cite: `${since}.${fingerprint}` }) }
    /** @param {string} label @param {() => Promise<string | void>} run */
    const button = (label, run) => {
      const made = element("button", { type: "button", class: "kb-framed" }, label)
      made.addEventListener("click", () => report(run(), known.words))
      return made
    }
    if (style) {
      add(button(filled(known.words["cite-reference"], { style: style.name }), () =>
        copy(reference(style.key, id, of)).then(() => said("cite-copied-reference", { style: style.name }))))
    }
    add(button(known.words["cite-more"], () => import("./citedialog.js").then(({ open }) => open(id, of))))
  }
  const url = new URL(place.url)
  if (place.earlier) {
    url.search = `?cite=${place.earlier.since}.${place.earlier.fingerprint}`
    add(element("a", { href: url.href }, words["check-since"]))
  } else add(element("a", { href: url.href }, words["check-go"]))
  if (place.twin) {
    const other = place.language === "ja" ? "zh-Hans" : "ja"
    add(element("a", { href: place.twin, hreflang: other },
      filled(words["search-twin"], { language: words[`language-${other}`] })))
  }
  return list
}

/**
 * One place with all that is to be said of it.
 * @param {Words} words
 * @param {Match} match
 * @param {boolean} isFirst
 */
async function shown(words, match, isFirst) {
  const parts = [heading(words, match), compared(match), told(words, match), await actions(words, match)]
  if (!isFirst) parts.splice(1, 0, element("p", { class: "kb-small" }, verdict(words, match)))
  return element("article", { class: "kb-check-match" }, ...parts)
}

/** @param {Words} words @param {import("./quotations.js").Related} one @returns {HTMLElement} */
function relative(words, one) {
  const text = element("p", { lang: one.language })
  const known = [...one.words].sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
  const parts = known.length ? one.text.split(new RegExp(`(${known.join("|")})`, "iu")) : [one.text]
  parts.forEach((part, at) => text.append(at % 2 ? element("mark", {}, part) : part))
  return element("article", { class: "kb-check-match" }, heading(words, one),
    element("p", { class: "kb-small" }, filled(words["check-shared"],
      { words: one.words.slice(0, 12).join(words["list-comma"]) })),
    element("blockquote", { class: "kb-check-compared", lang: one.language }, text))
}

/**
 * All that is to be shown of an answer, but for its verdict.
 * @param {Words} words @param {Answer} answer
 * @returns {Promise<HTMLElement[]>}
 */
export async function answered(words, { matches, related }) {
  const [first, ...others] = matches
  const found = first ? [await shown(words, first, true)] : []
  if (others.length) {
    const more = await Promise.all(others.map((one) => shown(words, one, false)))
    found.push(element("details", { class: "kb-check-others" },
      element("summary", {}, words["check-also"]), ...more))
  }
  if (related.length) {
    found.push(element("section", {}, element("p", { class: "kb-small" }, words["check-related"]),
      ...related.map((one) => relative(words, one))))
  }
  return found
}

/**
 * @param {Answer} answer
 * @returns {"exact" | "marks" | "altered" | "earlier" | "none"} what a list calls it
 */
export const label = ({ verdict: own, matches: [first] }) =>
  (first?.earlier ? "earlier" : own === "short" ? "none" : own)
