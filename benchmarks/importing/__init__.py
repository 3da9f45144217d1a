"""Saved pages made up for `make bench-import`: their words, their markup, and what of them is text."""
