"""The notes on wave differences follow from the instruments by themselves."""

from __future__ import annotations

from hypothesis import given

from cityfolio.harmonise.availability import wave_notes
from cityfolio.model.variable import Variable

from .answers import EDITIONS, variables


@given(variables())
def test_a_note_stands_for_exactly_the_categories_that_some_asking_waves_did_not_offer(variable: Variable) -> None:
    for edition in EDITIONS.values():
        asking = [wave for wave in edition.waves if wave in variable.waves]
        expected = {
            c.code
            for c in variable.categories
            if any(w in c.waves for w in asking) and any(w not in c.waves for w in asking)
        }
        notes = wave_notes(variable, edition)
        assert {note.category.code for note in notes} == expected
        for note in notes:
            assert sorted(note.offered + note.not_offered) == sorted(asking)
            assert set(note.offered) <= set(note.category.waves)
            assert not set(note.not_offered) & set(note.category.waves)


@given(variables())
def test_an_edition_of_one_wave_needs_no_notes(variable: Variable) -> None:
    assert wave_notes(variable, EDITIONS["w1"]) == []
