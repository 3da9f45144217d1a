/* The reader's own choice of light or dark. Loaded before the page is painted, so that a dark page
   never flashes white. Kept in the browser: "kb-theme", "light" or
   "dark"; besides it only "kb-style", the style of references last chosen (cite.js). */
(() => {
  const root = document.documentElement
  root.classList.replace("no-js", "js")
  const read = () => {
    try { return localStorage.getItem("kb-theme") || "auto" } catch { return "auto" }
  }
  /** @param {string} choice */
  const show = (choice) => {
    if (choice === "auto") delete root.dataset.theme
    else root.dataset.theme = choice
  }
  show(read())
  addEventListener("DOMContentLoaded", () => {
    const button = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-kb-theme]"))
    if (!button) return
    /** @param {string} choice */
    const say = (choice) => {
      const words = `${button.dataset.label}：${button.dataset[choice]}`
      button.setAttribute("aria-label", words)  // and no title: it would be read once more
      button.dataset.choice = choice
    }
    let choice = read()
    say(choice)
    button.hidden = false
    button.addEventListener("click", () => {
      choice = { auto: "light", light: "dark" }[choice] ?? "auto"
      show(choice)
      say(choice)
      try {
        if (choice === "auto") localStorage.removeItem("kb-theme")
        else localStorage.setItem("kb-theme", choice)
      } catch { /* private windows may refuse: the choice then lasts for this page */ }
    })
  })
})()
