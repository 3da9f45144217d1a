/**
 * Which units hold the words of a query. In: the index of a language, and words, folded and marked. Out: the
 * ordinals of units, each with how often the words stand there. Only as much of the index is read as the
 * words need.
 */

import { fold, isLetter, marked, places, START } from "./folding.js"

/** @typedef {import("./search-index.js").Index} Index */
/** @typedef {Map<number, number>} Counts ordinals, each with how often words stand there */
/** @typedef {{points: number[], isLoose: boolean}} Word marked; a loose one stands anywhere */

/** Where so few units are left, reading their texts costs less than reading more of the index. */
const FEW = 8
/** How many grams of a word, or words of a query, are looked up at once. */
const AT_ONCE = 4

/**
 * Units that hold every word, themselves or in the heading they stand under.
 * @param {Index} index
 * @param {number[][]} asked words, marked
 * @returns {Promise<{counts: Counts, found: Word[]}>} ordinals with how often words stand
 *   there, and the words as they were found
 */
export async function everyWord(index, asked) {
  // The longest first: it leaves the fewest units.
  const left = [...asked].sort((one, two) => two.length - one.length)
  /** @type {Word[]} */
  const found = []
  /** @type {Counts | null} */
  let counts = null
  while (left.length && (!counts || counts.size)) {
    /** @type {Counts | null} */
    const few = counts && counts.size <= FEW ? counts : null
    /** @type {number[][]} */
    const next = left.splice(0, few ? 1 : AT_ONCE)
    /** @type {Counts | null} */
    const here = few && await inTexts(index, few, next[0])
    if (here?.size) {
      found.push({ points: next[0], isLoose: false })
      counts = here
      continue
    }
    for (const { word, isLoose, counts: own } of await Promise.all(next.map((one) => standing(index, one)))) {
      found.push({ points: word, isLoose })
      /** @type {Counts} */
      const all = asked.length > 1 ? await withHeadings(index, own) : own
      counts = counts ? both(counts, all) : all
    }
  }
  return { counts: counts ?? new Map(), found }
}

/** @param {Counts} one @param {Counts} two @returns {Counts} */
function both(one, two) {
  const [small, large] = one.size < two.size ? [one, two] : [two, one]
  const found = new Map()
  for (const [ordinal, count] of small) {
    const more = large.get(ordinal)
    if (more !== undefined) found.set(ordinal, count + more)
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
  /** @param {string} text */
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
  const counts = await allUnits(index, word)
  for (const ordinal of counts.keys()) if (ordinal >= index.manifest.earlier) counts.delete(ordinal)
  return counts
}

/** As `units`, with earlier wordings, which are for those who check a quotation.
 *  @param {Index} index @param {number[]} word @returns {Promise<Map<number, number>>} */
async function allUnits(index, word) {
  const size = word.length
  if (size > index.manifest.longest) return new Map()
  if (size === 1) return (await index.posting(word))?.units ?? new Map()
  const left = cover(word)
  /** @type {number[] | null} */
  let starts = null
  while (left.length && (!starts || starts.length)) {
    const next = await Promise.all(left.splice(0, AT_ONCE)
      .map(([offset, length]) => gram(index, word, offset, length)))
    for (const one of next) {
      if (!one) return new Map()
      if (one.units) return one.units
      starts = starts ? shared(starts, one.places ?? []) : one.places ?? []
    }
    if (left.length && starts?.length && starts.length <= FEW) {
      starts = await proven(index, word, starts)
      break
    }
  }
  const counts = new Map()
  for (const place of starts ?? []) {
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
export async function gram(index, word, offset, size) {
  const found = await index.posting(word.slice(offset, offset + size), size === word.length)
  if (!found) return null
  if (found.places) return { places: found.places.map((place) => place - offset) }
  if (found.units) return found
  return gram(index, word, offset + size < word.length ? offset : offset - 1, size + 1)
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

/**
 * @param {Index} index @param {number[]} word @param {number[]} starts
 * @returns {Promise<number[]>} where it truly stands
 */
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

