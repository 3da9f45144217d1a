/**
 * The page on which quotations are checked, and references followed: a field, a file, and what was found.
 * What is pasted or opened stays in this browser; it is kept nowhere, and a link that another page makes
 * carries it behind `#`, which is never sent. Without this module the page says what it needs.
 */

import { answered, label, verdict } from "./answers.js"
import { isReference } from "./cited-place.js"
import { element, required } from "./element.js"
import { quotations, textOf } from "./manuscript.js"
import { check } from "./quotations.js"
import { filled } from "./words.js"

/** @typedef {import("./quotations.js").Answer} Answer */

/** Fewer letters in a manuscript are a word in quotation marks, not a quotation. */
const LEAST = 8
/** What is longer is a manuscript. */
const LONG = 1200
/** How much of a quotation a list shows. */
const SHOWN = 60

const form = /** @type {HTMLFormElement} */ (required("[data-kb-check]"))
/** @type {Record<string, string>} */
const words = JSON.parse(form.dataset.kbCheck ?? "{}")
const field = /** @type {HTMLTextAreaElement} */ (required("textarea", form))
const file = /** @type {HTMLInputElement} */ (required(".kb-check-file", form))
const answer = required(".kb-check-answer"), status = required(".kb-check-status")
const found = required(".kb-check-found")
let turn = 0

/** @param {string} text @param {"" | "exact" | "marks" | "altered" | "earlier" | "none"} [kind] */
function say(text, kind = "") {
  answer.hidden = false
  answer.dataset.verdict = kind
  status.textContent = text
}

/** @returns {string} what the reader says it is */
const chosen = () => new FormData(form).get("kb-check-as")?.toString() ?? "auto"

/** Check what the field holds. */
async function run() {
  const mine = ++turn
  const text = field.value.trim()
  found.replaceChildren()
  if (!text) return say(words["check-empty"])
  say(words["check-working"])
  try {
    const shown = await told(text, () => mine === turn)
    if (mine !== turn) return
    found.replaceChildren(...shown)
    // On a phone the field fills the window: what was found would be below it, unseen.
    if (status.getBoundingClientRect().bottom > innerHeight) status.scrollIntoView({ block: "center" })
  } catch {
    if (mine === turn) say(words["check-failed"])
  }
}

/**
 * @param {string} text
 * @param {() => boolean} isWanted whether nothing else was asked meanwhile
 * @returns {Promise<Node[]>}
 */
async function told(text, isWanted) {
  const as = chosen()
  const { followed, hosts } = await import("./followed.js")
  if (as === "reference" || (as === "auto" && isReference(text, hosts()))) {
    const shown = await followed(words, text)
    if (!shown && as === "auto") {
      const one = await check(text)
      if (one.matches.length) return quotation(one, isWanted)
    }
    if (isWanted()) say(shown?.said ?? words["check-reference-none"], shown ? "" : "none")
    return shown?.shown ?? []
  }
  if (as === "manuscript" || (as === "auto" && [...text].length > LONG)) return manuscript(text, isWanted)
  const one = await check(text)
  const parts = as === "auto" && one.verdict === "none" ? long(quotations(text)) : []
  const isOne = parts.length === 1 && lettersOf(parts[0]) === lettersOf(text)
  if (parts.length && !isOne) return manuscript(text, isWanted)
  return quotation(one, isWanted)
}

/** @param {Answer} one @param {() => boolean} isWanted @returns {Promise<Node[]>} */
async function quotation(one, isWanted) {
  if (!isWanted()) return []
  if (one.verdict === "short") say(filled(words["check-short"], { count: 4 }), "none")
  else say(verdict(words, one.matches[0]), label(one))
  return answered(words, one)
}

/** @param {string} text @returns {number} */
const lettersOf = (text) => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0
/** @param {string[]} all @returns {string[]} those of which something can be told */
const long = (all) => all.filter((one) => lettersOf(one) >= LEAST)

/**
 * Every quotation of a manuscript in a list, each as soon as it is known.
 * @param {string} text @param {() => boolean} isWanted
 * @returns {Promise<Node[]>}
 */
async function manuscript(text, isWanted) {
  const every = quotations(text)
  const all = long(every)
  if (!every.length) {
    say(words["check-no-quotations"], "none")
    return []
  }
  const list = element("ol", { class: "kb-check-list" })
  const counts = { exact: 0, marks: 0, altered: 0, earlier: 0, none: 0 }
  found.replaceChildren(list)
  for (const [number, one] of all.entries()) {
    say(filled(words["check-working-of"], { number: number + 1, count: all.length }))
    const own = await check(one)
    if (!isWanted()) return []
    counts[label(own)] += 1
    list.append(item(one, own))
  }
  const told = Object.entries(counts).filter(([, count]) => count).map(([kind, count]) =>
    filled(words["check-counted"], { label: words[`check-label-${kind}`], count }))
  say(filled(words["check-summary"], { count: all.length, parts: told.join(words["phrase-comma"]) }))
  const short = every.length - all.length
  const rest = short ? [element("p", { class: "kb-small" },
    filled(words["check-left-out"], { count: short, least: LEAST }))] : []
  return [...all.length ? [list] : [], ...rest]
}

/** @param {string} text @param {Answer} own @returns {HTMLElement} */
function item(text, own) {
  const kind = label(own)
  const start = [...text].length > SHOWN ? `${[...text].slice(0, SHOWN).join("")}…` : text
  const more = element("details", { "data-verdict": kind },
    element("summary", {}, element("span", { class: "kb-check-label" }, words[`check-label-${kind}`]), " ",
      element("q", {}, start)))
  // What is in it is made when somebody looks.
  more.addEventListener("toggle", async () => {
    more.append(element("p", {}, verdict(words, own.matches[0])), ...await answered(words, own))
  }, { once: true })
  return element("li", {}, more)
}

/** @param {File | undefined | null} one */
async function read(one) {
  if (!one) return
  const mine = ++turn
  try {
    const text = await textOf(one)
    if (mine !== turn) return
    field.value = text
    await run()
  } catch {
    if (mine === turn) say(words["check-unreadable"], "none")
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault()
  run()
})
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return
  event.preventDefault()
  run()
})
// What was pasted into an empty field is whole.
field.addEventListener("paste", () => { if (!field.value.trim()) setTimeout(run) })
for (const one of form.querySelectorAll("[name=kb-check-as]")) {
  one.addEventListener("change", () => { if (field.value.trim()) run() })
}
required(".kb-check-open", form).addEventListener("click", () => file.click())
file.addEventListener("change", () => {
  read(file.files?.[0])
  file.value = ""
})
for (const event of ["dragenter", "dragover"]) {
  field.addEventListener(event, (/** @type {Event} */ dragged) => {
    if (![.../** @type {DragEvent} */ (dragged).dataTransfer?.types ?? []].includes("Files")) return
    dragged.preventDefault()
    field.classList.add("kb-check-over")
  })
}
field.addEventListener("dragleave", () => field.classList.remove("kb-check-over"))
field.addEventListener("drop", (event) => {
  field.classList.remove("kb-check-over")
  if (!event.dataTransfer?.files.length) return
  event.preventDefault()
  read(event.dataTransfer.files[0])
})

/** What another page hands over, behind `#`. */
function taken() {
  const asked = new URLSearchParams(location.hash.slice(1)).get("q")
  if (asked === null) return
  field.value = asked
  if (asked) run()
}

required(".kb-check-without").remove()
form.hidden = false
taken()
addEventListener("hashchange", taken)
if (/^#q=/.test(location.hash)) field.focus()
