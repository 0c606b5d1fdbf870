"""Edges of comparability and editions: whole notes, three waves, and answers of any wave, untested until mutated."""

from __future__ import annotations

import pytest

from cityfolio.harmonise.availability import WaveNote, wave_notes
from cityfolio.harmonise.comparability import (
    Comparability,
    DerivedNote,
    Grade,
    NoteKind,
    comparability,
    comparability_along,
)
from cityfolio.harmonise.crosswalk import Change, Crosswalk
from cityfolio.harmonise.editions import EditionRule, Held, answer_of, answers_for, held_answers
from cityfolio.harmonise.question_notes import question_notes
from cityfolio.model.answer import Answer, CodedAnswers, Response
from cityfolio.model.edition import Edition
from cityfolio.model.instrument import Instrument, Question, Section
from cityfolio.model.missing import Missing
from cityfolio.model.unit import Unit
from cityfolio.model.variable import Category, Kind, Variable
from tests.tabulate.surveys import POOLED, WAVES, choice

THREE = ("2018", "2020", "2022")
NONE: frozenset[str] = frozenset()


def line(category: str, change: str, codes: tuple[str, ...] = (), grade: str = "comparable") -> Change:
    return Change("areas", category, change, grade, "as the report says", "confirmed", codes)


def note(
    kind: NoteKind, category: str, grade: Grade, codes: tuple[str, ...] = (), reason: str = "as the report says"
) -> DerivedNote:
    return DerivedNote(kind, "areas", category, *WAVES, grade, codes, reason)


def found(variable: Variable, category: str, *lines: Change) -> Comparability:
    return comparability(variable, category, Crosswalk(*WAVES, lines))


def test_every_note_names_variable_category_waves_codes_and_the_reason_of_the_crosswalk() -> None:
    areas = choice("areas", {"roads": ["2018"], "rail": ["2018"], "transport": ["2020"], "water": WAVES})
    codes = ("roads", "rail")
    merged = line("transport", "merged", codes, "with care")
    assert found(areas, "transport", merged) == Comparability(
        Grade.WITH_CARE,
        frozenset(codes),
        frozenset({"transport"}),
        (note(NoteKind.MERGED, "transport", Grade.WITH_CARE, codes),),
    )
    assert found(areas, "rail", merged).notes == (note(NoteKind.PART_OF_MERGED, "rail", Grade.BREAK, codes),)
    assert found(areas, "transport", line("transport", "merged")).notes == (
        note(NoteKind.NOT_RECOMPUTABLE, "transport", Grade.BREAK),
    )
    assert found(areas, "roads").notes == (note(NoteKind.DROPPED, "roads", Grade.BREAK, reason=""),)
    assert found(areas, "water", line("water", "reworded")).notes == (
        note(NoteKind.REWORDED, "water", Grade.COMPARABLE),
    )


def test_a_split_keeps_its_kind_and_a_category_split_off_itself_is_the_whole() -> None:
    areas = choice("areas", {"transport": WAVES, "rail": ["2020"]})
    split = line("transport", "split", ("transport", "rail"))
    assert found(areas, "transport", split) == Comparability(
        Grade.COMPARABLE,
        frozenset({"transport"}),
        frozenset({"transport", "rail"}),
        (note(NoteKind.SPLIT, "transport", Grade.COMPARABLE, ("transport", "rail")),),
    )


AREAS = choice(
    "areas",
    {"water": THREE, "roads": ["2018"], "rail": ["2018"], "transport": ["2020", "2022"], "bus": ["2020"]},
    waves=THREE,
)


def along(category: str, first: tuple[Change, ...], then: tuple[Change, ...]) -> Comparability:
    crosswalks = [Crosswalk("2018", "2020", first), Crosswalk("2020", "2022", then)]
    return comparability_along(AREAS, category, crosswalks)


def test_over_three_waves_the_notes_of_every_step_are_kept_and_the_codes_are_those_of_the_ends() -> None:
    merged = line("transport", "merged", ("roads", "rail"))
    reworded = line("transport", "reworded", grade="with care")
    assert along("transport", (merged,), (reworded,)) == Comparability(
        Grade.WITH_CARE,
        frozenset({"roads", "rail"}),
        frozenset({"transport"}),
        (
            note(NoteKind.MERGED, "transport", Grade.COMPARABLE, ("roads", "rail")),
            DerivedNote(
                NoteKind.REWORDED, "areas", "transport", "2020", "2022", Grade.WITH_CARE, (), "as the report says"
            ),
        ),
    )
    assert along("water", (), ()) == Comparability(Grade.COMPARABLE, frozenset({"water"}), frozenset({"water"}))


def test_a_break_in_one_step_is_one_of_the_whole_series_with_its_notes() -> None:
    assert along("roads", (), ()).grade is Grade.BREAK
    broken = along("water", (line("water", "reworded", grade="break"),), ())
    assert broken == Comparability(Grade.BREAK, NONE, NONE, (note(NoteKind.REWORDED, "water", Grade.BREAK),))


TWICE = DerivedNote(NoteKind.NOT_RECOMPUTABLE, "areas", "goods", "2018", "2022", Grade.BREAK)


def test_two_steps_that_each_recompute_a_category_need_a_crosswalk_of_their_own() -> None:
    goods = choice("areas", {"goods": THREE, "ships": THREE, "lorries": THREE}, waves=THREE)
    split, merged = line("goods", "split", ("ships", "lorries")), line("goods", "merged", ("ships", "lorries"))
    steps = [Crosswalk("2018", "2020", (split,)), Crosswalk("2020", "2022", (merged,))]
    twice = comparability_along(goods, "goods", steps)
    assert (twice.grade, twice.earlier_codes, twice.later_codes, twice.notes[-1]) == (Grade.BREAK, NONE, NONE, TWICE)


