"""Permanence: every id that was ever published leads somewhere for ever, every published wording can
be read again, and a link that carries what it cites says whether it still holds."""

import datetime
import json
import re

import pytest
from host import build, serve
from playwright.sync_api import expect
from scratch import CORPUS, commit, project, site_of, write

from kb import cli
from kb import project as projects
from kb.anchors import wordings
from kb.fingerprints import fingerprint

pytestmark = pytest.mark.usefixtures("each_text_once")

ZH, JA = "docs/articles/chips.md", "docs_ja/articles/chips.md"
REGISTER, WORDINGS = "anchors/articles/chips.yml", "anchors/articles/chips.txt"
TODAY = datetime.date.today().isoformat()


def edit(root, path, *changes):
    text = (root / path).read_text("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    (root / path).write_text(text, "utf-8")


def record(root, *lines):
    """Lines that an editor adds to the register by hand."""
    path = root / REGISTER
    path.write_text(path.read_text("utf-8") + "".join(f"{line}\n" for line in lines), "utf-8")


def anchors(root):
    assert cli.main(["anchors"], root=root) == 0


def insert(root):
    edit(root, ZH, ("## 法律效力", "这次的三份文件尚未公布。\n\n## 法律效力"))
    edit(root, JA, ("## 法的効力", "今回の3文書はまだ公表されていない。\n\n## 法的効力"))
    anchors(root)


def split(root):
    """p2 keeps its beginning; its end becomes a paragraph of its own."""
    edit(root, ZH, ("这种指导意见不算法律，包括：\n{ #p2 }",
                    "这种指导意见不算法律。\n{ #p2 }\n\n它包括：\n"))
    edit(root, JA, ("この種のガイダンスは法律ではなく、次のものを含む。\n{ #p2 }",
                    "この種のガイダンスは法律ではない。\n{ #p2 }\n\n次のものを含む。\n"))
    assert cli.main(["anchors", "--yes"], root=root) == 0


def merge(root):
    """p4 goes into p3, and leaves a tombstone."""
    edit(root, ZH, ("* 解释性规则；\n  { #p3 }\n* 政策声明。\n  { #p4 }", "* 解释性规则与政策声明。\n  { #p3 }"))
    edit(root, JA, ("* 解釈規則\n  { #p3 }\n* 政策声明\n  { #p4 }", "* 解釈規則と政策声明\n  { #p3 }"))
    record(root, f"- {{id: p4, date: {TODAY}, withdrawn: true, successor: p3}}")
    anchors(root)


def move(root):
    """The quotation moves to the beginning: it gets a new id there, the old one names it."""
    quotation = {ZH: "> “本届政府要确保盟友使用美国技术。”\n", JA: "> 「現政権は、同盟国に米国の技術を使ってもらう」\n"}
    for path, text in quotation.items():
        edit(root, path, (f"{text}> {{ #p5 }}\n", ""))
        edit(root, path, ("{ #p1 }\n", f"{{ #p1 }}\n\n{text}> {{ #p1za }}\n"))
    for path, tag in ((ZH, "zh-Hans"), (JA, "ja")):
        text = fingerprint(quotation[path].removeprefix("> ").strip())
        record(root, f"- {{id: p1za, date: {TODAY}, language: {tag}, text: {text}, was: p5}}")
    record(root, f"- {{id: p5, date: {TODAY}, withdrawn: true, successor: p1za}}")
    anchors(root)


def delete(root):
    edit(root, ZH, ("首先，BIS很不严谨。\n{ #p1 }\n", ""))
    edit(root, JA, ("まず、BISはまったくずさんである。\n{ #p1 }\n", ""))
    record(root, f"- {{id: p1, date: {TODAY}, withdrawn: true}}")
    anchors(root)


def translate(root):
    """A paragraph that Japanese never had is translated after the Chinese was changed."""
    edit(root, ZH, ("解释性规则与政策声明。", "解释性规则与政策声明两类。"))
    anchors_with_stale(root)
    edit(root, JA, ("解釈規則と政策声明", "解釈規則と政策声明の2種類"))
    anchors(root)


def retranslate(root):
    edit(root, JA, ("今回の3文書はまだ公表されていない。", "このたびの3つの文書は、いまだ公表に至っていない。"))
    anchors(root)


def anchors_with_stale(root):
    assert cli.main(["anchors"], root=root) == 1  # recorded, and the translation is now older


HISTORY = (insert, split, merge, move, delete, translate, retranslate)


def published(root):
    """Every (id, language) that stands on a page today, with its text."""
    found = projects.read(root)
    return {(anchor, page.language.tag): text
            for page in found.corpus.editions("articles/chips.md")
            for anchor, text in page.anchors.items()}


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    """A tree with a history of edits, and everything that was ever published in it."""
    root = tmp_path_factory.mktemp("history")
    project(root)
    site_of(root)
    states = [published(root)]
    for step in HISTORY:
        step(root)
        states.append(published(root))
    done = build(root, root / "site", SITE_URL="https://someone.example/kb/")
    assert done.returncode == 0, done.stderr
    return root, states


@pytest.fixture(scope="module")
def rewritten(history):
    server, url = serve(history[0] / "site")
    yield url + "{}articles/chips/"
    server.shutdown()


def test_every_id_that_was_ever_published_leads_to_its_text_or_to_a_tombstone(history):
    root, states = history
    ever = {anchor for state in states for anchor, _ in state}
    today = {anchor for anchor, _ in states[-1]}
    withdrawn = projects.read(root).register("articles/chips").withdrawn
    assert {"p1", "p2", "p3", "p4", "p5", "legal-effect", "p1a"} <= ever
    assert ever - today == {"p1", "p4", "p5"} == set(withdrawn)
    for prefix in ("", "ja/"):
        for made in ("", "parallel/"):
            html = (root / "site" / prefix / "articles/chips" / made / "index.html").read_text("utf-8")
            ids = set(re.findall(r'\bid="([^"]+)"', html))
            # A title has no counterpart in the parallel text but the page's own.
            assert ever - {"title"} <= ids, made
    html = (root / "site/ja/articles/chips/index.html").read_text("utf-8")
    assert re.search(r'<p id="p4">第4段落は\d+年\d+月\d+日に撤回された。後継は<a href="#p3">第3段落</a>である。</p>', html)
    assert re.search(r'<p id="p5">.*?<a href="#p1za">第1za段落</a>', html)


def test_no_id_ever_stood_for_another_paragraph(history):
    """A wording keeps its id unless the register says that it moved."""
    _, states = history
    moved = {("p5", "p1za")}
    owners = {}
    for state in states:
        for (anchor, tag), text in state.items():
            before = owners.setdefault((tag, text), anchor)
            assert before == anchor or (before, anchor) in moved


def test_every_wording_that_was_ever_published_is_kept(history):
    root, states = history
    texts = wordings.read(root)[0]["articles/chips"].texts
    for state in states:
        for text in state.values():
            assert texts[fingerprint(text)] == text
    found = projects.read(root)
    assert not list(wordings.check(found.corpus, found.registers, found.wordings, TODAY))


def test_the_register_and_the_wordings_only_ever_grew(tmp_path):
    project(tmp_path)
    before = {name: (tmp_path / name).read_text("utf-8") for name in (REGISTER, WORDINGS)}
    for step in HISTORY:
        step(tmp_path)
        for name, text in before.items():
            now = (tmp_path / name).read_text("utf-8")
            assert now.startswith(text)
            before[name] = now


def cite(text, day="2026-03-05"):
    return f"?cite={day}.{fingerprint(text)}"


def test_a_link_that_still_holds_says_so(page, address):
    prefixes = {"": ("docs", "这一段的文字与2026年3月5日引用时相同。"),
                "ja/": ("docs_ja", "この段落の文言は、2026年3月5日の引用時と変わらない。")}
    found = projects.read(CORPUS)
    for prefix, (tree, words) in prefixes.items():
        edition = next(one for one in found.corpus.editions("articles/encoder-notices.md")
                       if one.file.startswith(f"{tree}/"))
        page.goto(f"{address}{prefix}articles/encoder-notices/{cite(edition.anchors['p23'])}#p23")
        note = page.locator("#p23 + .kb-cited")
        expect(note).to_contain_text(words)
        assert note.locator("details").count() == 0
        expect(page.locator("#p23")).to_be_in_viewport()


@pytest.mark.parametrize(("prefix", "cited", "words"), [
    ("", 0, ("引文核对（中文）", "这一段的文字与2026年3月5日引用时相同。")),
    ("", 1, ("引文核对（日本語）", "这一段的文字与2026年3月5日引用时相同。")),
    ("ja/", 0, ("引用箇所の照合（中文）", "この段落の文言は、2026年3月5日の引用時と変わらない。")),
    ("ja/", 1, ("引用箇所の照合（日本語）", "この段落の文言は、2026年3月5日の引用時と変わらない。"))])
def test_beside_both_editions_a_link_says_of_which_it_holds(page, address, prefix, cited, words):
    edition = projects.read(CORPUS).corpus.editions("articles/encoder-notices.md")[cited]
    page.goto(f"{address}{prefix}articles/encoder-notices/parallel/{cite(edition.anchors['p23'])}#p23")
    note = page.locator("#p23 > .kb-cited")
    for said in words:
        expect(note).to_contain_text(said)
    expect(page.locator("#p23")).to_be_in_viewport()
    page.goto(f"{address}{prefix}articles/encoder-notices/parallel/{cite('没有公布过的文字')}#p23")
    expect(note).to_contain_text("当文庫が公開したどの版にも見当たらない" if prefix else "不见于本库公布过的任何一版")


def test_a_link_whose_paragraph_was_edited_shows_the_difference_and_the_wording_as_it_was(
        page, rewritten):
    old = "今回の3文書はまだ公表されていない。"
    page.goto(rewritten.format("ja/") + cite(old) + "#p1a")
    note = page.locator("#p1a + .kb-cited")
    year = TODAY[:4]
    expect(note).to_contain_text(f"2026年3月5日の引用の後、この段落は改められた（直近の変更は{year}年")
    note.locator("summary").click()
    expect(note.locator("blockquote")).to_have_text(old)
    difference = note.locator(".kb-cited-difference")
    assert difference.evaluate("one => { const now = one.cloneNode(true); now.querySelectorAll('del')"
                               ".forEach((gone) => gone.remove()); return now.textContent }") \
        == "このたびの3つの文書は、いまだ公表に至っていない。"
    assert difference.evaluate("one => { const then = one.cloneNode(true); then.querySelectorAll('ins')"
                               ".forEach((come) => come.remove()); return then.textContent }") == old
    assert note.locator("del").count() and note.locator("ins").count()
    assert note.locator("blockquote").get_attribute("lang") == "ja"


def test_a_link_to_a_deleted_paragraph_reads_its_tombstone_and_what_it_said(page, rewritten):
    page.goto(rewritten.format("ja/") + cite("まず、BISはまったくずさんである。") + "#p1")
    expect(page.locator("#p1")).to_contain_text("第1段落は")
    expect(page.locator("#p1")).to_contain_text("削除された。")
    note = page.locator("#p1 + .kb-cited")
    expect(note).to_contain_text("2026年3月5日の引用の後、第1段落は")
    note.locator("summary").click()
    expect(note.locator("blockquote")).to_have_text("まず、BISはまったくずさんである。")


def test_a_link_to_a_merged_paragraph_names_its_successor(page, rewritten):
    page.goto(rewritten.format("") + "#p4")
    page.locator("#p4 a").click()
    assert page.url.endswith("#p3")


def test_a_link_to_a_wording_that_moved_leads_to_where_it_stands(page, rewritten):
    page.goto(rewritten.format("") + cite("“本届政府要确保盟友使用美国技术。”") + "#p5")
    note = page.locator("#p5 + .kb-cited")
    expect(note).to_contain_text("2026年3月5日引用的文字，现见第1za段。")
    note.locator("a").click()
    assert page.url.endswith("#p1za")


@pytest.mark.parametrize("mark", ["2026-03-05.000000000000", "2026-03-05", "<b>x</b>", ""])
def test_a_link_that_was_tampered_with_is_not_believed(page, address, mark):
    page.goto(f"{address}articles/encoder-notices/?cite={mark}#p23")
    expect(page.locator("#p23 + .kb-cited")).to_contain_text("不见于本库公布过的任何一版")


def test_without_the_versions_the_page_says_that_it_cannot_tell(page, address):
    page.route("**/versions.json", lambda route: route.abort())
    page.goto(f"{address}ja/articles/encoder-notices/?cite=2026-03-05.000000000000#p23")
    expect(page.locator("#p23 + .kb-cited")).to_contain_text("版の記録を取得できず、照合できなかった。")


def test_an_address_made_on_the_page_holds_and_a_plain_visit_asks_for_nothing(page, address):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}ja/articles/encoder-notices/#p23")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "versions.json" in url]
    assert page.locator(".kb-cited").count() == 0
    link = page.evaluate("import(new URL('../../../assets/kb/check-citation.js', location).href)"
                         ".then((module) => module.address('p23'))")
    assert re.fullmatch(re.escape(f"{address}ja/articles/encoder-notices/?cite=")
                        + r"\d{4}-\d\d-\d\d\.[0-9a-f]{12}#p23", link)
    page.goto(link)
    expect(page.locator("#p23 + .kb-cited")).to_contain_text("引用時と変わらない。")


