"""cityfolio explain: the sum behind a fact."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cityfolio.cli.application import app

if TYPE_CHECKING:
    from cityfolio.build.project import Project
    from cityfolio.model.fact import Fact
    from cityfolio.tabulate.behind import Behind

__all__ = ["explain"]

_RULES = {
    "latest_response": "each unit with its latest response",
    "latest_answer": "each unit with its latest answer to the question",
    "matched_panel": "units that took part in every wave, each with its latest response",
}

_BASE_RULES = {
    "answered": "the units of the group that answered and could choose the category, the unit itself included",
    "offered": "the units that were asked and could choose the category, without an answer too",
    "asked": "the units to which the question was put",
    "participants": "the units with a response",
    "invited": "the units invited to the wave",
    "matched": "the units that answered in both waves",
    "peers": "the units of the saved peer group that answered",
    "unit": "the one unit",
    "with_figure": "the units of the group that have a figure; the group are those that gave the answer",
}
_WITHHELD = {
    "minimum_base": "too few units are in its base",
    "minimum_numerator": "too few units gave the answer",
    "minimum_rest": "too few units did not give the answer",
    "complementary": "with it, a smaller number could be worked out",
}


@app.command()
def explain(
    fact: str = typer.Argument(help="The id of the fact, as in facts.csv and on pages.", show_default=False),
    folder: str = typer.Argument("", help="The programme folder; it may also stand first.", show_default="this folder"),
    programme: str = typer.Option("", "--programme", help="The programme folder, by name.", show_default="this folder"),
) -> None:
    """Print the sum behind a fact: numerator, base, who was left out and why, rule, waves, crosswalk, source."""
    from cityfolio.build.project import open_project
    from cityfolio.cli.showing import visible

    fact, path = _fact_and_folder(fact, folder, programme)
    project = open_project(path)
    for line in _lines(project.fact(fact), project):
        typer.echo(visible(line))


def _fact_and_folder(first: str, second: str, named: str) -> tuple[str, Path]:
    """The id of the fact and the programme folder, in whichever order they were given.

    Raises:
        WrongUse: if it cannot be told which is which, or one of them is missing.
    """
    from cityfolio.errors import WrongUse

    ways = "write cityfolio explain PROGRAMME FACT, or cityfolio explain FACT --programme PROGRAMME"
    if second and named:
        raise WrongUse(f'the programme is named twice, "{named}" and once more beside the fact; {ways}')
    if not second:
        if not named and Path(first).is_dir():
            raise WrongUse(f'"{first}" is a folder, and no fact is named; {ways}')
        return first, Path(named)
    if Path(second).is_dir():
        return first, Path(second)
    if Path(first).is_dir():
        return second, Path(first)
    raise WrongUse(f'neither "{first}" nor "{second}" is a folder, so neither is the programme; {ways}')


def _lines(fact: Fact, project: Project) -> Iterator[str]:
    from cityfolio.formatting import plain_number

    variable = project.programme.answers.variables.get(fact.key.variable)
    category = variable.by_code.get(fact.key.category) if variable else None
    indicator = project.indicator(fact)
    if indicator is not None:
        variable, category = None, None
    what = indicator.label if indicator else variable.label if variable else fact.key.variable
    yield f"{what}: {category.label}" if category else what
    yield f"fact       {fact.id}"
    yield f"measure    {fact.key.measure}, group {fact.key.group.id}"
    if fact.value is not None:
        percent = (
            f" ({fact.per_cent} %)" if fact.key.measure == "share" and fact.base and fact.numerator is not None else ""
        )
        yield f"value      {plain_number(fact.value)}{percent}"
    yield from _sum(fact)
    yield from _behind(fact, project)
    yield from _corrections(fact, project)
    yield from _waves(fact, project)
    yield f"source     {fact.key.source}{f', {fact.url}' if fact.url else ''}"
    if fact.note:
        yield f"note       {fact.note}"


def _sum(fact: Fact) -> Iterator[str]:
    """Numerator and base; of a published figure what its source leaves out, of a withheld number why it is."""
    from cityfolio.model.fact import PUBLISHED
    from cityfolio.tabulate.base_rules import base_rule_of

    if fact.withheld:
        yield f"withheld   {fact.withheld}: {_WITHHELD[fact.withheld]}"
        return
    is_published = fact.key.source == PUBLISHED
    if fact.numerator is not None or is_published:
        yield f"numerator  {'not printed by the source' if fact.numerator is None else fact.numerator}"
    if fact.base is not None or is_published:
        yield f"base       {'not printed by the source' if fact.base is None else fact.base.counted}"
    rule = base_rule_of(fact.key)
    if rule and fact.base is not None:
        yield f"base rule  {rule}: {_BASE_RULES[rule]}"


def _left_out(fact: Fact) -> Iterator[str]:
    from cityfolio.model.fact import PUBLISHED
    from cityfolio.model.missing import Missing

    if fact.base is None or fact.key.source == PUBLISHED:
        return
    for reason in Missing:
        number = fact.base.left_out(reason)
        if number:
            yield f"left out   {number} {reason.value.replace('_', ' ')}"


def _behind(fact: Fact, project: Project) -> Iterator[str]:
    found = project.behind(fact)
    if found is None:
        yield from _left_out(fact)
        return
    if project.indicator(fact) is not None:
        yield f"  counted    {len(found.counted)}: {_names(found.counted, project)}"
    else:
        yield from _chosen(found, project)
    for reason, units in found.left_out.items():
        yield f"left out   {len(units)} {reason.value.replace('_', ' ')}: {_names(units, project)}"


def _chosen(found: Behind, project: Project) -> Iterator[str]:
    yield f"  chose      {len(found.choosing)}: {_names(found.choosing, project)}"
    others = tuple(unit for unit in found.counted if unit not in found.choosing)
    yield f"  did not    {len(others)}: {_names(others, project)}"


def _names(units: tuple[str, ...], project: Project) -> str:
    names = sorted(project.programme.answers.units[unit].display_name for unit in units)
    return "; ".join(names) if names else "nobody"


def _corrections(fact: Fact, project: Project) -> Iterator[str]:
    """The answers behind the fact that were corrected; who decided it is nobody's business here."""
    from cityfolio.model.fact import PUBLISHED

    if fact.key.source == PUBLISHED:
        return
    for one in project.corrections(fact):
        name = project.programme.answers.units[one.unit].display_name
        before, after = one.before or "nothing", one.after or "nothing"
        about = f" ({one.category})" if one.category else " (own words)" if one.own_words else ""
        yield f"corrected  {name} {one.wave}{about}: {before} -> {after}, {one.date}. {' '.join(one.reason.split())}"


def _waves(fact: Fact, project: Project) -> Iterator[str]:
    programme = project.programme
    edition = programme.manifest.editions.get(fact.key.edition)
    if edition is not None:
        rule = f", {_RULES[edition.rule.value]}" if edition.is_pooled else ""
        yield f"waves      {', '.join(edition.waves)} (edition {edition.id}{rule})"
    for crosswalk in programme.crosswalks:
        for change in crosswalk.changes:
            if change.variable == fact.key.variable and change.category in ("", fact.key.category):
                waves = f"{crosswalk.earlier} to {crosswalk.later}"
                yield f"crosswalk  {waves}: {change.change}, {change.comparability}. {change.reason}"
