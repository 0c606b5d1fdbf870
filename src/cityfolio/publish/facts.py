"""facts.csv: one row per fact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cityfolio.model.fact import PUBLISHED, Fact, FactKey
from cityfolio.model.missing import Missing
from cityfolio.publish.csv_files import csv_row
from cityfolio.publish.tables import Cell, cell_text
from cityfolio.tabulate.base_rules import base_rule_of

__all__ = ["FACT_COLUMNS", "KeptFactRows", "fact_cells", "fact_record", "facts_csv"]

_REASONS = tuple(Missing)
FACT_COLUMNS = (
    "fact", "edition", "variable", "category", "group", "measure", "numerator", "base", "value",
    *(reason.value for reason in _REASONS),
    "source", "base_rule", "withheld", "note", "source_url",
)  # fmt: skip


def facts_csv(facts: Iterable[Fact]) -> bytes:
    """All facts, in the order they come."""
    return KeptFactRows().csv(facts)


@dataclass
class KeptFactRows:
    """Writes facts.csv again and again: the row of a fact that is the one of before is not made again."""

    _rows: dict[FactKey, tuple[Fact, str]] = field(default_factory=dict)

    def csv(self, facts: Iterable[Fact]) -> bytes:
        """The same as `facts_csv`."""
        before, self._rows = self._rows, {}
        for fact in facts:
            held = before.get(fact.key)
            self._rows[fact.key] = held if held is not None and held[0] is fact else (fact, csv_row(fact_record(fact)))
        return "".join([csv_row(FACT_COLUMNS), *(row for _, row in self._rows.values())]).encode("utf-8")


def fact_record(fact: Fact) -> list[str]:
    """The cells of one fact as text. Values are unrounded; what the fact does not have is empty."""
    return [cell_text(cell) for cell in fact_cells(fact)]


def fact_cells(fact: Fact) -> tuple[Cell, ...]:
    """The cells of one fact: numbers as numbers, None for what the fact does not have."""
    key, base = fact.key, fact.base
    # Whom a published figure leaves out, and why, is not on record: that is empty, not 0.
    if base is None or key.source == PUBLISHED:
        left_out: tuple[Cell, ...] = (None,) * len(_REASONS)
    else:
        excluded = base.excluded
        left_out = tuple(excluded.get(reason, 0) for reason in _REASONS) if excluded else (0,) * len(_REASONS)
    return (
        fact.id,
        key.edition,
        key.variable,
        key.category or None,
        key.group.id,
        key.measure,
        fact.numerator,
        None if base is None else base.counted,
        fact.value,
        *left_out,
        key.source,
        base_rule_of(key) or None,
        fact.withheld or None,
        fact.note or None,
        fact.url or None,
    )
