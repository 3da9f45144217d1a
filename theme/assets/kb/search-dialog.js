/**
 * The search as readers see it: a dialog with a field and, as they type, what was found, by document. A
 * thin layer over `search.js`, after the combobox pattern of the ARIA Authoring Practices: the focus stays
 * in the field, `aria-activedescendant` walks through the list.
 */

import { styled } from "./search-open.js"
import { find, nearest } from "./search.js"
import { filled } from "./words.js"

/** @typedef {import("./search.js").Hit} Hit */

const FIRST = 10, MORE = 20
/** How many characters are shown before the first match, and in all. */
const BEFORE = 18, AROUND = 88
/** A single character is in most texts: its long list is asked for once the reader pauses. */
const PAUSE = 250

const parts = /** @type {HTMLTemplateElement} */ (document.querySelector("[data-kb-search-parts]"))
const dialog = /** @type {HTMLDialogElement} */ (parts.content.querySelector("dialog").cloneNode(true))
const words = dialog.dataset
const $ = (name) => dialog.querySelector(`.kb-search-${name}`)
const input = /** @type {HTMLInputElement} */ ($("input"))
const list = $("results"), count = $("count"), empty = $("empty"), hint = $("hint"), more = $("more")
const radios = /** @type {HTMLInputElement[]} */ ([...dialog.querySelectorAll("input[type=radio]")])
const pageLanguage = document.documentElement.lang

let language = radios.some((one) => one.value === pageLanguage) ? pageLanguage : radios[0].value
/** @type {import("./search.js").Found | null} */
let found = null
let shown = 0, turn = 0, timer = 0
/** @type {HTMLElement | null} */
let active = null

/** @param {string} tag @param {"spoken" | "name"} [form] what the page or its readers call a language */
const nameOf = (tag, form = "spoken") => radios.find((one) => one.value === tag).dataset[form]
const otherLanguage = (tag) => radios.find((one) => one.value !== tag).value

/** @param {string} tag @param {string} name @param {...(string | Node)} content */
function element(tag, name, ...content) {
  const made = document.createElement(tag)
  made.className = name
  made.append(...content)
  return made
}

/** @returns {string} */
const sought = () => input.value.trim()

/** The words around the first match, with all matches marked. @param {Hit} hit @returns {(string | Node)[]} */
function excerpt({ text, ranges }) {
  const first = ranges[0]?.[0] ?? 0
  const isWhole = text.length <= AROUND + BEFORE
  const whole = (at) => (/[\udc00-\udfff]/.test(text[at] ?? "") ? at + 1 : at)  // never half a character
  const from = isWhole ? 0 : whole(Math.max(0, first - BEFORE))
  const to = isWhole ? text.length : whole(Math.min(text.length, Math.max(from + AROUND, ranges[0]?.[1] ?? 0)))
  const pieces = [from ? "…" : ""]
  const plain = (start, end) => text.slice(start, end).replaceAll("\n", "／")
  let at = from
  for (const [start, end] of ranges) {
    if (start >= to) break
    pieces.push(plain(at, start), element("mark", "", plain(start, Math.min(end, to))))
    at = Math.min(end, to)
  }
  return [...pieces, plain(at, to), to < text.length ? "…" : ""]
}

/** @param {Hit} hit @returns {string} where it leads, with what is to be marked there */
function leading({ url, match, text, ranges }) {
  const address = new URL(url)
  const isConcept = match === "concept" && ranges.length
  address.searchParams.set("q", isConcept ? text.slice(...ranges[0]) : sought())
  return address.href
}

