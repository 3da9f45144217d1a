"""What a reader does with texts besides reading them, once for all engines.

In: a `Reader`. Out: nothing; what a reader should have seen and has not is an AssertionError. Sentence by sentence,
notes of one's own, quotations and references, wordings of other days, pages that are kept.
"""

from __future__ import annotations

from reader import ARTICLE, LONG, PRESS, Reader, from_disk, path

from kb.languages import CHINESE, JAPANESE, LANGUAGES, Language, word

_MARKED = """return [...(CSS.highlights?.get("kb-sentence") ?? [])].map((one) => String(one).replace(/\\s/g, ""))"""
_QUOTED = "首先，附件的编号就排错了，这么要紧的公文竟然前后不一"
_BEFORE = "2026-05-20"  # a day before paragraph 2 of the press release was split


def _language(prefix: str) -> Language:
    return next(one for one in LANGUAGES if one.prefix == prefix)


def _said(prefix: str, key: str, **values: object) -> str:
    return word(key, _language(prefix).tag, **values)


def _are_marked(reader: Reader, *wanted: str) -> None:
    reader.wait(f"const marked = (() => {{ {_MARKED} }})(); return marked.join() === arguments[0]",
                ",".join("".join(one.split()) for one in wanted), what=f"{wanted} are marked")


@from_disk
def a_sentence_and_its_counterpart_are_marked_by_pointer_and_key(reader: Reader) -> None:
    reader.go(f"{ARTICLE}parallel/#{LONG}")
    pairs = list(zip(*reader.known.sentences.values(), strict=True))
    for language in (CHINESE, JAPANESE):
        reader.driver.point(4, 4)
        box = reader.box(f"#{LONG} .kb-cell[lang={language.tag}] p")
        for step in (0, 3):
            reader.driver.point(box["x"] + 40 + step, box["y"] + 14)
        _are_marked(reader, *pairs[0])
    reader.driver.type("Escape")
    _are_marked(reader)
    reader.driver.point(4, 4)
    reader.ask("document.querySelector(arguments[0]).focus()", f"#{LONG} .kb-row-number")
    for pair in pairs[:2]:
        reader.driver.type("ArrowRight")
        _are_marked(reader, *pair)
        assert pair[1] in reader.ask("return document.querySelector('p.kb-hidden[role=status]').textContent")


@from_disk
def the_other_edition_of_a_paragraph_stands_below_it_where_it_is_asked_for(reader: Reader, prefix: str) -> None:
    pairs = list(zip(*reader.known.sentences.values(), strict=True))
    reader.go(prefix + ARTICLE)
    reader.click(f"#{LONG} > .kb-number")
    reader.choose("[role=menuitem]", _said(prefix, "cite-counterpart"))
    reader.shows(".kb-counterpart p[lang]")
    reader.wait("return document.activeElement.matches('.kb-counterpart p[lang]')", what="the focus is on it")
    reader.driver.type("ArrowRight")
    _are_marked(reader, *pairs[0])
    reader.driver.type("Escape")
    reader.has_not(".kb-counterpart")


@from_disk
def notes_of_ones_own_are_written_kept_listed_and_deleted(reader: Reader, prefix: str) -> None:
    reader.go(prefix + ARTICLE)
    reader.click("#p3 > .kb-number")
    reader.choose("[role=menuitem]", _said(prefix, "own-write"))
    reader.fill(".kb-own-form textarea", "再核对一次。")
    reader.choose(".kb-own-form button", _said(prefix, "own-save"))
    reader.says(".kb-own-text", "再核对一次。")
    # Words that are selected are marked by a button below them.
    words = reader.ask("""const walker = document.createTreeWalker(document.querySelector("#p8"), NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.data.trim().length < 6 || node.parentElement.closest(".kb-number, aside")) continue
        const from = node.data.length - node.data.trimStart().length
        node.parentElement.scrollIntoView({ block: "center", behavior: "instant" })
        getSelection().setBaseAndExtent(node, from, node, from + 5)
        return node.data.slice(from, from + 5)
      }""")
    reader.choose(".kb-own-offer button", _said(prefix, "own-highlight"))
    marked = "return [...(CSS.highlights?.get('kb-own') ?? [])].map(String).includes(arguments[0])"
    reader.wait(marked, words, what=f"{words} is marked")
    reader.go(prefix + ARTICLE)
    reader.says(".kb-own-text", "再核对一次。")
    reader.wait(marked, words, what=f"{words} is marked still")
    reader.go(f"{prefix}notes/")
    reader.says(".kb-own-text", "再核对一次。")
    assert reader.ask("return document.querySelectorAll('.kb-own-note').length") == 2
    reader.click(".kb-own-list h3 a")
    reader.at(f"{prefix}{ARTICLE}#p3")
    reader.go(f"{prefix}notes/")
    reader.shows(".kb-own-note")
    reader.ask("window.confirm = () => true")  # a question of the browser's own
    reader.choose("button", _said(prefix, "own-clear"))
    reader.has_not(".kb-own-note")


