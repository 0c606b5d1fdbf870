"""Blocks that set a unit beside others, or beside itself in an earlier wave. No HTML."""

from __future__ import annotations

from dataclasses import dataclass

from cityfolio.narrative.sentence import Sentence

__all__ = ["ChangeRow", "ChangesBlock", "Peer", "PeersBlock", "PlaceBlock", "Practice", "PracticeUnit"]


@dataclass(frozen=True)
class Peer:
    """A unit like the one of the page: its id, name and country, and in words what the two have in common."""

    unit: str
    name: str
    country: str
    reasons: Sentence


@dataclass(frozen=True)
class PracticeUnit:
    """A unit that does something, with the wave that says so; `section` and `evidence` are where an editor's text tells more."""

    unit: str
    name: str
    wave: str
    section: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Practice:
    """An answer that units like this one gave and this one did not, in a sentence, and which units they are."""

    variable: str
    category: str
    sentence: Sentence
    units: tuple[PracticeUnit, ...]


@dataclass(frozen=True)
class PeersBlock:
    """The units most like this one. `lead` says by what they were found; without `peers`, why there are none."""

    id: str
    title: str
    lead: Sentence
    peers: tuple[Peer, ...]
    practices: tuple[Practice, ...] = ()
    kind: str = "peers"


@dataclass(frozen=True)
class ChangeRow:
    """One question in two waves: what was answered then and now, `then` and `now` each as sentences.

    `verdict` is `same`, `changed`, `not_comparable` or `one_sided` (only one wave has an answer); `said` is the verdict in words;
    `note` says what differs between the waves' questionnaires.
    """

    variable: str
    title: str
    then: tuple[Sentence, ...]
    now: tuple[Sentence, ...]
    verdict: str
    said: Sentence
    note: Sentence = ()


@dataclass(frozen=True)
class ChangesBlock:
    """What a unit that answered twice answered then and now, question by question."""

    id: str
    title: str
    earlier: str
    later: str
    lead: Sentence
    rows: tuple[ChangeRow, ...]
    kind: str = "changes"


@dataclass(frozen=True)
class PlaceBlock:
    """The place of the unit's number among those of the others, and how it stands to their middle, in sentences."""

    variable: str
    title: str
    sentences: tuple[Sentence, ...]
    wave: str = ""
    kind: str = "place"
