"""cityfolio new: a small programme that builds at once."""

from __future__ import annotations

from pathlib import Path

import typer

from cityfolio.cli.application import app

__all__ = ["new"]


@app.command()
def new(
    folder: Path = typer.Argument(help="The folder to make; it must be new or empty.", show_default=False),
) -> None:
    """Make a small programme to start from: two waves, three cities, a plan and its sentences."""
    from cityfolio.build.scaffold import make_programme

    files = make_programme(folder)
    typer.echo(f"{len(files)} files in {folder}. Build it with: cityfolio build {folder} --out site")
