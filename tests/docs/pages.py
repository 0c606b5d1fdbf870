"""The pages of the documentation and the blocks in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"

_BLOCK = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TARGET = re.compile(r"# ([\w-]+(?:/[\w.-]+)*\.\w+)")
_REMARKED = re.compile(r"# (good|bad): ([\w./-]+)(?: gives ([\w.-]+))?")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its lines, and the line of the page it starts in."""

    language: str
    lines: tuple[str, ...]
    line: int

    @property
    def target(self) -> str:
        """The file that the first line names in a comment, or nothing."""
        named = _TARGET.fullmatch(self.lines[0]) if self.lines else None
        return named[1] if named else ""

    @property
    def remark(self) -> tuple[str, str, str]:
        """What the first line says of an example: good or bad, its file, and the code of the finding it gives."""
        said = _REMARKED.fullmatch(self.lines[0]) if self.lines else None
        return (said[1], said[2], said[3] or "") if said else ("", "", "")


def blocks_of(page: Path) -> list[Block]:
    """All fenced blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(match[1], tuple(match[2].splitlines()), text.count("\n", 0, match.start()) + 1)
        for match in _BLOCK.finditer(text)
    ]


def pages_below(folder: Path) -> list[Path]:
    """All pages below a folder, sorted."""
    return sorted(folder.rglob("*.md"))


def edited(content: str, change: tuple[str, ...]) -> str:
    """The content of a file after a change that is written as in a diff: lines kept, taken out (-) and put in (+).

    >>> edited("a\\nb\\n", (" a", "-b", "+c"))
    'a\\nc\\n'
    """
    before = "".join(f"{line[1:]}\n" for line in change if not line.startswith("+"))
    after = "".join(f"{line[1:]}\n" for line in change if not line.startswith("-"))
    if content.count(before) != 1:
        raise AssertionError(f"these lines stand {content.count(before)} times in the file:\n{before}")
    return content.replace(before, after)
