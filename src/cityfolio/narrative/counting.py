"""What a reader of the numbers of a question must know: what is counted as which answer, and where its series breaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cityfolio.harmonise.breaks import breaks_within
from cityfolio.model.edition import Edition
from cityfolio.narrative.composing import Speaker, join
from cityfolio.narrative.sentence import plain_text, text

if TYPE_CHECKING:
    from cityfolio.model.variable import Variable

__all__ = ["ToldBreak", "breaks_told", "counting_of"]


@dataclass(frozen=True)
class ToldBreak:
    """A break between two waves in words. It concerns these categories, or without any the whole question."""

    earlier: str
    later: str
    categories: tuple[str, ...]
    said: str


def breaks_told(variable: Variable, speaker: Speaker, edition: Edition) -> tuple[ToldBreak, ...]:
    """The breaks between answers that an edition counts together, those of the categories of one question in one sentence."""
    found: dict[tuple[str, str, bool], list[str]] = {}
    for one in breaks_within(variable, edition):
        of_category = one.category in variable.by_code
        concerned = found.setdefault((one.earlier, one.later, of_category), [])
        concerned += [one.category] if of_category else []
    return tuple(
        ToldBreak(earlier, later, tuple(codes), _in_words(variable, speaker, earlier, later, codes))
        for (earlier, later, _), codes in found.items()
    )


def _in_words(variable: Variable, speaker: Speaker, earlier: str, later: str, codes: list[str]) -> str:
    names = {"earlier": text(earlier), "later": text(later)}
    labels = [variable.by_code[code].label for code in codes]
    if labels:
        names["labels"] = join([text(label) for label in labels], speaker.grammar.running_list(labels))
    return plain_text(speaker.phrase("counting.break_of" if labels else "counting.break", **names) or ())


def counting_of(variable: Variable, speaker: Speaker, edition: Edition | None = None) -> str:
    """The sentences on counting for an edition, or for all of them on one page, in the order in which they matter."""
    breaks = breaks_told(variable, speaker, edition or Edition("", variable.waves))
    return " ".join(filter(None, [variable.counting, *(one.said for one in breaks)]))
