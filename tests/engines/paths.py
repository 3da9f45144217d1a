"""What a reader does, once for all engines.

In: a `Reader`, which is a driver at the site of the fixed corpus. Out: nothing; what a reader should have seen
and has not is an AssertionError. A path is a function whose name is what it shows; those that take a prefix are
walked in both languages. What a reader does with texts besides reading stands in `tools`.
"""

from __future__ import annotations

import re
import time

import paper
from drivers import Missing
from reader import ARTICLE, PAGES, PRESS, Reader, from_disk, path


@from_disk
def the_switch_keeps_the_paragraph(reader: Reader) -> None:
    reader.go(f"{ARTICLE}#p23")
    reader.click(".kb-header .kb-switch")
    reader.at(f"ja/{ARTICLE}#p23")
    reader.click(".kb-header .kb-switch")
    reader.at(f"{ARTICLE}#p23")


@from_disk
def the_menu_of_a_number_leads_to_the_references_and_the_dialog_stays_while_it_is_used(
        reader: Reader, prefix: str) -> None:
    reader.go(prefix + ARTICLE)
    reader.click("#p23 > .kb-number")
    reader.shows("[role=menu]")
    reader.driver.type("Escape")
    reader.has_not("[role=menu]")
    assert reader.ask("return document.activeElement?.matches('#p23 > .kb-number')"), "the focus is back"
    reader.click("#p23 > .kb-number")
    reader.click("[role=menu] button:last-child")
    reader.wait("return document.querySelector('.kb-cite-text')?.textContent.includes('#p23')",
                what="a reference to paragraph 23")
    box = reader.ask("""const { x, y, width, height } = document.querySelector("dialog").getBoundingClientRect()
      return { x, y, width, height }""")
    reader.driver.point(box["x"] + box["width"] - 3, box["y"] + box["height"] / 2, press=True)  # its padding
    reader.shows(".kb-cite-dialog")
    reader.driver.point(3, box["y"] + 10, press=True)
    reader.has_not(".kb-cite-dialog")


