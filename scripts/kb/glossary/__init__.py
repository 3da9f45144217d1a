"""Concepts, their terms in each language, where texts use them, and the links between."""
