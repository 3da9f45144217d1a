/**
 * The same pages from a server and from a disk. A browser lets a page that was opened from a disk fetch
 * nothing: there, what each file `x` holds is handed over by a script beside it, `x.js`, which the copy of
 * the site has (scripts/kb/exports/library). In: addresses. Out: answers as `fetch` gives them, and addresses
 * that lead somewhere on a disk too. From a server nothing differs.
 */

const isOnDisk = location.protocol === "file:"

/**
 * What the script beside a file hands over.
 * @param {string | URL} address of the file
 * @returns {Promise<any>}
 */
export function handed(address) {
  const place = new URL(address, location.href)
  place.search = place.hash = ""
  place.pathname += ".js"
  const script = /** @type {HTMLScriptElement & {given?: any}} */ (document.createElement("script"))
  script.src = place.href
  return new Promise((resolve, reject) => {
    script.addEventListener("load", () => resolve(script.given))
    script.addEventListener("error", () => reject(new TypeError(`there is no ${place.href}`)))
    document.head.append(script)
  }).finally(() => script.remove())
}

/**
 * As `fetch`, for files of this site.
 * @param {string | URL} address
 * @param {RequestInit} [options]
 * @returns {Promise<Response>}
 */
export async function ask(address, options) {
  if (!isOnDisk) return fetch(address, options)
  const place = opened(new URL(address, location.href))
  return handed(place).then((given) => new Response(given, { headers: { "Content-Type": typeOf(place) } }),
    () => new Response(null, { status: 404 }))
}

/** @param {string} place @returns {string} */
function typeOf(place) {
  if (place.endsWith(".html")) return "text/html"
  return place.endsWith(".json") ? "application/json" : "text/plain"
}

/** The address at which a page is opened: a folder on a disk opens none. @param {URL} address */
export function opened(address) {
  if (isOnDisk && address.pathname.endsWith("/")) address.pathname += "index.html"
  return address.href
}
