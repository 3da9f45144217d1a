/**
 * A quotation that checks itself. A link may carry what it cites, `?cite=<date>.<fingerprint>#p23`:
 * then the page says beside the paragraph whether it still reads as it did, and if not, how it read.
 * `address()` makes such a link. Asks for one small file (`versions.json`) of each edition on the page, and
 * only when there is something to check or to make. Without this module the link leads to the paragraph.
 */

import { placeOf } from "./address.js"
import { element, required } from "./element.js"
import { filled } from "./words.js"

/**
 * @typedef {{events: [string, string, string[], string[]][], stands: string[], compare: boolean}} Became
 *   what happened to a wording (kind, day, of which paragraphs, to which), and where its words stand today
 * @typedef {{language: string, anchors: Record<string, [string, string][]>,
 *   withdrawn?: Record<string, [string, string]>, became?: Record<string, Record<string, Became>>,
 *   wordings: Record<string, string>, words: Record<string, string>}} Versions
 * @typedef {(string | HTMLElement)[]} Sentence
 * @typedef {{id: string, text: string}} Part a paragraph of today
 * @typedef {{words: string | Sentence, then?: string, now?: string | Part[]}} Verdict
 */

const CITE = /^(\d{4}-\d{2}-\d{2})\.([0-9a-f]{12})$/

/** @type {Promise<Versions[]> | undefined} */
let versions

/** Of each edition on the page, that in the reader's language first. @returns {Promise<Versions[]>} */
function fetchVersions() {
  if (versions) return versions
  const both = /** @type {HTMLElement | null} */ (document.querySelector("[data-kb-versions]"))
  const places = both?.dataset.kbVersions?.split(" ") ?? ["versions.json"]
  const asked = Promise.all(places.map((one) => fetch(new URL(one, location.href.split(/[?#]/)[0]))
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(`${answer.status}`))))))
  asked.catch(() => { versions = undefined })
  versions = asked
  return asked
}

/** What is known of the edition that had the wording at `anchor`, or anywhere, in the reader's words.
 *  @param {Versions[]} all @param {string} anchor @param {string | undefined} cited @returns {Versions} */
function cites(all, anchor, cited) {
  const had = (/** @type {[string, string][] | undefined} */ own) => own?.some(([, text]) => text === cited)
  const known = all.find(({ anchors }) => had(anchors[anchor]))
    ?? all.find(({ anchors }) => Object.values(anchors).some(had))
  return { ...(known ?? all[0]), words: all[0].words }
}

/**
 * The address of a paragraph or section that carries what it says today.
 * @param {string} anchor
 * @returns {Promise<string>} the plain address where nothing is recorded of `anchor`
 */
export async function address(anchor) {
  const [known] = await fetchVersions()
  // A page that only stands in for its translation cites the text that it shows, at its own address.
  const own = known.language === document.documentElement.lang ? location.href
    : new URL(required(".kb-switch").getAttribute("href") ?? "", location.href).href
  const plain = `${own.split(/[?#]/)[0]}#${anchor}`
  const latest = known.anchors[anchor]?.at(-1)
  if (!latest) return plain
  const now = new Date()
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part) => `${part}`.padStart(2, "0")).join("-")
  return plain.replace("#", `?cite=${day}.${latest[1]}#`)
}

/**
 * What changed from `before` to `now`, character by character: pieces in order.
 * @param {string} before
 * @param {string} now
 * @returns {["same" | "del" | "ins", string][]}
 */
