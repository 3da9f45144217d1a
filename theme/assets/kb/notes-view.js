/**
 * A reader's own note as it is shown, beside its paragraph and in the list of all: the passage, what was
 * written, when, whether the wording has changed since and how, and what can be done with it; and the form
 * in which it is written. Whatever the notes hold is put on the page as text.
 */

import { root } from "./address.js"
import { difference } from "./check-citation.js"
import { say } from "./clipboard.js"
import { ask } from "./disk.js"
import { element, required } from "./element.js"
import { wordingThen } from "./notes-find.js"
import { NotKept, put, remove } from "./notes-store.js"
import { styled } from "./stylesheet.js"
import { filled } from "./words.js"

/** @typedef {import("./notes-store.js").Note} Note */
/** @typedef {import("./notes-find.js").Found} Found */
/** @typedef {import("./check-citation.js").Versions} Versions */
/** @typedef {{prefixes: Record<string, string>, words: Record<string, string>}} Known */
/** @typedef {{found: Found, now: string}} Today where a note stands, and what its paragraph says */

/** @type {Promise<Known> | undefined} */
let asked
/** @type {Map<string, Promise<Versions | null>>} */
const versions = new Map()

/** @param {string} place below the site's root @param {RequestInit} [options] @returns {Promise<any>} */
const json = (place, options = {}) => ask(new URL(place, root), options).then((answer) =>
  (answer.ok ? answer.json() : Promise.reject(new Error(place))))

/** The words in which the site speaks of notes, and how they look. @returns {Promise<Known>} */
export function known() {
  asked ??= Promise.all([json(`assets/notes/${document.documentElement.lang}.json`), styled("notes.css")])
    .then(([found]) => found)
  asked.catch(() => { asked = undefined })
  return asked
}

/**
 * What is recorded of a document; null where it cannot be had. What the browser has may be older than the
 * page.
 * @param {string} place
 */
export function versionsOf(place) {
  const own = versions.get(place) ?? json(`${place}versions.json`, { cache: "no-cache" }).catch(() => {
    versions.delete(place)
    return null
  })
  versions.set(place, own)
  return own
}

/**
 * Do something with what is kept, or say why that cannot be done.
 * @param {Record<string, string>} words
 * @param {() => void} act
 * @returns {boolean} whether it was done
 */
export function done(words, act) {
  try {
    act()
    return true
  } catch (error) {
    if (!(error instanceof NotKept)) throw error
    say(words[error.message])
    return false
  }
}

/** @param {Record<string, string>} words @param {string} moment */
function day(words, moment) {
  const date = new Date(moment)
  return element("time", { datetime: moment }, filled(words.date,
    { year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate() }))
}

/** @param {Record<string, string>} words @param {string} id */
export const called = (words, id) => filled(words.paragraph, { number: id.slice(1) })

/** What is to be said of a note whose wording has changed. @param {Known} known @param {Note} note
 *  @param {Today} today @returns {HTMLElement[]} */
function changes({ words }, note, { found, now }) {
  const { id, how } = found
  const then = wordingThen(note)
  const isAway = note.anchor && id !== note.anchor
  const isUnchanged = how === "same" || how === "kept"
  const said = [
    ...(isAway ? [filled(words["own-away"], { paragraph: called(words, note.anchor) })] : []),
    ...(isAway && isUnchanged ? [words["own-moved"]] : how === "same" ? [] : [words[`own-${how}`]]),
  ]
  if (!said.length) return []
  const more = element("details", {}, element("summary", {}, words["own-difference"]))
  if (now && then && how !== "same") {
    more.append(element("p", { class: "kb-own-difference", lang: note.language },
      ...difference(then, now).map(([kind, text]) => (kind === "same" ? text : element(kind, {}, text)))))
  }
  more.append(element("p", { class: "kb-small" }, words["own-then"]),
    element("blockquote", { lang: note.language }, then))
  return [element("p", { class: "kb-own-changed" }, said.join("")), ...(then && how !== "same" ? [more] : [])]
}

/** The passage, as it was. @param {Note} note @returns {HTMLElement[]} */
const quoted = ({ exact, language }) => (exact
  ? [element("blockquote", { class: "kb-own-quote", lang: language }, exact)] : [])

/**
 * @param {Known} known
 * @param {Note} note
 * @param {Today | null} today null where it is not known yet
 * @param {{changed: (id: string, anchor: string) => void, head?: HTMLElement}} options `changed` is called
 *   when it was edited or deleted, with its id and that of its paragraph
 * @returns {HTMLElement}
 */
export function box(known, note, today, { changed, head }) {
  const { words } = known
  const [edit, drop] = ["own-edit", "own-delete"].map((key) =>
    element("button", { type: "button" }, words[key]))
  const anchor = today?.found.id ?? note.anchor
  const whole = today?.found.how === "same" && note.exact === today.now
  const written = element("p", { class: "kb-own-text", dir: "auto", ...(note.said && { lang: note.said }) },
    note.text)
  const one = element("div", { class: "kb-own-note", "data-note": note.id },
    ...(head ? [head] : []),
    ...(whole ? [] : quoted(note)),
    ...(note.text ? [written] : []),
    ...(today ? changes(known, note, today) : []),
    element("p", { class: "kb-own-foot" }, ...(note.by ? [`${note.by}　`] : []), day(words, note.modified),
      edit, drop))
  edit.addEventListener("click", () => {
    const made = form(known, note, () => {
      made.replaceWith(one)
      edit.focus()
    }, () => {
      made.remove()
      changed(note.id, anchor)
    })
    one.replaceWith(made)
    required("textarea", made).focus()
  })
  drop.addEventListener("click", () => {
    if (note.text && !confirm(words["own-delete-sure"])) return
    if (!done(words, () => remove(note.id))) return
    one.remove()
    changed(note.id, anchor)
    say(words["own-deleted"])
  })
  return one
}

/**
 * The form in which a note is written. What was written stays in it until it is kept.
 * @param {Known} known
 * @param {Note} note
 * @param {() => void} left called when the reader leaves it as it is
 * @param {() => void} kept
 * @returns {HTMLElement}
 */
export function form({ words }, note, left, kept) {
  const [save, cancel] = ["own-save", "own-cancel"].map((key) =>
    element("button", { type: "button" }, words[key]))
  const input = element("textarea", { rows: "4", maxlength: "20000" })
  input.value = note.text
  const about = note.anchor ? `${called(words, note.anchor)}${words.colon}` : ""
  const made = element("div", { class: "kb-own-form", "data-note": note.id, role: "group",
    "aria-label": about + words["own-text"] },
    ...quoted(note),
    element("label", {}, element("span", {}, words["own-text"]), input),
    element("p", { class: "kb-small" }, words["own-hint"]),
    element("p", { class: "kb-own-foot" }, save, cancel))
  /** @param {BeforeUnloadEvent} event */
  const warn = (event) => { if (made.isConnected && input.value !== note.text) event.preventDefault() }
  addEventListener("beforeunload", warn)
  const end = () => removeEventListener("beforeunload", warn)
  const keep = () => {
    const text = input.value.trim()
    const now = new Date().toISOString()
    const said = text === note.text ? note.said : document.documentElement.lang
    if (!done(words, () => put({ ...note, text, said, modified: now }))) return
    end()
    kept()
    say(words["own-saved"])
  }
  save.addEventListener("click", keep)
  cancel.addEventListener("click", () => {
    end()
    left()
  })
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) keep()
    else if (event.key === "Escape" && input.value === note.text) cancel.click()
  })
  return made
}
