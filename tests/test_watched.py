"""A project takes down what it is asked: whatever is made from it, no part of it is asked unnoted."""

import dataclasses
import functools
import inspect

import pytest
from scratch import ARTICLE, CORPUS, project, write

from kb import exports, rendering, views
from kb import project as projects
from kb.corpus import Corpus, Page
from kb.glossary.concepts import Glossary
from kb.languages import LANGUAGES
from kb.memory.digests import Digests
from kb.memory.unchanged import Unchanged
from kb.project import Project
from kb.search import index
from kb.watched.project import watched
from kb.watched.questions import Judge, Watch, noted
from kb.works.book import Book
from kb.works.site import Site

# What no work asks for: who does gets an error.
UNASKED = {
    Project: {"findings", "is_refused", "unchanged", "terms", "_notes"},
    Corpus: {"root", "findings", "unreadable"},
    Glossary: {"not_meant", "_matchers", "_left_out"},
    Page: set(),
}
# What is worked out of other parts, which are questions.
FOLLOWS = {Page: {"kind"}}


def parts(kind):
    """Every field, and everything that is worked out of several and kept."""
    found = {one.name for one in dataclasses.fields(kind)}
    return found | {name for name, one in inspect.getmembers(kind) if isinstance(one, functools.cached_property)}


@pytest.fixture(scope="module")
def found():
    return projects.read(CORPUS)


@pytest.mark.parametrize("kind", UNASKED)
def test_every_part_of_a_project_is_a_question_or_is_not_there(found, kind):
    noting = watched(Watch(found))
    page = noting.corpus.page(f"{ARTICLE}.md", LANGUAGES[0])
    own = {Project: noting, Corpus: noting.corpus, Glossary: noting.glossary, Page: page}[kind]
    for name in parts(kind) - UNASKED[kind] - FOLLOWS.get(kind, set()):
        is_own = name in vars(own) or name in vars(type(own))
        assert is_own, f"{kind.__name__}.{name} would be worked out, or missed, without a note"
    for name in UNASKED[kind] & {one.name for one in dataclasses.fields(kind)}:
        if not hasattr(kind, name):  # a default of the class would be an answer
            with pytest.raises(AttributeError):
                getattr(own, name)


def made(project, path):
    """All that is made of a path, in every language."""
    for language in LANGUAGES:
        yield views.view(project, path, language, "https://x.example/")
        yield exports.of_page(project, path, language, "https://x.example/")
    if any(page.is_document for page in project.corpus.editions(path)):
        document = rendering.document(project, path)
        yield document.html, document.rows


def test_from_a_project_that_notes_the_same_is_made(found):
    for path in found.corpus.paths:
        noting = watched(Watch(found))
        assert Digests().of([str(one) for one in made(noting, path)]) == \
            Digests().of([str(one) for one in made(found, path)]), path
    assert index.files(watched(Watch(found))) == index.files(found)
    for language in LANGUAGES:
        for name, every in exports.of_all(language).items():
            assert every(watched(Watch(found)), language, "") == every(found, language, ""), name


def test_a_trace_holds_for_the_same_project_read_again(found):
    again = Judge(projects.read(CORPUS), Digests())
    for path in found.corpus.paths:
        watch = Watch(found)
        list(made(watched(watch), path))
        assert watch.answers and again.holds(noted(watch.trace(Digests()))), path


def concept(term):
    return (f"---\nkind: concept\ndescription: 一个概念。\nterm: {term}\nenglish: Unused {term}\nreading: gài niàn\n"
            f"---\n\n# {term}\n\n一句话。\n")


EDITS = [
    # what is changed, whether what is made of articles/chips depends on it
    ({"docs/articles/other.md": "# 别的\n\n别的一页。\n"}, False),
    ({"docs/articles/chips/parallel.png": b""}, False),
    ({"docs/guide.md": "# 指南\n"}, True),  # to which it has a link
    ({"docs/about/citing.md": "# 引用\n"}, True),  # that there is one now
    ({"docs/glossary/rule.md": concept("规则")}, True),  # which occurs in it
    ({"docs/glossary/unused.md": concept("不在文中")}, False),
    ({"docs_ja/glossary/unused.md": concept("文中になし")}, False),
]


@pytest.mark.parametrize(("files", "depends"), EDITS, ids=[next(iter(one)) for one, _ in EDITS])
def test_a_trace_holds_until_an_answer_is_another(tmp_path, files, depends):
    project(tmp_path)
    text = (tmp_path / "docs/articles/chips.md").read_text("utf-8")
    write(tmp_path, {"docs/articles/chips.md": text.replace("很不严谨。", "很不严谨，见[指南](../guide.md)。"),
                     "docs/glossary/known.md": concept("已有"), "docs_ja/glossary/known.md": concept("既存")})
    watch = Watch(projects.read(tmp_path))
    list(made(watched(watch), "articles/chips.md"))
    trace = watch.trace(Digests())
    assert Judge(projects.read(tmp_path), Digests()).holds(noted(trace))
    write(tmp_path, files)
    assert Judge(projects.read(tmp_path), Digests()).holds(noted(trace)) is not depends


