"""Writing a folder whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import stat
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import count
from pathlib import Path

from cityfolio.errors import UnsafeOutput

__all__ = [
    "MARKER",
    "ChangedFiles",
    "FreshFolder",
    "check_output",
    "fresh_beside",
    "fresh_folder",
    "sweep_beside",
    "write_whole",
]

MARKER = ".cityfolio"
_MARK = b"Made by cityfolio; the next build replaces this folder.\n"
# Of the folders beside a site, these are ours: .<site>.new-<process id>-<session>-<number>, and .old- likewise.
_LEFTOVER = re.compile(r"(new|old)-([0-9]+)-([0-9a-f]{8})-[0-9]+")
_SESSION = secrets.token_hex(4)  # tells this process from an earlier one that had the same id, as in containers
_NUMBERS = count(1)
_MOST_TRIES = 100
_SPARE = ".spare"  # at the end of the names of files that were replaced, and can be written over


def check_output(out: Path, programme: Path) -> None:
    """Whether the folder may be replaced by a site: it is new, empty, or an earlier site of ours.

    Before that, what a build left that was killed is put right: the earlier site comes back, half a site goes.

    Raises:
        UnsafeOutput: if it holds anything else, or the programme itself.
    """
    out, programme = out.resolve(), programme.resolve()
    _put_right(out)
    if programme.is_relative_to(out):
        raise UnsafeOutput(f"{out} holds the programme itself; name another folder for the site.")
    if out.exists() and not out.is_dir():
        raise UnsafeOutput(f"{out} is a file; name a folder for the site.")
    if any((place / "release.json").is_file() for place in (out, out.parent)):
        raise UnsafeOutput(f"{out} is a frozen release or part of one; name another folder for the site.")
    if out.is_dir() and any(out.iterdir()) and not (out / MARKER).is_file():
        raise UnsafeOutput(
            f"{out} holds files that cityfolio did not make. Name a new or empty folder, or one of an earlier build."
        )


@dataclass
class FreshFolder:
    """A new folder on its way to `out`. Several processes may write into it at once, each its own files.

    What stands the same in the folder of before is taken from there, with its time.
    """

    root: str
    former: str
    _made: set[str] = field(default_factory=set)

    def write(self, path: str, content: bytes) -> None:
        """Write one file.

        Raises:
            UnsafeOutput: if the path tries to leave the folder.
        """
        parts = _parts_of(path)
        parent = os.path.join(self.root, *parts[:-1])  # noqa: PTH118 - a Path for each of thousands of files costs more than writing it
        if parent not in self._made:
            os.makedirs(parent, exist_ok=True)  # noqa: PTH103
            self._made.add(parent)
        name = os.path.join(parent, parts[-1])  # noqa: PTH118
        # Written before, it may be a second name of a published file: that one is never written to.
        with suppress(FileNotFoundError):
            os.unlink(name)  # noqa: PTH108
        if not _taken_over(os.path.join(self.former, *parts), name, content):  # noqa: PTH118
            with open(name, "xb") as file:  # noqa: PTH123
                file.write(content)

    def read(self, path: str) -> bytes:
        """What was written there."""
        return Path(self.root, path).read_bytes()


@dataclass
class ChangedFiles:
    """The files of a folder that change, on their way there; `write` and `read` as those of a `FreshFolder`.

    They wait beside the folder, each under a name that follows from its path, so that several processes may write them. What
    they take the place of stays there as `spare`, and is written over by the next change of its path: to make a new file and
    give an old one up takes file systems several times as long.
    """

    root: str
    former: str

    @classmethod
    def beside(cls, out: Path) -> ChangedFiles:
        """Those of an earlier site of ours.

        For a site that one process builds and serves: what did not change is not touched, but a reader may see half of a change.
        """
        out = out.resolve()
        return cls(str(out.with_name(f".{out.name}.new-{_token()}")), str(out))

    @contextmanager
    def on_their_way(self) -> Iterator[ChangedFiles]:
        """The same, empty; what was not put in place by the end is given up.

        Raises:
            OSError: if the disk does not take the files.
        """
        with _naming(Path(self.former)):
            Path(self.root).mkdir(exist_ok=True)
            try:
                yield self
            finally:
                with suppress(FileNotFoundError):
                    for name in self._waiting():
                        os.unlink(os.path.join(self.root, name))  # noqa: PTH108, PTH118 - as above

    def end(self) -> None:
        """Give up what is spare."""
        shutil.rmtree(self.root, ignore_errors=True)

    def write(self, path: str, content: bytes) -> None:
        """Write one file, if it is not there already, byte for byte.

        Raises:
            UnsafeOutput: if the path tries to leave the folder.
        """
        parts = _parts_of(path)
        if not _holds(os.path.join(self.former, *parts), content):  # noqa: PTH118 - as above
            name = os.path.join(self.root, _name_of(path))  # noqa: PTH118
            if not _written_over(f"{name}{_SPARE}", name, content):
                with open(name, "wb") as file:  # noqa: PTH123
                    file.write(content)

    def read(self, path: str) -> bytes:
        """What was written there."""
        waiting = Path(self.root, _name_of(path))
        return waiting.read_bytes() if waiting.is_file() else Path(self.former, path).read_bytes()

    def put_in_place(self, files: Collection[str]) -> None:
        """Put what waits into the folder, file by file, and take away what is none of the `files`."""
        places = {path: os.path.join(self.former, *_parts_of(path)) for path in (MARKER, *files)}  # noqa: PTH118 - as above
        kept = set(places.values())
        for folder, _, names in os.walk(self.former, topdown=False):
            for name in names:
                if (place := os.path.join(folder, name)) not in kept:  # noqa: PTH118
                    os.unlink(place)  # noqa: PTH108
            with suppress(OSError):  # it holds something
                os.rmdir(folder)  # noqa: PTH106
        waiting = self._waiting()
        for path in files:
            if (name := _name_of(path)) in waiting:
                _changed_over(os.path.join(self.root, name), places[path])  # noqa: PTH118

    def _waiting(self) -> set[str]:
        return {name for name in os.listdir(self.root) if not name.endswith(_SPARE)}  # noqa: PTH208


@contextmanager
def fresh_folder(out: Path) -> Iterator[FreshFolder]:
    """A new folder beside `out` to be filled; at the end it is put in its place.

    Files that are in `out` already, byte for byte, are not written again: they keep their times. So whatever copies the site
    to a web host copies what changed.

    Whatever goes wrong before, `out` stays as it was. Of several builds at once, the last one to end stays.

    Raises:
        OSError: if the disk does not take the files.
    """
    out = out.resolve()
    out.parent.mkdir(parents=True, exist_ok=True)
    _put_right(out)
    token = _token()
    fresh, former = out.with_name(f".{out.name}.new-{token}"), out.with_name(f".{out.name}.old-{token}")
    with _naming(out):
        try:
            fresh.mkdir()
            folder = FreshFolder(str(fresh), str(out))
            folder.write(MARKER, _MARK)
            yield folder
            if not any(_put_in_place(fresh, out, former) for _ in range(_MOST_TRIES)):
                raise OSError(errno.EBUSY, "Other builds keep replacing the folder", str(out))
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def write_whole(out: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write all files into a new folder beside `out`, then put it in its place; gives the number of files, the marker with them.

    Raises:
        UnsafeOutput: if a path tries to leave the folder.
        OSError: if the disk does not take the files.
    """
    written = 1
    with fresh_folder(out) as folder:
        for path, content in files:
            folder.write(path, content)
            written += 1
    return written


