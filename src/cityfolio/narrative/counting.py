"""What a reader of the numbers of a question must know: what is counted as which answer, and where its series breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cityfolio.harmonise.breaks import breaks_within
from cityfolio.model.edition import Edition
from cityfolio.narrative.composing import Speaker, join
from cityfolio.narrative.sentence import plain_text, text

if TYPE_CHECKING:
    from cityfolio.model.variable import Variable

__all__ = ["counting_of"]


def counting_of(variable: Variable, speaker: Speaker, edition: Edition | None = None) -> str:
    """The sentences on counting for an edition, or for all of them on one page, in the order in which they matter."""
    pooled: dict[tuple[str, str], list[str]] = {}
    for one in breaks_within(variable, edition or Edition("", variable.waves)):
        concerned = pooled.setdefault((one.earlier, one.later), [])
        concerned += [variable.by_code[one.category].label] if one.category in variable.by_code else []
    said = [variable.counting] if variable.counting else []
    for (earlier, later), labels in pooled.items():
        names = {"earlier": text(earlier), "later": text(later)}
        if labels:
            names["labels"] = join([text(label) for label in labels], speaker.grammar.running_list(labels))
        phrase = "counting.break_of" if labels else "counting.break"
        said.append(plain_text(speaker.phrase(phrase, **names) or ()))
    return " ".join(filter(None, said))
