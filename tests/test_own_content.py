"""What this project publishes, whatever it says: it is checked, accounted for, and built. No test here knows
a word of it, and no other test looks at it."""

from pathlib import Path

import yaml
from host import build
from lxml import html as parser
from scratch import ROOT

from kb import project as projects
from kb.reading import settings


def test_kb_check_finds_nothing_to_mend(kb):
    code, printed = kb(ROOT, "check")
    assert code == 0, printed


def test_kb_fix_finds_nothing_to_mend_so_that_an_editor_sees_only_their_own_pages(kb):
    code, printed = kb(ROOT, "fix")
    assert (code, printed.strip()) == (0, "nothing to fix"), printed


def test_every_received_character_is_accounted_for():
    for collation in projects.read(ROOT).collations:
        figures = collation.figures
        assert figures.unaccounted == 0, collation.received.file
        assert figures.received == len(collation.received.text) == sum(
            (figures.unchanged, figures.normalised, figures.omitted, figures.emended))


def test_it_builds_strictly_and_every_paragraph_stands_on_its_page_under_its_id(tmp_path):
    done = build(ROOT, tmp_path, SITE_URL="https://someone.example/kb/")
    assert done.returncode == 0, done.stdout + done.stderr
    for page in projects.read(ROOT).corpus.documents:
        ids = parser.parse(str(tmp_path / page.address / "index.html")).xpath("//article//@id")
        assert [one for one in ids if one in page.anchors] == list(page.anchors), page.file


def test_the_collection_and_the_configuration_name_one_licence():
    licence = settings.read(ROOT).license
    assert licence is not None
    for name in ("CITATION.cff", "LICENSE", "README.md"):
        assert licence.address in Path(ROOT, name).read_text("utf-8"), name
    abstract = yaml.safe_load(Path(ROOT, "CITATION.cff").read_text("utf-8"))["abstract"]
    assert f"{licence.name}, {licence.address}" in abstract
