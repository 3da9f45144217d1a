/**
 * What a reference or a pasted address refers to. In: a reference (GB/T 7714, SIST 02, Chicago, APA,
 * Bluebook, BibTeX, RIS, CSL-JSON), or an address as it came out of a word processor: broken, in
 * full-width characters, percent-encoded twice, with soft hyphens and the marks of a sentence. Out: where
 * it may lead, what it cites of the wording, on which day. Asks nothing; which of its pages there are,
 * `followed.js` finds out. Refuses nothing.
 */

import { beginnings, decoded, folded } from "./address.js"

/**
 * @typedef {{paths: string[], ids: string[], cite: {day: string, fingerprint: string} | null, day:
 *   string, titles: string[]}} Cited `paths` below the site's root and `ids`, the likeliest first; `day`
 *   (ISO 8601) on which the text was looked at, or ""
 */

/** Hyphens and dashes, which programs put for each other; what cannot be seen. */
const DASH = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g
const UNSEEN = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g
const PATH = /[a-z0-9][a-z0-9._~/-]*/i
const CITE = /[?&]cite=(\d{4}-\d{2}-\d{2})\.([0-9a-f]{12})/i
/** Which paragraph is meant, where no address says it. */
const PARAGRAPHS = [/第\s*(\d+[a-z]*|[〇零一二三四五六七八九十百]+)\s*段/, /段落\s*(\d+[a-z]*)/, /¶+\s*(\d+[a-z]*)/,
  /\bpara(?:graph|s)?\b\.?\s*(\d+[a-z]*)/i, /"locator"\s*:\s*"?(\d+[a-z]*)/,
  /[{"\s-][\w/-]+\.p(\d+[a-z]*)[",\s]/]
const DAY = "(\\d{4})\\s*[-/.年]\\s*(\\d{1,2})\\s*[-/.月]\\s*(\\d{1,2})"
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
/** On which day it was looked at. */
const LOOKED_AT = [`\\[${DAY}\\s*日?\\]`, `(?:参照|閲覧|アクセス|访问|訪問|查阅|引用|检索)[^\\d\\n]{0,8}${DAY}`,
  `${DAY}\\s*日?\\s*(?:参照|閲覧|アクセス|访问|查阅|检索)`, `urldate\\s*=\\s*[{"]${DAY}`, `^Y2 {2}- ${DAY}`,
  "\"accessed\"[^\\]]*?\\[\\s*\"?(\\d{4})\"?\\s*,\\s*\"?(\\d{1,2})\"?\\s*,\\s*\"?(\\d{1,2})",
  `(?:accessed|visited|retrieved)\\s+(?:on\\s+)?${DAY}`].map((one) => new RegExp(one, "imu"))
const IN_ENGLISH = new RegExp("(?:accessed|visited|retrieved)\\s+(?:on\\s+)?"
  + "(?:([a-z]{3})[a-z.]*\\s+(\\d{1,2}),?|(\\d{1,2})\\s+([a-z]{3})[a-z.]*)\\s+(\\d{4})", "i")
/** What may be a title. */
const TITLES = [/"title"\s*:\s*"((?:[^"\\]|\\.)+)"/,
  /\btitle\s*=\s*[{"]+(.+?)[}"]+\s*,?\s*$/im, /^T[I1] {2}- (.+)$/m,
  /“(.+)”/, /『(.+)』/, /「(.+)」/, /《(.+)》/, /"(.+?)[,.]?"/,
  /\.\s*([^.]+?)(?:[:：][^:：]*)?\s*\[[A-Z]{1,2}(?:\/OL)?\]/,
  /\(\d{4}[^)]*\)\.\s*(.+?)\s*(?:\[|\.\s)/, /,\s*(.+?),\s/]

