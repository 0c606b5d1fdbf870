"""Which columns go to protect a count: case by case, in tables small enough to be worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cityfolio.tabulate.disclosure.exchanges import Exchange, ranges
from cityfolio.tabulate.disclosure.protecting import withhold_more

Rows = Sequence[str]
"""Classes, each with the letters of the columns that it is counted in."""


def exchange(
    rows: Rows,
    holds: Sequence[int],
    may: Sequence[int],
    costs: Sequence[float],
    kinds: Sequence[int] = (),
    enough: int = 0,
) -> Exchange:
    letters = "ABCDEF"[: len(costs)]
    member = np.array([[letter in row for letter in letters] for row in rows], dtype=np.bool_)
    told = np.array(kinds or [0] * len(rows), dtype=np.int64)
    return Exchange(member, np.array(holds), np.array(may), np.array(costs, dtype=np.float64), told, enough)


def kept(table: Exchange, *targets: Sequence[int], last_resort: str = "") -> str:
    """The letters of the columns that stay; each target is a list of classes."""
    letters = "ABCDEF"[: table.member.shape[1]]
    wanted = np.zeros((len(targets), len(table.member)), dtype=np.bool_)
    for line, places in enumerate(targets):
        wanted[line, list(places)] = True
    last = np.array([letter in last_resort for letter in letters], dtype=np.bool_)
    stays = withhold_more(table, np.ones(len(letters), dtype=np.bool_), wanted, last)
    assert (ranges(table, stays, wanted) > 0).all() or last_resort
    return "".join(letter for letter, stay in zip(letters, stays, strict=True) if stay)


def test_the_pair_of_classes_that_the_cheapest_columns_tell_apart_comes_together() -> None:
    # Class 0 differs from class 1 by B (3), from class 2 by C (2).
    table = exchange(["AB", "A", "ABC"], [1, 1, 1], [3, 3, 3], [1, 3, 2])
    assert kept(table, [0]) == "AB"


def test_classes_whose_answers_cannot_be_exchanged_do_not_come_together() -> None:
    # Class 3 is counted as class 0 is, but in another wave.
    table = exchange(["AB", "A", "ABC", "AB"], [1, 1, 1, 1], [3, 3, 3, 3], [1, 3, 2], kinds=[0, 0, 0, 1])
    assert kept(table, [0]) == "AB"


def test_a_pair_needs_an_answer_and_somebody_without_it() -> None:
    # Nearest is a class in which, as in the target, nobody gave the answer; or everybody did.
    for holds in (0, 2):
        nearest = exchange(["AB", "A", "ABC"], [holds, 1, holds], [2, 2, 2], [1, 3, 2])
        assert kept(nearest, [0]) == "AC"
    # One answer between them is enough.
    assert kept(exchange(["AB", "A", "ABC"], [0, 1, 1], [2, 2, 2], [1, 3, 2]), [0]) == "AB"


def test_a_class_that_could_not_give_the_answer_is_nobody_to_exchange_with() -> None:
    assert kept(exchange(["AB", "A", "ABC"], [1, 1, 0], [3, 3, 0], [1, 3, 2]), [0]) == "AC"
    assert kept(exchange(["AB", "A", "ABC"], [1, 1, 0], [3, 3, 1], [1, 3, 2]), [0]) == "AB"


def test_where_nobody_is_to_exchange_with_the_cheapest_class_of_the_target_goes_as_a_whole() -> None:
    # The second class is the cheapest; the third could not answer, so that silence about it would protect nobody.
    table = exchange(["AD", "BD", "C", "E"], [2, 2, 0, 1], [2, 2, 0, 2], [9, 3, 1, 1, 1], kinds=[0, 0, 0, 1])
    assert kept(table, [0, 1, 2]) == "ACE"


def test_a_pair_that_costs_as_much_as_a_class_leaves_the_class_silent() -> None:
    # A apart from B costs 2 + 2, as silence about the target (two columns of 2) does.
    table = exchange(["AB", "CD"], [1, 1], [2, 2], [2, 2, 1, 1])
    assert kept(table, [0]) == "CD"
    equal = exchange(["AB", "AC"], [1, 1], [2, 2], [1, 2, 1])
    assert kept(equal, [0]) == "C"


def test_numbers_look_for_further_classes_until_there_are_enough() -> None:
    table = exchange(["A", "AB", "AC"], [1, 1, 2], [1, 1, 2], [9, 1, 2], enough=3)
    assert kept(table, [0]) == "A"
    assert kept(exchange(["A", "AB", "AC"], [1, 1, 2], [1, 1, 2], [9, 1, 2], enough=2), [0]) == "AC"


def crossed(may: int) -> tuple[Rows, list[int], list[int], list[float]]:
    """Of all (A) and of two kinds of groups that cross (B, C; D, E); no two classes are counted alike."""
    return ["ABD", "ABE", "ACD", "ACE"], [1, 2, 2, 1], [may] * 4, [1e7, 9, 9, 9, 9]


def test_one_further_count_is_enough_for_the_exact_audit() -> None:
    # Over 2 each, 1 and 2 can only be exchanged for 2 and 1.
    assert kept(exchange(*crossed(2)), [0], last_resort="ABCDE") == "ABCDE"


def test_after_one_target_that_the_audit_finds_safe_the_next_is_looked_at() -> None:
    rows, holds, may, costs = crossed(3)
    table = exchange([*rows, "F"], [*holds, 1], [*may, 3], [*costs, 5])
    assert kept(table, [0], [4], last_resort="ABCDEF") == "ABCDE"
