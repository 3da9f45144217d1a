"""Comparing editions with received texts, and what editors declare about them."""
