"""Every case that the published pages of the programme are known to have, on the page of a made-up city of the example."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.properties.test_sentences import PROGRAMME, document_of, sentences_in

from cityfolio.intake.responses import Context, read_corrected_responses
from cityfolio.model.unit import Unit
from cityfolio.narrative.sentence import plain_text
from cityfolio.profile.document import ProfileDocument
from cityfolio.publish.csv_files import csv_bytes
from cityfolio.reading.text import Source


def page_of(folder: Path, name: str = "Delft", wave: str = "2020", **cells: str) -> ProfileDocument:
    """The document of a city that gave these answers, as cells of the responses, and no other."""
    instrument = PROGRAMME.instruments[wave]
    columns = ["unit"]
    for question in instrument.questions.values():
        columns += [question.variable, *([f"{question.variable}_other"] if question.own_words else [])]
    assert set(cells) <= set(columns)
    row = {"unit": "made-up", **cells}
    file = folder / f"{wave}.csv"
    file.write_bytes(csv_bytes(columns, [[row.get(column, "") for column in columns]]))
    unit = Unit("made-up", "Made up", name, {"country": "Netherlands"})
    context = Context(instrument, PROGRAMME.answers.variables, {"made-up": unit}, PROGRAMME.manifest.missing)
    responses, _, findings = read_corrected_responses(Source(file, file.name), context, ())
    assert not [finding for finding in findings if finding.blocks]
    return document_of(PROGRAMME, unit, responses)


def said_by(document: ProfileDocument) -> list[str]:
    return [plain_text(sentence) for sentence in sentences_in(document)]


CASES = [
    ({"has_strategy": "yes"}, "Delft has a formal innovation strategy, as do "),
    ({"has_strategy": "no"}, "Delft has no formal innovation strategy, like "),
    ({"approach": "both"}, "Formal innovation strategy and terms associated with innovation: no answer on record for 2020."),
    ({"approach": "holistic"}, "across the whole administration at once, as do "),
    ({"approach": "specific"}, "policy area by policy area, as do "),
    ({"approach": "both"}, "both across the whole administration and in single policy areas, as do "),
    ({"approach": "neither"}, "It describes an approach of its own"),
    ({"has_strategy": "yes"}, "Approach to innovation capacity and terms associated with innovation: no answer on record"),
    ({"policy_areas": "none"}, "Delft gives no policy area priority over the others, like "),
    ({"policy_areas": "housing"}, "Delft gives priority to one policy area."),
    ({"policy_areas": "housing tourism"}, "Delft gives priority to 2 policy areas."),
    ({"policy_areas": "housing", "policy_areas_other": "Water"}, "Delft gives priority to 2 policy areas."),
    ({"policy_areas_other": "Water"}, "Delft gives priority to one policy area."),
    ({"policy_areas": "health housing culture"}, "Delft gives priority to 3 policy areas."),
    ({"has_team": "yes"}, "Delft has a team or staff dedicated to innovation, as do "),
    ({"has_team": "no"}, "Delft has no team dedicated to innovation, like "),
    ({"team_location": "spread"}, "Delft's work on innovation is spread over the administration."),
    ({"team_location": "mayors_office"}, "Delft's work on innovation sits in the mayor's office."),
    ({"team_location": "independent_body"}, "an independent department, body or team."),
    ({"team_location": "department", "team_location_text": "the port"}, "In the words on record: “the port”."),
    ({"team_location": "mayors_office", "team_staff": "8"}, "8 people work on innovation in the mayor's office."),
    ({"team_location": "spread", "team_staff": "8"}, "8 people work on innovation, spread over the administration."),
    ({"team_location": "city_hall", "team_staff": "1"}, "One person works on innovation in city hall or the executive"),
    ({"team_location": "city_hall", "team_staff_text": "4-6"}, "the size of its staff is recorded as “4-6”."),
    ({"has_team": "yes", "team_staff": "8"}, "8 people work on innovation; where they sit is not on record."),
    ({"has_team": "yes", "team_staff": "1"}, "One person works on innovation; where is not on record."),
    ({"has_team": "yes", "team_staff_text": "more than 100"}, "recorded as “more than 100”."),
    ({"has_team": "no", "team_location_text": "advisers"}, "What there is instead, in the words on record: “advisers”."),
    ({"has_team": "no", "team_staff_text": "8-10"}, "People who work on innovation all the same, as recorded: “8-10”."),
    ({"roles": "designer"}, "One role or skill is at work on innovation."),
    ({"roles": "designer engineer", "roles_other": "Poet"}, "3 roles and skills are at work on innovation."),
    ({"roles": "none"}, "names no role that works on innovation, like "),
    ({"roles_count": "5"}, "5 roles work on innovation; the list of them is not on record."),
    ({"roles_count": "0"}, "counts no role that works on innovation."),
    ({"has_funding": "yes"}, "Delft sets money aside for its capacity to innovate, as do "),
    ({"has_funding": "no"}, "Delft sets no money aside for its capacity to innovate, like "),
    ({"has_funding": "no"}, "asked only of cities with dedicated funding for innovation capacity, so not asked here in 2020."),
    ({"has_funding": "yes", "funding_sources": "none"}, "It names no source of this money, "),
    ({"has_funding": "yes", "funded_activities": "none"}, "The money is tied to no particular activity, "),
    ({"partners": "none"}, "The work stays inside the administration: no outside partner is named, "),
    ({"partners": "private_firms"}, "Delft works with one kind of partner: private firms."),
    ({"partners": "public_agencies nonprofits"}, "Delft works with other public agencies and not-for-profit organizations."),
    ({"data_partners": "academia think_tanks"}, "For collecting and analysing data it works with academia and think tanks."),
    ({"data_sufficient": "housing health"}, "In 2 policy areas the data are said to be sufficient."),
    ({"data_sufficient": "housing"}, "In one policy area the data are said to be sufficient."),
    ({"head_of_city": "Ada Lovelace", "head_title": "Lord Mayor"}, "Lord Mayor Ada Lovelace"),
    ({"head_of_city": "Ada Lovelace"}, "Head of the city: Ada Lovelace"),
    ({"population": "103659", "population_year": "2019"}, "103,659 residents (2019)"),
    ({"population": "103659"}, "103,659 residents (year not on record)"),
    ({"lead_innovation_officer": "Bo Li"}, "Lead innovation officer: Bo Li"),
    ({"lead_innovation_officer": "Bo Li; Cem Ay; Di Fo"}, "Lead innovation officers: Bo Li, Cem Ay and Di Fo"),
    ({"success_factors": "dedicated_team", "has_team": "no"}, "The first answer says what counts, the second what is in place"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "words"), CASES, ids=lambda held: held if isinstance(held, str) else "")
def test_each_case_has_its_sentence(cells: dict[str, str], words: str, tmp_path: Path) -> None:
    said = said_by(page_of(tmp_path, **cells))
    assert [sentence for sentence in said if words in sentence], "\n".join(said)


@pytest.mark.parametrize(
    ("cells", "never"),
    [
        ({"has_team": "yes"}, "The first answer says what counts"),
        ({"success_factors": "dedicated_team"}, "The first answer says what counts"),
        ({"population_year": "2019"}, "residents"),
        ({"head_title": "Mayor"}, "Mayor "),
        ({}, "innovation officer:"),
        ({"has_strategy": ""}, "a formal innovation strategy, "),
        ({"team_location": "mayors_office"}, "Dedicated innovation team"),
        ({"roles_count": "5"}, "Roles in innovation work"),
        ({"team_location": "mayors_office", "team_location_text": "Mayor's Office"}, "In the words on record"),
    ],
)
def test_what_was_not_answered_has_no_sentence(cells: dict[str, str], never: str, tmp_path: Path) -> None:
    assert not [sentence for sentence in said_by(page_of(tmp_path, **cells)) if never in sentence]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Bend, OR", "Bend, OR, has a formal innovation strategy, as do "),
        ("Athens", "Athens has a formal innovation strategy, as do "),
        ("부산광역시", "부산광역시 has a formal innovation strategy, as do "),
    ],
)
def test_any_name_fits_into_a_sentence(name: str, words: str, tmp_path: Path) -> None:
    assert [said for said in said_by(page_of(tmp_path, name, has_strategy="yes")) if said.startswith(words)]


def test_one_name_stands_for_a_city_on_the_whole_page(tmp_path: Path) -> None:
    document = page_of(tmp_path, "Bend, OR", has_strategy="yes", has_team="no", policy_areas="housing")
    for sentence in said_by(document):
        assert "Bend" not in sentence or "Bend, OR" in sentence
        assert "Made up" not in sentence


def test_a_city_of_the_first_wave_was_never_offered_what_only_the_second_had(tmp_path: Path) -> None:
    document = page_of(tmp_path, wave="2018", has_funding="yes", funded_activities="launch_project")
    assert document.wave == "2018"
    (chart,) = [
        block
        for section in document.sections
        for block in section.blocks
        if block.kind == "chart" and getattr(block, "variable", "") == "funded_activities"
    ]
    rows = {row.code: row for row in getattr(chart, "rows", ())}
    assert rows["launch_project"].chosen
    assert rows["launch_project"].mark != rows["training_staff"].mark
    assert "" not in (rows["launch_project"].mark, rows["training_staff"].mark)


def test_own_words_are_marked_as_such_in_the_citys_list(tmp_path: Path) -> None:
    document = page_of(tmp_path, terms="experimentation", terms_other="Pollination; lean methods")
    (answers,) = [b for s in document.sections for b in s.blocks if b.kind == "answers"]
    assert [(item.label, item.own_words) for item in getattr(answers, "items", ())] == [
        ("Experimentation", False),
        ("Pollination", True),
        ("lean methods", True),
    ]
