"""The documents of groups: who is in one, and its numbers beside those of all units. No HTML."""

from __future__ import annotations

from dataclasses import dataclass

from cityfolio.narrative.sentence import Sentence
from cityfolio.profile.programme_documents import KeyNumber, ShareCell

__all__ = ["GroupDocument", "GroupList", "GroupMember", "GroupRow", "GroupSection", "GroupTable", "ListedGroup"]


@dataclass(frozen=True)
class GroupMember:
    """A unit of the group, and the wave of its answers."""

    unit: str
    name: str
    wave: str


@dataclass(frozen=True)
class GroupRow:
    """One category: its share in the group, and among all units. `mark` leads to a footnote of its table."""

    code: str
    label: str
    here: ShareCell
    everywhere: ShareCell
    mark: str = ""


@dataclass(frozen=True)
class GroupTable:
    """The answers of a group to one question. `thin` says that this base is too small for shares, if it alone is. Without
    rows, only `thin` is to be said: one answer alone is on record, so there is nothing to compare.

    `notes` are footnotes by their mark: categories that some wave did not offer. `counting` says what is counted as which
    answer, and where the numbers pool answers that cannot be compared.
    """

    variable: str
    title: str
    base: Sentence
    thin: Sentence
    rows: tuple[GroupRow, ...]
    notes: tuple[tuple[str, Sentence], ...] = ()
    counting: str = ""


@dataclass(frozen=True)
class GroupSection:
    """A section of the page plan, with the group's tables; `nobody` names questions without an answer in the group."""

    id: str
    title: str
    tables: tuple[GroupTable, ...]
    nobody: Sentence = ()


@dataclass(frozen=True)
class GroupDocument:
    """Everything that the page of a group says. `thin` stands where the whole group is too small for shares."""

    group: str
    address: str
    kind: str
    label: str
    lead: Sentence
    thin: Sentence
    key_numbers: tuple[KeyNumber, ...]
    members: tuple[GroupMember, ...]
    sections: tuple[GroupSection, ...]


@dataclass(frozen=True)
class ListedGroup:
    """A group in the list of all: its address and label, and the number of its units with its fact."""

    address: str
    label: str
    size: Sentence


@dataclass(frozen=True)
class GroupList:
    """All groups, by the title of their kind."""

    kinds: tuple[tuple[str, tuple[ListedGroup, ...]], ...]
