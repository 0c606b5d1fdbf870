"""What the plan may name for the map and for exploring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from cityfolio.profile.map_document import on_map
from cityfolio.profile.naming import unfit

if TYPE_CHECKING:
    from cityfolio.findings import Finding
    from cityfolio.model.variable import Variable
    from cityfolio.reading.yaml import Located

__all__ = ["exploring_findings"]

_FILTERS = ("kind of group or choice variable", "kinds of groups and released choices")
_GROUPINGS = ("single choice", "released single choices and scales")


def exploring_findings(
    filters: Sequence[str],
    by: Sequence[str],
    variables: Mapping[str, Variable],
    kinds: Iterable[str],
    located: Located,
) -> Iterator[Finding]:
    """Findings about filters that are no kind of group and no released choice, and groupings that are no single choice."""
    shown = [variable for variable in variables.values() if on_map(variable)]
    choices = [variable.id for variable in shown]
    for key, names, known, wanted in (
        (("map", "filters"), filters, [*choices, *kinds], _FILTERS),
        (("explore", "by"), by, [v.id for v in shown if v.kind.takes_one], _GROUPINGS),
    ):
        for position, name in enumerate(names):
            if name not in known:
                yield unfit(name, known, variables, wanted, located.at(*key, position))