@from_disk
def a_quotation_and_a_reference_lead_to_their_paragraph(reader: Reader, prefix: str) -> None:
    words = _QUOTED.replace("要紧", "重要")
    for pasted, place, said in (
            (_QUOTED, f"{ARTICLE}#p3", _said(prefix, "check-exact")),
            (words, f"{ARTICLE}#p3", _said(prefix, "check-altered", count="1", percent="").partition("1")[0]),
            (f"https://someone.example/kb/{prefix}{ARTICLE}#p23", f"{prefix}{ARTICLE}#p23", "2026年5月20日")):
        reader.go(f"{prefix}check/")
        reader.fill("#kb-check-text", pasted)
        reader.click(".kb-check-run")
        reader.says(".kb-check-answer", said)
        if pasted == words:
            assert reader.ask("return [...document.querySelectorAll('.kb-check-compared ins')].map("
                              "(one) => one.textContent).join('')") in words
        reader.click(".kb-check-found .kb-check-place a")
        reader.at(place)
        reader.shows(f"#{place.partition('#')[2]}")


@from_disk
def the_text_of_another_day_is_said_to_be_one_and_leads_back(reader: Reader, prefix: str) -> None:
    reader.go(f"{prefix}{PRESS}history/#p2")
    reader.shows("#p2.kb-course")
    removed = reader.ask("""return document.querySelector(
      `#p2.kb-course .kb-version-words[lang="${document.documentElement.lang}"] del`).textContent""")
    reader.fill(".kb-day-form input", _BEFORE)
    reader.click(".kb-day-form button")
    reader.at(f"{prefix}{PRESS}?at={_BEFORE}")
    reader.says(".kb-then-notice", "2026年5月20日")
    words = "return document.querySelector('#p2').textContent"
    assert removed in reader.ask(words)
    reader.click(".kb-then-bar .kb-then-mark")
    reader.says("#p2 del", removed)
    reader.click(".kb-then-bar a")
    reader.at(prefix + PRESS)
    reader.shows("#p2")
    assert removed not in reader.ask(words)
    reader.click("#p2 > .kb-number")
    reader.choose("[role=menuitem]", _said(prefix, "cite-course"))
    reader.at(f"{prefix}{PRESS}history/#p2")


@path
def a_page_that_was_visited_is_there_without_the_network_and_says_so(reader: Reader, prefix: str) -> None:
    reader.go(f"{prefix}about/offline/", 360)
    reader.choose("button", _said(prefix, "offline-begin"))
    reader.shows("[data-do=end]")
    reader.go(prefix + ARTICLE)
    reader.wait("""for (const name of await caches.keys()) {
        if (name.endsWith(" pages") && await (await caches.open(name)).match(arguments[0])) return true
      }""", reader.root + prefix + ARTICLE, what="the page is kept")
    reader.leave(True)
    try:
        reader.go(f"{prefix}{ARTICLE}#p23")
        reader.says("[data-kb-kept]", _said(prefix, "offline-kept", date="\0").partition("\0")[0])
        reader.shows("#p23")
        assert reader.ask("return getComputedStyle(document.querySelector('[data-kb-kept]')).borderInlineStartWidth"
                          ) == "3px", "its styles are there"
        reader.go(prefix + PRESS)
        reader.says("body", _said(prefix, "offline-missing-title"))
    finally:
        reader.leave(False)
    reader.go(prefix + ARTICLE)
    reader.has_not("[data-kb-kept]")
    reader.go(f"{prefix}about/offline/")
    reader.click("[data-do=end]")
    reader.shows("[data-do=begin]")
    assert reader.ask("return (await caches.keys()).length") == 0


@path
def without_scripts_what_needs_them_says_so(reader: Reader, prefix: str) -> None:
    for place, said in (("check/", "check-without-scripts"), ("notes/", "own-scripts"),
                        ("about/offline/", "offline-scripts"), (f"{PRESS}history/", "course-needs-script")):
        reader.go("frame.html")
        # A page in such a frame runs no script, as where a reader has switched them off.
        shown = reader.ask("""const frame = document.querySelector("iframe")
          frame.sandbox = "allow-same-origin"
          await new Promise((done) => { frame.onload = done; frame.src = arguments[0] })
          return [...frame.contentDocument.querySelectorAll("main, article, noscript")].map(
            (one) => one.checkVisibility() ? one.innerText : "").join(" ").replace(/\\s+/g, " ")""",
                           reader.root + prefix + place)
        assert _said(prefix, said) in shown, (place, shown)
