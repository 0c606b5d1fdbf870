"""XLSForms in and out: exact where the form can hold it, said where it cannot. pyxform converts whatever we write."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings

from cityfolio.findings import Finding
from cityfolio.instrument.exchange.questionnaire import Questionnaire
from cityfolio.instrument.exchange.xlsform.reading import read_xlsform
from cityfolio.instrument.exchange.xlsform.writing import write_xlsform
from cityfolio.instrument.loading import CategoryEntry, InstrumentFile, QuestionEntry, SectionEntry

from .questionnaires import bilingual, instruments


@given(instruments())
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_goes_out_as_an_xlsform_comes_back_equal_in_every_language(content: InstrumentFile) -> None:
    questionnaire = bilingual(content)
    form, findings = write_xlsform(questionnaire, "2022", "2022.xlsx")
    assert [found for found in findings if found.blocks] == []  # among these would be what pyxform refuses
    again, findings = read_xlsform("2022.xlsx", form)
    assert findings == []
    assert again == questionnaire


def test_equal_instruments_give_equal_bytes() -> None:
    content = one(QuestionEntry(variable="a", kind="text", label="A"))
    assert write_xlsform(Questionnaire(content, "en"), "1", "a.xlsx") == write_xlsform(
        Questionnaire(content, "en"), "1", "a.xlsx"
    )


def one(*questions: QuestionEntry) -> InstrumentFile:
    return InstrumentFile(format="1", title="T", sections=[SectionEntry(id="s", title="S", questions=list(questions))])


def form(survey: str, choices: str = "", setting: str = "") -> tuple[Questionnaire | None, list[Finding]]:
    """A form in pyxform's Markdown: the rows of its sheets, with their header first."""
    sheets = {"survey": survey, "choices": choices, "settings": setting}
    rows = [
        f"| {name} |\n" + "".join(f"| | {row.strip()} |\n" for row in held.strip().splitlines())
        for name, held in sheets.items()
        if held
    ]
    return read_xlsform("form.md", "".join(rows).encode("utf-8"))


def questions(found: tuple[Questionnaire | None, list[Finding]]) -> list[QuestionEntry]:
    assert found[0] is not None, found[1]
    return [question for section in found[0].content.sections for question in section.questions]


def said(found: tuple[Questionnaire | None, list[Finding]], code: str) -> list[str]:
    return [finding.found for finding in found[1] if finding.code == code]


YES_NO = """
list_name | name | label
yn | yes | Yes
yn | no | No
"""
AREAS = """
list_name | name | label | wave
areas | roads | Roads | both
areas | parks | Parks | new
yn | yes | Yes | both
yn | no | No | both
"""


def test_a_form_made_elsewhere_gives_its_questions_with_kinds_limits_and_own_words() -> None:
    found = form(
        """
        type | name | label | hint | constraint | appearance
        begin_group | trees | Trees
        select_multiple areas or_other | areas | Where? | Up to two | count-selected(.) <= 2
        rank areas | goals | What first?
        select_one yn | use | How much? | | | likert
        decimal | budget | How much money? | | . >= 0 and . <= 100
        text | why | Why?
        end_group
        """,
        AREAS,
    )
    assert found[1] == []
    assert [(q.variable, q.kind, q.cap, q.other, q.lowest, q.highest) for q in questions(found)] == [
        ("areas", "multiple", 2, True, None, None),
        ("goals", "ranked", None, False, None, None),
        ("use", "scale", None, False, None, None),
        ("budget", "number", None, False, 0.0, 100.0),
        ("why", "text", None, False, None, None),
    ]
    assert [c.code for c in questions(found)[0].categories] == ["roads", "parks"]
    assert (questions(found)[0].question, questions(found)[0].help) == ("Where?", "Up to two")


def test_a_table_of_rows_is_a_grid_and_keeps_the_columns_of_its_answers() -> None:
    found = form(
        """
        type | name | label | appearance
        begin_group | care | How well? | table-list
        select_one yn | care_parks | in parks
        select_one yn | care_streets | in streets
        end_group
        begin_group | other | Other names? | table-list
        select_one yn | parks | in parks
        end_group
        """,
        YES_NO,
    )
    (grid, apart) = questions(found)
    assert (grid.kind, grid.label, [row.code for row in grid.rows]) == ("grid", "How well?", ["parks", "streets"])
    # As a grid its column would be called other_parks.
    assert (apart.variable, apart.kind) == ("parks", "single")


