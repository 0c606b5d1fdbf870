"""Versions of releases: major, minor and patch, and what each promises to who takes the next one."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import NamedTuple

__all__ = ["FIRST", "Level", "Version"]

_FORM = re.compile(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})")


class Level(IntEnum):
    """How far a release is from the one before: no number is another (patch), numbers are new or others, or names are gone."""

    PATCH = 0
    MINOR = 1
    MAJOR = 2


class Version(NamedTuple):
    """A version in three numbers.

    >>> str(Version(1, 4, 2).after(Level.MINOR))
    '1.5.0'
    """

    major: int
    minor: int
    patch: int

    @classmethod
    def read(cls, text: str) -> Version | None:
        """The version that a text writes, or None.

        >>> Version.read("1.10.0") > Version.read("1.9.3"), Version.read("2026-05")
        (True, None)
        """
        match = _FORM.fullmatch(text)
        return cls(*map(int, match.groups())) if match else None

    def after(self, level: Level) -> Version:
        """The next version at that distance."""
        if level is Level.MAJOR:
            return Version(self.major + 1, 0, 0)
        if level is Level.MINOR:
            return Version(self.major, self.minor + 1, 0)
        return Version(self.major, self.minor, self.patch + 1)

    def __str__(self) -> str:
        """The version as it is written."""
        return f"{self.major}.{self.minor}.{self.patch}"


FIRST = Version(1, 0, 0)
