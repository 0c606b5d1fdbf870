"""What stands in a folder of tests is run: pytest leaves out folders by their name, and says nothing."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_no_folder_with_tests_or_examples_has_a_name_that_is_left_out(pytestconfig: pytest.Config) -> None:
    left_out = pytestconfig.getini("norecursedirs")
    files = [file for top in pytestconfig.getini("testpaths") for file in (ROOT / top).rglob("*.*")]
    folders = {file.parent.relative_to(ROOT) for file in files if file.suffix in (".py", ".md")}
    assert {Path("tests/build"), Path("src/cityfolio/build")} <= folders
    assert [path for path in folders if any(fnmatch(part, name) for part in path.parts for name in left_out)] == []
