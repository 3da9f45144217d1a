/**
 * A document as it stood on a day: `?at=2026-11-22`. Paragraphs that read otherwise then get the words of
 * that day, those that came later go, those that were withdrawn since come back; the page says at its top and
 * at its foot that this is no text of today, leads back, and can mark what is different. Where there is no
 * such day the page says why, and is today's. Asks for `versions.json` of each edition on the page. Without
 * this module the page is that of today.
 */

import { placeOf } from "./address.js"
import { difference, fetchVersions, spoken } from "./check-citation.js"
import { element, required } from "./element.js"
import { styled } from "./stylesheet.js"
import { filled } from "./words.js"

/** @typedef {import("./check-citation.js").Versions} Versions */
/** @typedef {{box: HTMLElement, then: string, now: string, language: string}} Place where a paragraph of that
 *   day reads otherwise today; `then` is empty where it was not there yet, `now` where it is no more */

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/
/** What stands in a paragraph or item without being of its words. */
const APART = "a.kb-number, a.headerlink, span.kb-list-number, ul, ol, blockquote, aside, div, table, pre"
const article = required("article")

/** @param {string} text @returns {boolean} whether it is a day of the calendar */
function isDay(text) {
  const [, year, month, day] = DAY.exec(text)?.map(Number) ?? []
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** Today where the reader is, as ISO has it. */
function today() {
  const now = new Date()
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part) => `${part}`.padStart(2, "0")).join("-")
}

/** The fingerprint of what stood under an id at the end of a day.
 *  @param {Versions} known @param {string} id @param {string} day */
function standing(known, id, day) {
  const gone = known.withdrawn?.[id]?.[0]
  return gone && gone <= day ? "" : known.anchors[id].findLast(([date]) => date <= day)?.[1] ?? ""
}

/** Where the words of an id stand on the page. @param {string} language @param {string} id
 *  @returns {HTMLElement | null} */
function placed(language, id) {
  const own = `[id="${CSS.escape(id)}"]`
  const cell = article.querySelector(`.kb-row${own} > .kb-cell[lang="${language}"]`)
  const found = cell ? cell.querySelector(":scope > :is(p, h2, h3, h4):not(.kb-absent)")
    : article.querySelector(id === "title" ? ".kb-document h1" : `:is(p, li, h2, h3, h4)${own}`)
  return found?.closest(".kb-history") ? null : /** @type {HTMLElement | null} */ (found)
}

/** Put other words into a paragraph. @param {HTMLElement} box @param {...(Node | string)} words */
function put(box, ...words) {
  const held = element("span", { class: "kb-then-words" }, ...words)
  const kept = [...box.childNodes].filter((one) => one instanceof Element && one.matches(APART))
  const before = kept.filter((one) => /** @type {Element} */ (one).matches("a, span"))
  box.replaceChildren(...before, held, ...kept.filter((one) => !before.includes(one)))
}

/** A place for a paragraph that is on the page no more: after `last`, made as that is.
 *  @param {string} id @param {HTMLElement | null} last @param {string} language */
function brought(id, last, language) {
  article.querySelector(`.kb-history [id="${CSS.escape(id)}"]`)?.removeAttribute("id")
  const number = element("a", { class: "kb-number", href: `#${id}` }, /^p\d/.test(id) ? id.slice(1) : "§")
  const row = last?.closest(".kb-row") ?? article.querySelector(".kb-row-names")
  if (row) return rowOf(id, row, language)
  const made = element(last?.matches("li") ? "li" : "p", { id }, number)
  const pair = last?.closest(".kb-pair") ?? last
  let after = pair ?? required(".kb-head", article)
  while (after.nextElementSibling?.matches("aside")) after = after.nextElementSibling
  after.after(made)
  return made
}

/** The cell of a new row of the parallel text. @param {string} id @param {Element} before
 *  @param {string} language */
function rowOf(id, before, language) {
  const known = article.querySelector(`.kb-row[id="${CSS.escape(id)}"]`)
  const row = known ?? element("div", { class: "kb-row", id, role: "group" },
    element("a", { class: "kb-row-number", href: `#${id}` }, id.slice(1)),
    ...[...document.querySelectorAll(".kb-row-names [lang]")].map((one) =>
      element("div", { class: "kb-cell", lang: /** @type {HTMLElement} */ (one).lang }, element("p"))))
  if (!known) before.after(row)
  return required(`.kb-cell[lang="${language}"] > p`, row)
}

