"""The page about joining, the headline tiles, and the words of the survey."""

from __future__ import annotations

from pathlib import Path

from tests.pages import Number, read_text_of
from tests.programmes import ProgrammeFolder


def test_who_may_join_is_said_on_a_page_of_its_own(acting: ProgrammeFolder, tmp_path: Path) -> None:
    acting.swap("join.md", "title: Add your city", "title: Add your city\ncloses: 31 March")
    acting.build(tmp_path / "site")
    html = (tmp_path / "site" / "join" / "index.html").read_text("utf-8")
    page = read_text_of(html)
    assert "# Add your city" in page.lines
    assert "Any city with trees may join." in page.lines
    assert "Open until 31 March." in page.lines
    # Without a contact of its own it names that of the programme.
    assert 'href="mailto:editor@example.org?subject=Add%20your%20city"' in html
    assert 'href="join/index.html"' in (tmp_path / "site" / "index.html").read_text("utf-8")


def test_without_the_file_there_is_no_page(acting: ProgrammeFolder, tmp_path: Path) -> None:
    (acting.path / "join.md").unlink()
    acting.build(tmp_path / "site")
    assert not (tmp_path / "site" / "join").exists()
    assert "join/index.html" not in (tmp_path / "site" / "index.html").read_text("utf-8")


def test_a_text_in_another_language_is_marked(acting: ProgrammeFolder, tmp_path: Path) -> None:
    acting.swap("join.md", "title: Add your city", "title: Schließ dich an\nlanguage: de")
    acting.build(tmp_path / "site")
    assert 'lang="de"' in (tmp_path / "site" / "join" / "index.html").read_text("utf-8")


def test_a_head_that_is_wrong_blocks(acting: ProgrammeFolder) -> None:
    acting.swap("join.md", "title: Add your city", "titel: Add your city")
    assert {str(f.at) for f in acting.coded("yaml.unexpected")} == {
        "join.md, line 3, column 1",
        "join.md, line 2, column 1",
    }


def test_a_tile_gives_per_cent_number_and_base(acting: ProgrammeFolder, tmp_path: Path) -> None:
    acting.swap(
        "profile.yml", "  variables: [has_plan, measures]", "  variables: [has_plan]\nheadlines: [has_plan.yes]"
    )
    acting.add("wording/en.yml", "headlines:", '  has_plan.yes: "have a plan for their trees"')
    acting.build(tmp_path / "site")
    page = read_text_of((tmp_path / "site" / "index.html").read_text("utf-8"))
    plan = "2022-2024.has_plan.yes.all.share"
    assert [number for number in page.numbers if number.fact == plan] == [
        Number(plan, "", "67 %"), Number(plan, "numerator", "2"), Number(plan, "base", "3"),
    ]  # fmt: skip
    assert "have a plan for their trees" in page.text


def test_the_method_page_holds_the_terms_of_the_programme_beside_those_of_the_product(
    acting: ProgrammeFolder, tmp_path: Path
) -> None:
    acting.add("programme.yml", 'glossary: {Crown: "What of a tree is green."}')
    acting.build(tmp_path / "site")
    page = read_text_of((tmp_path / "site" / "method" / "index.html").read_text("utf-8"))
    for words in ("Crown", "What of a tree is green.", "Crosswalk", "share_of_invited", "only everybody 100 %."):
        assert words in page.text