CHIPS = "docs/articles/chips.md"
COMMENT = ("---\nkind: correction\ntitle: 谈一段话\nauthors: [某编者]\ndate: 2025-06-01\non: [articles/chips#p2]\n"
           "sources:\n  - {text: 某文，2025年}\ndescription: 谈一段话。\n---\n\n一句话。\n")
INDEX = "---\nkind: index\nlists: articles\ndescription: 本库的文章。\n---\n\n# 文章\n"
# What is made, what is changed in the article, whether the one depends on the other.
BESIDE = [
    ("commentary/one.md", ("很不严谨。", "十分不严谨。"), False),
    ("commentary/one.md", ("不算法律，包括", "不算法律，其中包括"), True),  # the words that it is about
    ("commentary/one.md", ("# 聊聊芯片", "# 再谈芯片"), True),  # the title by which it names the article
    ("articles/index.md", ("很不严谨。", "十分不严谨。"), False),
    ("articles/index.md", ("# 聊聊芯片", "# 再谈芯片"), True),
    ("articles/index.md", ("很不严谨。\n{ #p1 }", "很不严谨。\n{ #p1 }\n\n再说一句。"), True),  # it counts paragraphs
    ("articles/chips.md", ("很不严谨。", "十分不严谨。"), True),
]


def printed(body):
    """What templates print of other pages than the one that is shown."""
    for page in getattr(body, "pages", ()):
        assert page.title and page.front["description"] and page.count
    for page, anchors in getattr(body, "on", ()):
        assert page.title and all(page.anchors[anchor] for anchor in anchors)


@pytest.mark.parametrize(("path", "change", "depends"), BESIDE)
def test_who_leads_to_a_text_depends_on_what_is_told_of_it_and_on_no_other_word(tmp_path, path, change, depends):
    project(tmp_path)
    write(tmp_path, {"docs/commentary/one.md": COMMENT, "docs/articles/index.md": INDEX})
    text = (tmp_path / CHIPS).read_text("utf-8")
    assert change[0] in text
    found = projects.read(tmp_path)
    watch = Watch(found)
    for language in LANGUAGES:
        printed(views.view(watched(watch), path, language, "https://x.example/").body)
        exports.of_page(watched(watch), path, language, "https://x.example/")
    trace = noted(watch.trace(Digests()))
    assert Judge(projects.read(tmp_path), Digests()).holds(trace)
    write(tmp_path, {CHIPS: text.replace(*change)})
    assert Judge(projects.read(tmp_path), Digests()).holds(trace) is not depends


def test_who_asks_for_all_terms_and_for_one_of_them_depends_on_all(tmp_path):
    project(tmp_path)
    write(tmp_path, {"docs/glossary/known.md": concept("已有")})
    watch = Watch(projects.read(tmp_path))
    terms = watched(watch).glossary.terms["zh-Hans"]
    assert terms["known"].preferred == "已有" and [one.preferred for one in terms.values()] == ["已有"]
    trace = noted(watch.trace(Digests()))
    write(tmp_path, {"docs/glossary/new.md": concept("新来")})
    assert not Judge(projects.read(tmp_path), Digests()).holds(trace)


def test_a_page_that_is_gone_answers_nothing(tmp_path):
    project(tmp_path)
    watch = Watch(projects.read(tmp_path))
    page = watched(watch).corpus.page("articles/chips.md", LANGUAGES[0])
    assert page.title and page.front and page.anchors["p2"] and page.count
    trace = noted(watch.trace(Digests()))
    (tmp_path / CHIPS).unlink()
    assert not Judge(projects.read(tmp_path), Digests()).holds(trace)


def test_a_part_that_is_not_made_again_is_noted_as_one_that_is(tmp_path):
    root, unchanged, made = project(tmp_path), Unchanged(), []

    def part(noting):
        made.append(noting.stale_of(noting.corpus.page("articles/chips.md", LANGUAGES[1])))
        return "部分"

    def noted_of(found):
        book = Book(found, None, "", Site(tmp_path / "site", None), Digests())
        assert book.part("文章", "日文", part) == "部分"
        book.site.end()
        return book.trace("文章")

    def edited(old, new):
        write(root, {CHIPS: (root / CHIPS).read_text("utf-8").replace(old, new)})

    edited("很不严谨", "不严谨")
    before = noted_of(projects.read(root, unchanged=unchanged))
    edited("不严谨", "并不严谨")
    unchanged.begin()
    after = noted_of(projects.read(root, unchanged=unchanged))
    assert made == [("p1",)]  # the original is another one, and the same paragraph older than it
    assert after == noted_of(projects.read(root)) != before
    assert ["stale", "articles/chips.md", "ja"] in [question for question, _ in after]
