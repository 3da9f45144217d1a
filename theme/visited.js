/**
 * What a reader has visited, to be read without the network: a service worker, which runs only where the
 * reader asked for it (`assets/kb/offline.js`). What MADE holds the build puts in (`kb.exports.offline`).
 *
 * While there is a network each page is the server's, asked for anew. If the server still has this version of
 * the styles and scripts, which are told by their hashes, the page gets those that are kept, and is kept with
 * them and with what else it needs; if not, it is the server's in all, and is kept when that version's worker
 * has taken over. Where there is no network, what is kept is shown, and says so, with the day on which it was
 * kept; all that it asks for is what was kept with it: no page ever meets scripts of another version. Where
 * the site has this file no more, all that was kept goes, and the worker with it.
 *
 * @typedef {{version: string, files: Record<string, string>, pages: string[], policy: string,
 *   missing: Record<string, string>, prefixes: Record<string, string>,
 *   words: Record<string, Record<string, string>>}} Made `files`: place → hash, as `integrity` has it;
 *   `pages`: those on which a reader ends it, kept from the beginning; `missing`: language → the page that
 *   says that there is none; `words`: language → words
 * @typedef {{day: string, title: string, language: string, version: string, needs: string[], bytes: number,
 *   isOwn: boolean}} Facts of a page that is kept: its day in its language, its title as HTML, whether it is
 *   one of MADE.pages
 * @typedef {{version: string, isKept: boolean}} Shown a page that is open: the version of what belongs to
 *   it, and whether it was shown from what is kept
 */
"use strict"

const MADE = /** @type {Made} */ (JSON.parse("{}"))

const PAGES = 100
const BYTES = 20_000_000  // of all pages with what they need; styles and scripts apart
const LARGEST = 2_000_000  // of what one page needs, a picture perhaps; a larger one is left out
const PATIENCE = 6_000  // milliseconds for an answer, where the page is kept
const SOON = 1_000  // milliseconds for the server to say which version it has
const OPEN = 64  // pages that are open at once, of which it is known what belongs to them

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self))
const scope = new URL(worker.registration.scope)
// Several sites may share a host: what is kept is named by the folder of the site. So does offline.js.
const OWN = `kb-offline ${scope.pathname} `
const STORES = { pages: `${OWN}pages`, open: `${OWN}open` }
const FACTS = "X-Kept"
const STYLE = "assets/kb/offline.css"

/** Styles, scripts and needed files of a version. @param {string} version */
const storeOf = (version) => `${OWN}files ${version}`

/** The address of a page, whatever it was asked with. @param {string} address */
function plain(address) {
  const url = new URL(address)
  url.search = url.hash = ""
  url.pathname = url.pathname.replace(/\/index\.html$/, "/")
  return url.href
}
/** @param {string} place below the site's root */
const at = (place) => new URL(place, scope).href
/** Pages that open → when it is known what belongs to them. @type {Map<string, Promise<unknown>>} */
const opening = new Map()
/** @param {number} time in milliseconds @returns {Promise<undefined>} */
const after = (time) => new Promise((resolve) => { setTimeout(resolve, time) })

const own = async () => (await caches.keys()).filter((name) => name.startsWith(OWN))

/** What is kept there; asking never makes a store. @param {string} key @param {string} name of the store */
const look = (key, name) => caches.match(key, { cacheName: name, ignoreVary: true })
/** Whether anything is to be kept: a reader may have ended it. */
const isOn = () => caches.has(storeOf(MADE.version))
/** @param {Response} answer @returns {Facts} */
const factsOf = (answer) => JSON.parse(decodeURIComponent(answer.headers.get(FACTS) ?? "{}"))

/** A style or script that browsers take for no other page without asking, as they would for some minutes:
 *  that page may be of another version. @param {Response} answer */
function asking(answer) {
  const headers = new Headers(answer.headers)
  headers.set("Cache-Control", "no-cache")
  return new Response(answer.body, { headers, status: answer.status })
}

// --- begin and end ---------------------------------------------------------------------------------

async function install() {
  try {
    const store = await caches.open(storeOf(MADE.version))
    await Promise.all(Object.entries(MADE.files).map(async ([place, integrity]) => {
      const answer = await fetch(at(place), { integrity, cache: "no-cache" })
      if (!answer.ok) throw new Error(`${answer.status} ${place}`)
      await store.put(at(place), asking(answer))
    }))
    const pages = await Promise.all(MADE.pages.map((place) => fetch(at(place), { cache: "no-cache" })))
    if (!pages.every(({ ok }) => ok)) throw new Error(MADE.pages.join())
    for (const answer of pages) await put(answer.url, answer, await answer.text(), true)
  } catch (fault) {
    await caches.delete(storeOf(MADE.version))
    throw fault
  }
  await worker.skipWaiting()
}

/** All that was kept goes, and nothing is kept any more. */
async function end() {
  await worker.registration.unregister()
  await Promise.all((await own()).map((name) => caches.delete(name)))
}

