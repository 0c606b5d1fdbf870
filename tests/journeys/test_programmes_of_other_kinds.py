"""Programmes without countries and regions, without coordinates, without groups: nothing speaks of what is not there."""

from __future__ import annotations

from pathlib import Path

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
