/**
 * A reader who comes with an address as it was pasted, `#p23。` or `#Ｐ23`, is led to the place that it
 * means, and the address becomes the plain one. One whose address carries what it cites is told whether it
 * still holds. Without this module the page opens at its top.
 */

import { mended } from "./address.js"

function arrive() {
  const address = mended()
  // In place of the entry in the history: the way back leads to where the reader came from.
  if (address) location.replace(address)
}

arrive()
addEventListener("hashchange", arrive)
if (new URLSearchParams(location.search).has("cite")
  && document.querySelector("[data-kb-cite], [data-kb-versions]")) import("./check-citation.js")
