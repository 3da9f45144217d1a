/**
 * Search: what stands in the texts, exactly, and what says the same in the other language.
 *
 * Every word of a query (what spaces part) is found wherever it stands, in any writing of its
 * characters; where it begins with a Latin letter, only at the start of a Latin word, unless nothing at
 * all is found so. Several words are found where each stands in the paragraph or its heading. A query
 * that is a term also finds the paragraphs that use its concept in the other language.
 */

import { fold, isLetter, marked, places, spelled, START, words } from "./folding.js"
import { forget, open, root } from "./search-index.js"

/**
 * @typedef {object} Hit
 * @property {string} url where it stands, with its id
 * @property {string} language of the text, as a BCP 47 tag
 * @property {string} page the title of its page
 * @property {string} section the heading it stands under, "" for none
 * @property {string | null} paragraph its id; null for titles and headings, and where there is none
 * @property {string} text in full
 * @property {[number, number][]} ranges of `text` that were found, from and to, in order
 * @property {"literal" | "concept"} match whether the words stand there, or a term of the same concept
 * @property {string} [concept] whose term stands there
 * @property {string[]} path the headings above it, the nearest last
 * @property {"title" | "term" | "heading" | "paragraph"} kind
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
/** @typedef {{points: number[], isLoose: boolean}} Word marked; a loose one stands anywhere */

const LANGUAGES = ["zh-Hans", "ja"]
const KINDS = /** @type {const} */ (["title", "term", "heading", "paragraph"])
/** Where so few units are left, reading their texts costs less than reading more of the index. */
const FEW = 8
/** How many grams of a word, or words of a query, are looked up at once. */
const AT_ONCE = 4

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
  return { ...found, hits: (from, to) => found.hits(from, to).catch(async () => (await again()).hits(from, to)) }
}

