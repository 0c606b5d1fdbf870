"""A table of facts, for people, spreadsheets and data frames."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cityfolio.model.fact import Fact
from cityfolio.model.missing import Missing

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

__all__ = ["Association", "Table", "TableRow", "WeightedEstimate"]

Cell = str | int | float | None


@dataclass(frozen=True)
class WeightedEstimate:
    """A share under weights, with its standard error, interval, design effect and degrees of freedom."""

    value: float
    standard_error: float
    lower: float | None
    upper: float | None
    design_effect: float | None
    degrees_of_freedom: float


@dataclass(frozen=True)
class Association:
    """A test of whether answers go together with groups, or why there is none."""

    statistic: float | None
    degrees_of_freedom: tuple[float, float | None] | None
    p_value: float | None
    remark: str

    @classmethod
    def of_a_list(cls) -> Association:
        """No test: the units are a fixed list, not a sample from something larger."""
        return cls(None, None, None, "No test: these are all units of a fixed list, so no chance of sampling is in it.")


@dataclass(frozen=True)
class TableRow:
    """One fact of the table with its labels, and its weighted estimate where weights were asked for."""

    fact: Fact
    group: str
    category: str
    estimate: WeightedEstimate | None = None


@dataclass(frozen=True)
class Table:
    """Shares of one variable: one row per group and category, notes on what was not asked alike, perhaps a test."""

    variable: str
    title: str
    edition: str
    rows: tuple[TableRow, ...]
    notes: tuple[str, ...] = ()
    association: Association | None = None

    def facts(self) -> tuple[Fact, ...]:
        """The facts alone."""
        return tuple(row.fact for row in self.rows)

    def records(self) -> Iterator[dict[str, Cell]]:
        """One record per row: names, labels, numerator, base, value, the left out by reason, and what weights gave."""
        weighted = any(row.estimate for row in self.rows)
        for row in self.rows:
            key, base = row.fact.key, row.fact.base
            record: dict[str, Cell] = {
                "fact": row.fact.id,
                "edition": key.edition,
                "variable": key.variable,
                "group": key.group.id,
                "group_label": row.group,
                "category": key.category,
                "category_label": row.category,
                "numerator": row.fact.numerator,
                "base": base.counted if base else None,
                "value": row.fact.value,
                **{reason.value: base.left_out(reason) if base else 0 for reason in Missing},
            }
            if weighted:
                estimate = row.estimate
                record |= {
                    "weighted_share": estimate.value if estimate else None,
                    "se": estimate.standard_error if estimate else None,
                    "lower": estimate.lower if estimate else None,
                    "upper": estimate.upper if estimate else None,
                    "deff": estimate.design_effect if estimate else None,
                    "df": estimate.degrees_of_freedom if estimate else None,
                }
            yield record

    def to_arrow(self) -> pyarrow.Table:
        """The records as an Arrow table."""
        import pyarrow

        return pyarrow.Table.from_pylist(list(self.records()))

    def to_pandas(self) -> pandas.DataFrame:
        """The records as a pandas data frame; needs pandas."""
        import pandas

        return pandas.DataFrame.from_records(list(self.records()))

    def to_polars(self) -> polars.DataFrame:
        """The records as a Polars data frame; needs Polars."""
        import polars

        return polars.DataFrame(list(self.records()), infer_schema_length=None)
