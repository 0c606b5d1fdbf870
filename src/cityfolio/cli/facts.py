"""cityfolio facts: the facts of a programme as a table, CSV or JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cityfolio.cli.application import app

if TYPE_CHECKING:
    from cityfolio.model.fact import Fact

__all__ = ["facts"]


class FactsFormat(str, Enum):
    """How facts are written."""

    table = "table"
    csv = "csv"
    json = "json"


@app.command()
def facts(
    programme: Path = typer.Argument(help="The programme folder.", show_default=False),
    variable: str = typer.Option(None, help="Only facts about this variable.", show_default=False),
    edition: str = typer.Option(None, help="Only facts of this edition.", show_default=False),
    format: FactsFormat = typer.Option(FactsFormat.table, help="For people, spreadsheets or machines."),  # noqa: A002
) -> None:
    """Print facts, each with its base and who was left out."""
    from cityfolio.build.content import edition_of
    from cityfolio.build.facts import all_facts
    from cityfolio.build.programme import load_programme
    from cityfolio.errors import WrongUse
    from cityfolio.formatting import did_you_mean
    from cityfolio.publish.facts import FACT_COLUMNS, fact_record, facts_csv

    loaded = load_programme(programme)
    wanted = edition_of(loaded, edition).id if edition else None
    store = all_facts(loaded)
    known = {fact.key.variable for fact in store}
    if variable is not None and variable not in known:
        hint = did_you_mean(variable, known)
        raise WrongUse(f'There is no fact about "{variable}".' + (f' Did you mean "{hint}"?' if hint else ""))
    found = [f for f in store if variable in (None, f.key.variable) and wanted in (None, f.key.edition)]
    if format is FactsFormat.csv:
        sys.stdout.write(facts_csv(found).decode("utf-8"))
    elif format is FactsFormat.json:
        records = [dict(zip(FACT_COLUMNS, fact_record(fact), strict=True)) for fact in found]
        typer.echo(json.dumps(records, ensure_ascii=False, indent=1))
    else:
        _table(found)


def _table(facts: Iterable[Fact]) -> None:
    from rich.console import Console
    from rich.table import Table

    from cityfolio.formatting import plain_number
    from cityfolio.model.missing import Missing

    table = Table(box=None, pad_edge=False)
    for name in ("edition", "variable", "category", "group", "measure", "source"):
        table.add_column(name, overflow="fold")
    for name in ("numerator", "base", "value"):
        table.add_column(name, justify="right")
    table.add_column("left out", overflow="fold")
    for fact in facts:
        key, base = fact.key, fact.base
        reasons = [(reason, base.left_out(reason)) for reason in Missing] if base is not None else []
        left_out = ", ".join(f"{number} {reason.value}" for reason, number in reasons if number)
        counts = [
            "" if fact.numerator is None else str(fact.numerator),
            "" if base is None else str(base.counted),
        ]
        value = "" if fact.value is None else plain_number(round(fact.value, 4))
        # Rich reads square brackets as markup; data is text.
        cells = [
            key.edition,
            key.variable,
            key.category,
            key.group.id,
            key.measure,
            key.source,
            *counts,
            value,
        ]
        table.add_row(*(cell.replace("[", r"\[") for cell in [*cells, left_out]))
    width = None if sys.stdout.isatty() else 200
    Console(width=width, highlight=False).print(table)
