"""facts.csv: one row per fact."""

from __future__ import annotations

from collections.abc import Iterable

from cityfolio.formatting import plain_number
from cityfolio.model.fact import PUBLISHED, Fact
from cityfolio.model.missing import Missing
from cityfolio.publish.csv_files import csv_bytes
from cityfolio.tabulate.base_rules import base_rule_of

__all__ = ["FACT_COLUMNS", "fact_record", "facts_csv"]

FACT_COLUMNS = (
    "fact", "edition", "variable", "category", "group", "measure", "numerator", "base", "value",
    *(reason.value for reason in Missing),
    "source", "base_rule", "withheld", "note", "source_url",
)  # fmt: skip


def facts_csv(facts: Iterable[Fact]) -> bytes:
    """All facts, in the order they come."""
    return csv_bytes(FACT_COLUMNS, (fact_record(fact) for fact in facts))


def fact_record(fact: Fact) -> list[str]:
    """The cells of one fact. Values are unrounded; what the fact does not have is empty."""
    key, base = fact.key, fact.base
    # Whom a published figure leaves out, and why, is not on record: that is empty, not 0.
    is_counted = base is not None and key.source != PUBLISHED
    left_out = [str(base.left_out(reason)) if base is not None and is_counted else "" for reason in Missing]
    return [
        fact.id,
        key.edition,
        key.variable,
        key.category,
        key.group.id,
        key.measure,
        "" if fact.numerator is None else str(fact.numerator),
        "" if base is None else str(base.counted),
        "" if fact.value is None else plain_number(fact.value),
        *left_out,
        key.source,
        base_rule_of(key),
        fact.withheld,
        fact.note,
        fact.url,
    ]
