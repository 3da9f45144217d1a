"""One reading of each text: Markdown in, what the page shows out. Everything else is taken from it."""

from kb.reading.reader import Block, Link, Reading, read
from kb.reading.settings import Settings

__all__ = ["Block", "Link", "Reading", "Settings", "read"]
