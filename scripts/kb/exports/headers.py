"""The security policy of the site, once for pages and once for servers.

In: nothing. Out: `POLICY`, which every page carries as a `<meta>`, and the text of a `_headers` file
(the format of Netlify and Cloudflare Pages) with the headers that a `<meta>` cannot carry. Nothing
is inlined, so neither `unsafe-inline` nor `unsafe-eval` is needed, and no host but the site's own is
ever asked. Pictures may be `data:` because Material's style sheet holds its icons so.
"""

from __future__ import annotations

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)

_HEADERS = {
    # frame-ancestors is ignored in a <meta> (CSP level 3, 3.3).
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def file() -> str:
    """The `_headers` file: one rule for every address."""
    return "/*\n" + "".join(f"  {name}: {value}\n" for name, value in _HEADERS.items())
