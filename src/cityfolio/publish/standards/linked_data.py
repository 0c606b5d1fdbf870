"""Descriptions as linked data: DCAT-AP, Croissant, RO-Crate. The same files, said in each community's words."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from pydantic_core import to_json

from cityfolio.publish.dataset import Dataset
from cityfolio.publish.tables import Column, ColumnKind, ReleasedTable

__all__ = ["MEDIA_TYPES", "croissant_json", "dcat_json", "ro_crate_json"]

MEDIA_TYPES: Mapping[str, str] = {
    "csv": "text/csv",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "geojson": "application/geo+json",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "sqlite": "application/vnd.sqlite3",
    "sav": "application/x-spss-sav",
    "dta": "application/x-stata-dta",
    "xml": "application/xml",
    "html": "text/html",
    "md": "text/markdown",
    "txt": "text/plain",
    "cff": "application/yaml",
}
_CROISSANT_TYPES = {ColumnKind.TEXT: "sc:Text", ColumnKind.WHOLE: "sc:Integer", ColumnKind.NUMBER: "sc:Float"}


def media_type(path: str) -> str:
    """The media type of a file by its ending."""
    return MEDIA_TYPES.get(path.rsplit(".", 1)[-1], "application/octet-stream")


def dcat_json(dataset: Dataset, files: Mapping[str, bytes]) -> bytes:
    """DCAT-AP 3.0: a dataset with one distribution for each file (path below data/ -> bytes)."""
    root = dataset.address("data/") or "./"
    titles, summaries = _in_languages(dataset)
    described: dict[str, object] = {
        "@id": f"{root}#dataset",
        "@type": "dcat:Dataset",
        "dct:title": titles,
        "dct:description": summaries,
        "dct:identifier": dataset.id,
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": dataset.publisher or f"The makers of {dataset.title}"},
        "dcat:distribution": [_distribution(root, dataset, path, content) for path, content in files.items()],
    }
    if dataset.version:
        described["dcat:version"] = dataset.version
    if dataset.date:
        described["dct:issued"] = {"@value": dataset.date, "@type": "xsd:date"}
    if dataset.contact:
        described["dcat:contactPoint"] = {"@type": "vcard:Kind", "vcard:fn": dataset.contact}
    # Not dct:source: the profile keeps that for data sets, and a source here may be any page.
    described["dct:relation"] = [{"@id": url} for _, url in dataset.sources if url]
    return to_json({"@context": _DCAT_CONTEXT, **described}, indent=1) + b"\n"


def _in_languages(dataset: Dataset) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Title and summary in each language of the dataset that has its own."""
    said = [(dataset.language, dataset.title, dataset.summary or dataset.title)]
    said += [(t.language, t.title, t.summary or t.title) for t in dataset.translations]
    titles = {title: {"@value": title, "@language": language} for language, title, _ in reversed(said)}
    summaries = {text: {"@value": text, "@language": language} for language, _, text in reversed(said)}
    return list(reversed(titles.values())), list(reversed(summaries.values()))


_DCAT_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def _distribution(root: str, dataset: Dataset, path: str, content: bytes) -> dict[str, object]:
    return {
        "@id": f"{root}{path}#distribution",
        "@type": "dcat:Distribution",
        "dct:title": path,
        "dcat:accessURL": {"@id": f"{root}{path}"},
        "dcat:downloadURL": {"@id": f"{root}{path}"},
        "dcat:mediaType": {
            "@id": f"https://www.iana.org/assignments/media-types/{media_type(path)}",
            "@type": "dct:MediaType",
        },
        "dcat:byteSize": {"@value": str(len(content)), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256", "@type": "spdx:ChecksumAlgorithm"},
            "spdx:checksumValue": {
                "@value": hashlib.sha256(content).hexdigest(),
                "@type": "xsd:hexBinary",
            },
        },
        **(
            {"dct:rights": {"@type": "dct:RightsStatement", "dct:description": dataset.licence}}
            if dataset.licence
            else {}
        ),
    }


def croissant_json(dataset: Dataset, tables: Sequence[ReleasedTable], files: Mapping[str, bytes]) -> bytes:
    """Croissant 1.1: the CSV tables as record sets that machine-learning tools read; `files` are the CSV bytes by table."""
    content: dict[str, object] = {
        "@context": _CROISSANT_CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": dataset.id,
        "description": dataset.summary or dataset.title,
        "alternateName": dataset.title,
        "url": dataset.site_url or "https://example.org/",
        "version": dataset.version or "0.0.0",
        **({"datePublished": dataset.date} if dataset.date else {}),
        **({"license": dataset.licence} if dataset.licence else {}),
        "citeAs": dataset.title,
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": f"{table.name}.csv",
                "name": f"{table.name}.csv",
                "contentUrl": f"{table.name}.csv",
                "encodingFormat": "text/csv",
                "sha256": hashlib.sha256(files[table.name]).hexdigest(),
            }
            for table in tables
        ],
        "recordSet": [_record_set(table) for table in tables],
    }
    return to_json(content, indent=1) + b"\n"


def _record_set(table: ReleasedTable) -> dict[str, object]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
        "key": [{"@id": f"{table.name}/{name}"} for name in table.key],
        "field": [_croissant_field(table.name, column) for column in table.columns],
    }


def _croissant_field(table: str, column: Column) -> dict[str, object]:
    return {
        "@type": "cr:Field",
        "@id": f"{table}/{column.name}",
        "name": column.name,
        "description": column.label,
        "dataType": _CROISSANT_TYPES[column.kind],
        "source": {"fileObject": {"@id": f"{table}.csv"}, "extract": {"column": column.name}},
    }


_CROISSANT_CONTEXT: Mapping[str, object] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def ro_crate_json(dataset: Dataset, files: Mapping[str, bytes]) -> bytes:
    """RO-Crate 1.1: the release as a crate, each file an entity with its size, type and checksum."""
    root: dict[str, object] = {
        "@id": "./",
        "@type": "Dataset",
        "identifier": dataset.id,
        "name": dataset.title,
        "description": dataset.summary or dataset.title,
        "datePublished": dataset.date or "1980-01-01",
        "license": dataset.licence or "not stated",
        "hasPart": [{"@id": path} for path in files],
        **({"version": dataset.version} if dataset.version else {}),
        **({"url": dataset.site_url} if dataset.site_url else {}),
    }
    about = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    entities = [
        {
            "@id": path,
            "@type": "File",
            "name": path,
            "encodingFormat": media_type(path),
            "contentSize": str(len(content)),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        for path, content in files.items()
    ]
    return (
        to_json({"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": [about, root, *entities]}, indent=1)
        + b"\n"
    )
