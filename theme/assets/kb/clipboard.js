/**
 * What an action on the page does for its reader: something on the clipboard, and a word about it that is
 * seen and heard.
 */

import { element } from "./element.js"

/** @typedef {{text: string, html?: string}} Copy what goes to the clipboard */

/**
 * Put something on the clipboard, of which the text may still be under way: the reader's click
 * counts from now, so the browser is given the promise.
 * @param {Copy | Promise<Copy>} content
 */
export async function copy(content) {
  const made = Promise.resolve(content)
  /** @param {string} type @param {(one: Copy) => string} part */
  const blob = (type, part) => {
    const promise = made.then((one) => new Blob([part(one)], { type }))
    promise.catch(() => { /* said below, once */ })
    return promise
  }
  const kinds = { "text/plain": blob("text/plain", (one) => one.text),
    "text/html": blob("text/html", (one) => one.html ?? one.text) }
  // A failure of the content itself is told apart from a clipboard that refuses.
  const [done] = await Promise.allSettled([
    navigator.clipboard ? navigator.clipboard.write([new ClipboardItem(kinds)])
      : Promise.reject(new Error("no clipboard")), made])
  await made
  if (done.status === "rejected") throw new DOMException("", "NotAllowedError")
}

const status = element("p", { class: "kb-status", role: "status" })
document.body.append(status)
let timer = 0

/** Say something that is seen for some seconds, and heard. @param {string} text */
export function say(text) {
  // Over an open dialog everything else is inert and unheard.
  const place = document.querySelector("dialog[open]") ?? document.body
  if (status.parentElement !== place) place.append(status)
  clearTimeout(timer)
  status.textContent = text
  timer = setTimeout(() => { status.textContent = "" }, 6000)
}

/**
 * Say what came of an action.
 * @param {Promise<string | void>} done what the reader is told it did
 * @param {Record<string, string>} words
 * @param {() => Promise<void>} [refused] what is done first where the clipboard refuses
 */
export async function report(done, words, refused) {
  try {
    const text = await done
    if (text) say(text)
  } catch (error) {
    const isRefused = error instanceof DOMException && error.name === "NotAllowedError"
    if (isRefused) await refused?.()
    say(words[isRefused ? "cite-not-copied" : "cite-failed"])
  }
}
