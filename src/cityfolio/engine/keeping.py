"""Counts kept beside the data, by the fingerprint of what they were counted from. Any of it may be deleted."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from cityfolio.engine.tally import Tally

__all__ = ["KeptCounts", "key_of"]

FORMAT = "1"


def key_of(*parts: str | Sequence[str]) -> str:
    """A file name for what these parts describe; different parts give different names.

    >>> key_of("a", ["b"]) == key_of("a", ["b"]), key_of("ab", []) == key_of("a", ["b"])
    (True, False)
    """
    flat = [repr(part if isinstance(part, str) else tuple(part)) for part in (FORMAT, *parts)]
    return blake2b("\n".join(flat).encode(), digest_size=16).hexdigest()


@dataclass(frozen=True)
class KeptCounts:
    """The folder of kept counts, and what of it was read or written since."""

    folder: Path
    held: dict[str, Tally] = field(default_factory=dict, repr=False)

    def get(self, key: str) -> Tally | None:
        """The tally kept under this key, or None; a file that was damaged counts as absent."""
        if key not in self.held:
            try:
                with np.load(self._path(key), allow_pickle=False) as arrays:
                    kinds = tuple(str(kind) for kind in arrays["kinds"])
                    names = ("groups", "patterns", "number", "weight", "squares")
                    self.held[key] = Tally(kinds, *(arrays[name] for name in names))
            except (FileNotFoundError, EOFError, KeyError, ValueError, BadZipFile):
                return None
        return self.held[key]

    def put(self, key: str, tally: Tally) -> None:
        """Keep a tally. Several processes may do so at once: a file appears whole."""
        self.held[key] = tally
        self.folder.mkdir(parents=True, exist_ok=True)
        partial = self.folder / f"{key}.{os.getpid()}.partial"
        with partial.open("wb") as file:
            np.savez(
                file,
                kinds=np.array(tally.kinds, dtype=np.str_),
                groups=tally.groups,
                patterns=tally.patterns,
                number=tally.number,
                weight=tally.weight,
                squares=tally.squares,
            )
        partial.replace(self._path(key))

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.npz"
