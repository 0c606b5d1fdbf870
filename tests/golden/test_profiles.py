"""Two whole profiles, reviewed by a person: Busan, and a city that answered in 2018 only.

`make golden` rewrites the files; look at the difference before it is committed.
"""

from __future__ import annotations

import difflib
import json
import os
import re
from pathlib import Path

import pytest

from tests.pages import read_text_of

HERE = Path(__file__).parent
CITIES = ("busan-kor", "atlanta-us")


def same_as_golden(name: str, text: str) -> None:
    golden = HERE / name
    if os.environ.get("CITYFOLIO_GOLDEN") == "write":
        golden.write_text(text, "utf-8")
    reviewed = golden.read_text("utf-8")
    if reviewed != text:
        changes = difflib.unified_diff(reviewed.splitlines(), text.splitlines(), name, "as built", lineterm="", n=1)
        pytest.fail("\n".join(["not as reviewed; make golden rewrites the file:", *changes]), pytrace=False)


@pytest.mark.parametrize("city", CITIES)
def test_the_document_is_the_one_reviewed(city: str, example_site: Path) -> None:
    document = json.loads((example_site / "cities" / f"{city}.json").read_text("utf-8"))
    same_as_golden(f"{city}.json", json.dumps(document, ensure_ascii=False, indent=1) + "\n")


@pytest.mark.parametrize("city", CITIES)
def test_the_page_reads_as_the_one_reviewed(city: str, example_site: Path) -> None:
    page = read_text_of((example_site / "cities" / city / "index.html").read_text("utf-8"))
    same_as_golden(f"{city}.txt", page.text + "\n")


@pytest.fixture(scope="module")
def busan(example_site: Path) -> list[str]:
    return list(read_text_of((example_site / "cities" / "busan-kor" / "index.html").read_text("utf-8")).lines)


@pytest.fixture(scope="module")
def atlanta(example_site: Path) -> list[str]:
    return list(read_text_of((example_site / "cities" / "atlanta-us" / "index.html").read_text("utf-8")).lines)


def listed_under(lines: list[str], heading: str) -> list[str]:
    """The list that follows a heading."""
    start = next(i for i, line in enumerate(lines) if line.startswith(f"### {heading}")) + 1
    found = []
    for line in lines[start:]:
        if not line.startswith("- "):
            break
        found.append(line.removeprefix("- "))
    return found


def table_under(lines: list[str], heading: str) -> list[list[str]]:
    """The rows of the table that follows a heading, without the marks of own answers and notes."""
    start = next(i for i, line in enumerate(lines) if line == f"### {heading}") + 1
    rows = []
    for line in lines[start:]:
        if line.startswith("#"):
            break
        if line.startswith("| "):
            rows.append([cell.strip() for cell in line.strip("| ").split("|")])
    return rows[1:]


def test_busans_head_names_mayor_and_residents_with_year_and_wave(busan: list[str]) -> None:
    assert "# Busan" in busan
    assert "- Mayor Oh Keo-don answer of 2020" in busan
    assert "- 3,500,000 residents (2019) answer of 2020" in busan
    assert not [line for line in busan if "officer" in line and line.startswith("- ")]


def test_busans_own_answers_stand_in_its_own_order(busan: list[str]) -> None:
    assert listed_under(busan, "Innovation is meant to") == [
        "Improve resident outcomes", "Improve service delivery", "Anticipate and manage future challenges",
    ]  # fmt: skip
    assert listed_under(busan, "What counts most") == [
        "Dedicated funding", "Focus on measurement", "Dedicated innovation team", "Culture of innovation in city",
        "Support from outside city administration", "Leadership from City Manager", "Human resource support",
    ]  # fmt: skip
    assert listed_under(busan, "Areas given priority") == ["Tourism", "Digital governance"]
    assert listed_under(busan, "Terms most associated") == ["Behavioral economics", "Human-centered design"]
    assert [re.split(r"(?<=[a-z])(?=[A-Z])", item)[0] for item in listed_under(busan, "Most common activities")] == [
        "Taking risks and testing new ideas", "Promoting data-driven analytics / public data management",
        "Developing new solutions based on digital technologies", "Facilitating organizational change within the municipality",
        "Human-centered design",
    ]  # fmt: skip
    assert [re.split(r"(?<=[a-z])(?=[A-Z])", item)[0] for item in listed_under(busan, "Sources of funding")] == [
        "Central/federal/national government budget", "Municipal budget",
    ]  # fmt: skip
    assert listed_under(busan, "What is funded") == [
        "Investing in digital systems", "Investing in physical infrastructure", "Idea generation & brainstorming",
    ]  # fmt: skip
    assert len(listed_under(busan, "Policy areas with sufficient data")) == 19


