"""Citing: one record a page, and every format that is made from it."""
