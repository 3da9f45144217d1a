"""Which addresses a link, a picture or a data file may have.

In: an address, as it is once references (`&#106;`) are resolved. Out: why it may not be used, empty where it
may. Allowed are https, http and mailto, and what is relative to the page. Refused is whatever programs read
in two ways: what runs or carries something (`javascript:`, `data:`), what leads to another host and does not
say so (`//host`, `\\\\host`, a name before an @), white space and control characters, which browsers take out
before they look at the scheme (URL Standard, 4.4).
"""

from __future__ import annotations

import re
from urllib.parse import unquote

ALLOWED = "an address that begins with https://, http:// or mailto:, or a file of this tree"
SCHEMES = frozenset(("http", "https", "mailto"))
_SCHEME = re.compile(r"([^/?#]*?):")
_WEB = re.compile(r"https?://", re.IGNORECASE)
# Letters of any writing, as names of hosts have them; a number in brackets is one of IPv6.
_HOST = re.compile(r"(?:[\w-]+(?:\.[\w-]+)*\.?|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_BARRED = re.compile(r"[\x00-\x20\x7f\\<>\"`{}|^]")
_TRIMMED = " \t\n\r\f"


def refusal(address: str, *, is_picture: bool = False) -> str:
    """Why `address` may not be used; empty where it may."""
    own = address.strip(_TRIMMED)
    if found := re.search(r"[\x00-\x1f\x7f]", own):
        return f"the character U+{ord(found[0]):04X} in an address"
    path = re.split(r"[?#]", own, maxsplit=1)[0]
    if "\\" in path:
        return "a backslash, which browsers take for a slash,"
    if own.startswith("//"):
        return "an address without its scheme, which leads to another host,"
    # Encoded, it is a path to browsers, and a scheme to whatever decodes it first.
    scheme = _SCHEME.match(own) or _SCHEME.match(unquote(path))
    if not scheme:
        return ""
    name = scheme[1].lower()
    if name not in SCHEMES or (is_picture and name == "mailto"):
        return f"the scheme “{scheme[1][:20]}:”"
    return _host(own) if name != "mailto" else ""


def web(address: str) -> bool:
    """Whether `address` is one of a page on the web, in full, as data files give them."""
    return bool(_WEB.match(address)) and not _BARRED.search(address) and not refusal(address)


def _host(address: str) -> str:
    """What is wrong with the host of an address of the web."""
    if not _WEB.match(address):
        return "an address with its scheme and without “//”"
    host = re.split(r"[/?#]", address.partition("//")[2], maxsplit=1)[0]
    if "@" in host:
        return "a name before the host, which looks like another host,"
    if host.startswith("[") and not _HOST.fullmatch(host):
        return ""  # no program can take it apart: `kb.links` says so
    return "" if _HOST.fullmatch(host) else f"the host “{host[:40]}”"
