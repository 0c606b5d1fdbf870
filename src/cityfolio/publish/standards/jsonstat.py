"""JSON-stat 2.0: the facts as one sparse cube of edition, item, group, measure and what of the number is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic_core import to_json

from cityfolio.model.fact import RESPONSES, Fact
from cityfolio.publish.dataset import Dataset

__all__ = ["json_stat_json"]

_PARTS = {"value": "Value", "numerator": "Numerator", "base": "Base"}


@dataclass(frozen=True)
class _Dimension:
    """One dimension: its id, label, and its categories with their labels, in order."""

    id: str
    label: str
    categories: Mapping[str, str]


def json_stat_json(dataset: Dataset) -> bytes:
    """The facts counted from answers, groups of single units left out; cells without a fact are not there.

    An item is a variable or one of its categories. The last dimension says which part of a fact a cell is: its value,
    numerator or base, so that no number is without its base.
    """
    facts = [f for f in dataset.facts if f.key.source == RESPONSES and f.key.group.kind != "unit"]
    dimensions = _dimensions(dataset, facts)
    places = [{code: place for place, code in enumerate(d.categories)} for d in dimensions]
    sizes = [len(dimension.categories) for dimension in dimensions]
    cells: dict[int, float | int] = {}
    for fact in facts:
        key = fact.key
        at = 0
        for position, code in enumerate((key.edition, _item(fact), key.group.id, key.measure)):
            at = at * sizes[position] + places[position][code]
        base = at * sizes[-1]
        parts = (fact.value, fact.numerator, fact.base.counted if fact.base is not None else None)
        cells.update({base + place: part for place, part in enumerate(parts) if part is not None})
    content: dict[str, object] = {
        "version": "2.0",
        "class": "dataset",
        "label": dataset.title,
        "source": "; ".join(title for title, _ in dataset.sources),
        "id": [dimension.id for dimension in dimensions],
        "size": sizes,
        "role": {"time": ["edition"], "metric": ["part"]},
        "dimension": {d.id: {"label": d.label, "category": _category(d)} for d in dimensions},
        "value": {str(place): cells[place] for place in sorted(cells)},
    }
    if dataset.date:
        content["updated"] = dataset.date
    if dataset.licence:
        content["note"] = [dataset.licence]
    return to_json(content) + b"\n"


def _dimensions(dataset: Dataset, facts: Iterable[Fact]) -> list[_Dimension]:
    facts = list(facts)
    editions = {f.key.edition: None for f in facts}
    items = {_item(f): _item_label(dataset, f) for f in facts}
    groups = {f.key.group.id: dataset.group_labels.get(f.key.group, f.key.group.id) for f in facts}
    measures = {f.key.measure: None for f in facts}
    return [
        _Dimension(
            "edition", "Edition", {e: dataset.editions[e].title if e in dataset.editions else e for e in editions}
        ),
        _Dimension("item", "Variable and category", items),
        _Dimension("group", "Group", groups),
        _Dimension("measure", "Measure", {m: m.replace("_", " ") for m in measures}),
        _Dimension("part", "Part of the fact", _PARTS),
    ]


def _item(fact: Fact) -> str:
    return f"{fact.key.variable}.{fact.key.category}" if fact.key.category else fact.key.variable


def _item_label(dataset: Dataset, fact: Fact) -> str:
    variable = dataset.answers.variables.get(fact.key.variable)
    if variable is None:
        return _item(fact)
    category = variable.by_code.get(fact.key.category)
    return f"{variable.label}: {category.label}" if category else variable.label


def _category(dimension: _Dimension) -> dict[str, object]:
    return {"index": list(dimension.categories), "label": dict(dimension.categories)}
