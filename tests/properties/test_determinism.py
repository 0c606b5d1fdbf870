"""The same input gives the same bytes, whatever the machine's clock, language, seed or order of rows."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.programmes import EXAMPLE, ProgrammeFolder, held_in

COMMAND = str(Path(sys.executable).with_name("cityfolio"))
SEOUL = {"PYTHONHASHSEED": "1", "TZ": "Asia/Seoul", "LANG": "C", "LC_ALL": "C"}
NEW_YORK = {"PYTHONHASHSEED": "4242", "TZ": "America/New_York", "LANG": "tr_TR.UTF-8", "LC_ALL": "C.UTF-8"}


def built_on(machine: dict[str, str], programme: Path, out: Path) -> dict[str, bytes]:
    """The files that a machine with this clock, language and seed makes."""
    done = subprocess.run(
        [COMMAND, "build", str(programme), "--out", str(out)],
        env={**os.environ, **machine},
        cwd=out.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return held_in(out)


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> set[str]:
    return {name for name in {*one, *other} if one.get(name) != other.get(name)}


@pytest.mark.slow
@pytest.mark.parametrize("machine", [SEOUL, NEW_YORK])
def test_two_machines_build_the_same_bytes(machine: dict[str, str], example_site: Path, tmp_path: Path) -> None:
    assert differing(held_in(example_site), built_on(machine, EXAMPLE, tmp_path / "site")) == set()


@pytest.mark.parametrize(("seed", "machine"), [(1, NEW_YORK), pytest.param(2, SEOUL, marks=pytest.mark.slow)])
def test_neither_the_order_of_rows_nor_the_machine_matters(
    seed: int, machine: dict[str, str], example: ProgrammeFolder, example_site: Path, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    for name in ("units.csv", "responses/2018.csv", "responses/2020.csv", "published.csv"):
        header, *rows = example.text(name).splitlines()
        chance.shuffle(rows)
        example.write(name, "\n".join([header, *rows]) + "\n")
    wanted, built = held_in(example_site), built_on(machine, example.path, tmp_path / "site")
    # The method page, in each language, names the lines of findings that ask; everything else is the same to the byte.
    methods = {"method/index.html", "ko/method/index.html"}
    assert differing(wanted, built) <= methods
    for page in methods:
        assert without_lines(wanted[page]) == without_lines(built[page])


def without_lines(page: bytes) -> list[str]:
    """The words of a page in the order of the alphabet, numbers taken out."""
    return sorted(re.sub(r"\d+", "", page.decode()).split())


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
