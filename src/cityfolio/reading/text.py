"""Text files: bytes in, text out, and findings about what came in between."""

from __future__ import annotations

import errno
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cityfolio.findings import Finding, Place

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Source", "read_bytes", "read_text", "refused"]

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_WORKBOOK = b"PK\x03\x04"  # how a packed file begins, such as one that a spreadsheet program saves
_NOT_THERE = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG}


@dataclass(frozen=True)
class Source:
    """A file of a programme: where it lies, the name that readers know it by, and the folder that it may not leave."""

    path: Path
    name: str
    need: str = "it is named in programme.yml"
    root: Path | None = None


def read_text(source: Source) -> tuple[str | None, list[Finding]]:
    """The text of a UTF-8 file with line feeds only, or None with a finding that says why there is none."""
    at = Place(source.name)
    trouble = refused(source)
    if trouble is not None:
        return None, [trouble]
    raw = source.path.read_bytes()
    findings = []
    if raw.startswith(_BYTE_ORDER_MARK):
        findings.append(Finding("file.byte-order-mark", Place(source.name, 1)))
        raw = raw[len(_BYTE_ORDER_MARK) :]
    if raw.startswith(_WORKBOOK):
        return None, [*findings, Finding("file.workbook", at)]
    if not raw.strip():
        return None, [*findings, Finding("file.empty", at)]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [*findings, _undecodable(source.name, raw, error.start)]
    if "\x00" in text:
        return None, [*findings, _undecodable(source.name, raw, raw.index(b"\x00"))]
    if "\r" in text:
        findings.append(Finding("file.carriage-returns", Place(source.name, 1)))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, findings


def read_bytes(source: Source) -> tuple[bytes | None, list[Finding]]:
    """The content of a file that is no text, or None with a finding that says why there is none."""
    trouble = refused(source)
    if trouble is not None:
        return None, [trouble]
    content = source.path.read_bytes()
    return (content, []) if content else (None, [Finding("file.empty", Place(source.name))])


def refused(source: Source) -> Finding | None:
    """Why the file is not even opened: a device would never end, a named pipe never begin, a link could lead anywhere."""
    at = Place(source.name)
    missing = Finding("file.missing", at, {"need": source.need, "suggestion": _beside(source)})
    try:
        mode = source.path.stat().st_mode
    except ValueError:  # a null byte inside the path
        return missing
    except OSError as error:
        if error.errno not in _NOT_THERE:
            raise
        return missing
    if source.root is not None and not source.path.resolve().is_relative_to(source.root.resolve()):
        return Finding("file.outside", at, {"got": source.name})
    if stat.S_ISDIR(mode):
        return missing
    return None if stat.S_ISREG(mode) else Finding("file.not-ordinary", at)


def _beside(source: Source) -> str:
    """A file of the same name with another ending, which may be the one that is missed."""
    try:
        near = sorted(path.name for path in source.path.parent.iterdir() if path.stem == source.path.stem)
    except (OSError, ValueError):
        return ""
    return source.name.replace(source.path.name, near[0]) if near and near[0] != source.path.name else ""


def _undecodable(name: str, raw: bytes, position: int) -> Finding:
    line = raw.count(b"\n", 0, position) + 1
    column = position - (raw.rfind(b"\n", 0, position) + 1) + 1
    return Finding("file.undecodable", Place(name, line, str(column)), {"byte": f"0x{raw[position]:02x}"})
