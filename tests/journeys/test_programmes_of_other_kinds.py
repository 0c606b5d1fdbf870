"""Programmes without countries and regions, without coordinates, without groups: nothing speaks of what is not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from cityfolio.site.audit import audit
from tests.programmes import ProgrammeFolder


def page(site: Path, name: str) -> str:
    return (site / name / "index.html").read_text("utf-8")


def without_columns(folder: ProgrammeFolder, *names: str) -> None:
    """Empties columns of units.csv."""
    head, *rows = [line.split(",") for line in folder.text("units.csv").splitlines()]
    places = [head.index(name) for name in names]
    kept = [["" if place in places else cell for place, cell in enumerate(row)] for row in rows]
    folder.write("units.csv", "".join(",".join(row) + "\n" for row in [head, *kept]))


def test_nothing_is_elsewhere_where_a_programme_has_no_regions_and_countries(
    small: ProgrammeFolder, tmp_path: Path
) -> None:
    without_columns(small, "continent", "country")
    small.build(tmp_path / "site")
    for name in ("", "map"):
        assert "Elsewhere" not in page(tmp_path / "site", name)
    assert '<label for="search">Name</label>' in page(tmp_path / "site", "")
    assert audit(tmp_path / "site", allowed=set()) == []


def test_countries_stand_right_below_the_list_where_there_are_no_regions(
    small: ProgrammeFolder, tmp_path: Path
) -> None:
    without_columns(small, "continent")
    small.build(tmp_path / "site")
    for name in ("", "map"):
        assert "Elsewhere" not in page(tmp_path / "site", name)
        assert "<h4" not in page(tmp_path / "site", name)
        assert "Aland</a></h3>" in page(tmp_path / "site", name)
    assert '<label for="search">Name or country</label>' in page(tmp_path / "site", "")
    assert audit(tmp_path / "site", allowed=set()) == []


def test_without_coordinates_there_is_no_map(small: ProgrammeFolder, tmp_path: Path) -> None:
    without_columns(small, "lat", "lon")
    small.build(tmp_path / "site")
    assert not (tmp_path / "site" / "map").exists()
    assert "map/index.html" not in page(tmp_path / "site", "")
    assert audit(tmp_path / "site", allowed=set()) == []


def test_without_groups_there_is_no_list_of_them(small: ProgrammeFolder, tmp_path: Path) -> None:
    text = small.text("programme.yml")
    before, groups = text.split("groups:\n", 1)
    after = groups.split("directory:\n", 1)[1]
    small.write("programme.yml", f"{before}directory:\n{after}")
    small.build(tmp_path / "site")
    assert not (tmp_path / "site" / "groups" / "index.html").exists()
    assert "All groups" not in page(tmp_path / "site", "")
    assert audit(tmp_path / "site", allowed=set()) == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("empty", "offered"),
    [
        (("continent",), ["everywhere", "Aland", "Boreland"]),
        (("country",), ["everywhere", "All of Asia", "All of Europe"]),
        (("continent", "country"), ["everywhere"]),
    ],
)
def test_the_map_is_alive_whatever_places_a_programme_has(
    browser: Browser, small: ProgrammeFolder, tmp_path: Path, empty: tuple[str, ...], offered: list[str]
) -> None:
    without_columns(small, *empty)
    small.swap("programme.yml", "groups:\n  - {kind: country, title: Country, attribute: country}\n", "")
    small.add("profile.yml", "map: {filters: [has_plan]}")
    small.build(tmp_path / "site")
    shown = browser.new_page(viewport={"width": 360, "height": 800})
    wrong: list[str] = []
    shown.on("pageerror", lambda error: wrong.append(str(error)))
    shown.goto((tmp_path / "site" / "map" / "index.html").as_uri())
    where = shown.locator("select[name=at]")
    items = shown.locator("li[data-unit]")
    expect(shown.get_by_role("status")).to_have_text("3 cities")
    assert where.locator("option").all_inner_texts() == offered
    expect(where).to_be_visible(visible=len(offered) > 1)
    shown.locator("select[name=has_plan]").select_option("yes")
    expect(items.filter(visible=True)).to_have_count(2)
    shown.get_by_role("button", name="Take all filters off").click()
    expect(items.filter(visible=True)).to_have_count(3)
    for label in offered[1:]:
        where.select_option(label=label)
        expect(items.filter(visible=True)).not_to_have_count(3)
        expect(shown.locator("svg .names text").first).to_be_attached()
    assert wrong == []
    assert shown.evaluate("document.documentElement.scrollWidth") == 360
    shown.close()


@pytest.mark.browser
def test_units_without_a_region_beside_those_with_one_can_be_chosen_on_the_map(
    browser: Browser, small: ProgrammeFolder, tmp_path: Path
) -> None:
    small.set_cell("units.csv", "birch-aa", "continent", "")
    small.set_cell("units.csv", "birch-aa", "country", "")
    small.build(tmp_path / "site")
    shown = browser.new_page()
    shown.goto((tmp_path / "site" / "map" / "index.html").as_uri())
    shown.locator("select[name=at]").select_option(label="All of Elsewhere")
    expect(shown.locator("li[data-unit]").filter(visible=True)).to_have_text(["Birch 2022"])
    # The address keeps the choice.
    shown.reload()
    expect(shown.locator("li[data-unit]").filter(visible=True)).to_have_text(["Birch 2022"])
    shown.close()
