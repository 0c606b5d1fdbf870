"""The questionnaire on paper: everything that is asked, in each language, the same bytes for the same questionnaire."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cityfolio.build.exchanging import print_papers
from cityfolio.errors import WrongUse
from cityfolio.instrument.loading import (
    CategoryEntry,
    InstrumentFile,
    QuestionEntry,
    RowEntry,
    SectionEntry,
    UniverseEntry,
)
from cityfolio.reading.product_catalogues import product_words
from cityfolio.site.paper import paper_html, paper_pdf
from tests.paper.reading import tags_of, text_of
from tests.programmes import ProgrammeFolder

CATEGORIES = [
    CategoryEntry(code="a", label="Roads <b>", help="Streets"),
    CategoryEntry(code="b", label="None", exclusive=True),
]
CONTENT = InstrumentFile(
    format="1",
    title="Trees",
    sections=[
        SectionEntry(
            id="s",
            title="All",
            questions=[
                QuestionEntry(
                    variable="areas", kind="multiple", label="Areas", question="Where?", cap=1, categories=CATEGORIES
                ),
                QuestionEntry(variable="goals", kind="ranked", label="Goals", categories=CATEGORIES, other=True),
                QuestionEntry(
                    variable="care",
                    kind="grid",
                    label="Care",
                    categories=CATEGORIES,
                    rows=[RowEntry(code="p", label="Parks")],
                ),
                QuestionEntry(
                    variable="staff",
                    kind="number",
                    label="Staff",
                    lowest=0,
                    universe=UniverseEntry(text="Cities with areas", routed_past_by={"areas": ["b"], "care_p": ["a"]}),
                ),
            ],
        )
    ],
)


def words(html: bytes) -> str:
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]*>", " ", html.decode(), flags=re.DOTALL).split())


def test_the_paper_asks_everything_with_numbers_codes_limits_and_routing() -> None:
    said = words(paper_html(CONTENT, "2024", product_words("en")))
    for part in (
        "1 Where? areas · Areas Tick up to 1. Roads &lt;b&gt; a Streets None b Only by itself.",
        "2 Goals goals Number the answers, 1 for the first.",
        "3 Care care Tick one in each row.",
        "Parks care_p",
        "4 Staff staff For: Cities with areas Leave out if the answer to question 1 is: None"
        " Leave out if the answer to question 3 is: Roads &lt;b&gt; A number, plausibly ≥ 0.",
        "Sign-off Name and office Date Signature Fingerprint of the questionnaire:",
    ):
        assert part in said


def test_the_fingerprint_follows_what_is_asked() -> None:
    other = CONTENT.model_copy(update={"title": "Parks"})
    fingerprints = {words(paper_html(held, "2024", product_words("en")))[-16:] for held in (CONTENT, other)}
    assert len(fingerprints) == 2


def test_right_to_left_languages_run_from_the_right() -> None:
    assert '<html lang="ar" dir="rtl">' in paper_html(CONTENT, "2024", product_words("ar")).decode()


def test_the_pdf_file_is_tagged_and_says_what_the_page_says(tmp_path: Path) -> None:
    html = paper_html(CONTENT, "2024", product_words("en"))
    file = tmp_path / "questionnaire.pdf"
    file.write_bytes(paper_pdf(html))
    assert paper_pdf(html) == file.read_bytes()
    assert {"Document", "H1", "H3", "Table"} <= set(tags_of(file))
    assert "Tick one in each row." in text_of(file)


def test_a_language_that_the_programme_does_not_speak_is_wrong_use(small: ProgrammeFolder, tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match='does not speak "fr"'):
        print_papers(small.path, "2024", tmp_path, "fr")
