"""Counts kept beside the data, by the fingerprint of what they were counted from. Any of it may be deleted."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from cityfolio.engine.tally import Tally

__all__ = ["KeptCounts", "key_of", "read_arrays", "write_arrays"]

FORMAT = "2"
_PARTS = ("groups", "patterns", "number", "weight", "squares")


def key_of(*parts: str | Sequence[str]) -> str:
    """A file name for what these parts describe; different parts give different names.

    >>> key_of("a", ["b"]) == key_of("a", ["b"]), key_of("ab", []) == key_of("a", ["b"])
    (True, False)
    """
    flat = [repr(part if isinstance(part, str) else tuple(part)) for part in (FORMAT, *parts)]
    return blake2b("\n".join(flat).encode(), digest_size=16).hexdigest()


def read_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """The arrays that a file keeps; none if it is absent or damaged."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return {name: arrays[name] for name in arrays.files}
    except (FileNotFoundError, EOFError, ValueError, BadZipFile):
        return {}


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Keep arrays in a file. Several processes may do so at once: it appears whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}.partial")
    with partial.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)
    partial.replace(path)


@dataclass(frozen=True)
class KeptCounts:
    """The folder of kept counts, and what of it was read or written since."""

    folder: Path
    held: dict[str, Tally] = field(default_factory=dict, repr=False)

    def get(self, key: str) -> Tally | None:
        """The tally kept under this key, or None; a file that was damaged counts as absent."""
        if key not in self.held:
            arrays = read_arrays(self._path(key))
            if not set(_PARTS) | {"kinds"} <= set(arrays):
                return None
            kinds = tuple(str(kind) for kind in arrays["kinds"])
            self.held[key] = Tally(kinds, *(arrays[part] for part in _PARTS))
        return self.held[key]

    def put(self, key: str, tally: Tally) -> None:
        """Keep a tally. Several processes may do so at once: a file appears whole."""
        self.held[key] = tally
        parts = {part: getattr(tally, part) for part in _PARTS}
        write_arrays(self._path(key), {"kinds": np.array(tally.kinds, dtype=np.str_), **parts})

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.npz"
