"""The facts of one sum on the page of their question, as HTML: a site has tens of thousands."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from cityfolio.profile.fact_pages import OWN
from cityfolio.site.breaking import breakable
from cityfolio.site.fact_links import anchor_of, linked_words, safe

if TYPE_CHECKING:
    from cityfolio.narrative.sentence import Sentence
    from cityfolio.profile.fact_pages import FactBlock, FactLine

__all__ = ["fact_block"]

FullStop = Callable[["Sentence", str], Markup]
# As they stand in HTML: no text can hold them, since quotation marks are escaped there.
_OWN_PLACE, _OWN_FACT = f'"#{OWN}"', f' data-fact="{OWN}"'


def fact_block(block: FactBlock, page: str, where: Callable[[str], Markup], full_stop: FullStop) -> Markup:
    """The group that a sum is about, the facts of the sum, and the units in it by name.

    `page` is the address of the group's page, if it is a unit that has one. `where` writes the link to a source, `full_stop` a
    sentence that others follow.

    >>> from cityfolio.narrative.sentence import text
    >>> from cityfolio.profile.fact_pages import FactBlock, FactLine
    >>> line = FactLine("2020.has_team.yes.continent:AS.share", "", text("1 of 2"))
    >>> block = FactBlock("Asia", "", (line,), (("With a team", ("Busan", "Seoul")),))
    >>> print(fact_block(block, "", Markup, lambda sentence, at: Markup()))
    <div>
    <b>Asia</b>
    <p id="yes.continent:AS">1 of 2 <code>2020.has_team.yes.continent:AS.<wbr>share</code></p>
    <p><i>With a team (2):</i> Busan; Seoul</p>
    </div>
    """
    label = f'<a href="{safe(page)}">{safe(block.label)}</a>' if page else safe(block.label)
    lines = [
        "<div>",
        *([f"<b>{label}</b>"] if label else []),
        *(_line(line, where, full_stop) for line in block.lines),
        *(f"<p><i>{safe(said)} ({len(named)}):</i> {'; '.join(map(safe, named))}</p>" for said, named in block.names),
        "</div>",
    ]
    return Markup("\n".join(lines))  # noqa: S704 - all is escaped


def _line(line: FactLine, where: Callable[[str], Markup], full_stop: FullStop) -> str:
    """The paragraph of a fact, at its anchor: measure, sum, who does not count, note, source and id."""
    anchor = safe(anchor_of(line.fact))
    measure = f"{safe(line.measure)}: " if line.measure else ""
    said = _linked(line.sum).replace(_OWN_PLACE, f'"#{anchor}"').replace(_OWN_FACT, f' data-fact="{safe(line.fact)}"')
    left_out = f" <small>{full_stop(line.left_out, f'#{anchor}')}</small>" if line.left_out else ""
    note = f" <small>{safe(line.note)}</small>" if line.note else ""
    source = where(line.url) if line.url else ""
    return f'<p id="{anchor}">{measure}{said}{left_out}{note}{source} <code>{breakable(line.fact)}</code></p>'


# Thousands of lines say one of a few things.
@lru_cache(maxsize=10_000)
def _linked(said: Sentence) -> str:
    return linked_words(said, f"#{OWN}")
