"""The inputs of a programme, and the store that keeps those of every release once, by their checksums."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

from cityfolio.build.writing import MARKER
from cityfolio.publish.release.manifest import KeptFile

__all__ = ["RELEASES", "input_files", "keep", "kept_at", "restore"]

RELEASES = "releases"
_STORE = "inputs"
_CHUNK = 1 << 20


def input_files(folder: Path) -> list[KeptFile]:
    """The files of a programme in the order of their paths: all but hidden ones, its releases, and folders that we made."""
    return sorted(_checked(folder, path) for path in _paths(folder))


def _paths(folder: Path) -> Iterator[Path]:
    root = folder.resolve()
    for place, folders, names in os.walk(folder):
        at = Path(place)
        folders[:] = [f for f in folders if not f.startswith(".") and not (at / f / MARKER).is_file()]
        if at == folder and RELEASES in folders:
            folders.remove(RELEASES)
        for name in names:
            path = at / name
            # What a link leads to outside of the folder is no input: reading refuses it.
            if not name.startswith(".") and path.is_file() and path.resolve().is_relative_to(root):
                yield path


def _checked(folder: Path, path: Path) -> KeptFile:
    return KeptFile(path.relative_to(folder).as_posix(), path.stat().st_size, _sha256(path))


def _sha256(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()


def kept_at(folder: Path, sha256: str) -> Path:
    """Where the store of a programme keeps an input."""
    return folder / RELEASES / _STORE / sha256


def keep(folder: Path, source: Path, files: Iterable[KeptFile]) -> None:
    """Put the inputs that stand in `source` into the store of the programme; what it has stays."""
    for file in files:
        target = kept_at(folder, file.sha256)
        if target.is_file() and target.stat().st_size == file.bytes:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_name(f".{file.sha256}.{secrets.token_hex(4)}")
        try:
            fresh.write_bytes((source / file.path).read_bytes())
            fresh.replace(target)
        finally:
            fresh.unlink(missing_ok=True)


def restore(folder: Path, files: Iterable[KeptFile], into: Path) -> list[str]:
    """Put the kept inputs back under their names; gives those that are not kept, or not as they were."""
    lost = []
    for file in files:
        kept = kept_at(folder, file.sha256)
        if not kept.is_file() or _sha256(kept) != file.sha256:
            lost.append(file.path)
            continue
        target = into / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(kept.read_bytes())
    return lost
