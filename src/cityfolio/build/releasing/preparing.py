"""Prepares a release: its version from what changed, its files, its line in releases.yml. No version is used twice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date as day
from pathlib import Path
from tempfile import TemporaryDirectory

from cityfolio.build.programme import Programme
from cityfolio.build.releasing.disclosing import disclosure_findings
from cityfolio.build.releasing.frozen import FrozenRelease, frozen_release, frozen_releases
from cityfolio.build.releasing.kept_inputs import RELEASES, input_files, keep
from cityfolio.build.releasing.making import Candidate, candidate_of, release_files
from cityfolio.build.running import Watch
from cityfolio.build.writing import write_whole
from cityfolio.errors import ProgrammeBlocked, WrongUse
from cityfolio.findings import Finding, Place, any_blocks, in_order
from cityfolio.profile.surroundings import Release
from cityfolio.publish.release.manifest import KeptFile
from cityfolio.publish.release.versions import FIRST, Level, Version

__all__ = ["Prepared", "ReleaseWish", "prepare_release"]

_LIST = "releases.yml"
_HEAD = "format: 1\nreleases:\n"


@dataclass(frozen=True)
class ReleaseWish:
    """What is asked for: the day, and a version, title and summary where they are not to be found by us.

    `accepted` says that it may be known what could be worked out from this release and earlier ones.
    """

    date: str
    version: str = ""
    title: str = ""
    summary: str = ""
    accepted: bool = False


@dataclass(frozen=True)
class Prepared:
    """What was prepared, with what there is to remark; `is_new` is false where the programme is a release already."""

    release: FrozenRelease
    is_new: bool
    findings: tuple[Finding, ...] = ()


def prepare_release(folder: Path, wish: ReleaseWish, watch: Watch) -> Prepared:
    """Freeze the programme as its next release.

    Raises:
        ProgrammeBlocked: if a finding blocks, or the version is used or too low; nothing was written.
        WrongUse: if the day is none, or there is no programme.
    """
    _check_date(wish.date)
    releases = frozen_releases(folder)
    previous = releases[-1] if releases else None
    with TemporaryDirectory(prefix="cityfolio-release-") as temporary:
        inputs = Path(temporary) / "programme"
        files = input_files(folder)
        if previous is not None and _is_the_same(files, previous) and wish.version in ("", previous.manifest.version):
            return Prepared(previous, is_new=False)
        _copy(folder, files, inputs)
        candidate = candidate_of(inputs, previous)
        entry = _entry(candidate, wish, releases)
        findings = in_order(disclosure_findings(folder, candidate, releases))
        if any_blocks(findings) and not wish.accepted:
            raise ProgrammeBlocked(findings)
        _list(inputs, candidate.programme, entry)
        work = Path(temporary) / "work"
        work.mkdir()
        write_whole(folder / RELEASES / entry.version, release_files(inputs, previous, work, watch))
        keep(folder, inputs, input_files(inputs))
        (folder / _LIST).write_bytes((inputs / _LIST).read_bytes())
    return Prepared(frozen_release(folder, entry.version), is_new=True, findings=tuple(findings))


def _check_date(text: str) -> None:
    try:
        is_day = day.fromisoformat(text).isoformat() == text
    except ValueError:
        is_day = False
    if not is_day:
        raise WrongUse(f'"{text}" is no day of a release; write it as 2026-05-01.')


def _is_the_same(files: Sequence[KeptFile], release: FrozenRelease) -> bool:
    return {(f.path, f.sha256) for f in files} == {(f.path, f.sha256) for f in release.manifest.inputs}


def _copy(folder: Path, files: Sequence[KeptFile], into: Path) -> None:
    for file in files:
        target = into / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / file.path, target)


def _entry(candidate: Candidate, wish: ReleaseWish, releases: Sequence[FrozenRelease]) -> Release:
    """The release as releases.yml lists it: the entry that waits there for being frozen, or a new one.

    Raises:
        ProgrammeBlocked: if its version is used, too low, or none.
    """
    used = {release.manifest.version for release in releases}
    latest = candidate.programme.surroundings.around.latest
    waiting = latest if latest is not None and latest.version not in used and Version.read(latest.version) else None
    derived = _derived(candidate)
    asked = wish.version or (waiting.version if waiting is not None else str(derived))
    findings = list(_version_findings(asked, used, candidate, derived))
    if findings:
        raise ProgrammeBlocked(findings)
    if waiting is not None and waiting.version == asked:
        return waiting
    summary = wish.summary or " ".join(reason.words for reason in candidate.reasons)
    return Release(asked, wish.date, wish.title, summary)


def _derived(candidate: Candidate) -> Version:
    """The next version by what changed."""
    if candidate.previous is None or candidate.judgement is None:
        return FIRST
    return candidate.previous.manifest.number.after(candidate.judgement.level)


def _version_findings(asked: str, used: set[str], candidate: Candidate, derived: Version) -> Iterator[Finding]:
    version = Version.read(asked)
    at = Place(_LIST)
    if version is None:
        yield Finding("release.no-version", at, {"got": asked, "derived": str(derived)})
    elif asked in used:
        yield Finding("release.used", at, {"version": asked, "derived": str(derived)})
    elif version < derived:
        reasons = candidate.reasons
        level = candidate.judgement.level if candidate.judgement is not None else Level.PATCH
        words = " ".join(reason.words for reason in reasons if reason.level is level)
        yield Finding("release.too-low", at, {"got": asked, "derived": str(derived), "reasons": words})


def _list(inputs: Path, programme: Programme, entry: Release) -> None:
    """Add the release to releases.yml, where it does not stand there already."""
    if entry in programme.surroundings.around.releases:
        return
    path = inputs / _LIST
    text = path.read_text("utf-8-sig") if path.exists() else _HEAD
    if not programme.surroundings.around.releases and path.exists():
        text = _HEAD
    lines = [f"  - version: {_quoted(entry.version)}", f"    date: {_quoted(entry.date)}"]
    lines += [f"    title: {_quoted(entry.title)}"] if entry.title else []
    lines += [f"    summary: {_quoted(entry.summary)}"] if entry.summary else []
    path.write_text(text.rstrip("\n") + "\n" + "\n".join(lines) + "\n", encoding="utf-8")


def _quoted(text: str) -> str:
    plain = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'
