"""A build after another one makes the same site as a first build, and writes only what changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from cityfolio.build.running import Builder
from cityfolio.build.writing import write_whole
from cityfolio.model.edition import ALL
from cityfolio.model.fact import Base, Fact, FactKey
from cityfolio.profile.fact_pages import FactPage
from cityfolio.profile.kept_fact_pages import KeptFactPages
from cityfolio.site.auditing import PageAuditor
from tests.programmes import ProgrammeFolder, held_in


def nodes_of(folder: Path) -> dict[str, tuple[int, int]]:
    """Each file with what tells whether it was written again."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {f.relative_to(folder).as_posix(): (f.stat().st_ino, f.stat().st_mtime_ns) for f in files}


def changes(small: ProgrammeFolder) -> list[tuple[str, str, str]]:
    """What a team changes, one after the other: file, before, after."""
    first_answer = small.text("responses/2024.csv").splitlines()[1]
    return [
        ("responses/2024.csv", first_answer, first_answer.replace("yes", "no", 1)),
        ("programme.yml", "language: en", "language: en\nlanguages: [en, ko]"),
        ("units.csv", "Alder", "Ash"),
    ]


def test_whatever_changes_the_next_site_is_that_of_a_first_build(small: ProgrammeFolder, tmp_path: Path) -> None:
    builder = Builder(small.path)
    builder.build(tmp_path / "again")
    for file, before, after in changes(small):
        small.swap(file, before, after)
        builder.build(tmp_path / "again")
        Builder(small.path).build(tmp_path / "first")
        assert held_in(tmp_path / "again") == held_in(tmp_path / "first")


def test_files_that_stay_the_same_are_not_written_again(small: ProgrammeFolder, tmp_path: Path) -> None:
    site = tmp_path / "site"
    small.build(site)
    held, nodes = held_in(site), nodes_of(site)
    file, before, after = changes(small)[0]
    small.swap(file, before, after)
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


def test_a_page_of_facts_is_made_again_when_its_facts_answers_or_surroundings_change() -> None:
    made: list[str] = []

    def make() -> FactPage:
        made.append("made")
        return FactPage("2020", "2020", "team", "Team", "", (), (), (), asked=True)

    kept, key = KeptFactPages(), ("2020", "team")
    for around, numerator, answers in [("w", 3, "a"), ("w", 3, "a"), ("w", 2, "a"), ("w", 2, "b"), ("v", 2, "b")]:
        kept.begin(around)
        kept.page(key, [share(numerator)], [answers], make)
    assert len(made) == 4
