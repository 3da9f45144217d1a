"""Which addresses a link, a picture or a data file may have.

In: an address, as it is once references (`&#106;`) are resolved. Out: why it may not be used, empty where it
may. Allowed are https, http and mailto, and what is relative to the page. Refused is whatever programs read
in two ways: what runs or carries something (`javascript:`, `data:`), what leads to another host and does not
say so (`//host`, `\\\\host`, a name before an @), white space and control characters, which browsers take out
before they look at the scheme (URL Standard, 4.4); a host with letters that look like others; a mail that is
sent to more people than its link says.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

from kb.characters import is_nameable, name_of

ALLOWED = "an address that begins with https://, http:// or mailto:, or a file of this tree"
SCHEMES = frozenset(("http", "https", "mailto"))
_SCHEME = re.compile(r"([^/?#]*?):")
_WEB = re.compile(r"https?://", re.IGNORECASE)
# Letters of any writing, as names of hosts have them; a number in brackets is one of IPv6.
_HOST = re.compile(r"(?:[\w-]+(?:\.[\w-]+)*\.?|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?")
_LAST_PORT = 65535
_BARRED = re.compile(r"[\x00-\x20\x7f\\<>\"`{}|^]")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# What a link may write into a mail besides its address (RFC 6068, section 4).
_OF_MAIL = frozenset(("subject", "body"))
_TRIMMED = " \t\n\r\f"


def refusal(address: str, *, is_picture: bool = False) -> str:
    """Why `address` may not be used; empty where it may."""
    own = address.strip(_TRIMMED)
    if found := CONTROL.search(own):
        return f"the character U+{ord(found[0]):04X} in an address"
    path = re.split(r"[?#]", own, maxsplit=1)[0]
    if found := CONTROL.search(unquote(own if own[:7].lower() == "mailto:" else path)):
        return f"the character U+{ord(found[0]):04X} in an address"
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
    return _host(own) if name != "mailto" else _mail(own)


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
    shape = _HOST.fullmatch(host)
    if not shape or int(shape[1] or 0) > _LAST_PORT:
        return f"the host “{host[:40]}”"
    foreign = next((one for one in unicodedata.normalize("NFC", host) if not is_nameable(one)), "")
    return f"the host “{host[:40]}” with {name_of(foreign)}" if foreign else ""


def _mail(address: str) -> str:
    """What is wrong with the address of a mailbox."""
    keys = (one.partition("=")[0] for one in address.partition("?")[2].split("&") if one)
    other = next((key for key in keys if unquote(key).lower() not in _OF_MAIL), "")
    return f"a mail with “{other[:20]}”" if other else ""
