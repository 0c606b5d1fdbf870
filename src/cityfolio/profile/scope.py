"""What a sentence about one unit can name: the unit, its answers, and how many give the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from cityfolio.formatting import plain_number
from cityfolio.model.answer import Answer, Response
from cityfolio.model.edition import Edition
from cityfolio.model.fact import Fact
from cityfolio.model.unit import Unit
from cityfolio.model.variable import Kind, Variable
from cityfolio.narrative.composing import Speaker, compose
from cityfolio.narrative.patterns import Pattern
from cityfolio.narrative.sentence import Run, Sentence, foreign, text
from cityfolio.tabulate.unit_facts import ANSWER, CHOSEN, unit_group

__all__ = ["Scope", "known_names"]

_WORD = re.compile(r"[^\W_]+")
_ALWAYS = ("unit", "unit.subject", "unit.possessive", "wave", "units", "edition")
_ATTRIBUTES: Mapping[Kind, tuple[str, ...]] = {
    Kind.SINGLE: ("", ".label", ".same", ".like", ".words"),
    Kind.SCALE: ("", ".label", ".same", ".like", ".words"),
    Kind.RANKED: ("", ".list", ".count"),
    Kind.MULTIPLE: ("", ".list", ".count", ".same", ".like", ".words"),
    Kind.NUMBER: ("", ".plain"),
    Kind.TEXT: ("", ".list"),
}


def known_names(variables: Mapping[str, Variable]) -> set[str]:
    """Every name that a sentence may have in braces."""
    names = set(_ALWAYS)
    for variable in variables.values():
        names.update(f"{variable.id}{attribute}" for attribute in _ATTRIBUTES[variable.kind])
    return names


@dataclass(frozen=True)
class Scope:
    """The names of one unit's response. `compared` says whether the response is the one that counts in the edition.

    `source` is the same in the language that the programme is written in, for sentences that nobody has translated.
    """

    unit: Unit
    response: Response
    variables: Mapping[str, Variable]
    edition: Edition
    speaker: Speaker
    compared: bool = True
    source: Scope | None = None

    def say(self, pattern: Pattern) -> Sentence | None:
        """The sentence of a pattern, or None where one of its names has nothing to say."""
        if pattern.language and self.source is not None:
            said = compose(pattern, self.source)
            return foreign(said, pattern.language) if said is not None else None
        return compose(pattern, self)

    def answering(self, response: Response, *, compared: bool) -> Scope:
        """The same for another response of the unit."""
        source = self.source.answering(response, compared=compared) if self.source is not None else None
        return replace(self, response=response, compared=compared, source=source)

    def __call__(self, name: str) -> Sentence | None:
        """What the name stands for, or None where there is nothing to say."""
        if name in _ALWAYS:
            return self._frame(name)
        variable_id, _, attribute = name.partition(".")
        answer = self.response.answers.get(variable_id)
        if answer is None or answer.missing is not None:
            return None
        variable = self.variables[variable_id]
        if attribute in ("same", "like"):
            return self.speaker.same_answer(self.share(variable, answer), attribute)
        if attribute == "words":
            return self.speaker.in_words(self.share(variable, answer))
        if attribute == "count":
            return self._number(variable, CHOSEN)
        return self._value(variable, answer, attribute)

    def share(self, variable: Variable, answer: Answer) -> Fact | None:
        """The share of those that gave the same single answer, where this response counts."""
        if not self.compared or len(answer.codes) != 1:
            return None
        return self.speaker.store.find(self.edition.id, variable.id, answer.codes[0])

    def _frame(self, name: str) -> Sentence:
        shown = self.unit.display_name
        grammar = self.speaker.grammar
        return text(
            {
                "unit": grammar.name(shown),
                "unit.subject": grammar.subject(shown),
                "unit.possessive": grammar.possessive(shown),
                "wave": self.response.wave,
                "units": self.speaker.unit_many,
                "edition": self.edition.title,
            }[name]
        )

    def _value(self, variable: Variable, answer: Answer, attribute: str) -> Sentence | None:
        if variable.kind is Kind.NUMBER:
            return self._number(variable, ANSWER, plain=attribute == "plain")
        if variable.kind is Kind.TEXT:
            if self._says_nothing_new(variable, answer.text):
                return None
            return self.speaker.listed(list(answer.own_words) or [answer.text])
        categories = [variable.by_code[code] for code in answer.codes]
        if variable.kind.takes_one and categories:
            return text(categories[0].label if attribute == "label" else self.speaker.label(categories[0]))
        said = [self.speaker.label(category) for category in categories]
        return self.speaker.listed([*said, *map(self.speaker.grammar.quoted, answer.own_words)])

    def _says_nothing_new(self, variable: Variable, words: str) -> bool:
        """Whether a text only repeats the label of the choice that it describes."""
        described = self.response.answers.get(variable.describes)
        if described is None or described.missing is not None:
            return False
        # The words are as they were answered, so they are compared with the labels that were read.
        variables = self.source.variables if self.source is not None else self.variables
        labels = " ".join(variables[variable.describes].by_code[code].label for code in described.codes)
        return set(_WORD.findall(words.casefold())) <= set(_WORD.findall(labels.casefold()))

    def _number(self, variable: Variable, measure: str, *, plain: bool = False) -> Sentence | None:
        group = unit_group(self.unit.id)
        fact = self.speaker.store.find(self.response.wave, variable.id, "", measure, group)
        if fact is None or fact.value is None:
            return None
        shown = plain_number(fact.value) if plain else self.speaker.grammar.number(fact.value)
        return (Run(shown, fact.id, "value"),)
