/**
 * The index as it lies on the server: asks for the files that a query needs, and reads them. Their form
 * is that of `scripts/kb/search/grams.py` and `index.py`. Nothing is asked for before a query.
 */

import { ask } from "./disk.js"
import { spelled, variantsOf } from "./folding.js"

/** @typedef {[number, string]} Names how many files of a kind there are, and their names in a row; where they
 *   are many, the names of the files that hold them */
/** @typedef {{grams: Names, texts: Names, under: Names, forms: Names, terms: string, variants: string,
 *   places: number, longest: number, paragraphs: number, earlier: number, others?: number, long: number[]}}
 *   Manifest where paragraphs begin, what is neither title, heading nor paragraph, and earlier wordings */
/** @typedef {{kind: number, title: string, address: string, date: string, twin: string, anchor: string,
 *   isOwn: boolean, hasTwin: boolean, headings: string[], text: string,
 *   stood: [string, string, string] | null}} Unit `stood`, of an earlier wording: since when, until when, its
 *   fingerprint */
/** @typedef {{places?: number[], units?: Map<number, number>}} Posting places, or ordinals with counts;
 *   neither where what there is was not asked for */

export const root = new URL("../../", import.meta.url)
const CHUNK = 8, HEADINGS = 4096
/** As in `scripts/kb/search/named.py`: characters of a name, and how many names are in a row. */
const NAME = 6, GROUP = 32
/** How many files are kept in memory, about as small as they came: a few kilobytes each. A first query
 *  needs some forty, a quotation that stands nowhere up to a hundred and forty. */
const KEPT = 256

/** @type {Map<string, Promise<any>>} */
const kept = new Map()
/** @type {RequestCache} how the manifest is asked for */
let asking = "no-cache"

/**
 * @template T
 * @param {string} place below `search/`
 * @param {(answer: Response) => Promise<T>} read
 * @param {RequestCache} [cache]
 * @returns {Promise<T>}
 */
function load(place, read, cache = "default") {
  let file = kept.get(place)
  if (!file) {
    file = ask(new URL(`search/${place}`, root), { cache }).then((answer) => {
      if (!answer.ok) throw new Error(`${answer.status} ${place}`)
      return read(answer)
    })
    file.catch(() => kept.delete(place))
    const oldest = [...kept.keys()].find((one) => !one.endsWith("manifest.json"))
    if (kept.size >= KEPT && oldest) kept.delete(oldest)
  }
  // The last one asked for goes last.
  kept.delete(place)
  kept.set(place, file)
  return file
}

/** @param {Response} answer */
const json = (answer) => answer.json()
/** @param {Response} answer */
const text = (answer) => answer.text()
/** @param {Response} answer */
const bytes = async (answer) => new Uint8Array(await answer.arrayBuffer())
/** @param {Response} answer zlib, which the name "deflate" means here */
const inflated = (answer) => bytes(new Response(answer.body?.pipeThrough(new DecompressionStream("deflate"))))

/** @param {Uint8Array} data @param {number} [at] */
function numbers(data, at = 0) {
  return {
    get at() { return at },
    get left() { return at < data.length },
    next() {
      let value = 0, weight = 1, byte
      do {
        byte = data[at++]
        value += (byte & 127) * weight
        weight *= 128
      } while (byte > 127)
      return value
    },
  }
}

/** @param {string} key @param {number} shards @returns {number} as `shard_of` in grams.py */
function shardOf(key, shards) {
  let mixed = 0x811c9dc5
  for (const one of key) mixed = Math.imul(mixed ^ (one.codePointAt(0) ?? 0), 0x01000193)
  return ((mixed ^ (mixed >>> 15)) >>> 0) % shards
}

/**
 * A gram's list in a file of grams. The file is kept as it is and read anew for each: as objects it would
 * take several times the memory.
 * @param {Uint8Array} data @param {string} gram
 * @returns {{isUnits: boolean, isFile: boolean, data: Uint8Array} | null}
 */
function listed(data, gram) {
  const head = numbers(data)
  const size = head.next()
  const spelling = new TextDecoder("utf-8", { ignoreBOM: true })
  const keys = spelling.decode(data.subarray(head.at, head.at + size)).split("\n")
  const number = keys.indexOf(gram)
  if (number < 0) return null
  const heads = numbers(data, head.at + size)
  const all = keys.map(() => heads.next())
  const at = all.slice(0, number).reduce((sum, one) => sum + (one >> 2), heads.at)
  return { isUnits: Boolean(all[number] & 1), isFile: Boolean(all[number] & 2),
    data: data.subarray(at, at + (all[number] >> 2)) }
}

/** @param {Uint8Array} data @param {boolean} isUnits @returns {Posting} */
function posting(data, isUnits) {
  const read = numbers(data)
  let last = 0
  if (!isUnits) {
    const places = []
    while (read.left) places.push((last += read.next()))
    return { places }
  }
  const ordinals = Array.from({ length: read.next() }, () => (last += read.next()))
  const units = new Map(ordinals.map((ordinal) => [ordinal, 1]))
  for (let at = 0; read.left;) units.set(ordinals[at += read.next()], read.next() + 2)
  return { units }
}

/**
 * @param {number[]} numbers see `_under` in index.py
 * @param {number} ordinal the file's first
 * @returns {Map<number, [number, number][]>} heading → the ordinals under it, from and to; those of
 *   paragraphs and those of what else stands there may lie apart
 */
