"""Fetch the CSL processor that formats references in the reader's browser.

    python scripts/processor.py      into this Python's own `share/kb/`

Out: `citeproc_commonjs.js` of citeproc-js (CPAL 1.0 or AGPL 3, its choice kept at its head), exactly
the one whose hash stands below. The registry is npm's, or the one that `npm_config_registry` names.
Exit codes: 0 it is there, 1 it could not be had, and one line says why. Needs only the standard
library. The site builds without it too; its pages then offer citation files only.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import io
import os
import sys
import tarfile
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path

VERSION = "2.4.63"
# What npm publishes as `dist.integrity` of the archive.
INTEGRITY = ("sha512-68F95Bp4UbgZU/DBUGQn0qV3HDZLCdI9+Bb2ByrTaNJDL5VEm9LqaiNaxljsvoaExSLEXe1/"
             "r6n2Z06SCzW3/Q==")
FILE = "citeproc_commonjs.js"


def address(environment: Mapping[str, str]) -> str:
    """Where the archive is to be had."""
    registry = environment.get("npm_config_registry") or environment.get("NPM_CONFIG_REGISTRY") \
        or "https://registry.npmjs.org"
    return f"{registry.rstrip('/')}/citeproc/-/citeproc-{VERSION}.tgz"


def integrity(data: bytes) -> str:
    return "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()


def _read(where: str, tries: int = 3) -> bytes:
    """What stands at `where`; a registry that does not answer is asked again."""
    try:
        with urllib.request.urlopen(where, timeout=60) as answer:
            return bytes(answer.read())
    except (OSError, http.client.HTTPException):
        if tries == 1:
            raise
        time.sleep(1)
        return _read(where, tries - 1)


def main(prefix: Path, environment: Mapping[str, str], expected: str = INTEGRITY) -> int:
    """Put the processor into `prefix`, unless it is there."""
    place, stamp = prefix / "share/kb" / FILE, prefix / "share/kb/citeproc.integrity"
    if place.exists() and stamp.exists() and stamp.read_text("utf-8") == expected:
        return 0
    where = address(environment)
    try:
        archive = _read(where)
    except (OSError, ValueError, http.client.HTTPException) as error:
        print(f"no citation processor: {where} cannot be read ({error}); pages will offer citation "
              "files only, until `make processor` succeeds", file=sys.stderr)
        return 1
    if integrity(archive) != expected:
        print(f"no citation processor: {where} is not the archive whose hash is known; nothing was "
              "installed", file=sys.stderr)
        return 1
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        member = files.extractfile(f"package/{FILE}")
        assert member is not None  # the archive whose hash is known has it
        code = member.read()
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(code)
    stamp.write_text(expected, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.prefix), os.environ))
