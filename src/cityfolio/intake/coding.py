"""From a cell as received to a coded answer, or to a finding: nothing in between, nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from cityfolio.findings import Finding, Place
from cityfolio.formatting import did_you_mean, plain_number
from cityfolio.model.answer import Answer
from cityfolio.model.instrument import Question
from cityfolio.model.missing import Missing
from cityfolio.model.ranking import ranks_pattern
from cityfolio.model.variable import Kind, Variable

__all__ = ["Coder", "MissingTokens", "thousands_findings"]

# One point before three digits: decimals here, thousands in the files of many countries.
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")


@dataclass(frozen=True)
class MissingTokens:
    """How the files write a missing reason: what an empty cell means, and which words stand for other reasons."""

    empty: Missing = Missing.NOT_ON_RECORD
    tokens: Mapping[str, Missing] = field(default_factory=dict)

    def reason(self, cell: str) -> Missing | None:
        """The reason that a cell states, or None if it holds an answer."""
        return self.tokens.get(cell) if cell else self.empty


@dataclass(frozen=True)
class Coder:
    """Codes the answers to one question of one wave."""

    question: Question
    variable: Variable
    wave: str
    missing: MissingTokens

    def code(self, cell: str, own: str, at: Place) -> tuple[Answer, list[Finding]]:
        """The answer in a cell (with the own words beside it), and findings about it."""
        own_words = tuple(words for part in own.split(";") if (words := part.strip()))
        reason = self.missing.reason(cell)
        if reason is not None and not own_words:
            return Answer.without(reason), []
        if self.question.kind is Kind.NUMBER:
            return self._number(cell, at)
        if self.question.kind is Kind.TEXT:
            separator = self.question.separator
            names = tuple(name for part in cell.split(separator) if (name := part.strip())) if separator else ()
            return Answer(0, own_words=names, text=cell), []
        return self._choice("" if reason is not None else cell, own_words, at)

    def _choice(self, cell: str, own_words: tuple[str, ...], at: Place) -> tuple[Answer, list[Finding]]:
        if not self.question.by_code:
            return Answer.without(Missing.NOT_ON_RECORD), []  # the instrument is to be mended, not the answers
        if self.question.kind is Kind.RANKED:
            return self._ranking(cell, at)
        single = self.question.kind.takes_one
        if not single and (respaced := self._respaced(cell)):
            facts = {"got": cell, "variable": self.variable.id, "suggestion": respaced}
            return Answer.without(Missing.NOT_ON_RECORD), [Finding("intake.unknown-code", at, facts)]
        codes = [cell] if single and cell else cell.split()
        if single and cell not in self.question.by_code and all(c in self.question.by_code for c in cell.split()):
            codes = cell.split()
        findings = [finding for code in dict.fromkeys(codes) for finding in self._unknown(code, at)]
        if findings:
            return Answer.without(Missing.NOT_ON_RECORD), findings
        if single and len(codes) > 1:
            facts = {"got": cell, "number": str(len(codes)), "variable": self.variable.id}
            return Answer.without(Missing.NOT_ON_RECORD), [Finding("intake.several-answers", at, facts)]
        chosen = tuple(dict.fromkeys(codes))
        pattern = sum(self.variable.bits[code] for code in chosen)
        pattern |= self.variable.own_words_bit if own_words else 0
        return Answer(pattern, chosen, own_words), self._remarks(codes, own_words, at)

    def _ranking(self, cell: str, at: Place) -> tuple[Answer, list[Finding]]:
        """Codes from the first choice to the last; codes joined by `=` share a rank, and the next rank counts them."""
        if respaced := self._respaced(cell):
            facts = {"got": cell, "variable": self.variable.id, "suggestion": respaced}
            return Answer.without(Missing.NOT_ON_RECORD), [Finding("intake.unknown-code", at, facts)]
        steps = [step.split("=") for step in cell.split()]
        codes = [code for step in steps for code in step]
        findings = [finding for code in dict.fromkeys(codes) for finding in self._unknown(code, at)]
        if findings:
            return Answer.without(Missing.NOT_ON_RECORD), findings
        ranks: dict[str, int] = {}
        for step in steps:
            rank = len(ranks) + 1
            for code in step:
                ranks.setdefault(code, rank)
        pattern = ranks_pattern([ranks.get(category.code, 0) for category in self.variable.categories])
        return Answer(pattern, tuple(ranks)), self._remarks(codes, (), at)

    def _unknown(self, code: str, at: Place) -> list[Finding]:
        if code in self.question.by_code:
            return []
        if code in self.variable.by_code:
            waves = " and ".join(self.variable.by_code[code].waves)
            facts = {"got": code, "variable": self.variable.id, "wave": self.wave, "waves": waves}
            return [Finding("intake.not-offered", at, facts)]
        hint = did_you_mean(code, self.question.by_code) or self._by_label(code)
        return [Finding("intake.unknown-code", at, {"got": code, "variable": self.variable.id, "suggestion": hint})]

    def _respaced(self, cell: str) -> str:
        """The cell with spaces between its codes, where all that is wrong with it is what stands between them; else nothing."""
        parts = [part for part in re.split(r"[\s,;|/>]+", cell) if part]
        if not re.search(r"[,;|/>]", cell) or any(
            code not in self.variable.by_code for p in parts for code in p.split("=")
        ):
            return ""
        return " ".join(parts)

    def _by_label(self, word: str) -> str:
        labels = {choice.label: choice.code for choice in self.question.choices}
        label = did_you_mean(word, labels)
        return labels[label] if label else ""

    def _remarks(self, codes: list[str], own_words: tuple[str, ...], at: Place) -> list[Finding]:
        about = {"variable": self.variable.id}
        findings = [
            Finding("intake.doubled-code", at, {"got": code, **about})
            for code in dict.fromkeys(codes)
            if codes.count(code) > 1
        ]
        chosen = len(set(codes)) + len(own_words)
        exclusive = [code for code in dict.fromkeys(codes) if self.question.by_code[code].exclusive]
        if exclusive and chosen > 1:
            findings.append(Finding("review.exclusive", at, {"got": exclusive[0], **about}))
        if self.question.cap is not None and chosen > self.question.cap:
            facts = {"got": str(chosen), "cap": str(self.question.cap), **about}
            findings.append(Finding("intake.over-cap", at, facts))
        return findings

    def _number(self, cell: str, at: Place) -> tuple[Answer, list[Finding]]:
        if _NUMBER.fullmatch(cell) is None:
            facts = {"got": cell, "variable": self.variable.id}
            return Answer.without(Missing.NOT_ON_RECORD), [Finding("intake.no-number", at, facts)]
        number = float(cell)
        lowest, highest = self.question.lowest, self.question.highest
        if (lowest is not None and number < lowest) or (highest is not None and number > highest):
            ends = [f"from {plain_number(lowest)}" if lowest is not None else ""]
            ends.append(f"to {plain_number(highest)}" if highest is not None else "")
            facts = {"got": cell, "variable": self.variable.id, "range": " ".join(e for e in ends if e)}
            return Answer(0, number=number, text=cell), [Finding("intake.out-of-range", at, facts)]
        return Answer(0, number=number, text=cell), thousands_findings(cell, at)


def thousands_findings(cell: str, at: Place) -> list[Finding]:
    """A finding about a number whose point may have been meant to stand before thousands.

    >>> [finding.facts["meant"] for finding in thousands_findings("545.000", Place("a.csv"))]
    ['545000']
    >>> thousands_findings("0.125", Place("a.csv")), thousands_findings("12.5", Place("a.csv"))
    ([], [])
    """
    if not _THOUSANDS.fullmatch(cell):
        return []
    facts = {"got": cell, "read": plain_number(float(cell)), "meant": cell.replace(".", "")}
    return [Finding("intake.thousands", at, facts)]