function ranges(numbers, ordinal) {
  /** @type {Map<number, [number, number][]>} */
  const found = new Map()
  for (let at = 0, end = 0; at < numbers.length; at += 3) {
    const first = end + numbers[at + 1]
    end = first + numbers[at + 2]
    ordinal += numbers[at]
    found.set(ordinal, [...found.get(ordinal) ?? [], [first, end]])
  }
  return found
}

/** @param {number[]} steps @returns {number[]} what they lead to */
const summed = (steps) => {
  let sum = 0
  return steps.map((step) => (sum += step))
}

/** @param {string} tag a language @returns {Promise<Index>} */
export async function open(tag) {
  const manifest = await load(`${tag}/manifest.json`, json, asking)
  return new Index(tag, manifest)
}

/** Forget what was read: the site has been published anew, and its files have other addresses. */
export function forget() {
  kept.clear()
  asking = "reload"
}

/** The index of one language. */
export class Index {
  /** @param {string} tag @param {Manifest} manifest */
  constructor(tag, manifest) {
    this.tag = tag
    this.manifest = manifest
    /** Ordinals that go with an earlier one, whose text is long. */
    this.owners = new Map()
    for (let at = 0, ordinal = 0; at < manifest.long.length; at += 2) {
      ordinal += manifest.long[at]
      for (let one = 1; one <= manifest.long[at + 1]; one++) this.owners.set(ordinal + one, ordinal)
    }
  }

  /** @param {"grams" | "texts" | "under" | "forms"} kind @param {number} number @returns {Promise<string>} */
  async named(kind, number) {
    const [count, row] = this.manifest[kind]
    /** @param {string} names @param {number} at */
    const name = (names, at) => names.slice(at * NAME, (at + 1) * NAME)
    if (count <= GROUP) return `${kind}/${number}-${name(row, number)}`
    const group = Math.floor(number / GROUP)
    const names = await load(`${this.tag}/names/${kind}-${group}-${name(row, group)}.txt`, text)
    return `${kind}/${number}-${name(names, number % GROUP)}`
  }

  /** @returns {Promise<import("./folding.js").Variants>} */
  variants() {
    return load(`all/variants-${this.manifest.variants}.txt`,
      async (answer) => variantsOf(await text(answer)))
  }

  /**
   * @param {number[]} points a gram, marked
   * @param {boolean} [isWhole] whether units are enough; if not, they are not asked for
   * @param {boolean} [isShort] whether only a short list is wanted: a long one is a file of its own
   * @returns {Promise<Posting | null>} null where the gram stands nowhere
   */
  async posting(points, isWhole = true, isShort = false) {
    const gram = spelled(points)
    const file = await this.named("grams", shardOf(gram, this.manifest.grams[0]))
    const found = listed(await load(`${this.tag}/${file}.bin`, bytes), gram)
    if (!found) return null
    if ((found.isUnits && !isWhole) || (found.isFile && isShort)) return {}
    const read = found.isUnits ? inflated : bytes
    const spelling = points.map((point) => point.toString(16)).join("-")
    const list = () => `${this.tag}/lists/${spelling}-${new TextDecoder().decode(found.data)}.bin`
    const data = found.isFile ? await load(list(), read) : found.data
    return posting(data, found.isUnits)
  }

  /** @param {number} place @returns {number} the ordinal of the unit that it is in */
  ordinal(place) {
    const slot = Math.floor(place / this.manifest.places)
    return this.owners.get(slot) ?? slot
  }

  /** @param {number} ordinal @returns {Promise<Unit>} */
  async unit(ordinal) {
    const file = await this.named("texts", Math.floor(ordinal / CHUNK))
    const { pages, units } = await load(`${this.tag}/${file}.json`, json)
    const [kind, page, anchor, isOwn, hasTwin, headings, text, stood = null] = units[ordinal]
    const [title, address, date, twin] = pages[page]
    return { kind, title, address, date, twin, anchor, headings, text, stood,
      isOwn: Boolean(isOwn), hasTwin: Boolean(hasTwin) }
  }

  /**
   * @param {number[]} headings ordinals of titles and headings
   * @returns {Promise<[number, number][]>} the ordinals of the paragraphs under them, from and to
   */
  async under(headings) {
    /** @type {Map<number, Map<number, [number, number][]>>} */
    const files = new Map()
    const places = new Set(headings.map((ordinal) => Math.floor(ordinal / HEADINGS)))
    await Promise.all(Array.from(places, async (number) => files.set(number,
      ranges(await load(`${this.tag}/${await this.named("under", number)}.json`, json), number * HEADINGS))))
    return headings.flatMap((ordinal) => files.get(Math.floor(ordinal / HEADINGS))?.get(ordinal) ?? [])
  }

  /**
   * @param {string} form folded
   * @returns {Promise<[string, string, string, number, string][]>} see crossing.py
   */
  async forms(form) {
    const file = await this.named("forms", shardOf(form, this.manifest.forms[0]))
    const all = await load(`all/${file}.json`, json)
    return Object.hasOwn(all, form) ? all[form] : []
  }

  /**
   * @param {string} file a concept with the name of its file @param {string} tag
   * @returns {Promise<{uses: number[], words: string[], notIn: string[], own: [number, number]}>}
   */
  async concept(file, tag) {
    const found = await load(`all/concepts/${encodeURIComponent(file)}.json`, json)
    return { uses: summed(found.uses[tag]), words: found.words[tag], notIn: found.notIn[tag] ?? [],
      own: found.own[tag] ?? [0, 0] }
  }

  /** @returns {Promise<[string, ...string[]][]>} each concept's address and forms */
  terms() {
    return load(`${this.tag}/terms-${this.manifest.terms}.json`, json)
  }
}
