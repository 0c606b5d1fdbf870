"""The questionnaire on paper: what will be asked, with codes and routing, for those who sign it off."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cityfolio.formatting import plain_number
from cityfolio.instrument.writing import instrument_text
from cityfolio.narrative.languages import language_of
from cityfolio.reading.product_catalogues import SOURCE
from cityfolio.site.marking import with_bounds_marked
from cityfolio.site.printing import printed
from cityfolio.site.templating import environment

if TYPE_CHECKING:
    from cityfolio.instrument.loading import InstrumentFile, QuestionEntry, SectionEntry
    from cityfolio.reading.product_catalogues import ProductWords

__all__ = ["paper_html", "paper_pdf"]


@dataclass(frozen=True)
class PaperQuestion:
    """A question with its number, the answers that lead past it (with the number of the question they answer), its range."""

    number: int
    entry: QuestionEntry
    past: tuple[tuple[str, int], ...]
    range: str


@dataclass(frozen=True)
class PaperSection:
    """A section with its numbered questions."""

    title: str
    questions: tuple[PaperQuestion, ...]


def paper_html(content: InstrumentFile, wave: str, product: ProductWords) -> bytes:
    """The questionnaire as one HTML file that needs no other. Its fingerprint is that of all it asks, in this language.

    The language is that of the `product` words, which stand beside the questions.

    >>> from cityfolio.instrument.loading import InstrumentFile, QuestionEntry, SectionEntry
    >>> from cityfolio.reading.product_catalogues import product_words
    >>> plan = QuestionEntry(variable="plan", kind="text", label="Is there a plan?")
    >>> trees = InstrumentFile(format="1", title="Trees", sections=[SectionEntry(id="a", title="All", questions=[plan])])
    >>> "Is there a plan?" in paper_html(trees, "2024", product_words("en")).decode()
    True
    """
    digest = hashlib.sha256(instrument_text(content).encode("utf-8")).hexdigest()[:16]
    page = environment(product).get_template("paper/questionnaire.html")
    language, direction = product.language, language_of(product.language).direction
    sections = tuple(_sections(content))
    said = page.render(
        content=content, wave=wave, language=language, direction=direction, sections=sections, digest=digest
    )
    return with_bounds_marked(said, SOURCE).encode("utf-8")


def paper_pdf(html: bytes) -> bytes:
    """The same as a tagged PDF file."""
    return printed(html, {})


def _sections(content: InstrumentFile) -> Iterator[PaperSection]:
    before: dict[str, tuple[int, QuestionEntry]] = {}
    for section in content.sections:
        yield PaperSection(section.title, tuple(_numbered(section, before)))


def _numbered(section: SectionEntry, before: dict[str, tuple[int, QuestionEntry]]) -> Iterator[PaperQuestion]:
    for entry in section.questions:
        number = len({place for place, _ in before.values()}) + 1
        yield PaperQuestion(number, entry, tuple(_past(entry, before)), _range(entry))
        for variable in [f"{entry.variable}_{row.code}" for row in entry.rows] or [entry.variable]:
            before[variable] = (number, entry)


def _past(entry: QuestionEntry, before: Mapping[str, tuple[int, QuestionEntry]]) -> Iterator[tuple[str, int]]:
    for variable, codes in (entry.universe.routed_past_by if entry.universe else {}).items():
        number, other = before[variable]
        labels = {category.code: category.label for category in other.categories}
        yield " / ".join(labels.get(code, code) for code in codes), number


def _range(entry: QuestionEntry) -> str:
    """The range in signs that every language reads."""
    if entry.lowest is not None and entry.highest is not None:
        return f"{plain_number(entry.lowest)} – {plain_number(entry.highest)}"
    if entry.lowest is not None:
        return f"≥ {plain_number(entry.lowest)}"
    return f"≤ {plain_number(entry.highest)}" if entry.highest is not None else ""
