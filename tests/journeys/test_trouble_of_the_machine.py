"""What the machine refuses (a port, room on the disk) is said in words, with a way out; what was good stays."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cityfolio.cli.application import run
from tests.programmes import ProgrammeFolder, held_in

_ROOM = resource.RLIM_INFINITY
_LITTLE = 64  # bytes of a file: less than any page

CALL = """
import resource, sys
from cityfolio.cli.application import run
room = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
sys.exit(run(sys.argv[2:]))
"""


def call_with(room: int, *arguments: str) -> list[str]:
    return [sys.executable, "-u", "-c", CALL, str(room), *arguments]


@pytest.mark.parametrize("port", ["99999", "65536", "-1"])
def test_a_port_that_cannot_be_is_wrong_use(
    port: str, small: ProgrammeFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["serve", str(small.path), "--port", port]) == 2
    assert "Invalid value for '--port'" in capsys.readouterr().err


def test_without_room_on_the_disk_a_build_names_the_folder_and_the_earlier_site_stays(
    small: ProgrammeFolder, tmp_path: Path
) -> None:
    out = tmp_path / "site"
    small.build(out)
    before = held_in(out)
    small.swap("programme.yml", "title: ", "title: The ")  # files that did not change would not be written at all
    call = call_with(_LITTLE, "build", str(small.path), "--out", str(out))
    ended = subprocess.run(call, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        f"cityfolio: File too large: {out}. "
        "Free some space, or name a folder on another disk; an earlier site stays as it was.\n"
    )
    assert held_in(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["programme", "site"]


@contextmanager
def serving(folder: Path) -> Iterator[subprocess.Popen[str]]:
    call = call_with(_ROOM, "serve", str(folder), "--port", "0")
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()


def test_serving_survives_a_full_disk(small: ProgrammeFolder) -> None:
    with serving(small.path) as process:
        assert process.stdout is not None
        assert re.match("Built 3 profiles", process.stdout.readline())
        assert re.match("Serving ", process.stdout.readline())
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (_LITTLE, _ROOM))
        small.swap("programme.yml", "title: ", "title: The ")
        assert re.fullmatch(r"File too large: .*/site\.\n", process.stdout.readline())
        assert process.stdout.readline() == "The last good build stays up.\n"
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (_ROOM, _ROOM))
        small.swap("programme.yml", "title: ", "title: Once more ")
        assert re.match("Built 3 profiles", process.stdout.readline())