export function difference(before, now) {
  const [a, b] = [[...before], [...now]]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  // The longest common subsequence: common[i][j] is its length from left[i] and right[j] on.
  const width = right.length + 1
  const common = new Uint16Array((left.length + 1) * width)
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      common[i * width + j] = left[i] === right[j] ? common[(i + 1) * width + j + 1] + 1
        : Math.max(common[(i + 1) * width + j], common[i * width + j + 1])
    }
  }
  /** @type {["same" | "del" | "ins", string][]} */
  const pieces = []
  /** @param {"same" | "del" | "ins"} kind @param {string} text */
  const put = (kind, text) => {
    const last = pieces.at(-1)
    if (!text) return
    if (last?.[0] === kind) last[1] += text
    else pieces.push([kind, text])
  }
  put("same", a.slice(0, start).join(""))
  let [i, j] = [0, 0]
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) {
      put("same", left[i])
      i += 1
      j += 1
    } else if (j === right.length || (i < left.length
        && common[(i + 1) * width + j] >= common[i * width + j + 1])) {
      put("del", left[i])
      i += 1
    } else {
      put("ins", right[j])
      j += 1
    }
  }
  put("same", a.slice(a.length - end).join(""))
  return pieces
}

/**
 * @param {Versions} known
 * @param {string} day
 */
function spoken(known, day) {
  const [year, month, date] = day.split("-").map(Number)
  return filled(known.words.date, { year: `${year}`, month: `${month}`, day: `${date}` })
}

/** What a paragraph or section is called. @param {Versions} known @param {string} id */
function called({ words }, id) {
  if (id === "title") return words["title-paragraph"]
  return /^p\d/.test(id) ? filled(words.paragraph, { number: id.slice(1) }) : filled(words.section, { id })
}

/** A link to the plain address: what an address cites, it cites of one paragraph.
 *  @param {Versions} known @param {string} id */
const linked = (known, id) => element("a", { href: `${location.pathname}#${id}` }, called(known, id))

/**
 * A sentence in which paragraphs are links.
 * @param {Versions} known
 * @param {string} key
 * @param {Record<string, string | string[]>} values words, or ids
 * @param {string} [here] an id that needs no link
 * @returns {Sentence}
 */
function sentence(known, key, values, here) {
  return known.words[key].split(/\{(\w+)\}/).flatMap((part, index) => {
    const value = index % 2 ? values[part] : part
    if (typeof value === "string") return [value]
    return value.flatMap((id, at) => [
      ...(at ? [known.words["list-comma"]] : []),
      id === here ? called(known, id) : linked(known, id),
    ])
  })
}

/** Without white space, which counts in no wording. @param {string} text */
const bare = (text) => text.replace(/\s/g, "")

/** One text of several parts; Latin words stay apart. @param {string[]} texts */
const joined = (texts) => texts.reduce((before, text) =>
  (/[!-~]$/.test(before) && /^[!-~]/.test(text) ? `${before} ${text}` : before + text), "")

/**
 * What is to be said of a wording whose paragraph was split, merged, moved, written anew or deleted since.
 * @param {Versions} known
 * @param {string} anchor
 * @param {string} date
 * @param {string} then
 * @param {Became} became
 * @returns {Verdict}
 */
function fate(known, anchor, date, then, { events, stands, compare }) {
  const now = stands.flatMap((id) => {
    const text = known.wordings[known.anchors[id]?.at(-1)?.[1] ?? ""]
    return text ? [{ id, text }] : []
  })
  const isWhole = bare(joined(now.map(({ text }) => text))) === bare(then)
  const [[kind, , , others]] = events
  if (isWhole && kind === "moved" && events.length === 1) {
    return { words: sentence(known, "moved", { date, number: others }), then }
  }
  const told = events.flatMap(([one, day, what, into]) =>
    sentence(known, `event-${one}`, { date: spoken(known, day), what, others: into }, anchor))
  const named = kind === "split" ? [anchor, ...others] : others
  const leads = [named.join(), anchor].every((one) => one !== stands.join())
  const today = stands.length ? sentence(known, "today", { others: stands }, anchor)
    : [known.words["today-none"]]
  return {
    words: [filled(known.words.since, { date }), ...told, ...(leads ? today : []),
      ...(isWhole ? [known.words.whole] : [])],
    then,
    ...(compare && now.length && { now }),
  }
}

/**
 * What is to be said of a citation.
 * @param {Versions} known
 * @param {string} anchor
 * @param {string} day
 * @param {string} cited fingerprint
 * @returns {Verdict}
 */
