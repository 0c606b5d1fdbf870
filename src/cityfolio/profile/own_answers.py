"""What one unit answered: sentences, lists, and what is missing or known from an earlier wave only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cityfolio.model.answer import Answer, CodedAnswers, Response
from cityfolio.model.edition import Edition
from cityfolio.model.fact import PUBLISHED
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Kind, Variable
from cityfolio.narrative.cases import case_of
from cityfolio.narrative.composing import compose
from cityfolio.narrative.sentence import text
from cityfolio.profile.document import (
    AnswersBlock,
    Block,
    CorrectionBlock,
    EarlierBlock,
    Item,
    MissingBlock,
    NoteBlock,
    Reference,
    SentenceBlock,
)
from cityfolio.profile.plan import PlanBlock
from cityfolio.profile.scope import Scope

__all__ = ["OwnAnswers", "items_of"]

# What an earlier wave can stand in for: there may be an answer, it is only not known from the latest response.
_UNKNOWN = {Missing.NOT_ASKED, Missing.REFUSED, Missing.DONT_KNOW, Missing.NOT_ON_RECORD, Missing.UNANSWERED}


def items_of(variable: Variable, answer: Answer) -> tuple[Item, ...]:
    """The answers as a list in the unit's own order: categories with their help texts, then words of its own."""
    if variable.kind is Kind.TEXT:
        return tuple(Item(words) for words in answer.own_words or (answer.text,))
    chosen = [variable.by_code[code] for code in answer.codes]
    listed = [Item(c.label, c.code, c.help) for c in chosen if not c.exclusive or variable.kind.takes_one]
    return (*listed, *(Item(words, own_words=True) for words in answer.own_words))


@dataclass(frozen=True)
class OwnAnswers:
    """Makes the blocks about a unit's own answers. `before` are its responses before the one that counts, latest first.

    `everybody` are the answers of all units, for their corrections.
    """

    scope: Scope
    before: tuple[Response, ...]
    editions: Mapping[str, Edition]
    everybody: CodedAnswers

    def sentence(self, block: PlanBlock) -> Iterator[Block]:
        """The sentence of the case that the answers are in, if it needs one."""
        case = case_of(block.cases, self.scope.response.answers, self.scope.variables) if block.cases else None
        pattern = self.scope.speaker.wording.sentences.get(block.id, {}).get(case or "")
        sentence = self.scope.say(pattern) if pattern else None
        if sentence is not None and block.kind == "note":
            yield NoteBlock(block.id, sentence, self.scope.response.wave)
        elif sentence is not None:
            yield SentenceBlock(block.id, sentence, self._references(block.variable), self.scope.response.wave)

    def answers(self, block: PlanBlock) -> Iterator[Block]:
        """The list of the unit's answers, if there are any to list."""
        answer = self.scope.response.answers.get(block.variable)
        if answer is not None and answer.missing is None:
            items = items_of(self.scope.variables[block.variable], answer)
            if items:
                yield AnswersBlock(block.variable, block.title, self.scope.response.wave, items)

    def reason(self, variable_id: str) -> Missing | None:
        """Why there is no answer that counts, or None if there is one."""
        answer = self.scope.response.answers.get(variable_id)
        return answer.missing if answer is not None else Missing.NOT_ASKED

    def missing(self, reason: Missing, variable_ids: Sequence[str]) -> MissingBlock | None:
        """One line for all variables that are missing for the same reason."""
        speaker = self.scope.speaker
        variables = [self.scope.variables[name] for name in variable_ids]
        labels = [v.label if place == 0 else speaker.grammar.in_text(v.label) for place, v in enumerate(variables)]
        names = {
            "labels": speaker.listed(labels),
            "universe": text(speaker.grammar.in_text(variables[0].universe)),
        }
        pattern = speaker.wording.missing.get(reason.value)
        line = compose(pattern, lambda name: names.get(name) or self.scope(name)) if pattern else None
        if line is None:
            return None
        return MissingBlock(tuple(variable_ids), reason.value, line, self.scope.response.wave)

    def earlier_answer(self, variable_id: str) -> Iterator[Block]:
        """The latest answer of an earlier wave to a question that the response which counts has no answer to."""
        if self.reason(variable_id) in _UNKNOWN:
            yield from self._earlier(self.scope.variables[variable_id])

    def corrections(self, variable_id: str, wave: str) -> Iterator[CorrectionBlock]:
        """That the unit's answer in that wave was corrected, once for each time."""
        variable = self.scope.variables[variable_id]
        for one in self.everybody.corrected(self.scope.unit.id, wave, variable_id):
            # Whoever corrects a name is likely to write it into the reason.
            reason = "" if variable.personal else one.reason
            yield CorrectionBlock(variable_id, variable.label, wave, one.date, reason)

    def _earlier(self, variable: Variable) -> Iterator[Block]:
        for response in self.before:
            answer = response.answers.get(variable.id)
            if answer is None or answer.missing is not None:
                continue
            lead = self.scope.speaker.phrase("earlier", wave=text(response.wave)) or ()
            before = self.scope.answering(response, compared=False)
            if variable.kind is Kind.NUMBER:
                lead = (*lead, *text(" "), *(before(variable.id) or ()))
                yield EarlierBlock(variable.id, variable.label, response.wave, lead, ())
                yield from self.corrections(variable.id, response.wave)
            elif items := items_of(variable, answer) or _exclusive(variable, answer):
                yield EarlierBlock(variable.id, variable.label, response.wave, lead, items)
                yield from self.corrections(variable.id, response.wave)
            return

    def _references(self, variable_id: str) -> tuple[Reference, ...]:
        """The published figures about the answer that the sentence states, in the edition of the page."""
        answer = self.scope.response.answers.get(variable_id)
        variable = self.scope.variables.get(variable_id)
        if answer is None or variable is None or len(answer.codes) != 1 or answer.own_words:
            return ()
        found = []
        for fact in self.scope.speaker.store.published_about(variable_id):
            key = fact.key
            if (key.edition, key.category, key.source) != (self.scope.edition.id, answer.codes[0], PUBLISHED):
                continue
            said = self.scope.speaker.published(fact, self.editions)
            if said is not None and key.measure != "rank":
                found.append(Reference(said, fact.url))
        return tuple(found)


def _exclusive(variable: Variable, answer: Answer) -> tuple[Item, ...]:
    return tuple(Item(variable.by_code[code].label, code) for code in answer.codes)
