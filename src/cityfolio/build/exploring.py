"""The documents of the pages that a programme is explored with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cityfolio.harmonise.grouping import group_labels
from cityfolio.profile.map_document import MapDocument, MapMaker

if TYPE_CHECKING:
    from cityfolio.build.programme import Programme
    from cityfolio.model.edition import Edition
    from cityfolio.profile.programme_documents import Directory

__all__ = ["map_of"]


def map_of(programme: Programme, edition: Edition, directory: Directory) -> MapDocument:
    """The map of an edition. Unless the plan names filters, they are the kinds of groups that the list is not ordered by."""
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
    return maker.document(directory, programme.plan.map_filters or tuple(further))
