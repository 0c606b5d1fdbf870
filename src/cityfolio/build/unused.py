"""What a programme has and does not show: a wave that the pages leave out, files that no wave names."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from cityfolio.findings import Finding, Place

if TYPE_CHECKING:
    from cityfolio.build.manifest import Manifest
    from cityfolio.reading.yaml import Located

__all__ = ["wave_findings"]

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
