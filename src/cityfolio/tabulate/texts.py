"""Texts and own words: what units wrote, as they wrote it. How many answered is in `answered`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cityfolio.harmonise.editions import Held

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cityfolio.model.variable import Variable

__all__ = ["Words", "words_listed"]


@dataclass(frozen=True)
class Words:
    """Something written by one or more units, and who wrote it in which wave."""

    text: str
    written_by: tuple[tuple[str, str], ...]


def words_listed(variable: Variable, held: Mapping[str, Held]) -> list[Words]:
    """What units wrote, in the order of the alphabet: texts, or the own words beside a choice.

    Equal words (but for case and spaces) stand once, in the spelling of the first unit by id; nothing else is merged.

    >>> from cityfolio.model.answer import Answer
    >>> from cityfolio.model.variable import Kind, Variable
    >>> held = {"porto": Held("2018", Answer(0, text="Living  lab")), "delft": Held("2018", Answer(0, text="living lab"))}
    >>> words_listed(Variable("lab", Kind.TEXT, "Lab", ("2018",)), held)
    [Words(text='living lab', written_by=(('delft', '2018'), ('porto', '2018')))]

    Raises:
        ValueError: if the answers are not released, or name a person.
    """
    if variable.personal or not variable.released:
        raise ValueError(f"the answers to {variable.id} are not released; only how many answered can be shown")
    found: dict[str, tuple[str, list[tuple[str, str]]]] = {}
    for unit in sorted(held):
        answer = held[unit].answer
        written = answer.own_words or ((answer.text,) if answer.text and answer.number is None else ())
        for text in written if answer.missing is None else ():
            spelt = " ".join(text.split())
            found.setdefault(spelt.casefold(), (spelt, []))[1].append((unit, held[unit].wave))
    return [Words(text, tuple(units)) for _, (text, units) in sorted(found.items())]
