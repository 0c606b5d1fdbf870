"""Data for the scripts of pages, as scripts of their own: a page opened from a folder may load those, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

from cityfolio.profile.keeping import Kept
from cityfolio.site.map_outlines import fine_world

if TYPE_CHECKING:
    from cityfolio.profile.comparison import CompareDocument, ComparedUnit, ComparedVariable
    from cityfolio.profile.explore_document import ExploreColumn, ExploreDocument, ExploreQuestion
    from cityfolio.profile.map_document import MapAnswers, MapDocument
    from cityfolio.profile.programme_documents import SiteContent

__all__ = ["compare_scripts", "data_script", "data_scripts", "explore_scripts", "land_script", "map_scripts"]


def data_scripts(content: SiteContent, kept: Kept | None = None) -> Iterator[tuple[str, bytes]]:
    """All data for the scripts of a site: path, script. Those `kept` from an earlier build are taken from there."""
    kept = kept or Kept(remembers=False)
    if content.map is not None:
        yield from map_scripts(content.map)
    if content.explore is not None:
        yield from explore_scripts(content.explore, kept)
    if content.compare is not None:
        yield from compare_scripts(content.compare, kept)


def data_script(name: str, held: object) -> bytes:
    r"""A script that hands over data under a name, and does nothing else.

    >>> data_script("map/roles", {"chosen": {"designer": [0, 2]}})
    b'cityfolio.take("map/roles",{"chosen":{"designer":[0,2]}});\n'
    """
    name, text = (json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in (name, held))
    return f"cityfolio.take({name},{text});\n".encode()


def map_scripts(document: MapDocument) -> Iterator[tuple[str, bytes]]:
    """One script for what can be chosen above the map, and one for each question: who gave which answer."""
    yield "map/_options.js", data_script("map/_options", _options(document))
    for answers in document.answers:
        name = f"map/{answers.variable}"
        yield f"{name}.js", data_script(name, _answers(answers))


def land_script() -> tuple[str, bytes]:
    """The outlines of the land for who looks nearer, the same in every language."""
    return "map/_land.js", data_script("map/_land", asdict(fine_world()))


def explore_scripts(document: ExploreDocument, kept: Kept) -> Iterator[tuple[str, bytes]]:
    """One script for each question: its facts in every edition, by every kind of group."""
    for question in document.questions:
        name = f"explore/{question.variable}"
        yield f"{name}.js", kept.made(("script", name), question, partial(_question_script, name, question))


def _question_script(name: str, question: ExploreQuestion) -> bytes:
    views = [
        {
            "edition": view.edition,
            "by": view.by,
            "columns": [_column(column) for column in view.columns],
            "order": list(view.order),
            "silent": list(view.silent),
        }
        for view in question.views
    ]
    held = {
        "label": question.label,
        "number": question.is_number,
        "universe": question.universe,
        "counting": question.counting,
        "changes": {edition: list(said) for edition, said in question.changes},
        "rows": [list(row) for row in question.rows],
        "views": views,
    }
    return data_script(name, held)


def _column(column: ExploreColumn) -> Mapping[str, object]:
    cells = [[cell.number, cell.base] if cell is not None else 0 for cell in column.cells]
    return {
        "group": column.group,
        "label": column.label,
        "measure": column.measure,
        "bases": [list(base) for base in column.bases],
        "cells": cells,
    }


def _options(document: MapDocument) -> Mapping[str, object]:
    return {
        "filters": {entry.id: entry.options for entry in document.filters},
        "others": [[question.id, question.label, question.options] for question in document.others],
    }


def _answers(answers: MapAnswers) -> Mapping[str, object]:
    return {
        "chosen": {code: list(positions) for code, positions in answers.chosen},
        "missing": {reason: list(positions) for reason, positions in answers.missing},
        "offered": {code: list(waves) for code, waves in answers.offered},
    }


def compare_scripts(document: CompareDocument, kept: Kept) -> Iterator[tuple[str, bytes]]:
    """One script for the questions, one for each unit and each group that can be compared."""
    sections = [
        [section.title, [_question(variable) for variable in section.variables]] for section in document.sections
    ]
    yield "compare/_questions.js", data_script("compare/_questions", sections)
    for unit in document.units:
        name = f"compare/{unit.unit}"
        yield f"{name}.js", kept.made(("script", name), unit, partial(_unit_script, name, unit))
    for group in document.groups:
        shares = {name: {code: [n, of] for code, n, of in held} for name, held in group.shares}
        held = {
            "group": group.group,
            "kind": group.kind,
            "label": group.label,
            "waves": list(group.waves),
            "shares": shares,
        }
        yield f"compare/groups/{group.address}.js", data_script(f"compare/groups/{group.address}", held)


def _question(variable: ComparedVariable) -> list[object]:
    """Id, title, categories and, where there are any, the breaks: what is said of it, the waves on each side, the codes."""
    categories = [[c.code, c.label, *c.waves] for c in variable.categories]
    breaks = [[one.said, list(one.before), list(one.after), *one.codes] for one in variable.breaks]
    return [variable.variable, variable.title, categories, *([breaks] if breaks else [])]


def _unit_script(name: str, unit: ComparedUnit) -> bytes:
    answers: dict[str, object] = {}
    for variable, answer in unit.answers:
        answers[variable] = answer.missing or [list(answer.codes), *answer.own_words]
    held = {
        "name": unit.name, "country": unit.country, "wave": unit.wave, "groups": list(unit.groups),
        "like": list(unit.like), "answers": answers,
    }  # fmt: skip
    return data_script(name, held)
