"""cityfolio tabulate: a table of one variable, from a programme or from a plain file."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cityfolio.cli.application import app
from cityfolio.cli.presenting import TableFormat, print_table, short, write_records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cityfolio.build.comparing import CategoryChange
    from cityfolio.tabulate.table import Cell, Table

__all__ = ["tabulate"]

_CHANGE_COLUMNS = (
    "matched", "panel_earlier", "panel_later", "panel_change", "all_earlier", "all_later", "all_change", "composition",
)  # fmt: skip
_WORDS = ("group", "category", "left out")
_CHANGE_NOTE = (
    "matched: units that answered both times. all_change = panel_change + composition (who took part). A word stands"
    " only where neither rounding nor the units without an answer could undo the difference."
)


class EngineName(StrEnum):
    """Who counts the answers of a programme."""

    auto = "auto"
    plain = "plain"
    duckdb = "duckdb"


class IntervalName(StrEnum):
    """The intervals that can be asked for."""

    wilson = "wilson"
    logit = "logit"
    beta = "beta"
    mean = "mean"


@app.command()
def tabulate(  # noqa: PLR0917 - Typer makes an option of each
    source: Path = typer.Argument(help="A programme folder, or a plain CSV file.", show_default=False),
    name: str = typer.Argument(
        None, metavar="[VARIABLE]", help="The variable (of a file: --variable).", show_default=False
    ),
    variable: str = typer.Option(None, "--variable", help="The variable.", show_default=False),
    by: str = typer.Option(
        None, "--by", help="A kind of group or a single choice; of a file, a column.", show_default=False
    ),
    edition: str = typer.Option(None, "--edition", help="The edition.", show_default="the default edition"),
    weights: str = typer.Option(None, "--weights", help="The variable or column to weigh by.", show_default=False),
    change: bool = typer.Option(False, "--change", help="Programme: the change from the first wave to the last."),
    test: bool = typer.Option(False, "--test", help="Test whether answers go together with groups (samples only)."),
    strata: str = typer.Option(None, "--strata", help="File: the column of strata.", show_default=False),
    cluster: str = typer.Option(
        None, "--cluster", help="File: columns of clusters, one per stage.", show_default=False
    ),
    fpc: str = typer.Option(
        None, "--fpc", help="File: columns of population sizes, one per stage.", show_default=False
    ),
    mean: str = typer.Option(
        None, "--mean", help="File: the mean of this number instead of shares.", show_default=False
    ),
    interval: IntervalName = typer.Option(None, "--interval", help="File: the kind of interval.", show_default=False),
    poststratify: Path = typer.Option(
        None, "--poststratify", help="File: CSV of categories and Freq.", show_default=False
    ),
    rake: list[Path] = typer.Option([], "--rake", help="File: CSV of categories and Freq; repeat.", show_default=False),
    engine: EngineName = typer.Option(
        EngineName.auto, "--engine", help="Programme: who counts; by itself DuckDB where there are very many answers."
    ),
    format: TableFormat = typer.Option(TableFormat.table, help="For people, spreadsheets or machines."),  # noqa: A002
    out: Path = typer.Option(None, "--out", help="Write here instead of the terminal.", show_default=False),
) -> None:
    """Print a readable table of one variable, with bases and notes."""
    from cityfolio.errors import WrongUse

    for_files: dict[str, object] = {
        "--strata": strata,
        "--cluster": cluster,
        "--fpc": fpc,
        "--mean": mean,
        "--interval": interval,
    }
    for_files |= {"--poststratify": poststratify, "--rake": rake}
    wanted = variable or name
    if not source.exists():
        raise WrongUse(f"{source} does not exist; name a programme folder or a CSV file.")
    if source.is_dir():
        misplaced = [option for option, given in for_files.items() if given]
        if misplaced:
            raise WrongUse(f"{misplaced[0]} belongs to plain files; the waves of a programme declare their own design.")
        if wanted is None:
            raise WrongUse("Name the variable: cityfolio tabulate PROGRAMME VARIABLE")
        if change and (by or edition or weights or test):
            raise WrongUse("--change compares all units of the first and last wave; leave out the other options.")
        if change:
            from cityfolio.build.project import open_project

            _show_changes(open_project(source).changes(wanted), format, out)
            return
        _present(_counted(source, wanted, by, edition, weights, test=test, engine=engine), format, out)
        return
    if edition or test or change or engine is not EngineName.auto:
        raise WrongUse("--edition, --test, --change and --engine belong to programmes, not to plain files.")
    from cityfolio.cli.plain_tabulation import tabulate_file
    from cityfolio.cli.showing import show_findings
    from cityfolio.tabulate.sampling.plain_tabulation import COLUMNS

    result = tabulate_file(
        source, variable=None if mean else wanted, mean=mean, by=by, weights=weights, strata=strata, cluster=cluster,
        fpc=fpc, interval=interval.value if interval else None, poststratify=poststratify, rake=rake,
    )  # fmt: skip
    if result.findings:
        show_findings(result.findings, sys.stderr)
    records = list(result.records())
    if format is TableFormat.table:
        print_table(_shortened(records), _WORDS, str(source))
    else:
        write_records(records, COLUMNS, format, out)


def _counted(
    source: Path,
    variable: str,
    by: str | None,
    edition: str | None,
    weights: str | None,
    *,
    test: bool,
    engine: EngineName,
) -> Table:
    if not _counts_at_size(source, engine):
        from cityfolio.build.project import open_project

        return open_project(source).tabulate(variable, by=by, edition=edition, weights=weights, test=test)
    from cityfolio.build.at_size import open_large_project
    from cityfolio.errors import WrongUse

    if test:
        raise WrongUse("--test needs every answer at once; take --engine plain.")
    with _waiting():
        return open_large_project(source).tabulate(variable, by=by, edition=edition, weights=weights)


def _counts_at_size(source: Path, engine: EngineName) -> bool:
    from cityfolio.build.at_size import is_large

    return engine is EngineName.duckdb or (engine is EngineName.auto and is_large(source))


@contextmanager
def _waiting() -> Iterator[None]:
    """Say, where somebody watches, that answers are being coded: the first question takes the longest."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status("Coding and counting the answers. What was coded is kept for the next question."):
        yield