/** @param {string} query @param {string} language @returns {Promise<Found>} */
async function look(query, language) {
  const other = LANGUAGES.find((tag) => tag !== language)
  const index = await open(language)
  const variants = await index.variants()
  const { points } = fold(query, variants)
  const plain = marked(points)
  const asked = words(plain)
  if (!asked.length) return { literal: 0, concept: 0, ordinals: [], hits: async () => [] }
  const [{ counts, found }, meant] = await Promise.all([
    everyWord(index, asked), meaning(index, query, spelled(points), language, other)])

  const own = await Promise.all(meant.filter((one) => one.from === language)
    .map((one) => index.concept(one.concept, language)))
  const exact = new Set(own.flatMap((one) => one.uses))
  const isExact = (ordinal) => exact.has(ordinal) || own.some(({ own: [from, to] }) => ordinal >= from && ordinal < to)
  const ranked = byRank(counts, index.manifest.paragraphs, isExact)

  const crossed = [], known = new Set()
  for (const one of meant) {
    const there = one.to === language ? index : await open(one.to)
    const { uses, words: terms } = await index.concept(one.concept, one.to)
    for (const ordinal of uses) {
      // The same paragraph may use two concepts that one word names.
      if (known.has(`${one.to} ${ordinal}`) || (one.to === language && counts.has(ordinal))) continue
      known.add(`${one.to} ${ordinal}`)
      crossed.push({ index: there, ordinal, concept: one.concept, terms })
    }
  }
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
 * Units that hold every word, themselves or in the heading they stand under.
 * @param {Index} index
 * @param {number[][]} asked words, marked
 * @returns {Promise<{counts: Map<number, number>, found: Word[]}>} ordinals with how often words stand
 *   there, and the words as they were found
 */
async function everyWord(index, asked) {
  // The longest first: it leaves the fewest units.
  const left = [...asked].sort((one, two) => two.length - one.length)
  const found = []
  /** @type {Map<number, number> | null} */
  let counts = null
  const keep = async (word, isLoose, own) => {
    found.push({ points: word, isLoose })
    const all = asked.length > 1 ? await withHeadings(index, own) : own
    counts = counts ? both(counts, all) : all
  }
  while (left.length && (!counts || counts.size)) {
    const next = left.splice(0, counts?.size <= FEW ? 1 : AT_ONCE)
    if (counts?.size <= FEW) {
      const here = await inTexts(index, counts, next[0])
      if (here.size) {
        found.push({ points: next[0], isLoose: false })
        counts = here
        continue
      }
    }
    const looked = await Promise.all(next.map((word) => standing(index, word)))
    for (const [at, one] of looked.entries()) await keep(one.word, one.isLoose, one.counts)
  }
  return { counts: counts ?? new Map(), found }
}

/** @param {Map<number, number>} one @param {Map<number, number>} two @returns {Map<number, number>} */
function both(one, two) {
  const [small, large] = one.size < two.size ? [one, two] : [two, one]
  const found = new Map()
  for (const [ordinal, count] of small) {
    if (large.has(ordinal)) found.set(ordinal, count + large.get(ordinal))
  }
  return found
}

/**
 * @param {Index} index @param {Map<number, number>} own units that hold a word
 * @returns {Promise<Map<number, number>>} and the paragraphs under a heading that holds it
 */
async function withHeadings(index, own) {
  const all = new Map(own)
  const headings = [...own.keys()].filter((ordinal) => ordinal < index.manifest.paragraphs)
  for (const [from, to] of await index.under(headings)) {
    for (let ordinal = from; ordinal < to; ordinal++) {
      if (!all.has(ordinal) && !index.owners.has(ordinal)) all.set(ordinal, 0)
    }
  }
  return all
}

/**
 * Which of a few units hold a word, in their texts or headings.
 * @param {Index} index @param {Map<number, number>} counts @param {number[]} word
 * @returns {Promise<Map<number, number>>}
 */
async function inTexts(index, counts, word) {
  const variants = await index.variants()
  const here = new Map()
  const stands = (text) => places(marked(fold(text, variants).points), word).length
  await Promise.all([...counts].map(async ([ordinal, count]) => {
    const unit = await index.unit(ordinal)
    const times = stands(unit.text)
    const isParagraph = ordinal >= index.manifest.paragraphs
    if (times || (isParagraph && stands(unit.headings.at(-1) ?? unit.title))) here.set(ordinal, count + times)
  }))
  return here
}

/**
 * Units that hold a word. One that begins with a Latin letter is looked for at the start of Latin words,
 * and where no unit has it so, anywhere.
 * @param {Index} index
 * @param {number[]} word marked
 * @returns {Promise<{word: number[], isLoose: boolean, counts: Map<number, number>}>}
 */
async function standing(index, word) {
  const counts = await units(index, word)
  if (counts.size || word[0] < START) return { word, isLoose: false, counts }
  const loose = [word[0] - START, ...word.slice(1)]
  return { word: loose, isLoose: true, counts: await units(index, loose) }
}

/**
 * Units that hold `word` as it is, with how often. Grams that cover it must stand in consecutive places.
 * @param {Index} index
 * @param {number[]} word marked
 * @returns {Promise<Map<number, number>>}
 */
async function units(index, word) {
  const size = word.length
  if (size > index.manifest.longest) return new Map()
  if (size === 1) return (await index.posting(word))?.units ?? new Map()
  const left = cover(word)
  /** @type {number[] | null} */
  let starts = null
  while (left.length && (!starts || starts.length)) {
    const next = await Promise.all(left.splice(0, AT_ONCE).map(([offset, length]) => gram(index, word, offset, length)))
    if (next.some((one) => !one)) return new Map()
    for (const one of next) {
      if (one.units) return one.units
      starts = starts ? shared(starts, one.places) : one.places
    }
    if (left.length && starts.length && starts.length <= FEW) {
      starts = await proven(index, word, starts)
      break
    }
  }
  const counts = new Map()
  for (const place of starts) {
    const ordinal = index.ordinal(place)
    counts.set(ordinal, (counts.get(ordinal) ?? 0) + 1)
  }
  return counts
}

/**
 * Grams that cover a word: six or four letters where as many stand in a row (LETTERS in grams.py), else two
 * characters.
 * @param {number[]} word marked
 * @returns {[number, number][]} where each begins and how long it is; ends and middle first
 */
function cover(word) {
  /** @type {[number, number][]} */
  const all = []
  for (let at = 0; at < word.length;) {
    let from = at, to = at
    while (from > 0 && isLetter(word[from - 1])) from--
    while (to < word.length && isLetter(word[to])) to++
    const length = to > at ? [6, 4].find((one) => to - from >= one) ?? 2 : 2
    const offset = Math.min(at, (length > 2 ? to : word.length) - length)
    all.push([offset, length])
    at = offset + length
  }
  if (all.length <= AT_ONCE) return all
  const first = [0, 1, 2, 3].map((third) => all[Math.floor((third * (all.length - 1)) / 3)])
  return [...first, ...all.filter((one) => !first.includes(one))]
}

/**
 * The places of a gram of `word`, as places where the word would begin. A gram that is too frequent to
 * have places is made longer.
 * @param {Index} index @param {number[]} word @param {number} offset @param {number} size
 * @returns {Promise<{places?: number[], units?: Map<number, number>} | null>} units where the gram is
 *   the whole word
 */
async function gram(index, word, offset, size) {
  const found = await index.posting(word.slice(offset, offset + size), size === word.length)
  if (!found) return null
  if (found.places) return { places: found.places.map((place) => place - offset) }
  if (found.units) return found
  return offset + size < word.length ? gram(index, word, offset, size + 1) : gram(index, word, offset - 1, size + 1)
}

/** @param {number[]} one @param {number[]} two both ascending @returns {number[]} what both have */
function shared(one, two) {
  const found = []
  for (let a = 0, b = 0; a < one.length && b < two.length;) {
    if (one[a] === two[b]) found.push(one[a])
    if (one[a] <= two[b]) a++
    else b++
  }
  return found
}

/** @param {Index} index @param {number[]} word @param {number[]} starts @returns {Promise<number[]>} where it truly stands */
async function proven(index, word, starts) {
  const variants = await index.variants()
  const kept = await Promise.all(starts.map(async (place) => {
    const ordinal = index.ordinal(place)
    const text = marked(fold((await index.unit(ordinal)).text, variants).points)
    const at = place - ordinal * index.manifest.places
    return at >= 0 && word.every((point, one) => text[at + one] === point)
  }))
  return starts.filter((_, one) => kept[one])
}

/**
 * @param {Map<number, number>} counts @param {number} paragraphs where they begin
 * @param {(ordinal: number) => boolean} isExact
 * @returns {number[]} ordinals by rank
 */
function byRank(counts, paragraphs, isExact) {
  const most = 4095
  // One number for each: the kind of hit, then how often, then the ordinal, which is newer first.
  const keys = Float64Array.from(counts, ([ordinal, count]) => {
    const kind = ordinal < paragraphs ? 0 : isExact(ordinal) ? 1 : 2
    return (kind * (most + 1) + most - Math.min(count, most)) * 2 ** 32 + ordinal
  })
  return Array.from(keys.sort(), (key) => key % 2 ** 32)
}

/**
 * The concepts that a query is a term of. A term of the reader's own language leads to the other; one of
 * the other language leads here, if it is written just so and no false friend of a word here.
 * @param {Index} index @param {string} query @param {string} folded
 * @param {string} language @param {string} other
 * @returns {Promise<{concept: string, from: string, to: string}[]>}
 */
async function meaning(index, query, folded, language, other) {
  const written = spelled(fold(query).points)
  let forms = await index.forms(folded)
  const exact = forms.filter(([, , form]) => form === written)
  if (exact.length) forms = exact
  const here = forms.filter(([, tag]) => tag === language)
  if (here.length) return here.map(([concept]) => ({ concept, from: language, to: other }))
  return exact.filter(([, , , isFalseFriend]) => !isFalseFriend)
    .map(([concept]) => ({ concept, from: other, to: language }))
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
  const at = (address) => new URL(address + (unit.anchor && `#${unit.anchor}`), root).href
  const isParagraph = KINDS[unit.kind] === "paragraph"
  return {
    url: at(unit.address),
    language: index.tag,
    page: unit.title,
    section: unit.headings.at(-1) ?? "",
    paragraph: isParagraph && unit.isOwn ? unit.anchor : null,
    text: unit.text,
    ranges: [],
    match: "literal",
    path: unit.headings,
    kind: KINDS[unit.kind],
    date: unit.date,
    twin: unit.hasTwin ? at(unit.twin) : null,
  }
}

/** @param {Index} index @param {number} ordinal @param {Word[]} found @param {import("./folding.js").Variants} variants */
async function literal(index, ordinal, found, variants) {
  const hit = await plainHit(index, ordinal)
  return { ...hit, ranges: rangesOf(hit.text, found, variants) }
}

/** @param {{index: Index, ordinal: number, concept: string, terms: string[]}} one @returns {Promise<Hit>} */
async function conceptual({ index, ordinal, concept, terms }) {
  const hit = await plainHit(index, ordinal)
  const ranges = terms.flatMap((term) => {
    const found = []
    for (let at = hit.text.indexOf(term); at >= 0; at = hit.text.indexOf(term, at + 1)) {
      const inWord = /\w/.test(term[0]) && /\w/.test(hit.text[at - 1] ?? "")
        || /\w/.test(term.at(-1)) && /\w/.test(hit.text[at + term.length] ?? "")
      if (!inWord) found.push([at, at + term.length])
    }
    return found
  })
  return { ...hit, ranges: merged(ranges), match: "concept", concept }
}

/**
 * Where words stand in a text.
 * @param {string} text @param {Word[]} found @param {import("./folding.js").Variants} variants
 * @returns {[number, number][]} ranges of `text`
 */
export function rangesOf(text, found, variants) {
  const { points, starts, ends } = fold(text, variants)
  const strict = marked(points)
  return merged(found.flatMap(({ points: word }) =>
    places(strict, word).map((at) => [starts[at], ends[at + word.length - 1]])))
}

/** @param {[number, number][]} ranges @returns {[number, number][]} in order, none touching another */
function merged(ranges) {
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
  const pieces = (text) => {
    const points = fold(text.slice(0, 100), variants).points.filter((point) => point !== 0x20)
    return new Set([...points.filter((point) => point >= 0x2000),
      ...points.slice(1).map((point, at) => `${points[at]} ${point}`)])
  }
  const asked = pieces(query)
  const likeness = (form) => {
    const own = pieces(form)
    return [...own].filter((one) => asked.has(one)).length / (own.size + asked.size || 1)
  }
  return terms
    .map(([address, term, ...forms]) => ({
      url: new URL(address, root).href, term, likeness: Math.max(...[term, ...forms].map(likeness)),
    }))
    .filter((one) => one.likeness > 0.1)
    .sort((one, two) => two.likeness - one.likeness)
    .slice(0, limit)
    .map(({ url, term }) => ({ url, term }))
}
