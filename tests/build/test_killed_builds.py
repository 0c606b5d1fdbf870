"""A build that was killed leaves nothing for good, and builds at the same time do not spoil each other."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cityfolio.build.writing import MARKER, check_output, write_whole
from tests.programmes import held_in

BUILD = """
import sys, time
from pathlib import Path
from cityfolio.build.writing import write_whole

def files():
    for number in range(200):
        if number == 100 and {stops}:
            print("half", flush=True)
            time.sleep(60)
        yield f"{{number}}.html", {content!r}

for _ in range({times}):
    write_whole(Path(sys.argv[1]), files())
"""


def building(out: Path, content: bytes, *, times: int = 1, stops: bool = False) -> subprocess.Popen[bytes]:
    code = BUILD.format(content=content, times=times, stops=stops)
    return subprocess.Popen([sys.executable, "-c", code, str(out)], stdout=subprocess.PIPE)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def gone() -> int:
    """The id of a process that is no more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_half_a_site_of_a_killed_build_is_swept_by_the_next(tmp_path: Path) -> None:
    out = tmp_path / "site"
    with building(out, b"killed", stops=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"half\n"
        assert len(names(tmp_path)) == 1
        write_whole(out, [("a", b"while the other is at work")])
        assert len(names(tmp_path)) == 2, "what a living process writes is its own"
        process.send_signal(signal.SIGKILL)
    write_whole(out, [("a", b"after")])
    assert names(tmp_path) == ["site"]
    assert held_in(out)["a"] == b"after"


def test_a_site_that_was_put_aside_by_a_killed_build_comes_back_even_if_the_next_is_blocked(
    tmp_path: Path, gone: int
) -> None:
    out = tmp_path / "site"
    write_whole(out, [("a", b"before")])
    out.rename(tmp_path / f".site.old-{gone}-0123abcd-1")
    (tmp_path / f".site.new-{gone}-0123abcd-1").mkdir()
    check_output(out, tmp_path / "programme")
    assert names(tmp_path) == ["site"]
    assert held_in(out)["a"] == b"before"


def test_where_there_is_a_site_what_was_put_aside_is_swept(tmp_path: Path, gone: int) -> None:
    out = tmp_path / "site"
    write_whole(out, [("a", b"newer")])
    write_whole(tmp_path / f".site.old-{gone}-0123abcd-1", [("a", b"older")])
    check_output(out, tmp_path / "programme")
    assert names(tmp_path) == ["site"]
    assert held_in(out)["a"] == b"newer"


def test_an_earlier_process_with_our_id_is_not_taken_for_us(tmp_path: Path) -> None:
    (tmp_path / f".site.new-{os.getpid()}-0123abcd-1").mkdir()
    write_whole(tmp_path / "site", [])
    assert names(tmp_path) == ["site"]


@pytest.mark.parametrize("name", [".site.new-1234", ".site.new-me", ".site2.new-1-0123abcd-1", ".site.bak"])
def test_folders_that_are_not_ours_stay(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    write_whole(tmp_path / "site", [])
    assert names(tmp_path) == sorted([name, "site"])


def test_builds_at_once_all_end_with_a_whole_site(tmp_path: Path) -> None:
    out = tmp_path / "site"
    processes = [building(out, content, times=8) for content in (b"one", b"two", b"three")]
    assert [process.communicate()[0] for process in processes] == [b"", b"", b""]
    assert [process.returncode for process in processes] == [0, 0, 0]
    held = held_in(out)
    held.pop(MARKER)
    assert len(held) == 200
    assert len(set(held.values())) == 1
    assert names(tmp_path) == ["site"]


def test_trouble_of_the_disk_names_the_folder(tmp_path: Path) -> None:
    def files() -> object:
        yield "a", b""
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left on device") as trouble:
        write_whole(tmp_path / "site", files())  # type: ignore[arg-type]
    assert trouble.value.filename == str(tmp_path / "site")
