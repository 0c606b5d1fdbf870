"""The ranking of categories among all units: ours with its base, the published order as a reference."""

from __future__ import annotations

from cityfolio.model.answer import Answer
from cityfolio.model.fact import PUBLISHED
from cityfolio.model.variable import Category, Variable
from cityfolio.narrative.sentence import text
from cityfolio.profile.document import RankingBlock, RankRow
from cityfolio.profile.scope import Scope
from cityfolio.tabulate.rankings import RANK

__all__ = ["ranking"]


def ranking(variable: Variable, title: str, answer: Answer | None, scope: Scope) -> RankingBlock | None:
    """The ranking block, or None where no category has a rank."""
    speaker = scope.speaker
    codes = answer.codes if answer is not None else ()
    rows = [_row(variable, c, scope, chosen=c.code in codes) for c in variable.categories if not c.exclusive]
    ranked = [row for row in rows if row.rank is not None or row.published_rank is not None]
    if not ranked:
        return None
    ranked.sort(key=lambda row: (row.rank or 99, row.published_rank or 99, row.label))
    shares = [speaker.store.find(scope.edition.id, variable.id, row.code) for row in ranked]
    fact = next((share for share in shares if share is not None and not share.withheld), None)
    names = {"unit": text(speaker.unit_one), "edition": text(scope.edition.title)}
    if fact is not None:
        names.update(speaker.fact_names(fact))
    names["units"] = text(speaker.unit_many)
    subtitle = speaker.phrase("ranking.subtitle", **names) or ()
    has_published = any(row.published_rank is not None for row in ranked)
    note = speaker.phrase("ranking.published") if has_published else None
    return RankingBlock(variable.id, title, subtitle, tuple(ranked), (note,) if note else ())


def _row(variable: Variable, category: Category, scope: Scope, *, chosen: bool) -> RankRow:
    store, edition = scope.speaker.store, scope.edition.id
    rank = store.find(edition, variable.id, category.code, RANK)
    share = store.find(edition, variable.id, category.code)
    published = store.find(edition, variable.id, category.code, RANK, source=PUBLISHED)
    return RankRow(
        code=category.code,
        label=category.label,
        chosen=chosen,
        rank=int(rank.value) if rank and rank.value is not None else None,
        rank_fact=rank.id if rank else "",
        count=share.numerator if share else None,
        of=share.base.counted if share and share.base else None,
        share_fact=share.id if share else "",
        published_rank=int(published.value) if published and published.value is not None else None,
        published_fact=published.id if published else "",
    )
