"""Population files: cells with their counts, and a design adjusted to them, with findings where they do not
match.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cityfolio.errors import ProgrammeBlocked
from cityfolio.findings import Finding, Place
from cityfolio.tabulate.sampling.declaring import numbers_in
from cityfolio.tabulate.sampling.poststratification import PopulationMismatchError, poststratify
from cityfolio.tabulate.sampling.raking import Margin, RakingDivergedError, rake

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cityfolio.intake.plain import PlainTable
    from cityfolio.tabulate.sampling.design import Design
    from cityfolio.tabulate.sampling.poststratification import Cell

__all__ = ["FREQUENCY", "adjusted_to", "margin_of"]

FREQUENCY = "Freq"


def adjusted_to(
    design: Design, sample: PlainTable, populations: Sequence[PlainTable], margins: Sequence[PlainTable]
) -> Design:
    """The design post-stratified to each table of `populations`, then raked to all `margins`.

    Raises:
        ProgrammeBlocked: with findings, if a table is unfit or does not match the sample.
        WrongUse: if a table has a column that the sample lacks.
    """
    for table in populations:
        margin = margin_of(sample, table)
        try:
            design = poststratify(design, margin.cells, margin.population)
        except PopulationMismatchError as trouble:
            raise ProgrammeBlocked(list(_mismatches(trouble, margin, sample, table))) from trouble
    return _raked(design, sample, margins) if margins else design


def margin_of(sample: PlainTable, table: PlainTable) -> Margin:
    """The cells of the sample's records and the counts of the table.

    Raises:
        ProgrammeBlocked: with findings about the table, or about blank cells of the sample.
        WrongUse: if the sample lacks a column of the table.
    """
    if FREQUENCY not in table.columns:
        need = "It holds the number of units in the population of each cell."
        place = Place(table.file, 1)
        raise ProgrammeBlocked([Finding("table.missing-column", place, {"column": FREQUENCY, "need": need})])
    names = [name for name in table.columns if name != FREQUENCY]
    counts = numbers_in(table, FREQUENCY)
    cells = _cells(table, names)
    findings = [*_of_table(table, cells, counts.tolist()), *_blanks(sample, names)]
    if findings:
        raise ProgrammeBlocked(findings)
    population = {cell: float(count) for cell, count in zip(cells, counts, strict=True)}
    return Margin(_cells(sample, names), population)


def _cells(table: PlainTable, names: Sequence[str]) -> list[Cell]:
    columns = [table.column(name) for name in names]
    return [tuple(column[record] for column in columns) for record in range(table.size)]


def _of_table(table: PlainTable, cells: Sequence[Cell], counts: Sequence[float]) -> Iterator[Finding]:
    seen: set[Cell] = set()
    for record, (cell, count) in enumerate(zip(cells, counts, strict=True)):
        if cell in seen:
            yield Finding("sample.doubled-cell", table.at(record, ""), {"cell": _named(cell)})
        seen.add(cell)
        if not count >= 0:
            got = table.column(FREQUENCY)[record]
            yield Finding("sample.no-number", table.at(record, FREQUENCY), {"got": got})


def _blanks(sample: PlainTable, names: Sequence[str]) -> Iterator[Finding]:
    for name in names:
        for record, cell in enumerate(sample.column(name)):
            if not cell:
                yield Finding("sample.blank-cell", sample.at(record, name))


def _raked(design: Design, sample: PlainTable, tables: Sequence[PlainTable]) -> Design:
    margins = [margin_of(sample, table) for table in tables]
    findings: list[Finding] = []
    for margin, table in zip(margins, tables, strict=True):
        try:
            poststratify(design, margin.cells, margin.population)
        except PopulationMismatchError as trouble:
            findings += _mismatches(trouble, margin, sample, table)
    if findings:
        raise ProgrammeBlocked(findings)
    try:
        return rake(design, margins)
    except RakingDivergedError as trouble:
        raise ProgrammeBlocked([Finding("sample.margins-not-met", Place(tables[-1].file))]) from trouble


def _mismatches(
    trouble: PopulationMismatchError, margin: Margin, sample: PlainTable, table: PlainTable
) -> Iterator[Finding]:
    for cell in trouble.only_sample:
        place = sample.at(list(margin.cells).index(cell), "")
        yield Finding("sample.cell-without-population", place, {"cell": _named(cell)})
    for cell in trouble.only_population:
        place = table.at(list(margin.population).index(cell), "")
        facts = {"cell": _named(cell), "frequency": f"{margin.population[cell]:g}"}
        yield Finding("sample.cell-without-sample", place, facts)


def _named(cell: Cell) -> str:
    return ", ".join(cell)
