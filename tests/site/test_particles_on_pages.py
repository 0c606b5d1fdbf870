"""Every choice of a Korean particle is made: no page, script or file shows the two forms of the translator."""

from __future__ import annotations

import re
from pathlib import Path

CHOICE = re.compile(r"\[[가-힣]+(?:/[가-힣]+)?\]")


def test_no_choice_of_a_particle_is_left_to_the_reader(example_site: Path) -> None:
    files = [path for path in (example_site / "ko").rglob("*") if path.suffix in (".html", ".js", ".json", ".svg")]
    assert len(files) > 500
    assert {str(path): left[:3] for path in files if (left := CHOICE.findall(path.read_text("utf-8")))} == {}
