from __future__ import annotations

import json
from pathlib import Path

from cityfolio.build.project import open_project
from tests.programmes import ProgrammeFolder, rows_of

PEERS = """\
peer_groups:
  - {id: leafy, title: Leafy cities, units: [alder-aa, birch-aa]}
  - {id: aland, units: [alder-aa]}
directory:
"""


def with_peers(small: ProgrammeFolder) -> ProgrammeFolder:
    small.swap("programme.yml", "directory:\n", PEERS)
    return small


def test_a_saved_peer_group_has_facts_like_any_other_and_may_overlap_others(
    small: ProgrammeFolder, tmp_path: Path
) -> None:
    with_peers(small).build(tmp_path / "site")
    facts = {row["fact"]: row for row in rows_of(tmp_path / "site/data/facts.csv")}
    share = facts["2022-2024.has_plan.yes.peers:leafy.share"]
    assert (share["numerator"], share["base"], share["base_rule"]) == ("1", "2", "peers")
    assert facts["2022-2024.has_plan.yes.peers:aland.share"]["base"] == "1"
    assert facts["2022-2024._units._.peers:leafy.count"]["value"] == "2"
    assert facts["2022-2024.population._.peers:leafy.mean"]["value"] == "85000"
    assert facts["2022-2024.has_plan.yes.all.share"]["base"] == "3"


def test_peer_groups_and_crossings_can_be_tabulated(small: ProgrammeFolder) -> None:
    project = open_project(with_peers(small).path)
    by_peers = project.tabulate("has_plan", by="peers")
    assert [(row.group, row.category, row.fact.numerator) for row in by_peers.rows] == [
        ("aland", "A plan", 1),
        ("aland", "No plan", 0),
        ("Leafy cities", "A plan", 1),
        ("Leafy cities", "No plan", 1),
    ]
    crossed = project.tabulate("measures", by="country,has_plan")
    # Who has no plan was not asked, and Boreland's only city left no answer.
    assert {(row.group, row.fact.key.group.id) for row in crossed.rows} == {
        ("Aland × A plan", "country*has_plan:Aland*yes")
    }


def test_a_saved_peer_group_has_a_page_like_any_other_and_is_found_everywhere(
    small: ProgrammeFolder, tmp_path: Path
) -> None:
    small.swap("programme.yml", "directory:\n", f"site_url: https://example.org/{chr(10)}{PEERS}")
    site = tmp_path / "site"
    small.build(site)
    page = (site / "groups/peers-leafy/index.html").read_text("utf-8")
    assert "<h1>Leafy cities</h1>" in page
    assert '<a href="../../cities/alder-aa/index.html">' in page
    assert "peers:leafy" in page  # its numbers lead to their facts
    listed = (site / "groups/index.html").read_text("utf-8")
    assert 'href="../groups/peers-leafy/index.html"' in listed
    assert "Saved groups" in listed
    # A unit may be in several: its profile names all of them.
    profile = (site / "cities/alder-aa/index.html").read_text("utf-8")
    assert all(f"groups/peers-{name}/index.html" in profile for name in ("leafy", "aland"))
    assert "groups/peers-leafy/" in (site / "sitemap.xml").read_text("utf-8")
    assert "peers-leafy" in (site / "search/words.js").read_text("utf-8")
    assert 'value="groups/peers-leafy"' in (site / "compare/index.html").read_text("utf-8")
    assert (site / "compare/groups/peers-leafy.js").exists()
    # Behind its numbers stand its units by name, and no code stands in place of its own.
    facts = (site / "facts/2022-2024/has_plan/index.html").read_text("utf-8")
    assert 'id="yes.peers:leafy"' in facts
    assert "<b>Leafy cities</b>" in facts
    assert "<b>leafy</b>" not in facts


def test_saved_peer_groups_can_be_explored(small: ProgrammeFolder, tmp_path: Path) -> None:
    with_peers(small).build(tmp_path / "site")
    assert '<option value="peers">Saved groups</option>' in (tmp_path / "site/explore/index.html").read_text("utf-8")
    text = (tmp_path / "site/explore/has_plan.js").read_text("utf-8")
    _, held = json.loads(f"[{text[len('cityfolio.take(') : -3]}]")
    view = next(view for view in held["views"] if (view["edition"], view["by"]) == ("2022-2024", "peers"))
    # In the order in which they are saved; one that has no title goes by its id.
    assert [(column["group"], column["label"]) for column in view["columns"]] == [
        ("peers:leafy", "Leafy cities"),
        ("peers:aland", "aland"),
    ]
