/**
 * Whether a quotation is real, and where it is from. In: any quotation in Chinese or Japanese, as
 * somebody wrote it down. Out: the paragraphs that it may have been taken from, earlier wordings among
 * them, how each differs from it, and a verdict. Where nothing reads like it: what shares its names,
 * figures and Chinese characters, in both languages, as a machine translation would. Asks this site for a
 * part of the search's files; nothing of the quotation is sent. Refuses nothing; of a very long quotation
 * only the beginning is looked at.
 */

import { align, isWord, quotation } from "./alignment.js"
import { Search } from "./candidates.js"
import { opened } from "./disk.js"
import { forget, open, root } from "./search-index.js"

/** @typedef {import("./alignment.js").Alignment} Alignment */
/** @typedef {import("./alignment.js").Quotation} Quotation */
/** @typedef {import("./search-index.js").Index} Index */
/** @typedef {import("./search-index.js").Unit} Unit */
/**
 * @typedef {"exact" | "marks" | "altered" | "none" | "short"} Verdict `marks`: the letters are the same,
 *   while marks or forms of characters differ; `short`: too little to tell anything
 */
/**
 * @typedef {object} Place
 * @property {string} url where it stands, with its id
 * @property {string} address of its page below the site's root
 * @property {string} anchor the nearest id
 * @property {string} language of the text, as a BCP 47 tag
 * @property {string} page the title of its page
 * @property {string} section the heading it stands under, "" for none
 * @property {string | null} paragraph its id; null for what is no paragraph, or has no id of its own
 * @property {string} text in full
 * @property {"title" | "term" | "heading" | "paragraph" | "other" | "earlier"} kind
 * @property {string | null} twin the same paragraph in the other language
 * @property {{since: string, until: string, fingerprint: string} | null} earlier of a wording that stands
 *   there no more: its days (ISO 8601; `until` may be ""), and its name
 */
/** @typedef {Place & Alignment & {verdict: Verdict}} Match */
/**
 * @typedef {Place & {words: string[], share: number}} Related `words` that both have, as the text writes
 *   them; `share` of what is rare in the quotation, from 0 to 1
 */
/**
 * @typedef {{verdict: Verdict, letters: number, matches: Match[], related: Related[]}} Answer the best
 *   first; `verdict` is that of the first match
 */

const LANGUAGES = ["zh-Hans", "ja"]
const KINDS = /** @type {const} */ (["title", "term", "heading", "paragraph", "other", "earlier"])
const EARLIER = KINDS.indexOf("earlier")
const PARAGRAPH = /^p\d+[a-z]*$/
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u
/** Fewer letters tell nothing, and of more the rest is not looked at. */
const LEAST = 4, MOST = 1200
/** How many grams are looked up at once, at most in the language of the quotation, and in the other one.
 *  Where a fifth of the letters is altered, more than half still stand; hardly any other text has as many. */
const STEP = 8, ENOUGH = 24, ELSEWHERE = 16
/** How many texts are laid beside a quotation: while more is looked up, and in the end. */
const FIRST = 1, LAST = 8
/** What agrees so well is the place that was looked for; of a short quotation all is looked up, which is soon
 *  done. */
const SURE = 0.9, SHORT = 24
/** Of what is rare in a quotation, so much must be in a text to be called related. */
const RELATED = 0.2
/** What a translation leaves as it is: pairs of Chinese characters, Latin words, figures. */
const RARE = [/\p{Script=Han}/u, /[\p{Script=Latin}\p{M}]/u, /\p{N}/u]

/**
 * @param {number} weight of a quotation
 * @returns {number} how much of it must agree: a short one is soon like something
 */
export const needed = (weight) => Math.max(0.5, 0.84 - weight * 0.007)

/**
 * @param {string} text a quotation
 * @param {{limit?: number, languages?: string[]}} [options] `languages` in which to look, the likeliest first
 * @returns {Promise<Answer>}
 */
