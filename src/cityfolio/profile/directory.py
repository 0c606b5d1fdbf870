"""The list of units by region and country, and the headline numbers: the home page's document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cityfolio.model.answer import CodedAnswers
from cityfolio.model.condition import Subject
from cityfolio.model.edition import ALL, Edition, Group, GroupRule
from cityfolio.model.unit import Unit
from cityfolio.narrative.composing import Speaker
from cityfolio.narrative.sentence import text
from cityfolio.profile.programme_documents import (
    Directory,
    DirectoryCountry,
    DirectoryRegion,
    DirectoryUnit,
    HomeDocument,
    KeyNumber,
)
from cityfolio.tabulate.facts import PARTICIPANTS

__all__ = ["DirectoryRule", "headline_numbers", "home_document"]


@dataclass(frozen=True)
class DirectoryRule:
    """The attributes that the list is ordered by, names for the keys of the first, and the columns that units are found by.

    `groups` are the kinds of groups, so that a region or country that is one can lead to its page.
    """

    region: str
    country: str
    region_labels: Mapping[str, str]
    groups: tuple[GroupRule, ...] = ()
    search: tuple[str, ...] = ()

    def page(self, column: str, unit: Unit) -> str:
        """The folder of the group that a unit is in by a column of units.csv, or nothing where there is no such kind."""
        for rule in self.groups:
            key = unit.attribute(rule.attribute)
            if rule.attribute and key and column in (rule.attribute, rule.label_attribute):
                return Group(rule.kind, key).address
        return ""


def home_document(
    answers: CodedAnswers,
    edition: Edition,
    rule: DirectoryRule,
    speaker: Speaker,
    documented: Sequence[str],
    headlines: Sequence[Subject],
    names: Mapping[str, Sequence[str]] | None = None,
) -> HomeDocument:
    """The home page: headline numbers, all units of the edition, and the questions that have a page.

    `names` are the names of units and of their countries in the languages of the site, by which they are found too.
    """
    variables = tuple((name, answers.variables[name].label) for name in documented)
    numbers = _key_numbers(edition, headlines, speaker)
    directory = _directory(answers, edition, rule, speaker.words("home.elsewhere"), names or {})
    return HomeDocument(numbers, directory, variables)


def _directory(
    answers: CodedAnswers, edition: Edition, rule: DirectoryRule, elsewhere: str, names: Mapping[str, Sequence[str]]
) -> Directory:
    taking_part = [unit for unit in answers.units.values() if answers.latest(unit.id, edition.waves) is not None]
    # Where no unit has a region or country, there is none to be outside of.
    no_region = elsewhere if any(unit.attribute(rule.region) for unit in taking_part) else ""
    no_country = elsewhere if any(unit.shown(rule.country) for unit in taking_part) else ""
    tree: dict[str, dict[str, list[DirectoryUnit]]] = {}
    pages: dict[tuple[str, ...], str] = {}
    for unit in answers.units.values():
        response = answers.latest(unit.id, edition.waves)
        if response is None:
            continue
        key = unit.attribute(rule.region)
        region = rule.region_labels.get(key, key) or no_region
        country = unit.shown(rule.country) or no_country
        found_by = [word for column in rule.search for word in (unit.attribute(column), unit.shown(column))]
        further = [name for name in names.get(unit.id, ()) if name != unit.display_name]
        also = " ".join(word for word in dict.fromkeys([unit.name, *found_by, country, region, *further]) if word)
        entry = DirectoryUnit(unit.id, unit.display_name, also, response.wave)
        tree.setdefault(region, {}).setdefault(country, []).append(entry)
        pages.setdefault((region,), rule.page(rule.region, unit))
        pages.setdefault((region, country), rule.page(rule.country, unit))
    regions = [
        DirectoryRegion(
            region,
            tuple(
                DirectoryCountry(
                    country,
                    tuple(sorted(units, key=lambda u: (u.name.casefold(), u.unit))),
                    pages[region, country],
                )
                for country, units in sorted(countries.items())
            ),
            pages[region,],
        )
        for region, countries in sorted(tree.items())
    ]
    return Directory(tuple(regions))


def _key_numbers(edition: Edition, headlines: Sequence[Subject], speaker: Speaker) -> tuple[KeyNumber, ...]:
    """How many units take part, then the shares that the plan names, where their base is not thin."""
    found = []
    participants = speaker.store.find(edition.id, PARTICIPANTS, "", "count")
    if participants is not None and participants.value is not None:
        sentence = speaker.phrase("home.participants", edition=text(edition.title)) or ()
        found.append(KeyNumber(speaker.grammar.number(participants.value), participants.id, "value", sentence))
    return (*found, *headline_numbers(edition, headlines, speaker))


def headline_numbers(
    edition: Edition, headlines: Sequence[Subject], speaker: Speaker, group: Group = ALL
) -> Iterator[KeyNumber]:
    """The shares that the plan names, in a group, where their base is not thin: with how many units, and of how many."""
    for headline in headlines:
        fact = speaker.store.find(edition.id, headline.variable, headline.category, group=group)
        pattern = speaker.wording.headlines.get(headline.name)
        if fact is None or fact.base is None or pattern is None or fact.base.counted < speaker.thin_base:
            continue
        said = speaker.about(pattern, fact)
        if said is not None:
            names = speaker.fact_names(fact)
            units = text(speaker.noun(fact.numerator or 0))
            count = speaker.phrase("home.count", numerator=names["numerator"], units=units) or ()
            base = speaker.phrase("home.base", base=names["base"], units=names["units"]) or ()
            yield KeyNumber(speaker.share(fact), fact.id, "share", said, count, base)
