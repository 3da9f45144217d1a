/**
 * On the page of a document: its reader's own notes beside their paragraphs, their passages marked, and the
 * form for a new one. Loaded only where the browser keeps notes, or the reader makes one. Without this
 * module the page is as it is.
 */

import { root } from "./address.js"
import { address as checked } from "./check-citation.js"
import { say } from "./clipboard.js"
import { element, required } from "./element.js"
import { found } from "./notes-find.js"
import { follow, newId, NotKept, put, read } from "./notes-store.js"
import { paragraphs, passageIn, rangeOf, wordingOf } from "./notes-text.js"
import { box, done, form, known, versionsOf } from "./notes-view.js"

/** @typedef {import("./notes-store.js").Note} Note */
/** @typedef {import("./notes-find.js").Found} Found */
/** @typedef {import("./notes-text.js").Wording} Wording */
/** @typedef {{note: Note, found: Found}} Placed */

const page = new URL(required("[data-kb-cite]").dataset.kbCite ?? "", location.href)
const place = page.pathname.slice(root.pathname.length)
const article = required("article")
const MARK = "kb-own"

/** @returns {Map<string, Wording>} what each paragraph says, by its id */
const wordings = () => new Map([...paragraphs(document)].map(([id, one]) => [id, wordingOf(one)]))

/** The box below a paragraph, with its title; made where there is none.
 *  @param {string} id @param {string} title @returns {HTMLElement} */
function boxOf(id, title) {
  const known = document.querySelector(`.kb-own[data-of="${CSS.escape(id)}"]`)
  if (known instanceof HTMLElement) return known
  const paragraph = id ? document.getElementById(id) : null
  // The words are not the quoted person's.
  const quotation = [...article.querySelectorAll("blockquote")].find((one) => one.contains(paragraph))
  const made = element("aside", { class: "kb-note kb-own", "data-of": id, "aria-label": title,
    lang: document.documentElement.lang }, element("p", { class: "kb-note-head" }, title))
  if (!paragraph) article.append(made)
  else if (quotation) quotation.after(made)
  else if (paragraph.matches("li")) paragraph.append(made)
  else paragraph.after(made)
  return made
}

/** Where each note on this page stands.
 *  @returns {Promise<{texts: Map<string, Wording>, placed: Placed[]}>} */
async function placed() {
  const texts = wordings()
  const own = read().filter((note) => note.place === place)
  const said = new Map([...texts].map(([id, { text }]) => [id, text]))
  const first = own.map((note) => ({ note, found: found(note, said, null) }))
  if (first.every(({ note, found: { id, how } }) => how === "same" && id === note.anchor)) {
    return { texts, placed: first }
  }
  const versions = await versionsOf(place)
  return { texts, placed: own.map((note) => ({ note, found: found(note, said, versions) })) }
}

/** Take away what is shown, but for a form in which somebody writes. */
function empty() {
  for (const one of document.querySelectorAll(".kb-own > .kb-own-note, .kb-own > .kb-own-all")) one.remove()
  empty()
}

let turn = 0

/** Show all notes as they are kept now. @returns {Promise<void>} */
export async function show() {
  turn += 1
  const own = turn
  const all = await known()
  const { words } = all
  /** @type {{texts: Map<string, Wording>, placed: Placed[]}} */
  let here
  try {
    here = await placed()
  } catch (error) {
    if (!(error instanceof NotKept)) throw error
    say(words[error.message])
    return
  }
  if (own !== turn) return
  for (const one of document.querySelectorAll(".kb-own:not(:has(.kb-own-form))")) one.remove()
  const order = [...here.texts.keys()]
  here.placed.sort((one, other) => order.indexOf(one.found.id) - order.indexOf(other.found.id)
    || (one.found.passage?.[0] ?? 0) - (other.found.passage?.[0] ?? 0))
  /** @type {Map<string, HTMLElement>} */
  const boxes = new Map()
  for (const { note, found: stands } of here.placed) {
    const { id } = stands
    if (document.querySelector(`.kb-own-form[data-note="${CSS.escape(note.id)}"]`)) continue
    const title = id ? words["own-title"] : words["own-homeless"]
    const into = boxes.get(id) ?? boxOf(id, title)
    boxes.set(id, into)
    into.append(box(all, note, { found: stands, now: here.texts.get(id)?.text ?? "" }, { changed }))
  }
  for (const into of boxes.values()) {
    into.append(element("p", { class: "kb-small kb-own-all" },
      element("a", { href: listOfAll() }, words["own-all"])))
  }
  mark(here)
}

