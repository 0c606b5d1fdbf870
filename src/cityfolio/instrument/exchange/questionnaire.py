"""What goes in and out: an instrument in its languages, and a list of what the other form cannot hold."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cityfolio.findings import Finding, Place
from cityfolio.model.identifiers import is_identifier

if TYPE_CHECKING:
    from cityfolio.instrument.loading import InstrumentFile

__all__ = ["Left", "Questionnaire", "finite", "identifier_findings"]


@dataclass(frozen=True)
class Questionnaire:
    """An instrument in the language that it is written in, and the same instrument in others.

    The translations have the questions, codes and order of `content`; only their words differ.
    """

    content: InstrumentFile
    language: str
    translations: Mapping[str, InstrumentFile] = field(default_factory=dict)

    @property
    def by_language(self) -> dict[str, InstrumentFile]:
        """The instrument in every language, its own first."""
        return {self.language: self.content, **self.translations}


@dataclass
class Left:
    """Collects what cannot be carried: one finding for each kind of thing, which names all that it happened to."""

    file: str
    _held: dict[tuple[str, str], dict[str, Place]] = field(default_factory=dict)
    others: list[Finding] = field(default_factory=list)

    def note(self, code: str, what: str, name: str, line: int = 0) -> None:
        """Remember that `what` of `name` is affected."""
        self._held.setdefault((code, what), {}).setdefault(name, Place(self.file, line))

    def findings(self) -> list[Finding]:
        """All findings, each at the first place that it is about."""
        return [*self.others, *self._collected()]

    def _collected(self) -> Iterator[Finding]:
        for (code, what), names in self._held.items():
            yield Finding(code, next(iter(names.values())), {"what": what, "got": ", ".join(names)})


def identifier_findings(content: InstrumentFile, at: Mapping[str, Place], file: str) -> Iterable[Finding]:
    """Findings about names and codes that no instrument can have; `at` are the places of variables."""
    for section in content.sections:
        for question in section.questions:
            place = at.get(question.variable, Place(file))
            codes = [*(c.code for c in question.categories), *(r.code for r in question.rows)]
            for name in (question.variable, *codes):
                if not is_identifier(name):
                    yield Finding("programme.unsafe-id", place, {"got": name})


def finite(text: str) -> float | None:
    """The number that a text of somebody else's file writes; nothing where it writes none, or one without end.

    >>> finite("1.5"), finite("many"), finite("1e999")
    (1.5, None, None)
    """
    try:
        number = float(text) if text else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) else None
