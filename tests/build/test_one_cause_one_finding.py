"""One cause is told once: what follows from a file that cannot be read is no finding of its own."""

from __future__ import annotations

from tests.programmes import ProgrammeFolder


def told(small: ProgrammeFolder) -> list[tuple[str, str]]:
    return [(finding.code, str(finding.at)) for finding in small.findings() if finding.code != "intake.over-cap"]


def test_a_list_of_units_that_cannot_be_read_makes_no_id_unknown(small: ProgrammeFolder) -> None:
    small.write("indicators/shade.csv", "unit,value\nalder-aa,31.5\n")
    small.write("indicators/shade.yml", 'format: 1\nlabel: Shade\nsource: A\nyear: "2023"\nmeasure: per cent\n')
    small.write("moved.csv", "kind,old,new\nunit,elder-aa,alder-aa\n")
    small.write("units.csv", small.text("units.csv").replace(",", ";"))
    assert told(small) == [("table.separator", "units.csv, line 1")]


def test_a_list_of_units_that_cannot_be_read_makes_no_headline_thin(small: ProgrammeFolder) -> None:
    small.swap("profile.yml", "in_short:\n", "headlines: [has_plan.yes]\nin_short:\n")
    small.add("wording/en.yml", "headlines: {has_plan.yes: have a plan}")
    small.write("units.csv", small.text("units.csv").replace(",", ";"))
    assert told(small) == [("table.separator", "units.csv, line 1")]


def test_answers_that_cannot_be_read_leave_no_unit_without_a_response(small: ProgrammeFolder) -> None:
    small.write("responses/2024.csv", small.text("responses/2024.csv").replace(",", ";"))
    assert told(small) == [("table.separator", "responses/2024.csv, line 1")]


def test_a_row_that_cannot_be_read_leaves_no_unit_without_a_response(small: ProgrammeFolder) -> None:
    small.swap("responses/2024.csv", "cedar-bb,,yes,,", "cedar-bb,,yes,,,")
    assert told(small) == [("table.ragged-row", "responses/2024.csv, line 3")]


def test_answers_of_which_no_row_can_be_read_are_not_said_to_be_none(small: ProgrammeFolder) -> None:
    small.write("responses/2024.csv", small.text("responses/2024.csv").replace("alder-aa,", '"alder-aa,'))
    assert told(small) == [("table.stray-quote", "responses/2024.csv, line 2")]


def test_a_title_above_the_names_of_the_columns_is_one_finding(small: ProgrammeFolder) -> None:
    small.write("responses/2024.csv", "Survey of 2024,,,,\n" + small.text("responses/2024.csv"))
    assert told(small) == [("table.no-header", "responses/2024.csv, line 1")]


def test_a_choice_without_categories_is_not_blamed_on_the_answers(small: ProgrammeFolder) -> None:
    listed = small.text("instruments/2024.yml")
    start = listed.index("        categories:\n          - {code: planting")
    small.write("instruments/2024.yml", listed[:start])
    assert [code for code, at in told(small) if at.startswith(("instruments", "responses"))] == [
        "instrument.no-categories"
    ]


def test_a_kind_of_group_by_no_column_does_not_tell_of_every_unit(small: ProgrammeFolder) -> None:
    small.swap("programme.yml", "attribute: country", "attribute: land")
    assert [code for code, _ in told(small)] == ["programme.unknown-name"]