/** The version of this file that the server has now; "" for none, undefined where it does not say. */
async function current() {
  const answer = await fetch(worker.location.href, { cache: "no-cache" })
  if (answer.status === 404 || answer.status === 410) return ""
  return answer.ok ? (await answer.text()).match(/"version":"(\w+)"/)?.[1] : undefined
}

// --- keep ------------------------------------------------------------------------------------------

/** Keep a page that a reader was shown; forget one that is there no more. @param {string} page
 *  @param {Response} answer @param {Promise<string | undefined>} asked which version the server has */
async function keep(page, answer, asked) {
  const isGone = answer.status === 404 || answer.status === 410
  const isPage = answer.ok && answer.type === "basic" && !answer.redirected
  if (!isGone && !isPage) return
  const text = await answer.text()
  const version = await asked
  if (version === "") return end()
  if (version !== MADE.version) return void await worker.registration.update()
  if (isGone && await isOn()) await (await caches.open(STORES.pages)).delete(page)
  if (isPage) await put(page, answer, text, MADE.pages.map(at).includes(page))
  await tidy()
}

/** @param {string} page @param {Response} answer @param {string} text @param {boolean} isOwn */
async function put(page, answer, text, isOwn) {
  const needs = needed(text, page)
  const files = await Promise.all(needs.map(async (address) => {
    // A browser may have kept it for minutes, as any page would use it; not longer.
    const found = await fetch(address).catch(() => undefined)
    return { address, found, bytes: found?.ok ? (await found.clone().blob()).size : Infinity }
  }))
  if (!(await isOn())) return
  const store = await caches.open(storeOf(MADE.version))
  const kept = files.filter(({ bytes }) => bytes <= LARGEST)
  for (const { address, found, bytes } of files) {
    if (found && bytes <= LARGEST) await store.put(address, found)
    else await store.delete(address)  // rather none than one of another day
  }
  const now = new Date()
  const [title, language] = [/<title>([^<]*)</, /<html lang="([^"]*)"/]
    .map((one) => text.match(one)?.[1] ?? "")
  const day = words(language).date.replace("{year}", `${now.getFullYear()}`)
    .replace("{month}", `${now.getMonth() + 1}`).replace("{day}", `${now.getDate()}`)
  /** @type {Facts} */
  const facts = { day, title, language, isOwn, version: MADE.version, needs: kept.map((one) => one.address),
    bytes: kept.reduce((sum, one) => sum + one.bytes, new Blob([text]).size) }
  const headers = new Headers(answer.headers)
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name)
  headers.set(FACTS, encodeURIComponent(JSON.stringify(facts)))
  await (await caches.open(STORES.pages)).put(page, new Response(text, { headers }))
}

/** What the page asks for besides styles and scripts, or will when a reader does: pictures, the cards of its
 *  terms, its sentences, what is recorded of it. The templates write attributes alike.
 *  @param {string} text @param {string} page */
