/**
 * Citing: a paragraph's number opens a menu, and a button at the head of the page a dialog. Without
 * this module a number is a link to its paragraph, and the head links the citation files. All the rest
 * is fetched when a reader turns to it: the menu when a number is pointed at or focused; a reader's own notes
 * where there are some, and what makes them when text of a paragraph is selected.
 */

import { NOTES } from "./address.js"
import { required } from "./element.js"

const menu = () => import("./citemenu.js").then(async (module) => {
  await module.ready()
  return module
})

/** @typedef {import("./citemenu.js").Selected} Selected */

/** What the reader has selected in a paragraph. @param {HTMLElement | null} paragraph @returns {Selected} */
function selected(paragraph) {
  const selection = getSelection()
  const isHere = paragraph && selection && !selection.isCollapsed && selection.containsNode(paragraph, true)
  if (!isHere) return { quotation: "" }
  const text = selection.toString().trim()
  const range = selection.getRangeAt(0).cloneRange()
  // The paragraph's number is none of its words.
  const number = paragraph.querySelector(".kb-number")
  if (!number || !selection.containsNode(number, true)) return { quotation: text, range }
  return { quotation: text.replace(number.textContent ?? "", "").trim(), range }
}

const numbers = /** @type {NodeListOf<HTMLAnchorElement>} */ (
  document.querySelectorAll(":is(p, li) > a.kb-number"))
for (const number of numbers) {
  number.setAttribute("aria-haspopup", "menu")
  number.setAttribute("aria-expanded", "false")
  for (const event of ["pointerenter", "focus"]) {
    number.addEventListener(event, () => menu().catch(() => {}), { once: true })
  }
  /** @type {Selected | null} */
  let pressed = null
  // A press takes the selection away, before the click comes.
  number.addEventListener("pointerdown", () => { pressed = selected(number.parentElement) })
  number.addEventListener("click", (event) => {
    const found = pressed?.quotation ? pressed : selected(number.parentElement)
    pressed = null
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    location.hash = number.hash  // as the link does: the address, and the mark on the paragraph
    menu().then(({ toggle }) => toggle(number, found), () => { /* offline, it remains a link */ })
  })
}

const head = required("[data-kb-cite]")
const button = required("button", head)
const files = required(".kb-cite-files", head)
files.hidden = true
button.hidden = false
button.addEventListener("click", () => menu().then(({ cite }) => cite(""), () => { files.hidden = false }))

let hasNotes = false
try { hasNotes = localStorage.getItem(NOTES) !== null } catch { /* a browser that keeps nothing has none */ }
if (numbers.length) {
  if (hasNotes) import("./notes.js").catch(() => {})
  // A press selects nothing yet, and is told too.
  const select = () => {
    if (getSelection()?.isCollapsed !== false) return
    document.removeEventListener("selectionchange", select)
    import("./notes-select.js").catch(() => document.addEventListener("selectionchange", select))
  }
  document.addEventListener("selectionchange", select)
}