export function verdict(known, anchor, day, cited) {
  const history = known.anchors[anchor] ?? []
  const date = spoken(known, day)
  const then = known.wordings[cited]
  const became = known.became?.[anchor]?.[cited]
  if (became) return fate(known, anchor, date, then, became)
  if (!history.some(([, text]) => text === cited)) {
    const others = Object.keys(known.anchors)
      .filter((id) => known.anchors[id].some(([, text]) => text === cited))
    return { words: others.length ? sentence(known, "elsewhere", { others }) : known.words.unknown }
  }
  const [since, latest] = history[history.length - 1]
  if (latest === cited) return { words: filled(known.words.same, { date }) }
  return { words: filled(known.words.changed, { date, changed: spoken(known, since) }), then,
    now: known.wordings[latest] }
}

/**
 * The note beside the paragraph.
 * @param {Versions} known
 * @param {Verdict} found
 */
function note(known, found) {
  // Where both editions stand side by side, it says of which it speaks.
  const edition = document.querySelector(`.kb-row-names [lang="${known.language}"]`)?.textContent
  const box = element("aside",
    { class: "kb-note kb-cited", "aria-label": known.words.head, lang: document.documentElement.lang },
    element("p", { class: "kb-note-head" }, known.words.head + (edition ? `（${edition}）` : "")),
    element("p", { role: "status" }, ...[found.words].flat()))
  if (found.then) box.append(wordings(known, found.then, found.now))
  return box
}

/**
 * How the paragraph read when it was cited, and what was changed since.
 * @param {Versions} known
 * @param {string} then
 * @param {string | Part[]} [now]
 */
function wordings(known, then, now) {
  const more = element("details", {}, element("summary", {}, now ? known.words.difference : known.words.then))
  const parts = typeof now === "string" ? [{ id: "", text: now }] : now ?? []
  for (const { id, pieces } of compared(then, parts)) {
    if (parts.length > 1) more.append(element("p", { class: "kb-small" }, linked(known, id)))
    more.append(element("p", { class: "kb-cited-difference", lang: known.language },
      ...pieces.map(([kind, text]) => (kind === "same" ? text : element(kind, {}, text)))))
  }
  if (now) more.append(element("p", { class: "kb-small" }, known.words.then))
  more.append(element("blockquote", { lang: known.language }, then))
  return more
}

/**
 * What changed from `then` to all `parts` together, told part by part: what went from one to the next was not
 * taken away.
 * @param {string} then
 * @param {Part[]} parts
 * @returns {{id: string, pieces: ["same" | "del" | "ins", string][]}[]}
 */
export function compared(then, parts) {
  const pieces = parts.length ? difference(then, joined(parts.map(({ text }) => text))) : []
  return parts.map(({ id, text }, index) => {
    /** @type {["same" | "del" | "ins", string][]} */
    const own = []
    let left = index === parts.length - 1 ? Infinity : [...text].length
    while (pieces.length && left > 0) {
      const [kind, all] = pieces[0]
      const taken = kind === "del" ? all : [...all].slice(0, left).join("")
      if (kind !== "del") left -= [...taken].length
      own.push([kind, taken])
      if (taken.length === all.length) pieces.shift()
      else pieces[0] = [kind, all.slice(taken.length)]
    }
    return { id, pieces: own }
  })
}

async function checkCitation() {
  const cite = new URLSearchParams(location.search).get("cite")
  const place = placeOf()
  if (cite === null || !place) return
  document.querySelector(".kb-cited")?.remove()
  let box
  try {
    const [, day, cited] = CITE.exec(cite) ?? []
    const known = cites(await fetchVersions(), place.id, cited)
    box = note(known, day ? verdict(known, place.id, day, cited) : { words: known.words.unknown })
  } catch {
    box = element("aside", { class: "kb-note kb-cited", role: "status" },
      required("main").dataset.citedFailed ?? "")
  }
  if (place.matches("li, .kb-row")) place.append(box)
  else place.after(box)
}

checkCitation()
