"""What is new, for feed readers: Atom feeds for each document, each concept, all commentary, and everything.

In: the project, the language, the site's address. Out: `feed.xml` below the language's root, beside each
document and concept, and in `commentary/`; each with the newest fifty; or nothing where the site's address is
not known, because an entry is named by an address for ever. What a day brought to a document is an entry
with both wordings of each paragraph in it. It has the same id in each feed, but in those of concepts, which
tell only of paragraphs that use them. What is not written in the language stands in the other one, and says
so (`xml:lang`). Nothing is in a feed that is not in the data: an unchanged site has the same feeds.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from kb import commentary, kinds, names, news
from kb.anchors.courses import Changed
from kb.corpus import HISTORY, Page
from kb.differences import changes
from kb.exports import atom
from kb.exports.atom import Entry, Feed
from kb.languages import Language, word
from kb.news import News
from kb.project import Project
from kb.targets import address, place
from kb.views import Words

NAME = "feed.xml"
COMMENTARY = f"commentary/{NAME}"
_CHANGES = 30  # of one entry
_NAMED = 4  # paragraphs in a title


def of_all(project: Project, language: Language, site_url: str) -> dict[str, str]:
    """The feeds of everything, and of all commentary."""
    if not site_url:
        return {}
    found: dict[str, str] = {}
    teller = _Teller(project, language, site_url)
    if project.comments:
        entries = [teller.commentary(page) for page in commentary.pages(project.corpus, language)[:news.MOST]]
        found[f"{language.prefix}{COMMENTARY}"] = atom.text(Feed(
            f"{site_url}{language.prefix}{COMMENTARY}", site_url + address("commentary/index.md", language),
            word("feed-title", language.tag), language, teller.rights, entries=tuple(entries)))
    if project.comments or project.registers:
        found[language.prefix + NAME] = teller.feed(
            "index.md", word("feed-all", language.tag),
            tuple(teller.entry(one) for one in news.of_all(project, language)))
    return found


def of_page(project: Project, path: str, language: Language, site_url: str) -> dict[str, str]:
    """The feed of the document or concept at `path`."""
    page = project.corpus.nearest(path, language)
    if not site_url or page is None:
        return {}
    teller = _Teller(project, language, site_url)
    if page.is_document and project.register(page.document).entries:
        entries = [teller.entry(one) for one in news.of_document(project, path, language)]
        title = word("feed-document", language.tag, title=page.title)
    elif page.kind == kinds.CONCEPT and page.language is language:
        found = news.of_concept(project, page.document.rpartition("/")[2], language)
        entries = [teller.use(page, one) for one in found]
        title = word("feed-concept", language.tag, title=page.title)
    else:
        return {}
    return {place(path, language) + NAME: teller.feed(path, title, tuple(entries))}


class _Teller:
    """Says what is new to readers of a language."""

    def __init__(self, project: Project, language: Language, site_url: str) -> None:
        self.project, self.language, self.site_url = project, language, site_url
        self.words = Words(language)
        self.rights = self.words.all_rights(project.settings.license)

    def address(self, path: str) -> str:
        return self.site_url + address(path, self.language)

    def feed(self, path: str, title: str, entries: tuple[Entry, ...]) -> str:
        here = self.address(path)
        return atom.text(Feed(here + NAME, here, title, self.language, self.rights,
                              self.words.word("editors"), entries))

    def entry(self, one: News) -> Entry:
        return self._changes(one) if one.changes else self.commentary(one.page)

    def commentary(self, page: Page) -> Entry:
        own = self.address(page.path)
        related = (target.partition("#") for target in page.front["on"])
        return Entry(
            own, own, str(page.title), str(page.front["date"]), page.language,
            authors=tuple(name.full for name in names.read(page.front["authors"])),
            summary=" ".join(str(page.front.get("description", "")).split()),
            kind=(page.kind, self.words.word(f"kind-{page.kind}")),
            related=tuple(f"{self.address(f'{document}.md')}#{anchor}" for document, _, anchor in related))

    def _changes(self, one: News) -> Entry:
        """What a day brought to a document."""
        where = self._day(one)
        title = self.words.word("feed-received", title=one.page.title) if one.is_first else \
            self.words.word("feed-changed", title=one.page.title, what=self._named(one))
        if not one.is_first:
            return Entry(where, where, title, one.date, one.page.language, content=self._told(one))
        said = self.words.word("feed-count", count=one.page.count)
        description = " ".join(str(one.page.front.get("description", "")).split())
        return Entry(where, self.address(one.page.path), title, one.date, one.page.language,
                     summary=f"{said}{description}")

    def use(self, concept: Page, one: News) -> Entry:
        """What a day brought to paragraphs that use a concept."""
        title = self.words.word("feed-used", term=concept.front["term"], title=one.page.title,
                                what=self._named(one))
        return Entry(f"{self.address(concept.path)}#{one.page.document}.{one.date}", self._day(one), title,
                     one.date, one.page.language, content=self._told(one))

    def _day(self, one: News) -> str:
        """Where the page of the document's wordings tells of the day."""
        return f"{self.address(f'{one.page.document}/{HISTORY}')}#day.{one.date}"

    def _named(self, one: News) -> str:
        known = [self._name(one.page, change) for change in one.changes]
        what = self.words.word("list-comma").join(known[:_NAMED])
        return self.words.word("feed-and-more", what=what, count=len(known)) if len(known) > _NAMED else what

    def _name(self, page: Page, change: Changed) -> str:
        return self.words.number(change.id, page.anchors.get(change.id, change.before or change.after or ""))

    def _told(self, one: News) -> str:
        """Each paragraph as it read and as it reads, whole, so that nothing is lost where a reader shows no
        marks."""
        parts = [Markup().join(self._change(one, change)) for change in one.changes[:_CHANGES]]
        if (rest := len(one.changes) - _CHANGES) > 0:
            parts.append(Markup("<p>{}</p>").format(self.words.word("feed-more", count=rest)))
        return str(Markup().join(parts))

    def _change(self, one: News, change: Changed) -> Iterator[Markup]:
        place_ = f"{self.address(one.page.path)}#{change.id}"
        yield Markup('<h3><a href="{}">{}</a></h3>').format(place_, self._name(one.page, change))
        if change.before is None or change.after is None:
            said, tag = ("feed-added", "ins") if change.before is None else ("feed-removed", "del")
            words = Markup(f"<{tag}>{{}}</{tag}>").format(change.after or change.before or "")
            yield self._wording(said, one.page, words)
            return
        runs = changes(change.before, change.after, exact=True)
        before = (run.before if run.same else _marked("del", run.before) for run in runs)
        after = (run.after if run.same else _marked("ins", run.after) for run in runs)
        yield self._wording("feed-before", one.page, Markup().join(before))
        yield self._wording("feed-after", one.page, Markup().join(after))

    def _wording(self, said: str, page: Page, words: Markup) -> Markup:
        return Markup('<p>{}{}</p><blockquote lang="{}">{}</blockquote>').format(
            self.words.word(said), self.words.word("colon"), page.language.tag, words)


def _marked(tag: str, words: str) -> Markup:
    return Markup(f"<{tag}>{{}}</{tag}>").format(words) if words else Markup()
