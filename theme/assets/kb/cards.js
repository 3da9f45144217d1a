/**
 * The definition of a term where it is met: a card on hover, focus and tap (WCAG 1.4.13: Escape puts
 * it away, the pointer may enter it, it stays until the reader leaves). Without this module a term is
 * a plain link to its page. A card costs one small file, fetched when it is first asked for.
 */

import { ask } from "./disk.js"
import { element, required } from "./element.js"
import { settle } from "./popover.js"

/** @typedef {{term: string, abbreviation: string, english: string, reading: string,
 *   definition: string, other: string, otherLanguage: string, language: string}} Card */

const words = required("main").dataset
/** @type {Map<string, Promise<Card>>} */
const cards = new Map()
/** @type {HTMLElement | null} */
let shown = null
/** @type {HTMLAnchorElement | null} */
let owner = null
let timer = 0

/** @param {string} address @returns {Promise<Card>} */
function fetchCard(address) {
  const place = new URL("card.json", address).href
  const known = cards.get(place)
  if (known) return known
  const card = ask(place).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
  card.catch(() => cards.delete(place))
  cards.set(place, card)
  return card
}

/** @param {string} name @param {string} text @param {string} [language] */
const piece = (name, text, language) =>
  element("span", { class: `kb-card-${name}`, ...(language && { lang: language }) }, text)

/** @param {HTMLAnchorElement} link @param {Card} card */
function build(link, card) {
  const head = piece("head", "")
  head.append(piece("term", card.term))
  if (card.abbreviation) head.append(" ", piece("abbreviation", card.abbreviation))
  const facts = piece("facts", "")
  facts.append(piece("english", card.english, "en"), piece("reading", card.reading,
    card.language === "zh-Hans" ? "zh-Latn-pinyin" : ""))
  if (card.other) facts.append(piece("other", card.other, card.otherLanguage))
  const close = element("button", { type: "button", class: "kb-card-close",
    "aria-label": words.cardClose ?? "" }, "×")
  close.addEventListener("click", () => { link.focus({ preventScroll: true }); hide() })
  const box = element("span", { class: "kb-card", id: "kb-card", role: "group", "aria-label": card.term,
    lang: card.language }, close, head, facts, piece("definition", card.definition),
  element("a", { class: "kb-card-more", href: link.href }, words.cardMore ?? ""))
  box.addEventListener("pointerenter", () => clearTimeout(timer))
  box.addEventListener("pointerleave", leave)
  box.addEventListener("focusout", blurred)
  return box
}

/**
 * @param {HTMLAnchorElement} link
 * @param {boolean} [tapped] whether the reader waits for it
 */
async function show(link, tapped = false) {
  clearTimeout(timer)
  if (owner === link) return
  hide()
  owner = link
  let card
  try { card = await fetchCard(link.href) } catch {
    if (owner === link) owner = null
    link.dataset.plain = ""  // no card to be had: from now on a link like any other
    if (tapped) location.assign(link.href)
    return
  }
  if (owner !== link) return
  shown = build(link, card)
  link.after(shown)
  link.setAttribute("aria-describedby", "kb-card")
  link.setAttribute("aria-expanded", "true")
  settle(shown, link.getClientRects()[0], 4)
}

function hide() {
  clearTimeout(timer)
  shown?.remove()
  owner?.removeAttribute("aria-describedby")
  owner?.removeAttribute("aria-expanded")
  shown = owner = null
}

/** The pointer left term or card: wait a little, it may be on its way to the other. */
function leave() {
  clearTimeout(timer)
  timer = setTimeout(hide, 300)
}

/** @param {FocusEvent} event */
function blurred(event) {
  const next = /** @type {Node | null} */ (event.relatedTarget)
  if (next && (next === owner || shown?.contains(next))) return
  hide()
}

let touched = false
for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a.kb-term"))) {
  link.addEventListener("pointerdown", (event) => { touched = event.pointerType !== "mouse" })
  link.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") show(link) })
  link.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") leave() })
  link.addEventListener("focus", () => { if (link.matches(":focus-visible") && !touched) show(link) })
  link.addEventListener("blur", blurred)
  link.addEventListener("click", (event) => {
    // The first tap shows the card; the card's own link, or a second tap, leads to the page.
    if (touched && !(owner === link && shown) && !("plain" in link.dataset)) {
      event.preventDefault()
      show(link, true)
    }
    touched = false
  })
}
addEventListener("pointercancel", () => { touched = false })
addEventListener("keydown", (event) => {
  touched = false
  if (event.key !== "Escape" || !owner) return
  if (shown?.contains(document.activeElement)) owner.focus({ preventScroll: true })
  hide()
})
addEventListener("pointerdown", (event) => {
  const target = /** @type {Node} */ (event.target)
  if (shown && !shown.contains(target) && target !== owner) hide()
})