def test_what_is_merged_only_in_the_last_step_is_not_carried_back() -> None:
    goods = choice("areas", {"goods": THREE, "ships": THREE, "lorries": THREE}, waves=THREE)
    merged = line("goods", "merged", ("ships", "lorries"))
    steps = [Crosswalk("2018", "2020", ()), Crosswalk("2020", "2022", (merged,))]
    late = comparability_along(goods, "goods", steps)
    assert (late.grade, late.notes[-1], len(late.notes)) == (Grade.BREAK, TWICE, 2)


def test_one_crosswalk_is_a_series_and_none_is_not() -> None:
    one = Crosswalk("2018", "2020", (line("transport", "merged", ("roads", "rail")),))
    assert comparability_along(AREAS, "transport", [one]) == comparability(AREAS, "transport", one)
    assert (
        comparability_along(AREAS, "water", [Crosswalk("2018", "2020", ()), Crosswalk("2020", "2022", ())]).notes == ()
    )
    with pytest.raises(ValueError, match="follow each other"):
        comparability_along(AREAS, "water", [])


def instrument(wave: str, *questions: Question) -> Instrument:
    return Instrument(wave, wave, (Section("s", "S", questions),))


EARLIER = instrument("2018", Question("areas", Kind.MULTIPLE, "Areas", wording="Which?"))
LATER = instrument(
    "2020", Question("areas", Kind.MULTIPLE, "Areas", wording="Which areas?"), Question("new", Kind.TEXT, "N")
)


def test_a_note_on_a_question_is_whole_and_takes_its_reason_from_the_line_about_the_question() -> None:
    unjudged = DerivedNote(NoteKind.WORDING, "areas", "", "2018", "2020", Grade.WITH_CARE)
    others = (line("water", "reworded", grade="break"), Change("new", "", "added", "break", "new", "confirmed"))
    assert question_notes(EARLIER, LATER, "areas", Crosswalk(*WAVES, others)) == [unjudged]
    judged = question_notes(EARLIER, LATER, "areas", Crosswalk(*WAVES, (*others, line("", "reworded"))))
    assert judged == [note(NoteKind.WORDING, "", Grade.COMPARABLE)]


def test_a_question_of_one_wave_alone_has_no_notes_of_this_kind() -> None:
    nothing = Crosswalk(*WAVES, ())
    assert question_notes(EARLIER, LATER, "new", nothing) == question_notes(LATER, EARLIER, "new", nothing) == []


def test_an_answer_that_is_not_there_was_not_asked_or_is_not_on_record() -> None:
    response = Response("delft", "2018", {"plan": Answer(1, ("yes",))})
    assert answer_of(response, "plan", ()) == Answer(1, ("yes",))
    assert answer_of(response, "goals", ("2018",)) == Answer.without(Missing.NOT_ON_RECORD)
    assert answer_of(response, "goals", ("2020",)) == Answer.without(Missing.NOT_ASKED)


def said(*answers: tuple[str, Answer | None], asked: tuple[str, ...] = THREE) -> CodedAnswers:
    plan = Variable("plan", Kind.SINGLE, "Plan", asked, (Category("yes", "Yes", THREE),))
    responses = tuple(Response("delft", wave, {"plan": one} if one else {}) for wave, one in answers)
    return CodedAnswers({"delft": Unit("delft", "Delft", "Delft")}, {"plan": plan}, THREE, responses)


EVERY = Edition("all", THREE)
LATEST = EditionRule.LATEST_ANSWER
YES, REFUSED, UNASKED = Answer(1, ("yes",)), Answer.without(Missing.REFUSED), Answer.without(Missing.NOT_ASKED)


def test_without_any_answer_the_latest_wave_that_asked_gives_the_reason_or_else_the_latest_wave() -> None:
    only_first = said(("2018", REFUSED), ("2020", None), ("2022", None), asked=("2018",))
    assert held_answers(only_first, EVERY, "plan", LATEST) == {"delft": Held("2018", REFUSED)}
    never = said(("2018", None), ("2020", None), ("2022", None), asked=())
    assert held_answers(never, EVERY, "plan", LATEST) == {"delft": Held("2022", UNASKED)}
    lost = said(("2018", YES), ("2020", None))
    assert held_answers(lost, POOLED, "plan") == {"delft": Held("2020", Answer.without(Missing.NOT_ON_RECORD))}


def test_the_answers_for_an_edition_are_one_response_per_unit_with_units_and_waves_as_they_were() -> None:
    answers = said(("2018", YES), ("2020", REFUSED))
    plan = answers.variables["plan"]
    latest = Edition("latest", WAVES, rule=LATEST)
    assert answers_for(answers, latest, plan) == CodedAnswers(
        answers.units, {"plan": plan}, THREE, (Response("delft", "2018", {"plan": YES}),)
    )
    assert answers_for(answers, EVERY, plan) is answers


def test_a_category_that_a_wave_of_the_edition_did_not_offer_has_a_note_naming_both() -> None:
    funds = choice("funds", {"own": THREE, "grants": ["2020"], "loans": ["2022"]}, waves=("2018", "2020"))
    own, grants, loans = funds.categories
    assert wave_notes(funds, EVERY) == [WaveNote(grants, ("2020",), ("2018",))]
    assert wave_notes(funds, Edition("2020", ("2020",))) == []
    assert (own.code, loans.code) == ("own", "loans")