export async function check(text, { limit = 3, languages = likely(text) } = {}) {
  const run = () => look(text, languages, limit)
  // What fails once may be there anew: the site may have been published since the manifest was read.
  return run().catch(() => {
    forget()
    return run()
  })
}

/** @param {string} text @returns {string[]} the languages it may be in, the likelier first */
function likely(text) {
  return KANA.test(text) ? [...LANGUAGES].reverse() : LANGUAGES
}

/** @param {string} text @param {string[]} languages @param {number} limit @returns {Promise<Answer>} */
async function look(text, languages, limit) {
  const index = await open(languages[0])
  const variants = await index.variants()
  const quoted = quotation([...text].slice(0, MOST).join(""), variants)
  const { letters, weight } = quoted
  if (letters < LEAST) return { verdict: "short", letters, matches: [], related: [] }
  /** @type {Search[]} */
  const searches = []
  /** @type {Match[]} */
  let matches = []
  for (const [number, tag] of languages.entries()) {
    const search = new Search(await open(tag), quoted.points)
    searches.push(search)
    const found = await inOne(search, quoted, variants, number ? ELSEWHERE : ENOUGH)
    matches = [...matches, ...found].sort(better)
    if (matches[0]?.agreement >= needed(weight)) break
  }
  const fit = matches.filter(({ agreement }) => agreement >= needed(weight))
  const related = fit.length ? [] : await relatives(searches, quoted, variants, limit)
  return { verdict: fit[0]?.verdict ?? "none", letters, matches: fit.slice(0, limit), related }
}

/**
 * The page that has a title like this one.
 * @param {string} title
 * @returns {Promise<Match | null>} null where none has
 */
export async function titled(title) {
  for (const tag of likely(title)) {
    const index = await open(tag)
    const variants = await index.variants()
    const quoted = quotation(title, variants)
    const search = new Search(index, quoted.points)
    await search.on(ENOUGH)
    const all = await Promise.all(search.best(LAST, index.manifest.paragraphs).map(async ({ ordinal }) =>
      matched(index, await index.unit(ordinal), quoted, variants)))
    const [best] = all.filter(({ kind }) => kind === "title").sort(better)
    if (best?.agreement >= SURE) return best
  }
  return null
}

/**
 * @param {Match} one
 * @param {Match} two
 * @returns {number} what agrees better first, then what stands today
 */
function better(one, two) {
  return one.cost - two.cost || Number(Boolean(one.earlier)) - Number(Boolean(two.earlier))
}

/**
 * What is most like a quotation in one language.
 * @param {Search} search @param {Quotation} quoted @param {import("./folding.js").Variants} variants
 * @param {number} most how many grams are looked up
 * @returns {Promise<Match[]>} the best first
 */
async function inOne(search, quoted, variants, most) {
  /** @type {Map<number, Match>} */
  const known = new Map()
  /** @param {number} many */
  const laid = async (many) => {
    const fresh = search.best(many).filter(({ ordinal }) => !known.has(ordinal))
    await Promise.all(fresh.map(async ({ ordinal }) => {
      known.set(ordinal, matched(search.index, await search.index.unit(ordinal), quoted, variants))
    }))
    return [...known.entries()].sort(([a, one], [b, two]) => better(one, two) || a - b).map(([, one]) => one)
  }
  for (let asked = 0, more = 1; more && asked < most; asked += more) {
    more = await search.on(Math.min(STEP, most - asked))
    const [first] = await laid(FIRST)
    if (first?.agreement >= (quoted.letters < SHORT ? 1 : SURE)) break
  }
  return laid(LAST)
}

/**
 * @param {Index} index @param {Unit} unit
 * @param {Quotation} quoted @param {import("./folding.js").Variants} variants
 * @returns {Match}
 */
function matched(index, unit, quoted, variants) {
  const laid = align(quoted, unit.text, variants)
  const isSame = laid.pieces.every(({ kind, text }) => ["same", "gap", "before", "after"].includes(kind)
    || !text.trim())
  const verdict = laid.letters ? "altered" : isSame ? "exact" : "marks"
  return { ...placed(index, unit), ...laid, verdict }
}

