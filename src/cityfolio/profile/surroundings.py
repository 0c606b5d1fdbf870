"""What stands around the pages of a site: its address, look, releases, moved pages, and notes that it owes its readers."""

from __future__ import annotations

from dataclasses import dataclass, field

from cityfolio.profile.theme import Theme

__all__ = ["Moved", "Release", "Surroundings"]


@dataclass(frozen=True)
class Release:
    """One release of the data: version, date (YYYY-MM-DD), title, and what changed in it."""

    version: str
    date: str
    title: str
    summary: str = ""

    @property
    def order(self) -> tuple[tuple[int, str], ...]:
        """The version as it is ordered: numbers as numbers.

        >>> Release("1.10", "2026-05-01", "").order > Release("1.9", "2026-05-01", "").order
        True
        """
        parts = self.version.split(".")
        return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


@dataclass(frozen=True)
class Moved:
    """An id that changed: of a `unit` or a `variable`, from `old` to `new`."""

    kind: str
    old: str
    new: str


@dataclass(frozen=True)
class Surroundings:
    """What a programme says about its site as a whole.

    `site_url` ends with a slash, or is empty where nobody knows yet where the site will stand. `privacy` is HTML, made of
    the Markdown in `privacy_text`, empty for the product's own text. `tested` and `test_result` say when accessibility was
    last tested, and what came out. `pdf` and `pictures` say whether this build makes PDF files and PNG pictures,
    `compared` which comparisons it prints, each as the address of the comparison names it, and `compares_any` whether any
    other is printed too.
    """

    programme: str = ""
    site_url: str = ""
    publisher: str = ""
    publisher_url: str = ""
    theme: Theme = field(default_factory=Theme)
    releases: tuple[Release, ...] = ()
    kept: frozenset[str] = frozenset()
    drafted: bool = False
    moved: tuple[Moved, ...] = ()
    privacy: str = ""
    privacy_text: str = ""
    tested: str = ""
    test_result: str = ""
    pdf: bool = False
    pictures: bool = False
    compared: tuple[str, ...] = ()
    compares_any: bool = False

    @property
    def latest(self) -> Release | None:
        """The latest release; of several of one day the highest version."""
        return max(self.releases, key=lambda release: (release.date, release.order), default=None)

    @property
    def data_date(self) -> str:
        """The date of the latest release; empty where there is none."""
        return max((release.date for release in self.releases), default="")
