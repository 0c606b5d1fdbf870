"""Verifies a frozen release: its files, its inputs, that it comes out of them again; and what it moved beside another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from cityfolio.build.releasing.frozen import FrozenRelease, frozen_releases
from cityfolio.build.releasing.kept_inputs import RELEASES, restore
from cityfolio.build.releasing.making import release_files, software
from cityfolio.build.running import Watch
from cityfolio.build.writing import MARKER
from cityfolio.findings import Finding, Place
from cityfolio.publish.release.change_log import NumberChange, number_changes
from cityfolio.publish.release.manifest import MANIFEST, KeptFile, content_id, kept_file, manifest_json

__all__ = ["moved_facts", "verify_release"]


def verify_release(folder: Path, release: FrozenRelease, watch: Watch, *, rebuild: bool = True) -> list[Finding]:
    """What is wrong with a release of the programme in `folder`; nothing if every file is as it was frozen.

    With `rebuild` its kept inputs are also built again, and the result compared byte for byte.

    Raises:
        ProgrammeBlocked: if this version of the software finds that the inputs block.
    """
    findings = list(_file_findings(release))
    with TemporaryDirectory(prefix="cityfolio-release-") as temporary:
        inputs, work = Path(temporary) / "programme", Path(temporary) / "work"
        inputs.mkdir()
        work.mkdir()
        lost = restore(folder, release.manifest.inputs, inputs)
        findings += [Finding("release.input-lost", Place(name), {"version": release.manifest.version}) for name in lost]
        if rebuild and not lost:
            previous = _previous(folder, release)
            if release.manifest.previous and previous is None:
                facts = {"version": release.manifest.version, "previous": release.manifest.previous}
                findings.append(Finding("release.previous-lost", Place(_name(release)), facts))
            else:
                again = {p: kept_file(p, c) for p, c in release_files(inputs, previous, work, watch)}
                findings += _rebuilt_findings(release, again)
    return findings


def _previous(folder: Path, release: FrozenRelease) -> FrozenRelease | None:
    found = [r for r in frozen_releases(folder) if r.manifest.version == release.manifest.previous]
    return found[0] if found else None


def _name(release: FrozenRelease, path: str = MANIFEST) -> str:
    return f"{RELEASES}/{release.manifest.version}/{path}"


def _file_findings(release: FrozenRelease) -> Iterator[Finding]:
    version = release.manifest.version
    expected = release.manifest.checksums
    held = dict(_held(release.folder))
    if content_id(release.manifest.files) != release.manifest.content:
        yield Finding("release.altered", Place(_name(release)), {"version": version})
    for path in sorted(expected.keys() | held.keys()):
        at = Place(_name(release, path))
        if path not in held:
            yield Finding("release.file-lost", at, {"version": version})
        elif path not in expected:
            yield Finding("release.foreign-file", at, {"version": version})
        elif held[path].sha256 != expected[path]:
            yield Finding("release.altered", at, {"version": version})


def _held(folder: Path) -> Iterator[tuple[str, KeptFile]]:
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and path.name != MARKER and name != MANIFEST:
            yield name, kept_file(name, path.read_bytes())


def _rebuilt_findings(release: FrozenRelease, again: Mapping[str, KeptFile]) -> Iterator[Finding]:
    expected = release.manifest.checksums | {MANIFEST: kept_file(MANIFEST, manifest_json(release.manifest)).sha256}
    facts = {"version": release.manifest.version, "then": release.manifest.software, "now": software()}
    for path in sorted(expected.keys() | again.keys()):
        if path not in again or again[path].sha256 != expected.get(path):
            yield Finding("release.not-rebuilt", Place(_name(release, path)), facts)


def moved_facts(release: FrozenRelease, against: FrozenRelease) -> list[NumberChange]:
    """The facts of a release that have other numbers than in another one, with the new and those that are gone."""
    return list(number_changes(against.state, release.state))
