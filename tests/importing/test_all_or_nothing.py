"""An import that is killed leaves the answers of before, and the next one ends as if nothing had happened."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from cityfolio.build.importing import import_answers
from tests.importing.received_files import put, table
from tests.programmes import ProgrammeFolder, held_in

HEADER = ["unit", "population", "has_plan", "measures"]
FIRST = table([HEADER, ["alder-aa", "1", "yes", "planting"]])
SECOND = table([HEADER, ["alder-aa", "2", "no", ""], ["birch-aa", "3", "yes", "watering"]])

KILLED = """
import os, signal, sys
from pathlib import Path
from cityfolio.build.importing import import_answers
import numpy, polars, pyarrow
file, *folders = sys.argv[1:]
seen, most, folder = 0, 0, ""
def look(event, arguments):
    global seen
    writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
    if (writes or event in ("os.rename", "os.mkdir", "os.remove")) and str(arguments[0]).startswith(folder + "/"):
        seen += 1
        if seen == most:
            os.kill(os.getpid(), signal.SIGKILL)
for most, folder in enumerate(folders, start=1):
    child = os.fork()
    if not child:
        sys.addaudithook(look)
        import_answers(Path(folder), Path(file), "2024")
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""Imports into several folders; the nth is killed just before it changes its folder for the nth time."""


def _visible(folder: Path) -> dict[str, bytes]:
    """What is there for readers: hidden files are being written."""
    return {name: held for name, held in held_in(folder).items() if "/." not in f"/{name}"}


def test_killed_at_any_step_it_leaves_the_answers_of_before_and_can_be_done_again(small: ProgrammeFolder) -> None:
    import_answers(small.path, put(small, "first.csv", FIRST), "2024", replace=True)
    file = put(small, "second.csv", SECOND)
    done = small.path.parent / "done"
    shutil.copytree(small.path, done)
    import_answers(done, file, "2024")
    wanted, before = held_in(done), _visible(small.path)
    folders = [small.path.parent / f"killed-{most}" for most in range(1, 20)]
    for folder in folders:
        shutil.copytree(small.path, folder)
    command = [sys.executable, "-c", KILLED, str(file), *map(str, folders)]
    codes = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    killed = 0
    for folder, code in zip(folders, codes, strict=True):
        if code == "0":
            assert held_in(folder) == wanted
            continue
        assert code == "-9"
        killed += 1
        left = _visible(folder)
        responses = "responses/2024.csv"
        assert left[responses] == before[responses] or left == {**wanted}
        if left[responses] == before[responses]:
            # Whatever else has its name already: the record still knows the answers that are there.
            known = json.loads(left["sources/2024/import.json"])["imports"]
            assert json.loads(before["sources/2024/import.json"])["imports"][0] in known
            assert {name: held for name, held in left.items() if not name.startswith("sources/")} == {
                name: held for name, held in before.items() if not name.startswith("sources/")
            }
        import_answers(folder, file, "2024")
        assert held_in(folder) == wanted
    assert 6 <= killed < len(folders)


def test_what_was_imported_before_may_come_again_and_stands_last(small: ProgrammeFolder) -> None:
    first, second = put(small, "first.csv", FIRST), put(small, "second.csv", SECOND)
    for file in (first, second, first):
        import_answers(small.path, file, "2024", replace=True)
    held = json.loads(small.text("sources/2024/import.json"))["imports"]
    assert [entry["source"].partition("-")[2] for entry in held] == ["second.csv", "first.csv"]
    assert len(list((small.path / "sources/2024").iterdir())) == 3
