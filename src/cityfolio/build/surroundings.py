"""What a programme says about its site as a whole: address, look, releases, changed ids, notes to readers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from cityfolio.build.manifest import ProgrammeFile
from cityfolio.build.releasing.frozen import frozen_releases
from cityfolio.build.releasing.guarding import is_drafted
from cityfolio.build.theming import load_theme
from cityfolio.findings import Finding, Place
from cityfolio.formatting import did_you_mean
from cityfolio.model.identifiers import is_identifier
from cityfolio.profile.safe_markdown import safe_html, unsafe_findings
from cityfolio.profile.surroundings import Moved, Release, Surroundings
from cityfolio.reading.table import column_findings, read_table
from cityfolio.reading.text import Source, read_text
from cityfolio.reading.yaml import Located, Shape, read_yaml

__all__ = ["LoadedSurroundings", "load_surroundings"]

_RELEASES, _MOVED, _PRIVACY = "releases.yml", "moved.csv", "privacy.md"
_WEB = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:/[A-Za-z0-9._~-]+)*/?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class ReleaseEntry(Shape):
    """One release of the data."""

    version: str
    date: str
    title: str = ""
    summary: str = ""


class ReleasesFile(Shape):
    """`releases.yml`."""

    format: Literal["1"]
    releases: list[ReleaseEntry]


@dataclass(frozen=True)
class LoadedSurroundings:
    """What is around the pages, the files that come along (path below the site, content), and all findings.

    `of_looks` are those of them that are about colours and pictures alone, whatever the words are.
    """

    around: Surroundings
    files: tuple[tuple[str, bytes], ...]
    findings: tuple[Finding, ...]
    of_looks: tuple[Finding, ...] = ()


def load_surroundings(
    folder: Path, content: ProgrammeFile, located: Located, known: Mapping[str, Collection[str] | None]
) -> LoadedSurroundings:
    """Everything around the pages. `known` are the ids of units and variables, by kind; None where they cannot be read."""
    findings: list[Finding] = [*_manifest_findings(content, located)]
    loaded = load_theme(folder)
    findings += loaded.findings
    releases, more = _releases(folder)
    findings += more
    moved, more = _moved(folder, known)
    findings += more
    privacy, more = _privacy(folder)
    findings += more
    url = content.site_url
    around = Surroundings(
        programme=content.id,
        site_url=f"{url.rstrip('/')}/" if url else "",
        publisher=content.publisher.name,
        publisher_url=content.publisher.url,
        theme=loaded.theme,
        releases=releases,
        kept=frozenset(frozen.manifest.version for frozen in frozen_releases(folder)),
        moved=moved,
        privacy=safe_html(privacy) if privacy else "",
        privacy_text=privacy,
        tested=content.accessibility.tested,
        test_result=content.accessibility.result,
    )
    around = replace(around, drafted=is_drafted(folder, around.latest))
    return LoadedSurroundings(
        around, tuple(loaded.files), tuple(findings), tuple(loaded.findings) if loaded.is_read else ()
    )


def _manifest_findings(content: ProgrammeFile, located: Located) -> Iterator[Finding]:
    if content.site_url and (not _WEB.fullmatch(content.site_url) or content.site_url.endswith((".html", ".htm"))):
        yield Finding("programme.no-address", located.at("site_url"), {"got": content.site_url})
    tested = content.accessibility.tested
    if tested and not _is_date(tested):
        yield Finding("programme.no-date", located.at("accessibility", "tested"), {"got": tested})


def _releases(folder: Path) -> tuple[tuple[Release, ...], list[Finding]]:
    if not (folder / _RELEASES).exists():
        return (), []
    content, located, findings = read_yaml(
        Source(folder / _RELEASES, _RELEASES, "it lists the releases", folder), ReleasesFile
    )
    if content is None:
        return (), findings
    seen: set[str] = set()
    for position, entry in enumerate(content.releases):
        if not _is_date(entry.date):
            at = located.at("releases", position, "date")
            findings.append(Finding("programme.no-date", at, {"got": entry.date}))
        if not is_identifier(entry.version.replace(".", "-")):
            at = located.at("releases", position, "version")
            findings.append(Finding("programme.unsafe-id", at, {"got": entry.version}))
        if entry.version in seen:
            facts = {"kind": "The release", "got": entry.version}
            findings.append(Finding("programme.doubled-id", located.at("releases", position, "version"), facts))
        seen.add(entry.version)
    return tuple(Release(e.version, e.date, e.title, e.summary) for e in content.releases), findings


def _moved(folder: Path, known: Mapping[str, Collection[str] | None]) -> tuple[tuple[Moved, ...], list[Finding]]:
    if not (folder / _MOVED).exists():
        return (), []
    table, findings = read_table(Source(folder / _MOVED, _MOVED, "it lists ids that changed", folder))
    if table is None:
        return (), findings
    columns = ("kind", "old", "new")
    findings += column_findings(table, columns, columns, "A changed id needs it.")
    found: list[Moved] = []
    for row in table.rows:
        moved = Moved(row["kind"], row["old"], row["new"])
        at = Place(table.name, row.line)
        problems = list(_moved_findings(moved, at, known, [(m.kind, m.old) for m in found]))
        findings += problems
        found += [] if problems else [moved]
    return tuple(found), findings


def _moved_findings(
    moved: Moved, at: Place, known: Mapping[str, Collection[str] | None], before: Collection[tuple[str, str]]
) -> Iterator[Finding]:
    if moved.kind not in known:
        hint = did_you_mean(moved.kind, known) or ""
        yield Finding("moved.unknown-kind", at, {"got": moved.kind, "suggestion": hint})
        return
    ids = known[moved.kind]
    if not is_identifier(moved.old):
        yield Finding("programme.unsafe-id", at, {"got": moved.old})
    elif ids is not None and moved.old in ids:
        yield Finding("moved.still-there", at, {"kind": moved.kind, "got": moved.old})
    elif (moved.kind, moved.old) in before:
        yield Finding("moved.doubled", at, {"got": moved.old})
    if ids is not None and moved.new not in ids:
        hint = did_you_mean(moved.new, ids) or ""
        yield Finding("moved.unknown-id", at, {"kind": moved.kind, "got": moved.new, "suggestion": hint})


def _privacy(folder: Path) -> tuple[str, list[Finding]]:
    if not (folder / _PRIVACY).exists():
        return "", []
    text, findings = read_text(Source(folder / _PRIVACY, _PRIVACY, "it is the note on names of persons", folder))
    if text is None:
        return "", findings
    return text, [*findings, *unsafe_findings(_PRIVACY, text)]


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
