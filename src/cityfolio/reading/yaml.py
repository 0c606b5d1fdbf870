"""YAML files, with the place of every value.

Plain words stay words: `yes`, `no`, `2018` and `1e5` are text until the shape of the file asks for something else, so the code
`no` never becomes false. Anchors and tags are not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias, TypeVar, get_args

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from cityfolio.findings import Finding, Place
from cityfolio.formatting import did_you_mean
from cityfolio.reading.text import Source, read_text
from cityfolio.reading.yaml_trouble import broken_place, in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic_core import ErrorDetails

__all__ = ["Located", "Shape", "Tree", "parse_yaml", "read_yaml"]

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree] | None"
Path: TypeAlias = "tuple[str | int, ...]"

_DEEPEST = 30

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Shape(BaseModel):
    """What a file may hold. Unknown keys are findings, values never change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


ShapeT = TypeVar("ShapeT", bound=Shape)


@dataclass(frozen=True)
class Located:
    """The places of a file's values: each path of keys with its line and column."""

    name: str
    places: Mapping[Path, tuple[int, int]]

    def at(self, *path: str | int) -> Place:
        """The place of a value, or of the nearest one above it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.places:
                line, column = self.places[path[:length]]
                return Place(self.name, line, str(column))
        return Place(self.name)


def read_yaml(source: Source, shape: type[ShapeT]) -> tuple[ShapeT | None, Located, list[Finding]]:
    """The content of a YAML file in its shape, the places of its values, and all findings."""
    text, findings = read_text(source)
    if text is None:
        return None, Located(source.name, {}), findings
    content, located, more = parse_yaml(source.name, text, shape)
    return content, located, findings + more


def parse_yaml(name: str, text: str, shape: type[ShapeT]) -> tuple[ShapeT | None, Located, list[Finding]]:
    """The content of YAML `text` in its shape, the places of its values, and all findings."""
    content, located, findings = _parsed(name, text, shape)
    return content, located, [*findings]


# Whoever builds again and again reads the same files each time, and nothing that comes of them changes.
@lru_cache(maxsize=200)
def _parsed(name: str, text: str, shape: type[ShapeT]) -> tuple[ShapeT | None, Located, list[Finding]]:
    try:
        node = _Loader(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        return None, Located(name, {}), [_broken(name, text, error)]
    except yaml.YAMLError as error:
        return (
            None,
            Located(name, {}),
            [Finding("yaml.broken", Place(name), {"problem": str(error).split("\n")[0]})],
        )
    reader = _Reader(name)
    tree = reader.tree(node, ()) if node is not None else {}
    located, findings = Located(name, reader.places), reader.findings
    try:
        content = shape.model_validate(tree)
    except ValidationError as error:
        findings += [_unexpected(located, problem, shape) for problem in error.errors(include_url=False)]
        return None, located, findings
    return content, located, findings


class _Reader:
    """Turns nodes into plain content, noting places and what cannot stand."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.places: dict[Path, tuple[int, int]] = {}
        self.findings: list[Finding] = []
        self._seen: set[int] = set()

    def tree(self, node: yaml.Node, path: Path) -> Tree:
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        self.places.setdefault(path, (line, column))
        if len(path) > _DEEPEST:
            facts = {"problem": "Lists and keys are nested too deeply", "where": ".".join(map(str, path[:3]))}
            self.findings.append(Finding("yaml.unexpected", Place(self.name, line, str(column)), facts))
            return None
        if id(node) in self._seen:
            # An alias repeats its anchor's node; following it could grow a small file without end.
            facts = {"problem": "Anchors and aliases are not read", "where": ".".join(map(str, path))}
            self.findings.append(Finding("yaml.unexpected", Place(self.name, line, str(column)), facts))
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.tree(item, (*path, i)) for i, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        plain = not getattr(node, "style", None)
        return None if plain and node.value in ("", "~", "null") else str(node.value)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> Tree:
        content: dict[str, Tree] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            mark = key_node.start_mark
            if key in content:
                facts = {"key": key, "first": str(self.places[(*path, key)][0])}
                place = Place(self.name, mark.line + 1, str(mark.column + 1))
                self.findings.append(Finding("yaml.doubled-key", place, facts))
                continue
            self.places[(*path, key)] = (mark.line + 1, mark.column + 1)
            content[key] = self.tree(value_node, (*path, key))
        return content


