/**
 * A quotation laid along a text. In: both, as they are written, and the classes of variants. Out: how much of
 * the letters agrees, and what differs, character by character. The quotation may begin and end anywhere in
 * the text, and where it was shortened (`……`, `[...]`, 〔中略〕) anything may have stood. Writings that the
 * search treats as equal are the same letters; marks and spaces count for little. Refuses nothing.
 */

import { fold, isLetter } from "./folding.js"

/** @typedef {import("./folding.js").Variants} Variants */
/** @typedef {"same" | "form" | "del" | "ins" | "gap" | "before" | "after"} Kind as they are compared with the
 *   text: `del` stands there alone, `ins` in the quotation alone; `form` is the same letter in another form
 *   (`text` as there, `other` as quoted); `gap` was left out with a sign; the rest stands around it */
/** @typedef {{kind: Kind, text: string, other?: string}} Piece */
/** @typedef {{points: number[], starts: number[], ends: number[], cuts: Set<number>, letters: number,
 *   weights: number[], weight: number, text: string}} Quotation folded; `cuts` are the places before which
 *   something was left out; `weights` is what each point says, in characters, and `weight` what all do */
/** @typedef {{agreement: number, cost: number, letters: number, marks: number, pieces: Piece[]}} Alignment
 *   `agreement` of what both say, from 0 to 1; how many letters, and how many marks, differ */