@pytest.mark.parametrize(("before", "now", "pieces"), [
    ("甲乙丙", "甲乙丙", [["same", "甲乙丙"]]),
    ("首先，BIS很不严谨。", "首先，BIS并不严谨。", [["same", "首先，BIS"], ["del", "很"], ["ins", "并"], ["same", "不严谨。"]]),
    ("", "新", [["ins", "新"]]),
    ("𠮷野家", "吉野家", [["del", "𠮷"], ["ins", "吉"], ["same", "野家"]]),
])
def test_a_difference_is_told_character_by_character(page, address, before, now, pieces):
    page.goto(address)
    assert page.evaluate("([before, now]) => import(new URL('assets/kb/check-citation.js', location).href)"
                         ".then((module) => module.difference(before, now))", [before, now]) == pieces


def test_versions_are_one_small_file_a_document_with_no_wording_of_today(site):
    data = json.loads((site / "articles/encoder-notices/versions.json").read_text("utf-8"))
    assert data["anchors"]["p23"][0][1] == fingerprint(
        projects.read(CORPUS).corpus.editions("articles/encoder-notices.md")[0].anchors["p23"])
    assert data["wordings"] == {}


def test_versions_of_a_document_that_was_edited_hold_what_it_said_before(site):
    data = json.loads((site / "press-releases/three-notices/versions.json").read_text("utf-8"))
    assert [day for day, _ in data["anchors"]["p7"]] == ["2026-05-20", "2026-06-15"]
    before = "发布第17号通告，规定在岛内外任何地方销售北辰光栅尺，均须事前许可。"
    assert data["wordings"][fingerprint(before)] == before
    assert "p15" in data["withdrawn"]