def _present(table: Table, format: TableFormat, out: Path | None) -> None:  # noqa: A002
    if format is TableFormat.table:
        _show(table)
    else:
        write_records(list(table.records()), ("fact",), format, out)


def _show_changes(found: list[CategoryChange], format: TableFormat, out: Path | None) -> None:  # noqa: A002
    records = [_change_record(one) for one in found]
    if format is TableFormat.table:
        print_table(_shortened(records), _WORDS, "Change", (_CHANGE_NOTE,))
    else:
        write_records(records, ("category",), format, out)


def _change_record(found: CategoryChange) -> dict[str, Cell]:
    """One row: the panel, all respondents, the two parts of the difference, and the word it allows."""
    from cityfolio.tabulate.changes import Refusal

    change = found.change
    record: dict[str, Cell] = {"category": found.category, "label": found.label}
    if isinstance(change, Refusal):
        return record | dict.fromkeys(_CHANGE_COLUMNS) | {"word": f"refused: {change.why.value.replace('_', ' ')}"}
    split = change.decomposition
    values = (
        change.matched, change.matched_earlier.share, change.matched_later.share, split.real,
        change.earlier.share, change.later.share, split.total, split.composition,
    )  # fmt: skip
    cells = [value if isinstance(value, int) else float(value) for value in values]
    return record | dict(zip(_CHANGE_COLUMNS, cells, strict=True)) | {"word": change.panel_word.value}


def _show(table: Table) -> None:
    from cityfolio.model.missing import Missing

    shown = []
    for row, record in zip(table.rows, table.records(), strict=True):
        base = row.fact.base
        reasons = [(reason, base.left_out(reason)) for reason in Missing] if base else []
        left_out = ", ".join(f"{number} {reason.value.replace('_', ' ')}" for reason, number in reasons if number)
        cells = {"group": row.group, "category": row.category, "number": str(row.fact.numerator)}
        cells |= {"base": str(base.counted if base else ""), "share": f"{row.fact.per_cent} %"}
        if row.estimate is not None:
            cells |= {name: short(record[name]) for name in ("weighted_share", "se", "lower", "upper")}
        shown.append({**cells, "left out": left_out})
    found = table.association
    notes = list(table.notes)
    if found is not None and found.p_value is not None:
        notes.append(f"{found.remark} F = {found.statistic:.3f}, p = {found.p_value:.4f}")
    elif found is not None:
        notes.append(found.remark)
    print_table(shown, _WORDS, f"{table.title}, {table.edition}", notes)


def _shortened(records: list[dict[str, Cell]]) -> list[dict[str, str]]:
    return [{name: short(cell) for name, cell in record.items()} for record in records]
