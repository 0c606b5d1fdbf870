"""What each key of each file holds, in words: for the schemas that editors show while somebody types.

The words are those of docs/reference/programme-folder.md; `scripts/make_reference.py` takes them from there into `keys.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import cast, get_args

from cityfolio.reading.yaml import Shape

__all__ = ["KEYS", "explanations_of", "shapes_below"]

KEYS = "keys.json"


@cache
def _all() -> Mapping[str, Mapping[str, str]]:
    text = (files("cityfolio.build.formats") / KEYS).read_text("utf-8")
    return cast("Mapping[str, Mapping[str, str]]", json.loads(text))


def explanations_of(shape: type[Shape]) -> dict[str, Mapping[str, str]]:
    """For the shape and each one below it, by its name: what its keys hold.

    >>> from cityfolio.build.manifest import ProgrammeFile
    >>> explanations_of(ProgrammeFile)["NounEntry"]["many"]
    'The noun for several, for example `cities`.'
    """
    return {found.__name__: _all().get(_name(found), {}) for found in shapes_below(shape)}


def _name(shape: type[Shape]) -> str:
    return f"{shape.__module__.rpartition('.')[2]}.{shape.__name__}"


def shapes_below(shape: type[Shape]) -> list[type[Shape]]:
    """The shape and all that its keys lead to, each once."""
    found: list[type[Shape]] = []
    waiting = [shape]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.append(one)
            waiting += [inner for field in one.model_fields.values() for inner in _shapes_in(field.annotation)]
    return found


def _shapes_in(annotation: object) -> Iterator[type[Shape]]:
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        yield annotation
    for inner in get_args(annotation):
        yield from _shapes_in(inner)
