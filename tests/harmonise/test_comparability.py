from __future__ import annotations

import pytest

from cityfolio.harmonise.comparability import Grade, NoteKind, comparability, comparability_along
from cityfolio.harmonise.crosswalk import Change, Crosswalk
from cityfolio.harmonise.question_notes import question_notes
from cityfolio.model.instrument import Instrument, Question, Routing, Section
from cityfolio.model.variable import Category, Kind, Variable
from tests.tabulate.surveys import WAVES, choice

AREAS = choice(
    "areas",
    {"water": WAVES, "roads": ["2018"], "rail": ["2018"], "none": ["2018"], "transport": ["2020"], "housing": ["2020"]},
)


def line(category: str, change: str, codes: tuple[str, ...] = (), grade: str = "comparable") -> Change:
    return Change("areas", category, change, grade, "as the report says", "confirmed", codes)


def found(category: str, *lines: Change) -> tuple[Grade, set[str], set[str], list[NoteKind]]:
    result = comparability(AREAS, category, Crosswalk("2018", "2020", lines))
    return result.grade, set(result.earlier_codes), set(result.later_codes), [note.kind for note in result.notes]


def test_a_category_that_nothing_is_said_about_stands_for_itself() -> None:
    assert found("water") == (Grade.COMPARABLE, {"water"}, {"water"}, [])


def test_a_reworded_category_is_compared_with_the_grade_that_is_declared() -> None:
    assert found("water", line("water", "reworded", grade="with care")) == (
        Grade.WITH_CARE,
        {"water"},
        {"water"},
        [NoteKind.REWORDED],
    )
    assert found("water", line("water", "reworded", grade="break")) == (Grade.BREAK, set(), set(), [NoteKind.REWORDED])


def test_a_merged_category_is_the_union_of_the_earlier_codes() -> None:
    merged = line("transport", "merged", ("roads", "rail"))
    assert found("transport", merged) == (Grade.COMPARABLE, {"roads", "rail"}, {"transport"}, [NoteKind.MERGED])


def test_a_part_of_a_merged_category_cannot_be_recomputed() -> None:
    merged = line("transport", "merged", ("roads", "rail"))
    assert found("rail", merged) == (Grade.BREAK, set(), set(), [NoteKind.PART_OF_MERGED])


def test_a_split_category_is_recombined_and_its_parts_are_refused() -> None:
    parts = choice("areas", {"transport": ["2018"], "roads": ["2020"], "rail": ["2020"]})
    split = Crosswalk("2018", "2020", (line("transport", "split", ("roads", "rail")),))
    whole = comparability(parts, "transport", split)
    assert (whole.grade, sorted(whole.later_codes), whole.is_recomputed) == (Grade.COMPARABLE, ["rail", "roads"], True)
    part = comparability(parts, "roads", split)
    assert (part.grade, [note.kind for note in part.notes]) == (Grade.BREAK, [NoteKind.PART_OF_SPLIT])


def test_a_merger_is_refused_without_its_codes_and_with_a_none_among_them() -> None:
    assert found("transport", line("transport", "merged"))[3] == [NoteKind.NOT_RECOMPUTABLE]
    exclusive = (Category("none", "None", ("2018",), exclusive=True), Category("rail", "Rail", ("2018",)))
    mixed = Variable("areas", Kind.MULTIPLE, "Areas", WAVES, (*exclusive, Category("other", "Other", ("2020",))))
    result = comparability(mixed, "other", Crosswalk("2018", "2020", (line("other", "merged", ("none", "rail")),)))
    assert (result.grade, result.notes[0].kind) == (Grade.BREAK, NoteKind.NOT_RECOMPUTABLE)


def test_what_only_one_wave_offered_is_a_break_even_if_the_crosswalk_forgets_it() -> None:
    assert found("housing") == (Grade.BREAK, set(), set(), [NoteKind.ADDED])
    assert found("roads") == (Grade.BREAK, set(), set(), [NoteKind.DROPPED])
    once = choice("once", {"yes": ["2018"]}, waves=["2018"])
    assert comparability(once, "yes", Crosswalk("2018", "2020", ())).notes[0].kind is NoteKind.QUESTION_DROPPED
    assert comparability(once, "yes", Crosswalk("2016", "2018", ())).notes[0].kind is NoteKind.QUESTION_ADDED


def test_a_break_of_the_whole_question_is_one_of_every_category() -> None:
    assert found("water", line("", "reworded", grade="break")) == (Grade.BREAK, set(), set(), [NoteKind.WORDING])


def test_over_three_waves_the_worst_grade_holds_and_a_merger_is_carried_on() -> None:
    areas = choice(
        "areas", {"roads": ["2018"], "rail": ["2018"], "transport": ["2020", "2022"]}, waves=[*WAVES, "2022"]
    )
    first = Crosswalk("2018", "2020", (line("transport", "merged", ("roads", "rail")),))
    then = Crosswalk("2020", "2022", (line("transport", "reworded", grade="with care"),))
    result = comparability_along(areas, "transport", [first, then])
    assert (result.grade, sorted(result.earlier_codes)) == (Grade.WITH_CARE, ["rail", "roads"])
    assert sorted(result.later_codes) == ["transport"]
    with pytest.raises(ValueError, match="follow each other"):
        comparability_along(areas, "transport", [then, first])


def test_the_notes_on_a_question_come_from_its_two_instruments() -> None:
    def instrument(wave: str, question: Question) -> Instrument:
        return Instrument(wave, wave, (Section("s", "S", (question,)),))

    earlier = Question("areas", Kind.MULTIPLE, "Areas", wording="Which areas?", cap=3)
    later = Question(
        "areas", Kind.MULTIPLE, "Areas", wording="Which policy areas?", own_words=True,
        routed_past_by=(Routing("strategy", ("no",)),),
    )  # fmt: skip
    pair = (instrument("2018", earlier), instrument("2020", later))
    notes = question_notes(*pair, "areas", Crosswalk("2018", "2020", ()))
    assert [note.kind for note in notes] == [NoteKind.WORDING, NoteKind.CAP, NoteKind.UNIVERSE, NoteKind.OWN_WORDS]
    assert {note.grade for note in notes} == {Grade.WITH_CARE}
    judged = question_notes(*pair, "areas", Crosswalk("2018", "2020", (line("", "reworded", grade="comparable"),)))
    assert {note.grade for note in judged} == {Grade.COMPARABLE}
