"""The document of the map: units with their places by region and country, and the questions they can be filtered by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cityfolio.model.missing import Missing

if TYPE_CHECKING:
    from cityfolio.model.answer import CodedAnswers, Response
    from cityfolio.model.edition import Edition, Group, GroupRule
    from cityfolio.model.unit import Unit
    from cityfolio.model.variable import Variable
    from cityfolio.profile.programme_documents import Directory, DirectoryCountry, DirectoryRegion, DirectoryUnit

__all__ = ["MapAnswers", "MapCountry", "MapDocument", "MapFilter", "MapMaker", "MapRegion", "MapUnit", "on_map"]


_NO_REGION = "-"


@dataclass(frozen=True)
class MapUnit:
    """A unit: its id, name, the wave of its answers, its longitude and latitude if on record, and the ids of its groups."""

    unit: str
    name: str
    also: str
    wave: str
    place: tuple[float, float] | None
    groups: tuple[str, ...]


@dataclass(frozen=True)
class MapCountry:
    """The units of one country. `key` is the same in every language."""

    key: str
    label: str
    units: tuple[MapUnit, ...]


@dataclass(frozen=True)
class MapRegion:
    """The countries of one continent. `key` is the same in every language."""

    key: str
    label: str
    countries: tuple[MapCountry, ...]

    @property
    def units(self) -> tuple[MapUnit, ...]:
        """All units of the region."""
        return tuple(unit for country in self.countries for unit in country.units)


@dataclass(frozen=True)
class MapFilter:
    """A kind of group or a question to filter by: its id, label, and options (key, label)."""

    id: str
    label: str
    options: tuple[tuple[str, str], ...]
    is_group: bool = False


@dataclass(frozen=True)
class MapAnswers:
    """The answers of all units to one question, for the script of the map. Units are positions in the document's order.

    `offered` names, for a category that some waves did not offer, those that did.
    """

    variable: str
    chosen: tuple[tuple[str, tuple[int, ...]], ...]
    missing: tuple[tuple[str, tuple[int, ...]], ...]
    offered: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class MapDocument:
    """The map page. `filters` stand above the map, `questions` are all questions that the map can show."""

    edition: str
    regions: tuple[MapRegion, ...]
    filters: tuple[MapFilter, ...]
    questions: tuple[MapFilter, ...]
    answers: tuple[MapAnswers, ...]
    thin_base: int

    @property
    def units(self) -> tuple[MapUnit, ...]:
        """All units, in the order of the list."""
        return tuple(unit for region in self.regions for unit in region.units)

    @property
    def others(self) -> tuple[MapFilter, ...]:
        """The questions that have no filter of their own above the map."""
        shown = {entry.id for entry in self.filters}
        return tuple(question for question in self.questions if question.id not in shown)


def on_map(variable: Variable) -> bool:
    """Whether the map may show who gave which answer: choices whose answers are released and name no person."""
    return variable.kind.is_choice and variable.released and not variable.personal


@dataclass(frozen=True)
class MapMaker:
    """Makes the map of one edition. `region` and `country` are the columns of units.csv that the list is ordered by."""

    answers: CodedAnswers
    edition: Edition
    groups: Mapping[tuple[str, str], tuple[Group, ...]]
    rules: Sequence[GroupRule]
    labels: Mapping[Group, str]
    region: str
    country: str
    thin_base: int

    def document(self, directory: Directory, wanted: Sequence[str]) -> MapDocument:
        """The map of the units in the directory. `wanted` names the kinds of groups and questions to filter by above it."""
        regions = tuple(self._region(region) for region in directory.regions if region.countries)
        shown = [variable for variable in self.answers.variables.values() if on_map(variable)]
        questions = tuple(_question(variable) for variable in shown)
        known = {entry.id: entry for entry in (*questions, *_kinds(self.rules, self.labels, regions))}
        responses = self._responses(regions)
        return MapDocument(
            self.edition.id,
            regions,
            tuple(known[name] for name in wanted if name in known),
            questions,
            tuple(_answers(variable, responses) for variable in shown),
            self.thin_base,
        )

    def _region(self, region: DirectoryRegion) -> MapRegion:
        countries = tuple(self._country(country) for country in region.countries if country.units)
        key = self._key(region.countries[0].units, self.region)
        # Units of no region, beside those of one, can be asked for as well; nothing asks for the whole list.
        return MapRegion(key or (_NO_REGION if region.label else ""), region.label, countries)

    def _country(self, country: DirectoryCountry) -> MapCountry:
        units = tuple(self._unit(entry) for entry in country.units)
        return MapCountry(self._key(country.units, self.country), country.label, units)

    def _key(self, units: Sequence[DirectoryUnit], attribute: str) -> str:
        return self.answers.units[units[0].unit].attribute(attribute)

    def _unit(self, entry: DirectoryUnit) -> MapUnit:
        groups = tuple(group.id for group in self.groups.get((entry.unit, entry.wave), ()))
        place = _place(self.answers.units[entry.unit])
        return MapUnit(entry.unit, entry.name, entry.also, entry.wave, place, groups)

    def _responses(self, regions: Iterable[MapRegion]) -> list[Response]:
        found = [self.answers.latest(unit.unit, self.edition.waves) for region in regions for unit in region.units]
        return [response for response in found if response is not None]


def _place(unit: Unit) -> tuple[float, float] | None:
    latitude, longitude = unit.attribute("lat"), unit.attribute("lon")
    # What is no number has been found when the units were read.
    return (float(longitude), float(latitude)) if latitude and longitude else None


def _question(variable: Variable) -> MapFilter:
    return MapFilter(variable.id, variable.label, tuple((c.code, c.label) for c in variable.categories))


def _kinds(
    rules: Sequence[GroupRule], labels: Mapping[Group, str], regions: Iterable[MapRegion]
) -> Iterator[MapFilter]:
    """Each kind of group with the groups that have a unit: bands in their order, all others by their labels."""
    held = {group for region in regions for unit in region.units for group in unit.groups}
    for rule in rules:
        here = [(group.key, label) for group, label in labels.items() if group.kind == rule.kind and group.id in held]
        ordered = here if rule.bands else sorted(here, key=lambda option: option[1].casefold())
        yield MapFilter(rule.kind, rule.title, tuple(ordered), is_group=True)


def _answers(variable: Variable, responses: Sequence[Response]) -> MapAnswers:
    chosen: dict[str, list[int]] = {category.code: [] for category in variable.categories}
    missing: dict[Missing, list[int]] = {}
    for position, response in enumerate(responses):
        answer = response.answers.get(variable.id)
        reason = Missing.NOT_ASKED if answer is None or response.wave not in variable.waves else answer.missing
        if reason is not None:
            missing.setdefault(reason, []).append(position)
        elif answer is not None:
            for code in answer.codes:
                chosen[code].append(position)
    return MapAnswers(
        variable.id,
        tuple((code, tuple(positions)) for code, positions in chosen.items()),
        tuple((reason.value, tuple(missing[reason])) for reason in Missing if reason in missing),
        tuple((c.code, c.waves) for c in variable.categories if set(c.waves) < set(variable.waves)),
    )
