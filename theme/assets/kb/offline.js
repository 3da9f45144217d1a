/**
 * Where a reader has the pages that were visited kept, sees what is kept, removes it, and ends it: nothing is
 * kept before the reader asks for it here, nor after it was ended here. The keeping itself does the service
 * worker (`visited.js` at the site's root), whose stores are named by the folder of the site. Without this
 * module, or where a browser has no service workers, the page says what it needs. In the copy to take along,
 * which keeps no pages, there is nothing for it to do.
 */

import { element, required } from "./element.js"
import { filled } from "./words.js"

/** @typedef {{day: string, title: string, language: string, needs: string[], isOwn: boolean}} Facts as
 *   visited.js writes them: the day in the page's language, the title as HTML */

const scope = new URL("../../", import.meta.url)
const OWN = `kb-offline ${scope.pathname} `

/** The worker of this site, not one of a site in a folder above. */
const registration = async () => (await navigator.serviceWorker.getRegistrations())
  .find((one) => one.scope === scope.href)

const stores = async () => (await caches.keys()).filter((name) => name.startsWith(OWN))

/** How many bytes are kept in all. */
async function size() {
  const all = await Promise.all((await stores()).map(async (name) => (await caches.open(name)).matchAll()))
  const sizes = await Promise.all(all.flat().map(async (one) => (await one.blob()).size))
  return sizes.reduce((sum, one) => sum + one, 0)
}

/** The pages that are kept, the one that was kept last at the head. */
async function pages() {
  const store = await caches.open(`${OWN}pages`)
  const found = await Promise.all((await store.keys()).map(async ({ url }) => {
    const facts = (await store.match(url))?.headers.get("X-Kept")
    return { url, facts: /** @type {Facts} */ (JSON.parse(decodeURIComponent(facts ?? "{}"))) }
  }))
  return found.filter(({ facts }) => !facts.isOwn).reverse()
}

/** @param {ServiceWorker} worker @returns {Promise<void>} when it keeps pages */
const settled = (worker) => new Promise((resolve, reject) => {
  const look = () => {
    if (worker.state === "activated") resolve()
    if (worker.state === "redundant") reject(new Error("redundant"))
  }
  worker.addEventListener("statechange", look)
  look()
})

async function begin() {
  const made = await navigator.serviceWorker.register(new URL("visited.js", scope), { scope: scope.href })
  const worker = made.installing ?? made.waiting ?? made.active
  if (worker) await settled(worker)
}

async function clear() {
  const visited = await pages()
  const gone = visited.flatMap(({ url, facts }) => [url, ...facts.needs])
  for (const name of await stores()) {
    const store = await caches.open(name)
    await Promise.all(gone.map((url) => store.delete(url)))
  }
}

async function end() {
  await (await registration())?.unregister()
  await Promise.all((await stores()).map((name) => caches.delete(name)))
}

/** The place on the page where all this is said and offered. */
class Switch {
  /** @param {HTMLElement} box */
  constructor(box) {
    this.said = box.dataset
    this.state = required("[role=status]", box)
    this.list = required("ul", box)
    const [begins, clears, ends] = ["begin", "clear", "end"].map((name) =>
      /** @type {HTMLButtonElement} */ (required(`[data-do=${name}]`, box)))
    this.begins = begins
    this.clears = clears
    this.ends = ends
    this.offer(begins, begin)
    this.offer(clears, clear)
    this.offer(ends, end)
    box.hidden = false
  }

  /** Say what is kept, and offer what can be done. */
  async show() {
    const isOn = Boolean((await registration())?.active)
    const visited = isOn ? await pages() : []
    this.begins.hidden = isOn
    this.clears.hidden = this.ends.hidden = !isOn
    this.clears.disabled = !visited.length
    this.list.replaceChildren(...visited.map((page) => this.item(page)))
    this.state.textContent = isOn ? filled(this.said.on ?? "", { number: visited.length,
      size: (await size() / 1e6).toFixed(1) }) : this.said.off ?? ""
  }

  /** @param {{url: string, facts: Facts}} page */
  item({ url, facts: { day, title, language } }) {
    const words = new DOMParser().parseFromString(title, "text/html").body.textContent ?? ""
    return element("li", {}, element("a", { href: url, lang: language }, words.replace(/ — [^—]*$/, "")), " ",
      element("small", {}, filled(this.said.day ?? "", { date: day })))
  }

  /**
   * Do what the reader asks for, and go on to the button that is offered then.
   * @param {HTMLButtonElement} button
   * @param {() => Promise<void>} act
   */
  offer(button, act) {
    button.addEventListener("click", async () => {
      this.state.textContent = this.said.working ?? ""
      const failed = await act().then(() => false, () => true)
      if (failed && act === begin) await end()  // what was begun
      await this.show()
      if (failed) this.state.textContent = this.said.failed ?? ""
      if (button.hidden || button.disabled) [this.begins, this.ends].find((one) => !one.hidden)?.focus()
    })
  }
}

const box = /** @type {HTMLElement | null} */ (document.querySelector("[data-kb-worker]"))
if (box) {
  const place = new Switch(box)
  const cannot = () => { place.state.textContent = box.dataset.cannot ?? "" }
  if ("serviceWorker" in navigator && "caches" in window) place.show().catch(cannot)
  else cannot()
}
