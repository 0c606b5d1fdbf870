"""A folder is written whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cityfolio.build.writing import MARKER, ChangedFiles, write_whole
from cityfolio.errors import UnsafeOutput
from tests.programmes import held_in


def test_the_folder_holds_exactly_the_files_and_its_mark(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "site"
    assert write_whole(out, [("a/b.html", b"1"), ("c.csv", b"2")]) == 3
    held = held_in(out)
    assert {name: content for name, content in held.items() if name != MARKER} == {"a/b.html": b"1", "c.csv": b"2"}
    assert write_whole(out, [("d.csv", b"3")]) == 2
    assert set(held_in(out)) == {MARKER, "d.csv"}


@pytest.mark.parametrize("path", ["../a", "a/../../b", "/etc/a", "a//b", "a\\..\\b", "", ".", "a/."])
def test_a_path_that_leaves_the_folder_is_refused_and_nothing_is_left(path: str, tmp_path: Path) -> None:
    out = tmp_path / "site"
    write_whole(out, [("a", b"before")])
    with pytest.raises(UnsafeOutput):
        write_whole(out, [("fine", b""), (path, b"")])
    assert held_in(tmp_path / "site")["a"] == b"before"
    assert [entry.name for entry in tmp_path.iterdir()] == ["site"]


def test_a_failure_half_way_leaves_what_was_there(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write_whole(out, [("a", b"before")])

    def failing() -> Iterator[tuple[str, bytes]]:
        yield "a", b"after"
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space left"):
        write_whole(out, failing())
    assert held_in(out)["a"] == b"before"
    assert [entry.name for entry in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("stop_at", [1, 2])
@pytest.mark.parametrize("trouble", [KeyboardInterrupt, OSError])
def test_an_interrupt_between_two_renames_leaves_what_was_there(
    stop_at: int, trouble: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    write_whole(out, [("a", b"before")])
    rename, calls = Path.rename, 0

    def stopped(self: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls == stop_at:
            raise trouble
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", stopped)
    with pytest.raises(trouble):
        write_whole(out, [("a", b"after")])
    assert held_in(out)["a"] == b"before"
    assert [entry.name for entry in tmp_path.iterdir()] == ["site"]


def test_a_file_written_twice_leaves_the_published_one_alone(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write_whole(out, [("a.html", b"before"), ("b.html", b"same")])

    def files() -> Iterator[tuple[str, bytes]]:
        yield "a.html", b"before"  # taken over from the published site: a second name of its file
        yield "a.html", b"half"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_whole(out, files())
    assert held_in(out) == {MARKER: held_in(out)[MARKER], "a.html": b"before", "b.html": b"same"}


def test_what_another_build_puts_there_in_between_is_not_taken_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    write_whole(out, [("a.html", b"same")])
    link = os.link

    def link_too_late(source: str, target: str) -> None:
        (tmp_path / "others").write_bytes(b"others")
        (tmp_path / "others").replace(source)
        link(source, target)

    monkeypatch.setattr(os, "link", link_too_late)
    write_whole(out, [("a.html", b"same")])
    assert (out / "a.html").read_bytes() == b"same"


def changed(files: ChangedFiles, **contents: bytes) -> None:
    with files.on_their_way() as folder:
        for path, content in contents.items():
            folder.write(path, content)
        folder.put_in_place(contents)


def test_what_was_replaced_is_written_over_by_the_next_change(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write_whole(out, [("a", b"1"), ("b", b"same"), ("c", b"1")])
    files = ChangedFiles.beside(out)
    first, same = (out / "a").stat().st_ino, (out / "b").stat().st_ino
    changed(files, a=b"two, and longer", b=b"same", c=b"2")
    second = (out / "a").stat().st_ino
    changed(files, a=b"3", b=b"same")
    assert held_in(out) == {MARKER: held_in(out)[MARKER], "a": b"3", "b": b"same"}
    assert ((out / "a").stat().st_ino, (out / "b").stat().st_ino) == (first, same)
    assert second != first
    changed(files, a=b"4", b=b"same", c=b"4")
    assert held_in(out) == {MARKER: held_in(out)[MARKER], "a": b"4", "b": b"same", "c": b"4"}
    files.end()
    assert [entry.name for entry in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("other", ["another name", "a symbolic link"])
def test_a_file_that_others_have_too_is_never_written_over(tmp_path: Path, other: str) -> None:
    out, theirs = tmp_path / "site", tmp_path / "theirs"
    write_whole(out, [("a", b"1")])
    if other == "another name":
        theirs.hardlink_to(out / "a")
    else:
        (out / "a").replace(theirs)
        (out / "a").symlink_to(theirs)
    files = ChangedFiles.beside(out)
    for content in (b"2", b"3", b"4"):
        changed(files, a=content)
        assert (out / "a").read_bytes() == content
        assert theirs.read_bytes() == b"1"
    files.end()


def test_changes_that_are_given_up_leave_the_site_and_what_is_spare_alone(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write_whole(out, [("a", b"1"), ("b", b"1")])
    files = ChangedFiles.beside(out)
    changed(files, a=b"2", b=b"2")
    with pytest.raises(UnsafeOutput):
        changed(files, **{"a": b"half", "../b": b"half"})
    assert held_in(out) == {MARKER: held_in(out)[MARKER], "a": b"2", "b": b"2"}
    changed(files, a=b"2", b=b"3")
    assert held_in(out) == {MARKER: held_in(out)[MARKER], "a": b"2", "b": b"3"}
    shutil.rmtree(files.root)
    changed(files, a=b"4", b=b"4")
    assert held_in(out) == {MARKER: held_in(out)[MARKER], "a": b"4", "b": b"4"}
