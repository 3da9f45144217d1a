"""`kb`: everything an editor does at the command line.

    kb check      every check; ends with the fidelity figures; with --since also what must not have changed
    kb collate    the received texts against their editions
    kb anchors    give ids to new paragraphs, and record what was published
    kb import     drafts of a new document from a saved page, a text, a Word file or a PDF
    kb declare    the lines in sources/ that findings ask for: both wordings are shown, the reason is asked
    kb stale      for the translator: what changed in the originals, and how the same was rendered elsewhere
    kb fix        full-width punctuation, the form of ids, the order of keys: shows a diff first
    kb new        a commentary, concept, event or document in both languages: asks for what is missing
    kb build      the site, into a fresh folder that replaces the old one only if all went well

Each takes --format, --lang and --summary: how findings are printed, in which language, where a summary goes.
Exit codes: 0 fine, 1 findings (or a failed build), 2 wrong use.
"""

from __future__ import annotations

import argparse
import datetime
import os
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from kb.commands import report, transaction, usage
from kb.languages import SHORT
from kb.memory import garbage
from kb.reporting import catalogue
from kb.reporting.records import Reader


def run() -> None:
    """The installed command: `main` on the folder one stands in."""
    # It ends before there is much garbage: to look for some in all that was imported takes a tenth of it.
    garbage.look_seldom()
    try:
        code = main(sys.argv[1:], root=Path.cwd())
        sys.stdout.flush()
    except BrokenPipeError:  # who reads has enough, as in `kb check | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    sys.stderr.flush()
    # All files are written and closed: to let go of each value that was read takes a twentieth of a check.
    os._exit(code)


def main(argv: Sequence[str], *, root: Path) -> int:
    """Run one command on the project at `root`, and return the exit code."""
    try:
        arguments = usage.spoken(_parser(), _language(argv)).parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    manner = _manner(arguments)
    if not (root / "docs").is_dir():
        report.problem(f"no docs/ in {root}: run it at the top of a project", manner)
        return 2
    try:
        if wrong := transaction.finish(root):
            return report.findings(wrong, root, manner)
    except OSError as error:
        report.problem("a run that was interrupted while it wrote cannot be brought to its end: "
                       f"{error.filename}: {error.strerror}", manner)
        return 1
    return _run(root, arguments, datetime.date.today().isoformat(), manner)


def _run(root: Path, arguments: argparse.Namespace, today: str, manner: report.Manner) -> int:
    """Run the command; the libraries of some would make every other one begin later."""
    if arguments.command == "check":
        from kb.commands import check

        return check.run(root, today, manner, since=arguments.since)
    if arguments.command == "collate":
        from kb.commands import collate

        return collate.run(root, manner)
    if arguments.command == "anchors":
        from kb.commands import anchors

        return anchors.run(root, today, since=arguments.since, only_check=arguments.check,
                           agreed=arguments.yes, manner=manner)
    if arguments.command == "import":
        return _import(root, arguments, manner)
    if arguments.command == "declare":
        from kb.commands import declare

        return declare.run(root, reasons=arguments.reason, agreed=arguments.yes, manner=manner)
    if arguments.command == "stale":
        from kb.commands import stale

        return stale.run(root, arguments.pages, today, manner)
    if arguments.command == "fix":
        from kb.commands import fix

        return fix.run(root, arguments.pages, agreed=arguments.yes, manner=manner)
    if arguments.command == "new":
        from kb.commands import new

        return new.run(root, arguments.kind, arguments.set, today, manner=manner)
    from kb.commands import build

    return build.run(root, today, manner)


def _import(root: Path, arguments: argparse.Namespace, manner: report.Manner) -> int:
    from kb.commands import importing  # its libraries would make every other command begin later

    return importing.run(root, importing.ordered(vars(arguments)), manner)


def _language(argv: Sequence[str]) -> str:
    """The language to speak before the arguments are understood."""
    said = [one.partition("=")[2] if "=" in one else following
            for one, following in pairwise([*argv, ""]) if one.partition("=")[0] == "--lang"]
    known = [catalogue.TAGS[one] for one in said if one in catalogue.TAGS]
    return known[-1] if known else catalogue.language(os.environ)


