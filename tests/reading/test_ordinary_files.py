"""Only ordinary files inside the programme folder are read; whatever else stands in their place is a finding."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cityfolio.findings import Finding, Place
from cityfolio.reading.text import Source, read_text
from tests.programmes import ProgrammeFolder


def read(path: Path, root: Path) -> tuple[str | None, list[tuple[str, str]]]:
    text, findings = read_text(Source(path, "a.csv", root=root))
    return text, [(finding.code, str(finding.at)) for finding in findings]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "outside.csv").write_text("secret\n")
    folder = tmp_path / "programme"
    folder.mkdir()
    (folder / "inside.csv").write_text("held\n")
    return folder


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("inside.csv", ("held\n", [])),
        ("../outside.csv", (None, [("file.outside", "a.csv")])),
        ("/dev/zero", (None, [("file.outside", "a.csv")])),
        ("..", (None, [("file.outside", "a.csv")])),
        ("nowhere.csv", (None, [("file.missing", "a.csv")])),
        ("a.csv", (None, [("file.missing", "a.csv")])),
    ],
)
def test_a_link_is_followed_inside_the_folder_only(
    target: str, expected: tuple[str | None, list[tuple[str, str]]], root: Path
) -> None:
    (root / "a.csv").symlink_to(target)
    assert read(root / "a.csv", root) == expected


def test_a_pipe_is_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "a.csv")
    assert read(root / "a.csv", root) == (None, [("file.not-ordinary", "a.csv")])


def test_a_device_is_not_read_either(root: Path) -> None:
    assert read(Path("/dev/zero"), Path("/dev")) == (None, [("file.not-ordinary", "a.csv")])


def test_the_folder_itself_may_be_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root)
    assert read(tmp_path / "link" / "inside.csv", tmp_path / "link") == ("held\n", [])


def test_a_path_that_no_file_can_have_is_missing(root: Path) -> None:
    for name in ("a\0b", "a" * 5000):
        assert read(root / name, root) == (None, [("file.missing", "a.csv")])


@pytest.mark.parametrize(
    "name",
    [
        "units.csv", "programme.yml", "profile.yml", "wording/en.yml", "responses/2024.csv", "instruments/2024.yml",
        "crosswalks/2022-2024.yml",
    ],
)  # fmt: skip
def test_no_file_of_a_programme_may_be_a_link_that_leads_out(name: str, small: ProgrammeFolder, tmp_path: Path) -> None:
    (small.path / name).rename(tmp_path / "elsewhere")
    (small.path / name).symlink_to(tmp_path / "elsewhere")
    assert Finding("file.outside", Place(name), {"got": name}) in small.findings()


def test_nor_may_an_editorial_text_or_a_published_figure(small: ProgrammeFolder, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("secret")
    (small.path / "editorial").mkdir()
    for name in ("editorial/alder-aa.md", "published.csv", "edits.yml"):
        (small.path / name).symlink_to(tmp_path / "elsewhere")
    assert [str(finding.at) for finding in small.coded("file.outside")] == [
        "editorial/alder-aa.md",
        "edits.yml",
        "published.csv",
    ]


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("title: survey of 2024}", "responses: ../../secret.csv}", "programme.yml, line 10, column 16"),
        ("title: survey of 2024}", "responses: responses/../../secret.csv}", "programme.yml, line 10, column 16"),
        ("title: survey of 2024}", "instrument: /etc/passwd}", "programme.yml, line 10, column 16"),
        ("attribute: country", "attribute: contry", "programme.yml, line 14, column 37"),
        ("attribute: country", "variable: populatoin", "programme.yml, line 14, column 37"),
    ],
)
def test_an_entry_of_the_programme_is_named_with_line_and_column(
    old: str, new: str, at: str, small: ProgrammeFolder
) -> None:
    small.swap("programme.yml", old, new)
    blocking = [finding for finding in small.findings() if finding.blocks]
    assert [str(finding.at) for finding in blocking] == [at]


def test_what_is_said_about_a_file_holds_for_every_kind_of_file(small: ProgrammeFolder) -> None:
    small.write("units.csv", "")
    small.write("responses/2024.csv", b"unit\x00\n")
    said = {finding.code: finding.message for finding in small.findings() if finding.code.startswith("file.")}
    assert said == {
        "file.empty": (
            "The file is empty. It needs at least its form: a table its line of column names, a YAML file its keys, an "
            "editorial text its head. Put its content back, or start it from the same file of the example programme."
        ),
        "file.undecodable": (
            "Byte 0x00 has no place in a text file. Files are read as UTF-8 text; read in any other way, names with "
            'accents would come out wrong. Save the file as UTF-8 text; spreadsheets call it "CSV UTF-8".'
        ),
    }
