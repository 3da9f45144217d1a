"""What others make of the same texts, for comparison only: Material with its own search and jieba, in one
language or with static-i18n in two, and Pagefind extended; in an environment of their own below
`benchmarks/.cache/`.

In: trees of Markdown. Out: built sites, and a page's script that answers queries with the addresses of
pages. Neither is part of the project.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PACKAGES = ("mkdocs-material", "mkdocs-static-i18n", "jieba", "pagefind[extended]")
_CONFIG = """\
site_name: x
site_url: ""
docs_dir: {docs}
theme: {{name: material, language: {language}, font: false}}
plugins:
  - search: {{lang: [{language}]}}
markdown_extensions: [attr_list, def_list, footnotes, md_in_html, tables]
nav: [index.md]
not_in_nav: "/*"
"""

# The two languages in one site, with the navigation that lists every page.
BILINGUAL = """\
site_name: x
site_url: ""
theme: {name: material, font: false}
plugins:
  - search: {lang: [zh, ja]}
  - i18n:
      docs_structure: suffix
      languages:
        - {locale: zh, name: 中文, default: true}
        - {locale: ja, name: 日本語}
markdown_extensions: [attr_list, def_list, footnotes, md_in_html, tables]
"""

MATERIAL = """async ([root, queries]) => {
  const begun = performance.now()
  const worker = new Worker((await (await fetch(root + "worker.txt")).text()))
  const answered = () => new Promise((resolve) => worker.addEventListener("message", (event) => resolve(event.data), {once: true}))
  const index = await (await fetch(root + "search/search_index.json")).json()
  let answer = answered()
  worker.postMessage({type: 0, data: {...index, options: {suggest: false}}})
  await answer
  const setup = performance.now() - begun, pages = [], times = []
  for (const query of queries) {
    const start = performance.now()
    answer = answered()
    worker.postMessage({type: 2, data: query})
    const {data} = await answer
    times.push(performance.now() - start)
    pages.push([...new Set((data?.items ?? []).flat().map((one) => one.location.split("#")[0]))])
  }
  worker.terminate()
  return {setup, pages, times}
}"""

PAGEFIND = """async ([root, queries]) => {
  const begun = performance.now()
  const pagefind = await import(root + "pagefind/pagefind.js")
  await pagefind.init()
  const setup = performance.now() - begun, pages = [], times = []
  for (const query of queries) {
    let found = await pagefind.search(query)
    const start = performance.now()
    found = await pagefind.search(query)
    times.push(performance.now() - start)
    const data = await Promise.all(found.results.map((one) => one.data()))
    pages.push([...new Set(data.map((one) => new URL(one.raw_url ?? one.url, root).href.replace(root, "").split(/[?#]/)[0]))])
  }
  return {setup, pages, times}
}"""


def environment(cache: Path) -> Path:
    """The Python that has them, installed when it is first asked for and when `PACKAGES` changes."""
    python, installed = cache / "venv/bin/python", cache / "venv/installed.txt"
    if not installed.exists() or installed.read_text("utf-8") != "\n".join(PACKAGES):
        subprocess.run([sys.executable, "-m", "venv", "--clear", cache / "venv"], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        installed.write_text("\n".join(PACKAGES), "utf-8")
    return python


def build(python: Path, docs: Path, language: str, site: Path) -> None:
    """The stock site of the tree `docs` with both indexes. Its pages have no numbers, so the marks of
    paragraphs' ids are the only thing of ours in them."""
    config = site.with_suffix(".yml")
    config.write_text(_CONFIG.format(docs=docs, language=language), "utf-8")
    subprocess.run([python, "-m", "mkdocs", "build", "--quiet", "--config-file", config, "--site-dir", site],
                   check=True, stderr=subprocess.DEVNULL,
                   env=os.environ | {"NO_MKDOCS_2_WARNING": "1"})
    worker = next((site / "assets/javascripts/workers").glob("search.*.js"))
    (site / "worker.txt").write_text(f"/{worker.relative_to(site).as_posix()}", "utf-8")
    subprocess.run([python, "-m", "pagefind", "--site", site], check=True, stdout=subprocess.DEVNULL)
