"""CSV on the Web: what the columns of facts.csv mean, for tools that read CSVW."""

from __future__ import annotations

from pydantic_core import to_json

from cityfolio.publish.dataset import Dataset
from cityfolio.publish.tables import ColumnKind, ReleasedTable

__all__ = ["csvw_metadata_json"]

_TYPES = {ColumnKind.TEXT: "string", ColumnKind.WHOLE: "integer", ColumnKind.NUMBER: "number"}


def csvw_metadata_json(dataset: Dataset, table: ReleasedTable) -> bytes:
    """The metadata of one CSV file (W3C Recommendation of 2015), which stands beside it as `<name>.csv-metadata.json`."""
    columns = [
        {
            "name": column.name.replace("-", "_"),
            "titles": column.name,
            "dc:description": column.description or column.label,
            "datatype": _TYPES[column.kind],
            "required": column.name in table.key,
        }
        for column in table.columns
    ]
    metadata: dict[str, object] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": dataset.language}],
        "url": f"{table.name}.csv",
        "dc:title": f"{dataset.title}: {table.title}",
        "dc:description": table.description,
        "dialect": {"header": True, "encoding": "utf-8", "lineTerminators": ["\n"]},
        "tableSchema": {"columns": columns, "primaryKey": [name.replace("-", "_") for name in table.key]},
    }
    if dataset.date:
        metadata["dc:issued"] = dataset.date
    if dataset.licence:
        metadata["dc:rights"] = dataset.licence
    return to_json(metadata, indent=1) + b"\n"
