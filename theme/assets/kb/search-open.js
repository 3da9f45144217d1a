/**
 * The way into the search: the control in the header, `/` and Ctrl-K (Cmd-K), and addresses that hold a
 * search (`?search=`) or what was searched for (`?q=`). Loads the rest only then. Without this module the
 * control is a link to the glossary.
 */

/** @param {string} [query] */
async function show(query) {
  const { open } = await import("./search-dialog.js")
  await open(query)
}

/** @param {EventTarget | null} target @returns {boolean} whether the reader is writing there */
const isWriting = (target) => target instanceof Element
  && Boolean(target.closest("input, textarea, select, [contenteditable]"))

const control = /** @type {HTMLAnchorElement | null} */ (document.querySelector("[data-kb-search]"))
if (control) {
  control.setAttribute("role", "button")
  control.setAttribute("aria-haspopup", "dialog")
  control.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    show()
  })
  control.addEventListener("keydown", (event) => {
    if (event.key !== " ") return
    event.preventDefault()
    show()
  })
  addEventListener("keydown", (event) => {
    const isAlone = !event.ctrlKey && !event.metaKey && !event.altKey
    const isSlash = event.key === "/" && isAlone && !isWriting(event.target)
    const isK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)
      && !event.altKey && !event.shiftKey
    if (event.isComposing || !(isSlash || isK)) return
    event.preventDefault()
    show()
  })
  const asked = new URLSearchParams(location.search)
  const [searched, marked] = [asked.get("search"), asked.get("q")]
  if (searched !== null) show(searched)
  else if (marked) import("./found.js").then(({ mark }) => mark(marked))
}