def test_fingerprints_of_published_wordings_never_change():
    """They stand in addresses: whatever computes them must give these for ever."""
    assert fingerprint("首先，BIS很不严谨。") == "0e6ab45f1e1d"
    assert fingerprint("まず、 BIS はまったく\nずさんである。") == fingerprint("まず、BISはまったくずさんである。") == "58329fbd15de"


def test_a_wording_taken_away_is_found_with_the_line_to_put_back(tmp_path, kb):
    project(tmp_path)
    text = "首先，BIS很不严谨。"
    line = f"{fingerprint(text)} {text}"
    path = tmp_path / WORDINGS
    path.write_text(path.read_text("utf-8").replace(f"{line}\n", ""), "utf-8")
    code, printed = kb(tmp_path, "anchors", "--check")
    assert code == 1
    assert printed.startswith(
        f"{WORDINGS}:1: KB215 a published wording that is not kept: found no wording "
        f"{fingerprint(text)} of #p1, expected every wording that was ever published\n"
        f"    hint: run: kb anchors, or add at its end: {line}\n")


def test_a_wording_changed_afterwards_is_refused_by_the_build_too(tmp_path, kb):
    project(tmp_path)
    site_of(tmp_path)
    edit(tmp_path, WORDINGS, ("首先，BIS很不严谨。", "首先，BIS很严谨。"))
    expected = (f"{WORDINGS}:3: KB216 a wording that does not fit its fingerprint: found "
                f"“{fingerprint('首先，BIS很不严谨。')} 首先，BIS很严谨。”")
    number = next(n for n, row in enumerate((tmp_path / WORDINGS).read_text("utf-8").splitlines(), 1)
                  if "BIS很严谨" in row)
    expected = expected.replace(":3:", f":{number}:")
    assert expected in kb(tmp_path, "check")[1]
    done = build(tmp_path, tmp_path / "site")
    assert done.returncode == 1 and expected in done.stdout + done.stderr


