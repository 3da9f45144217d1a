"""What search engines are told: everything may be read, and where the list of pages is.

In: the site's address. Out: the text of `robots.txt` (RFC 9309). Search engines ask for it at a
host's root only; a site below a path, such as a project's on GitHub Pages, is found by its links.
"""

from __future__ import annotations


def file(site_url: str) -> str:
    """One rule for all; the sitemap where the site's address is known, since it must be whole."""
    sitemap = f"\nSitemap: {site_url}sitemap.xml\n" if site_url else ""
    return f"User-agent: *\nAllow: /\n{sitemap}"
