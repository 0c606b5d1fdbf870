"""The change of a question between two waves: the units that answered both times beside everybody, and what parts them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from cityfolio.formatting import points
from cityfolio.narrative.composing import Speaker
from cityfolio.narrative.sentence import Run, Sentence, text
from cityfolio.profile.changed import notes_said
from cityfolio.profile.differences import is_told_in_points
from cityfolio.profile.programme_documents import ShareCell
from cityfolio.tabulate.changes import Refusal, WaveChange, Why
from cityfolio.tabulate.panel_facts import change_edition
from cityfolio.tabulate.verdicts import Word

if TYPE_CHECKING:
    from cityfolio.model.fact import Fact
    from cityfolio.model.variable import Variable

__all__ = ["ChangedCategory", "VariableChange", "WavePair", "variable_changes"]

CategoryOutcome: TypeAlias = "tuple[str, str, WaveChange | Refusal]"


@dataclass(frozen=True)
class WavePair:
    """Two waves that follow each other, and for each category (code, label) its change or why there is none."""

    earlier: str
    later: str
    categories: tuple[CategoryOutcome, ...]


@dataclass(frozen=True)
class ChangedCategory:
    """One category: the shares of all respondents and of the panel in both waves, and the difference, split.

    `total` is the difference between all respondents, `panel` what the units of the panel changed, `composition` what is due
    to who took part, all in points. Where a base is thin, cells have no per cent and the split is left out. `word` says that
    more or fewer of the panel gave the answer, where the method allows a word.
    """

    code: str
    label: str
    all_earlier: ShareCell
    all_later: ShareCell
    panel_earlier: ShareCell
    panel_later: ShareCell
    total: Sentence = ()
    panel: Sentence = ()
    composition: Sentence = ()
    word: Sentence = ()


@dataclass(frozen=True)
class VariableChange:
    """The change of one question between two waves. `refused` are sentences on what cannot be compared and why."""

    earlier: str
    later: str
    lead: Sentence
    rows: tuple[ChangedCategory, ...]
    thin: Sentence = ()
    notes: Sentence = ()
    refused: tuple[Sentence, ...] = ()


def variable_changes(variable: Variable, pairs: Sequence[WavePair], speaker: Speaker) -> tuple[VariableChange, ...]:
    """The change between each two waves, where there is anything to say."""
    found = (_change(variable, pair, speaker) for pair in pairs)
    return tuple(change for change in found if change.rows or change.refused)


def _change(variable: Variable, pair: WavePair, speaker: Speaker) -> VariableChange:
    counted = [(code, label, change) for code, label, change in pair.categories if isinstance(change, WaveChange)]
    names = {"earlier": text(pair.earlier), "later": text(pair.later)}
    rows = tuple(_row(variable, pair, code, label, change, speaker) for code, label, change in counted)
    lead = thin = None
    if counted:
        code, _, widest = max(counted, key=lambda one: one[2].matched)
        fact = _fact(variable, pair, code, "share_of_matched_later", speaker)
        panel = (
            (Run(speaker.grammar.number(widest.matched), fact.id, "base"),)
            if fact is not None
            else text(speaker.grammar.number(widest.matched))
        )
        names |= {"panel": panel}
        lead = speaker.phrase("panel.lead", **names)
        thin = speaker.phrase("panel.thin", **names) if widest.matched < speaker.thin_base else None
    noted = [(note, label) for _, label, change in counted for note in change.notes]
    notes = notes_said([note for note, _ in noted], [label for _, label in noted], speaker)
    refused = tuple(_refused(pair, speaker))
    return VariableChange(pair.earlier, pair.later, lead or (), rows, thin or (), notes, refused)


def _row(
    variable: Variable, pair: WavePair, code: str, label: str, change: WaveChange, speaker: Speaker
) -> ChangedCategory:
    def cell(measure: str) -> ShareCell:
        fact = _fact(variable, pair, code, measure, speaker)
        if fact is None or fact.base is None:
            return ShareCell("", None, None, None)
        of = fact.base.counted
        return ShareCell(fact.id, fact.numerator, of, fact.per_cent if of >= speaker.thin_base else None)

    def difference(measure: str) -> Sentence:
        fact = _fact(variable, pair, code, measure, speaker)
        if fact is None or fact.value is None or not is_told_in_points(fact, speaker):
            return ()
        return (Run(points(fact.value, speaker.grammar.number), fact.id, "value"),)

    is_thin = change.matched < speaker.thin_base
    return ChangedCategory(
        code,
        label,
        cell("share_earlier"),
        cell("share_later"),
        cell("share_of_matched_earlier"),
        cell("share_of_matched_later"),
        difference("change_all"),
        difference("change_matched"),
        difference("change_composition"),
        () if is_thin else _word(variable, pair, code, change, speaker),
    )


def _word(variable: Variable, pair: WavePair, code: str, change: WaveChange, speaker: Speaker) -> Sentence:
    """More, fewer or exactly as many of the panel; nothing where what is unknown could turn it round."""
    if change.panel_word is Word.UNDECIDED:
        return ()
    names: dict[str, Sentence] = {"earlier": text(pair.earlier), "later": text(pair.later)}
    for name in ("started", "stopped"):
        fact = _fact(variable, pair, code, f"share_{name}", speaker)
        if fact is not None:
            names[name] = (Run(speaker.grammar.number(fact.numerator or 0), fact.id, "numerator"),)
    return speaker.phrase(f"panel.{change.panel_word.value}", **names) or ()


def _refused(pair: WavePair, speaker: Speaker) -> Iterator[Sentence]:
    """Why categories have no change: breaks with what differs, then empty bases, each with the labels it concerns."""
    refused = [(label, change) for _, label, change in pair.categories if isinstance(change, Refusal)]
    broken = [(note, label) for label, change in refused if change.why is Why.SERIES_BREAK for note in change.notes]
    if broken:
        yield notes_said([note for note, _ in broken], [label for _, label in broken], speaker)
    names = {"earlier": text(pair.earlier), "later": text(pair.later)}
    for why in (Why.NOBODY_ANSWERED, Why.NOBODY_MATCHED):
        if any(change.why is why for _, change in refused):
            said = speaker.phrase(f"panel.{why.value}", **names)
            if said:
                yield said


def _fact(variable: Variable, pair: WavePair, code: str, measure: str, speaker: Speaker) -> Fact | None:
    return speaker.store.find(change_edition(pair.earlier, pair.later), variable.id, code, measure)
