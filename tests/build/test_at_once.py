"""Languages made at once are those made one after the other, and what goes wrong there goes wrong here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cityfolio.build.at_once import AtOnce, started
from cityfolio.build.running import Builder, build_site
from tests.programmes import ProgrammeFolder, held_in


def two() -> Iterator[tuple[str, bytes]]:
    yield "a", b"1"
    yield "b/c", b"2"


def broken() -> Iterator[tuple[str, bytes]]:
    yield "a", b"1"
    raise ValueError("no page")


def test_the_files_come_in_their_order_whoever_makes_them() -> None:
    assert list(started(two).files()) == list(AtOnce(two).files()) == [("a", b"1"), ("b/c", b"2")]


def test_what_went_wrong_in_the_other_process_is_told_here() -> None:
    with pytest.raises(ValueError, match="no page"):
        list(started(broken).files())


def test_a_site_made_at_once_is_the_site_made_one_after_the_other(small: ProgrammeFolder, tmp_path: Path) -> None:
    small.swap("programme.yml", "language: en", "language: en\nlanguages: [en, ko, ar]")
    build_site(small.path, tmp_path / "at-once")
    Builder(small.path).build(tmp_path / "in-turn")
    assert held_in(tmp_path / "at-once") == held_in(tmp_path / "in-turn")