/** @param {Hit} hit @param {number} number @returns {HTMLElement} the hit, and its twin */
function row(hit, number) {
  const name = hit.kind === "paragraph"
    ? hit.paragraph?.startsWith("p") ? filled(words.paragraph, { number: hit.paragraph.slice(1) }) : ""
    : words[hit.kind]
  const where = element("span", "kb-hit-where", ...(name ? [element("span", "kb-hit-number", name)] : []))
  where.append(...hit.path.map((heading) => {
    const one = element("span", "kb-hit-heading", heading)
    one.lang = hit.language
    return one
  }))
  const text = element("span", "kb-hit-text", ...excerpt(hit))
  text.lang = hit.language
  const one = /** @type {HTMLAnchorElement} */ (element("a", "kb-hit", where, text))
  one.href = leading(hit)
  one.setAttribute("role", "option")
  one.setAttribute("aria-selected", "false")
  one.id = `kb-hit-${number}`
  one.tabIndex = -1
  const both = element("div", "kb-hit-row", one)
  both.setAttribute("role", "presentation")
  if (!hit.twin) return both
  one.dataset.twin = hit.twin
  const other = otherLanguage(hit.language)
  const twin = /** @type {HTMLAnchorElement} */ (element("a", "kb-hit-twin", nameOf(other, "name")))
  twin.href = hit.twin
  twin.hreflang = other
  twin.setAttribute("role", "option")
  twin.setAttribute("aria-selected", "false")
  twin.setAttribute("aria-label", filled(words.twin, { language: nameOf(other) }))
  twin.tabIndex = -1
  both.append(twin)
  return both
}

/** @param {Hit} hit @returns {HTMLElement} the group of its document, made where there is none */
function groupOf(hit) {
  const page = hit.url.split("#")[0]
  const key = `${hit.match} ${page}`
  const known = [...list.children].find((one) => one.dataset.key === key)
  if (known) return known
  const group = element("div", "kb-search-group")
  group.dataset.key = key
  group.setAttribute("role", "group")
  const label = element("span", "kb-search-page", hit.page)
  label.lang = hit.language
  const name = element("span", "kb-search-label", label)
  name.id = `kb-search-group-${list.children.length}`
  name.setAttribute("role", "presentation")
  if (hit.match === "concept") {
    const [start, end] = hit.ranges[0] ?? [0, 0]
    const there = element("span", "", filled(words.quoted, { words: hit.text.slice(start, end) }))
    there.lang = hit.language
    name.prepend(element("span", "kb-search-crossing", filled(words.quoted, { words: sought() }), "→", there))
  }
  group.setAttribute("aria-labelledby", name.id)
  group.append(name)
  list.append(group)
  return group
}

/** Show the next hits. @param {number} to @param {number} mine the turn this belongs to */
async function extend(to, mine) {
  const from = shown
  const hits = await found.hits(from, to)
  if (mine !== turn) return
  if (!from) list.replaceChildren()
  for (const hit of hits) groupOf(hit).append(row(hit, shown++))
  more.hidden = shown >= found.literal + found.concept
  input.setAttribute("aria-expanded", String(shown > 0))
}

/** Search for what the field holds. */
async function run() {
  const mine = ++turn
  const query = sought()
  remember(query)
  choose(null)
  if (!query) return clear()
  try {
    const now = await find(query, { language })
    if (mine !== turn) return
    found = now
    shown = 0
    await extend(FIRST, mine)
    if (mine !== turn) return
    hint.hidden = true
    empty.hidden = shown > 0
    count.textContent = filled(words.count, { count: now.literal })
      + (now.concept ? filled(words.concept, { count: now.concept }) : "")
    $("body").scrollTop = 0
    if (!shown) await explain(query, mine)
  } catch {
    if (mine !== turn) return
    clear()
    hint.hidden = true
    count.textContent = words.error
  }
}

/** Nothing was found: say so, and offer what is near. @param {string} query @param {number} mine */
async function explain(query, mine) {
  list.replaceChildren()
  more.hidden = true
  const other = otherLanguage(language)
  const [terms, there] = await Promise.all([nearest(query, { language }), find(query, { language: other })])
  if (mine !== turn) return
  const short = query.length > 40 ? `${query.slice(0, 40)}…` : query
  count.textContent = filled(words.none, { query: short })
  empty.replaceChildren()
  const elsewhere = there.literal
  if (elsewhere) {
    const button = /** @type {HTMLButtonElement} */ (element("button", "kb-search-elsewhere",
      filled(words.elsewhere, { language: nameOf(other), count: elsewhere })))
    button.type = "button"
    button.addEventListener("click", () => { speak(other); run(); input.focus() })
    empty.append(button)
  }
  if (terms.length) {
    const near = element("ul", "kb-search-near")
    for (const { url, term } of terms) {
      const link = /** @type {HTMLAnchorElement} */ (element("a", "", term))
      link.href = url
      link.lang = language
      near.append(element("li", "", link))
    }
    empty.append(element("p", "", words.nearest), near)
  }
  const all = radios.find((one) => one.value === language).dataset.terms
  if (all && !terms.length && !elsewhere) {
    const browse = /** @type {HTMLAnchorElement} */ (element("a", "", words.browse))
    browse.href = all
    browse.hreflang = language
    empty.append(element("p", "kb-search-browse", browse))
  }
}