def _manner(arguments: argparse.Namespace) -> report.Manner:
    """How findings are reported; the site's address is given as to MkDocs."""
    tag = catalogue.TAGS[arguments.lang] if arguments.lang else catalogue.language(os.environ)
    return report.Manner(arguments.format, Reader(tag, os.environ.get("SITE_URL", "")), arguments.summary)


def _parser() -> usage.Parser:
    parser = usage.Parser(prog="kb", description=(__doc__ or "").partition("\n\n")[0])
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    manner = usage.Parser(add_help=False)
    manner.add_argument("--format", choices=report.FORMS, default="text", help="how findings are printed")
    manner.add_argument("--lang", choices=catalogue.TAGS,
                        help="the language of what is printed (else that of the locale, else English)")
    manner.add_argument("--summary", type=Path, metavar="FILE",
                        help="add a summary in Markdown to this file, such as $GITHUB_STEP_SUMMARY")
    checking = commands.add_parser("check", parents=[manner], help="run every check")
    checking.add_argument("--since", metavar="REVISION", help="the git revision that is published: received "
                          "texts, registers and wordings of it must still be there, to the byte")
    commands.add_parser("collate", parents=[manner], help="compare received texts with their editions")
    numbering = commands.add_parser("anchors", parents=[manner],
                                    help="give ids to new paragraphs and record them")
    numbering.add_argument("--check", action="store_true", help="write nothing, only report")
    numbering.add_argument("--since", metavar="REVISION",
                           help="the git revision that is published (else where the main branch was left): "
                                "no line of its registers may go, and what came since is a draft")
    numbering.add_argument("--yes", action="store_true",
                           help="take what is proposed for paragraphs that were split, merged, moved, "
                                "deleted or written anew, without being asked")
    _importing(commands.add_parser("import", parents=[manner],
                                   help="make drafts of a new document from files"))
    declaring = commands.add_parser("declare", parents=[manner], help="write what is to be declared")
    declaring.add_argument("--reason", action="append", default=[], metavar="REASON",
                           help="for all that shows none of its own, such as term")
    declaring.add_argument("--yes", action="store_true",
                           help="take the reasons that the two wordings themselves show, without being asked")
    renewing = commands.add_parser("stale", parents=[manner], help="what changed in stale texts' originals")
    fixing = commands.add_parser("fix", parents=[manner], help="mend what is mechanical, after a diff")
    for one in (renewing, fixing):
        one.add_argument("pages", nargs="*", metavar="PAGE", help="only these, as in docs_ja/articles/x.md")
    fixing.add_argument("--yes", action="store_true", help="write, without being asked")
    making = commands.add_parser("new", parents=[manner], help="begin a page, or add an event")
    making.add_argument("kind", choices=("commentary", "concept", "event", "document"))
    making.add_argument("--set", action="append", default=[], metavar="NAME=VALUE",
                        help="a value, such as title.zh=…; the others are asked for on a terminal")
    commands.add_parser("build", parents=[manner], help="build the site into site/")
    return parser


def _importing(parser: argparse.ArgumentParser) -> None:
    """What may be said of files that are imported."""
    add = parser.add_argument
    add("files", nargs="+", type=Path, metavar="FILE",
        help="a saved web page, plain text, a Word file (.docx) or a PDF with text")
    add("--language", action="append", required=True, choices=tuple(SHORT),
        help="the language of each file, in their order; the first is the original")
    add("--slug", action="append", required=True, metavar="FOLDER/NAME",
        help="the document’s name, as in articles/x; again for a second text in the same file")
    add("--encoding", default="", metavar="LABEL", help="the encoding, where no label says it")
    add("--author", action="append", default=[], help="who wrote it, where the file does not say")
    add("--published", action="append", default=[], metavar="DATE", help="when it was published")
    add("--address", default="", metavar="URL", help="where the original was published")
    add("--anew", action="store_true",
        help="forget the answers of earlier runs and ask again; drafts that have no ids yet are made again")
    add("--translated-by", choices=("machine", "human", "unknown"), default="",
        help="who made the translation; with one file alone: that it is one")


if __name__ == "__main__":
    run()
