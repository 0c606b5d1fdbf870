"""The data of a chart that stands by itself, as CSV and JSON."""

from __future__ import annotations

from pydantic_core import to_json

from cityfolio.formatting import plain_number
from cityfolio.profile.edition_charts import EditionChart
from cityfolio.publish.csv_files import csv_bytes

__all__ = ["CHART_COLUMNS", "chart_csv", "chart_json"]

CHART_COLUMNS = (
    "edition", "variable", "category", "label", "numerator", "base", "per_cent", "fact",
    "published", "published_unit", "published_fact",
)  # fmt: skip


def chart_csv(chart: EditionChart) -> bytes:
    """The rows of a chart, in its order. A cell is empty where the chart shows no number.

    `published` is a number in every language; `published_unit` says whether it is `per_cent` or a `count`.
    """
    return csv_bytes(
        CHART_COLUMNS,
        (
            [
                chart.edition,
                chart.variable,
                row.code,
                row.label,
                *("" if number is None else str(number) for number in (row.count, row.of, row.per_cent)),
                row.fact,
                "" if row.published_number is None else plain_number(row.published_number),
                row.published_unit,
                row.published_fact,
            ]
            for row in chart.chart.rows
        ),
    )


def chart_json(chart: EditionChart) -> bytes:
    """The chart as profiles hold it, with its edition."""
    return to_json({"edition": chart.edition, "edition_title": chart.edition_title, "chart": chart.chart}) + b"\n"
