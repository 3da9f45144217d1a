"""Citing: one reference a page, and every format that is made from it."""
