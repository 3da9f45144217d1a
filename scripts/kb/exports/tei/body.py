"""The text of an edition in TEI: what its page shows, with the ids of its paragraphs and sections.

In: the project, an edition, the site's address. Out: `text`: sections as `div`s, each paragraph with its id,
lists, quotations, tables and pictures by their names in TEI; the author's footnotes and the editors' notes
at the back. White space is as the page has it. Refuses nothing: an element that TEI has no name for is what
is in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urljoin

from kb.anchors import ids
from kb.collation.editions import TITLE
from kb.corpus import Page
from kb.exports.tei.elements import ID, LANG, SPACE, T, name_of, own, say
from kb.languages import spoken_date, word
from kb.marks import links
from kb.project import Project
from kb.reading.trees import BLOCKS, HEADINGS, Element, has_class

# What stands in a line, by its name in TEI and how it was written.
_INLINE = {"em": ("emph", ""), "code": ("code", ""), "kbd": ("code", ""), "samp": ("code", ""),
           "tt": ("code", ""), "var": ("code", ""), "q": ("q", ""), "abbr": ("abbr", ""), "dfn": ("term", ""),
           "del": ("del", ""), "ins": ("add", ""), "strong": ("hi", "bold"), "b": ("hi", "bold"),
           "i": ("hi", "italic"), "cite": ("hi", "italic"),
           "u": ("hi", "underline"), "s": ("hi", "strikethrough"), "mark": ("hi", "mark"),
           "small": ("hi", "small"), "sub": ("hi", "subscript"), "sup": ("hi", "superscript"),
           "time": ("date", "")}
_BLOCKS = {"p": "p", "ul": "list", "ol": "list", "li": "item", "blockquote": "quote", "tr": "row"}
_NOTHING = ("wbr", "rp", "col", "colgroup")
# What no text may stand in, in TEI or in HTML; line breaks between what does are dropped.
_NO_TEXT = ("ul", "ol", "tr", "table", "thead", "tbody", "tfoot", "dl")


def text(project: Project, page: Page, site_url: str) -> Element:
    language = page.language
    root = page.reading.tree()
    links.lead(root, page.path, page.address, lambda path: project.address_of(path, language))
    made = _Text(urljoin(site_url, page.address) if site_url else "")
    made.flow(root)
    back = [*made.notes, *_editors(project, page, site_url)]
    found = T.text(made.body)
    if back:
        found.append(T.back(T.div(*back, {"type": "notes"})))
    return found


def _editors(project: Project, page: Page, site_url: str) -> Iterable[Element]:
    """The editors' notes, each with what it is about and who signs it."""
    for place, (note, shown) in enumerate(project.notes_of(page.document, page.language), 1):
        root = shown.tree()
        links.lead(root, page.path, page.address, lambda path: project.address_of(path, page.language))
        made = T.note({ID: own(f"note-{place}"), "type": "editorial", "subtype": note.kind,
                       "target": f"#{name_of(note.on)}"})
        _Text(urljoin(site_url, page.address) if site_url else "").fill(made, root)
        made.append(T.p(T.name(note.signed[page.language.tag]), word("comma", page.language.tag),
                        T.date(spoken_date(note.date, page.language.tag), {"when": note.date})))
        yield made


