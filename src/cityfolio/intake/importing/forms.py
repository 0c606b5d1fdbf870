"""Each form of file with its reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from cityfolio.findings import Finding, Place
from cityfolio.intake.importing.delimited import read_delimited
from cityfolio.intake.importing.labelled import labelled
from cityfolio.intake.importing.parquet import read_parquet
from cityfolio.intake.importing.received import How, Received, UnreadableError
from cityfolio.intake.importing.records import read_records
from cityfolio.intake.importing.workbook import read_workbook
from cityfolio.reading.text import refused

if TYPE_CHECKING:
    from cityfolio.reading.text import Source

__all__ = ["FORMS", "read_received"]

FORMS: Mapping[str, Callable[[Source, How], Received]] = {
    ".csv": read_delimited,
    ".tsv": read_delimited,
    ".xlsx": read_workbook,
    ".ods": read_workbook,
    ".parquet": read_parquet,
    ".json": read_records,
    ".jsonl": read_records,
    ".sav": labelled("read_sav"),
    ".zsav": labelled("read_sav"),
    ".dta": labelled("read_dta"),
}
"""How each form of file is read, by the ending of its name."""


def read_received(source: Source, how: How) -> tuple[Received | None, list[Finding]]:
    """The table in a file of any form that is known by its ending, or None with findings that say why there is none."""
    trouble = refused(source)
    if trouble is not None:
        return None, [trouble]
    if not source.path.stat().st_size:
        return None, [Finding("file.empty", Place(source.name))]
    try:
        return FORMS[source.path.suffix.casefold()](source, how), []
    except UnreadableError as trouble_inside:
        return None, trouble_inside.findings
