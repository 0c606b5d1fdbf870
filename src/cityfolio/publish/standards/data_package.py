"""Data Package, version 2: the CSV files of a release with their schemas, keys and references."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from pydantic_core import to_json

from cityfolio.publish.dataset import Dataset
from cityfolio.publish.tables import Column, ColumnKind, ReleasedTable

__all__ = ["data_package_json"]

_SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES = {ColumnKind.TEXT: "string", ColumnKind.WHOLE: "integer", ColumnKind.NUMBER: "number"}


def data_package_json(dataset: Dataset, tables: Sequence[ReleasedTable], files: Mapping[str, bytes]) -> bytes:
    """The descriptor of the tables' CSV files, whose bytes are in `files` by the name of the table."""
    descriptor = {
        "$schema": _SCHEMA,
        "name": dataset.id,
        "title": dataset.title,
        "description": dataset.summary,
        **({"homepage": dataset.site_url} if dataset.site_url else {}),
        **({"version": dataset.version} if dataset.version else {}),
        **({"created": f"{dataset.date}T00:00:00Z"} if dataset.date else {}),
        "sources": [{"title": title, **({"path": url} if url else {})} for title, url in dataset.sources],
        "resources": [_resource(table, files[table.name]) for table in tables],
    }
    if not dataset.sources:
        del descriptor["sources"]
    return to_json(descriptor, indent=1) + b"\n"


def _resource(table: ReleasedTable, content: bytes) -> dict[str, object]:
    return {
        "name": table.name,
        "type": "table",
        "title": table.title,
        "description": table.description,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {
            "fields": [_field(column, required=column.name in table.key) for column in table.columns],
            "missingValues": [""],
            **({"primaryKey": list(table.key)} if table.key else {}),
            **({"foreignKeys": [_reference(*refers) for refers in table.refers]} if table.refers else {}),
        },
    }


def _field(column: Column, *, required: bool) -> dict[str, object]:
    field: dict[str, object] = {"name": column.name, "type": _TYPES[column.kind], "title": column.label}
    if column.description:
        field["description"] = column.description
    constraints: dict[str, object] = {"required": True} if required else {}
    if column.codes and not column.separator:
        constraints["enum"] = list(column.codes)
        field["categories"] = [{"value": code, "label": label} for code, label in column.codes.items()]
    elif column.codes:
        # Several codes in a cell: a pattern that only they fit, in any order.
        one = "|".join(column.codes)
        constraints["pattern"] = f"({one})({column.separator}({one}))*"
    return {**field, "constraints": constraints} if constraints else field


def _reference(columns: tuple[str, ...], table: str, there: tuple[str, ...]) -> dict[str, object]:
    return {"fields": list(columns), "reference": {"resource": table, "fields": list(there)}}