class _Text:
    """One text, as far as it has been turned into TEI. `base` is the address of its page, or empty."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.body = T.body()
        self.notes: list[Element] = []
        self._open = [(1, self.body)]  # (level, division), the innermost last

    # --- what stands beside each other ---------------------------------------------------------------------

    def flow(self, source: Element) -> None:
        """What is in `source`, in the division that is open; words that stand alone are a paragraph."""
        self._loose(source.text)
        for child in source:
            if child.tag in HEADINGS:
                self._head(child)
            elif child.tag == "div" and has_class(child, "footnote"):
                self._footnotes(child)
            elif child.tag in BLOCKS and child.tag not in (*_BLOCKS, "table", "dl", "pre", "hr", "figure"):
                self.flow(child)
            elif child.tag in BLOCKS:
                self._child(self._here, child)
            else:
                self._beside(child)
            self._loose(child.tail)

    @property
    def _here(self) -> Element:
        return self._open[-1][1]

    def _loose(self, words: str | None) -> None:
        if words and words.strip():
            self._here.append(T.p(words.strip("\n")))

    def _beside(self, child: Element) -> None:
        """Something of a line that stands in none."""
        line = T.p()
        self._child(line, child)
        if len(line) or line.text:
            self._here.append(line)

    def _head(self, source: Element) -> None:
        level = int(str(source.tag)[1])
        head = T.head()
        if level == 1 and self._here is self.body and not len(self.body):
            head.set(ID, own(TITLE))
            self.body.append(head)
        else:
            level = max(level, 2)
            while self._open[-1][0] >= level:
                self._open.pop()
            division = T.div(head, self._id(source))
            self._here.append(division)
            self._open.append((level, division))
        self.fill(head, source)

    def _footnotes(self, source: Element) -> None:
        for place, item in enumerate(source.iter("li"), 1):
            note = T.note({**self._id(item), "place": "foot", "n": str(place)})
            self.fill(note, item)
            self.notes.append(note)

    # --- elements ------------------------------------------------------------------------------------------

    def fill(self, made: Element, source: Element) -> None:
        """Put what is in `source` into an element that may hold it."""
        has_text = source.tag not in _NO_TEXT
        if has_text:
            say(made, source.text)
        for child in source:
            self._child(made, child)
            if has_text:
                say(made, child.tail)

    def _child(self, above: Element, source: Element) -> None:
        """Put what `source` is at the end of `above`."""
        tag = str(source.tag)
        if tag in _NOTHING or has_class(source, "footnote-backref"):
            return
        own_way = {"a": self._link, "img": self._picture, "br": self._break, "hr": self._rule,
                   "table": self._table, "dl": self._glosses, "pre": self._code, "td": self._cell,
                   "th": self._cell, "span": self._span, "bdi": self._span, "ruby": self._ruby}.get(tag)
        if own_way:
            own_way(above, source)
        elif tag in _INLINE:
            name, way = _INLINE[tag]
            self._put(above, source, name, {"rend": way} if way else {})
        elif tag in _BLOCKS:
            self._put(above, source, _BLOCKS[tag], self._about(source))
        elif tag in HEADINGS:
            self._put(above, source, "label", {})
        else:  # a box, a figure, a summary: what is in it
            self.fill(above, source)

    def _put(self, above: Element, source: Element, name: str, attributes: dict[str, str]) -> Element:
        made = T(name, {**self._id(source), **attributes})
        if language := source.get("lang"):
            made.set(LANG, language)
        above.append(made)
        self.fill(made, source)
        return made

    @staticmethod
    def _id(source: Element) -> dict[str, str]:
        anchor = source.get("id")
        if not anchor:
            return {}
        number = {"n": anchor[1:]} if ids.is_paragraph(anchor) else {}
        return {ID: name_of(anchor), **number}

    @staticmethod
    def _about(source: Element) -> dict[str, str]:
        """How a list is counted, and from where."""
        if source.tag == "ol":
            return {"rend": "numbered", **({"n": start} if (start := source.get("start")) else {})}
        return {"rend": "bulleted"} if source.tag == "ul" else {}

    def _address(self, link: str) -> str:
        """Where a link of the page leads from the file, which stands beside the page."""
        if link.startswith("#"):
            return f"#{name_of(link[1:])}"
        return urljoin(self.base, link) if self.base else link

    def _link(self, above: Element, source: Element) -> None:
        kind = {"type": "footnote"} if has_class(source, "footnote-ref") else {}
        link = source.get("href")
        self._put(above, source, "ref", {**kind, "target": self._address(link)} if link else kind)

    def _picture(self, above: Element, source: Element) -> None:
        figure = T.figure(T.graphic({"url": self._address(source.get("src", ""))}))
        if words := source.get("alt"):
            figure.append(T.figDesc(words))
        above.append(figure)

    def _break(self, above: Element, source: Element) -> None:
        above.append(T.lb())

    def _rule(self, above: Element, source: Element) -> None:
        above.append(T.milestone({"unit": "section", "rend": "rule"}))

    def _span(self, above: Element, source: Element) -> None:
        self._put(above, source, "foreign" if source.get("lang") else "seg", {})

    def _code(self, above: Element, source: Element) -> None:
        above.append(T.eg("".join(source.itertext()), {**self._id(source), SPACE: "preserve"}))

    def _table(self, above: Element, source: Element) -> None:
        made = T.table(self._id(source))
        for caption in source.findall("caption"):
            self._put(made, caption, "head", {})
        for part in source:
            for row in part.findall("tr") if part.tag != "tr" else (part,):
                is_head = all(cell.tag == "th" for cell in row)
                self._put(made, row, "row", {"role": "label"} if is_head else {})
        above.append(made)

    def _cell(self, above: Element, source: Element) -> None:
        about = {"role": "label"} if source.tag == "th" else {}
        for name, ours in (("colspan", "cols"), ("rowspan", "rows")):
            if (count := source.get(name, "")).isdecimal() and int(count) > 0:
                about[ours] = count
        self._put(above, source, "cell", about)

    def _glosses(self, above: Element, source: Element) -> None:
        """A list of terms and what they mean: a label and an item each."""
        made = T.list({"type": "gloss", **self._id(source)})
        before = "item"
        for child in source.iter("dt", "dd"):
            name = "label" if child.tag == "dt" else "item"
            if name != before:
                self._put(made, child, name, {})
            elif name == "item" and not len(made):  # a meaning of nothing
                made.append(T.label())
                self._put(made, child, name, {})
            else:  # a second term, a second meaning
                made[-1].append(T.lb())
                self.fill(made[-1], child)
            before = name
        if before == "label":
            made.append(T.item())
        above.append(made)

    def _ruby(self, above: Element, source: Element) -> None:
        """Characters with what is written beside them: in TEI one `ruby` for each pair."""
        base = source.text or ""
        for child in source:
            if child.tag == "rt":
                above.append(T.ruby(T.rb(base), T.rt("".join(child.itertext()))))
                base = ""
            elif child.tag != "rp":
                base += "".join(child.itertext())
            base += child.tail or ""
        say(above, base)
