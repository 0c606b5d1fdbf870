"""Shares of every category in every cell at once, with standard errors and ranks, as arrays over `AnswerSums`.

For tables over large surveys. Each response is its own sampling unit, drawn with replacement within the wave; other
designs (strata, clusters) are the business of `cityfolio.tabulate`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cityfolio.engine.tally import Floats, Integers

if TYPE_CHECKING:
    from cityfolio.engine.sums import AnswerSums
    from cityfolio.model.variable import Variable

__all__ = ["ShareTable", "offered", "share_table"]


@dataclass(frozen=True, eq=False)
class ShareTable:
    """The shares of one variable. Every array has shape (cells, codes) and stands in the order of its `AnswerSums`.

    `base` counts the units that answered where the category was offered, 0 where not. `share` is the unweighted
    share, `weighted` the weighted one, `error` the linearised standard error of the weighted one, all NaN on an empty
    base; `rank` is 1 for the largest weighted share of the cell, ties share a rank, 0 is no rank.
    """

    base: Floats
    share: Floats
    weighted: Floats
    error: Floats
    rank: Integers


def offered(sums: AnswerSums, variable: Variable) -> NDArray[np.bool_]:
    """Whether each code could be chosen in each cell's wave; own words could in every wave that asked."""
    waves = [cell[0] for cell in sums.cells]
    lines = {
        wave: [wave in variable.waves and (not c or variable.offers(c, wave)) for c in sums.codes]
        for wave in dict.fromkeys(waves)
    }
    return np.array([lines[wave] for wave in waves], dtype=np.bool_).reshape(len(waves), len(sums.codes))


def share_table(sums: AnswerSums, offered: NDArray[np.bool_]) -> ShareTable:
    """The shares of all codes in all cells.

    The standard error is that of a ratio of totals (Särndal, Swensson and Wretman 1992, section 5.6): with y = 1 for
    who chose and d = 1 for the base, the squared weighted residuals w (y - p d) add up to
    (1 - 2p) sum w^2 y + p^2 sum w^2 d.

    >>> from cityfolio.engine.sums import AnswerSums
    >>> ones = np.array([[[2.0, 2.0, 2.0]]])
    >>> sums = AnswerSums("v", (), "", (("2020",),), ("yes",), ones, np.zeros((1, 7, 3)), np.array([[4.0, 4.0, 4.0]]))
    >>> table = share_table(sums, np.array([[True]]))
    >>> table.base.item(), table.share.item(), round(table.error.item(), 6)
    (4.0, 0.5, 0.288675)
    """
    base = np.where(offered, sums.answered[:, None, 0], 0.0)
    weight, squares = sums.answered[:, None, 1], sums.answered[:, None, 2]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(base > 0, sums.chosen[:, :, 0] / base, np.nan)
        weighted = np.where((base > 0) & (weight > 0), sums.chosen[:, :, 1] / weight, np.nan)
        residuals = (1 - 2 * weighted) * sums.chosen[:, :, 2] + weighted**2 * squares
        responses = _responses(sums)[:, None]
        error = np.sqrt(np.maximum(residuals, 0) * (responses / (responses - 1))) / weight
    return ShareTable(base, share, weighted, error, _ranks(weighted))


def _responses(sums: AnswerSums) -> Floats:
    """How many responses the wave of each cell has."""
    number = sums.missing[:, :, 0].sum(axis=1) + sums.answered[:, 0]
    of_wave: dict[str, float] = {}
    for (wave, *_), responses in zip(sums.cells, number.tolist(), strict=True):
        of_wave[wave] = of_wave.get(wave, 0.0) + responses
    return np.array([of_wave[cell[0]] for cell in sums.cells], dtype=np.float64)


def _ranks(shares: Floats) -> Integers:
    """One more than the number of larger shares in the same cell."""
    larger = (shares[:, None, :] > shares[:, :, None]).sum(axis=2)
    ranks: Integers = np.where(np.isnan(shares), 0, larger + 1)
    return ranks
