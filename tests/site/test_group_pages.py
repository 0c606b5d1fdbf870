"""The pages of groups, as the example has them: who is in one, its numbers beside all, small bases in counts."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityfolio.build.content import edition_of, make_content
from cityfolio.build.programme import load_programme
from cityfolio.model.edition import Group
from cityfolio.narrative.sentence import plain_text
from cityfolio.profile.document import ChartBlock
from cityfolio.profile.group_documents import GroupTable
from cityfolio.profile.programme_documents import SiteContent
from cityfolio.publish.charts import chart_csv
from cityfolio.site.pages import render_site
from tests.pages import read_text_of
from tests.programmes import EXAMPLE, ProgrammeFolder


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


def test_an_answer_that_is_the_only_one_on_record_is_said_to_be_that(content: SiteContent) -> None:
    def rows_and_words(found: object) -> tuple[int, str]:
        assert isinstance(found, ChartBlock | GroupTable)
        return len(found.rows), plain_text(found.thin or ())

    said = "Only 1 city has an answer on record, so there is nothing to compare."
    korea = next(group for group in content.groups if group.group == "country:KOR")
    tables = {table.variable: table for section in korea.sections for table in section.tables}
    assert rows_and_words(tables["data_sufficient"]) == (0, said)
    assert rows_and_words(tables["activities"])[0] == 8  # one city of this group, but twelve of all
    for profile in content.profiles:
        charts = {b.variable: b for s in profile.sections for b in s.blocks if isinstance(b, ChartBlock)}
        assert rows_and_words(charts["data_sufficient"]) == (0, said)
        assert charts["funded_activities"].rows  # what was published leads there
    # By itself the chart stands with its rows: there it is the only place of the numbers.
    (alone,) = (c for c in content.charts if (c.edition, c.variable) == ("2018-2020", "data_sufficient"))
    assert len(alone.chart.rows) == 19


def test_figures_of_one_survey_and_source_share_a_sentence(content: SiteContent) -> None:
    busan = next(profile for profile in content.profiles if profile.unit == "busan-kor")
    (chart,) = (b for s in busan.sections for b in s.blocks if isinstance(b, ChartBlock) and b.variable == "roles")
    assert [plain_text(reference.sentence) for reference in chart.references] == [
        "Project manager – published: 92 %, survey of 147 cities in 2018 and 2020, base not printed",
        "Published, survey of 89 cities in 2018, base not printed: Communication officer 48 %; Community engagement staff 60 %; "
        "Data scientist 56 %; Designer 56 %; Project manager 82 %.",
    ]
    facts = [run.fact for run in chart.references[1].sentence if run.part == "value"]
    assert facts == [
        "published.2018._survey.responded.all.count",
        "published.2018.roles.communication_officer.all.share",
        "published.2018.roles.community_engagement.all.share",
        "published.2018.roles.data_scientist.all.share",
        "published.2018.roles.designer.all.share",
        "published.2018.roles.project_manager.all.share",
    ]


def test_the_page_of_a_question_counts_own_words_in_every_edition(content: SiteContent) -> None:
    documents = {document.variable: document for document in content.variables}
    last = documents["policy_areas"].rows[-1]
    assert (last.code, last.label) == ("own_words", "Answers in own words")
    told = {
        edition.edition: (cell.count, cell.of)
        for edition, cell in zip(documents["policy_areas"].editions, last.cells, strict=True)
    }
    assert told["2018-2020"] == (14, 64)
    assert told["2018"][1] == 36
    assert "own_words" not in {row.code for row in documents["has_strategy"].rows}


def test_published_figures_stand_by_edition_and_rank(content: SiteContent) -> None:
    assert content.method is not None
    editions = [figure.edition for figure in content.method.figures]
    assert list(dict.fromkeys(editions)) == ["survey of 2018", "surveys of 2018 and 2020"]
    assert editions == sorted(editions)
    ranked = [
        plain_text(f.sentence) for f in content.method.figures if f.variable == "Most common innovation activities"
    ]
    assert [said.partition(",")[0] for said in ranked] == [f"published rank {place}" for place in range(1, 8)]


def test_published_numbers_are_numbers_in_files(content: SiteContent) -> None:
    (chart,) = (c for c in content.charts if (c.edition, c.variable) == ("2018-2020", "has_funding"))
    rows = {row["category"]: row for row in csv.DictReader(io.StringIO(chart_csv(chart).decode("utf-8-sig")))}
    assert (rows["yes"]["published"], rows["yes"]["published_unit"]) == ("81", "per_cent")
    (chart,) = (c for c in content.charts if (c.edition, c.variable) == ("2018-2020", "funded_activities"))
    rows = {row["category"]: row for row in csv.DictReader(io.StringIO(chart_csv(chart).decode("utf-8-sig")))}
    assert {(row["published"], row["published_unit"]) for row in rows.values()} == {
        ("79", "count"), ("51", "count"), ("47", "count"), ("36", "count"), ("30", "count"), ("", ""),
    }  # fmt: skip


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


@pytest.fixture(scope="module")
def more_answers(tmp_path_factory: pytest.TempPathFactory) -> SiteContent:
    """The example with a second answer to the question that each wave asked with other answers."""
    folder = ProgrammeFolder.copy_of(EXAMPLE, tmp_path_factory.mktemp("more") / "programme")
    folder.in_english_alone()
    folder.set_cell("responses/2018.csv", "akron-us", "funded_activities", "idea_generation")
    programme = load_programme(folder.path)
    return make_content(programme, edition_of(programme, None), ()).site


def test_a_group_page_marks_what_a_wave_did_not_offer_and_counts_own_words(more_answers: SiteContent) -> None:
    content = more_answers
    asia = next(group for group in content.groups if group.group == "continent:AS")
    tables = {table.variable: table for section in asia.sections for table in section.tables}
    busan = next(profile for profile in content.profiles if profile.unit == "busan-kor")
    charts = [block for section in busan.sections for block in section.blocks if isinstance(block, ChartBlock)]
    compared = 0
    for chart in charts:
        table = tables[chart.variable]
        if not table.rows:
            continue  # nothing to compare
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


def test_footnotes_of_a_group_page_lead_to_their_words(more_answers: SiteContent) -> None:
    page = next(file for file in render_site(more_answers) if file.path == "groups/continent-AS/index.html")
    html = page.content.decode()
    links = re.findall(r'<a class="mark" href="#([^"]+)"', html)
    assert links
    assert all(html.count(f'id="{link}"') == 1 for link in links)
    assert "Answers in own words" in html
