"""Names and labels in running English."""

from __future__ import annotations

import pytest

from cityfolio.narrative.composing import join
from cityfolio.narrative.grammar import English
from cityfolio.narrative.sentence import plain_text, text

ENGLISH = English()


@pytest.mark.parametrize(
    ("name", "possessive"),
    [
        ("Busan", "Busan's"),
        ("Athens", "Athens'"),
        ("Brussels", "Brussels'"),
        ("Buenos Aires", "Buenos Aires'"),
        ("Grand Rapids", "Grand Rapids'"),
        ("Wichita, KS", "Wichita, KS's"),
        ("Bend, OR", "Bend, OR's"),
        ("San José", "San José's"),
        ("부산", "부산's"),
    ],
)
def test_a_name_as_an_owner(name: str, possessive: str) -> None:
    assert ENGLISH.possessive(name) == possessive


@pytest.mark.parametrize(
    ("name", "subject"), [("Busan", "Busan"), ("Bend, OR", "Bend, OR,"), ("Be'er Sheva", "Be'er Sheva")]
)
def test_a_name_with_a_state_is_closed_by_a_comma(name: str, subject: str) -> None:
    assert ENGLISH.subject(name) == subject


@pytest.mark.parametrize(
    ("label", "in_text"),
    [
        ("Other public agencies", "other public agencies"),
        ("Transport/Mobility", "transport/mobility"),
        ("IT staff", "IT staff"),
        ("Academia/think tanks", "academia/think tanks"),
        ("", ""),
        ("교육", "교육"),
        ("A", "a"),
    ],
)
def test_a_label_inside_a_sentence(label: str, in_text: str) -> None:
    assert ENGLISH.in_text(label) == in_text


@pytest.mark.parametrize(
    ("items", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_a_running_list(items: list[str], said: str) -> None:
    assert plain_text(join([text(item) for item in items], ENGLISH.running_list(items))) == said
