"""What is searched for is found, and nothing else: folding, the index, and `search.js` in a real
Chromium against texts that are asked one by one."""

import functools
import random
import re
import shutil
import unicodedata
import zlib
from urllib.parse import unquote

import pytest
from conftest import serve
from oracle import found, queries, texts
from scratch import CORPUS, ROOT, write

from kb import languages
from kb import project as projects
from kb.languages import CHINESE
from kb.search import folding, grams, index, units
from kb.search.folding import fold

# --- folding ------------------------------------------------------------------------------------

SAME = [
    ("经济安全", "經濟安全"), ("经济安全", "経済安全"), ("出口管制", "出口管製"), ("云计算", "雲計算"),
    ("国际", "國際"), ("図書館", "圖書館"), ("图书馆", "図書館"), ("広告", "廣告"), ("发展", "發展"), ("头发", "頭髮"),
    ("ＢＩＳ", "bis"), ("Huawei", "HUAWEI"), ("ﾊﾞﾄﾙ法", "バトル法"), ("ガイダンス", "カ\u3099イタ\u3099ンス"),
    ("ｻｰﾊﾞｰ", "サーバー"), ("２０２５年", "2025年"), ("㈱", "(株)"), ("①", "1"), ("…", "..."),
    ("輸出　管理", "輸出 管理"), ("  輸出\n\t管理 ", "輸出 管理"), ("ΣΟΦΟΣ", "σοφοσ"), ("İ", "i̇"), ("ﬁ", "fi"),
    ("葛\U000e0100城", "葛城"), ("神\ufe00社", "神社"), ("国際\u200b的", "国際的"), ("\ufeff規則", "規則"), ("輸\u00ad出", "輸出"),
    ("か\u200b\u3099", "が"), ("e\u034f\u0301", "é"), ("👩\u200d👩", "👩👩"), ("⚠️", "⚠"), ("管\u202e制", "管制"), ("한\u3164국", "한국"),
    ("１〜３", "１～３"), ("−１", "－１"), ("∥", "‖"), ("―", "—"), ("⁻¹", "-1"), ("￠￡￢", "¢£¬"), ("ジャン･ポール", "ジャン・ポール"),
    ("唐纳德·特朗普", "唐纳德・特朗普"), ("𝟞𝟘", "60"), ("한글", "\u1112\u1161\u11ab\u1100\u1173\u11af"), ("金", "金"),
]
DIFFERENT = [("b", "\U00100062"), ("人々", "人人"), ("ー", "一"), ("サーバー", "サーバ"), ("ー", "－"), ("—", "-"), ("～", "-"), ("zhèngcè", "zhengce"), ("は", "ば"), ("カ", "か"), ("规则", "规定"), ("輸出", "輸入")]
TORTURE = [one for pair in (*SAME, *DIFFERENT) for one in pair] + [
    "a\u200b b", "a \u200b b", "\u200b", " \u200b ", "\u200b\u3099", "か\u200d\u200b\u3099\ufe0f", "葛\U000e0100\U000e0101", "1️⃣ ㊗️",
    "\u1112\u200b\u1161\u11ab", "\u115f\u1161", "zhèngcè x\u0302y", "ÉBIS Ⅻ ⅻ ↀ", "〜∥−―·", "⁻₋﹘﹣︱ŀ", "\u2225\u0338", "Ꞌꞌ Ꭓꭓ",
    "𠮷野家", "👩‍👩‍👧 家族", "葛\U000e0100城", "´", "a´b", "\u0301あ", "e\u0301\u0327", "\uff9eは", "ハ\uff9fハ\uff9e",
    "ㄱㅏ", "\u1100\uffc2", "\ufeffx\u200by", "\x1ca\x85b", "ǅ", "ẞß", "ſt", "½", "㍿㌔", "①②", "a\u030a\u0323", "\u0344",
    "<mark>&amp;</mark>", "“引号”「鉤」", "ⅷ", "ヿゟ", "ヷヸ", "か\u309a", "ｶﾞｷﾞﾊﾟ", "\U0001100f\U00011046", "", " ", "　",
]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_writings_of_one_word_are_folded_to_one(one, two):
    assert fold(one) == fold(two)


@pytest.mark.parametrize(("one", "two"), DIFFERENT)
def test_what_is_another_word_stays_another(one, two):
    assert fold(one) != fold(two)


