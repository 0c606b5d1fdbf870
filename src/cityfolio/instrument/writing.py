"""Instruments as their YAML files: what is read again is exactly what was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cityfolio.formatting import plain_number
from cityfolio.reading.writing_yaml import Plain, yaml_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cityfolio.instrument.loading import InstrumentFile
    from cityfolio.reading.yaml import Shape, Tree

__all__ = ["instrument_text", "shape_tree"]


def instrument_text(content: InstrumentFile) -> str:
    """The YAML of an instrument: keys in the order of the reference, what is as usual left out.

    >>> from cityfolio.instrument.loading import InstrumentFile
    >>> print(instrument_text(InstrumentFile(format="1", title="Trees", sections=[])), end="")
    format: 1
    title: Trees
    sections: []
    """
    return yaml_text(shape_tree(content))


def shape_tree(shape: Shape) -> dict[str, Tree]:
    """What a file of this shape would say: every key that is needed or not as usual, in the order of the shape."""
    usual: Mapping[str, bool] = {
        name: not field.is_required() and getattr(shape, name) == field.get_default(call_default_factory=True)
        for name, field in type(shape).model_fields.items()
    }
    return {name: _tree(getattr(shape, name)) for name, is_usual in usual.items() if not is_usual}


def _tree(value: object) -> Tree:
    from cityfolio.reading.yaml import Shape

    if isinstance(value, Shape):
        return shape_tree(value)
    if isinstance(value, list):
        return [_tree(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _tree(item) for key, item in value.items()}
    if isinstance(value, bool):
        return Plain("true" if value else "false")
    if isinstance(value, float | int):
        return Plain(plain_number(value))
    return None if value is None else str(value)
