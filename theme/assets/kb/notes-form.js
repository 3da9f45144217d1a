/**
 * A reader's own notes as W3C Web Annotation (Data Model of 2017, JSON-LD), and back. In: notes; or a file
 * that somebody brings. Out: a file; or notes, and what of the file is none and why. What is brought is
 * data: text stays text, nothing in it is fetched or run, and each value is taken only for what it can be.
 */

import { root } from "./address.js"
import { newId } from "./notes-store.js"

/** @typedef {import("./notes-store.js").Note} Note */
/** @typedef {Record<string, unknown>} Thing an object of the file */
/** @typedef {{place: string, title: string, language: string}} Place a document of this site, in a language
 *  */

export const MEDIA = 'application/ld+json;profile="http://www.w3.org/ns/anno.jsonld"'
const CONTEXT = "http://www.w3.org/ns/anno.jsonld"
/** What an id in a fragment of HTML means (Web Annotation Data Model, 4.2.1). */
const FRAGMENT = "http://tools.ietf.org/rfc/rfc3236"
/** At most, of what is brought: bytes of a file, annotations in it, characters of a text. */
export const MOST = { bytes: 8_000_000, notes: 10_000, text: 20_000 }
const CITE = /[?&]cite=(\d{4}-\d{2}-\d{2}\.[0-9a-f]{12})(?=[&#]|$)/
const ANCHOR = /^[a-z][a-z0-9-]{0,99}$/
const TAG = /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i
const IRI = /^(?:urn:|https?:\/\/)\S{1,500}$/i
/** Characters that nobody can see and that could make other ones seem different. */
const UNSEEN = /[^\P{Cc}\t\n\r]|[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu

/** Why a file, or an annotation in it, is not taken; `message` is the key of the words that say it. */
export class Refused extends Error {}

/** Where this site is published, as its pages say; else where it is read. @returns {string} */
function home() {
  const own = document.querySelector("link[rel=canonical]")?.getAttribute("href") ?? ""
  const here = location.pathname.slice(root.pathname.length)
  return here && own.endsWith(`/${here}`) ? own.slice(0, -here.length) : root.href
}

/** How many characters, as the vocabulary counts them. @param {string} text */
const count = (text) => [...text].length

/** @param {Note} note @returns {Thing} */
function selector({ anchor, prefix, exact, suffix }) {
  const quote = { type: "TextQuoteSelector", exact, ...(prefix && { prefix }), ...(suffix && { suffix }) }
  const start = count(prefix)
  const within = [quote, { type: "TextPositionSelector", start, end: start + count(exact) }]
  return anchor ? { type: "FragmentSelector", conformsTo: FRAGMENT, value: anchor, refinedBy: within } : quote
}

/** @param {Note} note @param {string} site @returns {Thing} */
function annotation(note, site) {
  const source = site + note.place
  return {
    id: note.id,
    type: "Annotation",
    motivation: note.text ? "commenting" : "highlighting",
    created: note.created,
    modified: note.modified,
    ...(note.by && { creator: { type: "Person", name: note.by } }),
    ...(note.rights && { rights: note.rights }),
    ...(note.text && { body: { type: "TextualBody", purpose: "commenting", format: "text/plain",
      ...(note.said && { language: note.said }), value: note.text } }),
    target: {
      type: "SpecificResource",
      source: { id: source, type: "Text", format: "text/html",
        ...(note.language && { language: note.language }) },
      selector: selector(note),
      // The wording that the note was made on can be read there for ever.
      state: { type: "TimeState", sourceDate: note.created,
        ...(note.cite && { cached: `${source}?cite=${note.cite}#${note.anchor}` }) },
    },
  }
}

/** All notes as one file. @param {Note[]} notes @param {string} label @returns {string} */
export function written(notes, label) {
  const site = home()
  const id = newId()
  return `${JSON.stringify({
    "@context": CONTEXT, id, type: "AnnotationCollection", label, total: notes.length,
    first: { id: `${id}#page-1`, type: "AnnotationPage", startIndex: 0,
      items: notes.map((note) => annotation(note, site)) },
  }, null, 1)}\n`
}

/** @param {unknown} value @returns {unknown[]} one or several, as JSON-LD has them */
const list = (value) => (value === undefined || value === null ? [] : [value].flat())

/** @param {unknown} value @returns {value is Thing} */
const isThing = (value) => typeof value === "object" && value !== null && !Array.isArray(value)

/** @param {Thing} one @param {string} name @returns {boolean} */
const isA = (one, name) => list(one.type ?? one["@type"])
  .some((type) => [name, `oa:${name}`, `as:${name}`].includes(String(type)))

/** @param {unknown} value @returns {string} text without what cannot be seen; "" for what is no text */
const text = (value) => (typeof value === "string" ? value.replace(UNSEEN, "") : "")

/** @param {unknown} value @returns {string} an address, given as such or as a thing that has one */
const address = (value) => (isThing(value) ? text(value.id ?? value["@id"]) : text(value))

/** @param {unknown} value @param {RegExp} form @returns {string} */
const fitting = (value, form) => (form.test(text(value)) ? text(value) : "")

/** @param {unknown} value @param {string} otherwise @returns {string} ISO 8601 */
function moment(value, otherwise) {
  const time = Date.parse(text(value))
  return Number.isNaN(time) ? otherwise : new Date(time).toISOString()
}

/** The annotations that a file holds; pages that it only names are not fetched.
 *  @param {unknown} data @param {number} depth how many things may stand in each other @returns {unknown[]}
 *  */
function annotations(data, depth = 50) {
  const within = (/** @type {unknown[]} */ all) => all.flatMap((one) => annotations(one, depth - 1))
  if (!depth) return []
  if (Array.isArray(data)) return within(data)
  if (!isThing(data)) return []
  if (isA(data, "Annotation")) return [data]
  return [...list(data.items), ...within([data["@graph"], data.first, data.next])]
}

/** All selectors of a target, and those that refine them. @param {unknown} value @returns {Thing[]} */
function selectors(value, depth = 4) {
  return depth ? list(value).filter(isThing)
    .flatMap((one) => [one, ...selectors(one.refinedBy, depth - 1), ...selectors(one.items, depth - 1)]) : []
}

/** What an annotation says, all of it plain text. @param {Thing} one @returns {string} */
function words(one) {
  const bodies = list(one.body)
  const plain = bodies.every((body) => typeof body === "string" ? false
    : isThing(body) && typeof body.value === "string"
      && list(body.format ?? "text/plain").every((format) => format === "text/plain"))
  if (!plain) throw new Refused("own-refused-text")
  return [...list(one.bodyValue), ...bodies.map((body) => /** @type {Thing} */ (body).value)]
    .map(text).filter(Boolean).join("\n")
}

/**
 * One target of an annotation as a note.
 * @param {Thing} one
 * @param {unknown} target
 * @param {number} number of the target, from 0
 * @param {(address: string) => Place | null} placeOf
 * @returns {Note}
 */
function note(one, target, number, placeOf) {
  const source = isThing(target) ? address(target.source) || address(target) : text(target)
  const place = placeOf(source)
  if (!place) throw new Refused("own-refused-place")
  const all = isThing(target) ? selectors(target.selector) : []
  const [fragment, quote] = ["FragmentSelector", "TextQuoteSelector"].map((name) =>
    all.find((each) => isA(each, name)))
  const anchor = fitting(fragment?.value ?? source.split("#")[1], ANCHOR)
  const [prefix, exact, suffix] = [quote?.prefix, quote?.exact, quote?.suffix].map(text)
  if (!anchor && !exact) throw new Refused("own-refused-place")
  const said = words(one)
  const isLong = [said, prefix + exact + suffix].some((each) => each.length > MOST.text)
  if (isLong) throw new Refused("own-refused-long")
  const states = isThing(target) ? list(target.state).filter(isThing) : []
  const created = moment(one.created, new Date().toISOString())
  const [body] = list(one.body)
  const [creator] = list(one.creator)
  const id = fitting(one.id ?? one["@id"], IRI) || newId()
  return {
    // Each target becomes a note; the same file makes the same notes again.
    id: number ? `${id}${id.includes("#") ? "-" : "#"}target-${number + 1}` : id,
    ...place, anchor, prefix, exact, suffix, text: said,
    language: place.language,
    said: isThing(body) ? fitting(list(body.language)[0], TAG) : "",
    created, modified: moment(one.modified, created),
    cite: states.map((state) => CITE.exec(text(list(state.cached)[0]))?.[1]).find(Boolean) ?? "",
    by: (isThing(creator) ? text(list(creator.name)[0]) : "").slice(0, 200),
    rights: fitting(list(one.rights)[0], /^https?:\/\/\S{1,500}$/i),
  }
}

/**
 * The notes in a file, and how many of its annotations are none that can be kept here, by the reason.
 * @param {string} file
 * @param {(address: string) => Place | null} placeOf the document of this site that an address means
 * @returns {{notes: Note[], refused: Map<string, number>}}
 */
export function taken(file, placeOf) {
  let data
  try {
    data = JSON.parse(file.replace(/^\ufeff/, ""))
  } catch {
    throw new Refused("own-bad-json")
  }
  const all = annotations(data)
  if (!all.length) throw new Refused("own-bad-form")
  if (all.length > MOST.notes) throw new Refused("own-bad-many")
  /** @type {Note[]} */
  const notes = []
  /** @type {Map<string, number>} */
  const refused = new Map()
  for (const one of all) {
    try {
      if (!isThing(one) || !isA(one, "Annotation") || !list(one.target).length) {
        throw new Refused("own-refused-form")
      }
      notes.push(...list(one.target).map((target, number) => note(one, target, number, placeOf)))
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      refused.set(error.message, (refused.get(error.message) ?? 0) + 1)
    }
  }
  return { notes, refused }
}
