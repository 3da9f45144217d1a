/**
 * An element, its attributes and what stands in it: `element("p", { class: "kb-small" }, "甲")`.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children)
  return made
}

/**
 * What every page has. Where one has not, its module ends here and the page works without.
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {HTMLElement}
 */
export function required(selector, within = document) {
  const found = within.querySelector(selector)
  if (!found) throw new Error(`no ${selector}`)
  return /** @type {HTMLElement} */ (found)
}
