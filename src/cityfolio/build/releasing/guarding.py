"""Keeps other bytes from being published under the version of a frozen release."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from cityfolio.build.releasing.frozen import SITE, frozen_releases
from cityfolio.build.releasing.kept_inputs import input_files
from cityfolio.errors import ProgrammeBlocked
from cityfolio.findings import Finding, Place
from cityfolio.profile.surroundings import Release
from cityfolio.publish.release.manifest import ReleaseManifest

__all__ = ["guarded", "is_drafted", "used_by"]

_DATA = ("data/", "api/")


def used_by(folder: Path, release: Release | None) -> ReleaseManifest | None:
    """The frozen release of that version, if there is one."""
    if release is None:
        return None
    found = [f.manifest for f in frozen_releases(folder) if f.manifest.version == release.version]
    return found[0] if found else None


def is_drafted(folder: Path, release: Release | None) -> bool:
    """Whether the programme changed after its latest release was frozen."""
    frozen = used_by(folder, release)
    if frozen is None:
        return False
    return {(f.path, f.sha256) for f in input_files(folder)} != {(f.path, f.sha256) for f in frozen.inputs}


def guarded(files: Iterator[tuple[str, bytes]], frozen: ReleaseManifest | None) -> Iterator[tuple[str, bytes]]:
    """The files as they come; at the end it is said which data are not those of the release whose version they carry.

    Raises:
        ProgrammeBlocked: if any is not.
    """
    if frozen is None:
        yield from files
        return
    checksums = {path.removeprefix(f"{SITE}/"): sha256 for path, sha256 in frozen.checksums.items()}
    expected = {path: sha256 for path, sha256 in checksums.items() if _is_data(path)}
    seen, others = set(), []
    for path, content in files:
        if _is_data(path):
            seen.add(path)
            others += [path] if hashlib.sha256(content).hexdigest() != expected.get(path) else []
        yield path, content
    others += expected.keys() - seen
    if others:
        facts = {"version": frozen.version, "number": str(len(others)), "example": sorted(others)[0]}
        raise ProgrammeBlocked([Finding("release.other-bytes", Place("releases.yml"), facts)])


def _is_data(path: str) -> bool:
    """Whether a file of a site is data: pages about it may say more later."""
    return path.startswith(_DATA) and not path.endswith(".html")
