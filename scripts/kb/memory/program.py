"""Which program this is: what is remembered was made by it, or is not used.

In: nothing. Out: a digest of every file of this package, of the Python that runs, and of the names and
versions of everything installed beside it. Refuses nothing.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from kb.memory.digests import digest

_PACKAGE = Path(__file__).parent.parent
_INSTALLED = (".dist-info", ".egg-info")


@cache
def version() -> str:
    """Read when it is first asked for: who changes the program while it runs starts it again."""
    paths = sorted(os.path.join(folder, name) for folder, _, names in os.walk(_PACKAGE) for name in names
                   if not name.endswith(".pyc"))
    files = [(os.path.relpath(path, _PACKAGE), Path(path).read_bytes()) for path in paths]
    return digest((files, sys.version, sys.platform, sorted(_installed())))


def _installed() -> set[str]:
    """As in `lxml-6.0.2.dist-info`."""
    return {name for folder in sys.path if os.path.isdir(folder or ".") for name in os.listdir(folder or ".")
            if name.endswith(_INSTALLED)}


@cache
def is_of_program(module: str) -> bool:
    """Whether a module's code is told by `version`: it is this package's, Python's or an installed one's."""
    top = module.partition(".")[0]
    if top in sys.stdlib_module_names or top == "kb":
        return True
    spec = find_spec(top)
    places = [spec.origin or "", *(spec.submodule_search_locations or ())] if spec else []
    return any("site-packages" in Path(place).parts or "dist-packages" in Path(place).parts
               for place in places)
