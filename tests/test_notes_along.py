"""A reader's own notes, and the editors' commentary, as W3C Web Annotation: read by a library for linked data,
brought back without doubles, and never taken for more than text."""

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DC, DCTERMS, RDF, XSD
from scratch import CONFIG, CORPUS, NOTE, project, site_of
from scratch import write as put
from test_notes import ARTICLE, EXPORT, HOME, PREFIXES, edition, kept, words_of, write

from kb import project as projects
from kb.exports import web_annotation
from kb.fingerprints import fingerprint

OA, AS = Namespace("http://www.w3.org/ns/oa#"), Namespace("http://www.w3.org/ns/activitystreams#")
# What http://www.w3.org/ns/anno.jsonld says of the terms that are used here: no test asks another host.
CONTEXT = json.loads((Path(__file__).parent / "schemas/anno.jsonld").read_text("utf-8"))["@context"]
IMPORT = {"": "导入", "ja/": "読み込む"}
PROJECT = projects.read(CORPUS)
EDITIONS = PROJECT.corpus.documents


def graph(text, base=""):
    """The file as linked data. A key that the context does not have would mean nothing to anybody."""
    data = json.loads(text)
    assert data.pop("@context") == "http://www.w3.org/ns/anno.jsonld"
    assert set(keys(data)) <= CONTEXT.keys()
    return Graph().parse(data=json.dumps({"@context": CONTEXT, **data}), format="json-ld", base=base)


def keys(value):
    if isinstance(value, dict):
        yield from value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from keys(one)


def exported(page, address, prefix=""):
    page.goto(address + prefix + "notes/")
    with page.expect_download() as saved:
        page.get_by_role("button", name=EXPORT[prefix]).click()
    assert saved.value.suggested_filename.endswith(".jsonld")
    return Path(saved.value.path()).read_text("utf-8")


def brought(page, address, content, prefix=""):
    """Bring a file to the list of notes; what the page says then."""
    page.goto(address + prefix + "notes/")
    expect(page.get_by_role("button", name=IMPORT[prefix])).to_be_visible()
    page.evaluate("document.querySelector('.kb-own-told').replaceChildren()")
    page.locator("input[type=file]").set_input_files(
        {"name": "notes.jsonld", "mimeType": "application/ld+json", "buffer": content.encode()})
    expect(page.locator(".kb-own-told p").first).to_be_visible()
    return page.locator(".kb-own-told p").all_inner_texts()


