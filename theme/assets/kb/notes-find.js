/**
 * Where a note stands today. In: a note, what each paragraph of its document says now, and what is recorded
 * of what became of them (`versions.json`), where that could be had. Out: a paragraph and a passage in it,
 * and how sure that is: a note is never lost, and never said to be on words that are not there.
 */

import { difference } from "./check-citation.js"

/** @typedef {import("./notes-store.js").Note} Note */
/** @typedef {import("./check-citation.js").Versions} Versions */
/**
 * @typedef {object} Found
 * @property {string} id of the paragraph; "" where the document has none for it any more
 * @property {[number, number] | null} passage null where its words are not there
 * @property {"same" | "kept" | "near" | "lost"} how the wording is the same; the passage is, in a wording
 *   that is
 *   not; the passage reads otherwise; or is not there
 */

/** Of a passage so much must have stayed, that what stands in its place is it. */
const LIKE = 0.5
/** A shorter passage means something only with what is around it. */
const TELLING = 8
/** Wordings are compared character by character up to this size: of both, multiplied. */
const COMPARED = 16_000_000

/** Without white space, which counts in no wording. @param {string} text */
const bare = (text) => text.replace(/\s/g, "")

/** The wording that a note was made on. @param {Note} note */
export const wordingThen = ({ prefix, exact, suffix }) => prefix + exact + suffix

/** How many characters the end of `one` and that of `other` share. @param {string} one @param {string} other
 *  */
function alike(one, other) {
  let count = 0
  while (count < one.length && count < other.length && one.at(-1 - count) === other.at(-1 - count)) count += 1
  return count
}

/** @param {string} text */
const reversed = (text) => text.split("").reverse().join("")

/**
 * Where the very words of a note stand in `text`; where that is in several places, between the same words as
 * then.
 * @param {Note} note
 * @param {string} text
 * @returns {{at: number, around: number} | null} `around`: how many characters around them are the same
 */
function verbatim({ prefix, exact, suffix }, text) {
  let best = null
  for (let at = exact ? text.indexOf(exact) : -1; at >= 0; at = text.indexOf(exact, at + 1)) {
    const around = alike(prefix, text.slice(0, at))
      + alike(reversed(suffix), reversed(text.slice(at + exact.length)))
    if (!best || around > best.around) best = { at, around }
  }
  return best
}

/**
 * What became of a note's passage from the wording then to `now`, character by character.
 * @param {Note} note
 * @param {string} now
 * @returns {{passage: [number, number], share: number, isWhole: boolean} | null} `share`: how much of it
 *   stayed;
 *   null where what stayed can be chance
 */
function traced(note, now) {
  const then = wordingThen(note)
  const [from, to] = [note.prefix.length, note.prefix.length + note.exact.length]
  if (then.length * now.length > COMPARED) return null
  let [before, after, kept, all] = [0, 0, 0, 0]
  /** @type {[number, number] | null} */
  let passage = null
  for (const [kind, text] of difference(then, now)) {
    if (kind === "same") {
      all += text.length
      const [start, end] = [Math.max(from, before), Math.min(to, before + text.length)]
      if (start < end) {
        passage = [passage?.[0] ?? after + start - before, after + end - before]
        kept += end - start
      }
    }
    if (kind !== "ins") before += text.length
    if (kind !== "del") after += text.length
  }
  const isLike = all >= LIKE * Math.max(then.length, now.length)
  if (!passage || !(isLike || kept >= TELLING)) return null
  const length = passage[1] - passage[0]
  return { passage, share: kept / Math.max(length, to - from),
    isWhole: kept === to - from && length === kept }
}

/**
 * A note in a paragraph, if its words are there.
 * @param {Note} note
 * @param {string} id
 * @param {string} text what the paragraph says now
 * @returns {Found | null}
 */
function within(note, id, text) {
  const then = wordingThen(note)
  if (then === text) {
    return { id, passage: [note.prefix.length, text.length - note.suffix.length], how: "same" }
  }
  const trace = traced(note, text)
  if (trace && bare(then) === bare(text)) return { id, passage: trace.passage, how: "same" }
  if (trace?.isWhole) return { id, passage: trace.passage, how: "kept" }
  const words = verbatim(note, text)
  if (!words || Math.max(note.exact.length, words.around) < TELLING) return null
  return { id, passage: [words.at, words.at + note.exact.length], how: "kept" }
}

/**
 * The ids under which the words of a note stand today, as the register tells it.
 * @param {Note} note
 * @param {Versions | null} versions
 * @returns {readonly string[]}
 */
function standsToday(note, versions) {
  const became = versions?.became?.[note.anchor] ?? {}
  const then = bare(wordingThen(note))
  const named = note.cite.split(".")[1] ?? ""
  const own = became[named] ?? Object.entries(became)
    .find(([name]) => bare(versions?.wordings[name] ?? "") === then)?.[1]
  const successor = versions?.withdrawn?.[note.anchor]?.[1]
  return [...own?.stands ?? [], ...(successor ? [successor] : [])]
}

/**
 * @param {Note} note
 * @param {Map<string, string>} texts what each paragraph of the document says now, by id
 * @param {Versions | null} versions
 * @returns {Found}
 */
export function found(note, texts, versions) {
  const ids = [note.anchor, ...standsToday(note, versions)].filter((id) => texts.has(id))
  const text = (/** @type {string} */ id) => texts.get(id) ?? ""
  // What was brought along may name a paragraph and quote nothing of it: it is on whatever that says.
  if (!note.exact && texts.has(note.anchor)) {
    return { id: note.anchor, passage: [0, text(note.anchor).length], how: "same" }
  }
  for (const id of ids) {
    const here = within(note, id, text(id))
    if (here) return here
  }
  const near = ids.map((id) => ({ id, trace: traced(note, text(id)) }))
    .sort((one, other) => (other.trace?.share ?? 0) - (one.trace?.share ?? 0))[0]
  if (near?.trace && near.trace.share >= LIKE) {
    return { id: near.id, passage: near.trace.passage, how: "near" }
  }
  // What no register tells of, or could not be had: words that stand in one paragraph only, and can be no
  // chance.
  const others = [...texts].filter(([, one]) => note.exact.length > TELLING && one.includes(note.exact))
  if (others.length === 1) {
    const [[id, one]] = others
    const at = one.indexOf(note.exact)
    return { id, passage: [at, at + note.exact.length],
      how: bare(one) === bare(wordingThen(note)) ? "same" : "kept" }
  }
  return { id: ids[0] ?? "", passage: null, how: "lost" }
}
