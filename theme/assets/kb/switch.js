/**
 * The language switch keeps the paragraph: a reader who changes language arrives at the same one.
 * Without this module the switch leads to the top of the same page.
 */

import { placeOf } from "./address.js"

/** What both languages name alike: paragraphs and sections. */
const ANCHORS = "article :is(p, li, h2, h3, h4, .kb-row)[id]"
const PARAGRAPHS = "article :is(p, li, .kb-row)[id]"

/**
 * The id to keep: the one in the address while it is in view, else that of the first paragraph in
 * view; none at the top of a page.
 * @returns {string}
 */
export function place() {
  const top = header()
  const linked = placeOf()
  if (linked?.matches(ANCHORS) && visible(linked, top)) return linked.id
  if (scrollY < 40) return ""
  return [...document.querySelectorAll(PARAGRAPHS)].find((one) => visible(one, top))?.id ?? ""
}

/** @returns {number} how much of the window the header covers, in pixels */
function header() {
  return document.querySelector(".kb-header")?.getBoundingClientRect().bottom ?? 0
}

/**
 * @param {Element} element
 * @param {number} top
 * @returns {boolean} whether any of it can be read below `top`
 */
function visible(element, top) {
  const box = element.getBoundingClientRect()
  return box.bottom > top + 8 && box.top < innerHeight
}

for (const link of document.querySelectorAll("a[data-kb-switch][href]")) {
  const address = link.getAttribute("href") ?? ""
  const keep = () => {
    const id = place()
    const { kbAt } = document.documentElement.dataset
    link.setAttribute("href", `${address}${kbAt ? `?at=${kbAt}` : ""}${id ? `#${id}` : ""}`)
  }
  // Before a click, a middle click, a long press and the Enter key.
  for (const event of ["pointerdown", "focus", "click", "auxclick", "contextmenu"]) {
    link.addEventListener(event, keep)
  }
}
