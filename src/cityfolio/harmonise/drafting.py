"""Draft crosswalks: a line for each difference between two instruments, and what a person has settled stays untouched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from cityfolio.harmonise.crosswalk import ChangeEntry, CrosswalkFile
from cityfolio.instrument.comparing import instrument_differences
from cityfolio.instrument.writing import shape_tree
from cityfolio.reading.writing_yaml import yaml_text
from cityfolio.reading.yaml import parse_yaml

if TYPE_CHECKING:
    from cityfolio.instrument.differences import Difference
    from cityfolio.model.instrument import Instrument
    from cityfolio.reading.yaml import Tree

__all__ = ["crosswalk_text", "draft_crosswalk", "with_lines_added"]

_CONFIRMED = "confirmed"


def draft_crosswalk(earlier: Instrument, later: Instrument, held: Sequence[ChangeEntry] = ()) -> CrosswalkFile:
    """A crosswalk with a line for each difference. `held` are the lines that there are already.

    A line that somebody confirmed stays as it is and settles what it is about: its question or category, and the codes that it
    names. All others are drafted anew, so that a line goes when its difference does.

    >>> from cityfolio.model.instrument import Choice, Instrument, Question, Section
    >>> from cityfolio.model.variable import Kind
    >>> waves = [Instrument(wave, wave, (Section("s", "S", (Question("plan", Kind.SINGLE, label),)),))
    ...          for wave, label in (("2018", "A plan for trees"), ("2020", "A plan for parks"))]
    >>> draft = draft_crosswalk(*waves)
    >>> [(line.variable, line.change, line.state) for line in draft.changes]
    [('plan', 'reworded', 'needs confirmation')]
    >>> settled = draft.changes[0].model_copy(update={"state": "confirmed", "comparability": "break"})
    >>> draft_crosswalk(*waves, [settled]).changes == [settled]
    True
    """
    settled = [line for line in held if line.state == _CONFIRMED]
    about = {subject for line in settled for subject in _subjects(line)}
    drafted = [
        line
        for line in map(_line, instrument_differences(earlier, later))
        if not any(s in about for s in _subjects(line))
    ]
    return CrosswalkFile(format="1", earlier=earlier.wave, later=later.wave, changes=[*settled, *drafted])


def crosswalk_text(content: CrosswalkFile) -> str:
    """The YAML of a crosswalk.

    >>> print(crosswalk_text(CrosswalkFile(format="1", earlier="2018", later="2020", changes=[])), end="")
    format: 1
    earlier: 2018
    later: 2020
    changes: []
    """
    return yaml_text(_tree(content))


def with_lines_added(text: str, held: CrosswalkFile, draft: CrosswalkFile) -> str:
    """The text of a crosswalk brought to what `draft` says; comments and layout of `text` stay where lines are only added."""
    new = [line for line in draft.changes if line not in held.changes]
    if not new and len(held.changes) == len(draft.changes):
        return text
    if all(line in draft.changes for line in held.changes):
        lines = crosswalk_text(draft.model_copy(update={"changes": new})).partition("changes:\n")[2]
        longer = f"{text.rstrip()}\n\n{lines}"
        content, _, findings = parse_yaml("", longer, CrosswalkFile)
        if content == held.model_copy(update={"changes": [*held.changes, *new]}) and not findings:
            return longer
    return crosswalk_text(draft)


def _tree(content: CrosswalkFile) -> dict[str, Tree]:
    tree = shape_tree(content)
    # How far two waves may be compared is written out even where it is as usual: a person is to read and judge it.
    changes: list[Tree] = [_written(line) for line in content.changes]
    return {**tree, "changes": changes}


def _written(line: ChangeEntry) -> dict[str, Tree]:
    tree = shape_tree(line)
    return {
        name: tree.get(name, line.comparability) for name in type(line).model_fields if name in {*tree, "comparability"}
    }


def _subjects(line: ChangeEntry) -> Iterable[tuple[str, str, str]]:
    """What a line settles. Several things can happen to a question at once, each with a line of its own."""
    if not line.category:
        return [(line.variable, "", line.change)]
    return [(line.variable, code, "") for code in (line.category, *line.codes)]


def _line(found: Difference) -> ChangeEntry:
    return ChangeEntry.model_validate(
        {
            "variable": found.variable,
            "category": found.category,
            "change": found.change,
            "codes": list(found.codes),
            "comparability": found.rule.comparability,
            "reason": found.reason,
            "state": found.state,
        }
    )
