"""What a page of facts holds: sections by category, blocks with one sum, a line for each fact. No HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from cityfolio.narrative.sentence import Sentence
from cityfolio.profile.document import CorrectionBlock

__all__ = ["OWN", "FactBlock", "FactIndex", "FactLine", "FactPage", "FactSection", "fact_index"]


OWN = "*"
"""Stands for the fact of a line in what the line says: thousands of lines say one of the same few things."""


@dataclass(frozen=True)
class FactLine:
    """One fact: its id, what was computed in words, the number, and who does not count (where the block does not say it).

    >>> from cityfolio.narrative.sentence import Run
    >>> FactLine("f1", "", (Run("4", OWN, "numerator"), Run(" of 8"))).sentence
    (Run(text='4', fact='f1', part='numerator'), Run(text=' of 8', fact='', part=''))
    """

    fact: str
    measure: str
    sum: Sentence
    left_out: Sentence = ()
    url: str = ""
    note: str = ""

    @property
    def sentence(self) -> Sentence:
        """The number, with the id of the fact."""
        return tuple(replace(run, fact=self.fact) if run.fact == OWN else run for run in self.sum)


@dataclass(frozen=True)
class FactBlock:
    """Facts about the same units: a group (`label`, none for all) or one `unit`. `kind` is what its kind of groups is called.

    `names` says who is behind the numbers: what units did (gave the answer, did not, do not count), and their names.
    """

    label: str
    unit: str
    lines: tuple[FactLine, ...]
    names: tuple[tuple[str, tuple[str, ...]], ...] = ()
    kind: str = ""


@dataclass(frozen=True)
class FactSection:
    """The facts of one category, or of the variable as a whole (no code, no title)."""

    code: str
    title: str
    blocks: tuple[FactBlock, ...]

    @property
    def kinds(self) -> tuple[tuple[str, tuple[FactBlock, ...]], ...]:
        """The blocks by what their kind of groups is called, those of all units first.

        >>> blocks = [FactBlock(label, "", (), kind=kind) for label, kind in (("", ""), ("Asia", "Continent"))]
        >>> [(kind, [block.label for block in blocks]) for kind, blocks in FactSection("", "", tuple(blocks)).kinds]
        [('', ['']), ('Continent', ['Asia'])]
        """
        return tuple((kind, tuple(blocks)) for kind, blocks in groupby(self.blocks, attrgetter("kind")))


@dataclass(frozen=True)
class FactPage:
    """The facts of a variable in an edition.

    `rule` says which answers count, `measures` what was computed, `notes` what the crosswalk says. `asked` says whether the
    variable has a page of its own; `names` is "withheld" where its answers are not public. `corrections` are those of the
    answers that count, each with the name of the unit. `members` are the units whose responses count (id, name, wave), where
    this page is the one that tells. `counting` says what is counted as which answer.
    """

    edition: str
    edition_title: str
    variable: str
    label: str
    rule: str
    measures: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]
    sections: tuple[FactSection, ...]
    asked: bool
    names: str = ""
    corrections: tuple[tuple[str, CorrectionBlock], ...] = ()
    members: tuple[tuple[str, str, str], ...] = ()
    counting: str = ""

    @cached_property
    def number(self) -> int:
        """How many facts stand on it."""
        return sum(len(block.lines) for section in self.sections for block in section.blocks)


@dataclass(frozen=True)
class FactIndex:
    """The list of all pages of facts: for each edition (id, title) its variables (id, label, number of facts)."""

    editions: tuple[tuple[str, str, tuple[tuple[str, str, int], ...]], ...]


def fact_index(pages: Sequence[FactPage]) -> FactIndex:
    """The list of these pages, by edition, in their order.

    >>> fact_index([FactPage("2020", "Survey of 2020", "has_team", "Team", "", (), (), (), True)]).editions
    (('2020', 'Survey of 2020', (('has_team', 'Team', 0),)),)
    """
    titles = {page.edition: page.edition_title for page in pages}
    held = {
        edition: tuple((p.variable, p.label, p.number) for p in pages if p.edition == edition) for edition in titles
    }
    return FactIndex(tuple((edition, titles[edition], held[edition]) for edition in titles))
