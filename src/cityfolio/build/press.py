"""The press: PDF files out of sheets, one at a time, when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from cityfolio.site.printing import printed

__all__ = ["MadeLater", "Press"]


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
    """The sheets of a site (path of the PDF file, HTML), and the files that they may use."""

    sheets: Mapping[str, bytes] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)

    def one(self, path: str) -> bytes | None:
        """The PDF file of that path, or nothing where the site has none."""
        sheet = self.sheets.get(path)
        return None if sheet is None else printed(sheet, self.files)
