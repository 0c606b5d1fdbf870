"""programme.yml: editions, the default one, groups."""

from __future__ import annotations

from pathlib import Path

from cityfolio.build.content import edition_of
from cityfolio.build.manifest import load_manifest
from cityfolio.build.programme import load_programme
from cityfolio.build.translating_manifest import translated_manifest
from cityfolio.model.edition import Group
from cityfolio.reading.product_catalogues import product_words
from cityfolio.reading.text import Source
from tests.programmes import ProgrammeFolder


def test_each_wave_is_an_edition_and_the_pooled_one_is_the_default(small: ProgrammeFolder) -> None:
    programme = load_programme(small.path)
    assert {name: edition.waves for name, edition in programme.manifest.editions.items()} == {
        "2022": ("2022",),
        "2024": ("2024",),
        "2022-2024": ("2022", "2024"),
    }
    assert edition_of(programme, None).id == "2022-2024"


def test_without_pooled_editions_the_last_wave_is_the_default(small: ProgrammeFolder) -> None:
    small.swap(
        "programme.yml", "editions:\n  - {id: 2022-2024, title: surveys of 2022 and 2024, waves: [2022, 2024]}\n", ""
    )
    assert edition_of(load_programme(small.path), None).id == "2024"


def test_an_edition_of_facts_alone_is_not_the_default(small: ProgrammeFolder, tmp_path: Path) -> None:
    small.swap("programme.yml", "groups:\n", "  - {id: panel, waves: [2022, 2024], rule: matched_panel}\ngroups:\n")
    assert edition_of(load_programme(small.path), None).id == "2022-2024"
    small.swap("programme.yml", "  - {id: 2022-2024, title: surveys of 2022 and 2024, waves: [2022, 2024]}\n", "")
    assert edition_of(load_programme(small.path), None).id == "2024"
    small.build(tmp_path / "site")


def test_the_waves_of_an_edition_stand_in_the_order_of_the_programme(small: ProgrammeFolder) -> None:
    small.swap("programme.yml", "waves: [2022, 2024]", "waves: [2024, 2022]")
    assert load_programme(small.path).manifest.editions["2022-2024"].waves == ("2022", "2024")


def test_sizes_are_those_of_the_response_that_counts(small: ProgrammeFolder) -> None:
    bands = "[{key: small, label: small, below: 125000}, {key: large, label: large, low: 125000}]"
    small.swap(
        "programme.yml",
        "  - {kind: country, title: Country, attribute: country}\n",
        f"  - {{kind: size, title: Size, variable: population, bands: {bands}}}\n",
    )
    groups = load_programme(small.path).groups
    assert groups == {
        ("alder-aa", "2022"): (Group("size", "small"),),
        ("alder-aa", "2024"): (Group("size", "large"),),
        ("birch-aa", "2022"): (Group("size", "small"),),
        ("cedar-bb", "2024"): (),
    }


def test_a_wave_without_a_title_is_called_by_its_year_or_id_in_every_language(small: ProgrammeFolder) -> None:
    small.swap("programme.yml", "language: en", "language: en\nlanguages: [en, ko, ar, fr]")
    small.swap("programme.yml", "- {id: 2022, title: survey of 2022", "- {id: 2022")
    small.swap("programme.yml", "- {id: 2024, title: survey of 2024", "- {id: spring, responses: responses/2024.csv")
    small.swap("programme.yml", "waves: [2022, 2024]", "waves: [2022, spring]")
    manifest = load_manifest(Source(small.path / "programme.yml", "programme.yml"))[0]
    assert manifest is not None
    said = {}
    for language in ("en", "ko", "ar", "fr"):
        editions = translated_manifest(manifest, lambda _, text: text, product_words(language)).editions
        said[language] = [editions[wave].title for wave in ("2022", "spring")]
    assert said == {
        "en": ["survey of 2022", "wave spring"],
        "ko": ["2022년 조사", "spring 조사"],
        "ar": ["مسح عام 2022", "جولة spring"],
        "fr": ["2022", "spring"],
    }
