"""The questionnaire as fielded in one wave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from cityfolio.model.variable import Kind

__all__ = ["Choice", "Instrument", "Question", "Routing", "Section"]


@dataclass(frozen=True)
class Choice:
    """A category as one wave's instrument offered it."""

    code: str
    label: str
    help: str = ""
    exclusive: bool = False
    score: float | None = None
    in_text: str = ""


@dataclass(frozen=True)
class Routing:
    """Who is routed past a question: units whose recorded answer to `variable` is one of `codes`.

    An unknown answer routes nobody past.
    """

    variable: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """A question: what was asked, what could be answered, and of whom (its universe)."""

    variable: str
    kind: Kind
    label: str
    wording: str = ""
    help: str = ""
    evidence: str = ""
    choices: tuple[Choice, ...] = ()
    cap: int | None = None
    own_words: bool = False
    universe: str = ""
    routed_past_by: tuple[Routing, ...] = ()
    lowest: float | None = None
    highest: float | None = None
    separator: str = ""
    released: bool = True
    personal: bool = False
    boxes: int = 0
    summarised: bool = True
    describes: str = ""
    translated: bool = False
    counting: str = ""

    @cached_property
    def by_code(self) -> Mapping[str, Choice]:
        """The choices by their codes."""
        return {choice.code: choice for choice in self.choices}


@dataclass(frozen=True)
class Section:
    """A part of the questionnaire."""

    id: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Instrument:
    """The questionnaire of one wave, in the order of its sections."""

    wave: str
    title: str
    sections: tuple[Section, ...]
    note: str = ""

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """All questions by their variables, in order."""
        return {q.variable: q for section in self.sections for q in section.questions}

    @cached_property
    def put_into_words(self) -> Mapping[str, tuple[str, ...]]:
        """For each number the texts that may hold its answer instead: "more than 100", "4-6".

        A text in confidence says nothing about a number that is released, not even that it holds something.
        """
        found: dict[str, tuple[str, ...]] = {}
        for text in self.questions.values():
            number = self.questions.get(text.describes)
            if text.kind is not Kind.TEXT or number is None or number.kind is not Kind.NUMBER:
                continue
            if text.released or not number.released:
                found[number.variable] = (*found.get(number.variable, ()), text.variable)
        return found
