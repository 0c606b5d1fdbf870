"""What a programme has and does not show: a wave that the pages leave out, files that no wave names."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from cityfolio.findings import Finding, Place
from cityfolio.narrative.languages import language_of

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

_ALL_FOLDERS = (*_FOLDERS, "theme", "locale", "responses", "mappings")

# Where the files of waves stand unless programme.yml says otherwise, and how their names end.
_OF_WAVES = (("instruments", ".yml"), ("responses", ".csv"))


def wave_findings(folder: Path, manifest: Manifest, answered: Mapping[str, int], located: Located) -> Iterator[Finding]:
    """Findings about the latest wave with answers if the default edition leaves it out, about waves and about files of no wave.

    `answered` is the number of responses of each wave that has any.
    """
    shown = manifest.editions.get(manifest.default_edition)
    latest = next((wave for wave in reversed(manifest.waves) if wave in answered), None)
    if shown is not None and latest is not None and latest not in shown.waves:
        place = located.at("default_edition") if manifest.content.default_edition else located.at("editions")
        yield Finding("programme.wave-left-out", place, {"edition": shown.id, "wave": latest})
    waves = manifest.waves
    if all(wave.isdigit() and len(wave) == len(waves[0]) for wave in waves) and list(waves) != sorted(waves):
        first, second = next(pair for pair in pairwise(waves) if pair[0] > pair[1])
        facts = {"first": first, "second": second}
        yield Finding("programme.waves-order", located.at("waves", waves.index(second)), facts)
    for position, wave in enumerate(manifest.content.waves):
        if wave.invited is not None and wave.invited < answered.get(wave.id, 0):
            facts = {"wave": wave.id, "invited": str(wave.invited), "answered": str(answered[wave.id])}
            yield Finding("programme.few-invited", located.at("waves", position, "invited"), facts)
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


def misnamed_findings(folder: Path, languages: Sequence[str]) -> Iterator[Finding]:
    """Findings about files and folders that nothing reads, and whose names are nearly those of what is read."""
    for path in sorted(folder.iterdir()):
        near = _near(path.name, _FILES if path.is_file() else _ALL_FOLDERS)
        if near and not (folder / near).exists():
            yield Finding("programme.misnamed-file", Place(path.name), {"suggestion": near})
    for name, (right, wrong) in _FOLDERS.items():
        for path in sorted((folder / name).glob("*")):
            if path.suffix.casefold() in wrong and path.is_file():
                facts = {"suggestion": f"{name}/{path.stem}{right}"}
                yield Finding("programme.misnamed-file", Place(f"{name}/{path.name}"), facts)
    for path in sorted((folder / "locale").glob("*.po")):
        if path.stem not in languages:
            # A language that is not listed yet is no wrong name for another one.
            is_meant = len(languages) > 1 and language_of(path.stem).name == path.stem
            facts = {"suggestion": f"locale/{languages[-1]}.po" if is_meant else ""}
            yield Finding("programme.misnamed-file", Place(f"locale/{path.name}"), facts)


def _near(name: str, known: Collection[str]) -> str:
    """The path that was meant by a name: but for capitals, another ending, a folder, or a letter or two."""
    by_name = {PurePosixPath(path).name: path for path in known}
    found = difflib.get_close_matches(name.casefold(), by_name, n=1, cutoff=0.8)
    return by_name[found[0]] if found and name not in known else ""
