/**
 * The menu of a paragraph's number: copy its reference, the quotation with its source, its link; more
 * styles. A further action is a further entry of `actions`.
 */

import { addressOf } from "./address.js"
import { address as checked } from "./check-citation.js"
import { copy, report } from "./clipboard.js"
import { element, required } from "./element.js"
import { settle } from "./popover.js"
import { chosenStyle, quotation, reference, said, settings } from "./reference.js"
import { filled } from "./words.js"

/** @typedef {{label: () => string, run: (id: string) => Promise<string | void>}} Action
 *   `run` is given the paragraph's id, and answers what the reader is told it did */
/** @typedef {{quotation: string, range?: Range}} Selected what of a paragraph is selected, if anything is */

/** @type {import("./reference.js").Settings} */
let known = { default: "", styles: [], words: {}, texts: {} }

/** What the menu needs to know; asked for again when it could not be had. */
export async function ready() {
  known = await settings()
}

/** @param {string} id of a paragraph, or "" for the page */
const openDialog = (id) => import("./citedialog.js").then(({ open }) => open(id))

/** Open the dialog, or say that it could not be had. @param {string} id as above */
export const cite = (id) => report(openDialog(id), known.words)

/** The page of all wordings of this one, if there is one. @type {HTMLAnchorElement | null} */
const versions = document.querySelector(".kb-to-history a")

/** What the foot of the page tells of a paragraph: that it was split, took another in, was written anew.
 *  @param {string} id */
const told = (id) => document.querySelector(`.kb-history a[href="#${CSS.escape(id)}"]`)?.closest("p")

/** @param {HTMLElement | null | undefined} line */
function visit(line) {
  line?.setAttribute("tabindex", "-1")
  line?.focus()
}

/** Where quotations are checked. What the reader has selected goes behind `#`: it is not sent.
 *  @param {string} text @returns {URL} */
function checking(text) {
  const page = new URL(required("[data-kb-check-at]").dataset.kbCheckAt ?? "", location.href)
  page.hash = `${new URLSearchParams({ q: text })}`
  return page
}

/** Whether there is somebody to tell of an error. */
const isReported = () => Boolean(document.querySelector("[data-kb-errors]"))

/** What the menu offers of a paragraph, in order. @param {string} id @returns {Action[]} */
const actions = (id) => {
  const { words } = known
  const style = chosenStyle(known)
  const inStyle = { style: style?.name ?? "" }
  return [
    ...(style ? [
      {
        label: () => filled(words["cite-reference"], inStyle),
        run: (/** @type {string} */ id) =>
          copy(reference(style.key, id)).then(() => said("cite-copied-reference", inStyle)),
      },
      {
        label: () => words["cite-quotation"],
        run: (/** @type {string} */ id) =>
          copy(quotation(style.key, id)).then(() => said("cite-copied-quotation")),
      },
    ] : []),
    { label: () => words["cite-link"],
      run: (id) => copy({ text: addressOf(id) }).then(() => said("cite-copied-link")) },
    { label: () => words["cite-checked"],
      run: (id) => copy(checked(id).then((text) => ({ text }))).then(() => said("cite-copied-checked")) },
    { label: () => words["own-write"],
      run: (id) => import("./notes.js").then(({ write }) => write(id, selected.range)) },
    ...(document.querySelector(".kb-head[data-kb-sentences]") ? [{ label: () => words["cite-counterpart"],
      run: (/** @type {string} */ id) => import("./sentences.js").then(({ beside }) => beside(id)) }] : []),
    { label: () => words["check-menu"], run: async () => location.assign(checking(selected.quotation)) },
    ...(isReported() ? [{ label: () => words.mistake, run: (/** @type {string} */ id) =>
      import("./mistake.js").then(({ tell }) => tell(id, selected.quotation)) }] : []),
    ...(versions ? [{ label: () => words["cite-course"], run: async (/** @type {string} */ id) => {
      location.assign(`${versions.href}#${id}`)
    } }] : []),
    ...(told(id) ? [{ label: () => words["cite-history"], run: async () => visit(told(id)) }] : []),
    { label: () => words["cite-more"], run: openDialog },
  ]
}

/** @type {HTMLElement | null} */
let menu = null
/** @type {HTMLAnchorElement | null} */
let owner = null
/** @type {Selected} */
let selected = { quotation: "" }

/** @param {Action} action @param {string} id @returns {HTMLElement} */
function entry(action, id) {
  const item = element("button", { type: "button", tabindex: "-1", role: "menuitem" }, action.label())
  item.addEventListener("click", () => {
    hide(true)
    // Where the clipboard refuses, the dialog shows what can be copied by hand.
    report(action.run(id), known.words, () => cite(id))
  })
  return item
}

/** @param {HTMLAnchorElement} number */
function show(number) {
  hide()
  const id = number.hash.slice(1)
  owner = number
  owner.setAttribute("aria-expanded", "true")
  const label = filled(known.words["cite-paragraph"], { number: id.slice(1) })
  const box = element("div", { class: "kb-menu", role: "menu", "aria-label": label },
    ...actions(id).map((action) => entry(action, id)))
  menu = box
  box.addEventListener("keydown", move)
  box.addEventListener("focusout", (event) => {
    const next = /** @type {Node | null} */ (event.relatedTarget)
    if (next !== owner && !box.contains(next)) hide()
  })
  required("main").append(box)
  settle(box, number.getBoundingClientRect(), 2)
  required("button", box).focus({ preventScroll: true })
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
  const items = /** @type {HTMLElement[]} */ ([...menu?.children ?? []])
  const at = items.findIndex((one) => one === document.activeElement)
  const to = new Map([["ArrowDown", at + 1], ["ArrowUp", at - 1], ["Home", 0], ["End", -1]]).get(event.key)
  if (to !== undefined) items.at(to % items.length)?.focus()
  else if (event.key === "Escape" || event.key === "Tab") hide(true)
  else return
  if (event.key !== "Tab") event.preventDefault()
}

/** Open the menu of a number, or close it where it is open. @param {HTMLAnchorElement} number
 *  @param {Selected} found what the reader has selected in its paragraph */
export function toggle(number, found) {
  selected = found
  if (number === owner) hide(true)
  else show(number)
}

addEventListener("pointerdown", (event) => {
  const target = /** @type {Node} */ (event.target)
  if (menu && !menu.contains(target) && !owner?.contains(target)) hide()
})
