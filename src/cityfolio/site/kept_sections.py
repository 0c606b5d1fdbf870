"""Sections of profiles kept from one build to the next of the same process: one changed answer changes few of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from cityfolio.profile.document import Section

__all__ = ["KeptSections"]


@dataclass
class KeptSections:
    """The sections of the last build with their HTML, by page and number. Where it does not `remember`, all are rendered.

    >>> from cityfolio.profile.document import Section
    >>> kept = KeptSections(remembers=True)
    >>> for title in ("People", "People", "Funding"):
    ...     print(kept.html("a.html", 1, Section("s", title, ()), "2020", lambda: "<h2>..."), len(kept))
    <h2>... 1
    <h2>... 1
    <h2>... 1
    """

    remembers: bool
    _held: dict[tuple[str, int], tuple[Section, str, Markup]] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._held)

    def html(self, page: str, number: int, section: Section, dated: str, render: Callable[[], str]) -> Markup:
        """The section of that number on a page, as it was, or as `render` renders it; `dated` is the wave at its heading."""
        held = self._held.get((page, number))
        if held is not None and held[:2] == (section, dated):
            return held[2]
        made = Markup(render())  # noqa: S704 - it comes out of templates
        if self.remembers:
            self._held[page, number] = section, dated, made
        return made

    def clear(self) -> None:
        """Forget all sections."""
        self._held.clear()