/** Make an edition on the page what it was. @param {Versions} known @param {string} day @returns {Place[]} */
function goBack(known, day) {
  /** @type {Place[]} */
  const places = []
  /** @type {HTMLElement | null} */
  let last = null
  for (const id of Object.keys(known.anchors)) {
    const text = standing(known, id, day)
    const latest = standing(known, id, "9999-12-31")
    let box = latest ? placed(known.language, id) : null
    if (text && !latest) box = brought(id, last, known.language)
    if (box && text !== latest) {
      const [then, now] = [text, latest].map((one) => known.wordings[one] ?? "")
      places.push({ box, then, now: now || (latest && words(box)), language: known.language })
    }
    if (box) last = box
  }
  for (const one of places) show(one, false)
  for (const one of article.querySelectorAll(".kb-stale")) one.remove()  // that is said of today
  return places
}

/** @param {HTMLElement} box @returns {string} the words that stand in it */
function words(box) {
  const copy = /** @type {HTMLElement} */ (box.cloneNode(true))
  for (const one of copy.querySelectorAll(`${APART}, .kb-mark, .kb-stale`)) one.remove()
  return (copy.textContent ?? "").trim()
}

/** @param {Place} place @param {boolean} isMarked whether what was changed since is marked */
function show({ box, then, now, language }, isMarked) {
  box.classList.add("kb-then")
  box.toggleAttribute("data-at-hidden", !then && !isMarked)
  const pieces = isMarked ? difference(then, now) : [["same", then]]
  if (then || isMarked) {
    put(box, ...pieces.map(([kind, text]) => (kind === "same" ? text
      : element(/** @type {"ins" | "del"} */ (kind), { lang: language }, text))))
  }
}

/** The way back, and the switch that marks what is different.
 *  @param {Versions["words"]} said @param {Place[]} places @param {boolean} [isShort] */
function ways(said, places, isShort = false) {
  const back = element("a", { href: `${location.pathname}${location.hash}` }, said["at-back"])
  // A link that differs in its query only: the place on the page is the one that the reader is at.
  back.addEventListener("click", () => { back.hash = location.hash })
  const mark = element("button", { type: "button", "aria-pressed": "false", class: "kb-then-mark" },
    said["at-mark"])
  mark.addEventListener("click", () => {
    const isMarked = mark.getAttribute("aria-pressed") !== "true"
    for (const one of document.querySelectorAll(".kb-then-mark")) {
      one.setAttribute("aria-pressed", `${isMarked}`)
    }
    for (const one of places) show(one, isMarked)
  })
  const history = document.querySelector(".kb-to-history a")?.cloneNode(true)
  return element("p", { class: "kb-then-ways" }, back, ...(places.length ? [mark] : []),
    ...(history && !isShort ? [history] : []))
}

/** Say it at the top of the page, where it is announced. @param {...(Node | string)} content */
function tell(...content) {
  required("h1", article).after(element("div",
    { class: "kb-then-notice", role: "status", lang: document.documentElement.lang }, ...content))
}

/** Why there is nothing of that day to show, if there is nothing.
 *  @param {Versions[]} all @param {string} day */
function refusal(all, day) {
  const [known] = all
  if (!isDay(day)) return filled(known.words["at-unknown"], { date: day })
  if (day > today()) return filled(known.words["at-future"], { date: spoken(known, day) })
  const first = Object.values(known.anchors).map(([[date]]) => date).sort()[0]
  if (!first || first <= day) return ""
  return filled(known.words["at-before"], { date: spoken(known, day), first: spoken(known, first) })
}

async function arrive() {
  const day = new URLSearchParams(location.search).get("at") ?? ""
  const [all] = await Promise.all([fetchVersions(), styled("history.css")])
  const { words: said } = all[0]
  const why = refusal(all, day)
  if (why) {
    tell(element("p", {}, why))
    return
  }
  const places = all.flatMap((known) => goBack(known, day))
  const head = filled(said["at-head"], { date: spoken(all[0], day) })
  const count = new Set(places.map(({ box }) => box.closest("[id]")?.id)).size
  const how = count ? filled(said["at-differs"], { count: `${count}` }) : said["at-same"]
  document.documentElement.dataset.kbAt = day
  document.title = `${head} — ${document.title}`
  tell(element("p", {}, element("strong", {}, head), " ", how, said["at-not-today"]), ways(said, places))
  required(".kb-content").append(element("aside", { class: "kb-then-bar", "aria-label": head },
    element("p", {}, element("strong", {}, head)), ways(said, places, true)))
  placeOf()?.scrollIntoView()
}

arrive().catch(() => tell(element("p", {}, required(".kb-to-history").dataset.atFailed ?? "")))
