/**
 * From a reference to its paragraph: which page of this site it means, which paragraph, and whether that
 * still reads as it was cited. In: a reference or an address, as it was pasted. Out: what is said of it,
 * and the place. Asks for the page and its `versions.json`. Refuses nothing: what is not found is said.
 */

import { beginnings, decoded, folded, placeOf } from "./address.js"
import { spoken } from "./answers.js"
import { note, verdict } from "./check-citation.js"
import { citedPlace } from "./cited-place.js"
import { ask, opened } from "./disk.js"
import { element } from "./element.js"
import { titled } from "./quotations.js"
import { wording } from "./reference.js"
import { root } from "./search-index.js"
import { filled } from "./words.js"

/**
 * @typedef {import("./check-citation.js").Versions & {withdrawn: Record<string, [string, string]>}}
 *   Versions
 */
/** @typedef {import("./check-citation.js").Verdict} Verdict */
/** @typedef {import("./cited-place.js").Cited} Cited */
/** @typedef {Record<string, string>} Words */

/** How many addresses are tried. */
const TRIED = 6

/** @returns {string[]} the hosts by which this site is known: its own, which a disk has not, and the one
 *  where it is published */
export function hosts() {
  const canonical = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"))
  const all = [location.host, ...(canonical ? [new URL(canonical.href).host] : [])]
  return [...new Set(all.filter(Boolean))]
}

/** @returns {{root: URL, hosts: string[]}} where the site may be said to be, the published place first */
function site() {
  const canonical = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"))
  const here = location.pathname.slice(root.pathname.length).replace(/index\.html$/, "")
  const published = canonical && new URL(canonical.href).pathname
  const path = published?.endsWith(`/${here}`) ? published.slice(0, published.length - here.length)
    : root.pathname
  return { root: new URL(path, location.href), hosts: hosts() }
}

/**
 * @param {string} place
 * @param {"text/html" | "application/json"} type
 * @returns {Promise<Response | null>}
 */
async function asked(place, type) {
  const answer = await ask(new URL(place, root))
  return answer.ok && answer.headers.get("Content-Type")?.startsWith(type) ? answer : null
}

/** What each paragraph said when, in the words of the reader's language. @param {string} path
 *  @returns {Promise<Versions | null>} */
