/**
 * The quotations in a manuscript. In: its text, plain or Markdown, or a file. Out: each quotation, in
 * order: what stands in quotation marks (“” ‘’ 「」 『』, straight ones that pair) and block quotations
 * (`>`). Titles in 《》 are none. What stands within a quotation is a part of it; one ends with its
 * paragraph at the latest. Refuses files that are no text and no Word document, and larger ones than 5
 * MB.
 */

const PAIRS = new Map([["“", "”"], ["‘", "’"], ["「", "」"], ["『", "』"], ["﹁", "﹂"], ["﹃", "﹄"], ["｢", "｣"],
  ["„", "”"]])
/** What stands in these is a title, and what stands in marks there a part of it. */
const TITLES = new Map([["《", "》"], ["〈", "〉"], ["⟪", "⟫"]])
const LARGEST = 5_000_000

/** @param {string} text @returns {string[]} the quotations */
export function quotations(text) {
  /** @type {string[]} */
  const found = []
  for (const block of blocks(text)) {
    if (block.isQuoted) found.push(block.text)
    else found.push(...inMarks(block.text))
  }
  return found.map((one) => one.trim()).filter(Boolean)
}

/**
 * @param {string} text
 * @returns {{text: string, isQuoted: boolean}[]} paragraphs, and what is quoted as a block
 */
function blocks(text) {
  /** @type {{text: string, isQuoted: boolean}[]} */
  const found = []
  let open = false
  for (const line of text.replace(/\r\n?/g, "\n").split("\n")) {
    const own = /^\s{0,3}[>＞]\s?(.*)$/.exec(line)
    const words = own ? own[1] : line
    const last = found.at(-1)
    if (!words.trim()) open = false
    else if (open && last?.isQuoted === Boolean(own)) last.text += `${joint(last.text, words)}${words}`
    else {
      found.push({ text: words, isQuoted: Boolean(own) })
      open = true
    }
  }
  return found
}

/**
 * @param {string} before
 * @param {string} after
 * @returns {string} what stands for a line's end: nothing in Chinese and Japanese
 */
const joint = (before, after) =>
  (/[\u0021-\u024f]$/.test(before) && /^[\u0021-\u024f]/.test(after) ? " " : "")

/** @param {string} text a paragraph @returns {string[]} what stands in the outermost marks */
function inMarks(text) {
  /** @type {string[]} */
  const found = []
  const all = [...text]
  for (let at = 0; at < all.length; at++) {
    const close = all[at] === "\"" ? "\"" : PAIRS.get(all[at]) ?? TITLES.get(all[at])
    if (!close || isApostrophe(all, at)) continue
    const end = closing(all, at, close)
    if (end < 0) continue
    if (!TITLES.has(all[at])) found.push(all.slice(at + 1, end).join(""))
    at = end
  }
  return found
}

/** @param {string[]} all @param {number} at @returns {boolean} whether a mark is one within a word: it’s */
const isApostrophe = (all, at) => all[at] === "‘" && /[a-z]/i.test(all[at - 1] ?? "")

/**
 * @param {string[]} all
 * @param {number} from
 * @param {string} close
 * @returns {number} where the mark at `from` is closed, or -1
 */
function closing(all, from, close) {
  let depth = 1
  for (let at = from + 1; at < all.length; at++) {
    if (all[at] === all[from] && all[from] !== close) depth += 1
    else if (all[at] === close) {
      const isWithin = close === "’" && /[a-z]/i.test(all[at - 1]) && /[a-z]/i.test(all[at + 1] ?? "")
      if (!isWithin && !(depth -= 1)) return at
    }
  }
  return -1
}

/**
 * The text of a file.
 * @param {File} file
 * @returns {Promise<string>} fails where it is no text
 */
export async function textOf(file) {
  if (file.size > LARGEST) throw new Error("too large")
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (/\.docx$/i.test(file.name)) return (await import("./docx.js")).textOf(bytes)
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe ? "utf-16be" : ""
  if (!marked && bytes.includes(0)) throw new Error("no text")
  for (const encoding of marked ? [marked] : ["utf-8", "gb18030", "shift_jis"]) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch { /* the next one */ }
  }
  throw new Error("no text")
}
