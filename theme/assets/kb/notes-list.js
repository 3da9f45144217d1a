/**
 * The page of all notes that this browser keeps: by document, each with where it stands today; a file of
 * them to save, and notes to be brought back from one. What the documents say today is asked of their pages,
 * one after the other. Without this module the page says what it would need.
 */

import { root } from "./address.js"
import { say } from "./clipboard.js"
import { ask, opened } from "./disk.js"
import { element, required } from "./element.js"
import { found } from "./notes-find.js"
import { MEDIA, MOST, Refused, taken, written } from "./notes-form.js"
import { clear, follow, grouped, merge, NotKept, raw, read } from "./notes-store.js"
import { paragraphs, wordingOf } from "./notes-text.js"
import { box, called, done, known, versionsOf } from "./notes-view.js"
import { filled } from "./words.js"

/** @typedef {import("./notes-store.js").Note} Note */
/** @typedef {import("./notes-view.js").Known} Known */
/** @typedef {import("./notes-form.js").Place} Place */

const place = required("[data-kb-notes]")
const list = element("div", { class: "kb-own-list" })
const told = element("div", { class: "kb-own-told", role: "status" })
/** @type {Map<string, Promise<Map<string, string>>>} what the paragraphs of a document say today */
const texts = new Map()

/** @param {string} where of a document's page, below the site's root @returns {Promise<Map<string, string>>}
 *  */
function textsOf(where) {
  const own = texts.get(where) ?? ask(new URL(where, root), { cache: "no-cache" }).then(async (answer) => {
    const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html")
    if (!answer.ok) throw new Error(where)
    return new Map([...paragraphs(page)].map(([id, one]) => [id, wordingOf(one).text]))
  })
  own.catch(() => texts.delete(where))
  texts.set(where, own)
  return own
}

/** @param {Note} note @param {string} id @param {Known["words"]} words @returns {HTMLElement} where it
 *  stands */
const head = (note, id, words) => element("h3", {}, id
  ? element("a", { href: opened(new URL(`${note.place}#${id}`, root)) }, called(words, id))
  : words["own-homeless"])

/** Replace each note of a document by what it is today. @param {Known} all @param {Note[]} notes of one
 *  document
 *  @param {HTMLElement[]} boxes of these @param {() => void} changed */
async function today(all, notes, boxes, changed) {
  const said = await textsOf(notes[0].place)
  const isHere = notes.every((note) => found(note, said, null).how === "same")
  const versions = isHere ? null : await versionsOf(notes[0].place)
  for (const [at, note] of notes.entries()) {
    if (!boxes[at].isConnected) continue  // it is being edited
    const stands = found(note, said, versions)
    const now = said.get(stands.id) ?? ""
    boxes[at].replaceWith(box(all, note, { found: stands, now },
      { changed, head: head(note, stands.id, all.words) }))
  }
}

/** @param {Note[]} notes of one document @param {Known} all @param {() => void} changed @returns
 *  {HTMLElement} */
function section(notes, all, changed) {
  const { words } = all
  const [{ place: where, title, language }] = notes
  const name = words[`language-${language}`]
  const boxes = notes.map((note) => box(all, note, null, { changed, head: head(note, note.anchor, words) }))
  const made = element("section", {}, element("h2", {},
    element("a", { href: opened(new URL(where, root)), lang: language }, title || where),
    ...(name ? [element("span", { class: "kb-small" }, name)] : [])), ...boxes)
  today(all, notes, boxes, changed)
    .catch(() => made.append(element("p", { class: "kb-small" }, words["cite-failed"])))
  return made
}

/** @param {Note} note @returns {number} */
const order = ({ anchor }) => parseInt(anchor.slice(1), 10) || 0

/** Show all notes as they are kept now; not while one of them is being written. @param {Known} all */
function show(all) {
  const { words } = all
  if (list.querySelector(".kb-own-form")) return
  try {
    const notes = read()
    const groups = [...grouped(notes, (note) => note.place).values()]
    for (const own of groups) {
      own.sort((one, other) => order(one) - order(other) || one.prefix.length - other.prefix.length)
    }
    const count = notes.length ? filled(words["own-count"], { count: notes.length }) : words["own-none"]
    list.replaceChildren(element("p", {}, count), ...groups.map((own) => section(own, all, () => show(all))))
  } catch (error) {
    if (!(error instanceof NotKept)) throw error
    list.replaceChildren(element("p", { class: "kb-notice", role: "alert" }, words[error.message]))
  }
}

