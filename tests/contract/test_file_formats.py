"""Schemas for editors accept what is read and refuse what is not; older files are brought up, later ones refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
import yaml

from cityfolio.build.formats.registry import FORMATS, FileFormat, format_of
from cityfolio.build.formats.schemas import schema_of
from cityfolio.build.formats.upgrading import upgrades
from cityfolio.build.scaffold import make_programme
from cityfolio.cli.application import run
from cityfolio.errors import NotAProgramme, ProgrammeBlocked
from cityfolio.reading.yaml import Shape
from tests.docs.pages import DOCS, blocks_of
from tests.docs.test_reference_is_complete import SHAPED
from tests.programmes import EXAMPLE, ProgrammeFolder, held_in

EXAMPLES = [
    block
    for block in blocks_of(DOCS / "reference" / "programme-folder.md")
    if block.remark[0] and block.language == "yaml" and format_of(block.remark[1])
]


class _Editor(yaml.SafeLoader):
    """Reads YAML as editors do: numbers and truth values are what they look like, days are text."""


_Editor.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def mistakes(file_format: FileFormat, text: str) -> list[str]:
    """What an editor would mark."""
    # By way of JSON, so that a key such as 2024 is a word.
    content = json.loads(json.dumps(yaml.load(text, _Editor)))
    return [error.message for error in jsonschema.Draft202012Validator(schema_of(file_format)).iter_errors(content)]


def files_of(folder: Path) -> Iterator[tuple[str, str]]:
    for path, content in held_in(folder).items():
        if path.endswith(".yml"):
            yield path, content.decode("utf-8")


def test_every_file_with_a_format_number_has_a_schema() -> None:
    import importlib

    modules = [importlib.import_module(f"cityfolio.{name}") for name in SHAPED]
    shapes = {
        shape
        for module in modules
        for shape in vars(module).values()
        if isinstance(shape, type) and issubclass(shape, Shape) and shape.__name__.endswith("File")
    }
    assert {one.shape for one in FORMATS} == shapes


def test_editors_mark_nothing_in_the_example_and_in_a_new_programme(tmp_path: Path) -> None:
    make_programme(tmp_path / "green")
    marked = {}
    for folder in (EXAMPLE, tmp_path / "green"):
        for path, text in files_of(folder):
            file_format = format_of(path)
            assert file_format is not None, path
            marked[path] = mistakes(file_format, text)
    assert {path: found for path, found in marked.items() if found} == {}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda block: f"line {block.line}: {' '.join(block.remark)}")
def test_editors_mark_what_the_reference_calls_an_unexpected_key_and_nothing_that_it_calls_good(
    example: object,
) -> None:
    quality, path, code = getattr(example, "remark")  # noqa: B009
    file_format = format_of(path)
    assert file_format is not None
    found = mistakes(file_format, "\n".join(getattr(example, "lines")[1:]))  # noqa: B009
    assert bool(found) == (quality == "bad" and code == "yaml.unexpected"), found


def test_editors_mark_an_unknown_key_and_a_later_format() -> None:
    (programme,) = [one for one in FORMATS if one.name == "releases"]
    assert mistakes(programme, "format: 1\nreleases: []\n") == []
    assert "'titel' was unexpected" in mistakes(programme, "format: 1\nreleases: []\ntitel: x\n")[0]
    assert mistakes(programme, "format: 2\nreleases: []\n") == ["2 is not one of ['1', 1]"]


def test_files_from_before_there_were_numbers_get_theirs_and_nothing_else_changes(small: ProgrammeFolder) -> None:
    before = held_in(small.path)
    for name in ("programme.yml", "crosswalks/2022-2024.yml"):
        small.swap(name, "format: 1\n", "")
    assert run(["upgrade", str(small.path), "--check"]) == 1
    assert [(one.name, one.number) for one in upgrades(small.path)] == [
        ("crosswalks/2022-2024.yml", 0),
        ("programme.yml", 0),
    ]
    assert run(["upgrade", str(small.path)]) == 0
    assert held_in(small.path) == before
    assert run(["upgrade", str(small.path), "--check"]) == 0


def test_a_later_format_is_not_touched_and_a_folder_without_programme_refused(
    small: ProgrammeFolder, tmp_path: Path
) -> None:
    small.swap("programme.yml", "format: 1\n", "format: 3\n")
    with pytest.raises(ProgrammeBlocked) as blocked:
        upgrades(small.path)
    assert [(f.code, str(f.at)) for f in blocked.value.findings] == [("yaml.other-format", "programme.yml, line 2")]
    with pytest.raises(NotAProgramme):
        upgrades(tmp_path)
