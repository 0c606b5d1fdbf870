"""What the plan may name for the map and for exploring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from cityfolio.findings import Finding
from cityfolio.formatting import did_you_mean
from cityfolio.profile.map_document import on_map

if TYPE_CHECKING:
    from cityfolio.model.variable import Variable
    from cityfolio.reading.yaml import Located

__all__ = ["exploring_findings"]


def exploring_findings(
    filters: Sequence[str],
    by: Sequence[str],
    variables: Mapping[str, Variable],
    kinds: Iterable[str],
    located: Located,
) -> Iterator[Finding]:
    """Findings about filters that are no kind of group and no released choice, and groupings that are no single choice."""
    shown = [variable for variable in variables.values() if on_map(variable)]
    for key, names, known, kind in (
        (("map", "filters"), filters, [*(v.id for v in shown), *kinds], "The kind of group or choice variable"),
        (("explore", "by"), by, [v.id for v in shown if v.kind.takes_one], "The single choice"),
    ):
        for position, name in enumerate(names):
            if name not in known:
                facts = {
                    "kind": kind,
                    "got": name,
                    "suggestion": did_you_mean(name, known) or "",
                    "where": "The page plan",
                }
                yield Finding("programme.unknown-name", located.at(*key, position), facts)
