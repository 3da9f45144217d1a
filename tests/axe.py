"""What axe-core says of a page as it stands.

In: a page of a browser; rules that are off by default to be asked too, or on by default to be left out. Out:
what offends: (rule, what it asks for, the first three places), in axe-core's order. What is well does not
leave the browser: telling its places, and reading them here, took most of the time.
"""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_SCRIPT = Axe().axe_script
# Colours may be on their way from light to dark.
_RUN = """async (options) => {
  for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish()
  const found = await axe.run({ ...options, resultTypes: ["violations"] })
  return found.violations.map((one) => [one.id, one.help, one.nodes.slice(0, 3).map((node) => node.target[0])])
}"""
# The rules that look at colours. Nothing but colours differs between light and dark.
COLOURS = ["color-contrast", "link-in-text-block"]


def violations(page: Page, **rules: bool) -> list[list[object]]:
    """`violations(page, target_size=True)`, in light and then, of what depends on colours, in dark; nothing,
    where all is well."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_SCRIPT)
    named = {name.replace("_", "-"): {"enabled": is_asked} for name, is_asked in rules.items()}
    page.emulate_media(color_scheme="light")
    found = page.evaluate(_RUN, {"rules": named})
    page.emulate_media(color_scheme="dark")
    return found + [["in dark", *one] for one in page.evaluate(_RUN, {"runOnly": COLOURS})]
