"""The security policy of the site, once for pages and once for servers.

In: nothing. Out: `POLICY`, which every page carries as a `<meta>`, and the text of a `_headers` file (the
format of Netlify and Cloudflare Pages) with the headers that a `<meta>` cannot carry, and a policy for
files beside the pages. Nothing is inlined, so neither `unsafe-inline` nor `unsafe-eval` is needed, and no
host but the site's own is ever asked. Pictures may be `data:` because Material's style sheet holds its
icons so.

`script-src 'self'` names the host, and not a path: a copy of the site elsewhere, and one below another
path, has to work. That no content can be run as a script rests on what content can be: `kb.media` takes no
kind that is one, and the Markdown of a page begins as no script can (`kb.exports.plain`). The same holds of
`worker-src 'self'`, for the one worker there is (`kb.exports.offline`), which a reader has to ask for.
"""

from __future__ import annotations

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'"
)

_HEADERS = {
    # frame-ancestors is ignored in a <meta> (CSP level 3, 3.3).
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# What is opened by itself is no page: it may do nothing but be looked at. Where two rules name one header,
# both values are sent, and a browser obeys both. A PDF is left out: browsers show none in a sandbox.
_STILL = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
_ENDINGS = ("avif", "bib", "csv", "gif", "jpeg", "jpg", "json", "jsonld", "md", "png", "ris", "svg", "txt",
            "webp", "xml")


def file() -> str:
    """The `_headers` file: one rule for every address, and one for each kind of file that is no page."""
    rules = "/*\n" + "".join(f"  {name}: {value}\n" for name, value in _HEADERS.items())
    return rules + "".join(f"\n/*.{ending}\n  Content-Security-Policy: {_STILL}\n" for ending in _ENDINGS)
