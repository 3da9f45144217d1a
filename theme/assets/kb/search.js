/**
 * Search: what stands in the texts, exactly, and what says the same in the other language.
 *
 * Every word of a query (what spaces part) is found wherever it stands, in any writing of its
 * characters; where it begins with a Latin letter, only at the start of a Latin word, unless nothing at
 * all is found so. Several words are found where each stands in the paragraph or its heading. A query
 * that is a term also finds the paragraphs that use its concept in the other language.
 */

import { opened } from "./disk.js"
import { fold, marked, places, spelled, words } from "./folding.js"
import { forget, open, root } from "./search-index.js"
import { everyWord } from "./search-units.js"

/**
 * @typedef {object} Hit
 * @property {string} url where it stands, with its id
 * @property {string} language of the text, as a BCP 47 tag
 * @property {string} page the title of its page
 * @property {string} section the heading it stands under, "" for none
 * @property {string | null} paragraph its id; null for what is no paragraph, or has no id of its own
 * @property {string} text in full
 * @property {[number, number][]} ranges of `text` that were found, from and to, in order
 * @property {"literal" | "concept"} match whether the words stand there, or a term of the same concept
 * @property {string} [concept] whose term stands there
 * @property {string[]} path the headings above it, the nearest last
 * @property {"title" | "term" | "heading" | "paragraph" | "other"} kind other: whatever else the page shows
 * @property {string} date of the page, "" for none
 * @property {string | null} twin the same paragraph in the other language
 */

/**
 * @typedef {object} Found everything that was found, without its texts
 * @property {number} literal how many hits have the words
 * @property {number} concept how many more have a term of the same concept
 * @property {number[]} ordinals of the hits that have the words, as the index numbers them, by rank
 * @property {(from: number, to: number) => Promise<Hit[]>} hits some of them, in order of rank
 */

/** @typedef {import("./search-index.js").Index} Index */
/** @typedef {import("./search-units.js").Word} Word */
/** @typedef {{concept: string, file: string, from: string, to: string}} Meaning a concept and its file, the
 *   language of the query's word for it, and the language in which it is to be found */
/** @typedef {{index: Index, ordinal: number, concept: string, terms: string[], notIn: string[]}} Crossing
 *   `notIn` are words that hold a term and are not it */

const LANGUAGES = ["zh-Hans", "ja"]
const KINDS = /** @type {const} */ (["title", "term", "heading", "paragraph", "other"])
const PARAGRAPH = /^p\d+[a-z]*$/

/**
 * @param {string} query
 * @param {{language?: string, limit?: number}} [options] the language of the page, and all hits, if not
 *   said otherwise
 * @returns {Promise<Hit[]>} by rank: titles and headings, then where the query is a term, then where it
 *   stands more often, then newer pages; what is found by concept comes last
 */
export async function search(query, { language = document.documentElement.lang, limit = Infinity } = {}) {
  const found = await find(query, { language })
  return found.hits(0, Math.min(limit, found.literal + found.concept))
}

/**
 * @param {string} query
 * @param {{language?: string}} [options]
 * @returns {Promise<Found>}
 */
export async function find(query, { language = document.documentElement.lang } = {}) {
  // What fails once may be there anew: the site may have been published since the manifest was read.
  const again = () => {
    forget()
    return look(query, language)
  }
  const found = await look(query, language).catch(again)
  return { ...found,
    hits: (from, to) => found.hits(from, to).catch(async () => (await again()).hits(from, to)) }
}

/** @param {string} query @param {string} language @returns {Promise<Found>} */
async function look(query, language) {
  const index = await open(language)
  const variants = await index.variants()
  const { points } = fold(query, variants)
  const asked = words(marked(points))
  if (!asked.length) return { literal: 0, concept: 0, ordinals: [], hits: async () => [] }
  const [{ counts, found }, meant] = await Promise.all([
    everyWord(index, asked), meaning(index, query, spelled(points), language)])
  const ranked = byRank(counts, index.manifest, await usesIn(index, meant))
  const crossed = await crossings(index, meant, counts)
  return {
    literal: ranked.length,
    concept: crossed.length,
    ordinals: ranked,
    hits: (from, to) => inBatches([
      ...ranked.slice(from, to).map((ordinal) => () => literal(index, ordinal, found, variants)),
      ...crossed.slice(Math.max(0, from - ranked.length), Math.max(0, to - ranked.length))
        .map((one) => () => conceptual(one)),
    ]),
  }
}

