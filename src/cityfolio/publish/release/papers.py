"""CHANGES.md: what a release is beside the one before, for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cityfolio.publish.dataset import Dataset
from cityfolio.publish.release.change_log import NumberChange, in_words, markdown_cell
from cityfolio.publish.release.judging import Judgement
from cityfolio.publish.release.state import AppliedCorrection
from cityfolio.publish.release.versions import Level
from cityfolio.publish.standards.citation import citation_sentence

__all__ = ["LEVELS", "changes_page"]

LEVELS = {
    Level.MAJOR: "A major release: something that others may have built on is gone, or may no longer be compared.",
    Level.MINOR: "A minor release: numbers are new or others; every id of the release before is still there.",
    Level.PATCH: "A patch: every number is as it was.",
}
_SHOWN = 200
_COUNTED = {
    "changed": "Facts with other numbers: {number}.",
    "new": "Facts that are new: {number}.",
    "gone": "Facts that are gone: {number}.",
}


def changes_page(
    dataset: Dataset,
    judgement: Judgement | None,
    changes: Sequence[NumberChange],
    corrections: Sequence[AppliedCorrection] = (),
) -> bytes:
    """The page in Markdown. The numbers of all units come first; every other one is in changes.csv."""
    return ("\n".join(_lines(dataset, judgement, changes, corrections)) + "\n").encode("utf-8")


def _lines(
    dataset: Dataset,
    judgement: Judgement | None,
    changes: Sequence[NumberChange],
    corrections: Sequence[AppliedCorrection],
) -> Iterator[str]:
    yield f"# {dataset.title}, {dataset.version}"
    yield ""
    yield citation_sentence(dataset)
    yield ""
    if judgement is None:
        yield "The first release."
        yield from _corrections(corrections)
        return
    yield LEVELS[judgement.level]
    yield ""
    yield from (f"- {reason.words}" for reason in judgement.reasons)
    yield from _corrections(corrections)
    yield ""
    yield "## Numbers"
    yield ""
    for kind, words in _COUNTED.items():
        yield f"- {words.replace('{number}', str(sum(change.kind == kind for change in changes)))}"
    changed = sorted((c for c in changes if c.kind == "changed"), key=_of_all_first)
    if not changed:
        return
    yield ""
    yield from in_words(changed, _SHOWN)
    yield ""
    yield "All of them stand in changes.csv."


def _corrections(corrections: Sequence[AppliedCorrection]) -> Iterator[str]:
    """The answers that were corrected since the release before."""
    if not corrections:
        return
    yield from ("", "## Corrections", "", "| day | answer | before | now | why |", "|---|---|---|---|---|")
    for one in corrections:
        cells = (one.date, one.subject, one.before or "nothing", one.after or "nothing", one.reason)
        yield f"| {' | '.join(map(markdown_cell, cells))} |"


def _of_all_first(change: NumberChange) -> tuple[bool, str]:
    return ".all." not in change.fact, change.fact
