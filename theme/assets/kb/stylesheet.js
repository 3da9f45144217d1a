/**
 * A style sheet that is loaded only when a reader needs it, once.
 * @param {"search.css" | "cite.css" | "sentences.css" | "history.css" | "notes.css"} name beside this module
 * @returns {Promise<void>} when it is there, or could not be had
 */
export function styled(name) {
  const href = new URL(name, import.meta.url).href
  const known = [...document.querySelectorAll("link")].find((one) => one.href === href)
  if (known?.sheet) return Promise.resolve()
  const sheet = known ?? document.createElement("link")
  return new Promise((resolve) => {
    sheet.addEventListener("load", () => resolve())
    sheet.addEventListener("error", () => resolve())
    if (known) return
    sheet.rel = "stylesheet"
    sheet.href = href
    document.head.append(sheet)
  })
}
