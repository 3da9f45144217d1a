"""Where what a code means is explained: on the site's page of findings, in the reader's language.

In: a code, a language, the address of the site. Out: an address; empty where the site's is not known. English
readers are sent to the site's first language.
"""

from __future__ import annotations

from kb.languages import BY_TAG, LANGUAGES

PAGE = "about/findings/"


def explanation(code: str, tag: str, site_url: str) -> str:
    """The address of the code's own heading."""
    if not site_url.startswith(("https://", "http://")):
        return ""
    language = BY_TAG.get(tag, LANGUAGES[0])
    return f"{site_url.rstrip('/')}/{language.prefix}{PAGE}#{code.lower()}"
