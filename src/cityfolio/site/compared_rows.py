"""The rows of a comparison that is ready, as HTML: a site has hundreds of thousands of their cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markupsafe import Markup

from cityfolio.site.fact_links import linked_number, safe
from cityfolio.site.word_joining import closed

if TYPE_CHECKING:
    from cityfolio.profile.programme_documents import ShareCell
    from cityfolio.profile.ready_comparison import ReadyRow
    from cityfolio.site.speaking import Words

__all__ = ["ComparedRows"]

_MOST_KEPT = 20_000


@dataclass(frozen=True)
class ComparedRows:
    """Writes rows in one language. The share of a group stands beside all units in it, so its cell is written once.

    >>> from cityfolio.profile.programme_documents import ShareCell
    >>> from cityfolio.profile.ready_comparison import ReadyRow
    >>> from cityfolio.reading.product_catalogues import product_words
    >>> from cityfolio.site.speaking import words_of
    >>> row = ReadyRow("Parks", ("yes", ""), "", (ShareCell("f1", 6, 12, 50),))
    >>> print(ComparedRows(words_of(product_words("en"))).row(row, ("", "not asked")))
    ... # doctest: +NORMALIZE_WHITESPACE
    <tr><th scope="row">Parks</th><td class=""></td><td class="yes"><span aria-hidden="true">✓</span><span
    class="vh">given</span></td><td class="absent">not asked</td><td>50 % <small><span data-fact="f1"
    data-part="numerator">6 of 12</span></small></td></tr>
    """

    words: Words
    _said: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    _shares: dict[ShareCell, str] = field(default_factory=dict, compare=False, repr=False)

    def row(self, row: ReadyRow, missing: Sequence[str]) -> Markup:
        """The row; `missing` says for each unit why it has no answer to the question."""
        cells = [
            self._answer(one) if one else f'<td class="absent">{safe(why)}</td>'
            for one, why in zip(row.said, missing, strict=True)
        ]
        cells += map(self._share, row.shares)
        verdict = self._verdict(row.verdict)
        return Markup(  # noqa: S704 - all is escaped
            f'<tr><th scope="row">{safe(closed(row.label))}</th><td class="{row.verdict}">{verdict}</td>{"".join(cells)}</tr>'
        )

    def _verdict(self, verdict: str) -> str:
        if verdict == "same":
            return _verdict_of("=", self.words.gettext("same"))
        return _verdict_of("≠", self.words.gettext("different")) if verdict else ""

    def _answer(self, said: str) -> str:
        if said not in self._said:
            self._said[said] = self._answer_in_words(said)
        return self._said[said]

    def _answer_in_words(self, said: str) -> str:
        if said not in ("yes", "no"):
            return f'<td class="absent">{self.words.gettext("not offered")}</td>'
        sign, words = ("✓", self.words.gettext("given")) if said == "yes" else ("–", self.words.gettext("not given"))
        return f'<td class="{said}"><span aria-hidden="true">{sign}</span><span class="vh">{words}</span></td>'

    def _share(self, cell: ShareCell) -> str:
        if cell not in self._shares:
            if len(self._shares) >= _MOST_KEPT:
                self._shares.clear()
            self._shares[cell] = self._share_in_words(cell)
        return self._shares[cell]

    def _share_in_words(self, cell: ShareCell) -> str:
        if cell.count is None or cell.of is None:
            return f'<td class="absent">{self.words.gettext("no answer")}</td>'
        per_cent = f"{self.words.per_cent(cell.per_cent)} " if cell.per_cent is not None else ""
        said = self.words.gettext("%(count)s of %(base)s", count=cell.count, base=cell.of)
        return f"<td>{per_cent}<small>{linked_number(cell.fact, 'numerator', said)}</small></td>"


def _verdict_of(sign: str, words: str) -> str:
    """The sign is for the eye alone, and takes the place of the words where there is little room."""
    return f'<b><span class="sign" aria-hidden="true">{sign}</span> <span>{words}</span></b>'
