/**
 * The contents list follows the reader: the entry of the section in view is marked. Without this
 * module the list is a list of links.
 */

const links = new Map(
  [...document.querySelectorAll(".kb-toc-open a")].map((link) => [
    document.getElementById(decodeURIComponent(new URL(link.href).hash.slice(1))), link,
  ]).filter(([heading]) => heading),
)

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
