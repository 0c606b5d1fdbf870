"""Where a line may break in a name that has no spaces, such as the id of a fact."""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup

from cityfolio.site.fact_links import safe

__all__ = ["breakable"]

# Signs that fit side by side on a phone of 320 pixels, in the letters of such names.
_A_LINE = 32
# The break is better after a whole part of the id than after a word of one.
_PIECE = re.compile(rf".{{1,{_A_LINE - 1}}}[.:]|.{{1,{_A_LINE - 1}}}_|.{{1,{_A_LINE}}}")


@lru_cache(maxsize=10_000)
def breakable(name: str) -> Markup:
    """The name as HTML that breaks between its parts where it is too long for a line; it is copied as it is.

    >>> print(breakable("2020.has_team.yes.all.share"))
    2020.has_team.yes.all.share
    >>> print(breakable("2018-2020.policy_areas.transport_mobility.country:GBR.share"))
    2018-2020.policy_areas.<wbr>transport_mobility.country:GBR.<wbr>share
    """
    written = ""
    while len(name) > _A_LINE and (piece := _PIECE.match(name)):
        written += f"{safe(piece[0])}<wbr>"
        name = name[piece.end() :]
    return Markup(f"{written}{safe(name)}")  # noqa: S704 - all is escaped
