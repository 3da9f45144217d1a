/**
 * The contents list follows the reader: the entry of the section in view is marked. Without this
 * module the list is a list of links.
 */

import { placeOf } from "./address.js"

/** @type {Map<Element, Element>} headings, each with its entry */
const links = new Map()
for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (
  document.querySelectorAll(".kb-toc-open a"))) {
  const heading = placeOf(link.href)
  if (heading) links.set(heading, link)
}

/** Mark the last section that began above the upper third of the window. */
function follow() {
  let current = null
  for (const [heading, link] of links) {
    if (heading.getBoundingClientRect().top < innerHeight / 3) current = link
  }
  for (const link of links.values()) {
    if (link === current) link.setAttribute("aria-current", "true")
    else link.removeAttribute("aria-current")
  }
}

let waiting = false
if (links.size) {
  follow()
  addEventListener("scroll", () => {
    if (waiting) return
    waiting = true
    requestAnimationFrame(() => { waiting = false; follow() })
  }, { passive: true })
}
