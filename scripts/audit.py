"""What the weekly audit reports: known vulnerabilities of dependencies, and links to other sites that fail.

In: the locks of the project, the built site in `site/`, the network. Out: Markdown on standard output and
below `GITHUB_STEP_SUMMARY`. It refuses nothing: what it says is for people to judge, so it always ends well.
The programs that look (pip-audit, npm, LinkChecker) are other people's; they stand beside this Python.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from html import escape, unescape
from pathlib import Path
from re import findall

ROOT = Path(__file__).parent.parent
BESIDE = Path(sys.executable).parent
PYTHON_LOCKS = ("requirements.lock", *(
    f".github/requirements/{name}.txt" for name in ("actionlint", "workflows", "audit", "successor")))
NODE_LOCKS = ("tests/types", "benchmarks/lighthouse")


def said(command: list[str], folder: Path = ROOT) -> str:
    """What a program says; where it cannot be started, that."""
    if not shutil.which(command[0]):
        return f"{command[0]} is not installed"
    done = subprocess.run(command, cwd=folder, text=True, capture_output=True)
    return (done.stdout + done.stderr).strip()


def dependencies() -> str:
    """A section for each lock."""
    pip_audit = [str(BESIDE / "pip-audit"), "--disable-pip", "--require-hashes", "--progress-spinner=off"]
    sections = [(one, [*pip_audit, "--requirement", one], ROOT) for one in PYTHON_LOCKS]
    sections += [(f"{one}/package-lock.json", ["npm", "audit", "--package-lock-only"], ROOT / one)
                 for one in NODE_LOCKS]
    return "".join(f"## {name}\n\n{_verbatim(said(command, folder))}\n\n"
                   for name, command, folder in sections)


def links(site: Path) -> dict[str, list[str]]:
    """Each address of another site that pages link to → the pages, as places below `site`."""
    found = defaultdict(list)
    for page in sorted(site.rglob("*.html")):
        text = page.read_text("utf-8")
        for address in sorted({unescape(one) for one in findall(r'<a [^>]*?href="(https?://[^"]+)"', text)}):
            found[address.partition("#")[0]].append(page.parent.relative_to(site).as_posix())
    return dict(found)


def failing(addresses: dict[str, list[str]]) -> list[tuple[str, str]]:
    """(address, what LinkChecker says of it), for those that could not be had."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # started by root, LinkChecker goes on as nobody
        page = Path(folder, "links.html")
        page.write_text("".join(f'<a href="{escape(one)}">x</a>\n' for one in addresses), "utf-8")
        printed = said([str(BESIDE / "linkchecker"), "--check-extern", "--recursion-level=1", "--no-status",
                        "--no-warnings", "--timeout=30", "--output=csv", str(page)])
    if "urlname;" not in printed:  # it did not get to its table
        return [("LinkChecker", printed)]
    rows = csv.DictReader((line for line in printed.splitlines() if not line.startswith("#")), delimiter=";")
    # Redirections are told of under the address that was written.
    return [(row["urlname"], row["result"]) for row in rows if row.get("urlname") and row.get("result")]


def report(addresses: dict[str, list[str]], wrong: list[tuple[str, str]]) -> str:
    """A table of the links that fail. Many a site refuses programs: 403 alone says little."""
    lines = ["## Links to other sites", "", f"{len(addresses)} looked at, {len(wrong)} could not be had.", ""]
    if wrong:
        lines += ["| address | answer | on |", "|---|---|---|"]
        rows = ((address, answer, ", ".join(addresses.get(address, ())[:5])) for address, answer in wrong)
        lines += ["| " + " | ".join(map(_cell, row)) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _cell(words: str) -> str:
    return f"<code>{escape(words).replace('|', '&#124;').replace('`', '&#96;')}</code>".replace("\n", " ")


def _verbatim(words: str) -> str:
    return "\n".join("    " + line for line in words.splitlines()) or "    nothing said"


def main() -> None:
    addresses = links(ROOT / "site")
    text = dependencies() + report(addresses, failing(addresses))
    print(text)
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    main()