/** Give the reader a file. @param {string} text @param {string} name @param {string} type */
function save(text, name, type) {
  const address = URL.createObjectURL(new Blob([text], { type }))
  element("a", { href: address, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(address), 1000)
}

/** All notes as a file; where they cannot be read, what the browser keeps, as it is. @param {Known} all */
function takeAlong({ words }) {
  const day = new Date().toISOString().slice(0, 10)
  try {
    save(written(read(), words["own-title"]), `notes-${day}.jsonld`, MEDIA)
  } catch (error) {
    if (!(error instanceof NotKept)) throw error
    done(words, () => save(raw() ?? "", `notes-${day}.txt`, "text/plain"))
  }
}

/** Every document of the site, as `placeOf` of `taken` needs it. @param {Known} all
 *  @returns {Promise<(address: string) => Place | null>} */
async function documents({ prefixes }) {
  const answer = await ask(new URL("state.json", root))
  if (!answer.ok) throw new Error("state.json")
  /** @type {{documents: {document: string, editions: Record<string, {title?: string}>}[]}} */
  const { documents: all } = await answer.json()
  const known = new Map(all.map((one) => [one.document, one.editions]))
  return (address) => {
    if (!URL.canParse(address, root.href)) return null
    let path = new URL(address, root).pathname
    try { path = decodeURIComponent(path) } catch { return null }
    const parts = path.normalize("NFC").replace(/index\.html$/, "").split("/").filter(Boolean)
    for (const at of parts.keys()) {
      const name = parts.slice(at).join("/")
      const editions = known.get(name)
      if (!editions) continue
      // The same site may stand elsewhere: what comes before is not compared, but for the language.
      const languages = Object.entries(prefixes)
      const [language, prefix] = languages.find(([, one]) => one && one === `${parts[at - 1]}/`)
        ?? languages[0]
      const own = name.split("/").map(encodeURIComponent).join("/")
      return { place: `${prefix}${own}/`, language, title: editions[language]?.title ?? name }
    }
    return null
  }
}

/** @param {Known} all @param {File} file @returns {Promise<string[]>} what came of it, in sentences */
async function bring(all, file) {
  const { words } = all
  const limits = { size: MOST.bytes / 1_000_000, count: MOST.notes }
  try {
    if (file.size > MOST.bytes) throw new Refused("own-bad-size")
    const { notes, refused } = taken(await file.text(), await documents(all))
    const { added, updated, same } = merge(notes)
    return [filled(words["own-imported"], { count: added, updated, same }),
      ...[...refused].map(([why, count]) => filled(words[why], { count }))]
  } catch (error) {
    if (error instanceof Refused || error instanceof NotKept) return [filled(words[error.message], limits)]
    return [words["cite-failed"]]
  }
}

/** @param {Known} all @returns {HTMLElement} */
function tools(all) {
  const { words } = all
  /** @param {string} key @param {() => void} act */
  const button = (key, act) => {
    const one = element("button", { type: "button" }, words[key])
    one.addEventListener("click", act)
    return element("li", {}, one)
  }
  const input = element("input", { type: "file", accept: ".jsonld,.json,application/ld+json,application/json",
    "aria-label": words["own-import"], hidden: "" })
  input.addEventListener("change", async () => {
    const [file] = input.files ?? []
    if (!file) return
    const sentences = await bring(all, file)
    input.value = ""
    show(all)
    told.replaceChildren(...sentences.map((one) => element("p", {}, one)))
  })
  const forget = () => {
    let count = 0
    try { count = read().length } catch { /* what cannot be read can be forgotten */ }
    if (!confirm(filled(words["own-clear-sure"], { count })) || !done(words, clear)) return
    show(all)
    say(words["own-deleted"])
  }
  return element("ul", { class: "kb-actions kb-own-tools" }, button("own-export", () => takeAlong(all)),
    button("own-import", () => input.click()), button("own-clear", forget), input)
}

known().then((all) => {
  place.replaceChildren(tools(all), told, list)
  show(all)
  follow(() => show(all))
}, () => { place.textContent = required("main").dataset.citedFailed ?? "" })
