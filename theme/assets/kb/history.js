/**
 * A document through time: any two wordings of a paragraph compared, where it has had three or more, at an
 * address of its own (`?compare=<fingerprint>.<fingerprint>#p12`); and with `?at=<day>` the wordings of that
 * day marked; the text of any day that the reader names. Without this module each wording is compared with
 * the one before it.
 */

import { difference } from "./check-citation.js"
import { opened } from "./disk.js"
import { element, required } from "./element.js"
import { filled } from "./words.js"

/** @typedef {{text: string, day: string, words: string}} Version */

const { dataset: said } = required(".kb-courses")
const asked = new URLSearchParams(location.search)

/** The words of a version, without those that it no longer has. @param {Element} box */
function wordsOf(box) {
  const copy = /** @type {Element} */ (required(".kb-version-words", box).cloneNode(true))
  for (const one of copy.querySelectorAll("del")) one.remove()
  return copy.textContent ?? ""
}

/** @param {string} language @returns {string} as the interface calls it */
const called = (language) => (language === "ja" ? said.kbJa : said.kbZhHans) ?? ""

/** @param {string} day */
const spoken = (day) => document.querySelector(`time[datetime="${day}"]`)?.textContent ?? day

/**
 * The choice of two versions, and how they differ.
 * @param {Element} course
 * @param {string} language
 * @param {Version[]} versions the oldest first
 */
function comparison(course, language, versions) {
  const output = element("p", { class: "kb-compared", lang: language, "aria-live": "polite" })
  const [older, newer] = [said.kbOlder, said.kbNewer].map((label = "", side) => {
    const choice = element("select", {}, ...versions.map(({ day }, at) => element("option",
      { value: `${at}` }, filled(said.kbOne ?? "", { date: spoken(day), number: `${at + 1}` }))))
    choice.selectedIndex = side ? versions.length - 1 : 0
    choice.addEventListener("change", () => show(true))
    return { choice, label: element("label", {}, label, choice) }
  })
  /** @param {boolean} isChosen whether the reader chose it: then the address says so */
  function show(isChosen) {
    const [one, two] = [older, newer].map(({ choice }) => versions[choice.selectedIndex])
    const pieces = difference(one.words, two.words)
    const isSame = pieces.every(([kind]) => kind === "same")
    output.replaceChildren(...pieces.map(([kind, text]) =>
      (kind === "same" ? text : element(kind, {}, text))))
    if (isSame) output.append(element("span", { class: "kb-small", lang: document.documentElement.lang },
      said.kbSame ?? ""))
    if (isChosen) history.replaceState(null, "", `?compare=${one.text}.${two.text}#${course.id}`)
  }
  const chosen = asked.get("compare")?.split(".") ?? []
  const places = chosen.map((text) => versions.findIndex((one) => one.text === text))
  if (places.length === 2 && places.every((at) => at >= 0)) {
    [older.choice.selectedIndex, newer.choice.selectedIndex] = places
    show(false)
  }
  const label = (said.kbCompare ?? "").replace("\n", called(language))
  return element("div", { role: "group", "aria-label": label },
    element("div", { class: "kb-compare" }, element("span", {}, label), older.label, newer.label), output)
}

/** A day that the reader chooses: forms are sent nowhere on this site, so the address is made here. */
const form = /** @type {HTMLFormElement} */ (required(".kb-day-form"))
form.hidden = false
form.addEventListener("submit", (event) => {
  event.preventDefault()
  const { value } = /** @type {HTMLInputElement} */ (required("input", form))
  location.assign(opened(new URL(`${form.dataset.kbDocument}?at=${value}`, location.href)))
})

for (const course of document.querySelectorAll(".kb-course")) {
  const boxes = [.../** @type {NodeListOf<HTMLElement>} */ (course.querySelectorAll(".kb-version"))]
  for (const language of new Set(boxes.map((one) => one.dataset.kbLanguage ?? ""))) {
    const own = boxes.filter((one) => one.dataset.kbLanguage === language)
    const versions = own.map((one) => ({ text: one.dataset.kbVersion ?? "", day: one.dataset.kbDay ?? "",
      words: wordsOf(one) }))
    if (versions.length > 2) course.append(comparison(course, language, versions))
    const day = asked.get("at")
    if (day) own.findLast((one) => (one.dataset.kbDay ?? "") <= day)?.classList.add("kb-of-day")
  }
}
