/**
 * The dialog that shows a reference in each style, and the data for reference managers, for the page
 * or one of its paragraphs.
 */

import { copy, report, style } from "./citemenu.js"
import { file, reference, said, settings } from "./reference.js"
import { filled } from "./words.js"

const FILES = [["BibTeX", "citation.bib"], ["RIS", "citation.ris"], ["CSL-JSON", "citation.json"]]
const TYPES = { "citation.bib": "application/x-bibtex", "citation.ris": "application/x-research-info-systems",
  "citation.json": "application/json" }
const CREDITS = [
  ["cite-processor", "citeproc-js", "https://github.com/Juris-M/citeproc-js", "CPAL 1.0 / AGPL 3.0",
    new URL("../citation/citeproc.js", import.meta.url).href],
  ["cite-styles", "Citation Style Language", "https://citationstyles.org/", "CC BY-SA 3.0",
    "https://creativecommons.org/licenses/by-sa/3.0/"],
]

/**
 * @param {string} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children)
  return made
}

/** The dialog's own style sheet, once. @returns {Promise<void>} */
function dressed() {
  if (document.querySelector("link[data-kb-cite-style]")) return Promise.resolve()
  const sheet = element("link", { rel: "stylesheet", "data-kb-cite-style": "",
    href: new URL("cite.css", import.meta.url).href })
  return new Promise((done) => {
    sheet.addEventListener("load", () => done())
    sheet.addEventListener("error", () => done())
    document.head.append(sheet)
  })
}

/** @param {string} id of a paragraph, or "" for the page */
export async function open(id) {
  const [{ styles, words }] = await Promise.all([settings(), dressed()])
  const title = id ? filled(words["cite-paragraph"], { number: id.slice(1) }) : words["cite-page"]
  const close = element("button", { type: "button", class: "kb-cite-close",
    "aria-label": words["card-close"] }, "×")
  const dialog = element("dialog", { class: "kb-cite-dialog", "aria-labelledby": "kb-cite-title" },
    element("div", { class: "kb-cite-head" }, element("h2", { id: "kb-cite-title" }, title), close))
  close.addEventListener("click", () => dialog.close())
  dialog.addEventListener("close", () => {
    const status = dialog.querySelector("[role=status]")  // it goes on to be heard
    if (status) document.body.append(status)
    dialog.remove()
  })
  dialog.addEventListener("pointerdown", (event) => { if (event.target === dialog) dialog.close() })
  if (styles.length) dialog.append(...references(styles, words, id))
  dialog.append(data(words, id))
  if (styles.length) dialog.append(credits(words))
  document.body.append(dialog)
  dialog.showModal()
  dialog.querySelector(".kb-cite-copy")?.focus()
}

/** The styles to choose from, the reference in the chosen one, and a button that copies it. */
function references(styles, words, id) {
  const shown = element("div", { class: "kb-cite-text", "aria-live": "polite" })
  const button = element("button", { type: "button", class: "kb-cite-copy" }, words["cite-copy"])
  let now = style()
  const choices = styles.map(({ key, name }) => {
    const input = element("input", { type: "radio", name: "kb-style", value: key })
    input.checked = key === now
    input.addEventListener("change", () => {
      now = key
      try { localStorage.setItem("kb-style", key) } catch { /* it then lasts for this dialog */ }
      show()
    })
    return element("label", {}, input, element("span", {}, name))
  })
  const show = async () => {
    const wanted = now
    shown.textContent = words["cite-loading"]
    let made
    try { made = await reference(wanted, id) } catch { made = { text: words["cite-failed"] } }
    if (wanted !== now) return
    shown.replaceChildren()
    if (made.shown) shown.innerHTML = made.shown
    else shown.textContent = made.text
  }
  show()
  button.addEventListener("click", () => report(copy(reference(now, id)).then(() => said(
    "cite-copied-reference", { style: styles.find((one) => one.key === now).name }))))
  return [element("fieldset", { class: "kb-cite-styles" },
    element("legend", {}, words["cite-style"]), ...choices), shown, button]
}

/** What reference managers read: to copy, or to save. */
function data(words, id) {
  const rows = FILES.map(([name, place]) => {
    const button = (word) => element("button", { type: "button", "aria-label": `${word} ${name}` }, word)
    const [copies, saves] = [button(words["cite-copy"]), button(words["cite-download"])]
    copies.addEventListener("click", () => report(
      copy(file(place, id).then((text) => ({ text }))).then(() => said("cite-copied-data", { format: name }))))
    saves.addEventListener("click", () => report(file(place, id).then((text) => {
      const address = URL.createObjectURL(new Blob([text], { type: TYPES[place] }))
      element("a", { href: address, download: place.replace("citation", id ? `citation-${id}` : "citation") }).click()
      setTimeout(() => URL.revokeObjectURL(address), 1000)
    })))
    return element("li", {}, element("span", {}, name), copies, saves)
  })
  return element("section", { "aria-labelledby": "kb-cite-managers" },
    element("h3", { id: "kb-cite-managers" }, words["cite-managers"]),
    element("ul", { class: "kb-cite-data" }, ...rows))
}

/** Whose work formats the references, and under which licences. */
function credits(words) {
  return element("p", { class: "kb-cite-credits" }, ...CREDITS.flatMap(([key, name, home, licence, terms]) =>
    [element("span", {}, `${words[key]}：`, element("a", { href: home }, name), "（",
      element("a", { href: terms }, licence), "）"), " "]))
}