def fresh_beside(path: Path) -> Path:
    """A hidden name beside a file, under which its new content is written until it takes the name of the file."""
    return path.with_name(f".{path.name}.new-{_token()}")


def sweep_beside(path: Path) -> None:
    """Remove what killed processes left of new content for a file."""
    for _, left in _leftovers(path):
        if left.is_file():
            left.unlink(missing_ok=True)


def _token() -> str:
    return f"{os.getpid()}-{_SESSION}-{next(_NUMBERS)}"


def _put_in_place(fresh: Path, out: Path, former: Path) -> bool:
    """Put `fresh` where `out` is; False, with `fresh` still there, if another build was faster."""
    try:
        with suppress(FileNotFoundError):  # a first build, or another one is between its two renames
            out.rename(former)
        fresh.rename(out)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
        return False
    finally:
        if former.exists() and not out.exists():
            with suppress(OSError):  # then the next build puts it back
                former.rename(out)
        if out.exists():
            shutil.rmtree(former, ignore_errors=True)
    return True


def _put_right(out: Path) -> None:
    """Put the earlier site back if a build was killed between its two renames, and sweep what killed builds left."""
    for kind, folder in sorted(_leftovers(out), key=lambda left: left[1].name):
        if not folder.is_dir():
            continue
        if kind == "old" and not out.exists():
            with suppress(OSError):  # another build starts at the same time and was faster
                folder.rename(out)
        else:
            shutil.rmtree(folder, ignore_errors=True)


