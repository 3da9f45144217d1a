/**
 * Addresses as people paste them: with the full stop of the sentence they stood in, in full-width or
 * capital letters, half of a percent escape lost, what was `#` encoded. In: an address, as text or as
 * `location`; or an id. Out: the element that it means, and the address that says so plainly. Never throws:
 * an address that means nothing here means `null`.
 */

/** What begins a fragment; and its twins, where a program took it for part of `?cite=`. In a path they may
 *  be part of a name. */
const SIGNS = [/#/, /＃/, /(?<=[?&]cite=[^&]*)(?:%23|%EF%BC%83)/i]
/** Marks, spaces, and what cannot be seen: they come with the sentence around an address. */
const MARK = /[\p{P}\p{S}\p{Z}\p{C}]/u
/** Marks that stand within names, when a letter or digit follows. */
const WITHIN = /[-_.:]/
const PLAIN = /[a-z0-9]/i
/** The id of a paragraph is whole: what follows it, as in `#p23-p25`, is no part of it. */
const PARAGRAPH = /^[pｐ][0-9０-９]+[a-z]*$/i
/** The directive that marks words (`#p23:~:text=…`) is the browser's own. */
const DIRECTIVE = ":~:"
/** No id is longer: what is pasted may be a whole text. */
const LONGEST = 300

/** Where this site begins. */
export const root = new URL("../../", import.meta.url)
/** Under this name the browser keeps its reader's own notes: a host may have several sites. */
export const NOTES = `kb-notes ${root.pathname}`

/**
 * @param {string} text
 * @returns {string} with its percent escapes read; what is no UTF-8 becomes U+FFFD
 */
export const decoded = (text) => text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) =>
  new TextDecoder().decode(Uint8Array.from(escapes.slice(1).split("%"), (byte) => parseInt(byte, 16))))

/** @param {string} text @returns {string} the same for all ways to write an id or a path */
export const folded = (text) => text.normalize("NFKC").toLowerCase()

/**
 * What `text` may have been before something followed it: all of it, then ever less. It ends before a
 * mark, or where the alphabet ends (`#p23这一段`), but never within a name: `p2` is not meant by `p23`,
 * nor `legal` by `legal-effect`.
 * @param {string} text
 * @returns {string[]} the longest first
 */
export function beginnings(text) {
  const points = [...text].slice(0, LONGEST)
  const found = [text]
  for (let at = points.length - 1; at > 0; at -= 1) {
    const isWithin = WITHIN.test(points[at]) && PLAIN.test(points[at + 1] ?? "")
      && !PARAGRAPH.test(points.slice(0, at).join(""))
    const endsAlphabet = PLAIN.test(points[at - 1]) && points[at] > "\u007f"
    if ((MARK.test(points[at]) && !isWithin) || endsAlphabet) found.push(points.slice(0, at).join(""))
  }
  return found
}

/**
 * @param {string | URL | Location} address
 * @returns {{before: string, fragment: string, directive: string}} as written
 */
export function parts(address) {
  const text = String(address)
  const sign = SIGNS.map((one) => one.exec(text)).find(Boolean)
  if (!sign) return { before: text, fragment: "", directive: "" }
  const rest = text.slice(sign.index + sign[0].length)
  const at = rest.indexOf(DIRECTIVE)
  return {
    before: text.slice(0, sign.index),
    fragment: at < 0 ? rest : rest.slice(0, at),
    directive: at < 0 ? "" : rest.slice(at),
  }
}

/**
 * The element that an address means.
 * @param {string | URL | Location} [address]
 * @param {Document} [page] where to look
 * @returns {HTMLElement | null}
 */
export function placeOf(address = location, page = document) {
  const { fragment } = parts(address)
  // Some programs encode what is encoded.
  const readings = [fragment, decoded(fragment), decoded(decoded(fragment))]
  for (const id of readings) {
    const found = id && page.getElementById(id)
    if (found) return found
  }
  const text = readings[2].normalize("NFKC").replace(new RegExp(`^${MARK.source}+`, "u"), "")
  if (!text) return null
  /** @type {Map<string, HTMLElement>} */
  const known = new Map()
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll("[id]"))) {
    if (!known.has(folded(one.id))) known.set(folded(one.id), one)
  }
  for (const one of beginnings(text)) {
    const found = known.get(folded(one))
    if (found) return found
  }
  return null
}

/** The address of this page for others: where it was opened from a disk, that at which it is published, if it
 *  knows that. */
export function ownAddress() {
  /** @type {HTMLLinkElement | null} */
  const published = location.protocol === "file:" ? document.querySelector("link[rel=canonical]") : null
  return published?.href ?? location.href
}

/** The plain address of a place on this page; with the day of which it shows the text. @param {string} id */
export function addressOf(id) {
  const address = new URL(ownAddress())
  const { kbAt } = document.documentElement.dataset
  address.search = kbAt ? `?at=${kbAt}` : ""
  address.hash = id
  return address.href
}

/**
 * The plain address of what a pasted one means.
 * @param {string | URL | Location} [address]
 * @param {Document} [page]
 * @returns {string | null} null where it is plain already, or means nothing on this page
 */
export function mended(address = location, page = document) {
  const { before, fragment, directive } = parts(address)
  const id = placeOf(address, page)?.id
  if (!id) return null
  const isPlain = String(address).startsWith(`${before}#`) && [fragment, decoded(fragment)].includes(id)
  return isPlain ? null : `${before}#${id.replaceAll("%", "%25")}${directive}`
}
