"""Small drawings beside numbers that a table says anyway: hidden from screen readers, no number in them alone."""

from __future__ import annotations

from markupsafe import Markup

from cityfolio.profile.acting_documents import Spread

__all__ = ["spread"]


def spread(row: Spread) -> Markup:
    """A line from the smallest to the largest figure, a block over the middle half, a notch at the median.

    >>> print(spread(Spread(0, 0.25, 0.5, 0.75, 1)))
    <svg class="spread" aria-hidden="true"><line x1="0%" x2="100%" y1="6" y2="6"/><rect x="25%" y="2" width="50%"/><line \
class="median" x1="50%" x2="50%" y1="0" y2="12"/></svg>
    """
    low, first, median, high = (
        _per_cent(value) for value in (row.smallest, row.first_quartile, row.median, row.largest)
    )
    width = _per_cent(row.third_quartile - row.first_quartile)
    return Markup(  # noqa: S704 - numbers
        f'<svg class="spread" aria-hidden="true"><line x1="{low}%" x2="{high}%" y1="6" y2="6"/>'
        f'<rect x="{first}%" y="2" width="{width}%"/>'
        f'<line class="median" x1="{median}%" x2="{median}%" y1="0" y2="12"/></svg>'
    )


def _per_cent(value: float) -> str:
    return f"{min(max(value, 0.0), 1.0) * 100:.1f}".removesuffix(".0")