def test_folding_quickly_is_folding():
    fold_quickly = folding.Folder()
    every = [chr(code) for code in range(0x20000) if not 0xD800 <= code < 0xE000]
    for text in (*TORTURE, *every, *(f"カ{one}\u3099" for one in every)):
        assert fold_quickly(text) == fold(text), ascii(text)


def test_folding_twice_changes_nothing():
    for text in TORTURE:
        assert fold(fold(text)) == fold(text), ascii(text)


def test_every_variant_leads_to_one_that_stays_as_it_is():
    table = folding.variants()
    assert len(table) > 5000
    assert all(table.get(lead, lead) == lead for lead in table.values())
    assert all(unicodedata.normalize("NFKC", one) == one for one in table.values())


# --- units and lists ----------------------------------------------------------------------------

def plain(root, chinese, japanese="# ページ\n\n一段落。\n"):
    write(root, {"docs/page.md": chinese, "docs_ja/page.md": japanese})
    return projects.read(root)


def test_titles_come_first_then_headings_then_paragraphs_and_newer_documents_before_older(tmp_path):
    front = "---\nkind: article\ndescription: 一\nauthor: 某\npublished: {}\ntext: original\n---\n\n"
    write(tmp_path, {
        "docs/articles/a.md": front.format("2024-01-01") + "# 旧文\n\n旧段。\n{ #p1 }\n",
        "docs/articles/b.md": front.format("2025-01-01") + "# 新文\n\n## 节 { #x }\n\n新段。\n{ #p1 }\n",
        "docs/c.md": "# 无日期\n\n## 小节\n\n末段。\n"})
    found_units = units.of(projects.read(tmp_path), CHINESE)
    assert [one.found.text for one in found_units] == [
        "新文", "旧文", "文章", "无日期", "节", "小节", "新段。", "旧段。", "文章，新者在前。", "末段。",
        "一", "某", "一", "某",  # last what templates print: descriptions and authors
        "本库收录的文章，新者在前，逐段编号，中日对照。", "离线阅读", "文本状态", "核对引文", "我的笔记"]
    assert [one.ordinal for one in found_units] == list(range(19))
    assert [one.under for one in found_units[6:10]] == [4, 1, 2, 5]


def test_a_long_paragraph_takes_more_ordinals_and_touches_no_other(tmp_path):
    long = "长" * units.PLACES
    found_units = units.of(plain(tmp_path, f"# 页\n\n{long}\n\n后段。\n"), CHINESE)
    assert [(one.ordinal, one.end) for one in found_units] == [(0, 1), (1, 3), (3, 4)]


def test_a_second_title_on_a_page_is_a_heading(tmp_path):
    found_units = units.of(plain(tmp_path, "# 甲\n\n一。\n\n# 乙\n\n二。\n\n## 丙\n\n三。\n"), CHINESE)
    assert [(one.found.text, one.found.headings) for one in found_units] == [
        ("甲", ()), ("乙", ()), ("丙", ("乙",)), ("一。", ()), ("二。", ("乙",)), ("三。", ("乙", "丙"))]


def test_no_gram_holds_white_space_and_the_first_letters_of_words_are_marked(tmp_path):
    found_units = units.of(plain(tmp_path, "# 页\n\nBIS chips 规则\n"), CHINESE)
    lists = grams.postings(found_units, grams.FREQUENT)
    assert not any(" " in gram for gram in lists)
    start = chr(ord("b") + folding.START)
    assert start + "i" in lists and "bi" not in lists and "is" in lists


def test_of_a_frequent_gram_the_units_are_kept_and_longer_grams_have_the_places(tmp_path):
    found_units = units.of(plain(tmp_path, "# 页\n\n出口管制。严格管制！\n"), CHINESE)
    lists = grams.postings(found_units, 1)
    assert lists["管制"].is_units and not lists["出口"].is_units
    assert {gram for gram in lists if len(gram) > 2} == {"口管制", "格管制", "管制。", "管制!"}


def test_letters_in_a_row_are_kept_by_fours_and_sixes(tmp_path):
    found_units = units.of(plain(tmp_path, "# 页\n\nexport・管制 コンピュータ法\n"), CHINESE)
    lists = grams.postings(found_units, grams.FREQUENT)
    start = chr(ord("e") + folding.START)
    assert {gram for gram in lists if len(gram) > 2} == {
        f"{start}xpo", "xpor", "port", "ort・", f"{start}xport", "xport・",
        "コンピュ", "ンピュー", "ピュータ", "コンピュータ"}


