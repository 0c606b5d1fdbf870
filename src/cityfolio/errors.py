"""Operations that cannot go on. Trouble in somebody's data or files is a `Finding`, not an error.

The whole tree::

    CityfolioError
    ├── ProgrammeBlocked      findings block: nothing was written (exit code 1)
    ├── WrongUse              the call cannot be meant like this (exit code 2)
    │   ├── NotAProgramme     the folder holds no programme
    │   └── UnsafeOutput      the output folder holds something that is not ours
    ├── FaultySite            the site that was made has faults, by a bug of ours: nothing was written (exit code 3)
    └── EngineUnavailable     an engine was asked for whose library or server is not there

Programmers' wrong calls raise `TypeError` or `ValueError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cityfolio.findings import Finding

__all__ = [
    "CityfolioError",
    "EngineUnavailable",
    "FaultySite",
    "NotAProgramme",
    "ProgrammeBlocked",
    "UnsafeOutput",
    "WrongUse",
]


class CityfolioError(Exception):
    """Anything that cityfolio raises on purpose."""


class ProgrammeBlocked(CityfolioError):  # noqa: N818 - reads as a sentence where it is raised
    """At least one finding blocks; carries all findings, also those that only ask or tell."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(f"{sum(f.blocks for f in self.findings)} findings block; nothing was written")


class WrongUse(CityfolioError):  # noqa: N818
    """The arguments cannot be meant like this; the message says what was wanted, what came, what to do."""


class NotAProgramme(WrongUse):
    """The folder named is no programme folder."""


class UnsafeOutput(WrongUse):
    """Writing there would overwrite something that cityfolio did not make."""


class EngineUnavailable(CityfolioError):  # noqa: N818
    """The engine asked for needs a library or server that is not there."""


class FaultySite(CityfolioError):  # noqa: N818
    """The audit found faults in the site that was made, each a line of text; nothing was written."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"the site has {len(self.faults)} faults; nothing was written")
