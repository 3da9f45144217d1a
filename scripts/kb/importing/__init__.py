"""New texts as an editor has them, made ready for an editor to decide on.

In: files that were saved or sent (a web page, plain text, a Word file, a PDF with text), and what the
editor says of them. Out: proposals: what does not belong to the text, how it is cut into paragraphs,
headings, lists and quotations, how its punctuation is set, which paragraph of a translation renders which
of its original; each with a reason and with how sure it is. Nothing here writes a file:
`kb.commands.importing` does, once the editor has been asked. What cannot be imported is one finding.

Libraries that only an import needs (jusText, readability, mammoth, pypdf) are imported where they are used.
"""
