"""XLSForm files as pyxform understands them, with the words kept to the letter and the row of every question."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import TypeAlias

from pyxform.errors import PyXFormError
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import get_xlsform
from pyxform.xls2xform import convert

from cityfolio.findings import Finding, Place

__all__ = ["Form", "Node", "parse_form", "refusal"]

Node: TypeAlias = "Mapping[str, object]"

_LARGEST = 64_000_000  # bytes, unpacked
_WORDS = re.compile(
    r"(?:label|hint|guidance_hint|caption|title|form_title|cityfolio_\w+|constraint_message)(?:\s*::?.*)?"
)
# pyxform makes typographic quotation marks plain, which conditions need and words do not. Meanwhile they stand aside.
_ASIDE = str.maketrans("‘’“”", "\ue0f0\ue0f1\ue0f2\ue0f3")
_BACK = str.maketrans("\ue0f0\ue0f1\ue0f2\ue0f3", "‘’“”")


@dataclass(frozen=True)
class Form:
    """A form: its tree, and the row in which each name first stands."""

    tree: Node
    rows: Mapping[str, int]

    def row(self, name: str) -> int:
        """The row of a question."""
        return self.rows.get(name, 0)


def parse_form(name: str, content: bytes) -> tuple[Form | None, list[Finding]]:
    """The form in a workbook (or a CSV or Markdown file), or None with what is wrong with it."""
    kind = PurePath(name).suffix.lower()
    problem = _unsafe(content) if kind in (".xlsx", ".xlsm") else ""
    if problem:
        return None, [_unreadable(name, problem)]
    try:
        held = get_xlsform(content, file_type=kind)
        rows = {
            str(row["name"]): number for number, row in reversed([*enumerate(held.survey, start=2)]) if row.get("name")
        }
        for sheet in (held.survey, held.choices, held.settings):
            _set_aside(sheet or ())
        tree = workbook_to_json(held, fallback_form_name=PurePath(name).stem, warnings=[])
    except PyXFormError as error:
        return None, [_unreadable(name, str(error))]
    except (zipfile.BadZipFile, LookupError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
        # What pyxform and its readers raise about files that are no workbooks.
        return None, [_unreadable(name, f"{type(error).__name__}: {error}")]
    form = _put_back(tree)
    return (Form(form, rows), []) if isinstance(form, dict) else (None, [_unreadable(name, "it holds no survey")])


def refusal(content: bytes) -> str:
    """Why pyxform would not make a form of a workbook; nothing if it does."""
    try:
        convert(content, file_type=".xlsx")
    except PyXFormError as error:
        return str(error)
    return ""


def _set_aside(sheet: Iterable[dict[str, str]]) -> None:
    for row in sheet:
        for column, cell in row.items():
            if isinstance(cell, str) and _WORDS.fullmatch(column):
                row[column] = cell.translate(_ASIDE)


def _put_back(value: object) -> object:
    if isinstance(value, str):
        return value.translate(_BACK)
    if isinstance(value, dict):
        return {str(key): _put_back(held) for key, held in value.items()}
    return [_put_back(item) for item in value] if isinstance(value, list) else value


def _unsafe(content: bytes) -> str:
    """Why a workbook is not even opened: unpacked it would be huge, or its XML declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _LARGEST:
                return f"unpacked it is larger than {_LARGEST // 1_000_000} MB"
            for part in archive.infolist():
                if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(part):
                    return "its XML declares a document type"
    except zipfile.BadZipFile:
        return "it is no workbook"
    return ""


def _unreadable(name: str, problem: str) -> Finding:
    first = " ".join(problem.split())
    row = re.search(r"\[row : (\d+)\]", first)
    facts = {"format": "XLSForm", "problem": first.rstrip(".")}
    return Finding("instrument.unreadable", Place(name, int(row[1]) if row else 0), facts)
