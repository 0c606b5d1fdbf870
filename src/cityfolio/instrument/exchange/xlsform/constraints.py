"""Constraints of an XLSForm: ranges, caps and explicit "none" answers, and what is none of these."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

__all__ = ["Limits", "read_constraint"]

_NUMBER = r"(-?[0-9]{1,15}(?:\.[0-9]{1,15})?)"
_AT_LEAST = re.compile(rf"\.\s*>=\s*{_NUMBER}")
_AT_MOST = re.compile(rf"\.\s*<=\s*{_NUMBER}")
_UP_TO = re.compile(r"count-selected\(\s*\.\s*\)\s*(<=|<)\s*([0-9]{1,9})")
_ALONE = re.compile(
    r"not\(\s*selected\(\s*\.\s*,\s*'([^']*)'\s*\)\s+and\s+count-selected\(\s*\.\s*\)\s*>\s*1\s*\)"
    r"|if\(\s*selected\(\s*\.\s*,\s*'([^']*)'\s*\)\s*,\s*count-selected\(\s*\.\s*\)\s*=\s*1\s*,\s*true\(\)\s*\)"
)


@dataclass
class Limits:
    """What a constraint allows; `rest` are the parts that say something else."""

    lowest: float | None = None
    highest: float | None = None
    cap: int | None = None
    exclusive: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)


def read_constraint(text: str) -> Limits:
    """The limits that a constraint states.

    >>> limits = read_constraint("count-selected(.) <= 2 and not(selected(., 'none') and count-selected(.) > 1)")
    >>> limits.cap, limits.exclusive, read_constraint(". >= 0 and . < 5").rest
    (2, ['none'], ['. < 5'])
    """
    limits = Limits()
    for part in _parts(text):
        if found := _AT_LEAST.fullmatch(part):
            limits.lowest = float(found[1])
        elif found := _AT_MOST.fullmatch(part):
            limits.highest = float(found[1])
        elif found := _UP_TO.fullmatch(part):
            limits.cap = int(found[2]) - (found[1] == "<")
        elif found := _ALONE.fullmatch(part):
            limits.exclusive.append(found[1] or found[2])
        else:
            limits.rest.append(part)
    return limits


def _parts(text: str) -> Iterator[str]:
    """What stands between the `and`s that are in no bracket."""
    depth, start = 0, 0
    for found in re.finditer(r"[()]|\sand\s", text):
        if found[0] in "()":
            depth += 1 if found[0] == "(" else -1
        elif depth == 0:
            yield text[start : found.start()].strip()
            start = found.end()
    rest = text[start:].strip()
    if rest:
        yield rest