/** Show a note as it is now, and lead the reader back to it. @param {string} id of the note
 *  @param {string} anchor of its paragraph */
async function changed(id, anchor) {
  await show()
  const own = document.querySelector(`[data-note="${CSS.escape(id)}"] button`)
  const number = anchor && document.querySelector(`#${CSS.escape(anchor)} > a.kb-number`)
  for (const one of [own, number]) {
    if (one instanceof HTMLElement) {
      one.focus({ preventScroll: true })
      return
    }
  }
}

/** The page of all notes, in the language of the reader. @returns {string} */
const listOfAll = () => required("[data-kb-notes-page]").getAttribute("href") ?? ""

/** Mark the passages, where the browser can without touching the text; where not, they stand in the boxes.
 *  @param {{texts: Map<string, Wording>, placed: Placed[]}} here */
function mark({ texts, placed: all }) {
  if (!("highlights" in CSS)) return
  const ranges = all.flatMap(({ note, found: { id, passage } }) => {
    const wording = texts.get(id)
    // What was written on a whole paragraph stands below it: to mark all of it would tell nothing.
    const isWhole = note.text && passage && passage[1] - passage[0] === wording?.text.length
    return wording && passage && passage[0] < passage[1] && !isWhole ? [rangeOf(wording, ...passage)] : []
  })
  CSS.highlights.set(MARK, new Highlight(...ranges))
}

/** A new note on a paragraph, or on what of it is selected. @param {string} id
 *  @param {[number, number] | null} passage @returns {Promise<Note>} */
async function begun(id, passage) {
  const paragraph = required(`#${CSS.escape(id)}`)
  const { text } = wordingOf(paragraph)
  const [start, end] = passage ?? [0, text.length]
  const now = new Date().toISOString()
  // Offline, and where nothing is recorded, the wording itself is all there is.
  const address = await checked(id).catch(() => "")
  return {
    id: newId(), place, title: required("h1").textContent?.trim() ?? "",
    language: paragraph.closest("[lang]")?.getAttribute("lang") ?? "",
    anchor: id, prefix: text.slice(0, start), exact: text.slice(start, end), suffix: text.slice(end),
    text: "", said: "", created: now, modified: now, cite: /[?&]cite=([^&#]+)/.exec(address)?.[1] ?? "",
    by: "", rights: "",
  }
}

/**
 * Open the form for a note on a paragraph.
 * @param {string} id of the paragraph
 * @param {Range} [range] what is selected
 */
export async function write(id, range) {
  const all = await known()
  const paragraph = required(`#${CSS.escape(id)}`)
  const note = await begun(id, range ? passageIn(wordingOf(paragraph), range) : null)
  const into = boxOf(id, all.words["own-title"])
  const left = () => {
    made.remove()
    return changed(note.id, id)
  }
  const made = form(all, note, left, left)
  into.append(made)
  required("textarea", made).focus()
}

/**
 * Highlight what is selected of a paragraph.
 * @param {string} id of the paragraph
 * @param {Range} range
 */
export async function highlight(id, range) {
  const { words } = await known()
  const passage = passageIn(wordingOf(required(`#${CSS.escape(id)}`)), range)
  if (!passage) return
  const note = await begun(id, passage)
  if (!done(words, () => put(note))) return
  await show()
  say(words["own-saved"])
}

const again = () => { show().catch(() => { /* offline, the page is as it is */ }) }
follow(again)
again()
