"""A link in a text may lead to a page that the site makes, written like any other: by the name of a Markdown
file. What the site does not make is a finding, and so is the address of a page in the place of its name."""

import re

import pytest
from host import build
from scratch import CHINESE, project, site_of, with_source, write

from kb import project as projects
from kb import rendering
from kb.languages import LANGUAGES

MADE = ("articles/chips/parallel.md", "articles/chips/collation.md", "about/state.md")


def linked(root, target, language=0):
    """A project with a page that links to `target`."""
    write(root, {f"{LANGUAGES[language].tree}/about/map.md": f"# {('地图', '地図')[language]}\n\n[x]({target})\n"})
    return root


@pytest.mark.parametrize("language", [0, 1])
@pytest.mark.parametrize("path", MADE)
def test_a_link_to_a_page_that_the_site_makes_leads_there(tmp_path, kb, path, language):
    root = linked(with_source(tmp_path), f"../{path}", language)
    assert not re.search("KB40[1-3]", kb(root, "check")[1])
    found = projects.read(root)
    page = found.corpus.page("about/map.md", LANGUAGES[language])
    folder = path.removesuffix(".md").removeprefix("about/")
    way = f"../{folder}/" if path.startswith("about/") else f"../../{folder}/"
    assert f'href="{way}"' in rendering.shown(found, page, page.language)


def test_the_pages_stand_where_the_links_lead(tmp_path):
    root = site_of(with_source(tmp_path))
    for language in (0, 1):
        write(root, {f"{LANGUAGES[language].tree}/about/map.md": "# 地図\n\n" + "\n".join(
            f"[x](../{path})\n" for path in MADE)})
    done = build(root, root / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    for prefix in ("", "ja/"):
        page = root / "site" / prefix / "about/map"
        ways = re.findall(r'href="([^"]*(?:parallel|collation|state)/)">x<', (page / "index.html").read_text("utf-8"))
        assert len(ways) == len(MADE) and all((page / way / "index.html").is_file() for way in ways)


@pytest.mark.parametrize(("target", "hint"), [
    ("../articles/chips/parallel/", "write ../articles/chips/parallel.md"),
    ("../articles/chips/parallel", "write ../articles/chips/parallel.md"),
    ("../articles/chips/parallel/index.html", "did you mean ../articles/chips/parallel.md?"),
    ("../articles/chips/paralel.md", "did you mean ../articles/chips/parallel.md?"),
    ("../about/state/", "write state.md"),
])
def test_the_address_of_such_a_page_is_answered_with_its_name(tmp_path, kb, target, hint):
    printed = kb(linked(with_source(tmp_path), target), "check")[1]
    assert printed.count("KB401") == 1 and f"hint: {hint}\n" in printed


@pytest.mark.parametrize(("path", "files"), [
    ("articles/chips/collation.md", {}),  # no received text
    ("articles/chips/parallel.md", {"docs_ja/articles/chips.md": None}),
    ("about/state.md", {"docs/articles/chips.md": CHINESE.replace("kind: article", "kind: page"),
                        "docs_ja/articles/chips.md": None}),
])
def test_a_link_to_what_the_site_does_not_make_here_is_a_finding(tmp_path, kb, path, files):
    root = linked(project(tmp_path), f"../{path}")
    write(root, files)
    assert f"docs/about/map.md:3: KB401 a link to a page that does not exist: found a link to ../{path}," in kb(
        root, "check")[1]
