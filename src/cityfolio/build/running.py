"""A build: folder in, site out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cityfolio.build.content import Content, edition_of, make_content
from cityfolio.build.programme import Programme, load_programme
from cityfolio.build.released import released_descriptions, released_files
from cityfolio.build.writing import check_output, write_whole
from cityfolio.findings import Finding
from cityfolio.site.pages import Renderer

__all__ = ["BuildReport", "Builder", "build_site"]


@dataclass(frozen=True)
class BuildReport:
    """What a build did."""

    units: int
    files: int
    facts: int
    findings: tuple[Finding, ...]


@dataclass
class Builder:
    """Builds one programme, any number of times. Pages whose document did not change are not rendered again."""

    folder: Path
    edition: str | None = None
    _renderer: Renderer = field(default_factory=Renderer)

    def build(self, out: Path) -> BuildReport:
        """Build the site into `out`, whole or not at all.

        Raises:
            ProgrammeBlocked: if a finding blocks; `out` stays as it was.
            UnsafeOutput: if `out` holds something that cityfolio did not make.
            WrongUse: if there is no such programme or edition.
        """
        check_output(out, self.folder)
        programme = load_programme(self.folder)
        content = make_content(programme, edition_of(programme, self.edition), released_descriptions())
        files = write_whole(out, self._files(programme, content))
        return BuildReport(len(content.site.profiles), files, len(content.store.facts), programme.findings)

    def _files(self, programme: Programme, content: Content) -> Iterator[tuple[str, bytes]]:
        for page in self._renderer.render(content.site):
            yield page.path, page.content
        yield from released_files(programme, content)


def build_site(folder: Path, out: Path, edition: str | None = None) -> BuildReport:
    """Build the site of a programme folder into `out`, whole or not at all; see `Builder.build`."""
    return Builder(folder, edition).build(out)
