"""From a loaded programme to its facts and everything a site shows."""

from __future__ import annotations

from dataclasses import dataclass

from cityfolio.build.facts import all_facts
from cityfolio.build.programme import Programme
from cityfolio.errors import WrongUse
from cityfolio.harmonise.grouping import group_labels
from cityfolio.model.edition import Edition
from cityfolio.model.missing import Missing
from cityfolio.narrative.composing import Speaker
from cityfolio.narrative.grammar import English
from cityfolio.profile.building import ProfileBuilder
from cityfolio.profile.directory import DirectoryRule, home_document
from cityfolio.profile.fact_documents import FactBuilder
from cityfolio.profile.grouping import GroupBuilder
from cityfolio.profile.method_document import method_document
from cityfolio.profile.programme_documents import ProgrammeText, Released, SiteContent
from cityfolio.profile.variable_documents import VariableBuilder
from cityfolio.tabulate.facts import FactStore

__all__ = ["Content", "edition_of", "make_content"]


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


def make_content(programme: Programme, edition: Edition, files: tuple[Released, ...]) -> Content:
    """Everything a site of one edition shows. All editions' facts are in the store."""
    store = all_facts(programme)
    manifest = programme.manifest.content
    speaker = Speaker(
        programme.wording, English(), store, manifest.unit.one, manifest.unit.many, programme.plan.thin_base
    )
    labels = group_labels(programme.manifest.rules, programme.answers.units)
    groups = GroupBuilder(
        programme.answers, programme.groups, programme.manifest.rules, labels, edition, programme.plan, speaker
    )
    builder = ProfileBuilder(
        programme.answers, edition, programme.manifest.editions, programme.plan, speaker, programme.editorials,
        manifest.directory.country, {unit: groups.links(unit) for unit in programme.answers.by_unit},
    )  # fmt: skip
    # A list of named officials would be a data file in all but name, so personal variables have no page of their own.
    shown = [variable for variable in programme.answers.variables.values() if not variable.personal]
    reasons = {reason: programme.wording.short.get(reason.value, reason.value) for reason in Missing}
    pages = VariableBuilder(
        programme.answers, programme.instruments, programme.manifest.editions, edition, speaker, reasons
    )
    directory = manifest.directory
    rule = DirectoryRule(directory.region, directory.country, directory.region_labels, programme.manifest.rules)
    published = {name: (entry.label, entry.categories) for name, entry in manifest.published.items()}
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
            published,
        ),
        files=files,
        groups=tuple(groups.documents()),
        group_list=groups.listed(),
        facts=FactBuilder(
            programme.answers,
            programme.groups,
            programme.manifest.rules,
            programme.manifest.editions,
            programme.crosswalks,
            speaker,
            published,
        ).pages(),
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
