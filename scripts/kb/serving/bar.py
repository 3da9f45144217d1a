"""The bar at the top of each page of a preview: how many findings there are, and the first few.

In: a `State`, and a page as the server would send it. Out: the page with the bar, in the page's
language; it needs no script, and can be closed. It stands on no page that is published. Refuses nothing:
a page without findings, and whatever is no page, stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from markupsafe import Markup

from kb.findings import Finding, severities
from kb.languages import BY_TAG, CHINESE, JAPANESE, Language, word
from kb.reporting import catalogue

_FIRST = 3
_BODY = re.compile(rb"<body\b[^>]*>")
_LANGUAGE = re.compile(rb"<html\b[^>]*\blang=\"?([A-Za-z-]+)")
_CLASS = "kb-preview"

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True)
class State:
    """What the last build came to: all `findings`, those that forbid a site, or the `problem` that stopped
    it. `is_empty` says that there is no site yet."""

    findings: tuple[Finding, ...] = ()
    blocking: tuple[Finding, ...] = ()
    problem: str = ""
    is_blocked: bool = False
    is_empty: bool = False

    @cached_property
    def ordered(self) -> tuple[Finding, ...]:
        """First what forbids a site, then errors, then warnings: asked for with each page."""
        first = set(self.blocking)
        return (*self.blocking, *sorted((one for one in self.findings if one not in first),
                                        key=lambda one: one.is_warning))


def html(state: State, language: Language) -> Markup:
    """The bar, for readers of `language`; empty where there is nothing to say."""
    if not (state.findings or state.is_blocked or state.problem):
        return Markup("")
    tag = language.tag
    ordered = state.ordered
    parts = [Markup("<p><strong>{}</strong> {}</p>").format(_state(state, tag), _count(ordered, tag))]
    if state.problem:
        parts.append(Markup('<p lang="en" class="{}-problem">{}</p>').format(_CLASS, state.problem))
    if ordered:
        items = Markup("").join(_item(one, tag) for one in ordered[:_FIRST])
        parts.append(Markup("<ul>{}</ul>").format(items))
    if len(ordered) > _FIRST:
        parts.append(Markup("<p>{}</p>").format(word("preview-more", tag, count=len(ordered) - _FIRST)))
    return Markup(
        '<dialog open class="{0}{1}" lang="{2}" aria-label="{3}"><style>{4}</style>'
        '<form method="dialog"><button>{5}</button></form>{6}</dialog>'
    ).format(_CLASS, f" {_CLASS}-blocked" if state.is_blocked else "", tag, word("preview", tag),
             Markup(_style()), word("preview-close", tag), Markup("").join(parts))


def _state(state: State, tag: str) -> str:
    if state.is_empty:
        return word("preview-empty", tag)
    return word("preview-blocked", tag) if state.is_blocked else ""


def _count(findings: Collection[Finding], tag: str) -> str:
    errors, warnings = severities(findings)
    parts = [word(key, tag, count=count) for key, count in
             (("preview-count", errors), ("preview-warnings", warnings)) if count]
    return word("preview-found", tag, what=word("list-comma", tag).join(parts)) if parts else ""


def _item(one: Finding, tag: str) -> Markup:
    rows = Markup("").join(
        Markup("<dt>{}</dt><dd{}>{}</dd>").format(word(key, tag), *_said(text, tag))
        for key, text in (("finding-found", one.found), ("finding-expected", one.expected),
                          ("finding-hint", one.hint)))
    return Markup("<li><details><summary><code>{}:{}</code> {} {}</summary>"
                  "<dl>{}</dl></details></li>").format(
        one.file, one.line, one.code, catalogue.title(one.code, tag), rows)


def _said(text: str, tag: str) -> tuple[Markup, str]:
    """A message in the language; where the catalogue lacks it, in English with the attribute that says so."""
    known = catalogue.known(text, tag)
    return (Markup(""), known) if known is not None else (Markup(' lang="en"'), text)


@cache
def _style() -> str:
    return (Path(__file__).parent / "bar.css").read_text("utf-8")


def page(state: State, language: Language) -> str:
    """A page that stands where there is no site yet."""
    name = word("site-name", language.tag)
    return str(Markup(
        '<!doctype html>\n<html lang="{}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><title>{}</title></head>\n'
        "<body>{}<h1>{}</h1><p>{}</p></body>\n</html>\n"
    ).format(language.tag, name, html(state, language), name, word("preview-waits", language.tag)))


def shown(content: bytes, state: State) -> bytes:
    """A page with the bar in it."""
    body, tag = _BODY.search(content), _LANGUAGE.search(content)
    if not body or f'class="{_CLASS}'.encode() in content:
        return content
    language = BY_TAG.get(tag[1].decode() if tag else "", CHINESE)
    return content[:body.end()] + html(state, language).encode() + content[body.end():]


def application(app: Application, state: Callable[[], State], mount: str) -> Application:
    """`app`, a WSGI application that serves a site below the path `mount`, with the bar in each page. While
    there is no site, each address shows the page that says so."""

    def served(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        now = state()
        if now.is_empty and environ["PATH_INFO"].startswith(mount):
            is_japanese = environ["PATH_INFO"].startswith(mount + JAPANESE.prefix)
            environ = environ | {"PATH_INFO": mount + (JAPANESE.prefix if is_japanese else "")}
        answer: list[Any] = []
        body = app(environ, lambda *given: answer.extend(given))
        status, headers = answer[:2]
        kind = next((value for name, value in headers if name.lower() == "content-type"), "")
        if not kind.startswith("text/html"):
            start(status, headers)
            return body
        content = shown(b"".join(body), now)
        kept = [(name, value) for name, value in headers if name.lower() not in ("content-length",
                                                                                "content-type")]
        start(status, [*kept, ("Content-Type", "text/html; charset=utf-8"),
                       ("Content-Length", str(len(content)))])
        return [content]

    return served