/**
 * @param {Index} index @param {Meaning[]} meant
 * @returns {Promise<(ordinal: number) => boolean>} whether a unit is known to use what is meant
 */
async function usesIn(index, meant) {
  const all = await Promise.all(meant.filter((one) => one.from === index.tag)
    .map((one) => index.concept(one.file, index.tag)))
  const uses = new Set(all.flatMap((one) => one.uses))
  return (ordinal) => uses.has(ordinal) || all.some(({ own: [from, to] }) => ordinal >= from && ordinal < to)
}

/**
 * What says the same in other words.
 * @param {Index} index @param {Meaning[]} meant
 * @param {import("./search-units.js").Counts} counts what has the words themselves
 * @returns {Promise<Crossing[]>}
 */
async function crossings(index, meant, counts) {
  /** @type {Crossing[]} */
  const crossed = []
  const known = new Set()
  for (const one of meant) {
    const there = one.to === index.tag ? index : await open(one.to)
    const { uses, words: terms, notIn } = await index.concept(one.file, one.to)
    for (const ordinal of uses) {
      // The same paragraph may use two concepts that one word names.
      if (known.has(`${one.to} ${ordinal}`) || (one.to === index.tag && counts.has(ordinal))) continue
      known.add(`${one.to} ${ordinal}`)
      crossed.push({ index: there, ordinal, concept: one.concept, terms, notIn })
    }
  }
  return crossed
}

/**
 * @param {import("./search-units.js").Counts} counts
 * @param {import("./search-index.js").Manifest} manifest where paragraphs begin, and what is no paragraph
 * @param {(ordinal: number) => boolean} isExact
 * @returns {number[]} ordinals by rank
 */
function byRank(counts, { paragraphs, others = Infinity }, isExact) {
  const most = 4095
  // One number for each: the kind of hit, then how often, then the ordinal, which is newer first.
  const keys = Float64Array.from(counts, ([ordinal, count]) => {
    const kind = ordinal < paragraphs ? 0 : ordinal >= others ? 3 : isExact(ordinal) ? 1 : 2
    return (kind * (most + 1) + most - Math.min(count, most)) * 2 ** 32 + ordinal
  })
  return Array.from(keys.sort(), (key) => key % 2 ** 32)
}

/**
 * The concepts that a query is a term of. A term of the reader's own language leads to the other; one of
 * the other language leads here, if it is written just so and no false friend of a word here.
 * @param {Index} index @param {string} query @param {string} folded
 * @param {string} language
 * @returns {Promise<Meaning[]>}
 */
async function meaning(index, query, folded, language) {
  const other = LANGUAGES.find((tag) => tag !== language) ?? language
  const written = spelled(fold(query).points)
  let forms = await index.forms(folded)
  const exact = forms.filter(([, , form]) => form === written)
  if (exact.length) forms = exact
  const here = forms.filter(([, tag]) => tag === language)
  /** @param {[string, string, string, number, string]} form */
  const file = ([concept, , , , name]) => `${concept}-${name}`
  if (here.length) {
    return here.map((form) => ({ concept: form[0], file: file(form), from: language, to: other }))
  }
  return exact.filter(([, , , isFalseFriend]) => !isFalseFriend)
    .map((form) => ({ concept: form[0], file: file(form), from: other, to: language }))
}

/** @param {(() => Promise<Hit>)[]} tasks @returns {Promise<Hit[]>} */
async function inBatches(tasks) {
  const hits = []
  while (hits.length < tasks.length) {
    hits.push(...await Promise.all(tasks.slice(hits.length, hits.length + 32).map((task) => task())))
  }
  return hits
}

/**
 * @param {Index} index @param {number} ordinal
 * @returns {Promise<Hit>} without what was found in it
 */