def annotation(**changes):
    return {"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:uuid:1b0f6a3e-0000-4000-8000-000000000001",
            "type": "Annotation", "motivation": "commenting", "created": "2026-11-20T08:00:00Z",
            "body": {"type": "TextualBody", "value": "旧注", "format": "text/plain", "language": "zh-Hans"},
            "target": {"source": HOME + ARTICLE, "selector": {"type": "FragmentSelector", "value": "p3"}}, **changes}


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_file_of_all_notes_says_to_any_program_what_each_is_on_and_what_it_says(page, address, prefix):
    words = words_of(prefix)
    page.goto(address + prefix + ARTICLE)
    write(page, prefix, "p3", "何以见得？\n<b>请核对</b>", select=words)
    write(page, prefix, "p8", "")
    text = exported(page, address, prefix)
    found = graph(text)
    [collection] = found.subjects(RDF.type, AS.OrderedCollection)
    assert found.value(collection, AS.totalItems).toPython() == 2
    source = URIRef(HOME + prefix + ARTICLE)
    by_motive = {found.value(one, OA.motivatedBy): one for one in found.subjects(RDF.type, OA.Annotation)}
    assert by_motive.keys() == {OA.commenting, OA.highlighting}
    body = found.value(by_motive[OA.commenting], OA.hasBody)
    assert found.value(body, RDF.value) == Literal("何以见得？\n<b>请核对</b>")
    assert (str(found.value(body, DC.format)), str(found.value(body, DC.language))) == (
        "text/plain", edition(prefix).language.tag)
    assert found.value(by_motive[OA.highlighting], OA.hasBody) is None
    for motive, anchor, part in ((OA.commenting, "p3", words), (OA.highlighting, "p8", "")):
        one = by_motive[motive]
        for moment in (DCTERMS.created, DCTERMS.modified):
            assert found.value(one, moment).datatype == XSD.dateTime
        target = found.value(one, OA.hasTarget)
        assert found.value(target, OA.hasSource) == source
        selector = found.value(target, OA.hasSelector)
        assert str(found.value(selector, RDF.value)) == anchor
        within = {found.value(each, RDF.type): each for each in found.objects(selector, OA.refinedBy)}
        quote, position = within[OA.TextQuoteSelector], within[OA.TextPositionSelector]
        whole = edition(prefix).anchors[anchor]
        exact, before, after = (str(found.value(quote, key) or "") for key in (OA.exact, OA.prefix, OA.suffix))
        assert exact == (part or whole) and before + exact + after == whole
        start, end = (found.value(position, key).toPython() for key in (OA.start, OA.end))
        assert whole[start:end] == exact
        cached = str(found.value(found.value(target, OA.hasState), OA.cachedSource))
        assert re.fullmatch(re.escape(f"{source}?cite=") + r"\d{4}-\d\d-\d\d\."
                            + fingerprint(whole) + f"#{anchor}", cached)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_notes_come_back_into_another_browser_as_they_were_and_once_only(page, address, prefix):
    page.goto(address + prefix + ARTICLE)
    write(page, prefix, "p3", "一条", select=words_of(prefix))
    write(page, prefix, "p8", "")
    before, text = kept(page), exported(page, address, prefix)
    page.evaluate("localStorage.clear()")
    assert "2" in brought(page, address, text, prefix)[0]
    assert kept(page) == before
    expect(page.locator(".kb-own-note")).to_have_count(2)
    assert "2" in brought(page, address, text, prefix)[0]
    assert kept(page) == before
    page.goto(address + prefix + ARTICLE)
    expect(page.locator(".kb-own-text")).to_have_text("一条")


def test_of_two_with_one_name_the_later_stays_and_what_says_the_same_is_not_kept_twice(page, address):
    brought(page, address, json.dumps(annotation()))
    later = annotation(modified="2026-11-25T08:00:00Z", body={"type": "TextualBody", "value": "新注"})
    assert brought(page, address, json.dumps(later)) == ["新增0条，更新1条；另有0条本来就有，未作改动。"]
    assert brought(page, address, json.dumps(annotation())) == ["新增0条，更新0条；另有1条本来就有，未作改动。"]
    again = later | {"id": "urn:uuid:1b0f6a3e-0000-4000-8000-000000000002"}
    assert brought(page, address, json.dumps(again)) == ["新增0条，更新0条；另有1条本来就有，未作改动。"]
    assert [one["text"] for one in kept(page)] == ["新注"]


# What is brought, and the one thing that the page says of it.
REFUSED = [
    ("no JSON", "# 笔记", "没有导入：这个文件不是JSON，或者不完整。"),
    ("JSON that ends too early", json.dumps(annotation())[:-9], "没有导入：这个文件不是JSON，或者不完整。"),
    ("no annotation", json.dumps({"notes": []}), "没有导入：文件里没有Web Annotation的批注。"),
    ("a collection that only names its pages", json.dumps({
        "type": "AnnotationCollection", "total": 3, "first": "https://someone.example/page1"}),
     "没有导入：文件里没有Web Annotation的批注。"),
    ("too many", json.dumps([annotation()] * 10_001), "没有导入：批注超过10000条。"),
    ("a target elsewhere", json.dumps(annotation(target="https://elsewhere.example/a/#p1")),
     "1条没有导入：所注的不是本库文本的段落。"),
    ("a page of the site that is no document", json.dumps(annotation(target=HOME + "glossary/#p1")),
     "1条没有导入：所注的不是本库文本的段落。"),
    ("no paragraph", json.dumps(annotation(target=HOME + ARTICLE)), "1条没有导入：所注的不是本库文本的段落。"),
    ("markup", json.dumps(annotation(body={"type": "TextualBody", "format": "text/html", "value": "<b>x</b>"})),
     "1条没有导入：内容不是纯文本。"),
    ("a picture", json.dumps(annotation(body={"id": "https://elsewhere.example/x.png", "type": "Image"})),
     "1条没有导入：内容不是纯文本。"),
    ("a very long text", json.dumps(annotation(bodyValue="长" * 20_001)), "1条没有导入：文字过长。"),
    ("something else among the items", json.dumps({"type": "AnnotationPage", "items": [{"type": "Note"}]}),
     "1条没有导入：不是Web Annotation的批注。"),
]


