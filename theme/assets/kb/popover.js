/**
 * Boxes over the page: where they stand, and how they are left.
 */

/**
 * Put a box beside what it belongs to and keep it in the window: below it, above it where there is no
 * room below.
 * @param {HTMLElement} box positioned absolutely, and on the page already
 * @param {DOMRect} owner
 * @param {number} gap between the two, in pixels
 */
export function settle(box, owner, gap) {
  const frame = (box.offsetParent ?? document.body).getBoundingClientRect()
  // Not of the viewport's own width: a scroll bar may take a part of it.
  box.style.setProperty("max-width", `${document.documentElement.clientWidth - 16}px`)
  const { offsetWidth: width, offsetHeight: height } = box
  const isBelow = owner.bottom + height + gap + 8 < innerHeight || owner.top < height + 60
  const left = Math.max(8, Math.min(owner.left, document.documentElement.clientWidth - width - 8))
  const top = isBelow ? owner.bottom + gap : owner.top - height - gap
  box.style.setProperty("left", `${left - frame.left}px`)
  box.style.setProperty("top", `${top - frame.top}px`)
}

/**
 * Close a dialog by a press and a release outside its frame; not by one on its padding or scroll bar, which
 * have it as their target too, nor by a drag that began in it.
 * @param {HTMLDialogElement} dialog
 */
export function closeOutside(dialog) {
  let isBegun = false
  /** @param {MouseEvent} event */
  const isOutside = ({ clientX: x, clientY: y }) => {
    const { left, right, top, bottom } = dialog.getBoundingClientRect()
    return x < left || x > right || y < top || y > bottom
  }
  dialog.addEventListener("pointerdown", (event) => { isBegun = isOutside(event) })
  dialog.addEventListener("click", (event) => {
    if (isBegun && event.target === dialog && isOutside(event)) dialog.close()
    isBegun = false
  })
}
