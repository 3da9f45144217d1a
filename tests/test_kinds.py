"""Kinds of document are data: an entry with two names is all that a new one needs, and everything knows it."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile

import pytest
import yaml
from host import build
from scratch import CHINESE, JAPANESE, ROOT, project, site_of, write

from kb import kinds
from kb import project as projects
from kb.citation import references
from kb.languages import CHINESE as ZH
from kb.languages import JAPANESE as JA
from kb.languages import LANGUAGES
from kb.views import ways

PACKAGE = ROOT / "scripts/kb"
TREATY = """
treaty:
  names: {zh-Hans: 条约, ja: 条約}
  shelf: treaties
  schema-org: Legislation
  csl: treaty
  bibtex: misc
  ris: GEN
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The site of one treaty, made by a copy of the program that has an entry more."""
    root = tmp_path_factory.mktemp("treaty")
    # What is compiled comes with it, but for what is being written just now.
    shutil.copytree(PACKAGE, root / "program/kb", ignore=shutil.ignore_patterns("*.pyc.*"))
    path = root / "program/kb/kinds.yml"
    path.write_text(path.read_text("utf-8") + TREATY, "utf-8")
    place = site_of(root / "project")
    write(place, {"docs/treaties/one.md": CHINESE.replace("kind: article", "kind: treaty"),
                  "docs_ja/treaties/one.md": JAPANESE.replace("kind: article", "kind: treaty"),
                  "docs/articles/index.md": "---\nkind: index\nlists: articles\n---\n\n# 文章\n",
                  "docs_ja/articles/index.md": "---\nkind: index\nlists: articles\n---\n\n# 論考\n",
                  "docs/index.md": "---\nkind: home\n---\n\n# 文库\n\n---\n",
                  "docs_ja/index.md": "---\nkind: home\n---\n\n# 文庫\n\n---\n"})
    environment = {"PYTHONPATH": str(root / "program"), "SITE_URL": "https://someone.example/kb/"}
    for command in ("anchors", "check"):
        done = subprocess.run(
            [sys.executable, "-c", "import pathlib; from kb.cli import main; "
             f"raise SystemExit(main(['{command}'], root=pathlib.Path.cwd()))"],
            cwd=place, env=os.environ | environment, text=True, capture_output=True)
        assert done.returncode == 0, done.stdout + done.stderr
    done = build(place, root / "site", anew=True, **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


def page(site, place):
    return (site / place / "index.html").read_text("utf-8")


@pytest.mark.parametrize(("place", "name", "title"), [
    ("", "条约", "聊聊芯片"), ("ja/", "条約", "チップについて")])
def test_a_new_kind_has_a_shelf_on_the_home_page_and_in_the_navigation(built, place, name, title):
    home = page(built, place)
    assert re.search(rf'<h2 id="shelf-treaties"><a href="[^"]*treaties/">{name}</a></h2>', home)
    nav = re.search(r'<nav class="kb-nav".*?</nav>', home, re.DOTALL).group()
    assert re.findall(r">([^<>\s]+)</a>", nav) == [name]
    listing = page(built, f"{place}treaties")
    assert f">{name}</h1>" in listing and f">{title}</a>" in listing
    assert 'class="kb-edit"' not in listing  # nobody wrote it
    assert re.search(r'rel="canonical" href="https://someone.example/kb/', listing)


@pytest.mark.parametrize(("place", "name"), [("", "条约"), ("ja/", "条約")])
def test_a_new_kind_is_known_to_the_page_and_to_every_citation(built, place, name):
    text = page(built, f"{place}treaties/one")
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text).group(1))
    assert data["@type"] == "Legislation" and data["genre"].startswith(name)
    assert 'rel="type" href="https://schema.org/Legislation"' in text
    assert 'class="md-typeset kb-document' in text
    folder = built / f"{place}treaties/one"
    [item] = json.loads((folder / "citation.json").read_text("utf-8"))
    assert item["type"] == "treaty" and item["genre"].startswith(name)
    assert (folder / "citation.bib").read_text("utf-8").startswith("@misc{")
    assert (folder / "citation.ris").read_text("utf-8").startswith("TY  - GEN\n")
    assert f"M3  - {name}" in (folder / "citation.ris").read_text("utf-8")


def test_a_new_kind_has_books_parallel_text_markdown_and_a_place_in_every_list(built):
    books = [*built.rglob("*.epub")]
    assert len(books) == 3
    for book in books:
        assert zipfile.ZipFile(book).testzip() is None
    assert "聊聊芯片" in page(built, "treaties/one/parallel")
    assert "## 条约" in (built / "llms.txt").read_text("utf-8")
    assert "## 条約" in (built / "ja/llms.txt").read_text("utf-8")
    assert "lists: treaties" in (built / "treaties/index.md").read_text("utf-8")
    assert "kb/ja/treaties/" in (built / "sitemap.xml").read_text("utf-8")
    assert "查看全部条约" in (built / "404.html").read_text("utf-8")
    found = [path for path in built.glob("search/**/*") if path.is_file()
             and b"treaties/one/" in path.read_bytes()]
    assert {path.relative_to(built).parts[1] for path in found} == {"zh-Hans", "ja"}


def test_shelves_without_a_document_do_not_show(built):
    for place in ("", "ja/"):
        assert "articles/" not in page(built, place) and "laws/" not in page(built, place)
    assert not (built / "laws").exists()
    assert "articles/" not in (built / "404.html").read_text("utf-8")


def test_schemas_for_editors_name_the_kinds_that_there_are():
    for path in PACKAGE.glob("schemas/*.json"):
        schema = json.loads(path.read_text("utf-8"))
        assert kinds.in_schema(path.stem, schema) == schema, "run: python scripts/schemas.py"


@pytest.mark.parametrize("kind", kinds.DOCUMENTS.values(), ids=lambda kind: kind.key)
def test_a_document_of_each_kind_is_cited_as_what_it_is_and_listed_on_its_shelf(tmp_path, kb, kind):
    write(tmp_path, {
        f"docs/{kind.shelf}/x.md": CHINESE.replace("kind: article", f"kind: {kind.key}"),
        f"docs_ja/{kind.shelf}/x.md": JAPANESE.replace("kind: article", f"kind: {kind.key}")})
    assert kb(tmp_path, "anchors")[0] == 0
    assert "KB" not in kb(tmp_path, "check")[1]
    found = projects.read(tmp_path)
    for language in LANGUAGES:
        document = found.corpus.page(f"{kind.shelf}/x.md", language)
        genre = references.reference(found, document).genre
        assert genre.startswith(kind.names[language.tag]) == kind.is_named
        index = found.corpus.page(f"{kind.shelf}/index.md", language)
        assert index.title == kind.names[language.tag] and index.front["lists"] == kind.shelf
        assert ways.shelves(found) == (kind.shelf,)


def test_an_index_that_somebody_wrote_stays_as_it_is(tmp_path):
    written = "---\nkind: index\nlists: articles\n---\n\n# 我们的文章\n"
    write(tmp_path, {"docs/articles/index.md": written})
    found = projects.read(project(tmp_path)).corpus
    assert found.page("articles/index.md", ZH).title == "我们的文章"
    assert found.page("articles/index.md", JA) is None


def test_no_index_is_made_where_its_address_is_taken(tmp_path):
    write(tmp_path, {"docs/articles.md": "# 我们的文章\n", "docs_ja/articles.md": "# 私たちの論考\n"})
    assert projects.read(project(tmp_path)).corpus.editions("articles/index.md") == ()


def test_the_navigation_keeps_its_order_and_shelves_stand_after_the_home_page(tmp_path):
    write(tmp_path, {"docs/index.md": "# 文库\n", "docs/timeline.md": "# 年表\n"})
    found = projects.read(project(tmp_path))
    assert ways.navigation(found, ["index.md", "laws/index.md", "timeline.md", "none.md"]) == [
        "index.md", "articles/index.md", "timeline.md"]
    assert ways.navigation(found, ["timeline.md", "articles/index.md"]) == ["timeline.md", "articles/index.md"]


@pytest.mark.parametrize(("old", "new", "message"), [
    ("ja: 条約", "ja: ''", "treaty lacks names.ja"), ("  ris: GEN\n", "", "treaty lacks ris"),
    ("  ris:", "  colour: red\n  ris:", "has colour that no kind has"),
    ("shelf: treaties", "shelf: tr", "cannot be a folder"), ("treaty:", "concept:", "a name that is taken"),
])
def test_an_entry_that_lacks_something_does_not_load(old, new, message):
    with pytest.raises(ValueError, match=message):
        kinds.read(TREATY.replace(old, new))


def test_nothing_but_the_data_names_a_kind():
    """`article` is also an element of HTML and a type of Open Graph; the others are words of ours alone."""
    names = [one for kind in kinds.DOCUMENTS.values() for one in (kind.key, kind.shelf)
             if one not in ("article", "notice", "report")]
    for path in (*PACKAGE.rglob("*.py"), *(ROOT / "theme").rglob("*.html"), ROOT / "mkdocs.yml",
                 *(ROOT / "theme/assets/kb").glob("*.*s")):
        text = path.read_text("utf-8")
        assert [one for one in names if re.search(rf"""["']{one}["'/]|\.?kb-{one}\b""", text)] == [], path


def test_the_data_stands_in_the_order_of_the_shelves():
    listed = yaml.safe_load((PACKAGE / "kinds.yml").read_text("utf-8"))
    assert list(kinds.SHELVES) == list(dict.fromkeys(one["shelf"] for one in listed.values()))
