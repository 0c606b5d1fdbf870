"""What changed between two instruments: the cases that trackers and their tools have got wrong are named one by one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cityfolio.harmonise.comparability import comparability
from cityfolio.harmonise.crosswalk import Change, ChangeEntry, Crosswalk
from cityfolio.harmonise.drafting import draft_crosswalk
from cityfolio.instrument.codebook import make_codebook
from cityfolio.instrument.comparing import instrument_differences
from cityfolio.model.instrument import Choice, Instrument, Question, Routing, Section
from cityfolio.model.variable import Kind


def question(variable: str, wording: str = "", categories: str = "", kind: Kind = Kind.SINGLE) -> Question:
    """A question; `categories` are written `code=Label` with semicolons between."""
    choices = [part.strip().split("=") for part in categories.split(";") if part.strip()]
    return Question(variable, kind, variable, wording, choices=tuple(Choice(code, label) for code, label in choices))


def wave(name: str, *questions: Question) -> Instrument:
    return Instrument(name, name, (Section("all", "All", questions),))


def lines(earlier: list[Question], later: list[Question]) -> list[str]:
    """The differences as `variable.category change: state`."""
    found = instrument_differences(wave("2018", *earlier), wave("2020", *later))
    return [f"{one.name} {one.change}: {one.state}" for one in found]


PLAN = question("plan", "Does the city have a plan for its trees?", "yes=Yes; no=No")
AREAS = question("areas", "In which areas does the city act?", "a=Roads; b=Housing; c=Health", Kind.MULTIPLE)


def test_equal_instruments_have_no_differences() -> None:
    assert lines([PLAN, AREAS], [PLAN, AREAS]) == []


# -- ten changes between waves that give makers of trackers fits (info.crunch.io/conquering-survey-trackers) ---------------


def test_crunch_1_question_10_is_numbered_9_and_the_old_9_is_retired() -> None:
    q9 = question("q9", "How many people work on innovation?", kind=Kind.NUMBER)
    q10 = question("q10", "What is the yearly budget for innovation?", kind=Kind.NUMBER)
    renumbered = replace(q10, variable="q9", label="q9")
    assert lines([q9, q10], [renumbered]) == ["q9 reworded: needs confirmation", "q10 dropped: automatic"]
    found = instrument_differences(wave("2018", q9, q10), wave("2020", renumbered))[0]
    assert (found.code, found.facts["other"], found.rule.comparability) == ("question.taken-over", "q10", "break")


def test_crunch_2_a_new_option_gets_a_code_that_had_another_meaning() -> None:
    later = replace(AREAS, choices=(*AREAS.choices[:2], Choice("c", "Culture and sport")))
    assert lines([AREAS], [later]) == ["areas.c recategorised: needs confirmation"]


def test_crunch_3_an_existing_option_gets_a_new_code() -> None:
    later = replace(AREAS, choices=(*AREAS.choices[:2], Choice("health", "Health")))
    assert lines([AREAS], [later]) == ["areas.health merged: needs confirmation", "areas.c dropped: automatic"]


def test_crunch_3_once_confirmed_the_new_code_is_compared_with_the_old_one() -> None:
    later = replace(AREAS, choices=(*AREAS.choices[:2], Choice("health", "Health")))
    waves = (wave("2018", AREAS), wave("2020", later))
    line = draft_crosswalk(*waves).changes[0].model_copy(update={"state": "confirmed"})
    change = Change(line.variable, line.category, line.change, line.comparability, line.reason, line.state, ("c",))
    found = comparability(make_codebook(waves)["areas"], "health", Crosswalk("2018", "2020", (change,)))
    assert (found.earlier_codes, found.later_codes) == (frozenset({"c"}), frozenset({"health"}))
    assert [(one.category, one.change) for one in draft_crosswalk(*waves, [line]).changes] == [("health", "merged")]


def test_crunch_4_another_vendor_renames_everything_and_nothing_is_settled_by_itself() -> None:
    renamed = [
        question("v1", "Does the city have a plan for its trees?", "1=Yes; 2=No"),
        question("v2", "In which areas does the city act?", "1=Roads; 2=Housing; 3=Health", Kind.MULTIPLE),
    ]
    assert lines([PLAN, AREAS], renamed) == [
        "v1 added: needs confirmation",
        "v2 added: needs confirmation",
        "plan dropped: needs confirmation",
        "areas dropped: needs confirmation",
    ]


def test_crunch_5_codes_are_written_as_words_instead_of_numbers() -> None:
    figures = question("trust", "How much?", "1=Low; 2=Some; 3=High", Kind.SCALE)
    words = question("trust", "How much?", "one=Low; two=Some; three=High", Kind.SCALE)
    found = instrument_differences(wave("2018", figures), wave("2020", words))
    assert [(one.category, one.codes) for one in found if one.needs_confirmation] == [
        ("one", ("1",)),
        ("two", ("2",)),
        ("three", ("3",)),
    ]


def test_crunch_6_a_scale_is_reversed() -> None:
    scale = question("trust", "How much?", "1=Low; 2=Some; 3=High", Kind.SCALE)
    reversed_scale = question("trust", "How much?", "1=High; 2=Some; 3=Low", Kind.SCALE)
    assert lines([scale], [reversed_scale]) == [
        "trust.1 recategorised: needs confirmation",
        "trust.3 recategorised: needs confirmation",
    ]
    scored = replace(scale, choices=tuple(replace(c, score=float(c.code)) for c in scale.choices))
    turned = replace(scale, choices=tuple(replace(c, score=4 - float(c.code)) for c in scale.choices))
    assert lines([scored], [turned]) == [
        "trust.1 recategorised: needs confirmation",
        "trust.3 recategorised: needs confirmation",
    ]


def test_crunch_7_counting_begins_at_zero() -> None:
    from_one = question("trust", "How much?", "1=Low; 2=Some; 3=High", Kind.SCALE)
    from_zero = question("trust", "How much?", "0=Low; 1=Some; 2=High", Kind.SCALE)
    found = instrument_differences(wave("2018", from_one), wave("2020", from_zero))
    assert all(one.needs_confirmation for one in found if one.change != "dropped")
    assert [(one.category, one.code) for one in found] == [
        ("0", "category.recoded"),
        ("1", "category.taken-over"),
        ("2", "category.taken-over"),
        ("3", "category.dropped"),
    ]


def test_crunch_8_finland_is_find_land() -> None:
    before = question("country", "Which country?", "fi=Finland; se=Sweden")
    after = question("country", "Which country?", "fi=Find Land; se=Sweden")
    assert lines([before], [after]) == ["country.fi reworded: needs confirmation"]


def test_crunch_9_a_question_is_dropped() -> None:
    assert lines([PLAN, AREAS], [PLAN]) == ["areas dropped: automatic"]


def test_crunch_10_a_question_is_built_in_another_way() -> None:
    assert lines([AREAS], [replace(AREAS, kind=Kind.SINGLE)]) == ["areas recategorised: needs confirmation"]


# -- what other peers got wrong --------------------------------------------------------------------------------------------


def test_a_reused_question_id_is_asked_about() -> None:
    # cmu-delphi/delphi-epidata#830: V2a came to ask something else.
    before = question("v2a", "How many vaccine doses have you had?", kind=Kind.NUMBER)
    after = question("v2a", "Which brand was it?", kind=Kind.NUMBER)
    found = instrument_differences(wave("2018", before), wave("2020", after))
    assert [(one.code, one.rule.comparability, one.state) for one in found] == [
        ("question.rewritten", "break", "needs confirmation")
    ]


def test_options_in_another_order_keep_their_meaning() -> None:
    # Wazimap-NG and Open SDG know options by their position.
    assert lines([AREAS], [replace(AREAS, choices=AREAS.choices[::-1])]) == ["areas moved: automatic"]


def test_a_removed_option_stays_in_the_codebook() -> None:
    # kobotoolbox/kpi#2089: cells shifted under wrong headers once an option was taken out.
    waves = (wave("2018", AREAS), wave("2020", replace(AREAS, choices=AREAS.choices[1:])))
    assert lines([AREAS], [waves[1].questions["areas"]]) == ["areas.a dropped: automatic"]
    assert set(make_codebook(waves)["areas"].by_code) == {"a", "b", "c"}


def test_a_renamed_option_is_not_taken_for_a_dropped_and_an_added_one() -> None:
    # Tools that store labels made two categories of one (formbricks/formbricks#8441).
    later = replace(AREAS, choices=(replace(AREAS.choices[0], label="Roads and streets"), *AREAS.choices[1:]))
    assert lines([AREAS], [later]) == ["areas.a reworded: needs confirmation"]


def test_the_four_notes_of_council_scorecards_follow_from_the_instruments() -> None:
    # CAPE types them by hand: maximum changed; question changed; new; whom it was for differs.
    capped = replace(AREAS, cap=2)
    other_words = replace(PLAN, wording="Does the city have a plan for its street trees?")
    routed = replace(capped, routed_past_by=(Routing("plan", ("no",)),), universe="Cities with a plan")
    new = question("budget", "What is the budget?", kind=Kind.NUMBER)
    assert lines([PLAN, AREAS], [other_words, routed, new]) == [
        "plan reworded: needs confirmation",
        "areas recategorised: needs confirmation",
        "areas rerouted: needs confirmation",
        "budget added: automatic",
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Human-centered design", "Human-Centered  Design", "automatic"),
        ("Mayor's office", "Mayor’s office.", "automatic"),
        ("Very satisfied", "Very dissatisfied", "needs confirmation"),
        ("Land use/zoning", "Land use", "needs confirmation"),
    ],
)
def test_only_spelling_is_settled_without_a_person(before: str, after: str, expected: str) -> None:
    earlier, later = question("q", "Q?", f"a={before}"), question("q", "Q?", f"a={after}")
    assert lines([earlier], [later]) == [f"q.a reworded: {expected}"]


def test_a_merger_and_a_split_are_suggested_by_their_words() -> None:
    wide = question("areas", "Which?", "t=Transport and housing", Kind.MULTIPLE)
    narrow = question("areas", "Which?", "a=Transport; b=Housing", Kind.MULTIPLE)
    assert lines([narrow], [wide])[0] == "areas.t merged: needs confirmation"
    assert lines([wide], [narrow])[-1] == "areas.t split: needs confirmation"
    assert instrument_differences(wave("2018", narrow), wave("2020", wide))[0].codes == ("a", "b")


def test_of_questions_in_another_order_only_those_that_moved_are_named() -> None:
    asked = [question(name, f"What about {name * 4}?") for name in "abcde"]
    assert lines(asked, [asked[4], *asked[:4]]) == ["e moved: automatic"]


def test_a_question_in_another_section_has_moved_and_a_renamed_section_moves_nothing() -> None:
    one = Instrument("2018", "", (Section("a", "Trees", (PLAN,)), Section("b", "Areas", (AREAS,))))
    renamed = Instrument("2020", "", (Section("a", "Our trees", (PLAN,)), Section("b2", "Areas", (AREAS,))))
    moved = Instrument("2020", "", (Section("a", "Trees", (PLAN, AREAS)),))
    assert instrument_differences(one, renamed) == []
    assert [found.name for found in instrument_differences(one, moved)] == ["areas"]


def test_ranges_own_words_exclusive_answers_and_help_texts_are_compared() -> None:
    number = replace(question("n", "How many?", kind=Kind.NUMBER), lowest=0.0)
    found = instrument_differences(wave("2018", number, AREAS), wave("2020", replace(number, lowest=1.0), _changed()))
    assert [one.code for one in found] == [
        "question.range",
        "question.help",
        "question.own-words",
        "category.help",
        "category.exclusive",
    ]
    assert found[0].reason == "It took numbers from 0 in 2018, and numbers from 1 in 2020."


def _changed() -> Question:
    changed = (replace(AREAS.choices[0], help="Streets too"), replace(AREAS.choices[1], exclusive=True))
    return replace(AREAS, help="Up to two.", own_words=True, choices=(*changed, *AREAS.choices[2:]))


# -- drafts ----------------------------------------------------------------------------------------------------------------


def test_a_confirmed_line_stays_and_what_changes_later_is_asked_about() -> None:
    before, after = wave("2018", PLAN), wave("2020", replace(PLAN, wording="Is there a plan for trees in the city?"))
    settled = ChangeEntry(variable="plan", change="reworded", comparability="break", reason="Ours.", state="confirmed")
    assert draft_crosswalk(before, after, [settled]).changes == [settled]
    capped = wave("2020", replace(after.questions["plan"], cap=1))
    assert [(line.change, line.state) for line in draft_crosswalk(before, capped, [settled]).changes] == [
        ("reworded", "confirmed"),
        ("recategorised", "needs confirmation"),
    ]


def test_a_line_that_nobody_confirmed_goes_with_its_difference() -> None:
    stale = ChangeEntry(variable="plan", change="reworded", reason="Old.", state="needs confirmation")
    assert draft_crosswalk(wave("2018", PLAN), wave("2020", PLAN), [stale]).changes == []