def test_a_long_list_of_units_is_compressed(tmp_path):
    text = "\n\n".join("的" * (1 + number % 3) for number in range(3000))
    found_units = units.of(plain(tmp_path, f"# 页\n\n{text}\n"), CHINESE)
    lists = grams.postings(found_units, grams.FREQUENT)
    packed = dict(grams.files(lists, 1))["lists/7684.bin"]
    assert zlib.decompress(packed) == lists["的"].data
    assert len(packed) < len(lists["的"].data) / 3


def test_an_empty_project_has_an_empty_index(tmp_path):
    assert grams.postings((), grams.FREQUENT) == {}


def test_the_index_of_one_project_is_always_the_same_and_other_bytes_have_another_address(tmp_path):
    one = index.files(plain(tmp_path, "# 页\n\n一段。\n"))
    assert one == index.files(plain(tmp_path, "# 页\n\n一段。\n"))
    two = index.files(plain(tmp_path, "# 页\n\n另一段。\n"))
    kept = {place for place in one if "manifest" not in place} & set(two)
    assert all(one[place] == two[place] for place in kept)
    assert any("/terms" in place for place in kept)
    assert any("zh-Hans/texts/" in place for place in set(one) - kept)


def test_the_table_of_variants_holds_only_what_can_be_found(tmp_path):
    files = index.files(plain(tmp_path, "# 页\n\n经济安全。\n"))
    table = next(content for place, content in files.items() if "/variants-" in place)
    assert any(set("经經経") <= set(line) for line in table.split("\n"))
    assert "图" not in table


# --- in a browser -------------------------------------------------------------------------------

def published(root, place, frequent=grams.FREQUENT):
    """The search of the project at `root`, without its pages."""
    for name, content in index.files(projects.read(root), frequent).items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    shutil.copytree(ROOT / "theme/assets/kb", place / "assets/kb")
    (place / "404.html").write_text("<!doctype html><title>404</title>", "utf-8")
    (place / "index.html").write_text('<!doctype html><html lang="zh-Hans"><title>x</title>', "utf-8")
    return place


ASK = """async ([module, queries, options]) => {
  const { search } = await import(module)
  const all = []
  for (const query of queries) all.push(await search(query, options))
  return all
}"""


def asked_in(page, address, *asked, **options):
    if page.url != address:
        page.goto(address)
    return page.evaluate(ASK, [f"{address}assets/kb/search.js", list(asked), options])


@pytest.fixture
def ask(windows):
    """`ask(address, queries, language=…)` → the hits of each query."""
    return functools.partial(asked_in, windows(viewport={"width": 1280, "height": 800}))


@pytest.fixture(scope="module", params=[grams.FREQUENT, 20], ids=["as published", "many are frequent"])
def ours(request, tmp_path_factory):
    server, address = serve(published(CORPUS, tmp_path_factory.mktemp("ours"), request.param))
    yield address
    server.shutdown()


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """`tiny(files)` → the address of the search of two small trees; those of the same files are one."""
    kept = {}

    def build(**files):
        if (key := tuple(files.items())) not in kept:
            root = tmp_path_factory.mktemp("tiny")
            write(root, {name.replace("__", "/") + ".md": text for name, text in files.items()})
            kept[key] = serve(published(root, root / "site"))
        return kept[key][1]

    yield build
    for server, _ in kept.values():
        server.shutdown()


def literal(hits, address):
    """(page, text) of each hit that has the words, as the oracle has them."""
    from collections import Counter

    return Counter((hit["url"].removeprefix(address).partition("#")[0], hit["text"])
                   for hit in hits if hit["match"] == "literal")


def disguised(query, chance):
    """`query` as someone else might write it."""
    other_writing = {one: line for line in folding.classes(query) for one in line}
    way = chance.randrange(4)
    if way == 0:
        return query.upper()
    if way == 1:
        return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in query)
    if way == 2:
        return "".join(chance.choice(other_writing.get(c, c)) for c in query)
    return unicodedata.normalize("NFD", query)


