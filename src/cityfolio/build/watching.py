"""What tells whether a programme folder changed."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from cityfolio.build.releasing.kept_inputs import RELEASES

__all__ = ["Fingerprint", "fingerprint"]

Fingerprint: TypeAlias = tuple[tuple[str, int, int], ...]


def fingerprint(folder: Path) -> Fingerprint:
    """The names, sizes and times of all files of a programme, its frozen releases apart: it changes when one of them does."""
    found = []
    for path in sorted(p for top in folder.iterdir() if top.name != RELEASES for p in (top, *top.rglob("*"))):
        try:
            status = path.stat()
        except OSError:  # deleted between the listing and the look
            continue
        if path.is_file():
            found.append((str(path), status.st_size, status.st_mtime_ns))
    return tuple(found)
