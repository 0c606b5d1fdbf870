"""Edges of crosswalk files and groups: each finding whole, with its place and words, untested until mutated."""

from __future__ import annotations

from pathlib import Path

import pytest

from cityfolio.findings import Finding, Place
from cityfolio.harmonise.crosswalk import Change, Crosswalk, load_crosswalk
from cityfolio.harmonise.grouping import attribute_findings, group_labels, group_responses
from cityfolio.model.answer import Answer, CodedAnswers, Response
from cityfolio.model.edition import Band, Group, GroupRule
from cityfolio.model.instrument import Choice, Instrument, Question, Section
from cityfolio.model.missing import Missing
from cityfolio.model.unit import Unit
from cityfolio.model.variable import Kind
from cityfolio.reading.text import Source
from cityfolio.reading.yaml import Located


def instrument(wave: str, **questions: tuple[str, ...]) -> Instrument:
    asked = tuple(
        Question(name, Kind.MULTIPLE, name, choices=tuple(Choice(code, code) for code in codes))
        for name, codes in questions.items()
    )
    return Instrument(wave, wave, (Section("s", "S", asked),))


INSTRUMENTS = {
    "2018": instrument("2018", areas=("roads", "rail", "water"), plan=("yes",)),
    "2020": instrument("2020", areas=("transport", "rents", "water"), goals=("growth",)),
}
NAME = "crosswalks/2018-2020.yml"
HEAD = "format: 1\nearlier: 2018\nlater: 2020\nchanges:\n"


def load(tmp_path: Path, text: str) -> tuple[Crosswalk | None, list[Finding]]:
    path = tmp_path / "crosswalk.yml"
    path.write_text(text, encoding="utf-8")
    return load_crosswalk(Source(path, NAME), INSTRUMENTS)


def entry(variable: str, category: str, change: str, codes: str = "", state: str = "confirmed") -> str:
    return (
        f"  - {{variable: {variable}, category: {category!r}, change: {change}, codes: [{codes}], reason: Said so., "
        f"state: {state}}}\n"
    )


def findings(tmp_path: Path, *entries: str) -> list[Finding]:
    return load(tmp_path, HEAD + "".join(entries))[1]


def at(line: int, column: int = 5) -> Place:
    return Place(NAME, line, str(column))


def test_a_crosswalk_is_read_whole(tmp_path: Path) -> None:
    text = HEAD + entry("areas", "transport", "merged", "roads, rail") + entry("plan", "", "dropped")
    assert load(tmp_path, text) == (
        Crosswalk(
            "2018",
            "2020",
            (
                Change("areas", "transport", "merged", "comparable", "Said so.", "confirmed", ("roads", "rail")),
                Change("plan", "", "dropped", "comparable", "Said so.", "confirmed"),
            ),
        ),
        [],
    )


def test_a_wave_that_is_not_there_is_found_at_its_place_with_the_nearest_name(tmp_path: Path) -> None:
    crosswalk, found = load(tmp_path, "format: 1\nearlier: 2019\nlater: zebra\nchanges: []\n")
    common = {"kind": "The wave", "where": "A crosswalk"}
    assert crosswalk is None
    assert found == [
        Finding("programme.unknown-name", at(2, 1), {**common, "got": "2019", "suggestion": "2018"}),
        Finding("programme.unknown-name", at(3, 1), {**common, "got": "zebra", "suggestion": ""}),
    ]


def test_a_variable_and_a_code_that_no_wave_has_are_found_each_at_its_line(tmp_path: Path) -> None:
    waves = {"where": "2018 or 2020"}
    category = {"kind": "category of areas", **waves}
    assert findings(
        tmp_path,
        entry("ares", "", "reworded"),
        entry("zzzzzz", "", "reworded"),
        entry("areas", "transport", "merged", "roads, rial"),
        entry("areas", "qqqqqq", "reworded"),
    ) == [
        Finding("crosswalk.unknown-code", at(5), {"kind": "variable", **waves, "got": "ares", "suggestion": "areas"}),
        Finding("crosswalk.unknown-code", at(6), {"kind": "variable", **waves, "got": "zzzzzz", "suggestion": ""}),
        Finding("crosswalk.unknown-code", at(7), {**category, "got": "rial", "suggestion": "rail"}),
        Finding("crosswalk.unknown-code", at(8), {**category, "got": "qqqqqq", "suggestion": ""}),
    ]


def test_lines_that_nobody_confirmed_are_found_by_question_and_category(tmp_path: Path) -> None:
    state = "needs confirmation"
    assert findings(
        tmp_path, entry("areas", "water", "reworded", state=state), entry("areas", "", "reworded", state=state)
    ) == [
        Finding("crosswalk.unconfirmed", at(5), {"got": "areas, water"}),
        Finding("crosswalk.unconfirmed", at(6), {"got": "areas"}),
    ]
    assert findings(tmp_path, entry("areas", "water", "reworded", state="automatic")) == []


@pytest.mark.parametrize(
    ("variable", "category", "change"),
    [
        ("areas", "rents", "added"),
        ("goals", "", "added"),
        ("areas", "rail", "dropped"),
        ("plan", "", "dropped"),
        ("plan", "yes", "dropped"),
        ("areas", "water", "reworded"),
        ("areas", "rail", "moved"),
    ],
)
def test_what_the_instruments_bear_out_is_no_finding(tmp_path: Path, variable: str, category: str, change: str) -> None:
    assert findings(tmp_path, entry(variable, category, change)) == []