@pytest.mark.parametrize("language", languages.LANGUAGES, ids=lambda one: one.tag)
def test_any_substring_is_found_wherever_it_stands_and_nowhere_else(ask, ours, language):
    chance = random.Random(20250514)
    project = projects.read(CORPUS)
    all_ = texts(project, language)
    asked = list(queries(all_, 150, chance, (1, 2, 2, 3, 4, 5, 6, 7, 8, 13, 40, 200)))
    asked += [disguised(query, chance) for query in asked[:60]]
    asked += [" ".join(pair) for pair in zip(asked[:40], asked[40:80])]
    for _ in range(40):  # two words of one paragraph, or of its heading
        one = chance.choice(all_)
        whole = f"{one.over} {one.folded}".replace(" ", "") or "空"
        cut = chance.randrange(len(whole))
        asked.append(f"{whole[:cut][-3:]}　{whole[cut:][:3]}")
    asked += [form for term in project.glossary.terms[language.tag].values() for form in term.forms]
    asked += ["chips", "hips", "IPS", "BIS", "is", "EAR", "ear", "s", "3", "。", "”", "zzz", "龘龘"]
    found_something = 0
    for query, hits in zip(asked, ask(ours, *asked, language=language.tag)):
        assert literal(hits, ours) == found(query, all_), query
        found_something += bool(hits)
        for hit in hits:
            assert hit["ranges"] or " " in fold(query), query
            marked = [hit["text"][start:end] for start, end in hit["ranges"]]
            if hit["match"] == "literal" and " " not in fold(query) and hit["text"].isascii() is False:
                assert all(fold(query) in fold(one) for one in marked), (query, marked)
    assert found_something > 250


def test_a_reader_and_the_index_fold_alike(page, ours):
    project = projects.read(CORPUS)
    characters = sorted({c for one in project.corpus.pages.values() for c in one.markdown})
    pairs = ["".join(pair) for pair in zip(characters, reversed(characters))]
    table = index.files(project)
    lines = next(content for place, content in table.items() if "/variants-" in place)
    asked = [*characters, *pairs, *TORTURE, *(one.markdown for one in project.corpus.documents)]
    page.goto(ours)
    folded = page.evaluate("""async ([module, lines, texts]) => {
      const { fold, spelled, variantsOf } = await import(module)
      const table = variantsOf(lines)
      return texts.map((text) => spelled(fold(text, table).points))
    }""", [f"{ours}assets/kb/folding.js", lines, asked])
    known = {ord(one): line[0] for line in lines.split("\n") for one in line}
    for text, theirs in zip(asked, folded):
        assert theirs == folding.plain(text).translate(known), ascii(text)
        if set(text) <= set(characters):
            assert theirs == fold(text), ascii(text)


@pytest.mark.parametrize("ours", [grams.FREQUENT], indirect=True, ids=["as published"])
@pytest.mark.parametrize("language", languages.LANGUAGES, ids=lambda one: one.tag)
def test_hundreds_of_queries_take_less_than_a_megabyte_of_memory(page, ours, language):
    project = projects.read(CORPUS)
    asked = list(queries(texts(project, language), 200, random.Random(8), (2, 3, 4, 5, 6, 7, 8)))
    asked += [form for term in project.glossary.terms[language.tag].values() for form in term.forms]
    asked += [" ".join(pair) for pair in zip(asked[:40], asked[-40:])]
    devtools = page.context.new_cdp_session(page)

    def used():
        devtools.send("HeapProfiler.collectGarbage")
        use = devtools.send("Runtime.getHeapUsage")
        return use["usedSize"] + use["backingStorageSize"]

    page.goto(ours)
    before = used()
    assert sum(map(bool, asked_in(page, ours, *asked, language=language.tag, limit=10))) > 200
    assert used() - before < 1_000_000


def test_every_folded_character_knows_where_it_came_from(page, ours):
    page.goto(ours)
    assert page.evaluate("""async (module) => {
      const { fold } = await import(module)
      const { starts, ends } = fold(" 𠮷か\u3099ｶﾞ…a  b葛\U000e0100城\u200bか\u200d\u3099\ufe0f")
      return starts.map((start, at) => [start, ends[at]])
    }""", f"{ours}assets/kb/folding.js") == [
        [1, 3], [3, 5], [5, 7], [7, 8], [7, 8], [7, 8], [8, 9], [9, 10], [11, 12],
        [12, 15], [15, 17], [17, 21]]


# --- rank, meaning, and strange queries ---------------------------------------------------------

