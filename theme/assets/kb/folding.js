/**
 * Which writings count as one when a reader searches: the rule of `scripts/kb/search/folding.py`, with
 * the place in the text from which each folded character came, so that what was found can be marked.
 */

/** @typedef {Map<number, number>} Variants a character's code point → that of its class's lead */
/** @typedef {{points: number[], starts: number[], ends: number[]}} Folded code points, and where in the
 *   text (in UTF-16 units) what each came from begins and ends */

/** The first letters of words stand in plane 16, as in the index. */
export const START = 0x100000
/** A letter of a Latin word, or a mark on one: `LATIN` in `scripts/properties.py`. */
const LATIN = /[\p{Script=Latin}\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff]/u
/** What is shown, if at all, by what it does to its neighbours. */
const IGNORABLE = /\p{Default_Ignorable_Code_Point}/u
/** What vendors' tables of Shift_JIS and GB 2312 make of one character: `TWINS` in folding.py. */
const TWINS = new Map([["〜", "~"], ["−", "-"], ["∥", "‖"], ["―", "—"], ["·", "・"]])
const KATAKANA = /[\p{Script=Katakana}・ー]/u
/** What joins the character before it: a mark, or a vowel or final of Hangul, in any form. */
const JOINS = /^[\p{M}\u1160-\u11ff\ud7b0-\ud7ff]/u
const SPACE = /[\t-\r\x1c-\x20\x85\u1680\u2028\u2029]/

/** @param {string} lines classes of variants, one a line, the lead first @returns {Variants} */
export function variantsOf(lines) {
  const found = new Map()
  for (const line of lines.split("\n")) {
    const [lead, ...others] = Array.from(line, codeOf)
    for (const one of others) found.set(one, lead)
  }
  return found
}

/** @param {string} one @returns {number} the code point that it begins with */
const codeOf = (one) => one.codePointAt(0) ?? 0
/** @param {number} point @returns {boolean} */
const isIdeograph = (point) => point >= 0x4e00 && point < 0xa000

/** @param {number} point @returns {boolean} */
const isLatin = (point) => !isIdeograph(point) && LATIN.test(String.fromCodePoint(point))

/** @param {number} point @returns {boolean} most of a text: nothing there joins or is ignorable */
const isPlain = (point) =>
  (point < 0x300 && point !== 0xad) || (point >= 0x3041 && point < 0x3099) || isIdeograph(point)

/** @param {string} text @param {Variants} [variants] @returns {Folded} */
export function fold(text, variants) {
  /** @type {number[]} */
  const points = []
  /** @type {number[]} */
  const starts = []
  /** @type {number[]} */
  const ends = []
  let cluster = "", start = 0, at = 0
  const close = () => {
    for (const one of cluster.normalize("NFKC")) {
      for (const lower of (TWINS.get(one) ?? one).toLowerCase()) {
        const point = codeOf(lower)
        if (SPACE.test(lower)) {
          if (!points.length || points.at(-1) === 0x20) continue
          points.push(0x20)
        } else points.push(point < START ? variants?.get(point) ?? point : 0xfffd)
        starts.push(start)
        ends.push(at)
      }
    }
  }
  for (const one of text) {
    const isFree = isPlain(codeOf(one))
    // What is ignorable belongs to what it follows: a mark covers it too.
    if (isFree || !IGNORABLE.test(one)) {
      if (cluster && !isFree && JOINS.test(one.normalize("NFKD"))) cluster += one
      else {
        close()
        cluster = one
        start = at
      }
    }
    at += one.length
  }
  close()
  if (points.at(-1) === 0x20) for (const all of [points, starts, ends]) all.pop()
  return { points, starts, ends }
}

/** @param {number} point marked or not @returns {boolean} whether it is Latin or katakana, as in grams.py */
export const isLetter = (point) => isLatin(point % START)
  || KATAKANA.test(String.fromCodePoint(point % START))

/** @param {number[]} points folded @returns {number[]} with the first letter of each Latin word marked */
export function marked(points) {
  return points.map((point, at) =>
    (isLatin(point) && !(at && isLatin(points[at - 1])) ? point + START : point))
}

/** @param {number[]} points @returns {string} */
export const spelled = (points) => points.map((point) => String.fromCodePoint(point)).join("")

/**
 * @param {number[]} points folded and without spaces
 * @returns {number[][]} the words of a query, each once
 */
export function words(points) {
  const found = new Map()
  let word = []
  for (const point of [...points, 0x20]) {
    if (point !== 0x20) word.push(point)
    else if (word.length) {
      found.set(word.join(), word)
      word = []
    }
  }
  return [...found.values()]
}

/**
 * Where `word` stands in a text.
 * @param {number[]} text marked
 * @param {number[]} word marked, or not marked where it may stand within a Latin word
 * @returns {number[]} places in `text`
 */
export function places(text, word) {
  const found = []
  for (let at = text.indexOf(word[0]); at >= 0; at = text.indexOf(word[0], at + 1)) {
    let next = 1
    while (next < word.length && text[at + next] === word[next]) next++
    if (next === word.length) found.push(at)
  }
  return found
}
