"""cityfolio instrument: questionnaires in and out, and what changed between two of them."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cityfolio.cli.application import app

if TYPE_CHECKING:
    from cityfolio.harmonise.crosswalk import ChangeEntry

__all__ = ["diff", "instrument"]

instrument = typer.Typer(
    name="instrument",
    help="Questionnaires in and out, and what changed between two of them.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)
app.add_typer(instrument)

_WIDTH = 100


class DiffFormat(str, Enum):
    """How differences are written."""

    text = "text"
    json = "json"
    crosswalk = "crosswalk"


@instrument.command()
def diff(
    earlier: Path = typer.Argument(
        help="The instrument of the earlier wave, for example 2018.yml.", show_default=False
    ),
    later: Path = typer.Argument(help="The instrument of the later wave.", show_default=False),
    format: DiffFormat = typer.Option(DiffFormat.text, help="For people, for machines, or a draft crosswalk."),  # noqa: A002
    crosswalk: Path = typer.Option(
        None,
        "--crosswalk",
        help="Draft this crosswalk; lines that are confirmed there stay.",
        show_default=False,
    ),
) -> None:
    """Print what was added, dropped, reworded, recategorised, moved or re-routed."""
    from cityfolio.build.instruments import draft_crosswalk_file, open_instrument
    from cityfolio.harmonise.drafting import crosswalk_text, draft_crosswalk

    one, _ = open_instrument(earlier)
    other, _ = open_instrument(later)
    draft = draft_crosswalk_file(crosswalk, one, other) if crosswalk else draft_crosswalk(one, other)
    if format is DiffFormat.crosswalk:
        typer.echo(crosswalk_text(draft), nl=False)
    elif format is DiffFormat.json:
        typer.echo(json.dumps(draft.model_dump(), ensure_ascii=False, indent=1))
    else:
        _show(draft.changes)


def _show(lines: Sequence[ChangeEntry]) -> None:
    for line in lines:
        name = ".".join(part for part in (line.variable, line.category) if part)
        typer.echo(f"{line.change:<13}  {name}  ({line.comparability}; {line.state})")
        typer.echo(textwrap.indent(textwrap.fill(line.reason, _WIDTH - 15), " " * 15))
    open_ones = sum(line.state == "needs confirmation" for line in lines)
    typer.echo(f"{len(lines)} differences, {open_ones} to be confirmed." if lines else "No differences.")
