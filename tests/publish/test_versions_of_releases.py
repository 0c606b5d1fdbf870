"""What a version says: each kind of change takes it as far as the promise of the version allows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityfolio.profile.surroundings import Moved
from cityfolio.publish.release.change_log import number_changes
from cityfolio.publish.release.judging import REASONS, judged
from cityfolio.publish.release.state import AppliedCorrection, CodedVariable, Comparison, FactRow, ReleaseState
from cityfolio.publish.release.versions import Level, Version

PLAN = CodedVariable("single", ("2022", "2024"), ("yes", "no"), described="Is there a plan?")
SHARE = FactRow("2024", "plan", "all", "responses", "", ("1", "2", "0.5"))
LINE = Comparison("2022", "2024", "plan", "", "reworded", "comparable")
BEFORE = ReleaseState(
    {"plan": PLAN},
    {"2024.plan.yes.all.share": SHARE, "2024.plan.no.all.share": SHARE},
    {"alder": {"unit": "alder", "name": "Alder"}, "birch": {"unit": "birch", "name": "Birch"}},
    {("alder", "2024"): {"unit": "alder", "plan": "yes"}, ("birch", "2024"): {"unit": "birch", "plan": "no"}},
    (LINE,),
    {"2022": ("2022",), "2024": ("2024",)},
)
MOVED = replace(SHARE, numbers=("2", "2", "1"))
CASES = {
    "variable-gone": replace(BEFORE, variables={}),
    "category-gone": replace(BEFORE, variables={"plan": replace(PLAN, categories=("yes",))}),
    "kind-changed": replace(BEFORE, variables={"plan": replace(PLAN, kind="multiple")}),
    "unit-gone": replace(BEFORE, units={"alder": BEFORE.units["alder"]}),
    "id-moved": replace(
        BEFORE,
        units={"alder": BEFORE.units["alder"], "beech": {"unit": "beech", "name": "Birch"}},
        responses={
            ("alder", "2024"): BEFORE.responses["alder", "2024"],
            ("beech", "2024"): {"unit": "beech", "plan": "no"},
        },
        moved=(Moved("unit", "birch", "beech"), Moved("unit", "older", "alder")),
    ),
    "comparison-broken": replace(BEFORE, comparisons=(LINE._replace(comparability="break"),)),
    "fact-gone": replace(BEFORE, facts={"2024.plan.yes.all.share": SHARE}),
    "wave-added": replace(BEFORE, variables={"plan": replace(PLAN, waves=("2022", "2024", "2026"))}),
    "variable-added": replace(BEFORE, variables={"plan": PLAN, "budget": PLAN}),
    "category-added": replace(BEFORE, variables={"plan": replace(PLAN, categories=("yes", "no", "drafted"))}),
    "unit-added": replace(BEFORE, units={**BEFORE.units, "cedar": {"unit": "cedar", "name": "Cedar"}}),
    "response-added": replace(BEFORE, responses={**BEFORE.responses, ("alder", "2022"): {"unit": "alder"}}),
    "response-gone": replace(BEFORE, responses={("alder", "2024"): BEFORE.responses["alder", "2024"]}),
    "answer-changed": replace(
        BEFORE, responses={**BEFORE.responses, ("birch", "2024"): {"unit": "birch", "plan": "yes"}}
    ),
    "answer-corrected": replace(
        BEFORE,
        responses={**BEFORE.responses, ("birch", "2024"): {"unit": "birch", "plan": "yes"}},
        corrections=(AppliedCorrection("birch", "2024", "plan", "", "", "no", "yes", "2026-05-20", "It has one."),),
    ),
    "comparison-changed": replace(BEFORE, comparisons=(LINE._replace(comparability="with care"),)),
    "question-changed": replace(BEFORE, variables={"plan": replace(PLAN, described="Has the city a plan?")}),
    "fact-added": replace(BEFORE, facts={**BEFORE.facts, "2024.plan._.all.answered": SHARE}),
    "fact-changed": replace(BEFORE, facts={**BEFORE.facts, "2024.plan.yes.all.share": MOVED}),
    "texts": BEFORE,
}


@pytest.mark.parametrize("code", REASONS)
def test_each_change_is_named_and_takes_the_version_as_far_as_it_must(code: str) -> None:
    found = judged(BEFORE, CASES[code])
    assert [reason.code for reason in found.reasons] == [code]
    assert found.level is REASONS[code][0]


def test_the_lines_that_a_new_wave_brings_are_no_break_of_what_was() -> None:
    after = replace(
        BEFORE,
        variables={"plan": replace(PLAN, waves=("2022", "2024", "2026"))},
        comparisons=(LINE, Comparison("2024", "2026", "plan", "", "reworded", "break")),
    )
    assert judged(BEFORE, after).level is Level.MINOR


def test_many_names_are_cut_and_counted() -> None:
    after = replace(BEFORE, units={**BEFORE.units, **{f"elm-{n}": {"unit": f"elm-{n}"} for n in range(7)}})
    assert judged(BEFORE, after).reasons[0].words == (
        "A unit is new on the list: elm-0, elm-1, elm-2, elm-3, elm-4 and 2 more."
    )


CAUSED = {
    "edition-changed": ({"editions": {"2022": ("2022",)}}, "the edition takes other waves"),
    "responses-added": ({"responses": {**BEFORE.responses, ("cedar", "2024"): {}}}, "responses are new"),
    "responses-gone": ({"responses": {("alder", "2024"): {}}}, "responses are gone"),
    "question-changed": ({"variables": {"plan": replace(PLAN, described="?")}}, "the instrument changed"),
    "crosswalk-changed": ({"comparisons": ()}, "the crosswalk changed"),
    "elsewhere": ({}, "rules of the programme, other questions or answers that are not released changed"),
}


@pytest.mark.parametrize("cause", CAUSED)
def test_the_change_log_says_why_a_number_moved(cause: str) -> None:
    changed, words = CAUSED[cause]
    after = replace(BEFORE, **changed, facts={**BEFORE.facts, "2024.plan.yes.all.share": MOVED})  # type: ignore[arg-type]
    (change,) = number_changes(BEFORE, after)
    assert (change.why, change.difference) == (words, 0.5)


def test_a_group_moves_with_what_is_on_record_about_units_and_a_published_figure_by_itself() -> None:
    facts = {
        "2024.plan.yes.country:a.share": replace(SHARE, group="country:a"),
        "published.x": replace(SHARE, source="published"),
    }
    before = replace(BEFORE, facts=facts)
    after = replace(
        BEFORE,
        facts={name: replace(fact, numbers=("2", "2", "1")) for name, fact in facts.items()},
        units={**BEFORE.units, "alder": {"unit": "alder", "name": "Elder"}},
    )
    assert [change.causes for change in number_changes(before, after)] == [("units-changed",), ("published",)]


def test_a_new_wave_in_an_edition_is_named_before_its_responses() -> None:
    pooled = replace(SHARE, edition="all")
    before = replace(BEFORE, facts={"all.plan.yes.all.share": pooled}, editions={"all": ("2022", "2024")})
    after = replace(
        before,
        variables={"plan": replace(PLAN, waves=("2022", "2024", "2026"))},
        facts={"all.plan.yes.all.share": replace(pooled, numbers=("2", "3", "0.667"))},
        responses={**BEFORE.responses, ("alder", "2026"): {"unit": "alder", "plan": "yes"}},
        editions={"all": ("2022", "2024", "2026")},
    )
    (change,) = number_changes(before, after)
    assert change.causes[:2] == ("wave-added", "edition-changed")
    assert "responses-added" not in change.causes


def test_what_is_withheld_now_is_not_said_again() -> None:
    hidden = replace(SHARE, numbers=("", "", ""), withheld="minimum_base")
    after = replace(BEFORE, facts={**BEFORE.facts, "2024.plan.yes.all.share": hidden})
    (change,) = number_changes(BEFORE, after)
    assert (change.before, change.after, change.causes) == (("", "", ""), ("", "", ""), ("withheld",))


@given(st.builds(Version, *[st.integers(0, 99)] * 3), st.sampled_from(Level))
def test_the_next_version_is_higher_and_reads_as_it_is_written(version: Version, level: Level) -> None:
    assert version.after(level) > version
    assert Version.read(str(version)) == version
