"""Files as other programs write them, and what an import makes of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from cityfolio.build.importing import import_answers
from cityfolio.errors import ProgrammeBlocked
from cityfolio.findings import Finding
from tests.programmes import ProgrammeFolder

CODED = "unit,population,has_plan,measures,measures_other\nalder-aa,125000,yes,planting mapping,adopting a tree\ncedar-bb,,no,,\n"
"""What the answers of two cities are in the codes of the small programme's instrument of 2024."""


def put(small: ProgrammeFolder, name: str, content: bytes | str) -> Path:
    """A file beside the programme."""
    path = small.path.parent / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def table(rows: Sequence[Sequence[str]], *, quoting: int = 0) -> str:
    """A CSV file, as programs that quote all cells write it, or only where they have to."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=quoting, lineterminator="\r\n").writerows(rows)  # type: ignore[arg-type]
    return text.getvalue()


def imported(small: ProgrammeFolder, file: Path, *, sheet: str = "", encoding: str = "") -> str:
    """What stands in the responses after the import."""
    import_answers(small.path, file, "2024", replace=True, sheet=sheet, encoding=encoding)
    return small.text("responses/2024.csv")


def blocked(small: ProgrammeFolder, file: Path, *, sheet: str = "") -> list[Finding]:
    """The findings that block an import; nothing was written."""
    before = small.text("responses/2024.csv")
    with pytest.raises(ProgrammeBlocked) as stopped:
        import_answers(small.path, file, "2024", replace=True, sheet=sheet)
    assert small.text("responses/2024.csv") == before
    return [finding for finding in stopped.value.findings if finding.blocks]


def remarks(small: ProgrammeFolder, file: Path) -> list[Finding]:
    """The findings of an import that is not blocked."""
    return list(import_answers(small.path, file, "2024", replace=True).findings)


def said(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    """Codes and places."""
    return [(finding.code, str(finding.at)) for finding in findings]
