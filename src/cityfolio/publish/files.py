"""Every file of data/ that a release publishes, made from one dataset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from cityfolio.publish.anonymity import anonymity_in_words, anonymity_json
from cityfolio.publish.codebook import codebook_json
from cityfolio.publish.csv_files import table_csv
from cityfolio.publish.dataset import Dataset
from cityfolio.publish.formats.coded_columns import coded_columns
from cityfolio.publish.formats.database import sqlite_bytes
from cityfolio.publish.formats.geography import units_geojson
from cityfolio.publish.formats.parquet import parquet_bytes
from cityfolio.publish.formats.rows_json import rows_json
from cityfolio.publish.formats.spreadsheet import workbook_bytes
from cityfolio.publish.formats.statistics_packages import sav_bytes, stata_bytes
from cityfolio.publish.readme import corrections_in_words, readme_md
from cityfolio.publish.released_tables import (
    categories_table,
    corrections_table,
    facts_table,
    long_table,
    published_table,
    responses_table,
    units_table,
    variables_table,
)
from cityfolio.publish.standards.citation import citation_cff, citation_sentence
from cityfolio.publish.standards.csvw import csvw_metadata_json
from cityfolio.publish.standards.data_package import data_package_json
from cityfolio.publish.standards.ddi import ddi_codebook_xml
from cityfolio.publish.standards.jsonstat import json_stat_json
from cityfolio.publish.standards.linked_data import croissant_json, dcat_json, ro_crate_json
from cityfolio.publish.standards.sdmx.facts import UNDATED, SdmxFacts
from cityfolio.publish.standards.sdmx.messages import data_csv, data_json, data_xml, data_xml_2_1
from cityfolio.publish.standards.sdmx.structure import structure_xml, structure_xml_2_1
from cityfolio.publish.tables import ReleasedTable

__all__ = ["data_files"]


def data_files(dataset: Dataset) -> Iterator[tuple[str, bytes]]:
    """The files by their paths below data/, those that describe the others last."""
    tables = {
        table.name: table
        for table in (
            units_table(dataset),
            variables_table(dataset),
            categories_table(dataset),
            responses_table(dataset),
            long_table(dataset),
            facts_table(dataset),
            *([corrections_table(dataset)] if dataset.corrections else ()),
        )
    }
    made = dict(_tables(dataset, tables))
    csv_files = {name: made[f"{name}.csv"] for name in tables}
    made["codebook.json"] = codebook_json(dataset)
    made["datapackage.json"] = data_package_json(dataset, list(tables.values()), csv_files)
    made["facts.csv-metadata.json"] = csvw_metadata_json(dataset, tables["facts"])
    made["ddi-codebook.xml"] = ddi_codebook_xml(dataset)
    made.update(_sdmx(dataset))
    made["facts.json-stat.json"] = json_stat_json(dataset)
    made["CITATION.cff"] = citation_cff(dataset)
    made["LICENSE.txt"] = (dataset.licence or "No licence is stated.").encode("utf-8") + b"\n"
    if dataset.likeness:
        made["anonymity.json"] = anonymity_json(dataset)
    made["README.md"] = readme_md(dataset, tables.values())
    described = dict(made)
    made["dcat.jsonld"] = dcat_json(dataset, described)
    made["croissant.json"] = croissant_json(dataset, list(tables.values()), csv_files)
    made["ro-crate-metadata.json"] = ro_crate_json(dataset, described)
    yield from made.items()


def _tables(dataset: Dataset, tables: Mapping[str, ReleasedTable]) -> Iterator[tuple[str, bytes]]:
    stamp = datetime.fromisoformat(dataset.date or UNDATED).replace(tzinfo=UTC)
    for name, table in tables.items():
        yield f"{name}.csv", table_csv(table)
    for name in ("responses", "facts"):
        yield f"{name}.parquet", parquet_bytes(tables[name])
        yield f"{name}.json", rows_json(tables[name])
    about = _about(dataset)
    named = ("responses", "units", "variables", "categories", "corrections")
    sheets = [tables[name] for name in named if name in tables]
    yield "responses.xlsx", workbook_bytes(sheets, about, dataset.title, stamp.replace(tzinfo=None))
    columns = list(coded_columns(dataset))
    meanings = dict(dataset.meanings)
    yield "responses.sav", sav_bytes(columns, dataset.title, meanings, stamp)
    yield "responses.dta", stata_bytes(columns, dataset.title, meanings, stamp)
    yield "units.geojson", units_geojson(tables["units"])
    yield "programme.sqlite", sqlite_bytes([*tables.values(), published_table(dataset)], about)


def _sdmx(dataset: Dataset) -> Iterator[tuple[str, bytes]]:
    flow = SdmxFacts(dataset)
    yield "sdmx/structure.xml", structure_xml(flow)
    yield "sdmx/facts.csv", data_csv(flow)
    yield "sdmx/facts.xml", data_xml(flow)
    yield "sdmx/facts.json", data_json(flow)
    yield "sdmx/structure-2.1.xml", structure_xml_2_1(flow)
    yield "sdmx/facts-2.1.xml", data_xml_2_1(flow)


def _about(dataset: Dataset) -> list[tuple[str, str]]:
    told = [
        ("title", dataset.title),
        ("summary", dataset.summary),
        ("version", dataset.version),
        ("date", dataset.date),
        ("licence", dataset.licence),
        ("notice", dataset.notice),
        ("citation", citation_sentence(dataset)),
        *((f"anonymity {number}", line) for number, line in enumerate(anonymity_in_words(dataset), start=1)),
        *([("corrections", corrections_in_words(dataset))] if dataset.corrections else ()),
        *((f"missing: {reason}", meaning) for reason, meaning in dataset.meanings.items()),
        *((f"source {number}", f"{title} {url}".strip()) for number, (title, url) in enumerate(dataset.sources, 1)),
    ]
    return [(name, text) for name, text in told if text]
