"""Where a line may break in a name that has no spaces, such as the id of a fact."""

from __future__ import annotations

import re

from markupsafe import Markup

from cityfolio.site.fact_links import safe

__all__ = ["breakable"]

# Signs that fit side by side on a phone of 320 pixels, in the letters of such names.
_A_LINE = 32
# The break is better after a whole part of the id than after a word of one. What fits on a line stays as it is.
_PIECE = re.compile(
    rf"(?=.{{{_A_LINE + 1}}})(?:.{{1,{_A_LINE - 1}}}[.:]|.{{1,{_A_LINE - 1}}}_|.{{1,{_A_LINE}}})|.+", re.DOTALL
)


def breakable(name: str) -> Markup:
    """The name as HTML that breaks between its parts where it is too long for a line; it is copied as it is.

    >>> print(breakable("2020.has_team.yes.all.share"))
    2020.has_team.yes.all.share
    >>> print(breakable("2018-2020.policy_areas.transport_mobility.country:GBR.share"))
    2018-2020.policy_areas.<wbr>transport_mobility.country:GBR.<wbr>share
    """
    # The same pieces stand in many ids.
    return Markup("<wbr>".join(map(safe, _PIECE.findall(name))))  # noqa: S704 - all is escaped
