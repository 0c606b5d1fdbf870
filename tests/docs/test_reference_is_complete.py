"""The reference pages say what the code does: every key, finding, command, column and name, and no other."""

from __future__ import annotations

import dataclasses
import importlib
import json
import re
import runpy
from pathlib import Path

import pytest

import cityfolio
from cityfolio.build.facts import all_facts
from cityfolio.build.formats.registry import FORMATS, FileFormat, format_of
from cityfolio.build.formats.schemas import schema_json
from cityfolio.build.programme import load_programme
from cityfolio.findings import CATALOGUE
from cityfolio.model.missing import Missing
from cityfolio.narrative.sentence import Run
from cityfolio.profile import document, scope
from cityfolio.publish.facts import FACT_COLUMNS
from cityfolio.reading.yaml import Shape
from tests.docs.examples import EXAMPLES, findings_of
from tests.docs.pages import DOCS, ROOT, Block

REFERENCE = DOCS / "reference"
MAKER = runpy.run_path(str(ROOT / "scripts" / "make_reference.py"))
SHAPED = (
    "build.manifest",
    "build.surroundings",
    "build.theming",
    "instrument.loading",
    "harmonise.crosswalk",
    "review.edits",
    "intake.importing.mapping",
    "intake.corrections",
    "profile.plan_file",
    "profile.editorial",
    "narrative.wording_file",
    "intake.indicators",
    "profile.outcomes_plan",
    "profile.recommendations",
    "profile.join_text",
)


def _rows(text: str) -> dict[str, str]:
    """The first table in a text: its first cells in backquotes, with the last cell of the row."""
    rows: dict[str, str] = {}
    for line in text[text.index("|") :].splitlines():
        if not line.startswith("|"):
            break
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0].startswith("`"):
            rows[cells[0].strip("`")] = cells[-1]
    return rows


def _documented_shapes() -> dict[str, dict[str, bool]]:
    """For each shape on the page, whether each of its keys is needed."""
    page = (REFERENCE / "programme-folder.md").read_text(encoding="utf-8")
    parts = re.split(r"<!-- shape: ([\w.]+) -->", page)[1:]
    return {
        name: {key: default == "needed" for key, default in _rows(after).items()}
        for name, after in zip(parts[::2], parts[1::2], strict=True)
    }


def _shapes() -> dict[str, dict[str, bool]]:
    modules = [importlib.import_module(f"cityfolio.{name}") for name in SHAPED]
    return {
        f"{module.__name__.rpartition('.')[2]}.{shape.__name__}": {
            field.alias or key: field.is_required() for key, field in shape.model_fields.items()
        }
        for module in modules
        for shape in vars(module).values()
        if isinstance(shape, type) and issubclass(shape, Shape) and shape.__module__ == module.__name__
    }


def test_every_key_of_every_file_is_explained_and_no_other() -> None:
    assert _documented_shapes() == _shapes()


def test_no_file_of_a_programme_is_read_by_a_shape_that_this_test_does_not_know() -> None:
    source = ROOT / "src" / "cityfolio"
    found = {
        ".".join(path.relative_to(source).with_suffix("").parts)
        for path in source.rglob("*.py")
        if re.search(r"^class \w+\(Shape\)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert found == set(SHAPED)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda block: f"line {block.line}: {' '.join(block.remark)}")
def test_an_example_is_as_good_or_bad_as_the_page_says(example: Block, tmp_path: Path) -> None:
    quality, _, code = example.remark
    findings = findings_of(example, tmp_path / "green")
    if quality == "good":
        assert [finding.code for finding in findings if finding.blocks] == []
    else:
        assert code in {finding.code for finding in findings}


@pytest.mark.parametrize("quality", ["good", "bad"])
def test_every_format_has_examples_of_both_kinds(quality: str) -> None:
    shown = {format_of(block.remark[1]) for block in EXAMPLES if block.remark[0] == quality}
    assert [one.name for one in FORMATS if one not in shown] == []


def test_pages_made_from_the_code_are_up_to_date() -> None:
    pages = MAKER["reference_pages"]()
    assert {name: (REFERENCE / name).read_text(encoding="utf-8") for name in pages} == pages


def test_editors_show_the_words_of_the_reference() -> None:
    assert MAKER["KEYS_FILE"].read_text("utf-8") == MAKER["keys_json"]()


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
def test_every_key_of_every_schema_is_explained(one: FileFormat) -> None:
    schema = json.loads(schema_json(one))
    parts = {one.name: schema, **schema.get("$defs", {})}
    unexplained = [
        f"{name}.{key}"
        for name, part in parts.items()
        for key, value in part.get("properties", {}).items()
        if not value.get("description")
    ]
    assert unexplained == []


def test_every_finding_has_its_section_and_every_section_its_finding() -> None:
    page = (REFERENCE / "findings.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^### (\S+)$", page, re.MULTILINE)) == sorted(CATALOGUE)


def test_every_column_of_facts_csv_is_explained_in_its_order() -> None:
    page = (REFERENCE / "facts-csv.md").read_text(encoding="utf-8")
    assert tuple(_rows(page.partition("## Columns")[2])) == FACT_COLUMNS


def test_every_missing_reason_has_its_words() -> None:
    page = (REFERENCE / "phrases.md").read_text(encoding="utf-8")
    for part in ("missing", "short", "meanings"):
        assert list(_rows(page.partition(f"## {part}\n")[2])) == [reason.value for reason in Missing]


def test_every_part_of_a_profile_document_is_explained() -> None:
    page = (REFERENCE / "profile-document.md").read_text(encoding="utf-8")
    parts = re.split(r"<!-- document: (\w+) -->", page)[1:]
    documented = {name: list(_rows(after)) for name, after in zip(parts[::2], parts[1::2], strict=True)}
    written = {
        name: [field.name for field in dataclasses.fields(getattr(document, name))]
        for name in document.__all__
        if dataclasses.is_dataclass(getattr(document, name))
    }
    run = [field.name for field in dataclasses.fields(Run)]
    assert documented == {**written, "Run": run}


def test_every_measure_of_the_example_is_explained() -> None:
    page = (REFERENCE / "facts-csv.md").read_text(encoding="utf-8")
    facts = all_facts(load_programme(ROOT / "examples" / "innovation-capacity"))
    explained = {name for cell in _rows(page.partition("## Measures")[2]) for name in cell.split("`, `")}
    assert {fact.key.measure for fact in facts} <= explained


def test_every_public_name_is_on_the_page_about_the_python_api() -> None:
    page = (REFERENCE / "python.md").read_text(encoding="utf-8")
    assert sorted(name for cell in _rows(page) for name in cell.split("`, `")) == sorted(cityfolio.__all__)


def test_every_name_in_braces_is_explained() -> None:
    page = (REFERENCE / "wording.md").read_text(encoding="utf-8")
    always = {name.strip("{}") for name in _rows(page.partition("## Names of the frame")[2])}
    assert always == set(scope._ALWAYS)
    for kind, attributes in scope._ATTRIBUTES.items():
        named = _rows(page.partition(f"### {kind.value}")[2])
        assert {name.strip("{}").removeprefix("variable") for name in named} == set(attributes)
