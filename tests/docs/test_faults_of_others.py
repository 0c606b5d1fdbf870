"""The page about faults of others names tests that are there, and leaves no fault without one."""

from __future__ import annotations

import ast
import re

from tests.docs.pages import DOCS, ROOT

PAGE = (DOCS / "explanation" / "faults-of-others.md").read_text(encoding="utf-8")
_NAMED = re.compile(r"`([\w/]+\.py)::(test_\w+)`")
_AHEAD = ("**Being built**", "**Not built:**")


def faults() -> list[tuple[str, ...]]:
    """The rows of all tables: fault, where it was seen, what is done, tests."""
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| fault ")]
    return [tuple(cell.strip() for cell in row.strip("|").split(" | ")) for row in rows]


def names_in(file: str) -> set[str]:
    """The names of the tests of a file below `tests/`."""
    path = ROOT / "tests" / file
    if not path.is_file():
        return set()
    return {node.name for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.FunctionDef)}


def test_every_test_that_the_page_names_exists() -> None:
    named = _NAMED.findall(PAGE)
    known = {file: names_in(file) for file, _ in named}
    assert [f"{file}::{name}" for file, name in named if name not in known[file]] == []
    assert len(named) == PAGE.count("::"), "a test is named in a way that this test does not read"


def test_every_fault_has_a_test_or_says_that_its_part_is_not_there_yet() -> None:
    table = faults()
    assert len({row[0] for row in table}) == len(table) > 80
    without = [row[0] for row in table if len(row) != 4 or not _NAMED.search(row[3])]
    assert [
        fault for fault in without if not any(mark in row[2] for row in table if row[0] == fault for mark in _AHEAD)
    ] == []
    assert len(without) <= 3, without