function needed(text, page) {
  const said = [...text.matchAll(/(?:<img\b[^>]*? src| data-kb-sentences)="([^"]*)"/g)].map(([, one]) => one)
  for (const [, term] of text.matchAll(/<a class="kb-term" href="([^"?#]*)"/g)) said.push(`${term}card.json`)
  for (const [, places] of text.matchAll(/ data-kb-versions="([^"]*)"/g)) said.push(...places.split(" "))
  if (text.includes("kb-to-history")) said.push("versions.json")
  const known = Object.keys(MADE.files).map(at)
  return [...new Set(said.map((place) => new URL(place.replaceAll("&amp;", "&"), page).href))]
    .filter((address) => address.startsWith(scope.href) && !known.includes(address))
}

/** Keep within bounds: the page that was kept first goes first, and what no page needs. */
async function tidy(isActivated = worker.serviceWorker?.state === "activated") {
  if (!(await isOn())) return
  const pages = await caches.open(STORES.pages)
  const all = await kept()
  const visited = all.filter(({ facts }) => !facts.isOwn)
  let bytes = visited.reduce((sum, { facts }) => sum + facts.bytes, 0)
  while (visited.length > PAGES || (bytes > BYTES && visited.length)) {
    const [first] = visited.splice(0, 1)
    bytes -= first.facts.bytes
    await pages.delete(first.address)
    all.splice(all.indexOf(first), 1)
  }
  const versions = new Set([MADE.version, ...all.map(({ facts }) => facts.version)].map(storeOf))
  const { installing, waiting } = worker.registration  // the next version, which has no page yet
  if (isActivated && !installing && !waiting) {
    for (const name of await own()) {
      if (name.startsWith(storeOf("")) && !versions.has(name)) await caches.delete(name)
    }
  }
  const mine = all.filter(({ facts }) => facts.version === MADE.version)
  const needs = new Set([...Object.keys(MADE.files).map(at), ...mine.flatMap(({ facts }) => facts.needs)])
  const store = await caches.open(storeOf(MADE.version))
  for (const { url } of await store.keys()) if (!needs.has(url)) await store.delete(url)
}

/** Every page that is kept, the one that was kept first at the head. */
async function kept() {
  if (!(await isOn())) return []
  const pages = await caches.open(STORES.pages)
  return Promise.all((await pages.keys()).map(async ({ url }) =>
    ({ address: url, facts: factsOf(/** @type {Response} */ (await pages.match(url))) })))
}

// --- show ------------------------------------------------------------------------------------------

/** @param {FetchEvent} event */
async function shown(event) {
  const { request, resultingClientId: client } = event
  const page = plain(request.url)
  let isLate = false
  const asked = fetch(request, { cache: "no-cache" }).then((answer) => {
    if (!/^text\/html\b/.test(answer.headers.get("Content-Type") ?? "")) return answer
    const version = current().catch(() => undefined)
    event.waitUntil(keep(page, answer.clone(), version))
    if (!isLate) {
      const known = version.then(async (has) => {
        if (has === MADE.version) await open(client, { version: has, isKept: false })
        opening.delete(client)
      })
      opening.set(client, known)
    }
    return answer
  })
  event.waitUntil(asked.catch(() => {}))  // it may be kept later, even so
  const found = await look(page, STORES.pages)
  const gone = asked.catch(() => undefined)
  const answer = await (found ? Promise.race([gone, after(PATIENCE)]) : gone)
  if (answer) return answer
  isLate = true
  if (found) {
    const facts = factsOf(found)
    await open(client, { version: facts.version, isKept: true })
    return new Response(noted(await found.text(), facts), { headers: found.headers })
  }
  if (await look(`${page}/`, STORES.pages)) return Response.redirect(`${page}/`)
  await open(client, { version: MADE.version, isKept: true })
  return missing(page, await kept())
}

/** The page, and with it that it is a kept one. @param {string} text @param {Facts} facts */
function noted(text, { day, language }) {
  const said = words(language)["offline-kept"].replace("{date}", day)
  return text.replace(/<body[^>]*>/, (tag) => `${tag}<link rel="stylesheet" href="${at(STYLE)}">
<p class="kb-notice kb-kept" role="note" data-kb-kept>${said}</p>`)
}

/** @param {string} language */
const words = (language) => MADE.words[language] ?? Object.values(MADE.words)[0]

/** What stands where a page is neither to be had nor kept: what can be read instead. @param {string} page
 *  @param {{address: string, facts: Facts}[]} all that are kept */
function missing(page, all) {
  const items = all.filter(({ facts }) => !facts.isOwn).reverse().map(({ address, facts }) => {
    const { day, language, title } = facts
    const kept = words(language)["offline-day"].replace("{date}", day)
    return `<li lang="${language}"><a href="${new URL(address).pathname.replaceAll("&", "&amp;")}">`
      + `${title.replace(/ — [^—]*$/, "")}</a> <small>${kept}</small></li>`
  })
  const none = Object.entries(MADE.words).map(([language, said]) =>
    `<p lang="${language}">${said["offline-none-kept"]}</p>`)
  const list = items.length ? `<ul>${items.join("\n")}</ul>` : none.join("\n")
  // The language of an address is that of the longest prefix that it has.
  const [first] = Object.entries(MADE.prefixes).filter(([, prefix]) => page.startsWith(at(prefix)))
    .sort(([, one], [, two]) => two.length - one.length)
  const text = MADE.missing[first[0]].replaceAll("{root}", scope.pathname).replace("{list}", () => list)
  return new Response(text, { status: 503, headers: {
    "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": MADE.policy } })
}

/** Remember what belongs to a page that opens: a worker may be ended and begun while it is open.
 *  @param {string} client @param {Shown} facts */
async function open(client, facts) {
  if (!client || !(await isOn())) return
  const store = await caches.open(STORES.open)
  await store.put(at(`?${client}`), new Response(JSON.stringify(facts)))
  for (const one of (await store.keys()).slice(0, -OPEN)) await store.delete(one)
}

/** What a page asks for. @param {FetchEvent} event */
async function file({ request, clientId }) {
  await Promise.race([opening.get(clientId), after(SOON)])
  const said = await look(at(`?${clientId}`), STORES.open)
  /** @type {Shown | undefined} */
  const client = await said?.json()
  const found = client && await look(request.url, storeOf(client.version))
  const isShared = Object.keys(MADE.files).map(at).includes(request.url)
  if (found && (client.isKept || isShared)) return found
  try {
    return await (isShared ? fetch(request, { cache: "no-cache" }).then(asking) : fetch(request))
  } catch (fault) {
    if (found) return found
    throw fault
  }
}

worker.addEventListener("install", (event) => event.waitUntil(install()))
worker.addEventListener("activate", (event) => event.waitUntil(tidy(true)))
worker.addEventListener("fetch", (event) => {
  const { request } = event
  if (request.method !== "GET" || !request.url.startsWith(scope.href)) return
  event.respondWith(request.mode === "navigate" ? shown(event) : file(event))
})