def test_routing_says_what_the_conditions_say_and_who_did_not_answer_counts_as_asked() -> None:
    found = form(
        """
        type | name | label | relevant
        select_one yn | plan | A plan?
        select_multiple areas | areas | Where? | ${plan} = 'yes'
        begin_group | inner | | not(selected(${areas}, 'roads'))
        text | why | Why? | ${plan} != 'no'
        end_group
        """,
        AREAS,
    )
    routed = [q.universe.routed_past_by if q.universe else {} for q in questions(found)]
    assert routed == [{}, {"plan": ["no"]}, {"areas": ["roads"], "plan": ["no"]}]
    assert said(found, "instrument.unanswered-asked") == [
        "Who did not answer the question that a condition looks at counts as asked: areas."
    ]
    assert said(found, "instrument.universe-words")[0].endswith('from the labels: "A plan?: Yes".')


@pytest.mark.parametrize(
    "condition", ["selected(${areas}, 'roads')", "${n} > 3", "${plan} = 'yes' or ${n} = '1'", "true()"]
)
def test_a_condition_that_no_routing_can_say_is_named_and_the_question_is_kept(condition: str) -> None:
    found = form(
        f"""
        type | name | label | relevant
        select_one yn | plan | A plan?
        select_multiple areas | areas | Where?
        decimal | n | How many?
        text | why | Why? | {condition}
        """,
        AREAS,
    )
    assert said(found, "instrument.not-carried") == [f"Not carried over: the condition {condition} of why."]
    assert questions(found)[-1].universe is None


def test_a_filter_of_choices_is_carried_where_it_looks_at_no_answer() -> None:
    survey = """
        type | name | label | choice_filter
        select_one yn | plan | A plan?
        select_multiple areas | areas | Where? | wave = 'both'
        select_multiple areas | others | Where else? | wave = ${plan}
        """
    found = form(survey, AREAS)
    assert [[c.code for c in q.categories] for q in questions(found)[1:]] == [["roads"], ["roads", "parks"]]
    assert said(found, "instrument.not-carried") == [
        "Not carried over: the filter of choices wave = ${plan} of others."
    ]


def test_nothing_is_dropped_in_silence() -> None:
    found = form(
        """
        type | name | label | required | default | calculation | appearance | constraint | hint
        start | start
        integer | n | How many? | yes | 3 | | | . > 3
        note | thanks | Thank you
        calculate | total | | | | 1 + 1
        geopoint | place | Where?
        date | day | Which day? | | | | month-year
        begin_repeat | people | People
        text | name | Name
        end_repeat
        select_one yn | plan | A plan for ${n}?
        """,
        YES_NO,
    )
    assert said(found, "instrument.left-out") == [
        "Left out, as nothing that an instrument records: start (start).",
        "Left out, as nothing that an instrument records: thanks (note).",
        "Left out, as nothing that an instrument records: total (calculate).",
        "Left out, as nothing that an instrument records: place (geopoint).",
        "Left out, as nothing that an instrument records: people (answers that repeat).",
    ]
    assert sorted(said(found, "instrument.not-carried")) == sorted(
        f"Not carried over: {what}."
        for what in (
            "that it takes whole numbers of n",
            "that an answer is needed of n",
            "the value it begins with of n",
            "the constraint . > 3 of n",
            "that it takes dates of day",
            "the appearance month-year of day",
            "an earlier answer inside the text of plan",
        )
    )
    assert [q.variable for q in questions(found)] == ["n", "day", "plan"]


# -- what peers got wrong --------------------------------------------------------------------------------------------------


def test_one_question_in_two_languages_has_one_set_of_codes() -> None:
    # formbricks/formbricks#8441: a bilingual question became four categories.
    found = form(
        """
        type | name | label::English (en) | label::French (fr)
        select_one yn | plan | A plan? | Un plan ?
        """,
        """
        list_name | name | label::English (en) | label::French (fr)
        yn | yes | Yes | Oui
        yn | no | No | Non
        """,
        """
        default_language
        English (en)
        """,
    )
    assert found[0] is not None
    both = found[0].by_language
    assert {code: [c.code for c in held.sections[0].questions[0].categories] for code, held in both.items()} == {
        "en": ["yes", "no"],
        "fr": ["yes", "no"],
    }
    assert both["fr"].sections[0].questions[0].label == "Un plan ?"