@pytest.mark.parametrize(
    ("variable", "category", "change", "codes"),
    [
        ("areas", "water", "added", ""),
        ("areas", "rail", "added", ""),
        ("areas", "water", "dropped", ""),
        ("areas", "rents", "dropped", ""),
        ("areas", "rail", "reworded", ""),
        ("areas", "rents", "reworded", ""),
        ("areas", "water", "reworded", "rents"),
        ("areas", "water", "moved", "rents"),
        ("areas", "transport", "merged", "rents"),
    ],
)
def test_what_the_instruments_contradict_is_found(
    tmp_path: Path, variable: str, category: str, change: str, codes: str
) -> None:
    name = {"got": f"{variable}, {category}", "change": change}
    assert findings(tmp_path, entry(variable, category, change, codes)) == [
        Finding("crosswalk.contradicts", at(5), name)
    ]


def test_codes_without_a_category_to_stand_for_are_found(tmp_path: Path) -> None:
    assert findings(tmp_path, entry("areas", "", "merged", "roads, rail")) == [
        Finding("crosswalk.contradicts", at(5), {"got": "areas", "change": "merged"})
    ]


UNITS = {
    "delft": Unit("delft", "Delft", "Delft", {"continent": "EU", "continent_name": "Europe", "type": "city"}),
    "osaka": Unit("osaka", "Osaka", "Osaka", {"continent": "AS", "continent_name": "", "type": ""}),
    "lima": Unit("lima", "Lima", "Lima", {"continent": "SA", "continent_name": "South America", "type": "city"}),
}
BANDS = (Band("small", "Small cities", None, 100_000), Band("large", "Large cities", 100_000, 1_000_000))
BY_CONTINENT = GroupRule(
    "continent", "Continent", attribute="continent", label_attribute="continent_name", labels=(("SA", "The South"),)
)
BY_SIZE = GroupRule("size", "Size", variable="people", bands=BANDS)
BY_TYPE = GroupRule("type", "Type", attribute="type")


def test_each_response_is_put_into_its_groups_and_what_cannot_be_placed_is_found_once_per_place() -> None:
    people = {
        ("delft", "2018", 2): Answer(0, number=99_999),
        ("delft", "2020", 2): Answer(0, number=100_000),
        ("osaka", "2018", 3): Answer(0, number=2_700_000),
        ("osaka", "2020", 4): Answer.without(Missing.REFUSED),
        ("lima", "2020", 5): None,
    }
    responses = tuple(
        Response(unit, wave, {"people": answer} if answer else {}, line)
        for (unit, wave, line), answer in people.items()
    )
    answers = CodedAnswers(UNITS, {}, ("2018", "2020"), responses)
    files = {"2018": "responses/2018.csv", "2020": "responses/2020.csv"}
    groups, found = group_responses(answers, [BY_TYPE, BY_SIZE, BY_CONTINENT], files)
    city, europe, asia = Group("type", "city"), Group("continent", "EU"), Group("continent", "AS")
    assert groups == {
        ("delft", "2018"): (city, Group("size", "small"), europe),
        ("delft", "2020"): (city, Group("size", "large"), europe),
        ("osaka", "2018"): (asia,),
        ("osaka", "2020"): (asia,),
        ("lima", "2020"): (city, Group("continent", "SA")),
    }
    untyped = {"got": "osaka", "kind": "type", "attribute": "type"}
    unsized = {"got": "osaka", "kind": "size", "attribute": "people"}
    assert found == [
        Finding("intake.no-group", Place("units.csv", column="type"), untyped),
        Finding("intake.no-group", Place("responses/2018.csv", 3, "people"), unsized),
        Finding("intake.no-group", Place("responses/2020.csv", 4, "people"), unsized),
        Finding("intake.no-group", Place("responses/2020.csv", 5, "people"), {**unsized, "got": "lima"}),
    ]


def test_groups_are_labelled_by_name_then_by_the_units_own_label_then_by_their_key() -> None:
    assert group_labels([BY_CONTINENT, BY_SIZE, BY_TYPE], UNITS) == {
        Group("continent", "EU"): "Europe",
        Group("continent", "AS"): "AS",
        Group("continent", "SA"): "The South",
        Group("size", "small"): "Small cities",
        Group("size", "large"): "Large cities",
        Group("type", "city"): "city",
        Group("type", ""): "",
    }


def test_a_kind_of_group_by_a_column_that_units_do_not_have_is_found_in_the_manifest() -> None:
    places: dict[tuple[str | int, ...], tuple[int, int]] = {
        ("groups", 1, "attribute"): (7, 16),
        ("groups", 1, "label_attribute"): (8, 22),
    }
    located = Located("programme.yml", places)
    wrong = GroupRule("continent", "Continent", attribute="contnent", label_attribute="zzzzzz")
    common = {"kind": "The column of units.csv", "where": "A kind of group"}
    assert attribute_findings([BY_SIZE, wrong, BY_CONTINENT], UNITS, located) == [
        Finding(
            "programme.unknown-name",
            Place("programme.yml", 7, "16"),
            {**common, "got": "contnent", "suggestion": "continent"},
        ),
        Finding(
            "programme.unknown-name", Place("programme.yml", 8, "22"), {**common, "got": "zzzzzz", "suggestion": ""}
        ),
    ]
    assert attribute_findings([wrong], {}, located) == []
