/**
 * Citing: a paragraph's number opens a menu, and a button at the head of the page a dialog. Without
 * this module a number is a link to its paragraph, and the head links the citation files. All the rest
 * is fetched when a reader turns to it: the menu when a number is pointed at or focused.
 */

import { required } from "./element.js"

const menu = () => import("./citemenu.js").then(async (module) => {
  await module.ready()
  return module
})

/** What the reader has selected in a paragraph. @param {HTMLElement | null} paragraph */
function selected(paragraph) {
  const selection = getSelection()
  const isHere = paragraph && selection && !selection.isCollapsed && selection.containsNode(paragraph, true)
  if (!isHere) return ""
  const text = selection.toString().trim()
  // The paragraph's number is none of its words.
  const number = paragraph.querySelector(".kb-number")
  if (!number || !selection.containsNode(number, true)) return text
  return text.replace(number.textContent ?? "", "").trim()
}

for (const number of /** @type {NodeListOf<HTMLAnchorElement>} */ (
  document.querySelectorAll(":is(p, li) > a.kb-number"))) {
  number.setAttribute("aria-haspopup", "menu")
  number.setAttribute("aria-expanded", "false")
  for (const event of ["pointerenter", "focus"]) {
    number.addEventListener(event, () => menu().catch(() => {}), { once: true })
  }
  let pressed = ""
  // A press takes the selection away, before the click comes.
  number.addEventListener("pointerdown", () => { pressed = selected(number.parentElement) })
  number.addEventListener("click", (event) => {
    const quotation = pressed || selected(number.parentElement)
    pressed = ""
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    location.hash = number.hash  // as the link does: the address, and the mark on the paragraph
    menu().then(({ toggle }) => toggle(number, quotation), () => { /* offline, it remains a link */ })
  })
}

const head = required("[data-kb-cite]")
const button = required("button", head)
const files = required(".kb-cite-files", head)
files.hidden = true
button.hidden = false
button.addEventListener("click", () => menu().then(({ cite }) => cite(""), () => { files.hidden = false }))
