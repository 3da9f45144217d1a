"""Findings as they are handed to people and programs: in their language, with the place marked.

In: findings, the files they stand in, a language. Out: text for a terminal, JSON, SARIF, annotations for
GitHub, a summary in Markdown. Nothing that a file holds can act on where it is printed.
"""
