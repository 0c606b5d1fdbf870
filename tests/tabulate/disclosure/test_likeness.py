"""k-anonymity and l-diversity: what counts as alike, and what is said where nobody is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cityfolio.tabulate.disclosure.likeness import Likeness, likeness

rows = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), max_size=12)


@given(rows, st.integers(0, 4))
def test_it_is_what_comparing_every_response_with_every_other_gives(known: list[tuple[str, str]], minimum: int) -> None:
    alike = [known.count(one) for one in known]
    found = likeness(["2024"], known, minimum=minimum)
    assert (found.responses, found.kinds, found.smallest) == (len(known), len(set(known)), min(alike, default=0))
    assert (found.unique, found.few) == (alike.count(1), sum(number < minimum for number in alike))


@given(rows, st.data())
def test_diversity_is_the_fewest_different_answers_among_those_alike(
    known: list[tuple[str, str]], data: st.DataObject
) -> None:
    said = data.draw(st.lists(st.sampled_from(["yes", "no"]), min_size=len(known), max_size=len(known)))
    expected = min((len({s for k, s in zip(known, said, strict=True) if k == one}) for one in known), default=0)
    assert likeness(["2024"], known, {"trust": said}).diversity == {"trust": expected}


def test_where_nobody_answered_nobody_is_alike() -> None:
    assert likeness(["2024"], []) == Likeness(("2024",), 0, 0, 0, 0, 0)
