"""What is shown is what is registered, found, quoted and exported: over a site with every construct."""

import html.parser
import io
import re
import shutil
import zipfile
from urllib.parse import unquote
from xml.etree import ElementTree as xml

import pytest
import torture
from host import build, serve

from kb import project as projects
from kb.anchors import register
from kb.languages import LANGUAGES, words
from kb.memory.folder import PLACE
from kb.project import Project

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
# What the interface says, and what only stands beside words.
APART = re.compile(r"kb-(?:number|mark|stale|head|actions|note-head|note-sign|comment-kind|comment-more|kind|crumbs|toc|"
                   r"edit|print|row-number|back|row-names|small|figures|provenance|collation-lead|wording-label|"
                   r"where|reason|event-date|event-links|uses|use-section|entry-facts|more|list-number|"
                   r"row-comments|passage-head|print|cite|absent)\b")
INLINE = {"a", "abbr", "b", "code", "em", "i", "span", "strong", "sub", "sup", "mark", "del", "ins", "ruby", "rt", "rp",
          "time", "wbr", "br"}


class Texts(html.parser.HTMLParser):
    """The texts of an article as a reader meets them: one for each stretch between two blocks; and the
    descriptions of its pictures."""

    def __init__(self):
        super().__init__()
        self.stack, self.texts, self.inside = [], [""], False
        self.languages: dict[int, str] = {}

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "article":
            self.inside = True
        hidden = bool(APART.search(attributes.get("class") or "")) or tag in ("h2", "dt", "rt", "rp", "svg", "caption") and (
            "footnote" not in (attributes.get("class") or "")) and tag != "h2"
        hidden = hidden or (attributes.get("class") in ("footnote-ref", "footnote-backref"))
        if tag == "img" and self.inside:
            self.texts += [attributes.get("alt", ""), ""]
        if tag not in INLINE and not (tag == "img"):
            self.texts.append("")
        if tag not in VOID:
            self.stack.append((tag, hidden, attributes.get("lang")))

    def handle_endtag(self, tag):
        while self.stack and self.stack.pop()[0] != tag:
            pass
        if tag == "article":
            self.inside = False
        if tag not in INLINE:
            self.texts.append("")

    def handle_data(self, data):
        if self.inside and not any(hidden for _, hidden, _ in self.stack):
            self.texts[-1] += data
            spoken = [tag for _, _, tag in self.stack if tag in ("zh-Hans", "ja")]
            self.languages[len(self.texts) - 1] = spoken[-1]


@pytest.fixture(scope="module")
def tortured(tmp_path_factory):
    root = torture.project(tmp_path_factory.mktemp("torture"))
    done = build(root, root / "site", SITE_URL="https://x.example/")
    assert done.returncode == 0, done.stdout + done.stderr
    return root


@pytest.fixture(scope="module")
def project(tortured) -> Project:
    return projects.read(tortured)


def squeezed(text):
    return re.sub(r"\s+", "", text)


def element(text, anchor):
    """The text of the element with this id, of the site's own HTML or of a book."""
    found = re.search(rf'<(p|li|h[2-6]|div)\b[^>]* ?id="{anchor}"[^>]*>(.*?)(?=<(?:ul|ol|aside|div)\b|</\1>)', text, re.DOTALL)
    inner = re.sub(r'<(a|span)\b[^>]*class="(?:kb-number|kb-mark|number|noteref|kb-list-number)[^"]*"[^>]*>.*?</\1>', "",
                   found[2], flags=re.DOTALL)
    return squeezed(re.sub(r"<[^>]+>", "", inner)).replace("&amp;", "&")


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.tag)
def test_page_wording_register_parallel_text_book_and_exchange_say_the_same(tortured, project, language):
    page = project.corpus.page("articles/all.md", language)
    site = tortured / "site"
    shown = (site / page.address / "index.html").read_text("utf-8")
    beside = (site / page.address / "parallel/index.html").read_text("utf-8")
    with zipfile.ZipFile(io.BytesIO((site / page.address / f"all.{language.tag}.epub").read_bytes())) as archive:
        book = next(archive.read(name).decode() for name in archive.namelist() if name.endswith("/text.xhtml"))
    units = {one.get("tuid").partition("#")[2]: one for one in xml.parse(site / "exports/translations.tmx").iter("tu")}
    kept = projects.wordings.read(tortured)[0]["articles/all"].texts
    entries = register.read(tortured)[0]["articles/all"].latest
    assert len(page.paragraphs) == 11
    for paragraph in page.paragraphs:
        words = squeezed(paragraph.text)
        assert element(shown, paragraph.id) == words
        assert squeezed(kept[entries[paragraph.id, language.tag].text]) == words
        assert words in element(book, paragraph.id)
        segment = next(one for one in units[paragraph.id].iter("tuv")
                       if one.get("{http://www.w3.org/XML/1998/namespace}lang") == language.tag)
        assert squeezed(segment.find("seg").text) == words
        row = beside[beside.index(f'id="{paragraph.id}"') :]
        cell = re.search(rf'<div class="kb-cell" lang="{language.tag}">(.*?)<a class="kb-back"', row, re.DOTALL)[1]
        cell = re.sub(r'<span class="kb-list-number">.*?</span>', "", cell)
        cell = re.sub(r'<a class="kb-mark.*?</a>', "", cell)
        assert squeezed(re.sub(r"<[^>]+>", "", cell)) == words


