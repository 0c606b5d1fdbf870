"""Words in another language than their page are marked, whatever signs they begin with, and nothing else is."""

from __future__ import annotations

from html import escape

from hypothesis import given
from hypothesis import strategies as st

from cityfolio.narrative.sentence import ForeignRun, Run
from cityfolio.site.fact_links import linked_sentence
from cityfolio.site.marking import marked

WORDS = st.sampled_from(["Busan", "부산", "B", "a b", "&c", "<d>", "'e'", '"f"', "]g", "-h", "^i", "\\d", "10 %", "&"])


@given(st.frozensets(WORDS, max_size=5), st.lists(st.tuples(WORDS, st.sampled_from(["", " ", "\n"])), max_size=8))
def test_every_text_that_is_foreign_is_marked_and_no_other(
    foreign: frozenset[str], texts: list[tuple[str, str]]
) -> None:
    page = "".join(f"<p>{around}{escape(text)}{around}</p>" for text, around in texts)
    wanted = "".join(
        f'<p>{around}<bdi lang="en" dir="ltr">{escape(text)}</bdi>{around}</p>'
        if text in foreign
        else f"<p>{around}{escape(text)}{around}</p>"
        for text, around in texts
    )
    assert marked(page, foreign, "en") == wanted


@given(WORDS)
def test_where_no_element_may_stand_a_text_stays_as_it_is(text: str) -> None:
    page = f"<title>{escape(text)}</title><svg><text>{escape(text)}</text></svg><bdi>{escape(text)}</bdi>"
    assert marked(page, {text}, "en") == page


def test_a_sentence_in_another_language_runs_in_its_direction_whatever_name_it_begins_with() -> None:
    # The first strong letter is Arabic, the sentence is French: its full stop belongs at the right.
    sentence = (ForeignRun("نواكشوط a un plan.", language="fr"),)
    assert linked_sentence(sentence) == '<bdi lang="fr" dir="ltr">نواكشوط a un plan.</bdi>'


def test_a_phrase_in_another_language_is_marked_within_its_sentence() -> None:
    sentence = (Run("Lyon a un plan, "), ForeignRun("as do ", language="en"), ForeignRun("4", language="en"), Run("."))
    assert linked_sentence(sentence) == 'Lyon a un plan, <bdi lang="en" dir="ltr">as do 4</bdi>.'