def _leftovers(out: Path) -> Iterator[tuple[str, Path]]:
    """What processes that are gone left beside `out`, each with its kind: new or old."""
    prefix = f".{out.name}."
    for path in out.parent.iterdir() if out.parent.is_dir() else ():
        match = _LEFTOVER.fullmatch(path.name.removeprefix(prefix)) if path.name.startswith(prefix) else None
        if match and not _is_at_work(int(match[2]), match[3]):
            yield match[1], path


def _is_at_work(process: int, session: str) -> bool:
    if process == os.getpid():
        return session == _SESSION
    try:
        os.kill(process, 0)  # asks only whether it is there
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # it is there, and somebody else's
        return True
    return True


@contextmanager
def _naming(out: Path) -> Iterator[None]:
    """Give trouble of the disk the name of the folder where it has none."""
    try:
        yield
    except OSError as error:
        if error.errno is None or error.filename is not None:
            raise
        raise OSError(error.errno, error.strerror, str(out)) from error


def _parts_of(path: str) -> list[str]:
    parts = path.split("/")
    if any(part in ("", ".", "..") or "\\" in part for part in parts):
        raise UnsafeOutput(f'The path "{path}" tries to leave the output folder.')
    return parts


def _name_of(path: str) -> str:
    return blake2b(path.encode(), digest_size=16).hexdigest()


def _taken_over(former: str, name: str, content: bytes) -> bool:
    """Whether the earlier file holds the same, and stands under its new name as well: then nothing is written."""
    same = _same_file(former, content)
    if same is None:
        return False
    try:
        os.link(former, name)  # a second name for it: no byte is copied
    except OSError:  # a file system without second names
        return False
    linked = os.lstat(name)
    if (linked.st_dev, linked.st_ino) == same:
        return True
    os.unlink(name)  # noqa: PTH108 - another build put its site there in between: this is its file
    return False


def _holds(former: str, content: bytes) -> bool:
    """Whether the earlier file is one, and holds the same."""
    return _same_file(former, content) is not None


def _written_over(spare: str, name: str, content: bytes) -> bool:
    """Whether a spare file could be written over, under a new name; not one that is a link, or that has other names too."""
    try:
        status = os.lstat(spare)
        if status.st_nlink > 1 or not stat.S_ISREG(status.st_mode):
            os.unlink(spare)  # noqa: PTH108 - as above
            return False
        os.rename(spare, name)  # noqa: PTH104
    except FileNotFoundError:
        return False
    with open(name, "r+b") as file:  # noqa: PTH123
        file.write(content)
        file.truncate()
    return True


def _changed_over(name: str, place: str) -> None:
    """Put a file in its place; what it takes the place of becomes spare."""
    try:
        os.link(place, f"{name}{_SPARE}")
    except FileNotFoundError:  # a new file, of a new folder it may be
        os.makedirs(os.path.dirname(place), exist_ok=True)  # noqa: PTH103, PTH120 - as above
    except OSError:  # a file system without second names
        pass
    os.replace(name, place)  # noqa: PTH105


def _same_file(former: str, content: bytes) -> tuple[int, int] | None:
    """Which file it is (device and number) that stands there and holds the same; None if there is none."""
    try:
        if not stat.S_ISREG(os.lstat(former).st_mode):
            return None
        with open(former, "rb") as file:  # noqa: PTH123 - as above
            status = os.fstat(file.fileno())
            is_same = status.st_size == len(content) and file.read() == content
    except OSError:  # no earlier file
        return None
    return (status.st_dev, status.st_ino) if is_same else None
