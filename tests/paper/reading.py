"""What Poppler, which is not ours, reads in a PDF file."""

from __future__ import annotations

import re
import subprocess
import zlib
from pathlib import Path


def told(file: Path) -> dict[str, str]:
    """What the file says of itself: title, pages, whether it is tagged."""
    lines = _run("pdfinfo", str(file)).splitlines()
    return {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)}


def text_of(file: Path) -> str:
    """Its text, in the order of reading, on one line."""
    return re.sub(r"\s+", " ", _run("pdftotext", str(file), "-"))


def last_lines_of(file: Path) -> list[str]:
    """The lines of its last page, its foot too, with what stands side by side on one line."""
    return lines_of(file, int(told(file)["Pages"]))


def lines_of(file: Path, first: int = 1) -> list[str]:
    """The lines from a page on, with what stands side by side on one line."""
    text = _run("pdftotext", "-f", str(first), "-layout", str(file), "-")
    return [line for line in text.splitlines() if line.strip()]


def unpacked(file: Path) -> bytes:
    """Its objects as they are written, those in compressed streams too."""
    content = file.read_bytes()
    packed = re.findall(rb"/ObjStm.*?stream\n(.*?)\nendstream", content, re.DOTALL)
    return b"\n".join((content, *(zlib.decompress(stream) for stream in packed)))


def fonts_of(file: Path) -> dict[str, bool]:
    """Its fonts, and whether each is in the file with the means to copy its text."""
    rows = [line.split() for line in _run("pdffonts", str(file)).splitlines()[2:]]
    return {row[0].partition("+")[2]: row[-5] == "yes" and row[-3] == "yes" for row in rows}


def faces_of(file: Path, word: str) -> set[str]:
    """The fonts in which a word stands that has a place of its own, such as a cell of a table."""
    page = _run("pdftohtml", "-xml", "-stdout", "-i", str(file))
    names = dict(re.findall(r'<fontspec id="(\d+)"[^>]*family="(?:\w+\+)?([^"]*)"', page))
    return {names[font] for font, held in re.findall(r'<text[^>]*font="(\d+)">(.*?)</text>', page) if held == word}


def words_of(file: Path, page: int = 1) -> list[tuple[float, float, float, float]]:
    """Where the words of a page stand: left, top, right, bottom."""
    text = _run("pdftotext", "-bbox", "-f", str(page), "-l", str(page), str(file), "-")
    edges = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">', text)
    return [(float(left), float(top), float(right), float(bottom)) for left, top, right, bottom in edges]


def metadata_of(file: Path) -> str:
    """What it says of itself for machines (XMP)."""
    return _run("pdfinfo", "-meta", str(file))


def tags_of(file: Path) -> list[str]:
    """The tags of its structure, in order."""
    return re.findall(r"^\s*(\w+)", _run("pdfinfo", "-struct", str(file)), re.MULTILINE)


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
