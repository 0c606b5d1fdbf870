"""External indicators: figures about units that others measured, never mixed into the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Indicator"]


@dataclass(frozen=True)
class Indicator:
    """One figure about each of many units, from one source.

    `measure` is the unit of measure in words ("micrograms per cubic metre"), `polarity` says whether `higher` or `lower` is
    better, or `none`; `decimals` how many are shown. A unit that is not among `values` has no figure on record.
    """

    id: str
    label: str
    source: str
    year: str
    measure: str
    values: Mapping[str, float]
    url: str = ""
    licence: str = ""
    note: str = ""
    polarity: str = "none"
    decimals: int = 0
