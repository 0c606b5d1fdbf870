"""What several releases of one question give away together, held against trying every possible answer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from cityfolio.harmonise.editions import Held
from cityfolio.model.answer import Answer
from cityfolio.model.edition import Edition, Group
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Kind, Variable
from cityfolio.tabulate.disclosure.across import Exposed, Tables, exposed_across
from cityfolio.tabulate.disclosure.crowd import Column
from cityfolio.tabulate.disclosure.rules import DisclosureRule
from tests.tabulate.surveys import choice

EDITION = Edition("2018", ("2018",))
CODES = ("a", "b", "c")
SINGLE = choice("goals", {code: ["2018"] for code in CODES}, Kind.SINGLE, waves=["2018"])
MULTIPLE = choice("areas", {code: ["2018"] for code in CODES}, waves=["2018"])
RULE = DisclosureRule(minimum_base=2, minimum_numerator=2)
Said = Mapping[str, tuple[str, ...] | None]
"""The codes that each unit chose; None where it did not answer."""


def tables(
    name: str, variable: Variable, said: Said, hidden: Collection[str] = (), groups: Mapping[str, str] | None = None
) -> Tables:
    def answer(codes: tuple[str, ...] | None) -> Answer:
        if codes is None:
            return Answer.without(Missing.NOT_ON_RECORD)
        return Answer(sum(variable.bits[code] for code in codes), codes)

    held = {unit: Held("2018", answer(codes)) for unit, codes in said.items()}

    def groups_of(unit: str, wave: str) -> tuple[Group, ...]:
        return (Group("region", groups[unit]),) if groups else ()

    def shows(answer: str, column: Column) -> bool:
        assert column.edition == "2018"
        return answer not in hidden and f"{column.group.id}.{answer}" not in hidden

    return Tables(name, {EDITION: held}, groups_of, shows)


def number_of(found: list[Exposed]) -> dict[str, int]:
    return {one.answer: one.number for one in found}


def brute(
    variable: Variable, first: Said, second: Said, hidden: tuple[Collection[str], Collection[str]]
) -> dict[str, int]:
    """The same by trying every answer that everybody could have given, with the groups of units written down by hand."""
    names = [(u, s) for said in (first, second) for u, s in said.items()]
    people = sorted({f"{unit}/{said}": said for unit, said in names}.items(), key=lambda one: one[0])
    inside = [[who in {f"{u}/{s}" for u, s in said.items()} for who, _ in people] for said in (first, second)]
    one, other = inside
    sets = {
        tuple(picked)
        for picked in (
            one, other,
            [x and not y for x, y in zip(one, other, strict=True)],
            [y and not x for x, y in zip(one, other, strict=True)],
            [x and y for x, y in zip(one, other, strict=True)],
        )
    }  # fmt: skip
    truth = [said for _, said in people]

    def possible(answered: bool) -> Iterator[tuple[str, ...]]:
        if not answered:
            yield ()
        elif variable.kind is Kind.SINGLE:
            yield from ((code,) for code in CODES)
        else:
            for ticks in product((False, True), repeat=len(CODES)):
                yield tuple(code for code, tick in zip(CODES, ticks, strict=True) if tick)

    worlds = [list(world) for world in product(*(list(possible(said is not None)) for said in truth))]

    def count(world: list[tuple[str, ...]], picked: Collection[bool], code: str) -> int:
        return sum(code in said for said, yes in zip(world, picked, strict=True) if yes)

    def consistent(releases: int) -> list[list[tuple[str, ...]]]:
        real = [said or () for said in truth]
        told = [(inside[r], code) for r in range(releases) for code in CODES if code not in hidden[r]]
        return [w for w in worlds if all(count(w, s, code) == count(real, s, code) for s, code in told)]

    both, before = consistent(2), consistent(1)
    found = {}
    for code in CODES:
        number = 0
        for picked in sets:
            base = sum(said is not None for said, yes in zip(truth, picked, strict=True) if yes)
            true = count([said or () for said in truth], picked, code)
            if true and RULE.hides_count(true, base):
                certain = len({count(world, picked, code) for world in both}) == 1
                number += certain and len({count(world, picked, code) for world in before}) > 1
        if number:
            found[code] = number
    return found


UNITS = ("u1", "u2", "u3", "u4")
one_code = st.sampled_from([(code,) for code in CODES])
some_codes = st.sampled_from([(), ("a",), ("b",), ("a", "b"), ("a", "b", "c")])


@st.composite
def releases(draw: st.DrawFn, said: st.SearchStrategy[tuple[str, ...]]) -> tuple[Said, Said]:
    """Answers at the first release, and at the second: some are new, some are gone, one may be another."""
    first = draw(st.dictionaries(st.sampled_from(UNITS), said | st.none(), min_size=1, max_size=3))
    second = {unit: codes for unit, codes in first.items() if draw(st.integers(0, 4))}
    second |= draw(st.dictionaries(st.sampled_from(UNITS), said, max_size=1))
    return first, second


masks = st.tuples(*[st.sets(st.sampled_from(CODES), max_size=3)] * 2)


@settings(max_examples=60, deadline=None)
@given(releases(one_code), masks)
def test_of_one_answer_all_answers_are_looked_at_together(
    said: tuple[Said, Said], hidden: tuple[set[str], set[str]]
) -> None:
    first, second = (tables(str(n), SINGLE, said[n], hidden[n]) for n in range(2))
    assert number_of(exposed_across(SINGLE, [first], second, RULE, 1000)) == brute(SINGLE, *said, hidden)


@settings(max_examples=40, deadline=None)
@given(releases(some_codes), masks)
def test_of_several_answers_each_is_looked_at_by_itself(
    said: tuple[Said, Said], hidden: tuple[set[str], set[str]]
) -> None:
    first, second = (tables(str(n), MULTIPLE, said[n], hidden[n]) for n in range(2))
    assert number_of(exposed_across(MULTIPLE, [first], second, RULE, 1000)) == brute(MULTIPLE, *said, hidden)


MANY: Said = {f"u{n}": (("a",) if n < 1 else ("b",) if n < 6 else ("c",),)[0] for n in range(14)}


def test_what_each_release_hides_behind_another_answer_follows_from_both() -> None:
    """Behind b in the first and behind c in the second: what is left of the base is a."""
    first, second = tables("1", SINGLE, MANY, ("a", "b")), tables("2", SINGLE, MANY, ("a", "c"))
    assert exposed_across(SINGLE, [first], second, RULE) == [Exposed("a", 1)]
    assert exposed_across(SINGLE, [first], tables("2", SINGLE, MANY, ("a", "b")), RULE) == []


def test_what_an_earlier_release_gave_away_by_itself_is_not_counted_again() -> None:
    shown = tables("1", SINGLE, MANY)
    assert exposed_across(SINGLE, [shown], tables("2", SINGLE, MANY), RULE) == []


def test_without_a_rule_or_an_earlier_release_there_is_nothing_to_find() -> None:
    first, second = tables("1", SINGLE, MANY, ("a", "b")), tables("2", SINGLE, MANY)
    assert exposed_across(SINGLE, [first], second, DisclosureRule()) == []
    assert exposed_across(SINGLE, [], second, RULE) == []
    assert exposed_across(SINGLE, [tables("1", SINGLE, {})], tables("2", SINGLE, {}), RULE) == []


def test_a_unit_that_moves_to_another_group_is_taken_as_another() -> None:
    said: Said = {f"u{n}": ("a",) if n % 2 else ("b",) for n in range(8)}
    before = {unit: "north" if int(unit[1:]) < 4 else "south" for unit in said}
    after = before | {"u3": "south"}
    first, second = tables("1", MULTIPLE, said, (), before), tables("2", MULTIPLE, said, (), after)
    # The north with and without it differ by one answer; with the same groups nothing does.
    assert number_of(exposed_across(MULTIPLE, [first], second, RULE))["a"] >= 1
    assert exposed_across(MULTIPLE, [first], tables("2", MULTIPLE, said, (), before), RULE) == []


NUMBER = Variable("bribes", Kind.NUMBER, "Bribes", ("2018",))


def numbers(name: str, held: Mapping[str, float], *, shown: bool = True) -> Tables:
    answers = {unit: Held("2018", Answer(0, number=number)) for unit, number in held.items()}
    return Tables(name, {EDITION: answers}, lambda _unit, _wave: (), lambda _answer, _column: shown)


def test_the_sum_of_one_new_number_is_that_number() -> None:
    rule = DisclosureRule(minimum_base=3)
    held = {f"u{n}": float(n) for n in range(6)}
    more = held | {"v1": 7.0}
    first = numbers("1", held)
    assert exposed_across(NUMBER, [first], numbers("2", more), rule) == [Exposed("", 1)]
    assert exposed_across(NUMBER, [first], numbers("2", more, shown=False), rule) == []
    assert exposed_across(NUMBER, [first], numbers("2", more | {"v2": 8.0, "v3": 9.0}), rule) == []
    # A number that is another is another response: then it is the old one and the new one that are exposed.
    assert exposed_across(NUMBER, [first], numbers("2", held | {"u1": 100.0}), rule) == [Exposed("", 1)]


def test_numbers_of_a_small_group_hide_among_enough_others() -> None:
    rule = DisclosureRule(minimum_base=3)
    answers = {f"u{n}": Held("2018", Answer(0, number=float(n))) for n in range(8)}

    def groups_of(unit: str, _wave: str) -> tuple[Group, ...]:
        return (Group("region", "south" if unit in ("u0", "u1") else "north"),)

    def of_all(_answer: str, column: Column) -> bool:
        return column.group.id == "all"

    first, second = (Tables(name, {EDITION: answers}, groups_of, of_all) for name in "12")
    assert exposed_across(NUMBER, [first], second, rule) == []
    # With the north beside all, what is left is the south.
    told = Tables("2", {EDITION: answers}, groups_of, lambda _answer, column: column.group.key != "south")
    assert exposed_across(NUMBER, [first], told, rule) == [Exposed("", 1)]
