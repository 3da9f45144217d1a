"""What is remembered from one run to the next, so that a build costs what changed.

In: what was made, and everything it was made from. Out: the same again, without the work. Refuses whatever is
broken, foreign, or was made from anything else: then it is made anew. Its folder is `.cache/kb/` of the
project, which git ignores; it may be deleted at any time, and `kb check`, `kb build`, `make serve` and CI
share it. Any build with a memory is byte for byte the one without.

**What is remembered.** The unit is one text, or one page with all its languages.

- A *reading* (`kb.reading`): of one Markdown text. It is made from the text, the settings and the program,
  and from nothing else: its key is the digest of these three.
- A *work* (`kb.works`): everything that is made of the page at one path, in both languages, and of the pages
  that the site makes of it: HTML as written, Markdown, books, citations, versions. What is made of all pages
  together is a work for each of its kinds: the search, the lists, the files for programs. A work's key is its
  name and what all works share: the program, the templates, the configuration. What else went in is not
  listed by hand. A work is made from a project that takes down each question it is asked (`kb.watched`):
  which page stands there, which notes are on it, where does this link lead, which terms are in this text.
  What each page adds to the search is remembered in the same way, though it is no file. Questions and digests
  of the answers are kept with the work. It is used again only if today's project answers every one of them
  alike. So no input can be forgotten, nor what was looked for and was not there.
- A *verdict* (`verdicts`): what a check found in one document. The key is a digest of the check and of all
  that it was given. Of the whole project only that nothing was found is remembered (`kb.works.run`).

**Why an entry can be trusted.** Entries stand in packs (`shelf`): files that are written under another name,
renamed when they are whole, and never changed. A pack holds its index with its digest, and each entry has
its own, which is compared when it is taken. What does not fit is not there. A pack holds plain values in
JSON, and bytes; nothing in it is run. A folder that is a link, or in which git keeps something (it would
come with somebody's pull request), is not used at all.

**Two runs at once** each write a pack of their own, and read what was there when they began. Neither waits.
Two builds into one folder would get in each other's way, with or without a memory: the second waits. A
build's own second process (`kb.works.ahead`) writes a pack of its own, too, which the first one counts among
the others when all was made.

**A preview** goes on in one process: what follows from texts that nobody has changed stays there, as the same
objects (`unchanged`), and so do digests. Its packs are written when its first build has ended, which may have
made everything, and when it ends itself.

**Size.** When packs are many they are put together: of each key the newest entry; first what this run used,
then the newest, up to a limit.

**The site's folder** (`kb.works.site`). A build goes into a folder beside it, and only what differs is moved
to its place, when all is made. Which bytes stand there is known from the last time, as long as the file
system says that nobody touched them (inode, size, both times); else they are read. With them is noted from
what the site was made, if `kb build` made it: where all of that is the same, byte for byte, and so is each
file of the site, there is nothing to do (`kb.works.whole`).
"""
