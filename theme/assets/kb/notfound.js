/**
 * The page for addresses that do not exist: a static host serves the same one everywhere, so the
 * language of the address is put first here, and pages that the address may have meant are looked for
 * and offered. Without this module both languages stand below each other, each with ways on.
 */

import { beginnings, decoded, folded, parts, placeOf } from "./address.js"
import { element, required } from "./element.js"

/** How many addresses are tried, and how many pages are offered. */
const TRIED = 8, OFFERED = 3

/** @param {string} path decoded @returns {string} as the site writes its paths */
const tidy = (path) => `${path.trim()}/`
  .replaceAll("\\", "/")
  .replace(/\s*\/[\s/]*/g, "/")
  .replace(/(?:\/index)?\.(?:html?|md|markdown)\/$|\/index\/$/i, "/")

/**
 * Addresses that one which leads nowhere may have meant, the likeliest first: without the marks of a
 * sentence, in small letters, as a folder, with its `#` as such, or with a `#` that is part of a name.
 * @param {URL | Location} address
 * @returns {{path: string, fragment: string}[]} paths are decoded
 */
export function guesses(address) {
  const whole = decoded(decoded(address.pathname))
  const { before, fragment } = parts(whole)
  const hash = fragment || parts(address).fragment
  const found = beginnings(before)
    // Marks and running text may have followed; a folder of its own is no slip of the pen.
    .filter((one) => !/^\/+[a-z0-9]/i.test(before.slice(one.length)))
    .flatMap((one) => [tidy(one.normalize("NFC")), tidy(folded(one))])
    .map((path) => ({ path, fragment: hash }))
  if (hash) found.push({ path: tidy(`${before}#${decoded(hash)}`), fragment: "" })
  /** @type {Map<string, {path: string, fragment: string}>} */
  const all = new Map()
  for (const one of found) if (!all.has(one.path)) all.set(one.path, one)
  all.delete(decoded(address.pathname))
  return [...all.values()].slice(0, TRIED)
}

/**
 * A link to the page that a guess leads to.
 * @param {{path: string, fragment: string}} guess
 * @returns {Promise<HTMLAnchorElement | null>} null where there is none
 */
async function linkTo({ path, fragment }) {
  const address = new URL(location.origin)
  address.pathname = path.split("/").map(encodeURIComponent).join("/")
  const answer = await fetch(address)
  if (!answer.ok || !answer.headers.get("Content-Type")?.startsWith("text/html")) return null
  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  const goal = new URL(answer.url)
  goal.search = location.search
  goal.hash = placeOf(`#${fragment}`, page)?.id ?? ""
  const name = page.title || decoded(goal.pathname)
  return element("a", { href: goal.href, lang: page.documentElement.lang }, name)
}

/** Offer what the address may have meant. @param {HTMLElement} article in the language of the address */
async function offer(article) {
  const found = await Promise.all(guesses(location).map((one) => linkTo(one).catch(() => null)))
  /** @type {Map<string, HTMLAnchorElement>} */
  const links = new Map()
  for (const link of found) if (link && !links.has(link.href)) links.set(link.href, link)
  if (!links.size) return
  const place = required(".kb-notfound-meant", article)
  const items = [...links.values()].slice(0, OFFERED).map((link) => element("li", {}, link))
  place.append(element("ul", {}, ...items))
  place.hidden = false
}

const articles = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-prefix]")])
/** @param {HTMLElement} article */
const home = (article) => new URL(/** @type {HTMLAnchorElement} */ (required("a", article)).href).pathname
const here = tidy(folded(decoded(location.pathname)))
const wanted = articles
  .filter((article) => here.startsWith(folded(home(article))))
  .sort((one, other) => home(other).length - home(one).length)[0]

if (wanted) {
  document.documentElement.lang = wanted.lang
  document.title = wanted.dataset.title ?? document.title
  for (const article of articles) article.hidden = article !== wanted
  const heading = wanted.querySelector("h2")
  heading?.replaceWith(element("h1", {}, heading.textContent ?? ""))
  offer(wanted)
}
