/**
 * A reader who comes with an address as it was pasted, `#p23。` or `#Ｐ23`, is led to the place that it
 * means, and the address becomes the plain one. One whose address carries what it cites is told whether it
 * still holds; one whose address names a day is shown the text of that day. Without this module the page
 * opens at its top.
 */

import { mended } from "./address.js"

function arrive() {
  const address = mended()
  // In place of the entry in the history: the way back leads to where the reader came from.
  if (address) location.replace(address)
}

arrive()
addEventListener("hashchange", arrive)
const asked = new URLSearchParams(location.search)
if (asked.has("at") && document.querySelector(".kb-to-history, [data-kb-versions]")) import("./at.js")
else if (asked.has("cite")
  && document.querySelector("[data-kb-cite], [data-kb-versions]")) import("./check-citation.js")
