"""Tables of the command as it writes them."""

from __future__ import annotations

from cityfolio.cli.presenting import csv_text
from cityfolio.tabulate.sampling.plain_tabulation import COLUMNS, PlainTabulation


def as_csv(tabulation: PlainTabulation) -> str:
    """The table as CSV; what is not known is blank."""
    return csv_text(list(tabulation.records()), COLUMNS)
