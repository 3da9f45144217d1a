/**
 * References of a page and of its paragraphs: formatted by citeproc-js from `citation.json` in the
 * official styles, and the citation files with the paragraph and the day put in. Everything is
 * fetched once, from this site.
 */

import { ask } from "./disk.js"
import { required } from "./element.js"
import { filled } from "./words.js"

/** @typedef {import("./clipboard.js").Copy} Copy */
/** @typedef {{key: string, name: string, file: string, locale: string,
 *   made: "note" | "entry" | "entry-and-citation",
 *   paragraph: string, type: string}} Style what each means: scripts/kb/citation/styles.py */
/** @typedef {{default: string, styles: Style[], words: Record<string, string>,
 *   texts: Record<string, {paragraph: string, comma: string, quotes: string}>}} Settings */

const folder = new URL("../citation/", import.meta.url)
/**
 * @typedef {{page: URL, cite?: string}} Cited a page; and the day and wording that its address shall carry
 */
/** @returns {Cited} the page that the reader is on */
const here = () => ({ page: new URL(required("[data-kb-cite]").dataset.kbCite ?? "", location.href) })
/** @type {Map<string, Promise<string>>} */
const texts = new Map()

/** @param {string} name @param {URL} where @returns {Promise<string>} */
function fetched(name, where) {
  const place = new URL(name, where).href
  const known = texts.get(place)
  if (known) return known
  const text = ask(place).then((answer) => answer.ok ? answer.text() : Promise.reject(new Error(place)))
  text.catch(() => texts.delete(place))
  texts.set(place, text)
  return text
}

/** @returns {Promise<Settings>} */
export async function settings() {
  return JSON.parse(await fetched(`${document.documentElement.lang}.json`, folder))
}

/**
 * The reader's style: the last one chosen, else the page's.
 * @param {Settings} known
 * @returns {Style | undefined} undefined where nothing formats references
 */
export function chosenStyle({ styles, default: own }) {
  /** @type {string | null} */
  let kept = null
  try { kept = localStorage.getItem("kb-style") } catch { /* a private window may refuse */ }
  return styles.find(({ key }) => key === kept) ?? styles.find(({ key }) => key === own)
}

/** The interface's words for `key`. @param {string} key @param {Record<string, string>} [values] */
export async function said(key, values = {}) {
  const { words } = await settings()
  return filled(words[key], values)
}

/** @returns {[number, number, number]} year, month and day where the reader is */
function today() {
  const now = new Date()
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()]
}

/**
 * The page's CSL item as the reader cites it: today, and with a paragraph's own address and key.
 * @param {string} id of a paragraph, or ""
 * @param {Cited} cited
 */
async function item(id, { page, cite }) {
  const [found] = JSON.parse(await fetched("citation.json", page))
  const address = new URL(found.URL ?? page)
  const { kbAt } = document.documentElement.dataset  // the day of which the page shows the text
  if (kbAt) address.search = `?at=${kbAt}`
  if (cite) address.search = `?cite=${cite}`
  const [since] = earlierThan(found, cite)
  if (since) found.issued = { "date-parts": [since.split("-").map(Number)] }
  address.hash = id
  return { ...found, id: id ? `${found.id}.${id}` : found.id, URL: address.href,
    accessed: { "date-parts": [today()] } }
}

/**
 * An edition of today is later than a wording that stands in it no more: what is cited is that of the
 * wording.
 * @param {{issued?: {"date-parts": number[][]}}} item of the page
 * @param {string} [cite] the day since when the wording stood, and its name
 * @returns {string[]} that day and that of the edition (ISO 8601), where they differ so; else none
 */
function earlierThan({ issued }, cite) {
  const edition = issued?.["date-parts"][0].map((part) => `${part}`.padStart(2, "0")).join("-") ?? ""
  const since = cite?.slice(0, 10) ?? ""
  return since && edition > since ? [since, edition] : []
}

/**
 * The reference in a style.
 * @param {string} key of the style
 * @param {string} id of a paragraph, or ""
 * @param {Cited} [of]
 * @returns {Promise<Copy & {shown: string}>} `shown` is the HTML for this page
 */
