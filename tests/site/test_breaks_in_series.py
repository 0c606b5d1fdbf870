"""A break that a crosswalk declares is told where the answers of before and after are counted together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from cityfolio.build.content import edition_of, make_content
from cityfolio.build.papers import Papers
from cityfolio.build.programme import load_programme
from cityfolio.build.running import build_site
from cityfolio.profile.ready_comparison import chosen_comparison
from tests.journeys.test_languages import spoken
from tests.pages import read_text_of
from tests.paper.reading import text_of
from tests.programmes import ProgrammeFolder

BREAK = "  - {variable: has_plan, change: reworded, comparability: break, reason: It named parks., state: confirmed}"
SAID = "Asked in one way up to 2022 and in another from 2024 on: answers from before and after cannot be compared."


@pytest.fixture
def broken(small: ProgrammeFolder) -> ProgrammeFolder:
    small.swap("programme.yml", "editions:\n", "editions:\n  - {id: both, waves: [2022, 2024], rule: matched_panel}\n")
    small.swap("programme.yml", "editions:\n", "editions:\n  - {id: any, waves: [2022, 2024], rule: latest_answer}\n")
    small.swap(
        "profile.yml",
        "{kind: chart, variable: measures",
        "{kind: chart, variable: has_plan}\n      - {kind: chart, variable: measures",
    )
    small.add("crosswalks/2022-2024.yml", BREAK)
    return small


def _words(page: Path) -> str:
    return " ".join(" ".join(read_text_of(page.read_text("utf-8")).lines).split())


def test_a_break_stands_where_both_sides_of_it_are_counted_together(broken: ProgrammeFolder, tmp_path: Path) -> None:
    broken.build(tmp_path / "site")
    told = ["variables/has_plan", "facts/2022-2024/has_plan", "facts/any/has_plan", "cities/birch-aa"]
    told += ["groups/country-Aland", "groups/country-Boreland"]
    silent = ["facts/2022/has_plan", "facts/2024/has_plan", "facts/both/has_plan", "variables/measures"]
    said = {page: SAID in _words(tmp_path / "site" / page / "index.html") for page in (*told, *silent)}
    assert said == dict.fromkeys(told, True) | dict.fromkeys(silent, False)
    assert SAID in (tmp_path / "site" / "explore" / "has_plan.js").read_text("utf-8")


def test_a_reworded_question_is_not_told_as_reworded_answers(broken: ProgrammeFolder, tmp_path: Path) -> None:
    broken.build(tmp_path / "site")
    words = _words(tmp_path / "site" / "variables" / "has_plan" / "index.html")
    assert "The question was worded differently in 2022 and 2024." in words
    assert "No plan: worded differently" not in words


def test_the_method_page_tells_the_rule_of_each_edition(broken: ProgrammeFolder, tmp_path: Path) -> None:
    broken.build(tmp_path / "site")
    words = _words(tmp_path / "site" / "method" / "index.html")
    assert "each city once, with the latest response it gave." in words
    assert "each city once for each question, with the latest answer it gave to it." in words
    assert "the cities that took part in all of them, each with its latest response." in words


def test_a_programme_that_is_not_written_in_english_has_no_english_notes(
    small: ProgrammeFolder, tmp_path: Path
) -> None:
    small.swap("programme.yml", "language: en", "language: ko")
    small.write("wording/ko.yml", small.text("wording/en.yml").replace("language: en", "language: ko"))
    small.add("crosswalks/2022-2024.yml", BREAK)
    small.write(
        "published.csv", "edition,variable,category,measure,value,base,note,source_url\n2022,mood,good,share,50,,,\n"
    )
    small.build(tmp_path / "site")
    assert "not printed" not in _words(tmp_path / "site" / "method" / "index.html")
    notes = _words(tmp_path / "site" / "facts" / "2022-2024" / "has_plan" / "index.html")
    assert "문구 변경, 계열 단절. It named parks." in notes


def _beside(broken: ProgrammeFolder, tmp_path: Path) -> Path:
    """The site of the programme with each city beside those like it."""
    broken.swap(
        "profile.yml",
        "      - {kind: sentence, variable: has_plan}\n",
        "      - {kind: sentence, variable: has_plan}\n"
        "      - {kind: peers, title: Cities like this one, compare_by: [has_plan, measures]}\n",
    )
    broken.build(tmp_path / "site", "2022-2024")
    return tmp_path / "site"


def test_a_comparison_says_at_the_question_that_answers_stand_on_both_sides_of_a_break(
    broken: ProgrammeFolder, tmp_path: Path
) -> None:
    site = _beside(broken, tmp_path)
    # Alder answered in 2024; Birch, with Alder in Aland, in 2022. Cedar answered in 2024 and is alone in Boreland.
    alder, cedar = (_words(site / "compare" / unit / "index.html") for unit in ("alder-aa", "cedar-bb"))
    assert alder.count(SAID) == 1
    assert f"Tree plan {SAID}" in alder
    assert SAID not in cedar


def test_nobody_is_like_another_by_answers_on_both_sides_of_a_break(small: ProgrammeFolder, tmp_path: Path) -> None:
    small.swap(
        "profile.yml",
        "      - {kind: sentence, variable: has_plan}\n",
        "      - {kind: sentence, variable: has_plan}\n"
        "      - {kind: peers, title: Cities like this one, compare_by: [has_plan]}\n",
    )
    small.swap("responses/2022.csv", "birch-aa,45000,no,,", "birch-aa,45000,yes,,")
    small.build(tmp_path / "before", "2022-2024")
    small.add("crosswalks/2022-2024.yml", BREAK)
    small.build(tmp_path / "after", "2022-2024")

    def like(site: str, unit: str) -> list[str]:
        page = (tmp_path / site / "cities" / unit / "index.html").read_text("utf-8")
        block = page[page.rindex("Cities like this one</h3>") :].partition("</section>")[0]
        return re.findall(r'<dt><a href="[^"]*cities/([a-z]+-[a-z]+)/index.html"', block)

    # All three have a plan: Birch answered in 2022, Alder and Cedar in 2024.
    assert like("before", "alder-aa") == ["birch-aa", "cedar-bb"]
    assert like("after", "alder-aa") == ["cedar-bb"]
    assert (like("before", "birch-aa"), like("after", "birch-aa")) == (["alder-aa", "cedar-bb"], [])


def test_of_answers_on_both_sides_of_a_break_nobody_says_that_they_agree_or_differ(
    broken: ProgrammeFolder,
) -> None:
    programme = load_programme(broken.path)
    document = make_content(programme, edition_of(programme, "2022-2024"), ()).site.compare
    assert document is not None

    def compared(*chosen: str) -> tuple[list[str], tuple[str, ...]]:
        tables = chosen_comparison(document, chosen).sections[0].tables
        (asked,) = [table for table in tables if table.variable == "has_plan"]
        return [row.verdict for row in asked.rows], asked.notes

    assert compared("alder-aa", "cedar-bb") == (["same"], ())
    assert compared("alder-aa", "birch-aa") == (["", ""], (SAID,))
    # A group's number pools both sides by itself; the cities beside it stand on one.
    assert compared("alder-aa", "cedar-bb", "groups/country-Aland") == (["same", "same"], (SAID,))
    assert compared("alder-aa", "cedar-bb", "groups/country-Boreland") == (["same"], ())


def test_the_sheet_of_a_comparison_says_it_in_the_language_of_the_page(broken: ProgrammeFolder, tmp_path: Path) -> None:
    spoken(broken, "en", "ko")
    build_site(broken.path, tmp_path / "site", papers=Papers(compared=("alder-aa,birch-aa", "alder-aa,cedar-bb")))
    assert SAID in " ".join(text_of(tmp_path / "site/compare/alder-aa,birch-aa.pdf").split())
    assert "Asked in one way" not in " ".join(text_of(tmp_path / "site/compare/alder-aa,cedar-bb.pdf").split())
    korean = " ".join(text_of(tmp_path / "site/ko/compare/alder-aa,birch-aa.pdf").split())
    assert "비교할 수 없습니다" in korean


@pytest.mark.browser
def test_columns_that_a_reader_chooses_are_told_apart_by_a_break(
    browser: Browser, broken: ProgrammeFolder, tmp_path: Path
) -> None:
    site = _beside(broken, tmp_path)
    page = browser.new_page()
    said = page.locator(".result div:has(> h3 a[href*='has_plan'])")
    for address, notes, verdicts in (
        ("alder-aa,birch-aa", 1, 0),
        ("alder-aa,cedar-bb", 0, 1),
        ("alder-aa,cedar-bb,groups/country-Aland", 1, 2),
        ("alder-aa,birch-aa&only=differences", 1, 0),
    ):
        page.goto(f"{(site / 'compare/index.html').as_uri()}?c={address}")
        expect(said).to_have_count(1)
        expect(said.get_by_text(SAID)).to_have_count(notes)
        expect(said.locator("td:is(.same, .different)")).to_have_count(verdicts)
    page.close()
