"""Writes the pages of docs/reference that follow from the code: the findings and the command line.

Run it after a change of the catalogue of findings or of a command:

    .venv/bin/python scripts/make_reference.py
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

import typer

from cityfolio.cli.application import app, run
from cityfolio.findings import CATALOGUE, Rule

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"

FAMILIES = {
    "file": "Files",
    "table": "Tables",
    "yaml": "YAML files",
    "programme": "Names in the programme",
    "instrument": "Instruments",
    "crosswalk": "Crosswalks",
    "intake": "Answers, units and published figures",
    "review": "Answers that should be asked about",
    "plan": "The page plan",
    "wording": "Sentences",
    "editorial": "Editorial texts",
    "sample": "Samples and plain files",
}
_MADE = "<!-- Made by scripts/make_reference.py; changes by hand are lost. -->"
_FINDINGS = """# Findings

A finding is trouble in somebody's data or files. It has a code, a place, and says what was found, why it cannot be right or what
it means, and what to do. [How to read them](../how-to/read-the-findings.md).

- **blocks**: nothing is built before it is mended; what was published before stays.
- **asks**: a person should look; the build goes on.
- **tells**: worth knowing; nothing has to be done.

Words in ‹angle marks› are filled in with what was found.
"""
_COMMANDS = """# The command line

Exit codes: 0 done, 1 findings block, 2 wrong use, 3 a bug of ours, 130 stopped with Ctrl-C. What a command prints
for machines goes to standard output; messages about wrong use, and findings that stop a build, go to standard error.
"""


def reference_pages() -> Mapping[str, str]:
    """The pages by their file names."""
    return {"findings.md": findings_page(), "command-line.md": command_page()}


def findings_page() -> str:
    """Every finding of the catalogue, by family and in the order of the catalogue."""
    return "\n".join([_MADE, _FINDINGS, *_families()])


def _families() -> Iterator[str]:
    def family(code: str) -> str:
        return code.partition(".")[0]

    in_order = sorted(CATALOGUE, key=lambda code: list(FAMILIES).index(family(code)))
    for name, codes in groupby(in_order, key=family):
        yield f"## {FAMILIES[name]}\n"
        for code in codes:
            yield _finding(code, CATALOGUE[code])


def _finding(code: str, rule: Rule) -> str:
    lines = [("Found", rule.found), ("Why", rule.why), ("What to do", rule.do)]
    said = "\n".join(f"- {title}: {_filled(sentence)}" for title, sentence in lines)
    return f"### {code}\n\n**{rule.severity.value}**\n\n{said}\n"


def _filled(sentence: str) -> str:
    return re.sub(r"\{(\w+)\}", r"‹\1›", sentence.replace("{hint}", " (did you mean …?)")).replace("<", "&lt;")


def command_page() -> str:
    """The help texts of all commands, as they are printed 80 characters wide."""
    parts = [_MADE, _COMMANDS, _help()]
    for name in _commands():
        parts += [f"## cityfolio {name}\n", _help(name)]
    return "\n".join(parts)


def _help(*command: str) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), _terminal():
        run([*command, "--help"])
    text = "\n".join(line.rstrip() for line in printed.getvalue().strip().splitlines())
    return f"```text\n{text}\n```\n"


@contextlib.contextmanager
def _terminal() -> Iterator[None]:
    """As if `cityfolio` had been typed in a terminal 80 characters wide."""
    width, name = os.environ.get("COLUMNS"), sys.argv[0]
    os.environ["COLUMNS"], sys.argv[0] = "80", "cityfolio"
    try:
        yield
    finally:
        sys.argv[0] = name
        os.environ.pop("COLUMNS")
        os.environ.update({} if width is None else {"COLUMNS": width})


def _commands() -> list[str]:
    with contextlib.redirect_stdout(io.StringIO()):
        run(["--help"])  # registers all commands
    group = typer.main.get_command(app)
    return list(getattr(group, "commands", {}))


if __name__ == "__main__":
    for name, page in reference_pages().items():
        (REFERENCE / name).write_text(page, encoding="utf-8")
