"""A build after another one makes the same site as a first build, and writes only what changed."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from jinja2.runtime import Macro

from cityfolio.build.at_once import can_fork
from cityfolio.build.papers import Papers
from cityfolio.build.running import Builder, build_site
from cityfolio.build.writing import write_whole
from cityfolio.model.edition import ALL
from cityfolio.model.fact import Base, Fact, FactKey
from cityfolio.profile.fact_pages import FactPage
from cityfolio.profile.keeping import Kept
from cityfolio.site.auditing import PageAuditor
from cityfolio.tabulate.facts import FactStore
from tests.programmes import ProgrammeFolder, held_in


def nodes_of(folder: Path) -> dict[str, tuple[int, int]]:
    """Each file with what tells whether it was written again."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {f.relative_to(folder).as_posix(): (f.stat().st_ino, f.stat().st_mtime_ns) for f in files}


@dataclass(frozen=True)
class Edit:
    """What a team changes in a file; a new file where there was nothing before."""

    file: str
    before: str
    after: str

    def make(self, small: ProgrammeFolder) -> None:
        if self.before:
            small.swap(self.file, self.before, self.after)
        else:
            small.write(self.file, self.after)


JOIN = "---\nformat: 1\ntitle: Add your city\nlead: How.\n---\n\nWrite to us.\n"
ANSWER = Edit("responses/2024.csv", ",yes,planting", ",no,planting")
EDITS = [
    ANSWER,
    Edit("programme.yml", "language: en", "language: en\nlanguages: [en, ko]"),
    Edit("units.csv", "Alder", "Ash <b> & Elm"),
    Edit("join.md", "", JOIN),
    Edit("join.md", "Write to us.", "Write to Ash <b> & Elm."),
    Edit("wording/en.yml", "has a plan", "has got a plan"),
    Edit("programme.yml", "languages: [en, ko]", "languages: [en, ar]\nsite_url: https://cities.example.org/"),
    Edit("responses/2024.csv", "cedar-bb,,yes,,", "birch-aa,,no,,"),
]


def test_whatever_changes_the_next_site_is_that_of_a_first_build(small: ProgrammeFolder, tmp_path: Path) -> None:
    builders = {"alone": Builder(small.path), "helped": Builder(small.path, helped=True)}
    small.swap("programme.yml", "language: en", "language: en\nlanguages: [en, ko, ar]")
    for name, builder in builders.items():
        builder.build(tmp_path / name)
    small.swap("programme.yml", "language: en\nlanguages: [en, ko, ar]", "language: en")
    for edit in EDITS:
        edit.make(small)
        Builder(small.path).build(tmp_path / "first")
        for name, builder in builders.items():
            builder.build(tmp_path / name)
            assert held_in(tmp_path / name) == held_in(tmp_path / "first"), (name, edit)
    builders["helped"].end()
    assert not list(tmp_path.glob(".*"))


def test_pages_that_are_rendered_again_leave_no_rubbish(small: ProgrammeFolder, tmp_path: Path) -> None:
    builder = Builder(small.path)
    builder.build(tmp_path / "site")
    gc.collect()
    ANSWER.make(small)
    builder.build(tmp_path / "site")
    gc.set_debug(gc.DEBUG_SAVEALL)
    gc.collect()
    gc.set_debug(0)
    left = [thing for thing in gc.garbage if isinstance(thing, Macro)]
    gc.garbage.clear()
    assert left == []


@pytest.mark.slow
def test_the_example_too_is_built_again_as_for_the_first_time(example: ProgrammeFolder, tmp_path: Path) -> None:
    builder = Builder(example.path, helped=True)
    builder.build(tmp_path / "again")
    for unit, value in (("busan-kor", "no"), ("chattanooga-us", "yes")):
        example.set_cell("responses/2020.csv", unit, "has_strategy", value)
        builder.build(tmp_path / "again")
        build_site(example.path, tmp_path / "first")
        assert held_in(tmp_path / "again") == held_in(tmp_path / "first")
    builder.end()


def test_files_that_stay_the_same_are_not_written_again(small: ProgrammeFolder, tmp_path: Path) -> None:
    site = tmp_path / "site"
    small.build(site)
    held, nodes = held_in(site), nodes_of(site)
    ANSWER.make(small)
    small.build(site)
    touched = {name for name, content in held_in(site).items() if held.get(name) != content}
    assert touched
    assert {name for name, node in nodes_of(site).items() if nodes.get(name) != node} == touched


def test_a_link_in_the_place_of_an_earlier_file_is_not_taken_over(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"1")
    write_whole(tmp_path / "site", [("a", b"1")])
    (tmp_path / "site/a").unlink()
    (tmp_path / "site/a").symlink_to(tmp_path / "elsewhere")
    write_whole(tmp_path / "site", [("a", b"1")])
    assert not (tmp_path / "site/a").is_symlink()
    assert (tmp_path / "site/a").read_bytes() == b"1"


