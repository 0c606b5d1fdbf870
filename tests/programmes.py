"""Programme folders that tests may change: the small programme of `cityfolio new`, and copies of the example."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cityfolio.build.programme import check_programme
from cityfolio.build.running import BuildReport, build_site
from cityfolio.findings import Finding

EXAMPLE = Path(__file__).parents[1] / "examples" / "innovation-capacity"


@dataclass(frozen=True)
class ProgrammeFolder:
    """A programme folder of a test's own, changed file by file."""

    path: Path

    @classmethod
    def copy_of(cls, source: Path, to: Path) -> ProgrammeFolder:
        """A copy of `source` that may be changed."""
        shutil.copytree(source, to)
        return cls(to)

    def text(self, name: str) -> str:
        """What a file holds."""
        return (self.path / name).read_bytes().decode("utf-8")

    def write(self, name: str, content: str | bytes) -> None:
        """Put a file there."""
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))

    def swap(self, name: str, old: str, new: str) -> None:
        """Replace the first `old` of a file, which must be there."""
        held = self.text(name)
        assert old in held, f"{name} does not hold {old!r}"
        self.write(name, held.replace(old, new, 1))

    def add(self, name: str, *lines: str) -> None:
        """Append lines to a file."""
        self.write(name, self.text(name) + "".join(f"{line}\n" for line in lines))

    def set_cell(self, name: str, unit: str, column: str, value: str) -> None:
        """Put a value into the row of a unit."""
        rows = list(csv.DictReader(io.StringIO(self.text(name))))
        (row,) = [row for row in rows if row["unit"] == unit]
        row[column] = value
        self._write_rows(name, rows)

    def add_row(self, name: str, /, **cells: str) -> None:
        """Append a row; cells that are not named stay empty."""
        rows = list(csv.DictReader(io.StringIO(self.text(name))))
        columns = list(csv.DictReader(io.StringIO(self.text(name))).fieldnames or ())
        assert set(cells) <= set(columns)
        self._write_rows(name, [*rows, {column: cells.get(column, "") for column in columns}])

    def _write_rows(self, name: str, rows: list[dict[str, str]]) -> None:
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        self.write(name, text.getvalue())

    def in_english_alone(self) -> None:
        """Take the second language of the example out: half of what a build makes, where languages are not the question."""
        self.swap("programme.yml", "languages: [en, ko]", "languages: [en]")

    def rename(self, old: str, new: str) -> None:
        """Call an id otherwise, wherever the files of the programme name it."""
        for path in sorted(self.path.rglob("*")):
            if path.is_file() and "releases" not in path.parts:
                text = path.read_text("utf-8")
                path.write_text(re.sub(rf"(?<![\w-]){re.escape(old)}(?=(_other|_text)?(?![\w-]))", new, text), "utf-8")

    def findings(self) -> list[Finding]:
        """All findings about the folder."""
        return check_programme(self.path)

    def coded(self, code: str) -> list[Finding]:
        """The findings of one code."""
        return [finding for finding in self.findings() if finding.code == code]

    def build(self, out: Path, edition: str | None = None) -> BuildReport:
        """Build the folder's site."""
        return build_site(self.path, out, edition)


def held_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def rows_of(file: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV file."""
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
