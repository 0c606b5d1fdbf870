"""cityfolio translate."""

from __future__ import annotations

from pathlib import Path

import typer

from cityfolio.cli.application import app
from cityfolio.cli.building import PROGRAMME

__all__ = ["translate"]


@app.command()
def translate(
    programme: Path = PROGRAMME,
    language: str = typer.Option("", "--language", help="The language, for example ko.", show_default="all"),
    check: bool = typer.Option(
        False,
        "--check",
        help="Write nothing; list what has no translation, and end with 1 if a text of the programme has none.",
    ),
) -> None:
    """Write what there is to translate into locale/LANGUAGE.po; what is translated stays.

    The product's own texts stand there too, below product|, where it does not speak the language: translate what you want to, the
    rest appears in English.
    """
    from cityfolio.build.catalogue_files import catalogue_state, write_catalogue

    states = catalogue_state(programme, language)
    if not check:
        states = [write_catalogue(programme, state.language) for state in states]
    for state in states:
        done = len(state.texts) - len(state.lacking)
        if check:
            for message in (*state.lacking, *state.lacking_of_product):
                typer.echo(f"{message.context}: {message.source}")
        if state.texts:
            typer.echo(f"{state.name}: {done} of {len(state.texts)} texts translated.")
        if state.of_product:
            said = len(state.of_product) - len(state.lacking_of_product)
            rest = "; the rest appears in English" if state.lacking_of_product else ""
            typer.echo(f"{state.name}: {said} of {len(state.of_product)} texts of the product translated{rest}.")
    if check and any(state.lacking for state in states):
        raise typer.Exit(1)
