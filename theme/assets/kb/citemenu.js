/**
 * The menu of a paragraph's number: copy its reference, the quotation with its source, its link; more
 * styles. A further action is a further entry of `actions`.
 */

import { address as checked } from "./check-citation.js"
import { reference, quotation, said, settings } from "./reference.js"
import { filled } from "./words.js"

/** @typedef {{text: string, html?: string}} Copy what goes to the clipboard */
/** @typedef {{label: () => string, run: (id: string) => Promise<string | void>}} Action
 *   `run` is given the paragraph's id, and answers what the reader is told it did */

let preferred = "", styles = [], words = {}

/** What the menu needs to know; asked for again when it could not be had. */
export async function ready() {
  ({ default: preferred, styles, words } = await settings())
}

/** @returns {string} the key of the reader's style: the last one chosen, else the page's */
export function style() {
  let kept
  try { kept = localStorage.getItem("kb-style") } catch { /* a private window may refuse */ }
  return styles.some(({ key }) => key === kept) ? kept : preferred
}

/** @param {string} id */
function link(id) {
  const address = new URL(location.href)
  address.search = ""
  address.hash = id
  return address.href
}

/** What the reader calls the style in use. */
const named = () => styles.find(({ key }) => key === style())?.name

/** Open the dialog. @param {string} id of a paragraph, or "" for the page */
export function cite(id) {
  return report(import("./citedialog.js").then(({ open }) => open(id)))
}

/** What the menu offers, in order. @returns {Action[]} */
export const actions = () => [
  ...(styles.length ? [
    {
      label: () => filled(words["cite-reference"], { style: named() }),
      run: (id) => copy(reference(style(), id)).then(() => said("cite-copied-reference", { style: named() })),
    },
    {
      label: () => words["cite-quotation"],
      run: (id) => copy(quotation(style(), id)).then(() => said("cite-copied-quotation")),
    },
  ] : []),
  { label: () => words["cite-link"],
    run: (id) => copy({ text: link(id) }).then(() => said("cite-copied-link")) },
  { label: () => words["cite-checked"],
    run: (id) => copy(checked(id).then((text) => ({ text }))).then(() => said("cite-copied-checked")) },
  { label: () => words["cite-more"], run: cite },
]

/**
 * Put something on the clipboard, of which the text may still be under way: the reader's click
 * counts from now, so the browser is given the promise.
 * @param {Copy | Promise<Copy>} content
 */
export async function copy(content) {
  const made = Promise.resolve(content)
  const kinds = { "text/plain": (one) => one.text, "text/html": (one) => one.html ?? one.text }
  const blobs = Object.entries(kinds).map(([type, part]) =>
    [type, made.then((one) => new Blob([part(one)], { type }))])
  for (const [, blob] of blobs) blob.catch(() => { /* said below, once */ })
  // A failure of the content itself is told apart from a clipboard that refuses.
  const [done] = await Promise.allSettled([
    navigator.clipboard ? navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))])
      : Promise.reject(new Error("no clipboard")), made])
  await made
  if (done.status === "rejected") throw new DOMException("", "NotAllowedError")
}

const status = document.createElement("p")
status.className = "kb-status"
status.setAttribute("role", "status")
document.body.append(status)
let timer = 0

/** Say something that is seen for some seconds, and heard. @param {string} text */
export function say(text) {
  // Over an open dialog everything else is inert and unheard.
  const place = document.querySelector("dialog[open]") ?? document.body
  if (status.parentElement !== place) place.append(status)
  clearTimeout(timer)
  status.textContent = text
  timer = setTimeout(() => { status.textContent = "" }, 6000)
}

/**
 * Say what came of an action. Where the clipboard refuses, the dialog shows what can be copied by hand.
 * @param {Promise<string | void>} done
 * @param {string} [id] of the paragraph it was about
 */
export async function report(done, id) {
  try {
    const text = await done
    if (text) say(text)
  } catch (error) {
    const refused = error.name === "NotAllowedError"
    if (refused && id) await cite(id)
    say(words[refused ? "cite-not-copied" : "cite-failed"])
  }
}

/** @type {HTMLElement | null} */
let menu = null
/** @type {HTMLAnchorElement | null} */
let owner = null

/** @param {HTMLAnchorElement} number */
function show(number) {
  hide()
  const id = number.hash.slice(1)
  owner = number
  owner.setAttribute("aria-expanded", "true")
  menu = document.createElement("div")
  menu.className = "kb-menu"
  menu.setAttribute("role", "menu")
  menu.setAttribute("aria-label", filled(words["cite-paragraph"], { number: id.slice(1) }))
  for (const action of actions()) {
    const item = document.createElement("button")
    item.type = "button"
    item.tabIndex = -1
    item.setAttribute("role", "menuitem")
    item.textContent = action.label()
    item.addEventListener("click", () => { hide(true); report(action.run(id), id) })
    menu.append(item)
  }
  menu.addEventListener("keydown", move)
  menu.addEventListener("focusout", (event) => {
    const next = /** @type {Node | null} */ (event.relatedTarget)
    if (next !== owner && !menu?.contains(next)) hide()
  })
  document.querySelector("main").append(menu)
  const box = number.getBoundingClientRect()
  const below = box.bottom + menu.offsetHeight + 8 < innerHeight || box.top < menu.offsetHeight + 60
  const left = Math.min(box.left, document.documentElement.clientWidth - menu.offsetWidth - 8)
  menu.style.setProperty("left", `${Math.max(8, left) + scrollX}px`)
  menu.style.setProperty("top", `${(below ? box.bottom + 2 : box.top - menu.offsetHeight - 2) + scrollY}px`)
  menu.querySelector("button").focus({ preventScroll: true })
}

/** @param {boolean} [back] whether the focus goes back to the number */
function hide(back = false) {
  const [gone, number] = [menu, owner]
  menu = owner = null
  number?.setAttribute("aria-expanded", "false")
  if (back) number?.focus({ preventScroll: true })
  gone?.remove()
}

/** The keys of a menu, as the ARIA authoring practices have them. @param {KeyboardEvent} event */
function move(event) {
  const items = [...menu.children]
  const at = items.indexOf(document.activeElement)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key]
  if (to !== undefined) items.at(to % items.length).focus()
  else if (event.key === "Escape" || event.key === "Tab") hide(true)
  else return
  if (event.key !== "Tab") event.preventDefault()
}

/** Open the menu of a number, or close it where it is open. @param {HTMLAnchorElement} number */
export function toggle(number) {
  if (number === owner) hide(true)
  else show(number)
}

addEventListener("pointerdown", (event) => {
  const target = /** @type {Node} */ (event.target)
  if (menu && !menu.contains(target) && !owner.contains(target)) hide()
})