const WORDS = "中\\s*略|前\\s*略|後\\s*略|后\\s*略|上\\s*略|下\\s*略|略|省\\s*略|omitted|omission|snip"
const DOTS = "…+|‥+|⋯+|\\.\\s?\\.\\s?\\.[\\s.]*|。{3,}|・{3,}|·{3,}|〜{2,}"
/** What says that something was left out: dots, alone or in brackets, or a word in brackets. */
const ELLIPSIS = new RegExp(`[[［〔【（(〈<]\\s*(?:${DOTS}|${WORDS})\\s*[\\]］〕】）)〉>]|${DOTS}`, "giu")
/** Marks and spaces, but for those that are read as words. */
const MARK = /[\p{P}\p{Z}\p{C}]/u
const READ = /[%‰&@#§]/u
/** What it costs that a letter differs, or a mark. */
const LETTER = 4, SIGN = 1
/** A word of letters, Latin or katakana, says no more than so many characters, however long it is. */
const WORD = 3
/** What a step from one cell to the next means. */
const BOTH = 0, QUOTED = 1, THERE = 2, LEAP = 3

/** @param {number} point @returns {boolean} whether it is a letter or digit, or read as a word */
export function isWord(point) {
  const one = String.fromCodePoint(point)
  return !MARK.test(one) || READ.test(one)
}

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((all, one) => all + one, 0)

/** @param {number[]} points folded
 *  @returns {number[]} how much each says, in characters; marks say nothing */
function weighed(points) {
  /** @type {number[]} */
  const found = []
  for (let at = 0, to = 0; at < points.length; at = to) {
    const isLetters = isLetter(points[at])
    do to++; while (isLetters && to < points.length && isLetter(points[to]))
    const row = points.slice(at, to).map((point) => Number(isWord(point)))
    const size = isLetters ? Math.max(WORD, sum(row)) : WORD
    found.push(...row.map((one) => one * WORD / size))
  }
  return found
}

/** @param {string} text as a reader pasted it @param {Variants} variants @returns {Quotation} */
export function quotation(text, variants) {
  const parts = text.split(ELLIPSIS)
  const signs = [...text.matchAll(ELLIPSIS)].map(([sign]) => sign)
  /** @type {Quotation} */
  const all = { points: [], starts: [], ends: [], cuts: new Set(), letters: 0, weights: [], weight: 0, text }
  let at = 0
  parts.forEach((part, number) => {
    const { points, starts, ends } = fold(part, variants)
    if (number && all.points.length && points.length) all.cuts.add(all.points.length)
    points.forEach((point, one) => {
      all.points.push(point)
      all.starts.push(at + starts[one])
      all.ends.push(at + ends[one])
    })
    at += part.length + (signs[number]?.length ?? 0)
  })
  all.letters = all.points.filter(isWord).length
  all.weights = weighed(all.points)
  all.weight = sum(all.weights)
  return all
}

/**
 * @param {Quotation} quoted @param {string} text
 * @param {Variants} variants
 * @returns {Alignment}
 */
export function align(quoted, text, variants) {
  const there = fold(text, variants)
  const { cost, end, steps } = laid(quoted, there.points)
  return read(quoted, { ...there, text }, cost, walked(steps, quoted.points.length, end, there.points.length))
}

/** What it costs to have one of these alone. @param {number[]} points */
const alone = (points) => Uint8Array.from(points, (point) => (isWord(point) ? LETTER : SIGN))

/**
 * The cheapest way to lay a quotation along a text (edit distance, with free ends and leaps).
 * @param {Quotation} quoted @param {number[]} text
 * @returns {{cost: number, end: number, steps: Uint8Array}} `steps`: a row for each place of the quotation
 */
function laid({ points, cuts }, text) {
  const width = text.length + 1
  const steps = new Uint8Array((points.length + 1) * width)
  const [here, there] = [alone(points), alone(text)]
  let above = new Uint32Array(width)
  let row = new Uint32Array(width)
  for (let at = 1; at <= points.length; at++) {
    const point = points[at - 1], own = here[at - 1], from = at * width
    const isCut = cuts.has(at)
    row[0] = above[0] + own
    steps[from] = QUOTED
    for (let to = 1; to < width; to++) {
      const other = there[to - 1]
      let best = above[to - 1] + (point === text[to - 1] ? 0 : own === other ? own : own + other)
      let step = BOTH
      if (above[to] + own < best) [best, step] = [above[to] + own, QUOTED]
      if (row[to - 1] + other < best) [best, step] = [row[to - 1] + other, THERE]
      if (isCut && row[to - 1] <= best) [best, step] = [row[to - 1], LEAP]
      row[to] = best
      steps[from + to] = step
    }
    const last = above
    above = row
    row = last
  }
  let end = 0
  for (let to = 1; to < width; to++) if (above[to] < above[end]) end = to
  return { cost: above[end], end, steps }
}

/**
 * The steps from the beginning to the end, each with where it leads.
 * @param {Uint8Array} steps @param {number} at @param {number} to
 * @param {number} length of the text
 * @returns {[number, number, number][]} step, and places before it in the quotation and in the text
 */
function walked(steps, at, to, length) {
  /** @type {[number, number, number][]} */
  const way = []
  while (at > 0) {
    const step = steps[at * (length + 1) + to]
    if (step === BOTH || step === QUOTED) at -= 1
    if (step !== QUOTED) to -= 1
    way.push([step, at, to])
  }
  return way.reverse()
}

/**
 * @param {Quotation} quoted
 * @param {import("./folding.js").Folded & {text: string}} there
 * @param {number} cost
 * @param {[number, number, number][]} way
 * @returns {Alignment}
 */
function read(quoted, there, cost, way) {
  const [first] = way
  const weights = weighed(there.points)
  let same = 0, differing = 0, letters = 0, marks = 0
  /** @type {Piece[]} */
  const pieces = []
  // Up to where both were told: several folded characters may have come from one.
  let told = quoted.starts[0] ?? 0, shown = there.starts[first?.[2] ?? 0] ?? there.text.length
  put(pieces, "before", there.text.slice(0, shown))
  for (const [step, at, to] of way) {
    const [point, other] = [quoted.points[at], there.points[to]]
    const isSame = step === BOTH && point === other
    if (step !== LEAP) {
      const here = step === THERE ? other : point
      const says = Math.max(step === THERE ? 0 : quoted.weights[at], step === QUOTED ? 0 : weights[to])
      if (isSame) same += says
      else if (says) {
        differing += says
        letters += 1
      } else if (here !== 0x20 || (step === BOTH && other !== 0x20)) marks += 1
    }
    const [mine, theirs] = [step === BOTH || step === QUOTED ? quoted.ends[at] : told,
      step === QUOTED ? shown : there.ends[to]]
    const [own, text] = [quoted.text.slice(Math.max(told, quoted.starts[at] ?? told), mine),
      there.text.slice(Math.max(shown, there.starts[to] ?? shown), theirs)]
    // What is ignorable, or folded into its neighbour, goes with what follows.
    if (step === BOTH || step === QUOTED) told = Math.max(told, mine)
    if (step !== QUOTED) shown = Math.max(shown, theirs)
    if (isSame) put(pieces, own === text || !(own + text).trim() ? "same" : "form", text, own)
    else if (step === LEAP) put(pieces, "gap", text)
    else {
      if (step !== QUOTED) put(pieces, "del", text)
      if (step !== THERE) put(pieces, "ins", own)
    }
  }
  put(pieces, "after", there.text.slice(shown))
  return { agreement: same / (same + differing || 1), cost, letters, marks, pieces: ordered(pieces) }
}

/** @param {Piece[]} pieces @param {Kind} kind @param {string} text @param {string} [other] */
function put(pieces, kind, text, other) {
  const last = pieces.at(-1)
  if (!text && !(kind === "form" && other)) return
  if (last?.kind !== kind) pieces.push({ kind, text, ...(kind === "form" && { other }) })
  else {
    last.text += text
    if (kind === "form") last.other = (last.other ?? "") + (other ?? "")
  }
}

/** What was taken away before what was put in its place, where neither is parted by anything that stayed.
 *  @param {Piece[]} pieces @returns {Piece[]} */
function ordered(pieces) {
  /** @type {Piece[]} */
  const found = []
  for (let at = 0; at < pieces.length;) {
    let to = at
    while (to < pieces.length && (pieces[to].kind === "del" || pieces[to].kind === "ins")) to++
    for (const kind of /** @type {const} */ (["del", "ins"])) {
      for (const one of pieces.slice(at, to)) if (one.kind === kind) put(found, kind, one.text)
    }
    if (to === at) found.push(pieces[to++])
    at = to
  }
  return found
}
