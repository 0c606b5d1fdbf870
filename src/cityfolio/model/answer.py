"""One unit's answers, coded: the seam between intake and everything after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from cityfolio.model.correction import Correction
from cityfolio.model.missing import Missing
from cityfolio.model.unit import Unit
from cityfolio.model.variable import Variable

__all__ = ["Answer", "CodedAnswers", "Response"]


@dataclass(frozen=True)
class Answer:
    """What one unit said to one question in one wave.

    `pattern` is the response pattern: for choices a bit set of the categories chosen, below zero the
    missing reason, 0 for the answers of numbers and texts. `codes` keep the unit's own order, `own_words` what
    it added in words of its own.
    """

    pattern: int
    codes: tuple[str, ...] = ()
    own_words: tuple[str, ...] = ()
    number: float | None = None
    text: str = ""

    @property
    def missing(self) -> Missing | None:
        """The reason why there is no answer, or None if there is one."""
        return Missing.of_pattern(self.pattern) if self.pattern < 0 else None

    @classmethod
    def without(cls, reason: Missing) -> Answer:
        """No answer, for this reason."""
        return cls(reason.pattern)


@dataclass(frozen=True)
class Response:
    """One unit's record in one wave: its answers by variable, and the row of the file it stands in."""

    unit: str
    wave: str
    answers: Mapping[str, Answer]
    line: int = 0


@dataclass(frozen=True)
class CodedAnswers:
    """All answers of a programme, coded, with the units and the codebook that give them meaning.

    `corrections` are those that were applied before coding, in the order in which they were.
    """

    units: Mapping[str, Unit]
    variables: Mapping[str, Variable]
    waves: tuple[str, ...]
    responses: tuple[Response, ...] = field(default=())
    corrections: tuple[Correction, ...] = ()

    @cached_property
    def by_unit(self) -> dict[str, dict[str, Response]]:
        """The responses of each unit by wave, in the order of the waves."""
        order = {wave: position for position, wave in enumerate(self.waves)}
        found: dict[str, dict[str, Response]] = {}
        for response in sorted(self.responses, key=lambda r: (r.unit, order[r.wave])):
            found.setdefault(response.unit, {})[response.wave] = response
        return found

    @cached_property
    def public(self) -> CodedAnswers:
        """The answers that may be shown unit by unit: without those to confidential questions."""
        secret = {name for name, variable in self.variables.items() if variable.confidential}
        if not secret:
            return self
        shown = (
            replace(response, answers={name: a for name, a in response.answers.items() if name not in secret})
            for response in self.responses
        )
        corrections = tuple(one for one in self.corrections if one.variable not in secret)
        return replace(self, responses=tuple(shown), corrections=corrections)

    def keeping(self, before: CodedAnswers) -> CodedAnswers:
        """The same answers, with each that is as it was before being the one of before: then it is known to be the same.

        >>> one, other = (CodedAnswers({}, {}, (), (Response("a", "1", {"q": Answer(1), "p": Answer(n)}),)) for n in (1, 2))
        >>> kept = other.keeping(one)
        >>> kept == other, kept.responses[0].answers["q"] is one.responses[0].answers["q"]
        (True, True)
        """
        held = {(response.unit, response.wave): response for response in before.responses}
        responses = (_as_before(one, held.get((one.unit, one.wave))) for one in self.responses)
        return replace(self, responses=tuple(responses))

    def corrected(self, unit: str, wave: str, variable: str) -> tuple[Correction, ...]:
        """The corrections of one answer, in the order in which they were applied."""
        return tuple(one for one in self._corrected.get((unit, wave), ()) if one.variable == variable)

    @cached_property
    def _corrected(self) -> dict[tuple[str, str], tuple[Correction, ...]]:
        found: dict[tuple[str, str], tuple[Correction, ...]] = {}
        for one in self.corrections:
            found[one.unit, one.wave] = (*found.get((one.unit, one.wave), ()), one)
        return found

    def latest(self, unit: str, waves: tuple[str, ...]) -> Response | None:
        """The unit's latest response among `waves`, if it has one."""
        if waves not in self._latest:
            self._latest[waves] = {
                name: response for name, held in self.by_unit.items() if (response := self._last_of(held, waves))
            }
        return self._latest[waves].get(unit)

    def _last_of(self, held: Mapping[str, Response], waves: tuple[str, ...]) -> Response | None:
        return next((held[wave] for wave in reversed(self.waves) if wave in waves and wave in held), None)

    @cached_property
    def _latest(self) -> dict[tuple[str, ...], dict[str, Response]]:
        """The latest responses by unit, for each choice of waves that was asked for: every page asks for them many times."""
        return {}


def _as_before(now: Response, before: Response | None) -> Response:
    if before is None or now == before:
        return before or now
    answers = {
        name: held if (held := before.answers.get(name)) == answer and held is not None else answer
        for name, answer in now.answers.items()
    }
    return replace(now, answers=answers)
