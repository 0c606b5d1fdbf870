"""The mapping of a wave: which column holds the answer to which question, and what its values mean. The programme owns it."""

from __future__ import annotations

from typing import Literal

from cityfolio.reading.writing_yaml import Plain, yaml_text
from cityfolio.reading.yaml import Shape, Tree

__all__ = ["MappingFile", "UnitColumn", "VariableColumns", "mapping_text"]

Reason = Literal["refused", "dont_know", "not_on_record", "unanswered"]


class UnitColumn(Shape):
    """The column that says whose answers they are, and the ids behind its words."""

    column: str
    values: dict[str, str] = {}


class VariableColumns(Shape):
    """Where the answers to one question stand: in one column, in one per category, or in one per rank."""

    variable: str
    column: str = ""
    columns: dict[str, str] = {}
    ranks: list[str] = []
    other: str = ""
    separator: str = " "
    codes: dict[str, str] = {}
    chosen: list[str] = ["1", "Y", "Yes", "TRUE", "True", "true"]
    missing: dict[str, Reason] = {}
    state: Literal["automatic", "needs confirmation", "confirmed"] = "automatic"


class MappingFile(Shape):
    """`mappings/<wave>.yml`."""

    format: Literal["1"] = "1"
    encoding: str = ""
    unit: UnitColumn
    variables: list[VariableColumns] = []
    absent: list[str] = []
    ignored: list[str] = []


def mapping_text(mapping: MappingFile) -> str:
    """The mapping as the file that the programme goes on editing."""
    tree: dict[str, Tree] = {"format": Plain("1")}
    tree |= mapping.model_dump(exclude_defaults=True)
    return yaml_text(tree)
