"""The documents of the pages that a programme is explored with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cityfolio.build.crosstab_facts import grouping_variables
from cityfolio.build.peer_groups import peer_rules
from cityfolio.harmonise.grouping import group_labels
from cityfolio.model.edition import Group
from cityfolio.profile.explore_document import ExploreDocument, ExploreKind, ExploreMaker
from cityfolio.profile.map_document import MapDocument, MapMaker

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cityfolio.build.programme import Programme
    from cityfolio.model.edition import Edition
    from cityfolio.narrative.composing import Speaker
    from cityfolio.profile.keeping import Kept
    from cityfolio.profile.programme_documents import Directory
    from cityfolio.profile.variable_changes import WavePair
    from cityfolio.tabulate.facts import FactStore

__all__ = ["answer_labels", "explore_of", "map_of"]


def answer_labels(programme: Programme) -> dict[Group, str]:
    """What the groups of units that gave one answer are called: the question and the answer."""
    return {
        Group(variable.id, category.code): f"{variable.label}: {category.label}"
        for variable in grouping_variables(programme)
        for category in variable.categories
    }


def explore_of(
    programme: Programme,
    store: FactStore,
    speaker: Speaker,
    pairs: Mapping[str, Sequence[WavePair]],
    kept: Kept | None = None,
) -> ExploreDocument:
    """What can be explored: every question with facts, by every kind of group, saved peer groups and single choices."""
    rules = programme.manifest.rules
    by = grouping_variables(programme)
    peers = programme.peer_groups
    labels = group_labels(rules, programme.answers.units) | {peer.group: peer.title for peer in peers}
    labels |= {Group(v.id, category.code): category.label for v in by for category in v.categories}
    kinds = [ExploreKind(rule.kind, rule.title, ordered=bool(rule.bands)) for rule in rules]
    kinds += [
        ExploreKind(rule.kind, rule.title, ordered=True) for rule in peer_rules(peers, speaker.words("group.peers"))
    ]
    kinds += [ExploreKind(variable.id, variable.label, is_question=True, ordered=True) for variable in by]
    maker = ExploreMaker(
        programme.answers.variables, programme.manifest.editions, kinds, labels, programme.plan.thin_base,
        programme.manifest.default_edition, speaker, pairs,
    )  # fmt: skip
    return maker.document(store, kept)


def map_of(programme: Programme, edition: Edition, directory: Directory) -> MapDocument | None:
    """The map of an edition, if a unit has a place on it.

    Unless the plan names filters, they are the kinds of groups that the list is not ordered by.
    """
    columns, rules = programme.manifest.content.directory, programme.manifest.rules
    maker = MapMaker(
        answers=programme.answers.public,
        edition=edition,
        groups=programme.groups,
        rules=rules,
        labels=group_labels(rules, programme.answers.units),
        region=columns.region,
        country=columns.country,
        thin_base=programme.plan.thin_base,
    )
    listed = {columns.region, columns.country}
    further = (rule.kind for rule in rules if not {rule.attribute, rule.label_attribute} & listed)
    document = maker.document(directory, programme.plan.map_filters or tuple(further))
    return document if any(unit.place for unit in document.units) else None