export async function reference(key, id, of = here()) {
  const { styles, texts: parts } = await settings()
  const style = styles.find((one) => one.key === key) ?? styles[0]
  const names = [...new Set([style.locale, "en-US"])]
  const [{ default: CSL }, cited, xml, ...files] = await Promise.all([
    import(new URL("citeproc.js", folder).href), item(id, of), fetched(`${style.file}.csl`, folder),
    ...names.map((name) => fetched(`locales-${name}.xml`, folder))])
  const locales = new Map(names.map((name, at) => [name, files[at]]))
  const number = id.slice(1)
  /** @type {Record<string, string>} */
  const cite = { id: cited.id }
  if (style.type) cited.type = style.type
  if (style.paragraph === "part") {
    const text = parts[cited.language]
    const part = [cited.genre, id && filled(text.paragraph, { number })].filter(Boolean)
    if (part.length) cited.number = part.join(text.comma)
  } else {
    if (id) {
      cite.label = "paragraph"
      cite.locator = style.paragraph === "sign" ? `¶ ${number}` : number
    }
    if (style.paragraph === "sign" && cited.genre) cite.suffix = ` (${cited.genre})`
  }
  const system = {
    retrieveLocale: (/** @type {string} */ name) => locales.get(name) ?? locales.get("en-US"),
    retrieveItem: () => cited,
  }
  const engine = new CSL.Engine(system, xml, style.locale, true)
  engine.opt.development_extensions.wrap_url_and_doi = true
  engine.updateItems([cited.id])
  const entry = () => {
    const made = fragment(engine.makeBibliography()[1][0])
    // A number before an entry belongs to a list of references.
    return made.querySelector(".csl-right-inline") ?? required(".csl-entry", made)
  }
  const note = () => fragment(engine.processCitationCluster(
    { citationItems: [cite], properties: { noteIndex: 1 } }, [], [])[1][0][1])
  const made = { note: () => [note()], entry: () => [entry()],
    "entry-and-citation": () => [entry(), note()] }[style.made]()
  const shown = made.map((one) => one.innerHTML.trim()).join("<br>")
  return { text: made.map((one) => one.textContent?.trim()).join("\n"), shown,
    html: shown.replace(/ data-style="[^"]*"/g, "") }
}

/**
 * What the processor wrote, as an element that stands nowhere. The page's policy forbids style
 * attributes, on the clipboard too; under another name cite.css reads them.
 * @param {string} html
 */
function fragment(html) {
  const box = document.createElement("template")
  box.innerHTML = `<div>${html.replaceAll(" style=", " data-style=")}</div>`
  return required("div", box.content)
}

/**
 * A paragraph in quotation marks, and where it stands.
 * @param {string} key of the style
 * @param {string} id of the paragraph
 * @returns {Promise<Copy>}
 */
export async function quotation(key, id) {
  const [{ texts: parts }, { language }, made] = await Promise.all(
    [settings(), item(id, here()), reference(key, id)])
  const text = quoted(wording(required(`#${CSS.escape(id)}`)), parts[language].quotes)
  const plain = document.createElement("p")
  plain.lang = language
  plain.textContent = text
  return { text: `${text}\n${made.text}`, html: `${plain.outerHTML}<p>${made.html}</p>` }
}

/** A paragraph's own words, with the number that it has in an ordered list: no number of a paragraph, no
 *  mark of an editor, nothing that stands in it but is no part of it. @param {HTMLElement} paragraph */
export function wording(paragraph) {
  const copy = /** @type {HTMLElement} */ (paragraph.cloneNode(true))
  for (const one of copy.querySelectorAll(
    ".kb-number, .kb-mark, .kb-stale, .kb-card, .kb-note, .kb-beside, .kb-then-words ins, aside, ul, ol",
  )) one.remove()
  return numberInList(paragraph) + (copy.textContent ?? "").trim()
}

/** @param {HTMLElement} paragraph @returns {string} the number before its words, as in “3. ” */
function numberInList(paragraph) {
  const item = paragraph.closest("ol > li[value]")
  const isFirst = item === paragraph || item?.querySelector("p") === paragraph
  return item && isFirst ? `${item.getAttribute("value")}. ` : ""
}

/**
 * In quotation marks, and the marks in it one level down: “甲‘乙’” for ‘甲“乙”’.
 * @param {string} text
 * @param {string} marks opening, closing, and the same of the inner level
 */
function quoted(text, marks) {
  const [open, close, innerOpen, innerClose] = marks
  let depth = 0
  const swapped = text.replace(new RegExp(`[${marks}]`, "g"), (mark) => {
    if (mark === open) return innerOpen
    if (mark === close) return innerClose
    if (mark === innerOpen) return depth++, open
    return depth ? (depth--, close) : mark  // an apostrophe looks the same
  })
  return open + swapped + close
}

/**
 * A citation file, for the page or a paragraph of it, with today's date.
 * @param {"citation.bib" | "citation.ris" | "citation.json"} name
 * @param {string} id of a paragraph, or ""
 * @param {Cited} [of]
 * @returns {Promise<string>}
 */
export async function file(name, id, of = here()) {
  const cited = await item(id, of)
  const [year, month, day] = cited.accessed["date-parts"][0]
    .map((/** @type {number} */ part) => String(part).padStart(2, "0"))
  if (name === "citation.json") {
    return `${JSON.stringify([id ? { ...cited, locator: id.slice(1) } : cited], null, 1)}\n`
  }
  const [written, { texts: parts }, [today]] = await Promise.all([
    fetched(name, of.page), settings(), fetched("citation.json", of.page).then(JSON.parse)])
  const [since, edition] = earlierThan(today, of.cite)
  const text = !since ? written : written
    .replace(/^( {2}(?:date|version) = |(?:DA|ET) {2}- ).*$/gm, (line) =>
      line.replace(edition, since).replace(edition.replaceAll("-", "/"), since.replaceAll("-", "/")))
    .replace(/^(PY {2}- ).*$/m, `$1${since.slice(0, 4)}`)
  const part = id && filled(parts[cited.language].paragraph, { number: id.slice(1) })
  if (name === "citation.ris") {
    const kept = text.split("\r\n").filter((line) => !/^(?:ID|UR|ER) {2}-|^$/.test(line))
    return [kept[0], `ID  - ${cited.id}`, ...kept.slice(1), `UR  - ${cited.URL}`,
      `Y2  - ${year}/${month}/${day}`, ...(part ? [`N1  - ${part}`] : []), "ER  - ", ""].join("\r\n")
  }
  const kept = text.trimEnd().split("\n").filter((line) => !line.startsWith("  url = ")).slice(1, -1)
  const kind = text.slice(0, text.indexOf("{"))
  return [`${kind}{${cited.id},`, ...kept, `  url = {${cited.URL}},`,
    `  urldate = {${year}-${month}-${day}},`,
    ...(part ? [`  addendum = {${part}},`] : []), "}", ""].join("\n")
}
