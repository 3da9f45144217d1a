"""Scripts for pages that were opened from a disk: browsers load no module from there, and fetch nothing.

In: the theme's modules by name; a file that modules read. Out: one classic script in which each module is a
function, run when it is first imported, as a module would be; a script that hands over what the file holds
(`theme/assets/kb/disk.js` asks for it). Refuses with `Unfit` an import or export in a form that the
theme's modules do not use, and modules that import each other.

The modules are written alike: imports and exports begin a line, names are imported in braces from beside, and
no exported name is ever given another value. So they need no parser.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping

FOLDER = "assets/kb/"
PLACE = f"{FOLDER}all.js"
# What modules read of the site, and what they read as text.
_PROCESSOR, _ENDINGS = "assets/citation/citeproc.js", (".bib", ".bin", ".csl", ".json", ".ris", ".txt")
_TEXT = (".bib", ".csl", ".html", ".json", ".ris", ".txt", ".xml")
_PAGE, _NOT_CITED = "index.html", ("parallel/index.html", "history/index.html")

_IMPORT = re.compile(r'^import \{ ([^}]+) \} from "\./([\w-]+\.js)"$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function\*?|class|const) (\w+)", re.MULTILINE)
_DEFAULT = re.compile(r"^export default (\w+)\s*\Z", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*|^.*\bimport\.meta\.(?!url\b).*", re.MULTILINE)

_RUN = """const $made = {}, $script = document.currentScript
const $required = (name) => $made[name] ??= $modules[name](new URL(name, $script.src).href)
const $imported = async (name) => Object.hasOwn($modules, name.slice(2)) ? $required(name.slice(2))
  : { default: await $required("disk.js").handed(name) }
for (const name of $script.dataset.modules.split(" ")) {
  try { $required(name) } catch (fault) { reportError(fault) }
}
"""


class Unfit(ValueError):
    """A module that cannot be put into one classic script: `name` is its file's, `line` that of what is not
    `expected` in it."""

    def __init__(self, name: str, line: int, found: str, expected: str, hint: str) -> None:
        super().__init__(f"{name}:{line}: {found}: expected {expected}")
        self.name, self.line, self.found, self.expected = name, line, found, expected
        self.hint = f"{hint}; or build without the copy: KB_LIBRARY=never"


def is_asked_for(place: str) -> bool:
    """Whether a module may ask for the file at `place`."""
    if place.endswith(_PAGE):
        return not place.endswith(_NOT_CITED)
    return place == _PROCESSOR or place.endswith(_ENDINGS) or place.startswith("assets/citation/locales-")


def handing(place: str, data: bytes) -> str:
    """The script beside the file at `place`."""
    if place == _PROCESSOR:
        own = _DEFAULT.sub(r"return \1", data.decode())
        given = f"(() => {{\n{own}\n}})()"
    elif place.endswith(_TEXT):
        given = json.dumps(data.decode(), ensure_ascii=False)
    else:
        given = f'Uint8Array.from(atob("{base64.b64encode(data).decode()}"), (one) => one.charCodeAt(0))'
    return f"document.currentScript.given = {given}\n"


def together(modules: Mapping[str, str]) -> str:
    """All `modules` in one script; its element names, in `data-modules`, those that the page begins with."""
    needs = {name: [found[2] for found in _IMPORT.finditer(text)] for name, text in modules.items()}
    for name in needs:
        _refuse_circle(name, needs, modules, ())
    functions = "".join(f"{json.dumps(name)}($address) {{\n{_function(name, text)}}},\n"
                        for name, text in sorted(modules.items()))
    return f'"use strict"\n{{\nconst $modules = {{\n{functions}}}\n{_RUN}}}\n'


def _function(name: str, text: str) -> str:
    """What runs the module, and gives what it exports."""
    exported = ", ".join(found[2] for found in _EXPORT.finditer(text))
    text = _IMPORT.sub(_imported, text)
    text = _EXPORT.sub(r"\1 \2", text)
    if other := _OTHER.search(text):
        raise Unfit(name, text[: other.start()].count("\n") + 1, f"“{other[0].strip()[:80]}”",
                    "an import or export that can be put into one classic script",
                    "import names in braces from a module beside it, in one line that begins with import, as "
                    'in import { element } from "./element.js"; export where a function, class or const is '
                    "declared")
    text = text.replace("import.meta.url", "$address").replace("import(", "$imported(")
    return f"{text}\nreturn {{ {exported} }}\n"


def _imported(found: re.Match[str]) -> str:
    return f'const {{ {found[1].replace(" as ", ": ")} }} = $required("{found[2]}")'


def _refuse_circle(name: str, needs: Mapping[str, list[str]], modules: Mapping[str, str],
                   above: tuple[str, ...]) -> None:
    if name in above:
        last = above[-1]
        at = next(one.start() for one in _IMPORT.finditer(modules[last]) if one[2] == name)
        raise Unfit(last, modules[last][:at].count("\n") + 1,
                    f"modules that import each other: {' → '.join((*above, name))}",
                    "modules of which each can run before those that import it",
                    "move what both need into a module of its own")
    for one in needs[name]:
        if one not in needs:
            at = next(found.start() for found in _IMPORT.finditer(modules[name]) if found[2] == one)
            raise Unfit(name, modules[name][:at].count("\n") + 1, f"“./{one}”", "a module that is there",
                        "correct the name, or add the module beside it")
        _refuse_circle(one, needs, modules, (*above, name))
