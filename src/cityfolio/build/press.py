"""The press: PDF files out of sheets and pictures out of drawings, one at a time, when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from cityfolio.profile.theme import Face
from cityfolio.site.printing import printed
from cityfolio.site.sheets import PICTURE_ENDING

__all__ = ["MadeLater", "Press", "finished"]


class MadeLater(Mapping[str, bytes]):
    """Sheets that are made each time they are asked for: a site that is served may have thousands, of which few are printed."""

    def __init__(self, make: Mapping[str, Callable[[], bytes]]) -> None:
        self._make = make

    def __getitem__(self, path: str) -> bytes:
        return self._make[path]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._make)

    def __len__(self) -> int:
        return len(self._make)


@dataclass(frozen=True)
class Press:
    """What is printed for a site: the path of each PDF file with its HTML, of each PNG file with its SVG.

    `files` are what they may use, `faces` the typefaces among them; `further` make the HTML of what
    nobody listed ahead, or nothing.
    """

    sheets: Mapping[str, bytes] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    faces: tuple[Face, ...] = ()
    further: tuple[Callable[[str], bytes | None], ...] = ()

    def one(self, path: str) -> bytes | None:
        """The file of that path, or nothing where the site has none."""
        sheet = self.sheets.get(path) or next(filter(None, (make(path) for make in self.further)), None)
        return None if sheet is None else finished(path, sheet, self.files, self.faces)


def finished(path: str, sheet: bytes, files: Mapping[str, bytes], faces: tuple[Face, ...]) -> bytes:
    """The file of a path, made of its sheet: a picture, or a PDF file."""
    if path.endswith(PICTURE_ENDING):
        # Which letters a typeface has is an expression that takes long to read, and few builds draw pictures.
        from cityfolio.site.own_typefaces import own_typefaces
        from cityfolio.site.pixels import drawn

        return drawn(sheet, own_typefaces(faces, files))
    return printed(sheet, files)
