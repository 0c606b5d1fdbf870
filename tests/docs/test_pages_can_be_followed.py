"""The tutorial and the guides do what they say, in an empty folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, ROOT, blocks_of, pages_below
from tests.docs.walking import walk

# These need large made-up data or a cluster; their commands are run by the benchmarks.
_ELSEWHERE = {"large-surveys.md", "spark.md"}
FOLLOWED = [
    page
    for part in ("tutorial", "how-to", "reference")
    for page in pages_below(DOCS / part)
    if page.name not in _ELSEWHERE and any(block.language == "console" for block in blocks_of(page))
]


@pytest.mark.parametrize("page", FOLLOWED, ids=lambda page: str(page.relative_to(DOCS)))
def test_a_reader_who_follows_the_page_sees_what_it_shows(page: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    walk(blocks_of(page), tmp_path)


def test_the_tutorial_is_followed() -> None:
    assert DOCS / "tutorial" / "first-programme.md" in FOLLOWED


def test_the_commands_of_the_readme_work(tmp_path: Path) -> None:
    lines = [line for block in blocks_of(ROOT / "README.md") if block.language == "sh" for line in block.lines]
    commands = [line.split(" #")[0].strip() for line in lines if line.startswith("cityfolio ")]
    # Serving has no end of its own; the tests of the command line cover it.
    followed = [block for block in commands if not block.startswith("cityfolio serve")]
    assert [command.split()[1] for command in followed] == ["new", "check", "build"]
    page = tmp_path / "page.md"
    page.write_text("".join(f"```console\n$ {command}\n...\n```\n" for command in followed), encoding="utf-8")
    walk(blocks_of(page), tmp_path)
    assert (tmp_path / "site" / "index.html").is_file()
