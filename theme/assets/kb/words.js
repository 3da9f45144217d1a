/**
 * The words of the site, with values put in: `filled("第{number}段", { number: 23 })`.
 * @param {string} words
 * @param {Record<string, string | number>} values
 * @returns {string}
 */
export const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => String(values[name]))