/** @param {string} text @returns {string} without what cannot be seen, each character in its plain form */
const plain = (text) => text.replace(UNSEEN, "").normalize("NFKC").replace(UNSEEN, "").replace(DASH, "-")
  .replace(/\\([_&%#$])/g, "$1").replace(/&amp;/g, "&")

/**
 * The same text as it may have been: with lines as they are, without line ends, without hyphens at them,
 * without any space; each with its percent escapes read.
 * @param {string} text plain
 * @returns {string[]}
 */
function readings(text) {
  const whole = /^\s*(?:<\s*)?\S+(?:\s*\n\s*\S+)*\s*$/.test(text)
  const found = [text, text.replace(/\s*\n\s*/g, ""), text.replace(/-\s*\n\s*/g, ""),
    text.replace(/\s+(?=[/#?.])|(?<=[/#?.:])\s+/g, "")]
  if (whole || !/\p{Script=Han}/u.test(text)) found.push(text.replace(/\s+/g, ""))
  const all = found.flatMap((one) => {
    const once = decoded(one), twice = decoded(once)
    return [one, once, twice, decoded(twice)]
  })
  return [...new Set(all.map(plain))]
}

/**
 * @param {string} text
 * @param {{root: URL, hosts: string[]}} site its root, and all hosts it is known by
 * @returns {Cited}
 */
export function citedPlace(text, { root, hosts }) {
  const all = readings(plain(text))
  /** @type {Set<string>} */
  const paths = new Set()
  /** @type {Set<string>} */
  const ids = new Set()
  /** @type {Cited["cite"]} */
  let cite = null
  for (const reading of all) {
    for (const { path, rest } of addresses(reading, root, hosts)) {
      // Marks and running text may have followed; a folder of its own is no slip of the pen.
      for (const one of beginnings(path)) {
        if (!/^\/+[a-z0-9]/i.test(path.slice(one.length))) paths.add(tidy(one))
      }
      const fragment = /^[^\s#]*?#\s*(\S+)/.exec(rest)?.[1]
      if (fragment) ids.add(fragment)
    }
    const found = CITE.exec(reading)
    if (found) cite ??= { day: found[1], fingerprint: found[2].toLowerCase() }
  }
  const [first] = all
  for (const pattern of PARAGRAPHS) {
    const found = pattern.exec(first)
    if (found) ids.add(`p${/^\d/.test(found[1]) ? found[1] : numeral(found[1])}`)
  }
  paths.delete("")
  return { paths: [...paths], ids: [...ids], cite, day: dayIn(first), titles: titlesIn(text) }
}

/** @param {string} path @returns {string} below the root, as a folder, in small letters */
const tidy = (path) => `${folded(path).replaceAll("\\", "/").replace(/\/{2,}/g, "/").replace(/^\/|\/$/g, "")
  .replace(/(?:\/?index)?\.(?:html?|md)$/, "").replace(/(?:^|\/)index$/, "")}/`.replace(/^\/$/, "")

/**
 * Addresses of this site in a text.
 * @param {string} text @param {URL} root @param {string[]} hosts
 * @returns {{path: string, rest: string}[]} the path below the root, and what follows it
 */
function addresses(text, root, hosts) {
  const found = []
  const base = root.pathname.replace(/^\/|\/$/g, "")
  for (const host of hosts) {
    for (let at = folded(text).indexOf(host); at >= 0; at = folded(text).indexOf(host, at + 1)) {
      found.push(text.slice(at + host.length).replace(/^:\d+(?=\/)/, ""))
    }
  }
  // Of another host it may be a copy of this site, perhaps below another folder.
  const [, elsewhere = ""] = found.length ? [] : /https?:\/\/[^\s/]+\/([^\s]*)/i.exec(text) ?? []
  if (elsewhere) found.push(elsewhere, elsewhere.replace(/^[^/]*\//, ""))
  // An address of which the beginning was lost.
  if (!found.length && !/https?:/i.test(text)) {
    const lost = /(?:^|[\s<(（])((?:\.{0,2}\/|…\/)?[a-z0-9][\w-]*\/[\w./-]*[#?]?.*)$/ims.exec(text)
    if (lost) found.push(lost[1].replace(/^[.…]*/, ""))
  }
  return found.map((one) => {
    const own = one.replace(/^\/+/, "")
    const below = base && folded(own).startsWith(`${base}/`) ? own.slice(base.length + 1) : own
    const begun = PATH.exec(below)
    const path = begun && !begun.index ? begun[0] : ""
    return { path, rest: below.slice(path.length) }
  }).filter(({ path }) => path)
}

/** @param {string} written as in 二十三 @returns {number} */
function numeral(written) {
  const digits = "零一二三四五六七八九"
  let all = 0, last = 0
  for (const one of written.replaceAll("〇", "零")) {
    const unit = { 十: 10, 百: 100 }[one]
    if (unit) {
      all += (last || 1) * unit
      last = 0
    } else last = (/[十百]/.test(written) ? 0 : last * 10) + digits.indexOf(one)
  }
  return all + last
}

/** @param {string} text plain @returns {string} the day on which it was looked at (ISO 8601), or "" */
function dayIn(text) {
  /** @param {string} year @param {string} month @param {string} day */
  const iso = (year, month, day) => `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`
  for (const pattern of LOOKED_AT) {
    const found = pattern.exec(text)
    if (found) return iso(found[1], found[2], found[3])
  }
  const found = IN_ENGLISH.exec(text)
  const month = found && MONTHS.indexOf((found[1] ?? found[4]).toLowerCase()) + 1
  return month ? iso(found[5], `${month}`, found[2] ?? found[3]) : ""
}

/**
 * @param {string} text
 * @returns {string[]} what may be the title of what is referred to, the likeliest first
 */
function titlesIn(text) {
  const found = TITLES.flatMap((pattern) => pattern.exec(text)?.[1] ?? [])
  const bare = found.map((one) => one.replace(/[{}]/g, "").trim())
  return [...new Set(bare.filter((one) => [...one].length > 3))]
}

/**
 * @param {string} text
 * @param {string[]} hosts
 * @returns {boolean} whether a text is a reference or an address
 */
export function isReference(text, hosts) {
  const own = plain(text).trim()
  const solid = folded(decoded(decoded(own))).replace(/\s+/g, "")
  return [...own].length < 3000 && (hosts.some((host) => solid.includes(host)) || CITE.test(solid)
    || /^@\w+\s*\{|^TY {2}- /m.test(own) || /^[[{][^]*"(?:title|URL|id)"\s*:/.test(own)
    || /^(?:https?:\/\/|\.{0,2}\/)?[\w./-]+\/#[a-z0-9-]+$/i.test(solid)
    || /\[(?:EB|J|M|N|R|S|Z|C|D|A)(?:\/OL)?\]/.test(own) || /\(参照\s*\d{4}/.test(own)
    || (/(?:¶+|\bparas?\.)\s*\d+/.test(own) && /\d{4}/.test(own)))
}
