"""Notes on a whole question, derived by setting the instruments of two waves side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cityfolio.harmonise.comparability import DerivedNote, Grade, NoteKind

if TYPE_CHECKING:
    from cityfolio.harmonise.crosswalk import Crosswalk
    from cityfolio.model.instrument import Instrument, Question

__all__ = ["question_notes"]

_CALLED = {
    NoteKind.WORDING: "reworded",
    NoteKind.CAP: "recategorised",
    NoteKind.OWN_WORDS: "recategorised",
    NoteKind.UNIVERSE: "rerouted",
}


def question_notes(earlier: Instrument, later: Instrument, variable: str, crosswalk: Crosswalk) -> list[DerivedNote]:
    """What differs in how the two waves asked the question: its wording, cap, universe, and room for own words.

    Each is "with care" until a line of the crosswalk about the whole question says how far it matters. A question that
    one of the waves did not ask has no such notes.

    >>> from cityfolio.harmonise.crosswalk import Crosswalk
    >>> from cityfolio.model.instrument import Instrument, Question, Section
    >>> from cityfolio.model.variable import Kind
    >>> waves = [Instrument(wave, wave, (Section("s", "S", (Question("areas", Kind.MULTIPLE, "Areas", cap=cap),)),))
    ...          for wave, cap in (("2018", 3), ("2020", None))]
    >>> [note.kind.value for note in question_notes(*waves, "areas", Crosswalk("2018", "2020", ()))]
    ['cap']
    """
    one, other = earlier.questions.get(variable), later.questions.get(variable)
    if one is None or other is None:
        return []
    lines = [change for change in crosswalk.changes if change.variable == variable and not change.category]

    def note(kind: NoteKind) -> DerivedNote:
        # Where several lines are about the question, each speaks of its own change; the first speaks of what none is about.
        line = next((change for change in lines if change.change == _CALLED.get(kind)), lines[0] if lines else None)
        grade = Grade(line.comparability) if line else Grade.WITH_CARE
        return DerivedNote(kind, variable, "", earlier.wave, later.wave, grade, (), line.reason if line else "")

    return [note(kind) for kind in _differences(one, other)]


def _differences(one: Question, other: Question) -> list[NoteKind]:
    differs = {
        NoteKind.WORDING: one.wording != other.wording,
        NoteKind.CAP: one.cap != other.cap,
        # The words may be translated or corrected; who is routed past is what changes the universe.
        NoteKind.UNIVERSE: one.routed_past_by != other.routed_past_by,
        NoteKind.OWN_WORDS: one.own_words != other.own_words,
    }
    return [kind for kind, found in differs.items() if found]
