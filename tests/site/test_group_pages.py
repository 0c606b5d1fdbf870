"""The pages of groups, as the example has them: who is in one, its numbers beside all, small bases in counts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityfolio.build.content import edition_of, make_content
from cityfolio.build.programme import load_programme
from cityfolio.model.edition import Group
from cityfolio.profile.document import ChartBlock
from cityfolio.profile.programme_documents import SiteContent
from tests.pages import read_text_of
from tests.programmes import EXAMPLE


@pytest.fixture(scope="module")
def content() -> SiteContent:
    programme = load_programme(EXAMPLE)
    return make_content(programme, edition_of(programme, None), ()).site


KINDS = st.from_regex(r"[a-z][a-z0-9_-]{0,5}[a-z0-9]", fullmatch=True)


@given(KINDS, st.text(min_size=1), KINDS, st.text(min_size=1))
def test_no_two_groups_share_an_address_and_none_leaves_its_folder(
    kind: str, key: str, other_kind: str, other: str
) -> None:
    one, two = Group(kind, key), Group(other_kind, other)
    assert (one.address == two.address) == (one == two)
    assert not {"/", "\\", ".", "%"} & set(one.address)


def test_every_group_that_a_unit_is_in_has_a_page_that_names_the_unit(content: SiteContent) -> None:
    members = {group.address: {member.unit for member in group.members} for group in content.groups}
    linked: dict[str, set[str]] = {}
    for profile in content.profiles:
        for link in profile.groups:
            linked.setdefault(link.address, set()).add(profile.unit)
    assert members == linked
    assert all(members.values())


def test_the_shares_of_a_group_have_no_per_cent_on_a_thin_base(content: SiteContent) -> None:
    korea = next(group for group in content.groups if group.group == "country:KOR")
    cells = [row.here for section in korea.sections for table in section.tables for row in table.rows]
    assert cells
    assert all(cell.per_cent is None and cell.of is not None and cell.of <= 3 for cell in cells if cell.fact)
    assert korea.key_numbers == ()
    europe = next(group for group in content.groups if group.group == "continent:EU")
    cells = [row.here for section in europe.sections for table in section.tables for row in table.rows]
    assert {cell.per_cent is not None for cell in cells if cell.of is not None and cell.of >= 10} == {True}
    assert {cell.per_cent for cell in cells if cell.of is not None and cell.of < 10} <= {None}


def test_the_home_page_and_profiles_lead_to_the_groups(example_site: Path) -> None:
    home = (example_site / "index.html").read_text("utf-8")
    for address in ("groups/index.html", "groups/continent-AS/index.html", "groups/country-KOR/index.html"):
        assert f'href="{address}"' in home
    busan = (example_site / "cities" / "busan-kor" / "index.html").read_text("utf-8")
    for address in ("continent-AS", "country-KOR", "size-1m-and-more"):
        assert f'href="../../groups/{address}/index.html"' in busan


def test_the_list_of_groups_gives_bands_in_their_own_order(example_site: Path) -> None:
    page = read_text_of((example_site / "groups" / "index.html").read_text("utf-8"))
    start = page.lines.index("## Population")
    listed = [re.sub(r" \d+ cit(y|ies)$", "", line) for line in page.lines[start + 1 : start + 6]]
    assert listed == [
        "- under 100,000", "- 100,000 to under 250,000", "- 250,000 to under 500,000",
        "- 500,000 to under 1 million", "- 1 million and more",
    ]  # fmt: skip


def test_a_group_page_marks_what_a_wave_did_not_offer_and_counts_own_words(content: SiteContent) -> None:
    asia = next(group for group in content.groups if group.group == "continent:AS")
    tables = {table.variable: table for section in asia.sections for table in section.tables}
    busan = next(profile for profile in content.profiles if profile.unit == "busan-kor")
    charts = [block for section in busan.sections for block in section.blocks if isinstance(block, ChartBlock)]
    compared = 0
    for chart in charts:
        table = tables[chart.variable]
        marked = {row.code for row in chart.rows if row.mark}
        assert {row.code for row in table.rows if row.mark} == marked
        assert sorted(map(str, dict(table.notes).values())) == sorted(map(str, dict(chart.notes).values()))
        compared += len(marked)
        own = next((row for row in chart.rows if row.code == "own_words"), None)
        row = next((row for row in table.rows if row.code == "own_words"), None)
        assert (row is None) == (own is None)
        if row is not None and own is not None:
            assert table.rows[-1] == row
            assert (row.everywhere.count, row.everywhere.of) == (own.count, own.of)
            assert row.here.count is None or row.here.count <= (own.count or 0)
    assert compared > 1


def test_footnotes_of_a_group_page_lead_to_their_words(example_site: Path) -> None:
    html = (example_site / "groups" / "continent-AS" / "index.html").read_text("utf-8")
    links = re.findall(r'<a class="mark" href="#([^"]+)"', html)
    assert links
    assert all(html.count(f'id="{link}"') == 1 for link in links)
    assert "Answers in own words" in html
