"""The waves that count in an edition, each with the other waves that decide which of its responses do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cityfolio.engine.counting import check_rule
from cityfolio.model.edition import EditionRule

if TYPE_CHECKING:
    from cityfolio.engine.store import StoredWave
    from cityfolio.model.edition import Edition

__all__ = ["EditionWave", "parts_of"]


@dataclass(frozen=True)
class EditionWave:
    """A wave; a response in any of `later` replaces one of its own, and units need one in each wave of `panel`."""

    wave: StoredWave
    later: tuple[StoredWave, ...] = ()
    panel: tuple[StoredWave, ...] = ()


def parts_of(edition: Edition, order: Sequence[str], stored: Mapping[str, StoredWave]) -> list[EditionWave]:
    """The waves of the edition that are stored, in order.

    Of a matched panel it is the last wave alone: there each unit has its latest response. It has none while a wave of the
    edition is not stored.

    Raises:
        ValueError: if the edition takes the latest answer of each variable.
    """
    check_rule(edition)
    waves = [stored[wave] for wave in order if wave in edition.waves and wave in stored]
    if edition.rule is not EditionRule.MATCHED_PANEL:
        return [EditionWave(wave, later=tuple(waves[place + 1 :])) for place, wave in enumerate(waves)]
    if not waves or len(waves) < len(set(edition.waves)):
        return []
    return [EditionWave(waves[-1], panel=tuple(waves[:-1]))]
