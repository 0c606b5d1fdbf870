"""What keeps an edit from being shown while a programme is served, in words for the terminal and the pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from cityfolio.errors import CityfolioError, ProgrammeBlocked

__all__ = ["Trouble", "trouble_in_words"]

_STAYS = "The last good build stays up."
_BODY = re.compile(rb"<body\b[^>]*>")


@dataclass
class Trouble:
    """What is wrong with the latest edit, line by line; nothing where it is shown."""

    lines: tuple[str, ...] = ()

    def told(self) -> tuple[str, ...]:
        """The lines for the terminal."""
        return (*self.lines, _STAYS) if self.lines else ()

    def on(self, page: bytes) -> bytes:
        """A page of the last good build that says so, whatever its style sheets and its policy.

        >>> Trouble(("units.csv, line 2: <No unit.>",)).on(b"<body><h1>Trees</h1>").decode()[:80]
        '<body><fieldset role="alert" lang="en" dir="ltr"><legend>cityfolio serve</legend'
        >>> Trouble().on(b"<body>")
        b'<body>'
        """
        if not self.lines:
            return page
        items = "".join(f"<li>{escape(line)}</li>" for line in self.lines)
        said = (
            '<fieldset role="alert" lang="en" dir="ltr"><legend>cityfolio serve</legend>'
            f"<p><strong>Your latest change is not shown here.</strong> {_STAYS}</p><ul>{items}</ul></fieldset>"
        )
        return _BODY.sub(lambda body: body[0] + said.encode("utf-8"), page, count=1)


def trouble_in_words(error: CityfolioError | OSError) -> tuple[str, ...]:
    """What is wrong, line by line: of a programme that is blocked, each finding that blocks with its place."""
    if isinstance(error, ProgrammeBlocked):
        return tuple(f"{finding.at}: {finding.message}" for finding in error.findings if finding.blocks)
    if isinstance(error, OSError):
        # A full disk or a file that cannot be opened is mended while the site stays up.
        return (f"{error.strerror or error}: {error.filename}.",)
    return (str(error),)
