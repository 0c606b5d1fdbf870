"""The same input gives the same bytes, whatever the machine's clock, language, seed or order of rows."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.programmes import EXAMPLE, ProgrammeFolder, held_in

COMMAND = str(Path(sys.executable).with_name("cityfolio"))
MACHINES = [
    pytest.param({"PYTHONHASHSEED": "1", "TZ": "Asia/Seoul", "LANG": "C", "LC_ALL": "C"}, marks=pytest.mark.slow),
    {"PYTHONHASHSEED": "4242", "TZ": "America/New_York", "LANG": "tr_TR.UTF-8", "LC_ALL": "C.UTF-8"},
]


@pytest.mark.parametrize("machine", MACHINES)
def test_two_machines_build_the_same_bytes(machine: dict[str, str], example_site: Path, tmp_path: Path) -> None:
    wanted = held_in(example_site)
    done = subprocess.run(
        [COMMAND, "build", str(EXAMPLE), "--out", str(tmp_path / "site")],
        env={**os.environ, **machine},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    built = held_in(tmp_path / "site")
    assert [name for name in {*wanted, *built} if wanted.get(name) != built.get(name)] == []


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_the_order_of_rows_does_not_matter(
    seed: int, example: ProgrammeFolder, example_site: Path, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    for name in ("units.csv", "responses/2018.csv", "responses/2020.csv", "published.csv"):
        header, *rows = example.text(name).splitlines()
        chance.shuffle(rows)
        example.write(name, "\n".join([header, *rows]) + "\n")
    example.build(tmp_path / "site")
    wanted, built = held_in(example_site), held_in(tmp_path / "site")
    # The method page, in each language, names the lines of findings that ask; everything else is the same to the byte.
    differing = {name for name in {*wanted, *built} if wanted.get(name) != built.get(name)}
    assert differing <= {"method/index.html", "ko/method/index.html"}


def test_building_twice_into_one_folder_changes_nothing(small: ProgrammeFolder, tmp_path: Path) -> None:
    out = tmp_path / "site"
    small.build(out)
    before = held_in(out)
    small.build(out)
    assert held_in(out) == before


def test_a_file_that_is_gone_from_the_programme_is_gone_from_the_site(small: ProgrammeFolder, tmp_path: Path) -> None:
    out = tmp_path / "site"
    small.build(out)
    small.swap("responses/2024.csv", "cedar-bb,,yes,,\n", "")
    small.build(out)
    assert not (out / "cities" / "cedar-bb").exists()
