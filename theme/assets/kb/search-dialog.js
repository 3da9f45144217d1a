/**
 * The search as readers see it: a dialog with a field and, as they type, what was found, by document. A
 * thin layer over `search.js`, after the combobox pattern of the ARIA Authoring Practices: the focus stays
 * in the field, `aria-activedescendant` walks through the list.
 */

import { element, required } from "./element.js"
import { closeOutside } from "./popover.js"
import { groupIn, row } from "./search-hits.js"
import { find, nearest } from "./search.js"
import { styled } from "./stylesheet.js"
import { filled } from "./words.js"

const FIRST = 10, MORE = 20
/** A longer query may be a quotation, which may be altered: there is a page that finds it all the same. */
const QUOTATION = 12
/** A single character is in most texts: its long list is asked for once the reader pauses. */
const PAUSE = 250

const parts = /** @type {HTMLTemplateElement} */ (required("[data-kb-search-parts]"))
const dialog = /** @type {HTMLDialogElement} */ (required("dialog", parts.content).cloneNode(true))
const words = /** @type {Record<string, string>} */ ({ ...dialog.dataset })
/** @param {string} name */
const $ = (name) => required(`.kb-search-${name}`, dialog)
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

/** @param {string} tag @returns {HTMLInputElement} the choice of a language */
const choiceOf = (tag) => radios.find((one) => one.value === tag) ?? radios[0]
/** @param {string} tag */
const otherLanguage = (tag) => (radios.find((one) => one.value !== tag) ?? radios[0]).value
/** @param {string} tag @returns {string} what the page calls a language */
const nameOf = (tag) => choiceOf(tag).dataset.spoken ?? tag

/** @returns {string} */
const sought = () => input.value.trim()

/** Show the next hits. @param {number} to @param {number} mine the turn this belongs to */
async function extend(to, mine) {
  const [from, asked] = [shown, sought()]
  if (!found) return
  const hits = await found.hits(from, to)
  if (mine !== turn || !found) return
  if (!from) list.replaceChildren()
  for (const hit of hits) {
    const other = choiceOf(otherLanguage(hit.language))
    groupIn(list, hit, asked, words).append(row(hit, shown++, asked, other, words))
  }
  more.hidden = shown >= found.literal + found.concept
  input.setAttribute("aria-expanded", String(shown > 0))
}

/** @param {string} query what may be a quotation goes behind `#`, and is not sent */
function offer(query) {
  const way = dialog.querySelector(".kb-search-quotation")
  const link = way?.querySelector("a")
  if (!way || !link) return
  way.toggleAttribute("hidden", [...query].length < QUOTATION)
  link.hash = `${new URLSearchParams({ q: query })}`
}

/** Search for what the field holds. */
async function run() {
  const mine = ++turn
  const query = sought()
  offer(query)
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
  if (there.literal) empty.append(elsewhere(other, there.literal))
  if (terms.length) {
    const near = terms.map(({ url, term }) =>
      element("li", {}, element("a", { href: url, lang: language }, term)))
    empty.append(element("p", {}, words.nearest), element("ul", { class: "kb-search-near" }, ...near))
  }
  const all = choiceOf(language).dataset.terms
  if (all && !terms.length && !there.literal) {
    empty.append(element("p", { class: "kb-search-browse" },
      element("a", { href: all, hreflang: language }, words.browse)))
  }
}

/** @param {string} tag a language in which something is found @param {number} many @returns {HTMLElement} */
function elsewhere(tag, many) {
  const button = element("button", { type: "button", class: "kb-search-elsewhere" },
    filled(words.elsewhere, { language: nameOf(tag), count: many }))
  button.addEventListener("click", () => { speak(tag); run(); input.focus() })
  return button
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
  const own = /** @type {HTMLAnchorElement | null | undefined} */ (active?.matches(".kb-hit-twin")
    ? active.parentElement?.querySelector(".kb-hit") : active)
  const at = own ? all.indexOf(own) : -1
  const beside = event.key === "ArrowRight" ? own?.parentElement?.querySelector(".kb-hit-twin")
    : event.key === "ArrowLeft" && active !== own ? own : null
  if (beside && !event.shiftKey) {
    event.preventDefault()
    choose(/** @type {HTMLElement} */ (beside))
    return
  }
  const [first, last] = active ? [0, all.length - 1] : []
  const to = { ArrowDown: (at + 1) % all.length, ArrowUp: at < 1 ? all.length - 1 : at - 1,
    Home: first, End: last }[event.key]
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
closeOutside(dialog)
dialog.addEventListener("close", () => {
  turn++
  clearTimeout(timer)
  input.blur()  // some browsers leave the focus in it, and the keys of the page do nothing
  remember(null)
})

/** Open the dialog. @param {string} [query] with this search @returns {Promise<void>} */
export async function open(query) {
  if (!dialog.isConnected) {
    await styled("search.css")
    const asked = new URLSearchParams(location.search).get("in")
    speak(query && asked && radios.some((one) => one.value === asked) ? asked : language)
    document.body.append(dialog)
  }
  if (!dialog.open) dialog.showModal()
  if (query !== undefined) input.value = query
  input.focus()
  input.select()
  await run()
}
