"""Answers, their source and the record of their import: all in place, or all as before."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from cityfolio.build.writing import fresh_beside, sweep_beside
from cityfolio.errors import WrongUse
from cityfolio.intake.importing.writing import write_csv, write_parquet

if TYPE_CHECKING:
    from cityfolio.intake.importing.applying import Coded

__all__ = ["SourceFile", "keep_answers"]

_CHUNK = 1 << 20
_RECORD = "import.json"


@dataclass(frozen=True)
class SourceFile:
    """The file that answers come from, as it was when it was opened."""

    path: Path
    stamp: tuple[int, int, int] | None

    @classmethod
    def at(cls, path: Path) -> SourceFile:
        """The file as it is now."""
        return cls(path, _stamp(path))

    def check(self) -> None:
        """Whether it is still the file that was read.

        Raises:
            WrongUse: if it was changed meanwhile.
        """
        if _stamp(self.path) != self.stamp:
            raise WrongUse(f"{self.path} was changed while it was read; import it again.")


def keep_answers(source: SourceFile, coded: Coded, out: Path, folder: Path, wave: str, *, replace: bool) -> bool:
    """Put answers into `out`, with a copy of their source and the record of the import below `sources/` of the programme.

    Everything is written aside first. Then the copy and the record get their names, which changes nothing that is read, and last
    the answers do: whoever is stopped before that leaves the answers of before, and the record still knows them.

    Gives False where all of it is there already, byte for byte.

    Raises:
        WrongUse: if there are answers that no import wrote, or the source was changed while it was read.
    """
    kept = folder / "sources" / wave
    record = kept / _RECORD
    asides = [kept / "source", record, out]
    for path in asides:
        path.parent.mkdir(parents=True, exist_ok=True)
        sweep_beside(path)
    copy, new_record, new_out = (fresh_beside(path) for path in asides)
    try:
        with ThreadPoolExecutor(1) as beside:
            copying = beside.submit(_copied, source.path, copy)
            answers = _written(coded, new_out)
            checksum = copying.result()
        source.check()
        name = f"{checksum[:12]}-{source.path.name}"
        entry = {
            "source": name,
            "source_sha256": checksum,
            "responses": out.relative_to(folder).as_posix(),
            "responses_sha256": answers,
        }
        before = _entries(record)
        entries = [*(held for held in before if held != entry), entry]
        there = _checksum(out) if out.is_file() else ""
        if there == answers and entries == before and (kept / name).is_file() and _checksum(kept / name) == checksum:
            return False
        if (
            there not in ("", answers)
            and not replace
            and there not in {held.get("responses_sha256") for held in before}
        ):
            raise WrongUse(
                f"{out} holds answers that no import wrote, or that were changed since. Add --replace if they may go."
            )
        new_record.write_bytes(f"{json.dumps({'imports': entries}, ensure_ascii=False, indent=1)}\n".encode())
        copy.replace(kept / name)
        new_record.replace(record)
        new_out.replace(out)
        return True
    finally:
        for path in (copy, new_record, new_out):
            path.unlink(missing_ok=True)
        _remove_if_empty(kept)


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino


def _remove_if_empty(folder: Path) -> None:
    """Leave no folders behind where nothing was kept."""
    for place in (folder, folder.parent):
        if place.is_dir() and not any(place.iterdir()):
            place.rmdir()


class _Hashed:
    """A file that is hashed as it is written."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.checksum = hashlib.sha256()

    def write(self, content: bytes) -> int:
        self.checksum.update(content)
        return self._file.write(content)


def _copied(source: Path, to: Path) -> str:
    """Copy a file; gives the checksum of what was copied."""
    with source.open("rb") as old, to.open("wb") as new:
        hashed = _Hashed(new)
        while chunk := old.read(_CHUNK):
            hashed.write(chunk)
    return hashed.checksum.hexdigest()


def _written(coded: Coded, to: Path) -> str:
    """Write the answers; gives their checksum."""
    with to.open("wb") as file:
        if to.name.removeprefix(".").partition(".new-")[0].endswith(".parquet"):
            write_parquet(coded, file)
        else:
            # Each part is hashed and goes to the disk while the next one is made.
            hashed = _Hashed(file)
            with ThreadPoolExecutor(1) as behind:
                waiting: list[Future[int]] = []
                write_csv(coded, lambda part: waiting.append(behind.submit(hashed.write, part)))
            for done in waiting:
                done.result()
            return hashed.checksum.hexdigest()
    return _checksum(to)


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _entries(record: Path) -> list[dict[str, str]]:
    """What was imported so far, the latest last."""
    if not record.is_file():
        return []
    try:
        held = json.loads(record.read_bytes())
    except ValueError:
        return []
    entries = held.get("imports") if isinstance(held, dict) else None
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
