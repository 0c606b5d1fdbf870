"""What a programme has and does not show: a wave that the pages leave out, files that no wave names."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from cityfolio.findings import Finding, Place

if TYPE_CHECKING:
    from cityfolio.build.manifest import Manifest
    from cityfolio.reading.yaml import Located

__all__ = ["misnamed_findings", "wave_findings"]

# What stands in a programme folder by a name that is always the same.
_FILES = (
    "act.yml", "corrections.yml", "edits.yml", "join.md", "moved.csv", "outcomes.yml", "privacy.md", "profile.yml",
    "programme.yml", "published.csv", "releases.yml", "units.csv", "theme/theme.yml",
)  # fmt: skip
_YAML, _MARKDOWN = (".yml", (".yaml",)), (".md", (".markdown", ".txt"))
_FOLDERS = {
    "crosswalks": _YAML,
    "editorial": _MARKDOWN,
    "indicators": _YAML,
    "instruments": _YAML,
    "recommendations": _MARKDOWN,
    "wording": _YAML,
}

# Where the files of waves stand unless programme.yml says otherwise, and how their names end.
_OF_WAVES = (("instruments", ".yml"), ("responses", ".csv"))


def wave_findings(folder: Path, manifest: Manifest, answered: Collection[str], located: Located) -> Iterator[Finding]:
    """Findings about the latest of the waves `answered` if the default edition leaves it out, and about files of no wave."""
    shown = manifest.editions.get(manifest.default_edition)
    latest = next((wave for wave in reversed(manifest.waves) if wave in answered), None)
    if shown is not None and latest is not None and latest not in shown.waves:
        place = located.at("default_edition") if manifest.content.default_edition else located.at("editions")
        yield Finding("programme.wave-left-out", place, {"edition": shown.id, "wave": latest})
    used = {
        str(PurePosixPath(name))
        for wave in manifest.content.waves
        for name in (wave.instrument or f"instruments/{wave.id}.yml", wave.responses or f"responses/{wave.id}.csv")
    }
    for where, ending in _OF_WAVES:
        for path in sorted((folder / where).glob(f"*{ending}")):
            name = f"{where}/{path.name}"
            if name not in used and path.is_file():
                yield Finding("programme.unused-file", Place(name), {})


def misnamed_findings(folder: Path) -> Iterator[Finding]:
    """Findings about files and folders that nothing reads, and whose names are nearly those of what is read."""
    for path in sorted(folder.iterdir()):
        near = _near(
            path.name, [name for name in _FILES if "/" not in name] if path.is_file() else [*_FOLDERS, "theme"]
        )
        if near and not (folder / near).exists():
            yield Finding("programme.misnamed-file", Place(path.name), {"suggestion": near})
    for name, (right, wrong) in _FOLDERS.items():
        for path in sorted((folder / name).glob("*")):
            if path.suffix.casefold() in wrong and path.is_file():
                facts = {"suggestion": f"{name}/{path.stem}{right}"}
                yield Finding("programme.misnamed-file", Place(f"{name}/{path.name}"), facts)


def _near(name: str, known: Collection[str]) -> str:
    """The known name that was meant: but for capitals, another ending, or a letter or two."""
    found = difflib.get_close_matches(name.casefold(), known, n=1, cutoff=0.8)
    return found[0] if found and name not in known else ""
