"""From a loaded programme to its facts and everything a site shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cityfolio.build.programme import Programme
from cityfolio.engine.plain import PlainEngine
from cityfolio.errors import WrongUse
from cityfolio.model.edition import ALL, Edition, Group
from cityfolio.model.fact import Fact
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Kind
from cityfolio.narrative.composing import Speaker
from cityfolio.narrative.grammar import English
from cityfolio.profile.building import ProfileBuilder
from cityfolio.profile.directory import DirectoryRule, home_document
from cityfolio.profile.method_document import method_document
from cityfolio.profile.programme_documents import ProgrammeText, Released, SiteContent
from cityfolio.profile.variable_documents import VariableBuilder
from cityfolio.tabulate.facts import FactStore, edition_facts, participation_facts
from cityfolio.tabulate.number_variables import number_variable_facts
from cityfolio.tabulate.unit_facts import unit_facts

__all__ = ["Content", "all_facts", "edition_of", "make_content"]


@dataclass(frozen=True)
class Content:
    """The facts of a programme and the site made from them."""

    store: FactStore
    site: SiteContent


def edition_of(programme: Programme, name: str | None) -> Edition:
    """The edition of that name, or the programme's default edition.

    Raises:
        WrongUse: if the programme has no such edition.
    """
    editions = programme.manifest.editions
    wanted = name or programme.manifest.default_edition
    if wanted not in editions:
        raise WrongUse(f'There is no edition "{wanted}". The programme has: {", ".join(editions)}.')
    return editions[wanted]


def all_facts(programme: Programme) -> FactStore:
    """The facts of all editions, of single units, and the published figures, in a fixed order."""
    return FactStore.of(_facts(programme))


def _facts(programme: Programme) -> Iterator[Fact]:
    answers = programme.answers
    engine = PlainEngine(answers, programme.groups)
    kinds = [rule.kind for rule in programme.manifest.rules]
    for edition in programme.manifest.editions.values():
        members = _members(programme, edition)
        distinct = {kind: sum(group.kind == kind for group in members) for kind in kinds}
        yield from participation_facts(edition, members, distinct)
        yield from edition_facts(engine, edition, answers.variables, kinds)
        for variable in answers.variables.values():
            if variable.kind is Kind.NUMBER and variable.summarised:
                yield from number_variable_facts(variable, edition, answers, programme.groups)
    yield from unit_facts(answers)
    yield from programme.published


def _members(programme: Programme, edition: Edition) -> dict[Group, int]:
    members: dict[Group, int] = {ALL: 0}
    for unit in programme.answers.by_unit:
        response = programme.answers.latest(unit, edition.waves)
        if response is not None:
            for group in (ALL, *programme.groups[unit, response.wave]):
                members[group] = members.get(group, 0) + 1
    return dict(sorted(members.items()))


def make_content(programme: Programme, edition: Edition, files: tuple[Released, ...]) -> Content:
    """Everything a site of one edition shows. All editions' facts are in the store."""
    store = all_facts(programme)
    manifest = programme.manifest.content
    speaker = Speaker(
        programme.wording, English(), store, manifest.unit.one, manifest.unit.many, programme.plan.thin_base
    )
    builder = ProfileBuilder(
        programme.answers, edition, programme.manifest.editions, programme.plan, speaker, programme.editorials,
        manifest.directory.country,
    )  # fmt: skip
    # A list of named officials would be a data file in all but name, so personal variables have no page of their own.
    shown = [variable for variable in programme.answers.variables.values() if not variable.personal]
    reasons = {reason: programme.wording.short.get(reason.value, reason.value) for reason in Missing}
    pages = VariableBuilder(
        programme.answers, programme.instruments, programme.manifest.editions, edition, speaker, reasons
    )
    rule = DirectoryRule(manifest.directory.region, manifest.directory.country, manifest.directory.region_labels)
    site = SiteContent(
        programme=_programme_text(programme),
        edition=edition.id,
        edition_title=edition.title,
        home=home_document(programme.answers, edition, rule, speaker, [v.id for v in shown], programme.plan.headlines),
        profiles=tuple(builder.profile(unit) for unit in builder.units()),
        variables=tuple(pages.document(variable) for variable in shown),
        method=method_document(
            programme.instruments,
            programme.crosswalks,
            programme.manifest.editions,
            programme.manifest.rules,
            programme.answers.variables,
            speaker,
            _asking(programme),
        ),
        files=files,
    )
    return Content(store, site)


def _asking(programme: Programme) -> list[tuple[str, str]]:
    """The findings that ask, for the method page: what has not been cleared up yet."""
    return [(str(f.at), f.found) for f in programme.findings if f.rule.severity.value == "asks"]


def _programme_text(programme: Programme) -> ProgrammeText:
    content = programme.manifest.content
    return ProgrammeText(
        title=content.title,
        summary=content.summary,
        about=tuple(content.about),
        unit_one=content.unit.one,
        unit_many=content.unit.many,
        language=content.language,
        notice=content.notice,
        contact=content.contact,
        licence=content.licence,
        sources=tuple((source.title, source.url) for source in content.sources),
    )


def labels_of(programme: Programme) -> Mapping[Group, str]:
    """Labels of all groups, for tables in the terminal."""
    from cityfolio.harmonise.grouping import group_labels

    return group_labels(programme.manifest.rules, programme.answers.units)
