/**
 * A reader's own notes, as the browser keeps them: in `localStorage`, one entry a site, and nowhere else. In:
 * notes. Out: notes. What cannot be kept, or read, is an error that says so (`NotKept`): nothing is written
 * over what could not be read, and a change begins with what is kept now, because another window may have
 * changed it.
 */

import { NOTES } from "./address.js"

/**
 * @typedef {object} Note
 * @property {string} id an IRI, for ever
 * @property {string} place of the document's page below the site's root, as in `ja/articles/x/`
 * @property {string} title of the document
 * @property {string} language of the edition
 * @property {string} anchor the paragraph's id when the note was made; "" where a file named none
 * @property {string} prefix what stood before the passage in its paragraph
 * @property {string} exact the passage: with what stood around it the wording that the note was made on
 * @property {string} suffix what stood after it
 * @property {string} text what the reader wrote; "" for a highlight
 * @property {string} said the language of `text`, as far as known
 * @property {string} created ISO 8601
 * @property {string} modified ISO 8601
 * @property {string} cite day and fingerprint of the wording, as in `?cite=`; "" where none is recorded
 * @property {string} by who wrote it, where that is somebody else; or ""
 * @property {string} rights the address of the licence that came with it; or ""
 */

const VERSION = 1
const FIELDS = /** @type {const} */ (["id", "place", "title", "language", "anchor", "prefix", "exact",
  "suffix", "text", "said", "created", "modified", "cite", "by", "rights"])

/** What stands in the way of keeping notes; `message` is the key of the words that say it. */
export class NotKept extends Error {}

/** What the browser keeps, as it is written there. @returns {string | null} */
export function raw() {
  try {
    return localStorage.getItem(NOTES)
  } catch {
    throw new NotKept("own-forbidden")
  }
}

/** @param {unknown} one @returns {one is Note} */
const isNote = (one) => typeof one === "object" && one !== null
  && FIELDS.every((name) => typeof /** @type {Record<string, unknown>} */ (one)[name] === "string")

/** @returns {Note[]} in the order in which they were made or brought here */
export function read() {
  const text = raw()
  if (text === null) return []
  try {
    const { version, notes } = JSON.parse(text)
    if (version === VERSION && Array.isArray(notes) && notes.every(isNote)) return notes
  } catch { /* said below */ }
  throw new NotKept("own-unreadable")
}

/** @param {Note[]} notes */
function keep(notes) {
  const text = JSON.stringify({ version: VERSION, notes })
  try {
    if (notes.length) localStorage.setItem(NOTES, text)
    else localStorage.removeItem(NOTES)
  } catch (error) {
    const isFull = error instanceof DOMException && error.name === "QuotaExceededError"
    throw new NotKept(isFull ? "own-full" : "own-forbidden")
  }
}

/**
 * @param {Note[]} notes
 * @param {(note: Note) => string} key
 * @returns {Map<string, Note[]>} those of each key, in their order
 */
export function grouped(notes, key) {
  /** @type {Map<string, Note[]>} */
  const found = new Map()
  for (const note of notes) found.set(key(note), [...found.get(key(note)) ?? [], note])
  return found
}

/** Keep a note, in the place of the one with its id. @param {Note} note */
export function put(note) {
  const notes = read()
  const at = notes.findIndex(({ id }) => id === note.id)
  keep(at < 0 ? [...notes, note] : notes.with(at, note))
}

/** @param {string} id */
export const remove = (id) => keep(read().filter((one) => one.id !== id))

/** Forget all of them, readable or not. */
export function clear() {
  raw()
  localStorage.removeItem(NOTES)
}

/** Whether two notes say the same of the same. @param {Note} one @param {Note} other */
const isDouble = (one, other) => (["place", "anchor", "prefix", "exact", "text"])
  .every((name) => one[/** @type {"text"} */ (name)] === other[/** @type {"text"} */ (name)])

/**
 * Notes that were brought along, put to those that are here: of two with one id the one that was changed last
 * stays, and what says the same of the same is not kept twice.
 * @param {Note[]} brought
 * @returns {{added: number, updated: number, same: number}}
 */
export function merge(brought) {
  const notes = read()
  const at = new Map(notes.map(({ id }, index) => [id, index]))
  const where = (/** @type {Note} */ { place, anchor }) => `${place}#${anchor}`
  const places = grouped(notes, where)
  const told = { added: 0, updated: 0, same: 0 }
  for (const note of brought) {
    const known = at.get(note.id)
    const beside = places.get(where(note)) ?? []
    if (known !== undefined && notes[known].modified < note.modified) {
      notes[known] = note
      told.updated += 1
    } else if (known !== undefined || beside.some((one) => isDouble(one, note))) told.same += 1
    else {
      at.set(note.id, notes.push(note) - 1)
      places.set(where(note), [...beside, note])
      told.added += 1
    }
  }
  keep(notes)
  return told
}

/** Call `changed` when another window of this site has changed the notes. @param {() => void} changed */
export function follow(changed) {
  addEventListener("storage", ({ key }) => { if (key === NOTES || key === null) changed() })
}

/** A name that no other note has. A browser gives `randomUUID` to safe connections only. @returns {string} */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6] & 0x0f) | 0x40  // RFC 9562, 5.4: version 4
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")
  return `urn:uuid:${digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")}`
}
