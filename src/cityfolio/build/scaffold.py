"""A small programme to start from."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from cityfolio.errors import UnsafeOutput

__all__ = ["make_programme"]


def make_programme(folder: Path) -> list[str]:
    """Write the small programme into a new or empty folder; gives the names of its files.

    Raises:
        UnsafeOutput: if the folder holds anything.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UnsafeOutput(f"{folder} is not empty; name a new folder.")
    made = []
    for name, content in sorted(_files(files("cityfolio.build") / "scaffold_files", "")):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        made.append(name)
    return made


def _files(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _files(entry, f"{prefix}{entry.name}/")
        else:
            found.append((f"{prefix}{entry.name}", entry.read_bytes()))
    return found
