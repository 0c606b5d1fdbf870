"""cityfolio schemas and upgrade."""

from __future__ import annotations

from pathlib import Path

import typer

from cityfolio.cli.application import app
from cityfolio.cli.building import PROGRAMME

__all__ = ["schemas", "upgrade"]


@app.command()
def schemas(
    out: Path = typer.Option(..., "--out", help="The folder for the schemas.", show_default=False),
) -> None:
    """Write a JSON Schema for each YAML file of a programme, for editors."""
    from cityfolio.build.formats.registry import FORMATS
    from cityfolio.build.formats.schemas import schema_json

    out.mkdir(parents=True, exist_ok=True)
    for one in FORMATS:
        (out / one.schema_name).write_bytes(schema_json(one))
        typer.echo(f"{one.pattern}: {out / one.schema_name}")


@app.command()
def upgrade(
    programme: Path = PROGRAMME,
    check: bool = typer.Option(False, "--check", help="Write nothing; end with 1 if a file is of an older format."),
) -> None:
    """Bring the files of a programme up to the format that this version reads."""
    from cityfolio.build.formats.registry import CURRENT
    from cityfolio.build.formats.upgrading import upgrades, write_upgrades

    found = upgrades(programme)
    if not check:
        write_upgrades(programme, found)
    for one in found:
        typer.echo(f"{one.name}: format {one.number or 'without a number'} -> {CURRENT}")
    if not found:
        typer.echo(f"Every file is of format {CURRENT}.")
    if check and found:
        raise typer.Exit(1)
