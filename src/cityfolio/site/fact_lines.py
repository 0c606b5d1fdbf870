"""The line of one fact on the page of its sum, as HTML. A site has tens of thousands; the template writes what stands around."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from cityfolio.site.fact_links import anchor_of, linked_sentence

if TYPE_CHECKING:
    from cityfolio.narrative.sentence import Sentence
    from cityfolio.profile.fact_pages import FactLine

__all__ = ["fact_line"]


def fact_line(line: FactLine, where: Callable[[str], Markup], full_stop: Callable[[Sentence, str], Markup]) -> Markup:
    """The paragraph of a fact, at its anchor: measure, sum, who does not count, note, source and id.

    `where` writes the link to a source, `full_stop` a sentence that others follow.

    >>> from cityfolio.narrative.sentence import text
    >>> from cityfolio.profile.fact_pages import FactLine
    >>> line = FactLine("2020.has_team.yes.all.share", "Share", text("44 of 85"), note="1 <late>")
    >>> print(fact_line(line, Markup, lambda sentence, at: Markup()))
    <p id="yes">Share: 44 of 85 <small>1 &lt;late&gt;</small> <code>2020.has_team.yes.all.share</code></p>
    """
    anchor = anchor_of(line.fact)
    at = f"#{anchor}"
    measure = f"{escape(line.measure)}: " if line.measure else ""
    left_out = f" <small>{full_stop(line.left_out, at)}</small>" if line.left_out else ""
    note = f" <small>{escape(line.note)}</small>" if line.note else ""
    source = where(line.url) if line.url else ""
    said = f"{measure}{linked_sentence(line.sum, at)}{left_out}{note}{source}"
    return Markup(f'<p id="{escape(anchor)}">{said} <code>{escape(line.fact)}</code></p>')  # noqa: S704 - all is escaped
