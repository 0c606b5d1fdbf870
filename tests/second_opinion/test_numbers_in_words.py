"""Who answered a number in words is counted as that: a second time from the files, and nowhere as a gap."""

from __future__ import annotations

from pathlib import Path

from tests.programmes import EXAMPLE, rows_of

NUMBER, WORDS = "team_staff", "team_staff_text"


def latest() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for wave in ("2018", "2020"):
        found |= {row["unit"]: row for row in rows_of(EXAMPLE / "responses" / f"{wave}.csv")}
    return found


def test_bases_of_the_number_count_numbers_words_and_gaps_apart(example_site: Path) -> None:
    country = {row["unit"]: row["country_iso3"] for row in rows_of(EXAMPLE / "units.csv")}
    compared = 0
    for fact in rows_of(example_site / "data" / "facts.csv"):
        kind, _, key = fact["group"].partition(":")
        if (fact["edition"], fact["variable"], fact["measure"]) != ("2018-2020", NUMBER, "median"):
            continue
        if kind not in ("all", "country"):
            continue
        rows = [row for unit, row in latest().items() if kind == "all" or country[unit] == key]
        given = [row for row in rows if row[NUMBER]]
        in_words = [row for row in rows if not row[NUMBER] and row[WORDS]]
        counted = tuple(int(fact[column]) for column in ("base", "in_words", "not_on_record"))
        assert counted == (len(given), len(in_words), len(rows) - len(given) - len(in_words)), fact["fact"]
        compared += 1
    assert compared > 5


def test_the_place_of_a_number_counts_those_in_words_beside_it(example_site: Path) -> None:
    in_words = sum(not row[NUMBER] and bool(row[WORDS]) for row in latest().values())
    facts = rows_of(example_site / "data" / "facts.csv")
    places = [
        row for row in facts if (row["edition"], row["variable"], row["measure"]) == ("2018-2020", NUMBER, "place")
    ]
    assert in_words == 6
    assert {row["in_words"] for row in places} == {"6"}


def test_who_answered_in_words_has_answered(example_site: Path) -> None:
    [fact] = [
        row
        for row in rows_of(example_site / "data" / "facts.csv")
        if (row["edition"], row["variable"], row["measure"]) == ("2018-2020", NUMBER, "answered")
    ]
    assert int(fact["numerator"]) == sum(bool(row[NUMBER] or row[WORDS]) for row in latest().values())
