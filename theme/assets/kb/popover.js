/**
 * Put a box beside what it belongs to and keep it in the window: below it, above it where there is no
 * room below.
 * @param {HTMLElement} box positioned absolutely, and on the page already
 * @param {DOMRect} owner
 * @param {number} gap between the two, in pixels
 */
export function settle(box, owner, gap) {
  const frame = (box.offsetParent ?? document.body).getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = box
  const isBelow = owner.bottom + height + gap + 8 < innerHeight || owner.top < height + 60
  const left = Math.max(8, Math.min(owner.left, document.documentElement.clientWidth - width - 8))
  const top = isBelow ? owner.bottom + gap : owner.top - height - gap
  box.style.setProperty("left", `${left - frame.left}px`)
  box.style.setProperty("top", `${top - frame.top}px`)
}
