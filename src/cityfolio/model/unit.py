"""The units: the cities answered about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Unit"]


@dataclass(frozen=True)
class Unit:
    """A unit with its stable id, names and the attributes it can be grouped by (columns of units.csv).

    `translated` holds attributes as they read in another language than the programme's own.
    """

    id: str
    name: str
    display_name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    translated: Mapping[str, str] = field(default_factory=dict)

    def attribute(self, name: str) -> str:
        """The attribute, or an empty string where it is not on record."""
        return self.attributes.get(name, "")

    def shown(self, name: str) -> str:
        """The attribute as readers see it, where `attribute` gives what groups are made by."""
        return self.translated.get(name) or self.attribute(name)
