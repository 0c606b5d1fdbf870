"""LimeSurvey's types of questions, and what they are here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

__all__ = ["BUILT_IN", "GRIDS", "LEFT_OUT", "LISTS", "PLAIN", "SEVERAL"]

Kind: TypeAlias = Literal["single", "multiple", "ranked", "scale", "grid", "number", "text"]

LISTS: Mapping[str, Kind] = {
    "L": "single",
    "!": "single",
    "O": "single",
    "Y": "single",
    "G": "single",
    "5": "scale",
    "M": "multiple",
    "P": "multiple",
    "R": "ranked",
}
GRIDS: Mapping[str, Kind] = {"F": "grid", "H": "grid", "A": "grid", "B": "grid", "C": "grid", "E": "grid"}
# Several fields of one kind: each is a question of its own.
SEVERAL: Mapping[str, Kind] = {"K": "number", "Q": "text"}
PLAIN: Mapping[str, Kind] = {"N": "number", "S": "text", "T": "text", "U": "text", "D": "text"}
LEFT_OUT: Mapping[str, str] = {
    "X": "text for readers",
    "*": "a calculation",
    "|": "files",
    "I": "the choice of a language",
    "1": "an array with two scales",
    ":": "an array of numbers",
    ";": "an array of texts",
}
# Answers that a type brings along; their codes stand in LimeSurvey's exports.
BUILT_IN: Mapping[str, tuple[tuple[str, str], ...]] = {
    "Y": (("Y", "Yes"), ("N", "No")),
    "G": (("F", "Female"), ("M", "Male")),
    "5": tuple((str(step), str(step)) for step in range(1, 6)),
    "A": tuple((str(step), str(step)) for step in range(1, 6)),
    "B": tuple((str(step), str(step)) for step in range(1, 11)),
    "C": (("Y", "Yes"), ("U", "Uncertain"), ("N", "No")),
    "E": (("I", "Increase"), ("S", "Same"), ("D", "Decrease")),
}
