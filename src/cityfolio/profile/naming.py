"""A name in the page plan that cannot stand where it stands: one that nothing has, or a variable of another kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from cityfolio.findings import Finding
from cityfolio.formatting import did_you_mean
from cityfolio.model.variable import Kind

if TYPE_CHECKING:
    from cityfolio.findings import Place
    from cityfolio.model.variable import Variable

__all__ = ["unfit"]

_IS = {Kind.TEXT: "is a text", Kind.NUMBER: "is a number", Kind.MULTIPLE: "takes several answers"}


def unfit(
    got: str, fitting: Collection[str], variables: Mapping[str, Variable], wanted: tuple[str, str], at: Place
) -> Finding:
    """The finding about a name that is none of the `fitting` ones; `wanted` is what may stand there, singular and plural."""
    one, many = wanted
    held = variables.get(got)
    if held is None:
        suggestion = did_you_mean(got, fitting) or ""
        facts = {"kind": f"The {one}", "got": got, "suggestion": suggestion, "where": "The page plan"}
        return Finding("programme.unknown-name", at, facts)
    return Finding("programme.unfit-variable", at, {"got": got, "problem": _problem(held), "wanted": many})


def _problem(variable: Variable) -> str:
    """Why a variable cannot stand somewhere: what it protects goes before what it is."""
    if variable.personal:
        return "names a person"
    if not variable.released:
        return "is not released unit by unit"
    return _IS.get(variable.kind, "is a choice")
