"""The stored answers of a programme: a Parquet file per wave, one row per response, and beside it what its
columns mean.

A wave is a file of its own, so a new wave costs its own rows and nothing that was counted before is counted
again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

from cityfolio.engine.packing import PackedVariable
from cityfolio.errors import WrongUse
from cityfolio.model.variable import Kind

__all__ = ["AnswerStore", "StoredWave", "fingerprint_of", "group_column", "key_type", "weight_column"]

FORMAT = 2


def group_column(kind: str) -> str:
    """The column that holds the groups of this kind, as positions in the wave's list of keys."""
    return f"group.{kind}"


def key_type(kind: str) -> str:
    """The enumeration of the group keys of this kind while a wave is coded."""
    return f"keys.{kind}"


def weight_column(name: str) -> str:
    """The column that holds this weight."""
    return f"weight.{name}"


@dataclass(frozen=True)
class StoredWave:
    """What the columns of one wave's file mean.

    `keys` are the group keys of each kind: the columns hold positions in them. `fingerprint` stands for the
    bytes of the Parquet file: what was counted under one fingerprint never has to be counted again.
    """

    wave: str
    path: Path
    rows: int
    size: int
    fingerprint: str
    variables: tuple[PackedVariable, ...]
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weights: tuple[str, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, PackedVariable]:
        """The variables that the wave asked, by id."""
        return {variable.id: variable for variable in self.variables}

    def as_json(self) -> str:
        """The description as it stands beside the data."""
        variables = [
            {"id": v.id, "kind": v.kind.value, "codes": list(v.codes), "own_words": v.own_words} for v in self.variables
        ]
        content = {
            "format": FORMAT,
            "wave": self.wave,
            "rows": self.rows,
            "size": self.size,
            "fingerprint": self.fingerprint,
            "variables": variables,
            "keys": {kind: list(keys) for kind, keys in self.keys.items()},
            "weights": list(self.weights),
        }
        return json.dumps(content, indent=1, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str, path: Path) -> StoredWave:
        """The description that stands beside the Parquet file `path`.

        Raises:
            WrongUse: if another version of cityfolio wrote it in a way that this one cannot read.
        """
        content = json.loads(text)
        if content["format"] != FORMAT:
            message = f"{path} has format {content['format']} where {FORMAT} was wanted; store the wave again"
            raise WrongUse(message)
        variables = tuple(
            PackedVariable(v["id"], Kind(v["kind"]), tuple(v["codes"]), v["own_words"]) for v in content["variables"]
        )
        keys = {kind: tuple(names) for kind, names in content["keys"].items()}
        return cls(
            wave=content["wave"],
            path=path,
            rows=content["rows"],
            size=content["size"],
            fingerprint=content["fingerprint"],
            variables=variables,
            keys=keys,
            weights=tuple(content["weights"]),
        )


@dataclass(frozen=True)
class AnswerStore:
    """The folder that holds the waves: `<wave>.parquet`, `<wave>.json` and, below `counts/`, what was
    counted.
    """

    folder: Path

    def data_path(self, wave: str) -> Path:
        """The Parquet file of a wave."""
        return self.folder / f"{wave}.parquet"

    @property
    def counts_folder(self) -> Path:
        """Where counts are kept; it may be deleted at any time."""
        return self.folder / "counts"

    def waves(self, order: Sequence[str]) -> dict[str, StoredWave]:
        """The waves among `order` that are stored, in that order."""
        return {wave: self.read(wave) for wave in order if self._description(wave).exists()}

    def read(self, wave: str) -> StoredWave:
        """The description of a stored wave.

        Raises:
            WrongUse: if the wave is not stored here, or its file was changed from outside.
        """
        description = self._description(wave)
        if not description.exists():
            raise WrongUse(f"{self.folder} holds no wave {wave!r}; store its answers first")
        stored = StoredWave.from_json(description.read_text(encoding="utf-8"), self.data_path(wave))
        if not stored.path.exists() or stored.path.stat().st_size != stored.size:
            raise WrongUse(f"{stored.path} is not the file that was stored; store the wave {wave} again")
        return stored

    def describe(self, stored: StoredWave) -> None:
        """Write the description: the last step of storing a wave, which makes it visible."""
        description = self._description(stored.wave)
        partial = description.with_suffix(".json.partial")
        partial.write_text(stored.as_json(), encoding="utf-8")
        partial.replace(description)

    def _description(self, wave: str) -> Path:
        return self.folder / f"{wave}.json"


def fingerprint_of(path: Path) -> str:
    """A fingerprint of the bytes of a file (BLAKE2b, 16 bytes)."""
    digest = blake2b(digest_size=16)
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
