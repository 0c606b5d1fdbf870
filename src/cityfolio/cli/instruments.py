"""cityfolio instrument: questionnaires in and out, and what changed between two of them."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cityfolio.cli.application import app
from cityfolio.cli.building import PROGRAMME

if TYPE_CHECKING:
    from cityfolio.harmonise.crosswalk import ChangeEntry

__all__ = ["diff", "export", "import_", "instrument", "paper"]

instrument = typer.Typer(
    name="instrument",
    help="Questionnaires in and out, and what changed between two of them.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)
app.add_typer(instrument)

_WIDTH = 100


class DiffFormat(StrEnum):
    """How differences are written."""

    text = "text"
    json = "json"
    crosswalk = "crosswalk"


class ExportFormat(StrEnum):
    """The forms in which an instrument is written."""

    xlsform = "xlsform"
    ddi = "ddi"


_ENDINGS = {ExportFormat.xlsform: ".xlsx", ExportFormat.ddi: ".xml"}


@instrument.command("import")
def import_(
    file: Path = typer.Argument(
        help="An XLSForm (.xlsx, .xls, .md), LimeSurvey structure (.lss, .txt) or DDI-Codebook (.xml).",
        show_default=False,
    ),
    wave: str = typer.Option(..., "--wave", help="The wave that it was fielded in.", show_default=False),
    out: Path = typer.Option(..., "--out", help="The instrument to write: instruments/WAVE.yml.", show_default=False),
    language: str = typer.Option("en", "--language", help="The language of a file that does not say."),
) -> None:
    """Make an instrument of a questionnaire from another program; what cannot be carried is said."""
    from cityfolio.build.exchanging import import_instrument
    from cityfolio.cli.showing import show_findings

    done = import_instrument(file, wave, out, language)
    show_findings(done.findings, sys.stdout)
    typer.echo(f"{done.questions} questions in {', '.join(str(path) for path in done.files)}.")


@instrument.command()
def export(
    programme: Path = PROGRAMME,
    wave: str = typer.Argument(help="The wave.", show_default=False),
    format: ExportFormat = typer.Option(..., "--format", help="The form to write it in.", show_default=False),  # noqa: A002
    out: Path = typer.Option(None, "--out", help="The file to write.", show_default="WAVE with the ending of the form"),
) -> None:
    """Write the questionnaire of a wave for another program, in all languages of the programme."""
    from cityfolio.build.exchanging import export_instrument
    from cityfolio.cli.showing import show_findings

    target = out or Path(f"{wave}{_ENDINGS[format]}")
    show_findings(export_instrument(programme, wave, format.value, target), sys.stdout)
    typer.echo(f"{target} written.")


@instrument.command()
def paper(
    programme: Path = PROGRAMME,
    wave: str = typer.Argument(help="The wave.", show_default=False),
    out: Path = typer.Option(..., "--out", help="The folder for the files.", show_default=False),
    language: str = typer.Option("", "--language", help="The language, for example ko.", show_default="all"),
) -> None:
    """Print the questionnaire of a wave for sign-off, as HTML and PDF, in each language."""
    from cityfolio.build.exchanging import print_papers

    for path in print_papers(programme, wave, out, language):
        typer.echo(f"{path} written.")


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
    from cityfolio.cli.showing import visible

    for line in lines:
        name = ".".join(part for part in (line.variable, line.category) if part)
        typer.echo(f"{line.change:<13}  {name}  ({line.comparability}; {line.state})")
        typer.echo(textwrap.indent(textwrap.fill(visible(line.reason), _WIDTH - 15), " " * 15))
    open_ones = sum(line.state == "needs confirmation" for line in lines)
    number = "1 difference" if len(lines) == 1 else f"{len(lines)} differences"
    typer.echo(f"{number}, {open_ones} to be confirmed." if lines else "No differences.")
