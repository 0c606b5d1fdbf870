"""README.md of the published data: what is there, what it means, and how to begin. Its words are in templates/readme.md."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from cityfolio.model.edition import Edition, EditionRule
from cityfolio.model.missing import Missing
from cityfolio.publish.anonymity import anonymity_in_words
from cityfolio.publish.dataset import Dataset
from cityfolio.publish.standards.citation import citation_sentence
from cityfolio.publish.tables import ReleasedTable

__all__ = ["corrections_in_words", "readme_md"]

_ALSO = {
    "units": ("units.geojson",),
    "responses": ("responses.parquet", "responses.xlsx", "responses.json", "responses.sav", "responses.dta"),
    "facts": (
        "facts.parquet", "facts.json", "facts.json-stat.json",
        "sdmx/facts.csv", "sdmx/facts.xml", "sdmx/facts.json", "sdmx/facts-2.1.xml",
    ),
}  # fmt: skip
_RULES = {
    EditionRule.LATEST_RESPONSE: "all answers of the latest response",
    EditionRule.LATEST_ANSWER: "of each variable the latest answer",
    EditionRule.MATCHED_PANEL: "the latest response, of those that took part in every wave",
}


def readme_md(dataset: Dataset, tables: Iterable[ReleasedTable]) -> bytes:
    """The page. Texts of the programme stand in it as one line each, so that none can begin a heading or a table."""
    editions = [(e.id, ", ".join(e.waves), _rule(e)) for e in dataset.editions.values()]
    waves = list(dataset.instruments)
    reasons = list(Missing)
    text = _template().render(
        title=_line(dataset.title),
        summary=_line(dataset.summary),
        notice=_line(dataset.notice),
        tables=[(t.name, _row(t), ", ".join(f"`{name}`" for name in _ALSO.get(t.name, ()))) for t in tables],
        missing=[(r.value, _line(dataset.meanings.get(r.value, r.value)).replace("|", "/")) for r in reasons],
        spss=f"{reasons[0].pattern} to {reasons[-1].pattern}",
        stata=f".a to .{chr(ord('a') + len(reasons) - 1)}",
        editions=editions,
        change=f"{waves[0]}-to-{waves[-1]}" if len(waves) > 1 else "",
        corrections=corrections_in_words(dataset) if dataset.corrections else "",
        anonymity=list(anonymity_in_words(dataset)) if dataset.likeness else [],
        unit=_line(dataset.unit_one),
        units=_line(dataset.unit_many),
        citation=_line(citation_sentence(dataset)),
        licence=_line(dataset.licence),
    )
    return text.encode("utf-8")


def corrections_in_words(dataset: Dataset) -> str:
    """How many answers were corrected, and where they are listed."""
    return (
        f"Answers that were corrected after they were given: {len(dataset.corrections)}. `corrections.csv` lists what each said"
        " before, what it says now, and why; all other tables hold the corrected answers."
    )


def _rule(edition: Edition) -> str:
    return _RULES[edition.rule] if edition.is_pooled else "the response of that wave"


def _row(table: ReleasedTable) -> str:
    """What one row is: the table's description without its beginning and its full stop."""
    return re.sub(r"^One row is (.*)\.$", r"\1", table.description)


def _line(text: str) -> str:
    return " ".join(text.split())


@cache
def _template() -> Template:
    # A page in Markdown, not HTML: what is put in is text, and stays on its line.
    environment = Environment(
        loader=PackageLoader("cityfolio.publish"),
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701
    )
    return environment.get_template("readme.md")
