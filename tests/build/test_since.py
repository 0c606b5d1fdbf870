"""What changed since an earlier release: page by page, from what to what, and nothing where nothing did."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cityfolio.build.running import build_site
from cityfolio.build.since import earlier_numbers
from cityfolio.errors import WrongUse
from tests.programmes import ProgrammeFolder


def text_of(page: Path) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page.read_text("utf-8")))


def test_a_page_says_which_of_its_numbers_changed_and_the_list_of_all_says_it_too(
    small: ProgrammeFolder, tmp_path: Path
) -> None:
    small.build(tmp_path / "before")
    small.set_cell("responses/2024.csv", "alder-aa", "has_plan", "no")
    build_site(small.path, tmp_path / "after", since=tmp_path / "before")
    changes = text_of(tmp_path / "after" / "changes" / "index.html")
    assert "What changed since the previous release" in changes
    assert " before " in changes
    assert "What changed since the previous release" in text_of(
        tmp_path / "after" / "variables" / "has_plan" / "index.html"
    )


def test_nothing_is_said_where_no_number_changed(small: ProgrammeFolder, tmp_path: Path) -> None:
    small.build(tmp_path / "before")
    build_site(small.path, tmp_path / "after", since=tmp_path / "before")
    pages = [path for path in (tmp_path / "after").rglob("*.html") if "changes" not in path.parts]
    assert [page for page in pages if 'id="_changed"' in page.read_text("utf-8")] == []
    assert "No number changed." in text_of(tmp_path / "after" / "changes" / "index.html")


def test_without_an_earlier_release_there_is_no_page_of_changes(small: ProgrammeFolder, tmp_path: Path) -> None:
    small.build(tmp_path / "site")
    assert not (tmp_path / "site" / "changes").exists()


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [("unit", "alder-aa", "aspen-aa"), ("variable", "population", "residents"), ("variable", "has_plan", "plan")],
)
def test_what_has_another_id_is_neither_gone_nor_new(
    small: ProgrammeFolder, tmp_path: Path, kind: str, old: str, new: str
) -> None:
    small.build(tmp_path / "before")
    small.rename(old, new)
    small.write("moved.csv", f"kind,old,new\n{kind},{old},{new}\n")
    build_site(small.path, tmp_path / "after", since=tmp_path / "before")
    assert "No number changed." in text_of(tmp_path / "after" / "changes" / "index.html")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("unit,name\n", "it needs the columns"),
        ("fact,numerator,base,value\na.b.c.all.share,x,2,0.5\n", "can be read"),
        ("fact,numerator,base,value\na.b.c.all.share,3,2,0.5\n", "lies outside its base"),
        ("fact,numerator,base,value\na.b.c.all.share,,,1.5\n", "lies outside 0 to 1"),
    ],
)
def test_a_file_that_holds_no_facts_is_refused(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "facts.csv").write_text(text, "utf-8")
    with pytest.raises(WrongUse, match=said):
        earlier_numbers(tmp_path)


def test_a_folder_without_facts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="no earlier site or release"):
        earlier_numbers(tmp_path)


def test_the_folder_of_a_frozen_release_is_an_earlier_release(small: ProgrammeFolder, tmp_path: Path) -> None:
    small.build(tmp_path / "releases" / "1.0.0" / "site")
    frozen = earlier_numbers(tmp_path / "releases" / "1.0.0")
    assert frozen == earlier_numbers(tmp_path / "releases" / "1.0.0" / "site")


def test_what_reads_the_same_as_before_is_not_said_to_have_changed(small: ProgrammeFolder, tmp_path: Path) -> None:
    small.build(tmp_path / "before")
    small.set_cell("responses/2022.csv", "alder-aa", "measures", "planting watering")
    build_site(small.path, tmp_path / "after", since=tmp_path / "before")
    html = (tmp_path / "after" / "changes" / "index.html").read_text("utf-8")
    said = [re.sub(r"<[^>]*>", "", line) for line in re.findall(r"<li>(.*?)</li>", html)]
    both = [re.search(r"before (.*?); now (.*)", line) for line in said]
    assert len(both) > 5
    assert [one[0] for one in both if one and one[1] == one[2]] == []
    assert re.search(r"<ul>\s*</ul>", html) is None
