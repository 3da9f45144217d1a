/**
 * Telling the editors of an error in a paragraph: the form of the site's repository, or a mail where it has
 * none but an address for letters, filled in with where the paragraph stands, what it says in both languages
 * and what its reader had selected. Nothing is asked for before the reader chooses so, and nothing is sent by
 * this page.
 */

import { addressOf } from "./address.js"
import { address as checked } from "./check-citation.js"
import { ask } from "./disk.js"
import { required } from "./element.js"
import { settings, wording } from "./reference.js"
import { filled } from "./words.js"

// GitHub refuses addresses of more than 8 kB; whoever signs in first comes by one that holds ours encoded
// once more.
const FORM = 8000
// Mail programs take about 2 kB.
const MAIL = 1900

/** Where errors are told: the address of a form or of a mail, or "". */
const place = () =>
  /** @type {HTMLElement | null} */ (document.querySelector("[data-kb-errors]"))?.dataset.kbErrors ?? ""

/** What a paragraph says on a page, by its language. @param {Document} page @param {string} id
 *  @returns {Record<string, string>} */
function said(page, id) {
  const paragraph = page.getElementById(id)
  const language = paragraph?.closest("[lang]")?.getAttribute("lang")
  return paragraph && language ? { [language]: wording(paragraph) } : {}
}

/** The same page in the other language. @returns {Promise<Document>} */
async function twin() {
  const answer = await ask(required(".kb-switch").getAttribute("href") ?? "")
  return new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html")
}

/** A text of at most `most` characters. @param {string} text @param {number} most */
function cut(text, most) {
  const characters = [...text]
  return characters.length > most ? `${characters.slice(0, most).join("")}…` : text
}

/**
 * The longest address in which each text is cut at the same length and that is short enough.
 * @param {(texts: string[]) => string} made of texts
 * @param {string[]} texts
 * @param {(address: string) => boolean} isShort
 */
export function fitting(made, texts, isShort) {
  let [fits, most] = [0, Math.max(...texts.map((text) => [...text].length))]
  while (fits < most) {
    const half = Math.ceil((fits + most) / 2)
    if (isShort(made(texts.map((text) => cut(text, half))))) fits = half
    else most = half - 1
  }
  return made(texts.map((text) => cut(text, fits)))
}

/** @param {Record<string, string>} values @returns {string} of a query; a space is no plus in mails */
const query = (values) => Object.entries(values)
  .map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&")

/**
 * The address that opens the form or the mail, filled in.
 * @param {string} id of the paragraph
 * @param {string} selected what its reader had selected in it
 * @returns {Promise<string>}
 */
export async function filledIn(id, selected) {
  const [{ words }, where, other] = await Promise.all([settings(), checked(id).catch(() => addressOf(id)),
    twin().then((page) => said(page, id), () => ({}))])  // without it, it is told all the same
  const known = /** @type {Record<string, string>} */ ({ ...other, ...said(document, id) })
  const title = filled(words["mistake-title"],
    { number: id.slice(1), title: document.querySelector("h1")?.textContent?.trim() ?? "" })
  const texts = [known["zh-Hans"] ?? "", known.ja ?? "", selected]
  if (!place().startsWith("mailto:")) {
    return fitting(([chinese, japanese, quotation]) =>
      `${place()}&${query({ title: cut(title, 80), address: where, chinese, japanese, quotation })}`,
    texts, (address) => encodeURIComponent(address).length <= FORM)
  }
  const heads = ["language-zh-Hans", "language-ja", "mistake-quotation"]
  return fitting((parts) => `${place()}?${query({ subject: cut(title, 80), body: [
    `${words["mistake-where"]}\n${where}`, ...parts.map((part, at) => part && `${words[heads[at]]}\n${part}`),
    `${words["mistake-what"]}\n`].filter(Boolean).join("\n\n").replaceAll("\n", "\r\n") })}`,
  texts, (address) => address.length <= MAIL)
}

/** Go there. @param {string} id @param {string} selected as above */
export async function tell(id, selected) {
  location.assign(await filledIn(id, selected))
}
