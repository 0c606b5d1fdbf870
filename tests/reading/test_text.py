"""Bytes become text, and what came in between is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from cityfolio.reading.text import Source, read_text


@pytest.mark.parametrize(
    ("raw", "text", "codes"),
    [
        (b"a\nb\n", "a\nb\n", []),
        (b"a\r\nb\r\n", "a\nb\n", ["file.carriage-returns"]),
        (b"a\rb\r", "a\nb\n", ["file.carriage-returns"]),
        (b"\xef\xbb\xbfa\n", "a\n", ["file.byte-order-mark"]),
        (b"\xef\xbb\xbfa\r\n", "a\n", ["file.byte-order-mark", "file.carriage-returns"]),
        (b"", None, ["file.empty"]),
        (b" \n\t", None, ["file.empty"]),
        (b"\xef\xbb\xbf", None, ["file.byte-order-mark", "file.empty"]),
        (b"ab\n\xffc", None, ["file.undecodable"]),
        (b"a\x00b", None, ["file.undecodable"]),
        ("a".encode("utf-16"), None, ["file.undecodable"]),
        ("부산\n".encode(), "부산\n", []),
    ],
)
def test_what_bytes_become(raw: bytes, text: str | None, codes: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(raw)
    found, findings = read_text(Source(tmp_path / "a.csv", "a.csv"))
    assert (found, [finding.code for finding in findings]) == (text, codes)


def test_a_byte_that_is_no_text_has_its_line_and_column(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("é\nab\xff".encode("latin-1").replace(b"\xe9", "é".encode()))
    _, (finding,) = read_text(Source(tmp_path / "a.csv", "a.csv"))
    assert (finding.at.line, finding.at.column, finding.facts["byte"]) == (2, "3", "0xff")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    _, (finding,) = read_text(Source(tmp_path, "a.csv"))
    assert finding.code == "file.missing"
