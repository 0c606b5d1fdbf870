"""A break that a crosswalk declares is told where the answers of before and after are counted together."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages import read_text_of
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
