/**
 * Which units a quotation may have been taken from. In: the index of a language and a quotation, folded. Out:
 * ordinals with scores, the likeliest first. Few characters in a row are looked up, spread over all of the
 * quotation, so that no alteration hides all of them; rare ones say more than frequent ones, and those that
 * stand as far from each other as in the quotation more than others. Refuses nothing; earlier wordings are
 * among the units.
 */

import { isWord } from "./alignment.js"
import { isLetter, marked, START } from "./folding.js"
import { gram } from "./search-units.js"

/** @typedef {import("./search-index.js").Index} Index */
/** @typedef {[number, number]} Gram where it begins, and how long it is */
/**
 * @typedef {{offset: number, weight: number, shift: number}} Standing a gram in a unit: how rare it is,
 *   and how much later it stands there than in the quotation
 */

/** How far grams may be from where the quotation has them, in characters, and as a part of it. */
const SLACK = 4, STRETCH = 0.2
/** Of so many units the shifts are looked at, and of none that has so much less than another. */
const LOOKED_AT = 64, LIKELY = 0.25
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u

/**
 * Pairs of characters, and where four letters or more stand in a row, four or six of them, all along the row;
 * last the pairs in such rows, for one in which a letter is altered.
 * @param {number[]} points marked
 * @returns {Gram[]} in such an order that any first part of them is spread evenly
 */
export function grams(points) {
  /** @type {Gram[]} */
  const found = []
  /** @type {Gram[]} */
  const within = []
  for (let at = 0; at < points.length - 1; at++) {
    if (!isWord(points[at] % START) || !isWord(points[at + 1] % START)) continue
    let from = at, to = at
    while (from > 0 && isLetter(points[from - 1]) && isLetter(points[from])) from--
    while (to < points.length && isLetter(points[to])) to++
    const size = to - from >= 6 ? 6 : to - from >= 4 ? 4 : 2
    if (size === 2 || !isLetter(points[at])) found.push([at, 2])
    else if (at + 2 <= to) within.push([at, 2])
    if (size === 2 || !isLetter(points[at])) continue
    if ((at - from) % size === 0 && at + size <= to) found.push([at, size])
    else if (at === to - size) found.push([at, size])
  }
  return [...spread(found), ...spread(within)]
}

/** @template T @param {T[]} all @returns {T[]} the middle, then the middles of both halves, and so on */
function spread(all) {
  const bits = Math.ceil(Math.log2(all.length + 1))
  /** @param {number} number its bits in reverse */
  const reversed = (number) => {
    let found = 0
    for (let bit = 0; bit < bits; bit++) found = found * 2 + ((number >> bit) & 1)
    return found
  }
  return Array.from({ length: 2 ** bits }, (_, number) => reversed(number))
    .filter((number) => number < all.length).map((number) => all[number])
}

/** The search for where a quotation stands, in one language, which may go on until enough is known. */
export class Search {
  /** @param {Index} index @param {number[]} points folded */
  constructor(index, points) {
    this.index = index
    this.points = marked(points)
    const isKana = (/** @type {Gram} */ [at, size]) => index.tag !== "ja"
      && this.points.slice(at, at + size).some((point) => KANA.test(String.fromCodePoint(point % START)))
    this.left = grams(this.points).filter((one) => !isKana(one))
    /** @type {Gram[]} those that are frequent, and are looked up last */
    this.frequent = []
    /** @type {Map<number, {own: Standing[], shared: number}>} `shared` is the weight of all, each once */
    this.units = new Map()
    /** How many characters the language has, about. */
    this.size = index.manifest.texts[0] * 8 * index.manifest.places / 3
  }

  /** Look up some more, rare ones first: the lists of frequent ones are files of their own.
   *  @param {number} many @returns {Promise<number>} how many that were; 0 when nothing was left */
  async on(many) {
    const isRare = this.left.length > 0
    const next = isRare ? this.left.splice(0, many) : this.frequent.splice(0, Math.ceil(many / 2))
    const found = await Promise.all(next.map((one) => (isRare ? this.rare(one) : this.whole(one))))
    found.forEach((places, number) => this.add(next[number][0], places))
    return next.length
  }

  /** @param {Gram} one @returns {Promise<number[]>} where it begins; nowhere, as yet, where it is frequent */
  async rare([at, size]) {
    const found = await this.index.posting(this.points.slice(at, at + size), false, true)
    if (found && !found.places) this.frequent.push([at, size])
    return found?.places ?? []
  }

  /** @param {Gram} one @returns {Promise<number[]>} */
  async whole([at, size]) {
    const found = await gram(this.index, this.points, at, size)
    return found?.places?.map((place) => place + at) ?? []
  }

  /** @param {number} offset of a gram in the quotation @param {number[]} places where it stands */
  add(offset, places) {
    const weight = Math.log2(1 + this.size / (1 + places.length))
    for (const place of places) {
      const ordinal = this.index.ordinal(place)
      const known = this.units.get(ordinal) ?? { own: [], shared: 0 }
      if (known.own.at(-1)?.offset !== offset) known.shared += weight
      known.own.push({ offset, weight, shift: place - offset - ordinal * this.index.manifest.places })
      this.units.set(ordinal, known)
    }
  }

  /**
   * @param {number} many
   * @param {number} [before] only units with a lower ordinal
   * @returns {{ordinal: number, score: number, shared: number}[]} the likeliest; `shared` is the score of
   *   all that stands there, wherever it does
   */
  best(many, before = Infinity) {
    let most = 0
    for (const [ordinal, { shared }] of this.units) if (ordinal < before && shared > most) most = shared
    const all = Array.from(this.units)
      .filter(([ordinal, { shared }]) => ordinal < before && shared >= most * LIKELY)
      .map(([ordinal, known]) => ({ ordinal, ...known }))
      .sort((one, two) => two.shared - one.shared || one.ordinal - two.ordinal)
    const slack = SLACK + this.points.length * STRETCH
    return all.slice(0, LOOKED_AT)
      .map(({ ordinal, own, shared }) => ({ ordinal, shared, score: inRow(own, slack) + shared / 8 }))
      .sort((one, two) => two.score - one.score || one.ordinal - two.ordinal)
      .slice(0, many)
  }
}

/** @param {Standing[]} own @returns {number} the weight of all grams there, each once */
function sum(own) {
  const known = new Map(own.map(({ offset, weight }) => [offset, weight]))
  return [...known.values()].reduce((all, one) => all + one, 0)
}

/** @param {Standing[]} own @param {number} slack @returns {number} the weight of those that stand together */
function inRow(own, slack) {
  const ordered = [...own].sort((one, two) => one.shift - two.shift)
  let best = 0
  for (let from = 0, to = 0; from < ordered.length; from++) {
    while (to < ordered.length && ordered[to].shift - ordered[from].shift <= slack) to++
    best = Math.max(best, sum(ordered.slice(from, to)))
  }
  return best
}
