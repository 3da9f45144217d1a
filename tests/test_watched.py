"""A project takes down what it is asked: whatever is made from it, no part of it is asked unnoted."""

import dataclasses
import functools
import inspect

import pytest
from scratch import CORPUS, project, write

from kb import exports, rendering, views
from kb import project as projects
from kb.corpus import Corpus
from kb.glossary.concepts import Glossary
from kb.languages import LANGUAGES
from kb.memory.digests import Digests
from kb.project import Project
from kb.search import index
from kb.watched.project import watched
from kb.watched.questions import Judge, Watch, noted

# What no work asks for: who does gets an error.
UNASKED = {
    Project: {"findings", "is_refused", "unchanged", "terms", "_notes"},
    Corpus: {"root", "findings", "unreadable"},
    Glossary: {"not_meant", "_matchers", "_left_out"},
}


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
    own = {Project: noting, Corpus: noting.corpus, Glossary: noting.glossary}[kind]
    for name in parts(kind) - UNASKED[kind]:
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
