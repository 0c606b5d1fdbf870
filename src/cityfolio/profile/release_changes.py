"""What changed since an earlier release: the facts whose numbers are others now, from what to what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isclose

from cityfolio.model.fact import Base, Fact
from cityfolio.narrative.sentence import Sentence, plain_text
from cityfolio.profile.fact_pages import FactPage

__all__ = ["ChangedFact", "ChangesDocument", "ChangesOfPage", "EarlierNumber", "changes_document"]


@dataclass(frozen=True)
class EarlierNumber:
    """A fact as an earlier release printed it."""

    numerator: int | None
    base: int | None
    value: float | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was printed."""
        return self.numerator is None and self.value is None

    def differs(self, fact: Fact) -> bool:
        """Whether the fact has another numerator, base or value now."""
        base = None if fact.base is None else fact.base.counted
        if (self.numerator, self.base) != (fact.numerator, base):
            return True
        if self.value is None or fact.value is None:
            return self.value is not fact.value
        return not isclose(self.value, fact.value, rel_tol=1e-12, abs_tol=1e-12)


@dataclass(frozen=True)
class ChangedFact:
    """A fact with another number than before; `what` says what it is about, `is_all` whether it is about all units."""

    fact: str
    what: str
    before: str
    after: Sentence
    is_all: bool


@dataclass(frozen=True)
class ChangesOfPage:
    """The changed facts of a variable in an edition, and how many facts are new there."""

    edition: str
    edition_title: str
    variable: str
    label: str
    changed: tuple[ChangedFact, ...]
    new: int


@dataclass(frozen=True)
class ChangesDocument:
    """Everything that changed since an earlier release; `gone` are the ids of facts that are no more."""

    pages: tuple[ChangesOfPage, ...]
    gone: tuple[str, ...]

    @property
    def by_fact(self) -> Mapping[str, ChangedFact]:
        """The changed facts by their ids."""
        return {change.fact: change for page in self.pages for change in page.changed}


def changes_document(
    pages: Sequence[FactPage],
    facts: Mapping[str, Fact],
    earlier: Mapping[str, EarlierNumber],
    say: Callable[[Fact], Sentence],
) -> ChangesDocument:
    """What changed on these pages since `earlier`; `say` puts a fact into words."""
    found = []
    for page in pages:
        changed = tuple(_changed(page, facts, earlier, say))
        new = sum(line.fact not in earlier for section in page.sections for b in section.blocks for line in b.lines)
        if changed or new:
            found.append(ChangesOfPage(page.edition, page.edition_title, page.variable, page.label, changed, new))
    return ChangesDocument(tuple(found), tuple(sorted(set(earlier) - set(facts))))


def _changed(
    page: FactPage, facts: Mapping[str, Fact], earlier: Mapping[str, EarlierNumber], say: Callable[[Fact], Sentence]
) -> Iterator[ChangedFact]:
    for section in page.sections:
        for block in section.blocks:
            for line in block.lines:
                before = earlier.get(line.fact)
                fact = facts[line.fact]
                # What is withheld now is not said again, and what was withheld before has nothing to be said.
                if before is None or before.is_empty or fact.withheld or not before.differs(fact):
                    continue
                words = _said(before, fact, say)
                if words == plain_text(line.sentence):
                    continue  # a rank that is the same behind another count reads "before 3; now 3"
                said = line.measure if fact.key.measure != "share" else ""
                what = ", ".join(part for part in (section.title or page.label, block.label, said) if part)
                yield ChangedFact(line.fact, what, words, line.sentence, not block.label)


def _said(before: EarlierNumber, fact: Fact, say: Callable[[Fact], Sentence]) -> str:
    base = None if before.base is None else Base(before.base)
    return plain_text(say(Fact(fact.key, before.numerator, base, before.value, fact.note, fact.url, fact.phrase)))
