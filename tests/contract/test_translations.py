"""The product's catalogues hold every text of the product, and Korean and Arabic say all of it."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from cityfolio.build.catalogue_files import catalogue_state, write_catalogue
from cityfolio.build.product_entries import entry_findings
from cityfolio.findings import Finding
from cityfolio.reading.catalogues import Catalogue, parse_catalogue
from cityfolio.reading.product_catalogues import product_languages
from tests.programmes import EXAMPLE, ProgrammeFolder

ROOT = Path(__file__).parents[2]
MAKER = runpy.run_path(str(ROOT / "scripts" / "make_catalogues.py"))
LOCALE = ROOT / "src" / "cityfolio" / "locale"
SPOKEN = [language for language in product_languages() if language != "en"]


def catalogue(language: str) -> Catalogue:
    path = LOCALE / language / "LC_MESSAGES" / "cityfolio.po"
    read, findings = parse_catalogue(path.name, path.read_text("utf-8"), language)
    assert findings == []
    assert read is not None
    return read


def test_the_product_speaks_korean_and_arabic() -> None:
    assert {"ko", "ar"} <= set(SPOKEN)


def test_the_catalogues_are_up_to_date() -> None:
    stale = [
        str(path.relative_to(ROOT)) for path, text in MAKER["catalogues"]().items() if path.read_text("utf-8") != text
    ]
    assert stale == [], "run: make catalogues"


@pytest.mark.parametrize("language", SPOKEN)
def test_every_text_of_the_product_is_translated(language: str) -> None:
    held = catalogue(language)
    lacking = [(m.context, m.source) for m in MAKER["texts"]() if (m.context, m.source) not in held.reviewed]
    assert lacking == []


@pytest.mark.parametrize("language", SPOKEN)
def test_a_translation_names_what_its_source_names_and_nothing_else(language: str) -> None:
    wrong: list[Finding] = []
    for message in catalogue(language).reviewed.values():
        wrong += entry_findings(message, message, f"{language}.po")
    assert [f"{finding.at}: {finding.found}" for finding in wrong] == []


def test_the_example_is_complete_in_korean() -> None:
    (state,) = catalogue_state(EXAMPLE)
    assert (state.language, [message.context for message in state.lacking]) == ("ko", [])


def test_writing_the_catalogue_of_the_example_again_changes_nothing(example: ProgrammeFolder) -> None:
    before = example.text("locale/ko.po")
    write_catalogue(example.path, "ko")
    assert example.text("locale/ko.po") == before