DATA = {
    "docs__articles__old": "---\nkind: article\ndescription: 一\nauthor: 某\npublished: 2023-01-01\ntext: original\n---\n\n"
    "# 旧论\n\n## 出境的条件 { #conditions }\n\n旧文谈数据出境。\n{ #p1 }\n\n旧文两次谈数据出境，再谈数据出境。\n{ #p2 }\n",
    "docs__articles__new": "---\nkind: article\ndescription: 一\nauthor: 某\npublished: 2025-01-01\ntext: original\n---\n\n"
    "# 数据出境新论\n\n新文谈数据出境。\n{ #p1 }\n\n他寄来信件一封，另有手纸一卷。\n{ #p2 }\n",
    "docs_ja__articles__new": "---\nkind: article\ndescription: 一\nauthor: 某\npublished: 2025-01-01\ntext: translation\n"
    "translation: {from: zh-Hans, by: human}\n---\n\n# 新論\n\nデータの越境移転を論じる。越境移転は難しい。\n{ #p1 }\n\n"
    "彼は手紙を寄せ、トイレットペーパーも送った。\n{ #p2 }\n",
    "docs__plain": "# 数据出境须知\n\n这一页也谈数据出境。\n",
    "docs__glossary__transfer": "---\nkind: concept\nterm: 数据出境\nenglish: cross-border data transfer\n"
    "reading: shùjù chūjìng\ndescription: 一\n---\n\n# 数据出境\n\n把数据提供给境外。\n",
    "docs_ja__glossary__transfer": "---\nkind: concept\nterm: 越境移転\nenglish: cross-border data transfer\n"
    "reading: えっきょういてん\ndescription: 一\n---\n\n# 越境移転\n\nデータを国外に渡すこと。\n",
    "docs__glossary__letter": "---\nkind: concept\nterm: 信件\nenglish: letter\nreading: xìnjiàn\ndescription: 一\n"
    "---\n\n# 信件\n\n书信。\n",
    "docs_ja__glossary__letter": "---\nkind: concept\nterm: 手紙\nenglish: letter\nreading: てがみ\ndescription: 一\n"
    "false-friends:\n  - {form: 手纸, note: 中国語ではトイレットペーパーをいう。}\n---\n\n# 手紙\n\n書状。\n",
    "docs__glossary__paper": "---\nkind: concept\nterm: 手纸\nenglish: toilet paper\nreading: shǒuzhǐ\n"
    "description: 一\n---\n\n# 手纸\n\n卫生用纸。\n",
    "docs_ja__glossary__paper": "---\nkind: concept\nterm: トイレットペーパー\nenglish: toilet paper\n"
    "reading: といれっとぺーぱー\ndescription: 一\n---\n\n# トイレットペーパー\n\n用紙。\n",
}


def seen(hits):
    return [(hit["language"], hit["kind"], hit["text"]) for hit in hits]


def test_titles_come_first_then_uses_of_the_term_then_more_of_it_then_newer(ask, tiny):
    hits, = ask(tiny(**DATA), "数据出境", language="zh-Hans")
    assert [(hit["match"], hit["text"].partition("\n")[0]) for hit in hits] == [
        ("literal", "数据出境新论"), ("literal", "数据出境"), ("literal", "数据出境"), ("literal", "数据出境须知"),
        ("literal", "旧文两次谈数据出境，再谈数据出境。"), ("literal", "新文谈数据出境。"),
        ("literal", "旧文谈数据出境。"), ("literal", "这一页也谈数据出境。"), ("literal", "对照：数据出境新论"),
        ("concept", "データの越境移転を論じる。越境移転は難しい。")]


def test_a_hit_says_where_it_stands_what_was_found_and_where_its_twin_is(ask, tiny):
    address = tiny(**DATA)
    hits, = ask(address, "數據出境", language="zh-Hans")
    hit = next(one for one in hits if one["text"] == "新文谈数据出境。")
    assert hit == {
        "url": f"{address}articles/new/#p1", "language": "zh-Hans", "page": "数据出境新论", "section": "",
        "paragraph": "p1", "text": "新文谈数据出境。", "ranges": [[3, 7]], "match": "literal", "path": [],
        "kind": "paragraph", "date": "2025-01-01", "twin": f"{address}ja/articles/new/#p1"}
    old = next(one for one in hits if one["text"] == "旧文谈数据出境。")
    assert (old["section"], old["twin"]) == ("出境的条件", None)


def test_a_term_also_finds_the_term_of_the_other_language_and_marks_it(ask, tiny):
    address = tiny(**DATA)
    (*_, hit), = ask(address, "数据出境", language="zh-Hans")
    assert (hit["match"], hit["concept"], hit["language"]) == ("concept", "transfer", "ja")
    assert [hit["text"][start:end] for start, end in hit["ranges"]] == ["越境移転", "越境移転"]
    assert hit["twin"] == f"{address}articles/new/#p1"


