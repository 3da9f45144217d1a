/**
 * What can be done with the text that a reader has selected in a paragraph: two buttons below it, to
 * highlight it and to write a note on it; Tab leads to them, Escape takes them away. Loaded when something
 * is selected.
 */

import { report } from "./clipboard.js"
import { element } from "./element.js"
import { paragraphOf, passageIn, paragraphs, wordingOf } from "./notes-text.js"
import { known } from "./notes-view.js"
import { settle } from "./popover.js"

/** @type {HTMLElement | null} */
let offer = null
let timer = 0

function hide() {
  offer?.remove()
  offer = null
}

/** The paragraph in which what is selected begins. @param {Range} range @returns {HTMLElement | null} */
function begins(range) {
  const own = paragraphOf(range.startContainer)
  if (own && passageIn(wordingOf(own), range)) return own
  return [...paragraphs(document).values()].find((one) =>
    range.intersectsNode(one) && passageIn(wordingOf(one), range)) ?? null
}

async function show() {
  const selection = getSelection()
  const focused = document.activeElement
  if (offer?.contains(focused)) return
  hide()
  if (!selection || selection.isCollapsed || !selection.rangeCount) return
  const range = selection.getRangeAt(0).cloneRange()
  const paragraph = begins(range)
  if (!paragraph) return
  const { words } = await known()
  if (getSelection()?.isCollapsed !== false || offer) return
  /** @param {string} key @param {() => Promise<void>} act */
  const button = (key, act) => {
    const one = element("button", { type: "button" }, words[key])
    one.addEventListener("pointerdown", (event) => event.preventDefault())  // what is selected stays so
    one.addEventListener("click", () => {
      hide()
      getSelection()?.removeAllRanges()
      report(act(), words)
    })
    return one
  }
  const box = element("div", { class: "kb-own-offer", role: "group", "aria-label": words["own-selected"],
    lang: document.documentElement.lang },
  button("own-highlight", () => import("./notes.js").then(({ highlight }) => highlight(paragraph.id, range))),
  button("own-write", () => import("./notes.js").then(({ write }) => write(paragraph.id, range))))
  box.addEventListener("keydown", ({ key }) => { if (key === "Escape") hide() })
  offer = box
  if (paragraph.matches("li")) paragraph.append(box)
  else paragraph.after(box)
  const boxes = range.getClientRects()
  settle(box, boxes[boxes.length - 1] ?? paragraph.getBoundingClientRect(), 6)
}

function later() {
  clearTimeout(timer)
  timer = setTimeout(() => { show().catch(() => { /* offline, the menu remains */ }) }, 250)
}

document.addEventListener("selectionchange", later)
addEventListener("keydown", ({ key }) => { if (key === "Escape") hide() })
later()
