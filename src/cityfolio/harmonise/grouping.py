"""Which groups each response belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from cityfolio.findings import Finding, Place
from cityfolio.formatting import did_you_mean
from cityfolio.model.edition import Group, GroupRule

if TYPE_CHECKING:
    from cityfolio.model.answer import CodedAnswers, Response
    from cityfolio.model.unit import Unit
    from cityfolio.reading.yaml import Located

__all__ = [
    "attribute_findings",
    "column_names_findings",
    "group_labels",
    "group_places",
    "group_responses",
    "groups_by_kind",
]

Counted = TypeVar("Counted")


def group_responses(
    answers: CodedAnswers, rules: Sequence[GroupRule], files: Mapping[str, str]
) -> tuple[dict[tuple[str, str], tuple[Group, ...]], list[Finding]]:
    """The groups of each response by unit and wave, with a finding where a rule cannot place it.

    An attribute is the unit's; a band is that of the number which the response itself gives. `files` names the
    file of each wave's responses.
    """
    groups: dict[tuple[str, str], tuple[Group, ...]] = {}
    findings: dict[tuple[str, str, Place], Finding] = {}
    columns = next(iter(answers.units.values())).attributes if answers.units else {}
    known = [rule for rule in rules if not rule.attribute or rule.attribute in columns]
    for response in answers.responses:
        unit = answers.units[response.unit]
        found = []
        for rule in known:
            group = _group(rule, unit, response)
            if group is not None:
                found.append(group)
            else:
                at = _missing_at(rule, response, files)
                facts = {"got": unit.id, "kind": rule.kind, "attribute": rule.attribute or rule.variable}
                findings[unit.id, rule.kind, at] = Finding("intake.no-group", at, facts)
        groups[response.unit, response.wave] = tuple(found)
    return groups, list(findings.values())


def attribute_findings(rules: Sequence[GroupRule], units: Mapping[str, Unit], located: Located) -> list[Finding]:
    """Findings about kinds of groups by a column that the list of units does not have.

    `located` holds the places of programme.yml, whose groups are the rules, in their order.
    """
    named = (
        (("groups", position, key), name)
        for position, rule in enumerate(rules)
        for key, name in (("attribute", rule.attribute), ("label_attribute", rule.label_attribute))
    )
    return list(_no_columns(named, "A kind of group", units, located))


def column_names_findings(
    search: Sequence[str], named: Mapping[str, str], units: Mapping[str, Unit], located: Located
) -> list[Finding]:
    """Findings about columns by which units are found, or listed and told apart (`named`), that their list does not have."""
    found: list[tuple[tuple[str | int, ...], str]] = []
    found += [(("directory", "search", position), name) for position, name in enumerate(search)]
    found += [(("directory", key), name) for key, name in named.items()]
    return list(_no_columns(found, "The directory", units, located))


def _no_columns(
    named: Iterable[tuple[tuple[str | int, ...], str]], where: str, units: Mapping[str, Unit], located: Located
) -> Iterator[Finding]:
    columns = list(next(iter(units.values())).attributes) if units else []
    for path, name in named:
        if columns and name and name not in columns:
            facts = {"kind": "The column of units.csv", "got": name, "where": where}
            facts["suggestion"] = did_you_mean(name, columns) or ""
            yield Finding("programme.unknown-name", located.at(*path), facts)


def group_labels(rules: Sequence[GroupRule], units: Mapping[str, Unit]) -> dict[Group, str]:
    """A label for every group that units can belong to; a key that nobody named is shown as it is."""
    labels: dict[Group, str] = {}
    for rule in rules:
        named = dict(rule.labels)
        for band in rule.bands:
            labels[Group(rule.kind, band.key)] = band.label
        if rule.attribute:
            for unit in units.values():
                key = unit.attribute(rule.attribute)
                label = named.get(key) or unit.shown(rule.label_attribute) or key
                labels.setdefault(Group(rule.kind, key), label)
    return labels


def groups_by_kind(groups: Mapping[Counted, Iterable[Group]]) -> dict[str, dict[Counted, tuple[Group, ...]]]:
    """The groups of each response (or unit) once more, apart by their kinds, which come in order.

    >>> groups_by_kind({"delft": (Group("size", "small"), Group("land", "nl")), "cork": (Group("land", "ie"),)})
    ... # doctest: +NORMALIZE_WHITESPACE
    {'land': {'delft': (Group(kind='land', key='nl'),), 'cork': (Group(kind='land', key='ie'),)},
     'size': {'delft': (Group(kind='size', key='small'),)}}
    """
    found: dict[str, dict[Counted, tuple[Group, ...]]] = {}
    for counted, held in groups.items():
        for group in held:
            its = found.setdefault(group.kind, {})
            its[counted] = (*its.get(counted, ()), group)
    return dict(sorted(found.items()))


def group_places(rules: Sequence[GroupRule], labels: Mapping[Group, str]) -> dict[Group, int]:
    """The place of each group that has a label: kinds in the order of the rules, then any others as they come.

    Within a kind, bands stand in the order of their rule, groups by an attribute by their labels.

    >>> labels = {Group("size", "small"): "Small", Group("land", "b"): "Z", Group("land", "a"): "a"}
    >>> [group.id for group in group_places([GroupRule("land", "Country", "land")], labels)]
    ['land:a', 'land:b', 'size:small']
    """
    kinds = list(dict.fromkeys([*(rule.kind for rule in rules), *(group.kind for group in labels)]))
    by_label = {rule.kind for rule in rules if rule.attribute}
    bands = {Group(rule.kind, band.key): place for rule in rules for place, band in enumerate(rule.bands)}

    def place(group: Group) -> tuple[int, int, str, str]:
        if group.kind in by_label:
            return kinds.index(group.kind), 0, labels[group].casefold(), group.key
        return kinds.index(group.kind), bands.get(group, len(bands)), "", ""

    return {group: place for place, group in enumerate(sorted(labels, key=place))}


def _missing_at(rule: GroupRule, response: Response, files: Mapping[str, str]) -> Place:
    if rule.attribute:
        return Place("units.csv", column=rule.attribute)
    return Place(files[response.wave], response.line, rule.variable)


def _group(rule: GroupRule, unit: Unit, response: Response) -> Group | None:
    if rule.attribute:
        key = unit.attribute(rule.attribute)
        return Group(rule.kind, key) if key else None
    answer = response.answers.get(rule.variable)
    number = answer.number if answer is not None else None
    if number is None:
        return None
    return next((Group(rule.kind, band.key) for band in rule.bands if band.holds(number)), None)
