/**
 * The dialog that shows a reference in each style, and the data for reference managers, for the page
 * or one of its paragraphs.
 */

import { copy, report } from "./clipboard.js"
import { element, required } from "./element.js"
import { closeOutside } from "./popover.js"
import { chosenStyle, file, reference, said, settings } from "./reference.js"
import { styled } from "./stylesheet.js"
import { filled } from "./words.js"

/** @typedef {import("./reference.js").Settings} Settings */

/** Name, file and media type of what reference managers read. */
const FILES = /** @type {const} */ ([
  ["BibTeX", "citation.bib", "application/x-bibtex"],
  ["RIS", "citation.ris", "application/x-research-info-systems"],
  ["CSL-JSON", "citation.json", "application/json"],
])
const CREDITS = [
  ["cite-processor", "citeproc-js", "https://github.com/Juris-M/citeproc-js", "CPAL 1.0 / AGPL 3.0",
    new URL("../citation/citeproc.js", import.meta.url).href],
  ["cite-styles", "Citation Style Language", "https://citationstyles.org/", "CC BY-SA 3.0",
    "https://creativecommons.org/licenses/by-sa/3.0/"],
]

/** @param {string} id of a paragraph, or "" for the page
 *  @param {import("./reference.js").Cited} [of] the page that is cited, if not the reader's own */
export async function open(id, of) {
  const [known] = await Promise.all([settings(), styled("cite.css")])
  const { styles, words } = known
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
  closeOutside(dialog)
  if (styles.length) dialog.append(...references(known, id, of))
  dialog.append(data(words, id, of))
  if (styles.length) dialog.append(credits(words))
  document.body.append(dialog)
  dialog.showModal()
  if (styles.length) required(".kb-cite-copy", dialog).focus()
}

/**
 * The styles to choose from, the reference in the chosen one, and a button that copies it.
 * @param {Settings} known
 * @param {string} id
 * @param {import("./reference.js").Cited} [of]
 */
function references(known, id, of) {
  const { styles, words } = known
  const shown = element("div", { class: "kb-cite-text", "aria-live": "polite" })
  const button = element("button", { type: "button", class: "kb-cite-copy" }, words["cite-copy"])
  let now = chosenStyle(known) ?? styles[0]
  const choices = styles.map((style) => {
    const input = element("input", { type: "radio", name: "kb-style", value: style.key })
    input.checked = style === now
    input.addEventListener("change", () => {
      now = style
      try { localStorage.setItem("kb-style", style.key) } catch { /* it then lasts for this dialog */ }
      show()
    })
    return element("label", {}, input, element("span", {}, style.name))
  })
  const show = async () => {
    const wanted = now
    shown.textContent = words["cite-loading"]
    /** @type {{text: string, shown?: string}} */
    let made = { text: words["cite-failed"] }
    try { made = await reference(wanted.key, id, of) } catch { /* said in the reference's place */ }
    if (wanted !== now) return
    shown.replaceChildren()
    if (made.shown) shown.innerHTML = made.shown
    else shown.textContent = made.text
  }
  show()
  button.addEventListener("click", () => report(
    copy(reference(now.key, id, of)).then(() => said("cite-copied-reference", { style: now.name })), words))
  return [element("fieldset", { class: "kb-cite-styles" },
    element("legend", {}, words["cite-style"]), ...choices), shown, button]
}

/** What reference managers read: to copy, or to save. @param {Settings["words"]} words @param {string} id
 *  @param {import("./reference.js").Cited} [of] */
function data(words, id, of) {
  const rows = FILES.map(([name, place, type]) => {
    /** @param {string} word */
    const button = (word) => element("button", { type: "button", "aria-label": `${word} ${name}` }, word)
    const [copies, saves] = [button(words["cite-copy"]), button(words["cite-download"])]
    copies.addEventListener("click", () => report(copy(file(place, id, of).then((text) => ({ text })))
      .then(() => said("cite-copied-data", { format: name })), words))
    saves.addEventListener("click", () => report(file(place, id, of).then((text) => {
      const address = URL.createObjectURL(new Blob([text], { type }))
      const download = place.replace("citation", id ? `citation-${id}` : "citation")
      element("a", { href: address, download }).click()
      setTimeout(() => URL.revokeObjectURL(address), 1000)
    }), words))
    return element("li", {}, element("span", {}, name), copies, saves)
  })
  return element("section", { "aria-labelledby": "kb-cite-managers" },
    element("h3", { id: "kb-cite-managers" }, words["cite-managers"]),
    element("ul", { class: "kb-cite-data" }, ...rows))
}

/** Whose work formats the references, and under which licences. @param {Settings["words"]} words */
function credits(words) {
  return element("p", { class: "kb-cite-credits" }, ...CREDITS.flatMap(([key, name, home, licence, terms]) =>
    [element("span", {}, `${words[key]}：`, element("a", { href: home }, name), "（",
      element("a", { href: terms }, licence), "）"), " "]))
}
