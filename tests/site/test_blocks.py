"""Each kind of block as HTML. Whole strings are compared, line breaks apart."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from cityfolio.narrative.sentence import Run, text
from cityfolio.profile.document import (
    AnswersBlock,
    Block,
    ChartBlock,
    ChartRow,
    EarlierBlock,
    EditorialBlock,
    Item,
    MissingBlock,
    NoteBlock,
    RankingBlock,
    RankRow,
    Reference,
    Section,
    SentenceBlock,
)
from cityfolio.site.pages import render_site

from .sample import city, content, fact

HOUSING = ChartRow("housing", "Housing", True, 44, 85, 52, fact("areas", "housing"), 44 / 85)
HEALTH = ChartRow("health", "Health", False, 0, 85, 0, fact("areas", "health"), 0.0)
CHART = ChartBlock("areas", "Areas", text("Of all cities"), "responses", None, (HOUSING, HEALTH), None)
RANK = RankRow("risks", "Taking risks", True, 2, "r", 6, 12, "s", 1, "p")


def section_of(*blocks: Block) -> str:
    """What stands below the heading of a section "Part" with these blocks, as HTML without line breaks."""
    return re.sub(r"^(<h2>.*?</h2>|<hgroup>.*?</hgroup>)", "", whole_section_of(*blocks))


def whole_section_of(*blocks: Block) -> str:
    """The HTML of a section "Part" with these blocks on the page of Porto, which answered in 2020."""
    page = replace(
        city("porto-prt", "Porto", "Portugal", "2020"), in_short=(), sections=(Section("part", "Part", blocks),)
    )
    site = replace(content(), profiles=(page,))
    html = next(f.content for f in render_site(site) if f.path == "cities/porto-prt/index.html").decode()
    found = re.search(r'<section id="part">\n(.*?)</section>', html, re.DOTALL)
    return found[1].replace("\n", "") if found else ""


def test_a_sentence_carries_the_fact_of_each_of_its_numbers() -> None:
    sentence = (Run("As do "), Run("44", "f1", "numerator"), Run(" of "), Run("85", "f1", "base"), Run("."))
    assert section_of(SentenceBlock("s", sentence)) == (
        '<p>As do <span data-fact="f1" data-part="numerator">44</span>'
        ' of <span data-fact data-part="base">85</span>.</p>'
    )


def test_answers_keep_their_order_with_help_and_own_words_marked() -> None:
    items = (Item("Tourism", "tourism", help="Guests"), Item("Resilience", own_words=True))
    assert section_of(AnswersBlock("areas", "Areas in focus", "2020", items)) == (
        '<div class="own-answers"><h3>Areas in focus</h3><ul class="answers">'
        "<li>Tourism<small>Guests</small></li>"
        '<li>Resilience <span class="tag">own words</span></li></ul></div>'
    )


def test_answers_under_a_heading_of_the_same_words_do_not_repeat_it() -> None:
    assert section_of(AnswersBlock("areas", "Part", "2018", (Item("Tourism"),))) == (
        '<div class="own-answers"><p class="tag-line">Answer of 2018</p><ul class="answers"><li>Tourism</li></ul></div>'
    )


def test_the_wave_of_the_answers_stands_once_at_the_heading_of_their_section() -> None:
    items = (Item("Tourism"),)
    blocks = (
        SentenceBlock("s", text("Porto has a team."), wave="2020"),
        AnswersBlock("areas", "Areas", "2020", items),
        NoteBlock("n", text("Both stand."), wave="2020"),
        MissingBlock(("v",), "not_on_record", text("Not on record."), wave="2020"),
    )
    html = whole_section_of(*blocks)
    assert html.startswith("<hgroup><h2>Part</h2><p>Answers of 2020</p></hgroup><p>Porto has a team.</p>")
    assert html.count("2020") == 1


def test_an_answer_of_another_wave_says_so_itself() -> None:
    sentence = SentenceBlock("s", text("Porto had a team."), wave="2018")
    answers = AnswersBlock("areas", "Areas", "2018", (Item("Tourism"),))
    assert whole_section_of(sentence) == "<h2>Part</h2><p>Porto had a team. <small>answer of 2018</small></p>"
    assert "<h3>Areas <small>answer of 2018</small></h3>" in whole_section_of(answers)


@pytest.mark.parametrize(
    "block",
    [EarlierBlock("r", "Roles", "2018", text("In 2018:"), (Item("Designer"),)), CHART],
    ids=lambda block: block.kind,
)
def test_a_section_without_an_answer_of_the_latest_wave_is_not_dated_by_it(block: Block) -> None:
    assert whole_section_of(block).startswith("<h2>Part</h2>")


def test_a_missing_answer_is_one_quiet_line() -> None:
    block = MissingBlock(("roles",), "not_on_record", text("Roles: not on record."))
    assert section_of(block) == '<p class="quiet">Roles: not on record.</p>'


def test_a_remark_is_set_apart_and_labelled() -> None:
    assert section_of(NoteBlock("n", text("Both stand as given."))) == (
        '<div class="remark" role="note"><p><b class="tag-line">A remark</b> Both stand as given.</p></div>'
    )


def test_an_earlier_answer_is_led_in_by_its_own_sentence() -> None:
    assert section_of(EarlierBlock("roles", "Roles", "2018", text("In 2018, two roles:"), (Item("Designer"),))) == (
        '<div class="earlier"><h3>Roles</h3><p class="quiet">In 2018, two roles:</p>'
        '<ul class="answers"><li>Designer</li></ul></div>'
    )


def test_an_earlier_answer_without_a_sentence_still_says_its_wave() -> None:
    assert section_of(EarlierBlock("roles", "Roles", "2018", (), (Item("Designer"),))) == (
        '<div class="earlier"><h3>Roles</h3><p class="quiet">Answer of 2018, outside the comparison</p>'
        '<ul class="answers"><li>Designer</li></ul></div>'
    )


def test_an_editorial_has_its_language_source_and_date() -> None:
    block = EditorialBlock(
        "s", "Spotlight", "<p>On <em>water</em>.</p>", "ko", "Porto", "https://example.org/p", "2021"
    )
    assert section_of(block) == (
        '<div class="editorial" lang="ko"><h3>Spotlight</h3><p>On <em>water</em>.</p>'
        '<p class="quiet">Source: <a href="https://example.org/p">Porto</a>, 2021</p></div>'
    )


def test_a_chart_is_a_table_whose_own_rows_say_whose_they_are() -> None:
    assert section_of(CHART) == (
        '<div class="chart"><table><caption><h3>Areas</h3><p>Of all cities</p></caption>'
        "<thead><tr><th>Answer<th>Cities<th>Share</th></thead>"
        "<tbody>"
        "<tr class=own><th><b><i>✓ </i>Housing</b>"
        "<i class=b52></i>"
        '<td><span data-fact="2018-2020.areas.housing.all.share.responses">44 of 85</span>'
        "<td data-fact>52 %</td>"
        "<tr><th>Health<i class=b0></i>"
        '<td><span data-fact="2018-2020.areas.health.all.share.responses">0 of 85</span>'
        "<td data-fact>0 %</td>"
        "</tbody></table></div>"
    )


def test_a_chart_says_below_who_is_left_out_what_was_published_and_where_it_comes_from() -> None:
    block = replace(
        CHART,
        variable="policy_areas",
        left_out=text("1 city has no answer on record"),
        references=(Reference(text("Published: 50 %"), "https://example.org/m"), Reference(text("Report"), "page 3")),
        source=text("Survey of 2020"),
    )
    assert section_of(block).partition("</table>")[2] == (
        '<div class="under"><p>1 city has no answer on record.</p>'
        '<p>Published: 50 %. <a href="https://example.org/m">Where published</a></p><p>Report.</p>'
        '<p>Survey of 2020. <a href="../../variables/policy_areas/index.html" title="Areas">'
        "All answers</a></p></div></div>"
    )


def test_figures_published_in_one_place_share_its_link() -> None:
    first, second = (Reference(text(f"{share} %."), "https://example.org/m") for share in (50, 60))
    assert section_of(replace(CHART, references=(first, second))).partition("</table>")[2] == (
        '<div class="under"><p>50 %.</p><p>60 %. <a href="https://example.org/m">Where published</a></p></div></div>'
    )


def test_a_footnote_mark_leads_to_its_note() -> None:
    block = replace(CHART, rows=(replace(HEALTH, mark="*"),), notes=(("*", text("Offered in 2018 only.")),))
    html = section_of(block)
    assert 'Health&#8288;<a class="mark" href="#_1-1-note-1"><span class="vh">note </span>*</a><i ' in html
    assert '<p id="_1-1-note-1"><span class="mark">*</span> Offered in 2018 only.</p>' in html


def test_where_published_figures_lead_they_come_first_and_ours_stand_beside() -> None:
    thin = replace(HOUSING, count=1, of=1, per_cent=None, published="79", published_fact="p1", length=1.0)
    unpublished = replace(HEALTH, count=None, of=None, per_cent=None)
    block = replace(CHART, leads="published", thin=text("Too few."), rows=(thin, unpublished))
    assert section_of(block) == (
        '<div class="chart"><table class="lead">'
        '<caption><h3>Areas</h3><p>Of all cities</p><p class="thin">Too few.</p></caption>'
        "<thead><tr><th>Answer<th>Published<th>On record</th></thead>"
        "<tbody>"
        "<tr class=own><th><b><i>✓ </i>Housing</b>"
        "<i class=b100></i>"
        '<td><span data-fact="p1">79</span>'
        '<td><span data-fact="2018-2020.areas.housing.all.share.responses">1 of 1</span>'
        "<tr><th>Health"
        '<td class="absent">no figure<td class="absent">no count'
        "</tbody></table></div>"
    )


def test_published_figures_that_do_not_lead_stand_last() -> None:
    html = section_of(replace(CHART, rows=(replace(HOUSING, published="60 %", published_fact="p1"),)))
    assert "<th>Share<th>Published</th>" in html
    assert html.count("<td") == 3
    assert '<td><span data-fact="p1">60 %</span>' in html


def test_published_figures_in_a_chart_say_below_where_they_come_from() -> None:
    block = replace(
        CHART,
        left_out=text("1 city."),
        published_note=text("Published: survey of 147 cities"),
        published_url="https://example.org/m",
    )
    assert section_of(block).partition("</table>")[2] == (
        '<div class="under"><p>1 city.</p>'
        '<p>Published: survey of 147 cities. <a href="https://example.org/m">Where published</a></p></div></div>'
    )


def test_no_bar_shows_a_number_of_ours_that_is_too_thin() -> None:
    few = replace(HOUSING, count=1, of=3, per_cent=None)
    html = section_of(replace(CHART, thin=text("Too few."), rows=(few, few)))
    assert '<table class="counts bare">' in html
    assert "<i class=b" not in html
    assert section_of(replace(CHART, rows=(few, HOUSING))).count("<i class=b") == 1


def test_a_chart_too_thin_for_any_row_is_a_title_and_the_reason() -> None:
    block = replace(CHART, thin=text("Too few."), rows=(), left_out=text("9 cities."), source=text("Survey."))
    assert section_of(block) == '<div class="chart"><h3>Areas</h3><p class="thin">Too few.</p></div>'


def test_a_chart_of_thin_bases_has_no_column_of_shares() -> None:
    html = section_of(replace(CHART, rows=(replace(HOUSING, count=1, of=3, per_cent=None),)))
    assert "Share" not in html
    assert " %" not in html
    assert ">1 of 3</span>" in html


def test_the_ranking_sets_the_published_rank_beside_ours_with_its_base() -> None:
    assert section_of(
        RankingBlock("activities", "Order of all", text("Not of Porto"), (RANK,), (text("Rule unknown."),))
    ) == (
        '<div class="chart ranking"><table class="ranks"><caption><h3>Order of all</h3><p>Not of Porto</p></caption>'
        "<thead><tr><th>Answer<th>Rank, published"
        "<th>Rank, on record<th>Cities</th></thead><tbody>"
        "<tr class=own><th><b><i>✓ </i>Taking risks</b>"
        '<td><span data-fact="p">1</span><td><span data-fact="r">2</span>'
        '<td><span data-fact="s">6 of 12</span></tbody></table>'
        '<div class="under"><p>Rule unknown.</p><p><a href="../../variables/activities/index.html" title="Order of all">'
        "All answers</a></p></div></div>"
    )


@pytest.mark.parametrize(
    "empty",
    [
        SentenceBlock("s", ()),
        AnswersBlock("v", "Title", "2020", ()),
        MissingBlock(("v",), "not_asked", text(" ")),
        EarlierBlock("v", "Title", "2018", (), ()),
        NoteBlock("n", ()),
        EditorialBlock("s", "Title", " \n", "en", "Somebody", "", "2020"),
        replace(CHART, rows=()),
        RankingBlock("v", "Title", (), ()),
    ],
    ids=lambda block: block.kind,
)
def test_a_block_that_holds_nothing_leaves_no_heading_behind(empty: Block) -> None:
    assert section_of(empty) == ""
    assert section_of(empty, SentenceBlock("s", text("Something."))) == "<p>Something.</p>"
