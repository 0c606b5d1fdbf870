"""Comparing units and groups side by side: the list to choose from, and the answers of each. No HTML."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cityfolio.model.edition import Edition, EditionRule
from cityfolio.model.missing import Missing
from cityfolio.narrative.counting import breaks_told
from cityfolio.profile.grouping import GroupBuilder, shown_choices
from cityfolio.profile.keeping import Kept
from cityfolio.profile.peers import PeerFinder

if TYPE_CHECKING:
    from cityfolio.model.edition import Group
    from cityfolio.model.variable import Variable

__all__ = [
    "CompareDocument",
    "ComparedAnswer",
    "ComparedBreak",
    "ComparedCategory",
    "ComparedGroup",
    "ComparedSection",
    "ComparedUnit",
    "ComparedVariable",
    "comparison",
]


@dataclass(frozen=True)
class ComparedCategory:
    """A category, and the waves that offered it where not all waves of the question did."""

    code: str
    label: str
    waves: tuple[str, ...] = ()


@dataclass(frozen=True)
class ComparedBreak:
    """A break: waves before and after it, in words what differs, and the codes it concerns (none: the whole question)."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    said: str
    codes: tuple[str, ...] = ()

    def parts(self, waves: Collection[str]) -> bool:
        """Whether answers of these waves stand on both sides.

        >>> ComparedBreak(("2018",), ("2020", "2022"), "").parts(["2020", "2022"])
        False
        """
        return any(wave in self.before for wave in waves) and any(wave in self.after for wave in waves)

    def concerns(self, code: str) -> bool:
        """Whether answers to this category are parted."""
        return not self.codes or code in self.codes


@dataclass(frozen=True)
class ComparedVariable:
    """A question by which units are set side by side, with the breaks of its series."""

    variable: str
    title: str
    categories: tuple[ComparedCategory, ...]
    breaks: tuple[ComparedBreak, ...] = ()


@dataclass(frozen=True)
class ComparedSection:
    """A section of the page plan."""

    title: str
    variables: tuple[ComparedVariable, ...]


@dataclass(frozen=True)
class ComparedAnswer:
    """What one unit answered to one question: codes and own words, or in words why there is nothing."""

    codes: tuple[str, ...]
    own_words: tuple[str, ...] = ()
    missing: str = ""


@dataclass(frozen=True)
class ComparedUnit:
    """A unit with its answers by variable, the folders of its groups, and the ids of the units most like it."""

    unit: str
    name: str
    country: str
    wave: str
    groups: tuple[str, ...]
    like: tuple[str, ...]
    answers: tuple[tuple[str, ComparedAnswer], ...]


@dataclass(frozen=True)
class ComparedGroup:
    """A group with the numerator and base of each share by variable and code; one that is withheld has none.

    `waves` are those whose responses its numbers count.
    """

    group: str
    address: str
    kind: str
    label: str
    shares: tuple[tuple[str, tuple[tuple[str, int, int], ...]], ...]
    waves: tuple[str, ...] = ()


@dataclass(frozen=True)
class CompareDocument:
    """Everything that can be set side by side. What is made of it can be `kept` for the next build."""

    edition: str
    thin_base: int
    sections: tuple[ComparedSection, ...]
    units: tuple[ComparedUnit, ...]
    groups: tuple[ComparedGroup, ...]
    kept: Kept = field(default_factory=lambda: Kept(remembers=False), compare=False, repr=False)


def comparison(builder: GroupBuilder, finder: PeerFinder | None, reasons: Mapping[Missing, str]) -> CompareDocument:
    """The comparison of all units and groups of an edition. `finder` finds units alike, where the plan asks for them."""
    kept = builder.kept
    sections = kept.same("compared", tuple(_sections(builder)))
    names = [variable.variable for section in sections for variable in section.variables]
    variables = [builder.answers.variables[name] for name in names]
    units = (_unit(unit, builder, finder, variables, reasons) for unit in _units(builder))
    groups = (_group(group, builder, variables) for group in builder.members)
    return CompareDocument(
        builder.edition.id,
        builder.speaker.thin_base,
        sections,
        tuple(kept.same(("compared", unit.unit), unit) for unit in units),
        tuple(kept.same(("compared", "", group.group), group) for group in groups),
        kept,
    )