async function plainHit(index, ordinal) {
  const unit = await index.unit(ordinal)
  const anchor = unit.anchor && `#${unit.anchor.replaceAll("%", "%25")}`
  /** @param {string} address */
  const at = (address) => opened(new URL(address + anchor, root))
  const isParagraph = KINDS[unit.kind] === "paragraph" && unit.isOwn && PARAGRAPH.test(unit.anchor)
  return {
    url: at(unit.address),
    language: index.tag,
    page: unit.title,
    section: unit.headings.at(-1) ?? "",
    paragraph: isParagraph ? unit.anchor : null,
    text: unit.text,
    ranges: [],
    match: "literal",
    path: unit.headings,
    kind: KINDS[unit.kind],
    date: unit.date,
    twin: unit.hasTwin ? at(unit.twin) : null,
  }
}

/**
 * @param {Index} index @param {number} ordinal @param {Word[]} found
 * @param {import("./folding.js").Variants} variants
 * @returns {Promise<Hit>}
 */
async function literal(index, ordinal, found, variants) {
  const hit = await plainHit(index, ordinal)
  return { ...hit, ranges: rangesOf(hit.text, found, variants) }
}

/** @param {Crossing} one @returns {Promise<Hit>} */
async function conceptual({ index, ordinal, concept, terms, notIn }) {
  const hit = await plainHit(index, ordinal)
  const others = notIn.flatMap((word) => wholeWords(hit.text, word))
  const ranges = terms.flatMap((term) => wholeWords(hit.text, term))
    .filter(([from, to]) => !others.some(([start, end]) => start <= from && to <= end))
  return { ...hit, ranges: merged(ranges), match: "concept", concept }
}

/** Where a term stands in a text, not within a Latin word. @param {string} text @param {string} term */
function wholeWords(text, term) {
  /** @type {[number, number][]} */
  const found = []
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    const inWord = /\w/.test(term[0]) && /\w/.test(text[at - 1] ?? "")
      || /\w/.test(term.slice(-1)) && /\w/.test(text[at + term.length] ?? "")
    if (!inWord) found.push([at, at + term.length])
  }
  return found
}

/**
 * Where words stand in a text.
 * @param {string} text @param {Word[]} found @param {import("./folding.js").Variants} variants
 * @returns {[number, number][]} ranges of `text`
 */
export function rangesOf(text, found, variants) {
  const { points, starts, ends } = fold(text, variants)
  const strict = marked(points)
  return merged(found.flatMap(({ points: word }) => places(strict, word).map((at) =>
    /** @type {[number, number]} */ ([starts[at], ends[at + word.length - 1]]))))
}

/** @param {[number, number][]} ranges @returns {[number, number][]} in order, none touching another */
function merged(ranges) {
  /** @type {[number, number][]} */
  const found = []
  for (const [from, to] of ranges.sort((one, two) => one[0] - two[0])) {
    const last = found.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else found.push([from, to])
  }
  return found
}

/**
 * The terms of the glossary that are most like a query, for a reader who found nothing.
 * @param {string} query
 * @param {{language?: string, limit?: number}} [options]
 * @returns {Promise<{url: string, term: string}[]>} at most `limit`, the nearest first
 */
export async function nearest(query, { language = document.documentElement.lang, limit = 5 } = {}) {
  const index = await open(language)
  const [variants, terms] = await Promise.all([index.variants(), index.terms()])
  /** @param {string} text */
  const pieces = (text) => {
    const points = fold(text.slice(0, 100), variants).points.filter((point) => point !== 0x20)
    return new Set([...points.filter((point) => point >= 0x2000),
      ...points.slice(1).map((point, at) => `${points[at]} ${point}`)])
  }
  const asked = pieces(query)
  /** @param {string} form */
  const likeness = (form) => {
    const own = pieces(form)
    return [...own].filter((one) => asked.has(one)).length / (own.size + asked.size || 1)
  }
  return terms
    .map(([address, term, ...forms]) => ({
      url: opened(new URL(address, root)), term, likeness: Math.max(...[term, ...forms].map(likeness)),
    }))
    .filter((one) => one.likeness > 0.1)
    .sort((one, two) => two.likeness - one.likeness)
    .slice(0, limit)
    .map(({ url, term }) => ({ url, term }))
}
