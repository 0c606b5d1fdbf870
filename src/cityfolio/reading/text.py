"""Text files: bytes in, text out, and findings about what came in between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cityfolio.findings import Finding, Place

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Source", "read_text"]

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Source:
    """A file of a programme: where it lies, and the name that readers know it by."""

    path: Path
    name: str
    need: str = "it is named in programme.yml"


def read_text(source: Source) -> tuple[str | None, list[Finding]]:
    """The text of a UTF-8 file with line feeds only, or None with a finding that says why there is none."""
    at = Place(source.name)
    try:
        raw = source.path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None, [Finding("file.missing", at, {"need": source.need})]
    findings = []
    if raw.startswith(_BYTE_ORDER_MARK):
        findings.append(Finding("file.byte-order-mark", Place(source.name, 1)))
        raw = raw[len(_BYTE_ORDER_MARK) :]
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


def _undecodable(name: str, raw: bytes, position: int) -> Finding:
    line = raw.count(b"\n", 0, position) + 1
    column = position - (raw.rfind(b"\n", 0, position) + 1) + 1
    return Finding("file.undecodable", Place(name, line, str(column)), {"byte": f"0x{raw[position]:02x}"})