def test_a_term_of_the_other_language_finds_what_it_is_called_in_this_one(ask, tiny):
    hits, = ask(tiny(**DATA), "越境移転", language="zh-Hans")
    assert {(hit["match"], hit["language"]) for hit in hits} == {("concept", "zh-Hans")}
    assert len(hits) == 3


@pytest.mark.parametrize(("query", "language", "crossed"), [
    ("手纸", "zh-Hans", ["トイレットペーパー"]),
    ("手紙", "ja", ["信件"]),
    ("手纸", "ja", []),        # a false friend of 手紙, and no word of Japanese
    ("手紙", "zh-Hans", []),   # nor is a letter meant where toilet paper may be
    ("トイレットペーパー", "zh-Hans", ["手纸"]),
])
def test_no_false_friend_leads_to_another_concept(ask, tiny, query, language, crossed):
    hits, = ask(tiny(**DATA), query, language=language)
    found_words = [hit["text"][slice(*hit["ranges"][0])] for hit in hits if hit["match"] == "concept"]
    assert found_words == crossed


def test_words_may_stand_in_the_paragraph_or_in_its_heading(ask, tiny):
    address = tiny(**DATA)
    one, two, three = ask(address, "旧文 条件", "条件　两次", "条件 新文", language="zh-Hans")
    assert [hit["paragraph"] for hit in one] == ["p1", "p2"]
    assert [hit["paragraph"] for hit in two] == ["p2"]
    assert three == []


@pytest.mark.parametrize(("query", "expected"), [
    ("BIS", ["BIS发布规则。"]), ("bis", ["BIS发布规则。"]), ("ＣＨＩＰＳ", ["CHIPS法案。"]), ("ips法案", ["CHIPS法案。"]),
    ("op", ["BISHOP与CHOP。"]), ("hop", ["BISHOP与CHOP。"]), ("与ch", ["BISHOP与CHOP。"]),
    ("IS", ["What is it?"]), ("3a090", ["3A090芯片。"]), ("A090", ["3A090芯片。"]), ("École", ["L’École！"]),
    ("cole", ["L’École！"]), ("zhèngcè", ["政策（zhèngcè）。"]), ("ngc", ["政策（zhèngcè）。"]), ("Ｃａｆé", ["Café noir。"]),
    ("afé", ["Café noir。"]),
])
def test_latin_words_are_found_from_their_start_and_else_anywhere(ask, tiny, query, expected):
    address = tiny(docs__x="# 页\n\nBIS发布规则。\n\nCHIPS法案。\n\nBISHOP与CHOP。\n\nWhat is it?\n\n3A090芯片。\n\nL’École！\n\n"
                   "政策（zhèngcè）。\n\nCafé noir。\n")
    hits, = ask(address, query, language="zh-Hans")
    wanted = [*expected, "BISHOP与CHOP。"] if query.lower() == "bis" else expected
    assert sorted(hit["text"] for hit in hits) == sorted(wanted)


@pytest.mark.parametrize(("query", "count"), [
    ("", 0), ("   　\n", 0), ("，。", 1), ("！！！", 0), ("，", 1), ("\ud800", 0), ("\U0010ffff", 0),
    ("𠮷野", 1), ("𠮷", 1), ("<mark>", 1), ("<img src=x onerror=alert(1)>", 0), ("&amp;", 1),
    ("constructor", 0), ("__proto__", 0), ("か\u3099", 1), ("ｶﾞ", 1), ("々", 1), ("ー", 1), ("長い", 0), ("人人", 0),
    ("葛城", 1), ("葛\U000e0100城", 1), ("葛\U000e0101城", 1), ("葛\u200b城", 1), ("１〜３", 1), ("１～３", 1), ("\u200b", 0), ("\ufe0f\u00ad", 0),
])
def test_strange_queries_find_what_is_there_and_nothing_else(ask, tiny, query, count):
    address = tiny(docs__x="# 页\n\n他说，。\n\n𠮷野家。\n\n用`<mark>`与`&amp;`。\n\nが。\n\nガ。\n\n人々。\n\nサーバー。\n\n"
                   "葛\U000e0100城。\n\n1〜3。\n")
    hits, = ask(address, query, language="zh-Hans")
    assert len(hits) == count
    assert ask(address, query, language="ja") == [[]]


