"""JSON Schemas of the YAML files, for editors that complete keys and mark mistakes while somebody types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias, cast

from pydantic_core import to_json

from cityfolio.build.formats.explanations import explanations_of
from cityfolio.build.formats.registry import CURRENT, FileFormat

__all__ = ["Schema", "schema_json", "schema_of"]

Schema: TypeAlias = "str | int | float | bool | list[Schema] | dict[str, Schema] | None"

_ONE_OR_MANY = {"cases", "when", "by"}  # keys below which one word may stand in place of a list of one
_PLAIN: list[Schema] = ["string", "number", "boolean"]


def schema_json(file_format: FileFormat) -> bytes:
    """The schema as it is written."""
    return to_json(schema_of(file_format), indent=1) + b"\n"


def schema_of(file_format: FileFormat) -> dict[str, Schema]:
    """The JSON Schema (2020-12) of a format.

    Programme files keep plain words as words: `2024` and `yes` are text where text is wanted. Editors read them as a number or
    a truth value before they look at the schema, so text may be these too.
    """
    made = cast("dict[str, Schema]", file_format.shape.model_json_schema())
    _explain(made, file_format)
    title = f"{file_format.pattern} of a cityfolio programme, format {CURRENT}"
    head: dict[str, Schema] = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return head | {key: value for key, value in _relaxed(made, one_or_many=False).items() if key != "title"}


def _explain(made: dict[str, Schema], file_format: FileFormat) -> None:
    """Put what each key holds beside its type."""
    told = explanations_of(file_format.shape)
    below = made.get("$defs")
    parts = {file_format.shape.__name__: made, **(below if isinstance(below, dict) else {})}
    for name, part in parts.items():
        keys = part.get("properties") if isinstance(part, dict) else None
        for key, value in (keys if isinstance(keys, dict) else {}).items():
            words = told.get(name, {}).get(key)
            if words and isinstance(value, dict):
                value["description"] = words


def _relaxed(schema: Mapping[str, Schema], *, one_or_many: bool) -> dict[str, Schema]:
    found: dict[str, Schema] = {}
    for key, value in schema.items():
        if key in ("properties", "$defs") and isinstance(value, dict):
            found[key] = {
                name: _relaxed(inner, one_or_many=one_or_many or name in _ONE_OR_MANY)
                for name, inner in value.items()
                if isinstance(inner, dict)
            }
        elif key == "title":
            continue  # pydantic makes it of the key, which the editor shows anyway
        elif isinstance(value, dict):
            found[key] = value if key == "default" else _relaxed(value, one_or_many=one_or_many)
        elif key in ("anyOf", "allOf", "oneOf") and isinstance(value, list):
            found[key] = [_relaxed(v, one_or_many=one_or_many) if isinstance(v, dict) else v for v in value]
        else:
            found[key] = value
    return _with_plain_words(found, one_or_many=one_or_many)


def _with_plain_words(schema: dict[str, Schema], *, one_or_many: bool) -> dict[str, Schema]:
    kind = schema.get("type")
    if kind == "array" and one_or_many:
        told: dict[str, Schema] = {"description": schema.pop("description")} if "description" in schema else {}
        return {**told, "anyOf": [schema, {"type": _PLAIN}]}
    if kind != "string":
        return schema
    if "const" in schema:
        word = schema.pop("const")
        schema["enum"] = [word]
    if "enum" in schema:
        words = schema["enum"] if isinstance(schema["enum"], list) else []
        del schema["type"]
        schema["enum"] = [*words, *(int(word) for word in words if isinstance(word, str) and word.isdecimal())]
    elif "pattern" not in schema:
        schema["type"] = _PLAIN
    return schema