@from_disk
def a_term_shows_its_card_by_pointer_and_key(reader: Reader, prefix: str) -> None:
    reader.go(prefix + ARTICLE)
    reader.driver.point(4, 4)
    box = reader.box("article p a.kb-term")
    reader.driver.point(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    reader.shows(".kb-card")
    reader.driver.type("Escape")
    reader.has_not(".kb-card")
    reader.click("article h1")
    for _ in range(80):
        reader.driver.type("Tab")
        if reader.ask("return document.activeElement.matches('a.kb-term')"):
            break
    if not reader.ask("return document.hasFocus()"):
        raise Missing("whether it shows by key: a browser without a window never has the focus")
    reader.shows(".kb-card")


@from_disk
def the_search_shows_what_it_finds_and_leads_to_its_marks(reader: Reader, prefix: str) -> None:
    reader.go(prefix + ARTICLE)
    reader.wait("return document.querySelector('[data-kb-search]')?.getAttribute('role') === 'button'",
                what="the search is ready")
    reader.driver.type("/")
    reader.shows(".kb-search-input")
    reader.ask("""const field = document.querySelector(".kb-search-input")
      field.value = arguments[0]; field.dispatchEvent(new InputEvent("input"))""", "北辰")
    reader.shows(".kb-hit")
    seen = reader.ask("""const body = document.querySelector(".kb-search-body").getBoundingClientRect()
      const hit = document.querySelector(".kb-hit").getBoundingClientRect()
      return [body.height, hit.bottom <= body.bottom + 1]""")
    assert seen[0] > 300 and seen[1], f"the list is {seen[0]:.0f} px high"
    reader.driver.type("ArrowDown", "Enter")
    reader.shows(".kb-found")
    reader.driver.type("/")
    reader.shows(".kb-search-input")
    reader.driver.type("Escape")
    reader.has_not(".kb-search-input")
    reader.driver.type("/")  # and again, right after
    reader.shows(".kb-search-input")


@from_disk
def a_citation_says_whether_it_holds(reader: Reader, prefix: str) -> None:
    for print_, holds in ((reader.known.fingerprint[prefix], True), ("0" * 12, False)):
        reader.go(f"{prefix}{ARTICLE}?cite=2026-06-01.{print_}#p23")
        reader.shows("#p23 + .kb-cited")
        said = reader.ask("return document.querySelector('#p23 + .kb-cited').textContent")
        assert ("2026年6月1日" in said) == holds, said


@from_disk
def the_parallel_page_has_both_side_by_side_and_below_each_other_on_a_phone(reader: Reader) -> None:
    ask = """const [one, two] = [...document.querySelectorAll("#p23 > .kb-cell")].map(
      (cell) => cell.getBoundingClientRect())
    return [two.x - one.x, two.y - one.y]"""
    reader.go(f"{ARTICLE}parallel/")
    right, down = reader.ask(ask)
    assert right > 300 and abs(down) < 1, "side by side"
    reader.go(f"{ARTICLE}parallel/", 360)
    right, down = reader.ask(ask)
    assert abs(right) < 1 and down > 20, "below each other"


@path
def no_page_is_wider_than_a_phone(reader: Reader, prefix: str) -> None:
    wide = {}
    for place in PAGES:
        reader.go(prefix + place, 360)
        width, shown = reader.ask("return [document.documentElement.scrollWidth, innerWidth]")
        assert shown == 360
        if width > 360:
            wide[place] = width
    assert not wide, wide


@path
def headings_end_their_lines_between_words(reader: Reader, prefix: str) -> None:
    for width in (360, 1280):
        for place in (ARTICLE, PRESS, "articles/", "commentary/", "timeline/", ARTICLE + "parallel/"):
            reader.go(prefix + place, width)
            torn = reader.ask("""const torn = []
              for (const words of document.querySelectorAll(".kb-words")) {
                if (!words.checkVisibility()) continue
                const room = words.parentElement.clientWidth || words.parentElement.parentElement.clientWidth
                const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT)
                for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                  const range = document.createRange()
                  range.selectNodeContents(node)
                  const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top / 6)))
                  const size = parseFloat(getComputedStyle(words).fontSize)
                  const isCut = /[，。、：；！？）」』】〕]./u.test(node.data) || / /.test(node.data)
                  if (lines.size > 1 && !isCut && node.length * size < room) torn.push(node.data)
                }
              }
              return torn""")
            assert torn == [], f"{place} at {width}: {torn}"


@path
def terms_are_dotted_and_links_underlined(reader: Reader) -> None:
    reader.go(ARTICLE)
    found = reader.ask("""return ["article a.kb-term", ".kb-cite-open"].map((one) => {
      const style = getComputedStyle(document.querySelector(one))
      return [style.textDecorationLine, style.textDecorationStyle] })""")
    assert found == [["underline", "dotted"], ["underline", "solid"]], found


@path
def digits_stand_beside_characters_and_not_on_them(reader: Reader, prefix: str) -> None:
    reader.go(prefix + ARTICLE)
    supports = reader.ask("return CSS.supports('hanging-punctuation', 'allow-end')")
    spacing = reader.ask("return getComputedStyle(document.querySelector('#p2')).textAutospace ?? ''")
    assert not supports or spacing in ("", "no-autospace"), spacing


@path
def without_scripts_the_text_its_links_and_its_files_are_there(reader: Reader, prefix: str) -> None:
    reader.go(f"off/{prefix}{ARTICLE}")
    ran, shown, files = reader.ask("""return [document.documentElement.classList.contains("js"),
      document.querySelector("#p23").checkVisibility(),
      [...document.querySelectorAll(".kb-cite-files a")].filter((one) => one.checkVisibility()).length]""")
    assert (ran, shown, files) == (False, True, 3)
    reader.click("#p23 > .kb-number")
    reader.at(f"off/{prefix}{ARTICLE}#p23")


@from_disk
def the_readers_choice_of_dark_is_dark_and_stays(reader: Reader) -> None:
    ask = """const style = getComputedStyle(document.body), canvas = document.createElement("canvas")
      const light = [style.backgroundColor, style.color].map((colour) => {
        const brush = canvas.getContext("2d"); brush.fillStyle = colour; brush.fillRect(0, 0, 1, 1)
        const [r, g, b] = [...brush.getImageData(0, 0, 1, 1).data].map((part) => part / 255)
          .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
        return 0.2126 * r + 0.7152 * g + 0.0722 * b })
      return light"""
    reader.go("")
    reader.wait("return !document.querySelector('[data-kb-theme]').hidden", what="the button is there")
    reader.click("[data-kb-theme]")
    reader.click("[data-kb-theme]")
    for place in ("", f"ja/{ARTICLE}"):
        if place:
            reader.go(place)
        paper, ink = reader.ask(ask)
        assert paper < 0.05 and (ink + 0.05) / (paper + 0.05) >= 7, (paper, ink)
    reader.go("")
    reader.click("[data-kb-theme]")
    assert reader.ask("return Object.keys(localStorage).length") == 0


@path
def every_printed_number_stands_beside_its_paragraph(reader: Reader, prefix: str) -> None:
    for place in (ARTICLE, PRESS):
        reader.go(prefix + place)
        wanted = reader.ask("""return [...document.querySelectorAll("article [id] > .kb-number")]
          .filter((one) => /^p[0-9]/.test(one.parentElement.id)).map((one) => {
            const copy = one.parentElement.cloneNode(true)
            copy.querySelectorAll(".kb-number, aside, .kb-beside, ul, ol").forEach((gone) => gone.remove())
            return [one.textContent, copy.textContent] })""")
        paper.check(reader.driver.pdf(), [(number, re.sub(r"\s", "", words)) for number, words in wanted])


@path
def no_printed_page_ends_with_a_heading_or_holds_the_address_alone(reader: Reader, prefix: str) -> None:
    for place in (ARTICLE, f"{ARTICLE}parallel/", PRESS):
        reader.go(prefix + place)
        headings = reader.ask("""return [...document.querySelectorAll("article :is(h2, h3, h4)")].map((one) => {
          const copy = one.cloneNode(true)
          copy.querySelectorAll(".kb-number").forEach((gone) => gone.remove())
          return copy.textContent.trim() })""")
        paper.check_ends(reader.driver.pdf(), headings)


@from_disk
def nothing_is_said_on_the_console_and_nothing_is_forbidden(reader: Reader, prefix: str) -> None:
    said = {}
    for place in PAGES:
        reader.go(prefix + place)
        time.sleep(0.2)
        if found := reader.ask("return window.said"):
            said[place] = found
    assert not said, said


@path
def no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(reader: Reader, prefix: str) -> None:
    """clreq #prohibition_rules_for_line_start_end, jlreq 3.1.7 and 3.1.8: in text, heads, lists and the dialog."""
    wrong = {}
    for width in (360, 1280):
        for place in (*PAGES, "dialog"):
            reader.go(prefix + (ARTICLE if place == "dialog" else place), width)
            if place == "dialog":
                reader.click(".kb-cite-open")
                reader.wait("return document.querySelector('.kb-cite-text a')?.href", what="a reference")
            if found := reader.ask("""const wrong = []
              for (const block of document.querySelectorAll("p, li, dd, dt, td, th, h1, h2, h3, summary, label")) {
                if (!block.checkVisibility()) continue
                const isFlow = (one) => /^(block|flex|grid|list-item|table)/.test(getComputedStyle(one).display)
                if ([...block.querySelectorAll("*")].some((one) => one.tagName === "BR" || isFlow(one))) continue
                const chars = [], walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
                for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                  for (let at = 0; at < node.length; at++) if (node.data[at].trim()) chars.push([node, at])
                }
                const place = ([node, at]) => {
                  const range = document.createRange()
                  range.setStart(node, at); range.setEnd(node, at + 1)
                  return range.getClientRects()[0]
                }
                chars.forEach(([node, at], one) => {
                  const isOpening = /[（「『《〈〔［【“‘]/u.test(node.data[at])
                  const other = chars[one + (isOpening ? 1 : -1)]
                  if (!other || !isOpening && !/[、。，．：；！？）」』》〉〕］】”’ー]/u.test(node.data[at])) return
                  const [here, there] = [place([node, at]), place(other)]
                  if (!here?.width || !there?.width) return
                  if (isOpening ? there.top >= here.bottom - 2 : here.top >= there.bottom - 2) {
                    wrong.push(chars.slice(Math.max(0, one - 6), one + 6).map(([node, at]) => node.data[at]).join(""))
                  }
                })
              }
              return wrong"""):
                wrong[f"{place} at {width}"] = found[:3]
    assert not wrong, wrong


@path
def the_dialog_fits_a_phone_and_cuts_nothing_off(reader: Reader, prefix: str) -> None:
    reader.go(prefix + ARTICLE, 360)
    reader.click(".kb-cite-open")
    reader.wait("return document.querySelector('.kb-cite-text a')?.href", what="a reference")
    # Beside a scroll bar of the old kind, which takes 15 px.
    cut = reader.ask("""const dialog = document.querySelector(".kb-cite-dialog")
      dialog.style.paddingInlineEnd = `${parseFloat(getComputedStyle(dialog).paddingRight) + 15}px`
      const edge = dialog.getBoundingClientRect().right - parseFloat(getComputedStyle(dialog).paddingRight)
      return [...dialog.querySelectorAll("button, label, a")].filter(
        (one) => one.getBoundingClientRect().right > edge + 1).map((one) => one.textContent)""")
    assert cut == [], cut


@path
def marks_of_what_was_found_are_underlined_as_far_as_they_reach(reader: Reader) -> None:
    reader.go(ARTICLE, 360)
    reader.go(f"{ARTICLE}?search=北辰", 360)
    reader.shows(".kb-hit mark")
    drawn = reader.ask("""const style = getComputedStyle(document.querySelector(".kb-hit mark"))
      return style.boxDecorationBreak || style.webkitBoxDecorationBreak""")
    assert drawn == "clone", drawn
