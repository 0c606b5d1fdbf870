"""release.json: what a frozen release is, which files it holds and which inputs it was made from, with their checksums."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import to_json

from cityfolio.publish.release.state import Comparison
from cityfolio.publish.release.versions import Version

__all__ = ["MANIFEST", "KeptFile", "ReleaseManifest", "content_id", "kept_file", "manifest_json", "read_manifest"]

MANIFEST = "release.json"


class KeptFile(NamedTuple):
    """A file by its path, size and SHA-256 checksum."""

    path: str
    bytes: int
    sha256: str


def kept_file(path: str, content: bytes) -> KeptFile:
    """The file with its size and checksum.

    >>> kept_file("a.txt", b"a").sha256[:12]
    'ca978112ca1b'
    """
    return KeptFile(path, len(content), hashlib.sha256(content).hexdigest())


class ReleaseManifest(BaseModel):
    """A release: version, date, why it has this version, the files with their checksums, and the inputs with theirs.

    `content` is the checksum over all files, so that one line names the whole release; `previous` the version before, or empty.
    """

    model_config = ConfigDict(frozen=True)

    format: int = 1
    programme: str
    title: str
    version: str
    date: str
    level: str
    reasons: tuple[str, ...]
    summary: str
    citation: str
    previous: str
    software: str
    content: str
    editions: dict[str, tuple[str, ...]]
    comparisons: tuple[Comparison, ...]
    inputs: tuple[KeptFile, ...]
    files: tuple[KeptFile, ...]

    @property
    def number(self) -> Version:
        """The version as numbers.

        Raises:
            ValueError: if it is none.
        """
        version = Version.read(self.version)
        if version is None:
            raise ValueError(f"{self.version} is no version of a release")
        return version

    @property
    def checksums(self) -> dict[str, str]:
        """The checksums of the files by their paths."""
        return {file.path: file.sha256 for file in self.files}


def content_id(files: Iterable[KeptFile]) -> str:
    """The checksum over the checksums and paths of all files, in the order of the paths."""
    lines = "".join(f"{file.sha256}  {file.path}\n" for file in sorted(files))
    return hashlib.sha256(lines.encode("utf-8")).hexdigest()


def manifest_json(manifest: ReleaseManifest) -> bytes:
    """The manifest as it is written: what models hold as tuples with names are objects there."""
    lists = {
        name: [entry._asdict() for entry in getattr(manifest, name)] for name in ("comparisons", "inputs", "files")
    }
    return to_json(manifest.model_dump() | lists, indent=1) + b"\n"


def read_manifest(content: bytes) -> ReleaseManifest | None:
    """The manifest that a file holds, or None where it holds none."""
    try:
        found = ReleaseManifest.model_validate_json(content)
    except ValidationError:
        return None
    return found if Version.read(found.version) is not None else None
