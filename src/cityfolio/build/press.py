"""The press: PDF files out of sheets, all at once on all cores, or one at a time when it is asked for."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial

from cityfolio.build.at_once import can_fork
from cityfolio.site.printing import printed

__all__ = ["MadeLater", "Press"]

_IN_ONE_GO = 4  # sheets for a process at a time


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

    def all(self) -> Iterator[tuple[str, bytes]]:
        """Every PDF file, in the order of the sheets; on all cores where processes can be forked."""
        make = partial(printed, files=self.files)
        if len(self.sheets) <= _IN_ONE_GO or not can_fork():
            yield from ((path, make(sheet)) for path, sheet in self.sheets.items())
            return
        import weasyprint  # noqa: F401 - loaded once, before the processes part

        cores = len(os.sched_getaffinity(0))
        with ProcessPoolExecutor(cores, multiprocessing.get_context("fork")) as pool:
            yield from zip(self.sheets, pool.map(make, self.sheets.values(), chunksize=_IN_ONE_GO), strict=True)
