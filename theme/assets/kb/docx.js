/**
 * The text of a Word document (ECMA-376): its paragraphs, and before each that is set as a quotation `>
 * `. In: the bytes of a .docx, a ZIP archive. Out: its text. Refuses what is none, archives that are
 * encrypted, and more than 20 MB of text. Headers, notes and what was deleted are left out.
 */

const NAME = "word/document.xml"
const MOST = 20_000_000
const WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

/** @param {Uint8Array<ArrayBuffer>} bytes @returns {Promise<string>} */
export async function textOf(bytes) {
  const page = new DOMParser().parseFromString(await part(bytes), "text/xml")
  if (page.querySelector("parsererror")) throw new Error("no document")
  const paragraphs = [...page.getElementsByTagNameNS(WORD, "p")].map((paragraph) => {
    const style = paragraph.getElementsByTagNameNS(WORD, "pStyle")[0]?.getAttributeNS(WORD, "val") ?? ""
    const text = [...paragraph.getElementsByTagNameNS(WORD, "*")].map(({ localName, textContent }) =>
      (localName === "t" ? textContent : ["br", "tab", "cr"].includes(localName) ? " " : "")).join("")
    return /quote|引用|引文/i.test(style) && text.trim() ? `> ${text}` : text
  })
  return paragraphs.join("\n\n")
}

/** The XML of the main part (APPNOTE.TXT of PKWARE, 4.3: from the end, by the central directory).
 *  @param {Uint8Array<ArrayBuffer>} bytes @returns {Promise<string>} */
async function part(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let end = bytes.length - 22
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1
  if (end < 0) throw new Error("no archive")
  let at = view.getUint32(end + 16, true)
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    const [method, size, all] = [view.getUint16(at + 10, true), view.getUint32(at + 20, true),
      view.getUint32(at + 24, true)]
    const [name, extra, comment] = [28, 30, 32].map((one) => view.getUint16(at + one, true))
    if (new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name)) === NAME) {
      if (view.getUint16(at + 8, true) & 1 || all > MOST) throw new Error("cannot be read")
      const local = view.getUint32(at + 42, true)
      const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
      return unpacked(bytes.subarray(from, from + size), method)
    }
    at += 46 + name + extra + comment
  }
  throw new Error("no document")
}

/** @param {Uint8Array<ArrayBuffer>} data @param {number} method 0: as it is, 8: deflated */
async function unpacked(data, method) {
  const stream = new Blob([data]).stream()
  const read = method === 8 ? stream.pipeThrough(new DecompressionStream("deflate-raw")) : stream
  const reader = read.getReader()
  const decoder = new TextDecoder()
  let text = ""
  for (let one = await reader.read(); !one.done; one = await reader.read()) {
    text += decoder.decode(one.value, { stream: true })
    if (text.length > MOST) throw new Error("too large")
  }
  return text
}
