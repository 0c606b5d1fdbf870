"""cityfolio import: answers from the files of other programs."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from cityfolio.cli.application import app
from cityfolio.cli.building import PROGRAMME

__all__ = ["import_"]


@app.command("import")
def import_(
    programme: Path = PROGRAMME,
    file: Path = typer.Argument(
        help="The answers: .csv, .tsv, .xlsx, .ods, .parquet, .json, .jsonl, .sav, .zsav or .dta.", show_default=False
    ),
    wave: str = typer.Option(..., "--wave", help="The wave that they belong to.", show_default=False),
    sheet: str = typer.Option(
        "", "--sheet", help="The sheet of a workbook, where several hold something; kept in the mapping."
    ),
    encoding: str = typer.Option(
        "", "--encoding", help="The letters of an older text file, such as cp1252; kept in the mapping."
    ),
    replace: bool = typer.Option(False, "--replace", help="Replace answers that no import wrote."),
) -> None:
    """Put answers from another program into a programme, by its mapping; a first mapping is drafted."""
    from cityfolio.build.importing import import_answers
    from cityfolio.cli.showing import show_findings
    from cityfolio.errors import ProgrammeBlocked

    mapping = programme / "mappings" / f"{wave}.yml"
    is_new = not mapping.exists()
    try:
        done = import_answers(programme, file, wave, replace=replace, sheet=sheet, encoding=encoding)
    except ProgrammeBlocked:
        words = f"{mapping} was drafted and is yours now" if is_new and mapping.exists() else "Nothing was imported"
        typer.echo(f"{words}; settle what blocks, and import again.")
        raise
    if is_new:
        typer.echo(f"{mapping} was drafted and is yours now.")
    show_findings(done.findings, sys.stdout)
    said = f"in {done.file}" if done.changed else f"are in {done.file} already; nothing changed"
    typer.echo(f"{done.responses} responses {said}.")