def test_a_file_system_without_second_names_gets_the_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError

    write_whole(tmp_path / "site", [("a", b"1")])
    monkeypatch.setattr("os.link", refused)
    write_whole(tmp_path / "site", [("a", b"1"), ("b", b"2")])
    assert [held_in(tmp_path / "site")[name] for name in "ab"] == [b"1", b"2"]


def share(numerator: int) -> Fact:
    return Fact(FactKey("2020", "team", "yes", ALL, "share"), numerator, Base(4), numerator / 4)


PAGE = b'<html lang="en"><title>A</title><h1>A</h1><b data-fact="2020.team.yes.all.share" data-part="numerator">3</b>'


def test_a_page_is_audited_again_when_it_or_a_fact_of_it_changes() -> None:
    auditor = PageAuditor({}, "en", remembers=True)
    auditor.begin({share(3).id: share(3)})
    first = auditor.look("a.html", PAGE)
    auditor.begin({share(3).id: share(3)})
    assert auditor.look("a.html", PAGE) is first
    assert auditor.look("a.html", PAGE.replace(b"A", b"B")) is not first
    auditor.begin({share(2).id: share(2)})
    again = auditor.look("a.html", PAGE)
    assert again is not None
    assert [problem.code for problem in again.problems] == ["wrong-number"]


def test_a_part_is_made_again_when_what_it_is_made_from_or_its_surroundings_change() -> None:
    made: list[str] = []

    def make() -> FactPage:
        made.append("made")
        return FactPage("2020", "2020", "team", "Team", "", (), (), (), asked=True)

    kept = Kept()
    for around, numerator, answers in [("w", 3, "a"), ("w", 3, "a"), ("w", 2, "a"), ("w", 2, "b"), ("v", 2, "b")]:
        kept.begin(around)
        kept.made("team", ([share(numerator)], answers), make)
    assert len(made) == 4


def test_a_part_is_made_again_when_a_fact_changes_that_it_or_a_part_within_it_looked_for() -> None:
    kept = Kept()
    made: list[str] = []

    def built(*facts: Fact) -> list[str]:
        store = kept.noting(FactStore.of(facts))

        def inner() -> Fact | None:
            made.append("inner")
            return store.find("2020", "team", "yes")

        def outer() -> Fact | None:
            made.append("outer")
            return kept.reading("inner", None, inner)

        made.clear()
        assert kept.reading("outer", None, outer) == (facts[0] if facts else None)
        return list(made)

    three, two = share(3), share(2)
    assert built(three) == ["outer", "inner"]
    assert built(three) == []
    assert built() == ["outer", "inner"]
    assert built(two) == ["outer", "inner"]
    assert built(three) == ["outer", "inner"]


@pytest.mark.skipif(not can_fork(), reason="there is one core, or no fork")
def test_a_helper_keeps_the_sheets_of_its_languages(small: ProgrammeFolder, tmp_path: Path) -> None:
    small.swap("programme.yml", "language: en", "language: en\nlanguages: [en, ko]")
    helped, alone = (Builder(small.path, papers=Papers(on_demand=True), helped=helped) for helped in (True, False))
    for edit in (None, ANSWER):
        if edit is not None:
            edit.make(small)
        assert helped.build(tmp_path / "helped") == alone.build(tmp_path / "alone")
        assert dict(helped.press.sheets) == dict(alone.press.sheets)
    helped.end()


@pytest.mark.skipif(not can_fork(), reason="there is one core, or no fork")
@pytest.mark.parametrize("when", ["before the build", "while it is at work"])
def test_without_its_helper_a_builder_goes_on_alone(small: ProgrammeFolder, tmp_path: Path, when: str) -> None:
    small.swap("programme.yml", "language: en", "language: en\nlanguages: [en, ko]")
    builder = Builder(small.path, helped=True)
    builder.build(tmp_path / "site")
    (helper,) = children_of(os.getpid())

    def end_it(files: Iterator[tuple[str, bytes]], _about: int) -> Iterator[tuple[str, bytes]]:
        # It was asked before the first file is made, and its answer is not waited for until the last is.
        os.kill(helper, signal.SIGKILL)
        yield from files

    ANSWER.make(small)
    if when == "before the build":
        os.kill(helper, signal.SIGKILL)
        builder.build(tmp_path / "site")
    else:
        os.kill(helper, signal.SIGSTOP)  # so that it is not done before it ends
        builder.build(tmp_path / "site", end_it)
    Builder(small.path).build(tmp_path / "first")
    assert held_in(tmp_path / "site") == held_in(tmp_path / "first")
    builder.end()
    assert children_of(os.getpid()) == []


def children_of(process: int) -> list[int]:
    """The processes that this one began and that have not ended."""
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
