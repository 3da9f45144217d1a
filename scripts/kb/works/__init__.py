"""Works: everything that is made of one page, or of all together, remembered with what was asked for.

In: the project, the memory, and what all works share (`shared`). Out: for each work its files, as they were
made before, or a watched project to make them from (`book`); how each is made (`build`); the site's folder
with what differs put in its place (`site`). What is remembered, and why it can be trusted, stands in
`kb.memory`. Knows nothing of MkDocs. Refuses nothing.
"""

DONE = "works: "  # what the line begins with that says what was done
