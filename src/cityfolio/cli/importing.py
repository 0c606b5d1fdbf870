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
        help="The answers: .csv, .tsv, .xlsx, .ods, .parquet, .json, .sav or .dta.", show_default=False
    ),
    wave: str = typer.Option(..., "--wave", help="The wave that they belong to.", show_default=False),
    replace: bool = typer.Option(False, "--replace", help="Replace answers that no import wrote."),
) -> None:
    """Put answers from another program into a programme, by its mapping; a first mapping is drafted."""
    from cityfolio.build.importing import import_answers
    from cityfolio.cli.showing import show_findings

    mapping = programme / "mappings" / f"{wave}.yml"
    is_new = not mapping.exists()
    try:
        done = import_answers(programme, file, wave, replace=replace)
    finally:
        if is_new and mapping.exists():
            typer.echo(f"{mapping} drafted; it is yours now.")
    show_findings(done.findings, sys.stdout)
    said = f"in {done.file}" if done.changed else f"are in {done.file} already; nothing changed"
    typer.echo(f"{done.responses} responses {said}.")
