"""What the arguments of `cityfolio tabulate FILE.csv` ask for, and the table of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cityfolio.errors import WrongUse
from cityfolio.intake.plain import read_plain
from cityfolio.tabulate.sampling.declaring import DesignColumns
from cityfolio.tabulate.sampling.intervals import INTERVAL_KINDS, IntervalKind
from cityfolio.tabulate.sampling.plain_tabulation import Population, TabulationRequest, tabulated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cityfolio.tabulate.sampling.plain_tabulation import PlainTabulation

__all__ = ["names_in", "tabulate_file"]


def names_in(listed: str | None) -> tuple[str, ...]:
    """Names of columns from an argument like "C1,C2".

    >>> names_in("dnum, snum"), names_in(None)
    (('dnum', 'snum'), ())
    """
    return tuple(name for part in (listed or "").split(",") if (name := part.strip()))


def tabulate_file(
    file: Path,
    *,
    variable: str | None = None,
    mean: str | None = None,
    by: str | None = None,
    weights: str | None = None,
    strata: str | None = None,
    cluster: str | None = None,
    fpc: str | None = None,
    interval: str | None = None,
    poststratify: Path | None = None,
    rake: Sequence[Path] = (),
) -> PlainTabulation:
    """The table as the command's arguments ask for it; `strata`, `cluster` and `fpc` may list one column per
    stage. Where `mean` is given, it is what the table holds, and `variable` is left aside.

    Raises:
        ProgrammeBlocked: with findings, if the files cannot be meant.
        WrongUse: if an argument cannot be meant.
    """
    column = mean or variable
    if not column:
        raise WrongUse("a table needs --variable (shares of its categories) or --mean (mean of a number)")
    kind = _kind(interval) if interval else None
    if mean and kind not in (None, "mean"):
        raise WrongUse(f'a mean has the interval "mean", not "{kind}"; leave --interval out')
    request = TabulationRequest(
        column,
        "mean" if mean else "shares",
        by,
        DesignColumns(weights or None, names_in(strata), names_in(cluster), names_in(fpc)),
        kind,
    )
    table = read_plain(file)
    cells = (read_plain(poststratify),) if poststratify else ()
    return tabulated(table, request, Population(cells, tuple(read_plain(path) for path in rake)))


def _kind(name: str) -> IntervalKind:
    for kind in INTERVAL_KINDS:
        if kind == name:
            return kind
    raise WrongUse(f'there is no interval "{name}"; choose one of {", ".join(INTERVAL_KINDS)}')
