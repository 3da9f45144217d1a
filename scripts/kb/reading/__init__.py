"""One reading of each text: Markdown in, what the page shows out. Everything else is taken from it."""

from kb.reading.reader import read
from kb.reading.settings import License, Settings
from kb.reading.values import Block, Link, Reading

__all__ = ["Block", "License", "Link", "Reading", "Settings", "read"]