@pytest.mark.parametrize(("content", "said"), [one[1:] for one in REFUSED], ids=[one[0] for one in REFUSED])
def test_what_cannot_be_taken_is_said_in_plain_words_and_nothing_is_lost(page, address, content, said):
    page.goto(address + ARTICLE)
    write(page, "", "p2", "原有的")
    before = kept(page)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    sentences = brought(page, address, content)
    assert any(one.startswith(said) for one in sentences), sentences
    assert kept(page) == before
    assert [one for one in asked if not one.startswith(address)] == []


def test_what_is_brought_is_shown_as_text_and_runs_nothing(page, address):
    evil = '<img src=x onerror="document.title=1"><script>document.title=1</script>[a](javascript:alert(1))'
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    told = brought(page, address, json.dumps(annotation(
        body={"type": "TextualBody", "value": evil + "\u202e\u0007", "language": '"><b>'},
        creator={"type": "Person", "name": evil}, rights="javascript:alert(1)",
        id="javascript:alert(1)", created="not a day", __proto__={"polluted": True},
        target={"source": HOME + ARTICLE, "selector": {
            "type": "FragmentSelector", "value": "p3", "refinedBy": {
                "type": "TextQuoteSelector", "exact": evil}}})))
    assert told == ["新增1条，更新0条；另有0条本来就有，未作改动。"]
    [one] = kept(page)
    assert one["text"] == evil and one["rights"] == "" and one["id"].startswith("urn:uuid:") and one["said"] == ""
    for place in ("notes/", ARTICLE):
        page.goto(address + place)
        expect(page.locator(".kb-own-text")).to_have_text(evil)
        assert page.locator(".kb-own-note :is(img, script, a[href^=javascript])").count() == 0
        assert page.title() != "1" and page.evaluate("({}).polluted") is None
    assert wrong == []


@pytest.mark.parametrize("target", [
    "https://old.example/library/ja/" + ARTICLE + "#p3",
    {"id": "http://localhost:8000/ja/" + ARTICLE + "index.html#p3"},
    {"source": {"id": HOME + "ja/" + ARTICLE}, "selector": [{"type": "oa:FragmentSelector", "value": "p3"}]},
])
def test_notes_of_a_site_that_has_moved_find_their_document_and_language(page, address, target):
    brought(page, address, json.dumps(annotation(target=target)))
    [one] = kept(page)
    assert (one["place"], one["anchor"], one["language"]) == ("ja/" + ARTICLE, "p3", "ja")
    page.goto(address + "ja/" + ARTICLE)
    expect(page.locator(".kb-own[data-of=p3] .kb-own-text")).to_have_text("旧注")
    assert page.locator(".kb-own-changed").count() == 0  # it quotes nothing that could have changed


def test_an_annotation_of_another_program_that_only_quotes_is_found_by_its_words(page, address):
    text = edition("").anchors["p3"]
    brought(page, address, json.dumps(annotation(target={"source": HOME + ARTICLE, "selector": [
        {"type": "TextQuoteSelector", "exact": text[3:20], "prefix": text[:3]}]})))
    page.goto(address + ARTICLE)
    expect(page.locator(".kb-own[data-of=p3] .kb-own-quote")).to_have_text(text[3:20])


def targets(found, one):
    for target in found.objects(one, OA.hasTarget):
        selector = found.value(target, OA.hasSelector)
        within = {found.value(each, RDF.type): each for each in found.objects(selector, OA.refinedBy)}
        yield target, str(found.value(selector, RDF.value)), within