def test_busans_sentences_tell_what_its_published_page_tells(busan: list[str]) -> None:
    text = "\n".join(busan)
    for part in (
        "Busan has a formal innovation strategy, as do ",
        "both across the whole administration and in single policy areas, as do ",
        "Busan gives priority to 2 policy areas.",
        "Busan has no team dedicated to innovation, like ",
        "Busan sets money aside for its capacity to innovate, as do ",
        "works with other public agencies, not-for-profit organizations and city residents/resident associations.",
        "For collecting and analysing data it works with academia and think tanks.",
        "Eco Delta City",
        "blockchain",
    ):
        assert part in text


def test_the_published_shares_stand_beside_ours_as_references(busan: list[str]) -> None:
    text = "\n".join(busan)
    assert "published: 50 %, survey of 147 cities in 2018 and 2020, base not printed" in text
    assert "published: 81 %, survey of 147 cities in 2018 and 2020, base not printed" in text


def test_busans_funded_activities_read_79_51_47_36_30(busan: list[str]) -> None:
    rows = table_under(busan, "What cities spend dedicated funding on")
    assert [row[1] for row in rows][:5] == ["79", "51", "47", "36", "30"]
    names = [re.sub(r"^✓ |note .$", "", row[0]) for row in rows][:5]
    assert names == [
        "Idea generation & brainstorming", "Investing in digital systems", "Launching or sustaining a project",
        "Investing in physical infrastructure", "Paying for services",
    ]  # fmt: skip
    assert [
        line for line in busan if line.endswith("too few for shares. The published numbers of the whole survey lead.")
    ]


def test_the_notes_on_waves_follow_from_the_instruments(busan: list[str]) -> None:
    noted = {
        re.sub(r"note .$", "", row[0]): row[0][-1]
        for row in table_under(busan, "What cities spend dedicated funding on")
    }
    for label, wave in (
        ("Launching or sustaining a project", "2018"),
        ("Training staff and building capacity", "2020"),
    ):
        mark = noted[label]
        assert [line for line in busan if line.startswith(f"{mark} ") and wave in line and " only; " in line]


def test_the_contradiction_in_busans_answers_is_worded_on_its_page(busan: list[str]) -> None:
    (remark,) = [line for line in busan if line.startswith("A remark ")]
    assert "The first answer says what counts, the second what is in place" in remark


def test_the_ranking_is_labelled_as_that_of_all_cities(busan: list[str]) -> None:
    assert any(line.startswith("The order of all cities together, not of one city") for line in busan)
    published = [row[1] for row in table_under(busan, "Activities in order of all cities")]
    assert sorted(published) == ["1", "2", "3", "4", "5", "6", "7"]


def test_a_city_of_2018_says_so_and_has_no_empty_heading(atlanta: list[str]) -> None:
    assert any(line.startswith("Answers of 2018, ") for line in atlanta)
    assert not [line for line in atlanta if "Spotlight" in line or "answer of 2020" in line]
    assert any("own words" in line and "Hierarchy-busting" in line for line in atlanta)
    for line, following in zip(atlanta, [*atlanta[1:], "# end"], strict=True):
        if line.startswith("### "):
            assert not following.startswith("#"), line