def test_numbers_of_lists_are_shown_beside_each_other_in_books_and_found(tortured, project):
    site = tortured / "site/articles/all"
    assert '<ol start="3">' in (site / "index.html").read_text("utf-8")
    assert '<span class="kb-list-number">3.</span> 第三种。' in (site / "parallel/index.html").read_text("utf-8")
    for name in ("all.zh-Hans.epub", "all.zh-Hans-ja.epub"):
        with zipfile.ZipFile(site / name) as archive:
            text = next(archive.read(one).decode() for one in archive.namelist() if one.endswith("/text.xhtml"))
        assert 'start="3"' in text if name == "all.zh-Hans.epub" else "3. " in text


def test_each_page_is_converted_exactly_once(tortured, monkeypatch):
    from markdown import Markdown
    from mkdocs.commands.build import build as make
    from mkdocs.config import load_config

    read = []
    shutil.rmtree(tortured / PLACE)  # what was read before is remembered
    convert = Markdown.convert
    monkeypatch.setattr(Markdown, "convert", lambda self, source: read.append(source) or convert(self, source))
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    config = load_config(str(tortured / "mkdocs.yml"), site_dir=str(tortured / "again"))
    config.plugins.on_startup(command="build", dirty=False)
    make(config)
    found = projects.read(tortured)
    texts = [page.markdown for page in found.corpus.pages.values()]
    notes = [note.wording[language.tag] for language in LANGUAGES for note in found.sources.of("articles/all").notes]
    assert sorted(source for source in read if source.strip()) == sorted([*texts, *notes])


ASK = """async ([module, queries, language]) => {
  const { search } = await import(module)
  const all = []
  for (const query of queries) all.push((await search(query, { language, limit: 50 })).map((hit) => hit.url))
  return all
}"""


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.tag)
def test_every_text_that_a_page_shows_is_found(tortured, project, page, language):
    server, address = serve(tortured / "site")
    page.goto(address + language.prefix)
    missed, places = [], set()
    # What the interface says is not searched.
    said = {one.tag: {" ".join(wordings[one.tag].split()) for wordings in words().values()} for one in LANGUAGES}
    for place in sorted((tortured / "site" / language.prefix).rglob("index.html")):
        name = place.relative_to(tortured / "site").as_posix().removesuffix("index.html")
        if name.startswith("ja/") != bool(language.prefix) or name.endswith(("about/state/", "/history/")):
            continue  # the state of texts, and their past, are told by the interface: only the title is searched
        source = place.read_text("utf-8")
        parser = Texts()
        parser.feed(source)
        for tag in said:
            texts = [text for at, one in enumerate(parser.texts) if parser.languages.get(at, language.tag) == tag
                     and len(text := " ".join(one.split())) > 1 and text not in said[language.tag]]
            found = page.evaluate(ASK, [f"{address}assets/kb/search.js", texts, tag])
            missed += [(name, text) for text, hits in zip(texts, found, strict=True) if not hits]
            places |= {url.removeprefix(address) for hits in found for url in hits}
    server.shutdown()
    for place in places:  # each leads to an id that its page really has
        path, _, anchor = unquote(place).partition("#")
        html = (tortured / "site" / path / "index.html").read_text("utf-8")
        assert not anchor or f'id="{anchor}"' in html, place
    assert missed == [], "\n".join(map(str, missed))
