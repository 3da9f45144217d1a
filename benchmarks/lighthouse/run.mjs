/**
 * Visit pages with Lighthouse, each with a browser of its own, by its default rules: a phone with a
 * slow connection.
 *
 * Usage: node run.mjs <chromium> <runs> <address> …
 * Out: one line of JSON a visit: address, scores (category → 0 to 100), bytes (transferred), and
 * failed, the audits that count in a category and were not passed.
 */
import { launch } from "chrome-launcher"
import lighthouse from "lighthouse"

const FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu"]
const [chromium, runs, ...addresses] = process.argv.slice(2)

/**
 * @param {string} address
 * @returns {Promise<object>} what one visit to `address` found
 */
async function visit(address) {
  const browser = await launch({ chromePath: chromium, chromeFlags: FLAGS, logLevel: "silent" })
  try {
    const { lhr } = await lighthouse(address, { port: browser.port, logLevel: "silent" })
    if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`)
    const categories = Object.values(lhr.categories)
    return {
      address,
      scores: Object.fromEntries(categories.map(({ id, score }) => [id, Math.round(score * 100)])),
      bytes: lhr.audits["network-requests"].details.items
        .reduce((sum, request) => sum + request.transferSize, 0),
      failed: categories.flatMap(({ id: category, auditRefs }) => auditRefs
        .filter(({ weight, id }) => weight && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
        .map(({ id }) => ({ category, id, title: lhr.audits[id].title,
          value: lhr.audits[id].displayValue ?? "" }))),
    }
  } finally {
    browser.kill()
  }
}

for (let run = 0; run < Number(runs); run += 1) {
  for (const address of addresses) console.log(JSON.stringify(await visit(address)))
}
