"""What was found, as a page in Markdown: for the summary of a job, which whoever opened a pull request sees.

In: what is reported, the address of the site. Out: Markdown in Chinese and in Japanese: how many, and a table
by file with links to what each code means. Nothing of it acts as Markdown or HTML that stood in a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from kb.findings import Finding, escaped, severities
from kb.languages import LANGUAGES
from kb.reporting import catalogue
from kb.reporting.addresses import explanation
from kb.reporting.limits import Reported

_ROWS = 100
_CELL = 500  # characters of one text
_SIGNS = "\\`*_{}[]()#+-.!|~@:/=^$"


def markdown(reported: Reported, site_url: str) -> str:
    """The page; where nothing was found, it says so."""
    tags = [one.tag for one in LANGUAGES]
    lines = ["## " + " / ".join(catalogue.label("summary", tag) for tag in tags), ""]
    lines += [f"{catalogue.counted(severities(reported.all), tag)}  " for tag in tags]
    if reported.all:
        lines += ["", *_table(reported.findings[:_ROWS], site_url)]
    if hidden := len(reported.all) - len(reported.findings[:_ROWS]):
        lines += ["", *(f"{catalogue.label('more', tag).format(count=hidden)}  " for tag in tags)]
    return "\n".join(lines) + "\n"


def _table(findings: Sequence[Finding], site_url: str) -> Iterator[str]:
    tags = [one.tag for one in LANGUAGES]
    heads = (*(" / ".join(dict.fromkeys(catalogue.label(name, tag) for tag in tags))
               for name in ("file", "line-number", "code")), *(one.name for one in LANGUAGES))
    yield "| " + " | ".join(heads) + " |"
    yield "|---" * len(heads) + "|"
    before = None
    for one in findings:
        file = f"<code>{_plain(one.file)}</code>" if one.file != before else "″"
        before = one.file
        links = " ".join(f"[{one.code if tag == tags[0] else tag}]({where})" for tag in tags
                         if (where := explanation(one.code, tag, site_url))) or one.code
        yield f"| {file} | {one.line} | {links} | " + " | ".join(_cell(one, tag) for tag in tags) + " |"


def _cell(one: Finding, tag: str) -> str:
    found, expected, hint = catalogue.translated(one, tag)
    severity = catalogue.label("warning", tag) if one.is_warning else ""
    parts = [f"**{_plain(catalogue.title(one.code, tag))}**{severity}"]
    parts += [f"{catalogue.label(name, tag)}：{'<br>'.join(map(_plain, lines))}" for name, lines in
              (("found", [found]), ("expected", [expected]), ("hint", hint.split("\n")))]
    return "<br>".join(parts)


def _plain(words: str) -> str:
    """`words` as they are, whatever they are to Markdown, to HTML, or to who reads names in them."""
    shown = escaped(words[:_CELL]).strip() + "…" * (len(words) > _CELL)
    return "".join(f"&#{ord(one)};" if one in _SIGNS else escape(one) for one in shown)
