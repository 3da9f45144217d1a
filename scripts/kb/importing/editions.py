"""The files of an import: editions, received texts, provenance.

In: the project as it is, the names of documents, what was made of each file, and what the editor knows.
Out: the text of each file by its name, the rows of the alignment, and remarks; or, as one line, what
somebody has to say first. A name that is taken is a finding (KB142)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kb import dates, kinds, names
from kb.characters import chinese_only
from kb.collation import sources
from kb.collation.excerpts import short
from kb.corpus import CITABLE, Page
from kb.findings import Finding
from kb.importing import bylines, dated, sections, writing
from kb.importing.drafting import Made
from kb.importing.placing import Pairing, placed
from kb.importing.values import SURE, Block, Facts, Taken
from kb.languages import CHINESE, JAPANESE, Language, called, other, spoken_date
from kb.project import Project

_SLUG = re.compile(r"([a-z][a-z0-9-]*)/([a-z0-9][a-z0-9-]*)")
_ENDINGS = {"html": "html", "docx": "docx", "pdf": "pdf", "text": "txt"}
_WHAT = {
    "html": {
        "zh-Hans": "网页上的文字，由存下的网页取出，包括导航等不属于正文的部分。",
        "ja": "保存したウェブページから取り出した文字。ナビゲーションなど本文以外の部分も含む。",
    },
    "docx": {"zh-Hans": "由Word文件取出的文字。", "ja": "Wordファイルから取り出した文字。"},
    "pdf": {
        "zh-Hans": "由PDF文件取出的文字，印刷的换行已接合，页码已去掉。",
        "ja": "PDFファイルから取り出した文字。印刷上の改行はつなぎ、ページ番号は除いてある。",
    },
    "text": {"zh-Hans": "收到的纯文本。", "ja": "受け取ったプレーンテキスト。"},
}


@dataclass(frozen=True)
class Asked:
    """What the editor says of the documents, a value for each where there are several. All but who translated
    it is said of the original."""

    authors: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    address: str = ""
    translated_by: str = ""
    is_translation: bool = False


@dataclass(frozen=True)
class Outcome:
    files: dict[str, str | bytes]
    rows: tuple[Pairing, ...] = ()
    original: str = ""  # the tag of the language that the rows translate
    published: str = ""  # the day on which the first document was
    remarks: tuple[tuple[str, str], ...] = field(default=())


def is_slug(slug: str) -> bool:
    found = _SLUG.fullmatch(slug)
    return bool(found and found[1] in kinds.SHELVES and found[2] != "index")


def name_of(slug: str, language: Language) -> str:
    """What a received text is called: by its document and its language."""
    return f"{slug.rpartition('/')[2]}-{called(language)}"


def taken(
    known: Project, root: Path, slugs: Sequence[str], languages: Sequence[Language],
    drafts: Collection[str] = (),
) -> Iterator[Finding]:
    """Names that are taken: the first for each language. `drafts` are files that may be made again."""
    for language in languages:
        for slug in slugs:
            page = known.corpus.page(f"{slug}.md", language)
            text = f"{sources.FOLDER}/{name_of(slugs[0], language)}.txt"
            there = page.file if page else text if (root / text).exists() else ""
            if there and there not in drafts:
                yield Finding(
                    there,
                    1,
                    "KB142",
                    f"a document of the name {slug}, in {language.tag}",
                    "a name that is free",
                    "take another --slug; a text that is there is changed in its "
                    "own file, and a translation comes with --language of its own",
                )
                return


def drafted(
    known: Project, slugs: Sequence[str], languages: Sequence[Language], made: Sequence[Made], asked: Asked,
    *, said: Mapping[str, str] | None = None,
) -> Outcome | str:
    """The editions of all documents. `said` are ids of sections, by the words of their headings."""
    files: dict[str, str | bytes] = {}
    rows: list[Pairing] = []
    remarks: list[tuple[str, str]] = []
    published = ""
    for number, slug in enumerate(slugs):
        drafts = {language.tag: one.drafts[number] for language, one in zip(languages, made, strict=True)}
        blocks = {tag: draft.blocks for tag, draft in drafts.items()}
        first = languages[0]
        there = known.corpus.page(f"{slug}.md", other(first)) if len(languages) == 1 else None
        if len(languages) == 2 or there:
            of, to = (languages[0], languages[1]) if len(languages) == 2 else (other(first), first)
            laid = placed(_of_page(there) if there else blocks[of.tag], blocks[to.tag], of, to)
            blocks |= {to.tag: laid.translation} | ({} if there else {of.tag: laid.original})
            rows += laid.rows
        original = other(first) if there else first
        ids = sections.of_page(there) if there else sections.proposed(
            blocks[original.tag], _concepts(known), said or {}, blocks.get(other(original).tag, ()))
        for language in languages:
            facts = _facts(drafts[language.tag].facts, there, drafts[first.tag].facts, asked, number)
            if missing := _missing(facts, slug):
                return missing
            published = published or facts.date
            front = _front(slug, facts, blocks[language.tag], asked, language=language, original=original)
            own = ids if language is original else sections.by_order(blocks[language.tag], list(ids.values()))
            body = writing.markdown(blocks[language.tag], own)
            name = f"{language.tree}/{slug}.md"
            files[name] = f"{writing.front_matter(front)}\n{body}"
            remarks += [(name, one) for one in sections.unnamed(blocks[language.tag], own) if own is ids]
            if language is JAPANESE and chinese_only(facts.author):
                remarks.append((name, _author_in_japanese(facts.author, drafts[language.tag].facts.names)))
            remarks += [
                (name, f"read otherwise than it was meant: “{short(one.text)}”")
                for one in writing.read_back(body, blocks[language.tag], known.settings)
            ]
    return Outcome(files, tuple(rows), original.tag, published, tuple(remarks))


def received(
    slugs: Sequence[str],
    languages: Sequence[Language],
    texts: Sequence[tuple[bytes, Taken]],
    made: Sequence[Made],
    *,
    asked: Asked,
    outcome: Outcome,
) -> dict[str, str | bytes]:
    """The received texts with their provenance, and the files that they were taken from."""
    files: dict[str, str | bytes] = {}
    for language, (data, one), own in zip(languages, texts, made, strict=True):
        name = name_of(slugs[0], language)
        text = data if one.is_itself else one.text.encode()
        files[f"{sources.FOLDER}/{name}.txt"] = text
        values: dict[str, Any] = {"received": f"{name}.txt", "sha256": hashlib.sha256(text).hexdigest()}
        if not one.is_itself:
            place = f"{name}.{_ENDINGS[one.form]}"
            files[f"{sources.FILES}/{place}"] = data
            values["taken-from"] = {"file": place, "sha256": hashlib.sha256(data).hexdigest()} | (
                {"encoding": one.encoding} if one.encoding else {}
            )
        facts = own.drafts[0].facts
        is_translation = language.tag != outcome.original or asked.is_translation
        values |= {
            "date": dated.of(facts, language, outcome.original, outcome.published),
            "language": language.tag,
            "what": _WHAT[one.form],
            # Where the document was published no translation was, unless its own file says so.
            "address": (not is_translation and asked.address) or facts.address,
            "editions": list(slugs),
        }
        files[f"{sources.FOLDER}/{name}.yml"] = writing.provenance(values, own.copies, own.omissions)
    return files


def headings(known: Project, made: Sequence[Made]) -> dict[str, str]:
    """The words of each heading of the first document, with the id that is proposed."""
    blocks, beside = ([*(one.drafts[0].blocks if one.drafts else () for one in made), ()])[:2]
    ids = sections.proposed(blocks, _concepts(known), {}, beside)
    return {blocks[at].received: name for at, name in ids.items()}


def _facts(own: Facts, there: Page | None, first: Facts, asked: Asked, number: int) -> Facts:
    """What is known: from the editor, from the edition in the other language, from the file."""
    front: Mapping[str, Any] = there.front if there else {}
    known = front.get("author", "")
    said = (asked.authors[number:] or ("",))[0]
    day = (asked.published[number:] or ("",))[0] or str(front.get("published", "")) or first.date or own.date
    of_original = first.author or (known if isinstance(known, str) else _slashed(known))
    return replace(
        own,
        author=said or _author(own, of_original),
        date=day,
        address=asked.address or first.address or own.address,
    )


def _author(own: Facts, original: str) -> str:
    """The author as a language's own file gives them: the name that is the original's in its characters, else
    what it names for certain."""
    if not original or original == own.author:
        return own.author
    alike = next((one for name in (own.author, *own.names) if (one := bylines.alike(original, name)) != name
                  or bylines.folded(one) == bylines.folded(original)), "")
    is_sure = any(one.name == "author" and one.sure >= SURE for one in own.told)
    return alike or (own.author if is_sure else original)


def _slashed(value: object) -> str:
    """Names of front matter as an import writes them."""
    return ";".join(one.literal or f"{one.family}/{one.given}" for one in names.read(value))


def _missing(facts: Facts, slug: str) -> str:
    """What nobody has said, and every document needs."""
    if not facts.author:
        return f"nothing says who wrote {slug}: add, as in: --author 某研究院, or --author 王/小明"
    if not facts.date:
        return f"nothing says when {slug} was published: add, as in: --published 2025-05-14"
    return ""


def _author_in_japanese(author: str, of_page: Sequence[str]) -> str:
    """The remark on a name of an author that is not written as Japanese writes it; `of_page` are names that
    the Japanese page has."""
    own = next((one for one in of_page if bylines.folded(one) == bylines.folded(author)), "")
    there = f" (the page has “{own}”)" if own and not chinese_only(own) else ""
    return (
        f"the author “{author.replace('/', '')}” is in Chinese characters that Japanese does not have: "
        f"write the name as it is written in Japanese{there}"
    )


def _front(
    slug: str, facts: Facts, blocks: Sequence[Block], asked: Asked, *, language: Language, original: Language
) -> dict[str, Any]:
    shelf = slug.partition("/")[0]
    title = next((one.text for one in blocks if one.kind == "title"), facts.title or slug)
    is_translation = language is not original or asked.is_translation
    origin = other(language).tag if language is original else original.tag
    return {
        "kind": kinds.SHELVES[shelf].key,
        "description": _description(title, facts, language, is_translation),
        "author": writing.authors(facts.author),
        "published": facts.date,
        "text": "translation" if is_translation else "original",
        "translation": {"from": origin, "by": asked.translated_by or "unknown"} if is_translation else None,
        "source": facts.address,
    }


def _description(title: str, facts: Facts, language: Language, is_translation: bool) -> str:
    """A true sentence, until somebody writes a better one."""
    named = short(title, 120)
    author = names.line(writing.authors(facts.author), language.tag)
    day = spoken_date(facts.date, language.tag) if dates.exists(facts.date) else facts.date
    if language is CHINESE:
        return f"{author}于{day}发表的《{named}》{'的中文译文' if is_translation else ''}。"
    return f"{author}による「{named}」（{day}公表）{'の日本語訳' if is_translation else ''}。"


def _of_page(page: Page) -> tuple[Block, ...]:
    """The blocks of an edition that is there."""
    found = []
    for block in page.blocks:
        line = (page.line_of(block),)
        if block.kind == "heading":
            found.append(
                Block(
                    "title" if block.level == 1 else "heading",
                    block.text,
                    block.text,
                    line,
                    level=block.level,
                )
            )
        elif block.kind in CITABLE:
            kind = "paragraph" if block.kind != "item" else "number" if block.number else "item"
            found.append(
                Block(
                    kind,
                    block.text,
                    block.text,
                    line,
                    block.kind == "quotation",
                    number=block.number.rstrip(".)"),
                )
            )
    return tuple(found)


def _concepts(known: Project) -> dict[str, str]:
    """Every form of a concept in any language → its id, the longest first."""
    forms = [(form, concept) for terms in known.glossary.terms.values() for concept, term in terms.items()
             for form in term.forms]
    return dict(sorted(forms, key=lambda one: -len(one[0])))
