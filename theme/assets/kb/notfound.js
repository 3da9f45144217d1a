/**
 * The page for addresses that do not exist: a static host serves the same one everywhere, so the
 * language of the address is put first here. Without this module both stand below each other.
 */
const articles = [...document.querySelectorAll("[data-prefix]")]
const home = (article) => new URL(article.querySelector("a").href).pathname
const wanted = articles
  .filter((article) => location.pathname.startsWith(home(article)))
  .sort((one, other) => home(other).length - home(one).length)[0]

if (wanted) {
  document.documentElement.lang = wanted.lang
  document.title = wanted.dataset.title
  for (const article of articles) article.hidden = article !== wanted
  const heading = wanted.querySelector("h2")
  if (heading) {
    const title = document.createElement("h1")
    title.textContent = heading.textContent
    heading.replaceWith(title)
  }
}