function clear() {
  found = null
  shown = 0
  list.replaceChildren()
  empty.replaceChildren()
  empty.hidden = more.hidden = true
  hint.hidden = false
  count.textContent = ""
  input.setAttribute("aria-expanded", "false")
}

/** Keep the search in the address, so that it can be shared. @param {string | null} query null: no search */
function remember(query) {
  const address = new URL(location.href)
  address.searchParams.delete("search")
  address.searchParams.delete("in")
  if (query) {
    address.searchParams.set("search", query)
    if (language !== pageLanguage) address.searchParams.set("in", language)
  }
  if (address.href !== location.href) history.replaceState(history.state, "", address)
}

/** @param {string} tag the language to search in */
function speak(tag) {
  language = tag
  for (const one of radios) one.checked = one.value === tag
}

/** @param {HTMLElement | null} option the one that Enter opens */
function choose(option) {
  active?.setAttribute("aria-selected", "false")
  active = option
  if (!option) {
    input.removeAttribute("aria-activedescendant")
    return
  }
  option.setAttribute("aria-selected", "true")
  input.setAttribute("aria-activedescendant", option.id)
  option.scrollIntoView({ block: "nearest" })
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  // The Enter that ends a composition writes characters; it opens nothing.
  if (event.isComposing || event.keyCode === 229) return
  const all = /** @type {HTMLAnchorElement[]} */ ([...list.querySelectorAll(".kb-hit")])
  const at = active ? all.indexOf(/** @type {HTMLAnchorElement} */ (active)) : -1
  const to = { ArrowDown: (at + 1) % all.length, ArrowUp: at < 1 ? all.length - 1 : at - 1 }[event.key]
    ?? (active ? { Home: 0, End: all.length - 1 }[event.key] : undefined)
  if (to !== undefined && all.length) {
    event.preventDefault()
    choose(all[to])
  } else if (event.key === "Enter" && all.length) {
    event.preventDefault()
    const one = /** @type {HTMLAnchorElement} */ (active ?? all[0])
    go(event.shiftKey && one.dataset.twin ? one.dataset.twin : one.href)
  }
}

/** @param {string} url */
function go(url) {
  dialog.close()
  location.assign(url)
}

input.addEventListener("input", (event) => {
  if (/** @type {InputEvent} */ (event).isComposing) return
  clearTimeout(timer)
  timer = setTimeout(run, [...sought()].length === 1 ? PAUSE : 0)
})
input.addEventListener("compositionend", () => {
  clearTimeout(timer)
  timer = setTimeout(run)
})
input.addEventListener("keydown", pressed)
list.addEventListener("click", (event) => {
  const link = /** @type {Element} */ (event.target).closest("a")
  // A hit on this very page: the dialog must not stay before it.
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) dialog.close()
})
for (const one of radios) one.addEventListener("change", () => { speak(one.value); run() })
more.addEventListener("click", async () => {
  const next = shown
  try { await extend(shown + MORE, turn) } catch { count.textContent = words.error }
  choose(list.querySelector(`#kb-hit-${next}`))
  input.focus()
})
$("close").addEventListener("click", () => dialog.close())
dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close() })
dialog.addEventListener("close", () => { turn++; clearTimeout(timer); remember(null) })

/** Open the dialog. @param {string} [query] with this search @returns {Promise<void>} */
export async function open(query) {
  if (!dialog.isConnected) {
    await styled()
    const asked = new URLSearchParams(location.search).get("in")
    speak(query && radios.some((one) => one.value === asked) ? asked : language)
    document.body.append(dialog)
  }
  if (!dialog.open) dialog.showModal()
  if (query !== undefined) input.value = query
  input.focus()
  input.select()
  await run()
}
