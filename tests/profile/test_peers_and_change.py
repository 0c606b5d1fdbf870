"""Units like one, and a unit in two waves: reasons that are true, the same at every build, nothing that may not be shown."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.programmes import EXAMPLE, ProgrammeFolder

from cityfolio.build.changing import wave_pairs
from cityfolio.build.content import Content, edition_of, in_language, make_content
from cityfolio.build.programme import Programme, load_programme
from cityfolio.model.answer import CodedAnswers
from cityfolio.model.edition import ALL, Edition
from cityfolio.model.fact import Base
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Kind, Variable
from cityfolio.narrative.sentence import plain_text
from cityfolio.profile.comparing_blocks import ChangesBlock, PeersBlock, PlaceBlock
from cityfolio.profile.document import ProfileDocument
from cityfolio.tabulate.facts import FactStore
from cityfolio.tabulate.features import features_of
from cityfolio.tabulate.nearest import Nearest
from cityfolio.tabulate.neighbours import Feature, Scaling, neighbours
from cityfolio.tabulate.places import place_facts

UNITS = tuple("abcdefgh")
NUMBERS = st.dictionaries(st.sampled_from(UNITS), st.integers(0, 6).map(Fraction), min_size=1)
SETS = st.dictionaries(st.sampled_from(UNITS), st.frozensets(st.sampled_from("xyz")), min_size=1)
WEIGHTS = st.sampled_from([Fraction(1), Fraction(2), Fraction(1, 3)])
FEATURES = st.one_of(
    st.builds(Feature, st.just("n"), st.just("t"), st.sampled_from([Scaling.NUMBER, Scaling.RANK]), NUMBERS, WEIGHTS),
    st.builds(Feature, st.just("s"), st.just("t"), st.just(Scaling.CHOICES), SETS, WEIGHTS),
    st.builds(Feature, st.just("s"), st.just("t"), st.just(Scaling.CHOICES), SETS, WEIGHTS, st.just(frozenset("b"))),
)


@pytest.fixture(scope="module")
def programme() -> Programme:
    return load_programme(EXAMPLE)


@pytest.fixture(scope="module")
def made(programme: Programme) -> Content:
    return make_content(programme, edition_of(programme, None), ())


@pytest.fixture(scope="module")
def profiles(made: Content) -> dict[str, ProfileDocument]:
    return {p.unit: p for p in made.site.profiles}


def peers_in(profile: ProfileDocument) -> PeersBlock:
    [block] = [b for section in profile.sections for b in section.blocks if isinstance(b, PeersBlock)]
    return block


@given(st.lists(FEATURES, min_size=1, max_size=4), st.sampled_from(UNITS), st.integers(1, 8), st.randoms())
def test_the_quick_way_finds_the_neighbours_that_the_exact_one_finds(
    features: list[Feature], unit: str, number: int, random: Random
) -> None:
    shuffled = random.sample(UNITS, len(UNITS))
    could_be = Nearest(tuple(features)).could_be(unit, shuffled, number)
    assert neighbours(unit, could_be, features, number) == neighbours(unit, UNITS, features, number)


def test_peers_do_not_depend_on_the_order_of_units_and_responses(
    programme: Programme, profiles: dict[str, ProfileDocument]
) -> None:
    answers = programme.answers
    units, responses = list(answers.units.items()), list(answers.responses)
    Random(7).shuffle(units)
    Random(8).shuffle(responses)
    shuffled = replace(programme, answers=CodedAnswers(dict(units), answers.variables, answers.waves, tuple(responses)))
    again = make_content(shuffled, edition_of(shuffled, None), ()).site.profiles
    assert {p.unit: peers_in(p) for p in again} == {unit: peers_in(p) for unit, p in profiles.items()}


def test_every_reason_is_true_of_both_units(programme: Programme, profiles: dict[str, ProfileDocument]) -> None:
    answers = programme.answers
    said = {
        "both with a formal innovation strategy": ("has_strategy", "yes"),
        "both without a formal innovation strategy": ("has_strategy", "no"),
        "both without a dedicated team": ("has_team", "no"),
        "both build capacity across the whole administration": ("approach", "holistic"),
        "the work on innovation sits in a department in both": ("team_location", "department"),
    }
    checked = 0
    for unit, profile in profiles.items():
        for peer in peers_in(profile).peers:
            reasons = plain_text(peer.reasons)
            assert reasons
            for words, (variable, code) in said.items():
                if words in reasons:
                    held = [answers.latest(one, ("2018", "2020")) for one in (unit, peer.unit)]
                    assert [code in r.answers[variable].codes for r in held if r is not None] == [True, True]
                    checked += 1
    assert checked > 100


def test_the_reasons_are_the_same_facts_in_every_language(
    programme: Programme, made: Content, profiles: dict[str, ProfileDocument]
) -> None:
    korean, store = in_language(programme, "ko"), made.store
    others = {p.unit: p for p in make_content(korean, edition_of(korean, None), (), store).site.profiles}
    answers, waves = programme.answers, ("2018", "2020")
    compared = 0
    for unit, profile in profiles.items():
        for peer, other in zip(peers_in(profile).peers, peers_in(others[unit]).peers, strict=True):
            assert peer.unit == other.unit
            one, two = answers.latest(unit, waves), answers.latest(peer.unit, waves)
            assert one is not None
            assert two is not None
            for variable, opening in (
                ("policy_areas", "both give priority to "),
                ("outcomes", "both want innovation to "),
            ):
                both = set(one.answers[variable].codes) & set(two.answers[variable].codes) - {"none"}
                if opening not in plain_text(peer.reasons):
                    continue
                rare = sorted(both, key=lambda code: (share_of(store, variable, code), code))[:2]
                for code in both:
                    for told, held in ((peer, programme), (other, korean)):
                        category = held.answers.variables[variable].by_code[code]
                        words = (category.in_text or category.label).casefold()
                        assert (words in plain_text(told.reasons).casefold()) == (code in rare)
                        compared += 1
    assert compared > 100


def share_of(store: FactStore, variable: str, code: str) -> Fraction:
    fact = store.find("2018-2020", variable, code)
    assert fact is not None
    assert fact.base is not None
    return Fraction(fact.numerator or 0, fact.base.counted)


def test_sizes_are_similar_only_within_the_factor(programme: Programme, profiles: dict[str, ProfileDocument]) -> None:
    found = 0
    for profile in profiles.values():
        for peer in peers_in(profile).peers:
            if "similar size" in plain_text(peer.reasons):
                own, theirs = (float(run.text.replace(",", "")) for run in peer.reasons if run.fact)
                assert max(own, theirs) <= 1.5 * min(own, theirs)
                found += 1
    assert found


def test_a_practice_is_what_the_peers_do_and_the_unit_does_not(
    programme: Programme, profiles: dict[str, ProfileDocument]
) -> None:
    answers = programme.answers
    for unit, profile in profiles.items():
        for practice in peers_in(profile).practices:
            own = answers.latest(unit, ("2018", "2020"))
            assert own is not None
            assert own.answers[practice.variable].missing is None
            assert practice.category not in own.answers[practice.variable].codes
            for one in practice.units:
                held = answers.by_unit[one.unit][one.wave]
                assert practice.category in held.answers[practice.variable].codes


def test_the_text_of_an_editor_is_evidence_of_a_practice(profiles: dict[str, ProfileDocument]) -> None:
    of_busan = {
        (one.section, one.evidence)
        for profile in profiles.values()
        for practice in peers_in(profile).practices
        for one in practice.units
        if one.unit == "busan-kor"
    }
    assert of_busan == {("spotlight", "Spotlight")}


def test_answers_that_are_not_released_or_personal_are_compared_by_nothing(programme: Programme) -> None:
    answers = programme.answers
    variables = {
        **answers.variables,
        "approach": replace(answers.variables["approach"], released=False),
        "has_team": replace(answers.variables["has_team"], personal=True),
    }
    changed = replace(answers, variables=variables)
    features = features_of(changed, edition_of(programme, None), ["approach", "has_team", "has_strategy"])
    assert [feature.id for feature in features] == ["has_strategy"]
    assert wave_pairs(programme, variables["approach"]) == wave_pairs(programme, variables["has_team"]) == ()


def test_a_unit_that_has_nothing_in_common_with_any_other_is_told_so(small: ProgrammeFolder) -> None:
    # Birch alone says "no": it can be compared, and there is no reason to call anybody like it.
    peers = "      - {kind: peers, title: Cities like this one, compare_by: [has_plan]}\n"
    small.swap("profile.yml", "    blocks:\n", f"    blocks:\n{peers}")
    programme = load_programme(small.path)
    made = {p.unit: peers_in(p) for p in make_content(programme, edition_of(programme, None), ()).site.profiles}
    assert {unit: [peer.unit for peer in block.peers] for unit, block in made.items()} == {
        "alder-aa": ["cedar-bb"],
        "birch-aa": [],
        "cedar-bb": ["alder-aa"],
    }
    assert plain_text(made["birch-aa"].lead) == "Nothing on record says which cities are like Birch."


def test_peers_and_changes_without_a_title_stand_under_that_of_their_section(
    small: ProgrammeFolder, tmp_path: Path
) -> None:
    blocks = "      - {kind: peers, compare_by: [has_plan]}\n      - {kind: changes}\n"
    small.swap("profile.yml", "    blocks:\n", f"    blocks:\n{blocks}")
    small.build(tmp_path / "site")
    page = (tmp_path / "site" / "cities" / "alder-aa" / "index.html").read_text("utf-8")
    assert "<h3></h3>" not in page
    assert 'role="region" aria-label="Plan"' in page


def test_types_are_a_hard_filter(example: ProgrammeFolder) -> None:
    example.swap("profile.yml", "        practices: [", "        same: continent\n        practices: [")
    changed = load_programme(example.path)
    for profile in make_content(changed, edition_of(changed, None), ()).site.profiles:
        own = changed.answers.units[profile.unit].attribute("continent")
        assert {changed.answers.units[p.unit].attribute("continent") for p in peers_in(profile).peers} <= {own}


def changes_of(profile: ProfileDocument) -> ChangesBlock | None:
    blocks = [b for section in profile.sections for b in section.blocks if isinstance(b, ChangesBlock)]
    return blocks[0] if blocks else None


def test_only_a_unit_that_answered_twice_has_changed(profiles: dict[str, ProfileDocument]) -> None:
    assert {unit for unit, p in profiles.items() if changes_of(p)} == {
        unit for unit, p in profiles.items() if len(p.waves) > 1
    }


def test_what_changed_in_seattle_stands_with_both_answers(profiles: dict[str, ProfileDocument]) -> None:
    block = changes_of(profiles["seattle-us"])
    assert block is not None
    rows = {
        row.variable: ([plain_text(a) for a in row.then], [plain_text(a) for a in row.now], row.verdict)
        for row in block.rows
    }
    assert rows["has_strategy"] == (["No"], ["Yes"], "changed")
    assert rows["has_team"] == (["Dedicated team or staff"], ["Dedicated team or staff"], "same")
    assert rows["policy_areas"] == (["Transport/Mobility", "Housing"], ["not on record"], "one_sided")
    assert rows["team_staff"] == (["8"], ["10"], "changed")


def test_an_answer_that_one_wave_did_not_offer_is_not_compared(example: ProgrammeFolder) -> None:
    for wave, activity in (("2018", "launch_project"), ("2020", "training_staff")):
        example.set_cell(f"responses/{wave}.csv", "seattle-us", "has_funding", "yes")
        example.set_cell(f"responses/{wave}.csv", "seattle-us", "funded_activities", activity)
    changed = load_programme(example.path)
    site = make_content(changed, edition_of(changed, None), ()).site
    [profile] = [p for p in site.profiles if p.unit == "seattle-us"]
    block = changes_of(profile)
    assert block is not None
    [row] = [row for row in block.rows if row.variable == "funded_activities"]
    assert row.verdict == "not_comparable"
    assert plain_text(row.note) == (
        "Training staff and building capacity: could not be chosen in 2018."
        " Launching or sustaining a project: could no longer be chosen in 2020."
    )


STAFF = Variable("staff", Kind.NUMBER, "Staff", ("2020",))


@given(NUMBERS)
def test_a_place_counts_the_larger_numbers(numbers: dict[str, Fraction]) -> None:
    facts = {f.id: f for f in place_facts(STAFF, Edition("2020", ("2020",)), numbers, {}, {})}
    if len(numbers) < 2:
        assert facts == {}
    for unit, number in numbers.items() if len(numbers) > 1 else ():
        others = sorted(n for other, n in numbers.items() if other != unit)
        middle = len(others) // 2
        median = others[middle] if len(others) % 2 else (others[middle - 1] + others[middle]) / 2
        found = [facts[f"2020.staff._.unit:{unit}.{m}"].value for m in ("place", "place_tied", "median_of_others")]
        assert found == [1 + sum(n > number for n in others), sum(n == number for n in others), float(median)]


def test_a_place_is_among_units_of_the_same_type() -> None:
    numbers = {"a": Fraction(9), "b": Fraction(6), "c": Fraction(3), "d": Fraction(1)}
    types = {"a": "city", "b": "city", "c": "county", "d": ""}
    facts = {f.id: f.value for f in place_facts(STAFF, Edition("2020", ("2020",)), numbers, {}, types, "type")}
    assert {name: value for name, value in facts.items() if name.endswith(".place")} == {
        "2020.staff.type.unit:a.place": 1.0, "2020.staff.type.unit:b.place": 2.0,
    }  # fmt: skip


def test_a_place_says_who_has_none_and_why() -> None:
    numbers = {"a": Fraction(9), "b": Fraction(6)}
    gaps = {"c": Missing.IN_WORDS, "d": Missing.IN_WORDS, "e": Missing.NOT_ON_RECORD, "f": Missing.IN_WORDS}
    types = dict.fromkeys("abcde", "city") | {"f": "county"}
    bases = {f.id: f.base for f in place_facts(STAFF, Edition("2020", ("2020",)), numbers, gaps, types, "type")}
    excluded = {Missing.IN_WORDS: 2, Missing.NOT_ON_RECORD: 1}
    assert bases["2020.staff.type.unit:a.place"] == Base(2, excluded)
    assert bases["2020.staff.type.unit:a.median_of_others"] == Base(1, excluded)


def test_the_place_of_a_number_says_its_base_and_the_threshold(profiles: dict[str, ProfileDocument]) -> None:
    blocks = [b for section in profiles["seattle-us"].sections for b in section.blocks if isinstance(b, PlaceBlock)]
    assert [plain_text(sentence) for sentence in blocks[0].sentences] == [
        "With 10, Seattle shares place 3 with 5 more among the 35 cities that gave a number, counted from the highest.",
        "That is above the median of the other 34, 5.5; a difference of up to 2 would count as similar.",
        "Without a place: 6 that answered in words, not with a number; the numbers they mean may be higher.",
    ]


def test_who_answered_in_words_has_no_place(profiles: dict[str, ProfileDocument]) -> None:
    blocks = [b for section in profiles["seoul-kor"].sections for b in section.blocks if isinstance(b, PlaceBlock)]
    assert [plain_text(sentence) for sentence in blocks[0].sentences] == [
        "Seoul answered in words, not with a number, and so has no place among those that gave one.",
    ]


def test_behind_a_change_stand_the_units_that_its_numbers_count(made: Content) -> None:
    facts_by_id = {fact.id: fact for fact in made.store}
    compared, of_groups = 0, 0
    for page in made.site.facts:
        blocks = [block for s in page.sections if "-to-" in page.edition for block in s.blocks]
        for block in blocks:
            named = {said: set(units) for said, units in block.names}
            stayed = named.get("Gave this answer both times", set())
            started = named.get("Gave it only the later time", set())
            stopped = named.get("Gave it only the earlier time", set())
            facts = {facts_by_id[line.fact].key.measure: facts_by_id[line.fact] for line in block.lines}
            for measure, units in (
                ("share_started", started),
                ("share_stopped", stopped),
                ("share_of_matched_earlier", stayed | stopped),
                ("share_of_matched_later", stayed | started),
            ):
                if block.label and measure not in facts:
                    continue  # of a group only the shares of the panel
                fact = facts[measure]
                assert fact.base is not None
                numbers = (fact.numerator, fact.base.counted)
                assert (fact.id, numbers) == (fact.id, (len(units), len(set().union(*named.values()))))
                compared += 1
                of_groups += fact.key.group != ALL
    assert compared - of_groups > 100
    assert of_groups > 100


@pytest.mark.parametrize("thin_base", [2, 10])
def test_the_page_of_a_question_and_that_of_its_facts_tell_the_same_differences(
    programme: Programme, made: Content, thin_base: int
) -> None:
    # The plan says how facts are told, not which there are.
    other = replace(programme, plan=replace(programme.plan, thin_base=thin_base))
    told_so = make_content(other, edition_of(other, None), (), made.store)
    on_facts = {
        (page.edition, page.variable, section.code, line.fact.rpartition(".")[2]): plain_text(line.sum)
        for page in told_so.site.facts
        for section in page.sections
        for block in section.blocks
        for line in block.lines
        if ".change_" in line.fact
    }
    told, untold = 0, 0
    for document in told_so.site.variables:
        for change in document.changes:
            for row in change.rows:
                said = {"change_all": row.total, "change_matched": row.panel, "change_composition": row.composition}
                for measure, points in said.items():
                    on_page = on_facts[f"{change.earlier}-to-{change.later}", document.variable, row.code, measure]
                    if points:
                        assert on_page.startswith(f"{plain_text(points)} (of ")
                        told += 1
                    else:
                        assert on_page.startswith("not told in points")
                        untold += 1
    assert (told > 0) or thin_base > 2
    assert (untold > 0) or thin_base < 10