async function versionsOf(path) {
  const answer = await asked(`${path}versions.json`, "application/json")
  if (!answer) return null
  const own = await answer.json()
  const bare = path.replace(/^ja\//, "")
  const mine = document.documentElement.lang === "ja" ? `ja/${bare}` : bare
  const said = mine === path ? own : await (await ask(new URL(`${mine}versions.json`, root))).json()
  return { ...own, words: said.words, address: new URL(opened(new URL(path, root))).pathname }
}

/**
 * The page that is meant: one that keeps its versions first, then any.
 * @param {string[]} paths
 * @returns {Promise<{path: string, page: Document, known: Versions | null} | null>}
 */
async function pageOf(paths) {
  for (const isKept of [true, false]) {
    for (const path of paths.slice(0, TRIED)) {
      const known = isKept ? await versionsOf(path) : null
      if (isKept && !known) continue
      const answer = await asked(path, "text/html")
      if (!answer) continue
      return { path, page: new DOMParser().parseFromString(await answer.text(), "text/html"), known }
    }
  }
  return null
}

/** @param {string[]} titles @returns {Promise<string[]>} the path of the page that has one of them */
async function byTitle(titles) {
  for (const title of titles.slice(0, 3)) {
    const found = await titled(title)
    if (found) return [found.address]
  }
  return []
}

/** Which of the ids that a page has had is meant. @param {string[]} written @param {string[]} known
 *  @returns {string} "" for none */
function idOf(written, known) {
  const ids = new Map(known.map((id) => [folded(id), id]))
  for (const one of written.flatMap((id) => [id, decoded(id)])) {
    const text = one.normalize("NFKC").replace(/^[\p{P}\p{S}\p{Z}\p{C}]+/u, "")
    for (const start of [...beginnings(text), /^p\d+/i.exec(text)?.[0] ?? ""]) {
      const found = ids.get(folded(start))
      if (found) return found
    }
  }
  return ""
}

/**
 * What is to be said of a paragraph as it was cited.
 * @param {Words} words @param {Versions} known @param {string} id @param {Cited} cited
 * @returns {Verdict}
 */
function judged(words, known, id, { cite, day }) {
  /** @param {string} text @returns {Verdict} */
  const plainly = (text) => ({ words: text })
  if (cite) return verdict(known, id, cite.day, cite.fingerprint)
  const history = known.anchors[id] ?? []
  const [since] = history.at(-1) ?? [""]
  const gone = known.withdrawn[id]
  const isStill = history.length === 1 && !gone && !known.became?.[id]
  if (day) {
    const then = history.filter(([from]) => from <= day).at(-1)
    if (then) return verdict(known, id, day, then[1])
    return plainly(isStill && since ? filled(words["check-unchanged"], { date: spoken(words, since) })
      : filled(words["check-too-early"], { date: spoken(words, day) }))
  }
  const last = history.at(-1)
  if (gone && last) return verdict(known, id, last[0], last[1])
  if (!since) return plainly(words["check-no-versions"])
  return plainly(filled(words[isStill ? "check-unchanged" : "check-undated"], { date: spoken(words, since) }))
}

/**
 * @param {Words} words @param {string} text a reference
 * @returns {Promise<{said: string, shown: HTMLElement[]} | null>} null where it refers to nothing here
 */
export async function followed(words, text) {
  const cited = citedPlace(text, site())
  let found = await pageOf(cited.paths)
  const isByTitle = !found
  if (!found) found = await pageOf(await byTitle(cited.titles))
  if (!found) return null
  const { path, page, known } = found
  const id = known ? idOf(cited.ids, [...Object.keys(known.anchors), ...Object.keys(known.withdrawn)])
    : cited.ids.map((one) => placeOf(`#${one}`, page)?.id ?? "").find(Boolean) ?? ""
  const url = new URL(path, root)
  if (cited.cite && id) url.search = `?cite=${cited.cite.day}.${cited.cite.fingerprint}`
  url.hash = id
  const language = page.documentElement.lang
  const place = id ? page.getElementById(id) : null
  const name = page.querySelector("h1")?.textContent?.trim() ?? page.title
  const number = !id ? "" : id === "title" ? words["title-paragraph"]
    : /^p\d/.test(id) ? filled(words.paragraph, { number: id.slice(1) }) : place?.textContent?.trim() ?? id
  const href = opened(url)
  const link = element("a", { href }, element("span", { lang: language }, name), " ",
    element("span", { class: "kb-check-number" }, number))
  /** @type {HTMLElement[]} */
  const all = [element("p", { class: "kb-check-place" }, link, " ",
    element("span", { class: "kb-check-language" }, words[`language-${language}`] ?? ""))]
  if (isByTitle) all.unshift(element("p", { class: "kb-small" }, words["check-by-title"]))
  if (place) {
    all.push(element("blockquote", { class: "kb-check-compared", lang: language },
      element("p", {}, wording(place))))
  }
  const [wanted] = cited.ids
  const told = id && known ? judged(words, known, id, cited)
    : { words: id ? words["check-no-versions"] : wanted
      ? filled(words["check-unknown-paragraph"], { id: wanted }) : words["check-no-paragraph"] }
  // Where it says more than a sentence, in the way of the paragraph's own page.
  if (known && (told.then || typeof told.words !== "string")) all.push(note(known, told))
  const go = element("ul", { class: "kb-check-actions" },
    element("li", {}, element("a", { href }, words["check-go"])))
  return { said: [told.words].flat().map((one) => (typeof one === "string" ? one : one.textContent)).join(""),
    shown: [element("article", { class: "kb-check-match" }, ...all, go)] }
}