def test_another_paragraph_written_under_an_old_id_is_refused(tmp_path, kb):
    project(tmp_path)
    other = "总之，盟友是否跟进，要看七月的谈判结果如何，现在下结论为时过早。"
    edit(tmp_path, ZH, ("这种指导意见不算法律，包括：", other))
    before = (tmp_path / REGISTER).read_text("utf-8")
    code, printed = kb(tmp_path, "anchors")
    assert code == 1 and "KB217 an id whose text was replaced: found #p2" in printed
    assert (tmp_path / REGISTER).read_text("utf-8") == before
    line = printed.partition(f"at the end of {REGISTER}: ")[2].splitlines()[0]
    assert line.endswith(f"text: {fingerprint(other)}, was: p2}}")
    record(tmp_path, line)  # the editor declares that it is the same paragraph, written anew
    code, printed = kb(tmp_path, "anchors")
    assert "KB217" not in printed


def test_a_pull_request_that_takes_a_wording_away_fails_with_the_exact_line(tmp_path, kb):
    project(tmp_path)
    commit(tmp_path)
    lines = (tmp_path / WORDINGS).read_text("utf-8").splitlines(keepends=True)
    (tmp_path / WORDINGS).write_text("".join(lines[:3] + lines[4:]), "utf-8")
    code, printed = kb(tmp_path, "anchors", "--check", "--since", "HEAD")
    assert code == 1
    assert (f"{WORDINGS}:4: KB214 a line that is gone from a register: found no line “{lines[3].strip()}”"
            in printed)
    assert kb(tmp_path, "anchors")[0] == 0  # puts it back where it was
    assert (tmp_path / WORDINGS).read_text("utf-8") == "".join(lines)


