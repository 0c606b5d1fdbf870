"""Publishing without pages: the same bytes, and the same promise of a frozen release."""

from __future__ import annotations

from pathlib import Path

import pytest

from cityfolio.build.publishing_data import publish_data
from cityfolio.build.running import publish_site
from cityfolio.cli.application import run

from ..programmes import ProgrammeFolder, held_in


def test_the_data_alone_are_those_that_stand_beside_the_pages_and_the_data_page_leads_to_them(
    small: ProgrammeFolder, tmp_path: Path
) -> None:
    publish_site(small.path, tmp_path / "site")
    publish_data(small.path, tmp_path / "data")
    alone = {path: content for path, content in held_in(tmp_path / "data").items() if path != ".cityfolio"}
    beside = held_in(tmp_path / "site")
    assert alone == {
        path: content
        for path, content in beside.items()
        if path.startswith(("data/", "api/")) and not path.endswith(".html")
    }
    page = beside["data/index.html"].decode("utf-8")
    named = {path for path in alone if path.startswith("data/") and f"<code>{path}</code>" in page}
    beside_another = {f"data/sdmx/{name}" for name in ("facts.xml", "facts.json", "structure-2.1.xml")}
    assert {path for path in alone if path.startswith("data/")} - named == beside_another
    assert all(path.rpartition("/")[2] in page for path in beside_another)
    assert 'href="codebook.html"' in page.replace("../data/", "")


def test_other_data_are_not_published_under_a_frozen_version(
    small: ProgrammeFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["release", "prepare", str(small.path), "--date", "2026-05-01"]) == 0
    command = ["publish", str(small.path), "--out", str(tmp_path / "out"), "--data-only"]
    assert run(command) == 0
    small.set_cell("responses/2022.csv", "birch-aa", "has_plan", "yes")
    assert run(command) == 1
    assert "release.other-bytes" in capsys.readouterr().err
