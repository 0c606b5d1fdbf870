"""The frozen releases of a programme, as they stand in its folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cityfolio.build.releasing.kept_inputs import RELEASES
from cityfolio.errors import WrongUse
from cityfolio.publish.release.manifest import MANIFEST, ReleaseManifest, read_manifest
from cityfolio.publish.release.state import OPTIONAL_FILES, STATE_FILES, ReleaseState, state_of

__all__ = ["SITE", "FrozenRelease", "frozen_release", "frozen_releases", "kept_files"]

SITE = "site"


@dataclass(frozen=True)
class FrozenRelease:
    """A release with the folder that holds it."""

    folder: Path
    manifest: ReleaseManifest

    @property
    def state(self) -> ReleaseState:
        """What the release held, from its own files.

        Raises:
            WrongUse: if they are not what a release writes.
        """
        data = self.folder / SITE / "data"
        try:
            files = {name: (data / name).read_bytes() for name in STATE_FILES}
            files |= {name: (data / name).read_bytes() for name in OPTIONAL_FILES if (data / name).is_file()}
            return state_of(files, self.manifest.comparisons, self.manifest.editions)
        except (OSError, ValueError, KeyError, StopIteration) as error:
            raise WrongUse(
                f"The files of release {self.manifest.version} cannot be read ({error}). Restore the folder {self.folder}."
            ) from error


def frozen_releases(folder: Path) -> list[FrozenRelease]:
    """The releases of a programme folder, in the order of their versions."""
    found = []
    for path in (folder / RELEASES).glob(f"*/{MANIFEST}"):
        manifest = read_manifest(path.read_bytes())
        if manifest is not None and manifest.version == path.parent.name:
            found.append(FrozenRelease(path.parent, manifest))
    return sorted(found, key=lambda release: release.manifest.number)


def frozen_release(folder: Path, version: str) -> FrozenRelease:
    """The release of that version; without a version, the latest.

    Raises:
        WrongUse: if there is none.
    """
    releases = frozen_releases(folder)
    if not releases:
        raise WrongUse(f"{folder} has no release yet. Make one with: cityfolio release prepare {folder}")
    if not version:
        return releases[-1]
    for release in releases:
        if release.manifest.version == version:
            return release
    known = ", ".join(release.manifest.version for release in releases)
    raise WrongUse(f"There is no release {version}. The programme has: {known}.")


def kept_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """What a site keeps of each earlier release: its data files and its papers, below releases/<version>/."""
    for release in frozen_releases(folder):
        version = release.manifest.version
        for path in sorted(release.folder.iterdir()):
            if path.is_file() and not path.name.startswith("."):
                yield f"releases/{version}/{path.name}", path.read_bytes()
        data = release.folder / SITE / "data"
        for path in sorted(data.rglob("*")):
            if path.is_file() and path.suffix != ".html":
                yield f"releases/{version}/data/{path.relative_to(data).as_posix()}", path.read_bytes()
