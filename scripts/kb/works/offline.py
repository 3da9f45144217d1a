"""The service worker of the site: made of all that pages load, when that is there.

In: the folder of the site, the project, what is known of the folder's files. Out: `visited.js`, which MkDocs
has copied from the theme, as `kb.exports.offline` makes it; none on a site without texts. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import MutableMapping

from kb.exports import offline
from kb.files import write
from kb.memory.shelf import checked
from kb.project import Project
from kb.works.site import Site


def make(project: Project, site: Site, known: MutableMapping[str, str]) -> None:
    path = site.begun / offline.FILE
    program = path.read_text("utf-8")
    if not project.corpus.has_texts:
        path.unlink()
        return
    files = {place: file.read_bytes for place, file in site.places(offline.PLACES).items()}
    data = offline.made(program, files).encode()
    write(path, data)
    known[offline.FILE] = checked(data)
