"""What templates may ask for, and their code, which is put together once for both languages and for all
builds of a preview.

In: the environment in which MkDocs renders. Out: it is made ready. Refuses nothing. The code is kept in this
process only, each template's by its source.
"""

from __future__ import annotations

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from kb.exports import headers
from kb.views.filters import FILTERS


class Templates(BytecodeCache):
    """The code of templates, by name and source."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._known:
            bucket.bytecode_from_string(self._known[bucket.key])  # unless its source is another one now

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key] = bucket.bytecode_to_string()

    def prepare(
        self, environment: Environment, *, is_preview: bool, is_printed: bool, stylesheet: str
    ) -> None:
        """`stylesheet` is Material's, below the site's root."""
        environment.bytecode_cache = self
        environment.autoescape = environment.trim_blocks = environment.lstrip_blocks = True
        environment.filters.update(FILTERS)
        # `mkdocs serve` writes a script into each page that reloads it; a policy would forbid it.
        environment.globals["policy"] = "" if is_preview else headers.POLICY
        environment.globals["is_printed"] = is_printed
        environment.globals["material_stylesheet"] = stylesheet