/** @param {Index} index @param {Unit} unit @returns {Place} */
function placed(index, unit) {
  const anchor = unit.anchor && `#${unit.anchor.replaceAll("%", "%25")}`
  /** @param {string} address */
  const at = (address) => opened(new URL(address + anchor, root))
  const isParagraph = [EARLIER, KINDS.indexOf("paragraph")].includes(unit.kind) && unit.isOwn
    && PARAGRAPH.test(unit.anchor)
  const [since, until, fingerprint] = unit.stood ?? []
  return {
    url: at(unit.address), address: unit.address, anchor: unit.anchor, language: index.tag, page: unit.title,
    section: unit.headings.at(-1) ?? "", paragraph: isParagraph ? unit.anchor : null, text: unit.text,
    kind: KINDS[unit.kind], twin: unit.hasTwin ? at(unit.twin) : null,
    earlier: unit.stood ? { since: since ?? "", until: until ?? "", fingerprint: fingerprint ?? "" } : null,
  }
}

/**
 * What has most in common with a quotation that stands nowhere.
 * @param {Search[]} searches @param {Quotation} quoted
 * @param {import("./folding.js").Variants} variants
 * @param {number} limit of each language
 * @returns {Promise<Related[]>}
 */
async function relatives(searches, quoted, variants, limit) {
  const asked = rare(quoted)
  const every = [...asked.values()].reduce((sum, { weight }) => sum + weight, 0) || 1
  const all = await Promise.all(searches.map(async (search) => {
    return Promise.all(search.best(LAST, search.index.manifest.earlier).map(async ({ ordinal }) => {
      const unit = await search.index.unit(ordinal)
      const own = rare(quotation(unit.text, variants))
      const shared = [...own].filter(([word]) => asked.has(word))
      const share = shared.reduce((sum, [, { weight }]) => sum + weight, 0) / every
      return { ...placed(search.index, unit), words: joined(shared.map(([, { written }]) => written)), share }
    }))
  }))
  return all.map((found) => found.filter(({ kind, share }) => kind !== "other" && share >= RELATED)
    .sort((one, two) => two.share - one.share).slice(0, limit)).flat()
    .sort((one, two) => two.share - one.share)
}

/**
 * What a translation leaves as it is: Latin words, figures, pairs of Chinese characters.
 * @param {Quotation} quoted
 * @returns {Map<string, {weight: number, written: string}>} folded, each with what it counts for and how
 *   it is written
 */
function rare({ points, starts, ends, text }) {
  const characters = points.map((point) => (isWord(point) ? String.fromCodePoint(point) : " "))
  /** @type {Map<string, {weight: number, written: string}>} */
  const found = new Map()
  for (let at = 0; at < characters.length;) {
    const kind = RARE.find((one) => one.test(characters[at]))
    let to = at + 1
    while (kind && to < characters.length && kind.test(characters[to])) to++
    const isHan = kind === RARE[0]
    for (let from = at, end = isHan ? at + 2 : to; kind && end <= to; from++, end++) {
      const word = characters.slice(from, end).join("")
      const isLong = isHan || kind === RARE[2] || end - from > 1
      if (isLong && !found.has(word)) {
        found.set(word, { weight: isHan ? 1 : 2, written: text.slice(starts[from], ends[end - 1]) })
      }
    }
    at = to
  }
  return found
}

/** @param {string[]} words in the order of the text @returns {string[]} pairs that go on, as one */
function joined(words) {
  /** @type {string[]} */
  const found = []
  for (const word of words) {
    const last = found.at(-1)
    const goesOn = last && /^\p{Script=Han}+$/u.test(last + word) && [...last].at(-1) === [...word][0]
    if (goesOn) found[found.length - 1] = last + [...word].slice(1).join("")
    else found.push(word)
  }
  return found
}
