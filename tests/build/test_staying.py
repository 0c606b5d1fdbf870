"""Helpers that stay: what they answer, what nobody waits for, and what happens when they are gone."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from fractions import Fraction

import pytest

from cityfolio.build.at_once import can_fork
from cityfolio.build.staying import HelperLostError, Helping, Staying, begun

pytestmark = pytest.mark.skipif(not can_fork(), reason="there is one core, or no fork")

Helper = Staying[str, "Fraction | Unreadable"]


class Unreadable:
    """Something that can be sent, and not be read."""

    def __reduce__(self) -> tuple[type[int], tuple[str]]:
        return int, ("no number",)


def made(wanted: str) -> Fraction | Unreadable:
    """What the helper makes of a word: a fraction, an error, or something that cannot be read."""
    return Unreadable() if wanted == "unreadable" else Fraction(wanted)


@pytest.fixture
def helper() -> Iterator[Helper]:
    begun_now = begun(made)
    yield begun_now
    begun_now.end()


def test_what_goes_wrong_in_a_helper_goes_wrong_where_it_was_asked(helper: Helper) -> None:
    with pytest.raises(ZeroDivisionError):
        helper.told("1/0")
    assert helper.told("1/2") == Fraction(1, 2)


def test_an_answer_that_nobody_waited_for_is_not_taken_for_the_next_one(helper: Helper) -> None:
    with helper.asked("1/3"):
        pass
    assert helper.told("1/2") == Fraction(1, 2)


def test_what_went_wrong_here_is_told_and_not_what_went_wrong_there_meanwhile(helper: Helper) -> None:
    with pytest.raises(KeyError, match="here"), helper.asked("1/0"):
        raise KeyError("here")
    assert helper.told("1/2") == Fraction(1, 2)


def test_a_helper_that_is_gone_is_told_to_those_alone_who_wait(helper: Helper) -> None:
    os.kill(helper.process, signal.SIGKILL)
    with helper.asked("1/3"):
        pass
    with pytest.raises(HelperLostError):
        helper.told("1/2")
    with helper.asked("1/2") as answer:
        assert Helping(answer).result(lambda: Fraction(3)) == Fraction(3)


def test_an_answer_that_cannot_be_read_is_a_fault_of_ours_and_not_hushed_up(helper: Helper) -> None:
    with pytest.raises(ValueError, match="no number"), helper.asked("unreadable"):
        pass
