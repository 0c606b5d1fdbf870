"""What stands between the parts of a line is of the script that the page is written in."""

from __future__ import annotations

from pathlib import Path

from tests.pages import read_text_of
from tests.programmes import ProgrammeFolder


def test_the_lists_of_the_site_have_the_semicolon_of_their_script(small: ProgrammeFolder, tmp_path: Path) -> None:
    small.swap("programme.yml", "language: en", "language: en\nlanguages: [en, ar]")
    small.build(tmp_path / "site")
    pages = {
        prefix: read_text_of((tmp_path / "site" / prefix / "variables/measures/index.html").read_text("utf-8")).text
        for prefix in ("", "ar")
    }
    assert "Planting new trees; Mapping every tree" in pages[""]
    assert "Planting new trees؛ Mapping every tree" in pages["ar"]
    assert "؛" not in pages[""]
