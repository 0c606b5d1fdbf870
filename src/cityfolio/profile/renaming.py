"""Ids of facts after an id that they are made of was changed, so that a number under another name is no new one."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import TypeVar

from cityfolio.profile.surroundings import Moved

__all__ = ["renamed", "renamed_fact"]

_Held = TypeVar("_Held")
_ID = re.compile(
    r"(?P<before>(?:published\.)?[^.:]+\.)(?P<variable>[^.:]+)(?P<category>\.[^.:]+\.)"
    r"(?:(?P<kind>[^.:]+):(?P<key>.*)|all)(?P<measure>\.[^.]+)"
)


def renamed_fact(fact: str, moved: Collection[Moved]) -> str:
    """The id that a fact has now.

    >>> renamed_fact("2020.team_staff._.unit:pusan.answer", [Moved("unit", "pusan", "busan")])
    '2020.team_staff._.unit:busan.answer'
    >>> moved = [Moved("variable", "team", "has_team"), Moved("variable", "plan", "has_plan")]
    >>> renamed_fact("2020.team.yes.plan:no.share_within", moved)
    '2020.has_team.yes.has_plan:no.share_within'
    """
    found = _ID.fullmatch(fact)
    if found is None:
        return fact
    of_units = {one.old: one.new for one in moved if one.kind == "unit"}
    of_variables = {one.old: one.new for one in moved if one.kind == "variable"}
    before, variable, category, kind, key, measure = found.group(
        "before", "variable", "category", "kind", "key", "measure"
    )
    group = (
        "all" if kind is None else f"{of_variables.get(kind, kind)}:{of_units.get(key, key) if kind == 'unit' else key}"
    )
    return f"{before}{of_variables.get(variable, variable)}{category}{group}{measure}"


def renamed(facts: Mapping[str, _Held], moved: Collection[Moved]) -> dict[str, _Held]:
    """What is held by ids of facts, by the ids of now. An id that was there before stays what it was."""
    if not moved:
        return dict(facts)
    named = {fact: renamed_fact(fact, moved) for fact in facts}
    return {fact if now != fact and now in facts else now: facts[fact] for fact, now in named.items()}
