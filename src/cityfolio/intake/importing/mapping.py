"""The mapping of a wave: which column holds the answer to which question, and what its values mean. The programme owns it."""

from __future__ import annotations

from typing import Literal

from cityfolio.reading.writing_yaml import Plain, yaml_text
from cityfolio.reading.yaml import Shape, Tree

__all__ = ["MappingFile", "UnitColumn", "VariableColumns", "columns_read", "mapping_text"]

_HEAD = """\
# Which column holds the answers to which question, and what its values mean. Drafted once, yours now: correct it, import again.
# Every key is explained in the reference, "The programme folder", mappings/.
"""

Reason = Literal["refused", "dont_know", "not_on_record", "unanswered"]


class UnitColumn(Shape):
    """The column that says whose answers they are, and the ids behind its words."""

    column: str
    values: dict[str, str] = {}


class VariableColumns(Shape):
    """Where the answers to one question stand: in one column, in one per category, or in one per rank.

    Where there is one column and one per category too, both have to say the same.
    """

    variable: str
    column: str = ""
    columns: dict[str, str] = {}
    ranks: list[str] = []
    other: str = ""
    separator: str = " "
    decimal: Literal[".", ","] = "."
    codes: dict[str, str] = {}
    chosen: list[str] = ["1", "Y", "Yes", "TRUE", "True", "true"]
    not_chosen: list[str] = ["0", "N", "No", "FALSE", "False", "false", "Not selected"]
    missing: dict[str, Reason] = {}
    state: Literal["automatic", "needs confirmation", "confirmed"] = "automatic"


class MappingFile(Shape):
    """`mappings/<wave>.yml`."""

    format: Literal["1"] = "1"
    encoding: str = ""
    sheet: str = ""
    unit: UnitColumn
    variables: list[VariableColumns] = []
    absent: list[str] = []
    left_out: dict[str, list[str]] = {}
    ignored: list[str] = []


def mapping_text(mapping: MappingFile) -> str:
    """The mapping as the file that the programme goes on editing."""
    tree: dict[str, Tree] = {"format": Plain("1")}
    tree |= mapping.model_dump(exclude_defaults=True)
    return _HEAD + yaml_text(tree)


def columns_read(mapping: MappingFile) -> list[str]:
    """The columns that answers, their units and what is left out are read from."""
    read = [mapping.unit.column, *mapping.left_out]
    for entry in mapping.variables:
        read += [column for column in (entry.column, entry.other, *entry.columns.values(), *entry.ranks) if column]
    return read
