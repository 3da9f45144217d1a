"""What a page says beside its text, put into its tree: notes, numbers, links to terms, English passages.

Each module is a function from a tree and plain values to the same tree changed; `kb.rendering` calls them in
their order. None of them knows MkDocs, files or other pages.
"""