def test_long_queries_are_found_whole_and_pasted_text_is_not_found(ask, tiny):
    long = "".join(chr(0x4E00 + number * 7 % 5000) for number in range(1500))
    address = tiny(docs__x=f"# 页\n\n{long}\n\n{long[:700]}\n")
    whole, longer, other, pasted, words_ = ask(
        address, long[3:1400], long + "龘", long[:600] + "龘" + long[601:700], "规则" * 5000,
        " ".join(long[:1000]), language="zh-Hans")
    assert [len(hit["text"]) for hit in whole] == [1500]
    assert whole[0]["ranges"] == [[3, 1400]]
    assert longer == other == pasted == []
    assert len(words_) == 1


def test_trees_of_plain_pages_are_searched_and_lead_to_the_nearest_place(ask, tiny):
    address = tiny(docs__a__b="# 指南\n\n开头。\n\n## 安装 { #setup }\n\n- 第一步，下载。\n\n### 细节\n\n第二步，运行。\n",
                   docs_ja__a__b="# 案内\n\nはじめに。\n")
    hits = [one for each in ask(address, "开头", "下载", "运行", language="zh-Hans") for one in each]
    assert [(unquote(hit["url"]), hit["paragraph"], hit["path"]) for hit in hits] == [
        (f"{address}a/b/#指南", None, []), (f"{address}a/b/#setup", None, ["安装"]),
        (f"{address}a/b/#细节", None, ["安装", "细节"])]
    assert ask(address, "案内", language="ja")[0][0]["twin"] == f"{address}a/b/"


def test_a_site_with_nothing_in_a_language_finds_nothing_in_it(ask, tiny):
    address = tiny(docs__x="# 页\n\n一段。\n")
    assert ask(address, "一段", "段", language="ja") == [[], []]


def test_the_limit_is_kept_and_without_one_all_are_given(ask, ours):
    assert len(ask(ours, "的", language="zh-Hans", limit=7)[0]) == 7
    assert len(ask(ours, "的", language="zh-Hans")[0]) > 100


def test_nothing_is_asked_for_before_a_query_and_no_file_twice(page, ours):
    page.goto(ours)
    asked = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(ours)))
    page.evaluate("(module) => import(module)", f"{ours}assets/kb/search.js")
    assert [url for url in asked if url.startswith("search/")] == []
    for _ in range(2):
        page.evaluate("async (module) => (await import(module)).search('出口许可', {language: 'zh-Hans', limit: 10})",
                      f"{ours}assets/kb/search.js")
    files = [url for url in asked if url.startswith("search/")]
    assert len(files) == len(set(files)) > 4


def test_when_the_site_is_published_anew_the_next_query_reads_it_anew(page, tmp_path):
    write(tmp_path, {"docs/x.md": "# 页\n\n甲乙。\n"})
    place = published(tmp_path, tmp_path / "site")
    server, address = serve(place)
    page.goto(address)
    ask_one = """async ([module, query]) => (await (await import(module)).search(query, {language: "zh-Hans"}))
                 .map((hit) => hit.text)"""
    module = f"{address}assets/kb/search.js"
    assert page.evaluate(ask_one, [module, "戊己"]) == []
    shutil.rmtree(place)
    write(tmp_path, {"docs/x.md": "# 页\n\n丙丁，甲乙丙。\n"})
    published(tmp_path, place)
    assert page.evaluate(ask_one, [module, "甲乙"]) == ["丙丁，甲乙丙。"]
    server.shutdown()


def test_the_nearest_terms_are_offered_in_the_language_asked_for(page, ours):
    page.goto(ours)
    near = page.evaluate("""async (module) => (await import(module)).nearest("域外輸出規則", {language: "ja"})""",
                         f"{ours}assets/kb/search.js")
    assert near[0] == {"url": f"{ours}ja/glossary/rxr/", "term": "域外再輸出規則"}


def test_no_other_search_is_in_the_site(site):
    places = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    assert not [one for one in places if "search_index" in one or "worker" in one or "lunr" in one]
    assert {one.split("/")[1] for one in places if one.startswith("search/")} == {"all", "zh-Hans", "ja"}
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert "search" not in config
    # Material's search would cut words with it; what ends lines of headings is another package, rjieba.
    assert not re.search(r"\bjieba\b", (ROOT / "requirements.lock").read_text("utf-8"))
