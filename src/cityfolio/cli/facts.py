"""cityfolio facts: the facts of a programme as a table, CSV or JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cityfolio.cli.application import app
from cityfolio.cli.presenting import print_table

if TYPE_CHECKING:
    from cityfolio.model.fact import Fact

__all__ = ["facts"]

_WORDS = ("edition", "variable", "category", "group", "measure", "source", "left out")


class FactsFormat(StrEnum):
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
    from cityfolio.formatting import plain_number
    from cityfolio.model.missing import Missing

    shown = []
    for fact in facts:
        key, base = fact.key, fact.base
        reasons = [(reason, base.left_out(reason)) for reason in Missing] if base is not None else []
        shown.append(
            {
                "edition": key.edition,
                "variable": key.variable,
                "category": key.category,
                "group": key.group.id,
                "measure": key.measure,
                "source": key.source,
                "numerator": "" if fact.numerator is None else str(fact.numerator),
                "base": "" if base is None else str(base.counted),
                "value": "" if fact.value is None else plain_number(round(fact.value, 4)),
                "left out": ", ".join(f"{number} {reason.value}" for reason, number in reasons if number),
            }
        )
    print_table(shown, _WORDS)
