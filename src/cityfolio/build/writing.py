"""Writing a folder whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

from cityfolio.errors import UnsafeOutput

__all__ = ["MARKER", "check_output", "write_whole"]

MARKER = ".cityfolio"
_MARK = b"Made by cityfolio; the next build replaces this folder.\n"


def check_output(out: Path, programme: Path) -> None:
    """Whether the folder may be replaced by a site: it is new, empty, or an earlier site of ours.

    Raises:
        UnsafeOutput: if it holds anything else, or the programme itself.
    """
    out, programme = out.resolve(), programme.resolve()
    if programme.is_relative_to(out):
        raise UnsafeOutput(f"{out} holds the programme itself; name another folder for the site.")
    if out.exists() and not out.is_dir():
        raise UnsafeOutput(f"{out} is a file; name a folder for the site.")
    if out.is_dir() and any(out.iterdir()) and not (out / MARKER).is_file():
        raise UnsafeOutput(
            f"{out} holds files that cityfolio did not make. Name a new or empty folder, or one of an earlier build."
        )


def write_whole(out: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write all files into a new folder beside `out`, then put it in its place; gives the number of files.

    Whatever goes wrong before, `out` stays as it was.

    Raises:
        UnsafeOutput: if a path tries to leave the folder.
        OSError: if the disk does not take the files.
    """
    out = out.resolve()
    out.parent.mkdir(parents=True, exist_ok=True)
    token = secrets.token_hex(4)
    fresh, former = out.with_name(f".{out.name}.new-{token}"), out.with_name(f".{out.name}.old-{token}")
    try:
        fresh.mkdir()
        count = _write(fresh, files)
        try:
            if out.exists():
                out.rename(former)
            fresh.rename(out)
        except BaseException:  # an interrupt between the two renames, too, must not leave a gap
            if former.exists() and not out.exists():
                former.rename(out)
            raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    shutil.rmtree(former, ignore_errors=True)
    return count


def _write(folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    made: set[str] = set()
    count = 0
    root = str(folder)
    for path, content in [(MARKER, _MARK), *files]:
        parts = path.split("/")
        if any(part in ("", ".", "..") or "\\" in part for part in parts):
            raise UnsafeOutput(f'The path "{path}" tries to leave the output folder.')
        parent = os.path.join(root, *parts[:-1])  # noqa: PTH118 - a Path for each of thousands of files costs more than writing it
        if parent not in made:
            os.makedirs(parent, exist_ok=True)  # noqa: PTH103
            made.add(parent)
        with open(os.path.join(parent, parts[-1]), "wb") as file:  # noqa: PTH118, PTH123
            file.write(content)
        count += 1
    return count