def _broken(name: str, text: str, error: yaml.MarkedYAMLError) -> Finding:
    mark = broken_place(error)
    place = Place(name, mark.line + 1, str(mark.column + 1)) if mark else Place(name)
    return Finding("yaml.broken", place, {"problem": in_words(text, error)})


# What a key can hold, by what pydantic calls the lack of it, in the words of the reference.
_WANTED = {
    "dict_type": "Keys with values",
    "model_type": "Keys with values",
    "model_attributes_type": "Keys with values",
    "list_type": "A list",
    "string_type": "A text",
    "int_parsing": "A whole number",
    "int_type": "A whole number",
    "float_parsing": "A number",
    "decimal_parsing": "A number",
    "fraction_parsing": "A fraction such as 1/2, or a decimal such as 0.5,",
    "bool_parsing": "true or false",
    "bool_type": "true or false",
}


def _stands(content: object) -> str:
    if isinstance(content, dict):
        return "keys with values"
    if isinstance(content, list):
        return "a list"
    return "nothing" if content in (None, "") else f'"{content}"'


def _unexpected(located: Located, problem: ErrorDetails, shape: type[Shape]) -> Finding:
    path = tuple(problem["loc"])
    where = ".".join(str(part) for part in path) or "the whole file"
    message = problem["msg"].removeprefix("Value error, ")
    if path == ("format",) and problem["type"] == "literal_error":
        known = str(problem.get("ctx", {}).get("expected", "")).strip("'")
        return Finding("yaml.other-format", located.at(*path), {"got": str(problem["input"]), "known": known})
    facts = {"problem": message, "where": where}
    if problem["type"] == "extra_forbidden":
        facts["problem"] = f'The key "{path[-1]}" is not known here'
        facts["suggestion"] = did_you_mean(str(path[-1]), _keys_at(shape, path[:-1])) or ""
    elif problem["type"] == "literal_error":
        expected = str(problem.get("ctx", {}).get("expected", ""))
        facts["problem"] = f'"{problem["input"]}" is none of {expected.replace(" or ", ", ")}'
        facts["suggestion"] = did_you_mean(str(problem["input"]), re.findall("'([^']*)'", expected)) or ""
    elif problem["type"] == "missing":
        facts["problem"] = f'The key "{path[-1]}" is missing'
    elif problem["type"] == "too_short":
        facts["problem"] = f"The list holds too little; it needs {problem.get('ctx', {}).get('min_length')} or more"
    elif problem["type"] in _WANTED:
        facts["problem"] = f"{_WANTED[problem['type']]} should stand here, not {_stands(problem['input'])}"
    return Finding("yaml.unexpected", located.at(*path), facts)


def _keys_at(shape: type[Shape], path: Path) -> list[str]:
    """The keys that the shape knows at a path: whatever entries of it can stand there."""
    shapes = {shape}
    for part in path:
        if isinstance(part, str):
            inside = [known.model_fields[part].annotation for known in shapes if part in known.model_fields]
            shapes = {found for annotation in inside for found in _shapes_in(annotation)} or shapes
    return [name for known in sorted(shapes, key=lambda one: one.__name__) for name in known.model_fields]


def _shapes_in(annotation: object) -> Iterator[type[Shape]]:
    """The shapes that a type speaks of: those of a list, of a dictionary, of one kind or another."""
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        yield annotation
    for inner in get_args(annotation):
        yield from _shapes_in(inner)