def _sections(builder: GroupBuilder) -> Iterator[ComparedSection]:
    seen: set[str] = set()
    for section in builder.plan.sections:
        found = []
        for name in shown_choices(section, builder.answers.variables):
            variable = builder.answers.variables[name]
            if name not in seen and variable.released:
                found.append(
                    ComparedVariable(name, variable.label, tuple(_categories(variable)), _breaks(variable, builder))
                )
                seen.add(name)
        if found:
            yield ComparedSection(section.title, tuple(found))


def _categories(variable: Variable) -> Iterator[ComparedCategory]:
    for category in variable.categories:
        everywhere = set(variable.waves) <= set(category.waves)
        yield ComparedCategory(category.code, category.label, () if everywhere else category.waves)


def _breaks(variable: Variable, builder: GroupBuilder) -> tuple[ComparedBreak, ...]:
    waves = variable.waves
    return tuple(
        ComparedBreak(waves[: waves.index(one.earlier) + 1], waves[waves.index(one.later) :], one.said, one.categories)
        for one in breaks_told(variable, builder.speaker, Edition("", builder.edition.waves))
    )


def _units(builder: GroupBuilder) -> list[str]:
    answers = builder.answers
    held = [unit for unit in answers.by_unit if answers.latest(unit, builder.edition.waves) is not None]
    return sorted(held, key=lambda unit: (answers.units[unit].display_name.casefold(), unit))


def _unit(
    unit_id: str,
    builder: GroupBuilder,
    finder: PeerFinder | None,
    variables: list[Variable],
    reasons: Mapping[Missing, str],
) -> ComparedUnit:
    unit, response = builder.answers.units[unit_id], builder.answers.latest(unit_id, builder.edition.waves)
    answers = []
    for variable in variables:
        answer = response.answers.get(variable.id) if response is not None else None
        reason = answer.missing if answer is not None else Missing.NOT_ASKED
        if answer is None or reason is not None:
            answers.append((variable.id, ComparedAnswer((), missing=reasons[reason or Missing.NOT_ASKED])))
        else:
            answers.append((variable.id, ComparedAnswer(answer.codes, answer.own_words)))
    like = tuple(peer.unit for peer in finder.shown(unit_id)) if finder is not None else ()
    country = finder.country_of(unit_id) if finder is not None else ""
    groups = tuple(link.address for link in builder.links(unit_id))
    wave = response.wave if response is not None else ""
    return ComparedUnit(unit_id, unit.display_name, country, wave, groups, like, tuple(answers))


def _group(group: Group, builder: GroupBuilder, variables: list[Variable]) -> ComparedGroup:
    store, edition = builder.speaker.store, builder.edition.id
    shares = []
    for variable in variables:
        facts = [(c.code, store.find(edition, variable.id, c.code, group=group)) for c in variable.categories]
        held = tuple(
            (code, fact.numerator, fact.base.counted)
            for code, fact in facts
            if fact is not None and fact.numerator is not None and fact.base is not None
        )
        shares.append((variable.id, held))
    titles = {rule.kind: rule.title for rule in builder.rules}
    return ComparedGroup(
        group.id, group.address, titles[group.kind], builder.label(group), tuple(shares), _waves(group, builder)
    )


def _waves(group: Group, builder: GroupBuilder) -> tuple[str, ...]:
    """The waves whose responses the numbers of a group count."""
    edition = builder.edition
    if edition.rule is EditionRule.MATCHED_PANEL:
        return edition.waves[-1:]
    held = {member.wave for member in builder.members[group]}
    # Where each question has its own latest answer, any of the waves may be in a number.
    return tuple(wave for wave in edition.waves if wave in held or edition.rule is EditionRule.LATEST_ANSWER)
