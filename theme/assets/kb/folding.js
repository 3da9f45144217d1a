/**
 * Which writings count as one when a reader searches: the rule of `scripts/kb/search/folding.py`, with
 * the place in the text from which each folded character came, so that what was found can be marked.
 */

/** @typedef {Map<number, number>} Variants a character's code point → that of its class's lead */
/** @typedef {{points: number[], starts: number[], ends: number[]}} Folded code points, and where in the
 *   text (in UTF-16 units) what each came from begins and ends */

/** The first letters of words stand in plane 16, as in the index. */
export const START = 0x100000
const LATIN = /[a-z\u00df-\u00f6\u00f8-\u024f\u1e00-\u1eff]/
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
const isLatin = (point) => point < 0x2000 && LATIN.test(String.fromCharCode(point))

/** @param {string} one one code point @returns {boolean} */
function joins(one) {
  const point = codeOf(one)
  // Most of a text: nothing there needs to be taken apart.
  if (point < 0x300 || (point >= 0x3041 && point < 0x3099)) return false
  if (point >= 0x4e00 && point < 0xa000) return false
  return JOINS.test(one.normalize("NFKD"))
}

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
      for (const lower of one.toLowerCase()) {
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
    if (cluster && joins(one)) cluster += one
    else {
      close()
      cluster = one
      start = at
    }
    at += one.length
  }
  close()
  if (points.at(-1) === 0x20) for (const all of [points, starts, ends]) all.pop()
  return { points, starts, ends }
}

/** @param {number} point marked or not @returns {boolean} whether it is Latin or katakana, as folding.py */
export const isLetter = (point) => isLatin(point % START)
  || (point % START >= 0x30a1 && point % START <= 0x30fc)

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