@pytest.mark.parametrize("page", EDITIONS, ids=lambda page: page.address)
def test_all_that_editors_have_published_about_a_document_is_one_file_of_annotations(site, page):
    text = (site / page.address / "annotations.jsonld").read_text("utf-8")
    found = graph(text)
    comments = {one.page.path for one in PROJECT.comments.get((page.document, page.language.tag), ())}
    notes = PROJECT.notes_of(page.document, page.language)
    annotations = set(found.subjects(RDF.type, OA.Annotation))
    assert len(annotations) == len(comments) + len(notes) == found.value(
        URIRef(HOME + page.address + "annotations.jsonld"), AS.totalItems).toPython()
    for one in annotations:
        place = unquote(str(one).removeprefix(HOME))
        assert (site / place.partition("#")[0] / "index.html").is_file(), one
        assert [str(found.value(who, URIRef("http://xmlns.com/foaf/0.1/name")))
                for who in found.objects(one, DCTERMS.creator)]
        assert found.value(one, DCTERMS.created).datatype == XSD.dateTime
        bodies = [str(found.value(body, RDF.value)) for body in found.objects(one, OA.hasBody)]
        assert bodies and all(bodies) and not any("<p>" in body for body in bodies)
        about = list(targets(found, one))
        assert about
        for target, anchor, within in about:
            source = str(found.value(target, OA.hasSource)).removeprefix(HOME)
            about_page = next(each for each in EDITIONS if each.address == source)
            quote = within[OA.TextQuoteSelector]
            wording = "".join(str(found.value(quote, key) or "") for key in (OA.prefix, OA.exact, OA.suffix))
            assert wording in PROJECT.wordings_of(about_page.document).texts.values()
            cached = str(found.value(found.value(target, OA.hasState), OA.cachedSource))
            assert cached.startswith(HOME + source + "?cite=") and cached.endswith(
                f".{fingerprint(wording)}#{anchor}")


def test_the_licence_of_what_editors_write_goes_with_it(tmp_path):
    project(tmp_path)
    site_of(tmp_path)
    put(tmp_path, {"docs/commentary/one.md": NOTE, "mkdocs.yml": CONFIG.replace(
        "extra:\n", "extra:\n  license: {name: CC BY 4.0, address: https://creativecommons.org/licenses/by/4.0/}\n")})
    whole = projects.read(tmp_path)
    chinese, japanese = (page.language for page in whole.corpus.documents)
    [text] = web_annotation.of_page(whole, "articles/chips.md", chinese, HOME).values()
    found = graph(text)
    [one] = found.subjects(RDF.type, OA.Annotation)
    assert str(one) == HOME + "commentary/one/"
    assert found.value(one, DCTERMS.rights) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    # It is not translated yet: Japanese readers have it in Chinese, about the Japanese paragraph.
    [text] = web_annotation.of_page(whole, "articles/chips.md", japanese, HOME).values()
    found = graph(text)
    [one] = found.subjects(RDF.type, OA.Annotation)
    assert str(one) == HOME + "ja/commentary/one/"
    assert {str(found.value(body, DC.language)) for body in found.objects(one, OA.hasBody)} == {"zh-Hans", "ja"}
    assert str(found.value(found.value(one, OA.hasTarget), OA.hasSource)) == HOME + "ja/articles/chips/"


def test_where_the_site_does_not_know_its_address_the_file_leads_by_relative_ones(tmp_path):
    project(tmp_path)
    site_of(tmp_path)
    put(tmp_path, {"docs/commentary/one.md": NOTE})
    whole = projects.read(tmp_path)
    page = whole.corpus.documents[0]
    [(place, text)] = web_annotation.of_page(whole, page.path, page.language, "").items()
    found = graph(text, base=f"https://mirror.example/{place}")
    [one] = found.subjects(RDF.type, OA.Annotation)
    assert str(one) == "https://mirror.example/commentary/one/"
    assert str(found.value(found.value(one, OA.hasTarget), OA.hasSource)) == (
        "https://mirror.example/articles/chips/")


def test_the_editors_commentary_can_be_taken_among_ones_own_notes(page, address, site):
    text = (site / ARTICLE / "annotations.jsonld").read_text("utf-8")
    count = sum(len(one["target"]) if isinstance(one["target"], list) else 1
                for one in json.loads(text)["first"]["items"])
    assert brought(page, address, text) == [f"新增{count}条，更新0条；另有0条本来就有，未作改动。"]
    assert brought(page, address, text) == [f"新增0条，更新0条；另有{count}条本来就有，未作改动。"]
    assert {one["by"] for one in kept(page)} == {"政策对照文库编者"}