def test_a_document_cannot_vanish_even_when_all_its_ids_were_withdrawn(tmp_path, kb):
    project(tmp_path)
    ids = dict.fromkeys(anchor for anchor, _ in published(tmp_path))
    record(tmp_path, *(f"- {{id: {anchor}, date: {TODAY}, withdrawn: true}}" for anchor in ids))
    write(tmp_path, {ZH: None, JA: None})
    code, printed = kb(tmp_path, "anchors", "--check")
    assert code == 1
    assert printed.startswith(f"{REGISTER}:1: KB206 a published id that is gone: found no document")


@pytest.mark.parametrize(("line", "found"), [
    ("- {id: p1, date: 2026-13-45, language: zh-Hans, text: 000000000000}", "the date 2026-13-45"),
    (f"- {{id: p1, date: {TODAY}, withdrawn: true, successor: p1}}", "#p1 as its own successor"),
])
def test_a_day_that_does_not_exist_and_a_successor_that_leads_back_are_refused(
        tmp_path, kb, line, found):
    project(tmp_path)
    record(tmp_path, line)
    code, printed = kb(tmp_path, "check")
    assert code == 1 and f"KB212 a register that contradicts itself: found {found}" in printed


@pytest.mark.parametrize("character", ["\u2028", "\u0085", "\v", "\f"])
def test_a_line_break_that_came_with_pasted_text_is_refused_before_anything_is_recorded(
        tmp_path, kb, character):
    project(tmp_path)
    edit(tmp_path, ZH, ("首先，BIS很不严谨。", f"首先，{character}BIS并不严谨。"))
    before = [(tmp_path / name).read_text("utf-8") for name in (ZH, REGISTER, WORDINGS)]
    code, printed = kb(tmp_path, "anchors")
    assert code == 1 and "after “首先，”, expected characters that a reader can see\n    hint: put a line " \
        "break, or nothing, in its place" in printed
    assert [(tmp_path / name).read_text("utf-8") for name in (ZH, REGISTER, WORDINGS)] == before


def test_a_citation_is_checked_where_it_leads_and_nowhere_else(page, address):
    text = projects.read(CORPUS).corpus.editions("articles/encoder-notices.md")[0].anchors["p23"]
    page.goto(f"{address}articles/encoder-notices/{cite(text)}#p23")
    expect(page.locator("#p23 + .kb-cited")).to_be_visible()
    page.locator("#p24 > .kb-number").click()
    page.keyboard.press("Escape")
    expect(page.locator(".kb-cited")).to_have_count(1)
    expect(page.locator("#p23 + .kb-cited")).to_contain_text("引用时相同")


def test_a_paragraph_that_reads_like_another_is_not_taken_for_it(page, address):
    page.goto(address)
    known = {"language": "zh-Hans", "anchors": {"p2": [["2026-01-01", "a" * 12], ["2026-02-01", "b" * 12]],
                                                "p3": [["2026-01-01", "a" * 12]]},
             "withdrawn": {}, "moved": {}, "wordings": {"a" * 12: "好的。", "b" * 12: "不好。"},
             "words": {"changed": "改动{date}{changed}", "date": "{year}.{month}.{day}", "moved": "移"}}
    assert page.evaluate("(known) => import(new URL('assets/kb/check-citation.js', location).href).then("
                         "(module) => module.verdict(known, 'p2', '2026-01-15', 'aaaaaaaaaaaa'))",
                         known) == {"words": "改动2026.1.152026.2.1", "then": "好的。", "now": "不好。"}
