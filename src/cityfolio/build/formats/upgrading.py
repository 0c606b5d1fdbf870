"""Brings the files of a programme folder up to the format that this version reads, step by step."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cityfolio.build.formats.registry import CURRENT, format_of
from cityfolio.build.releasing.kept_inputs import input_files
from cityfolio.errors import NotAProgramme, ProgrammeBlocked
from cityfolio.findings import Finding, Place
from cityfolio.reading.text import Source, read_text

__all__ = ["Upgrade", "upgrades", "write_upgrades"]

_NUMBER = re.compile(r"^format:[ \t]*[\"']?([0-9]+)[\"']?[ \t]*(?:#.*)?$", re.MULTILINE)
_HEAD = re.compile(r"(?:[ \t]*#[^\n]*\n|[ \t]*\n|---[ \t]*\n)*")


@dataclass(frozen=True)
class Upgrade:
    """A file that is of an older format, and its text in the current one."""

    name: str
    number: int
    text: str


def _with_number(text: str) -> str:
    r"""A file from before there were numbers: the same rules, and the number after the remarks at its head.

    >>> _with_number("# Waves\nid: green\n")
    '# Waves\nformat: 1\nid: green\n'
    """
    head = _HEAD.match(text)
    end = head.end() if head else 0
    return f"{text[:end]}format: 1\n{text[end:]}"


STEPS: Mapping[int, Callable[[str], str]] = {0: _with_number}
"""From each older format to the next."""


def upgrades(folder: Path) -> list[Upgrade]:
    """The files of a programme that are of an older format.

    Raises:
        NotAProgramme: if the folder has no programme.yml.
        ProgrammeBlocked: if a file cannot be read, or is of a format that only a later version reads.
    """
    if not (folder / "programme.yml").is_file():
        raise NotAProgramme(f"{folder} holds no programme.yml. Name a programme folder.")
    findings: list[Finding] = []
    found = list(_found(folder, findings))
    if any(finding.blocks for finding in findings):
        raise ProgrammeBlocked(findings)
    return found


def _found(folder: Path, findings: list[Finding]) -> Iterator[Upgrade]:
    for file in input_files(folder):
        if format_of(file.path) is None:
            continue
        text, trouble = read_text(Source(folder / file.path, file.path, root=folder))
        findings += trouble
        if text is None:
            continue
        match = _NUMBER.search(text)
        number = int(match[1]) if match else 0
        if number > CURRENT:
            line = text.count("\n", 0, match.start() if match else 0) + 1
            facts = {"got": str(number), "known": str(CURRENT)}
            findings.append(Finding("yaml.other-format", Place(file.path, line), facts))
        elif number < CURRENT:
            for step in range(number, CURRENT):
                text = STEPS[step](text)
            yield Upgrade(file.path, number, text)


def write_upgrades(folder: Path, found: list[Upgrade]) -> None:
    """Write the files in their new form, each whole or not at all."""
    for upgrade in found:
        target = folder / upgrade.name
        fresh = target.with_name(f".{target.name}.new")
        fresh.write_text(upgrade.text, encoding="utf-8")
        fresh.replace(target)