def test_a_missing_cell_of_a_translation_is_named() -> None:
    # pyxform warns of a missing column, never of a missing cell, and shows "-".
    found = form(
        """
        type | name | label::English (en) | label::French (fr)
        text | a | First | Premier
        text | b | Second
        """
    )
    assert said(found, "instrument.untranslated") == ["No text in French (fr): b (label)."]


def test_a_bracket_that_is_never_closed_blocks() -> None:
    # pyxform takes it without Java.
    found = form(
        """
        type | name | label | relevant
        select_one yn | plan | A plan?
        text | why | Why? | (${plan} = 'yes'
        """,
        YES_NO,
    )
    assert found[0] is None
    assert [(f.code, f.at.line) for f in found[1]] == [("instrument.broken-condition", 3)]


def test_a_misspelt_name_in_a_condition_blocks() -> None:
    # SurveyJS hides such a question for ever, without a word.
    found = form(
        """
        type | name | label | relevant
        select_one yn | plan | A plan?
        text | why | Why? | ${plans} = 'yes'
        """,
        YES_NO,
    )
    assert [(f.code, f.at.line) for f in found[1]] == [("instrument.unreadable", 3)]
    assert "Could not find the name 'plans'" in found[1][0].found


def test_a_multiple_choice_whose_codes_have_spaces_is_refused_by_pyxform_and_by_us() -> None:
    found = form("type | name | label\nselect_multiple m | a | A?", "list_name | name | label\nm | two words | Two")
    assert [f.code for f in found[1]] == ["instrument.unreadable"]


def test_a_code_that_no_address_could_hold_blocks() -> None:
    found = form("type | name | label\nselect_one m | a | A?", "list_name | name | label\nm | a.b | Two")
    assert [(f.code, f.at.line) for f in found[1]] == [("programme.unsafe-id", 2)]


def test_quotation_marks_of_a_text_stay_as_they_were_written() -> None:
    # pyxform makes them straight.
    assert questions(form("type | name | label\ntext | a | The city’s “plan”"))[0].label == "The city’s “plan”"


# -- files nobody should open ----------------------------------------------------------------------------------------------


def test_a_workbook_that_declares_entities_or_is_none_is_not_opened() -> None:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    for content, problem in ((sink.getvalue(), "declares a document type"), (b"PK nothing", "it is no workbook")):
        found = read_xlsform("form.xlsx", content)
        assert found[0] is None
        assert problem in found[1][0].found


def test_a_workbook_that_unpacks_to_more_than_anybody_writes_is_not_opened() -> None:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(65_000_000))
    assert "larger than 64 MB" in read_xlsform("form.xlsx", sink.getvalue())[1][0].found


# -- what other programs will see ------------------------------------------------------------------------------------------


def test_what_other_programs_will_do_otherwise_is_said() -> None:
    categories = [CategoryEntry(code="a", label="A", help="An A"), CategoryEntry(code="b", label="B")]
    content = one(
        QuestionEntry(variable="goals", kind="ranked", label="G", cap=1, categories=categories),
        QuestionEntry(variable="areas", kind="multiple", label="A", cap=1, categories=categories),
    )
    findings = write_xlsform(Questionnaire(content, "en"), "1", "a.xlsx")[1]
    assert [f.code for f in findings] == ["instrument.beside", "instrument.beside", "instrument.stricter"]
    assert [f.found for f in findings] == [
        "In columns of our own, which other programs do not show: how many places of a ranking are asked for of goals.",
        "In columns of our own, which other programs do not show: the help texts of categories of goals, areas.",
        "Limits that only ask become rules that refuse an answer: areas.",
    ]


def test_a_name_that_no_form_can_have_blocks() -> None:
    content = one(QuestionEntry(variable="2nd", kind="text", label="Second"))
    findings = write_xlsform(Questionnaire(content, "en"), "1", "a.xlsx")[1]
    assert [finding.code for finding in findings] == ["instrument.not-writable"]
