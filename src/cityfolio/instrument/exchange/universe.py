"""Whom a question of another program's form is for: its conditions as routing, or a finding that says that they are none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from cityfolio.instrument.exchange.conditions import All, Broken, Condition, Past, Unfit, leads_past, read_condition
from cityfolio.instrument.loading import UniverseEntry

if TYPE_CHECKING:
    from cityfolio.instrument.exchange.questionnaire import Left
    from cityfolio.instrument.loading import QuestionEntry

__all__ = ["with_universe"]


def with_universe(
    entry: QuestionEntry,
    conditions: Sequence[str],
    earlier: Mapping[str, QuestionEntry],
    left: Left,
    row: int,
    *,
    words: str = "",
    resolve: Callable[[Condition], Condition] = lambda condition: condition,
) -> QuestionEntry:
    """The question with its universe. `words` are the form's own about it; `resolve` gives names the meaning that ours have."""
    past = _past(entry.variable, conditions, earlier, left, row, resolve) if conditions else Past({})
    if not words and not past.codes:
        return entry
    if not words:
        words = _in_words(past, earlier)
        left.note("instrument.universe-words", words, entry.variable, row)
    if past.unanswered_too:
        left.note("instrument.unanswered-asked", "", entry.variable, row)
    universe = UniverseEntry(text=words, routed_past_by={v: list(codes) for v, codes in past.codes.items()})
    return entry.model_copy(update={"universe": universe})


def _past(
    variable: str,
    conditions: Sequence[str],
    earlier: Mapping[str, QuestionEntry],
    left: Left,
    row: int,
    resolve: Callable[[Condition], Condition],
) -> Past:
    codes = {name: [c.code for c in entry.categories] for name, entry in earlier.items()}
    several = frozenset(name for name, entry in earlier.items() if entry.kind in ("multiple", "ranked"))
    read: list[Condition] = []
    for text in conditions:
        try:
            condition = resolve(read_condition(text))
            leads_past(condition, codes, several)
        except Broken:
            left.note("instrument.broken-condition", text, variable, row)
        except Unfit:
            left.note("instrument.not-carried", f"the condition {text}", variable, row)
        else:
            read.append(condition)
    return leads_past(All(tuple(read)), codes, several) if read else Past({})


def _in_words(past: Past, earlier: Mapping[str, QuestionEntry]) -> str:
    """Whom a question is for, in the words of the questions before: the answers that do not lead past it."""
    said = []
    for variable, codes in past.codes.items():
        entry = earlier[variable]
        said.append(f"{entry.label}: {', '.join(c.label for c in entry.categories if c.code not in codes)}")
    return "; ".join(said)
