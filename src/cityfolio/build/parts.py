"""Parts of a build: what they are made from, and what comes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from cityfolio.build.programme import Programme
from cityfolio.build.watching import Fingerprint
from cityfolio.build.writing import ChangedFiles, FreshFolder
from cityfolio.model.edition import Edition
from cityfolio.profile.programme_documents import SiteContent
from cityfolio.profile.release_changes import EarlierNumber
from cityfolio.site.auditing import PageAuditor, Sights
from cityfolio.tabulate.facts import FactStore

__all__ = ["Ground", "HelpWanted", "Part", "SheetWanted"]


@dataclass(frozen=True)
class Ground:
    """What all pages are made from, in whatever language and process, and where they go."""

    folder: FreshFolder | ChangedFiles
    programme: Programme
    edition: Edition
    store: FactStore
    earlier: Mapping[str, EarlierNumber] | None
    auditor: PageAuditor


@dataclass
class Part:
    """What came of a part of a build: what the audit saw, the pages of each language in their order, sheets not yet printed.

    The process that makes the first language also has its `site`.
    """

    sights: Sights = field(default_factory=Sights)
    pages: dict[str, tuple[str, ...]] = field(default_factory=dict)
    profiles: int = 0
    site: SiteContent | None = None
    later: dict[str, Callable[[], bytes]] = field(default_factory=dict)
    further: dict[str, Callable[[str], bytes | None]] = field(default_factory=dict)  # by the folder of the language
    held_sheets: tuple[str, ...] = ()  # by the helper that made the part
    held_further: tuple[str, ...] = ()
    sheet: bytes = b""  # the one that was asked for

    def join(self, other: Part) -> None:
        """Take over what another process made."""
        self.sights.join(other.sights)
        self.pages |= other.pages
        self.profiles = max(self.profiles, other.profiles)
        self.site = self.site or other.site
        self.later |= other.later
        self.further |= other.further

    def sheet_at(self, path: str) -> bytes:
        """The sheet of a path, made now; empty where there is none."""
        if path in self.later:
            return self.later[path]()
        return next(filter(None, (make(path) for make in self.further.values())), b"")


@dataclass(frozen=True)
class HelpWanted:
    """A share of the languages of a build, asked of a helper that loads the programme itself: its files must be the same.

    The share is that of one of several processes, by its number. Sheets of the last good build are still asked for.
    """

    build: int
    last_good: int
    folder: FreshFolder | ChangedFiles
    share: int
    processes: int
    inputs: Fingerprint


@dataclass(frozen=True)
class SheetWanted:
    """A sheet of such a build, to be printed."""

    build: int
    path: str
