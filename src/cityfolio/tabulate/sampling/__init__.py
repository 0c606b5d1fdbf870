"""Statistics for samples: estimates, standard errors and intervals under a declared sampling design.

Pure functions over frozen values. Columns are one-dimensional numpy arrays with one entry per record of the
file, in file order. The method (Taylor linearisation, domain estimation) is told in
docs/explanation/uncertainty.md.
"""

from cityfolio.tabulate.sampling.design import Design, declare
from cityfolio.tabulate.sampling.estimates import Estimate, mean, ratio, share, total
from cityfolio.tabulate.sampling.intervals import Interval, IntervalKind, interval_of_share

__all__ = [
    "Design",
    "Estimate",
    "Interval",
    "IntervalKind",
    "declare",
    "interval_of_share",
    "mean",
    "ratio",
    "share",
    "total",
]
