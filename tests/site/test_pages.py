"""The site as files: which pages there are, what they never hold, how large they are."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cityfolio.narrative.sentence import Run, text
from cityfolio.profile.document import AnswersBlock, EditorialBlock, HeadItem, Item, Section
from cityfolio.profile.programme_documents import ShareCell, ShareRow, SiteContent, UnitAnswer
from cityfolio.site.page_kinds import PAGE_KINDS
from cityfolio.site.pages import RenderedFile, Renderer, render_site
from cityfolio.site.reading_pages import read_page
from tests.programmes import rows_of

from .sample import busan, city, content

MARKUP = "<script>alert('1')</script> & \"x\""


def page(site: SiteContent, path: str) -> str:
    return next(file.content for file in render_site(site) if file.path == path).decode()


def test_every_kind_of_page_stands_at_its_address(rendered: dict[str, RenderedFile]) -> None:
    assert {kind.name for kind in PAGE_KINDS} >= {"home", "profile", "variables", "variable", "method", "data"}
    assert {kind.name for kind in PAGE_KINDS} >= {"groups", "group"}
    assert {kind.name for kind in PAGE_KINDS} >= {"facts", "fact-index"}
    assert {kind.name for kind in PAGE_KINDS} >= {"outcomes", "act", "join"}
    assert set(rendered) >= {
        "404.html",
        "accessibility/index.html",
        "charts/policy_areas/2018-2020.svg",
        "cities/pusan-kor/index.html",
        "embed/2018-2020/policy_areas/index.html",
        "privacy/index.html",
        "index.html",
        "cities/busan-kor/index.html",
        "variables/index.html",
        "variables/policy_areas/index.html",
        "method/index.html",
        "data/index.html",
        "static/site.css",
        "static/search.js",
    }


def test_no_two_files_have_the_same_address(sample: SiteContent) -> None:
    paths = [file.path for file in render_site(sample)]
    assert sorted(paths) == sorted(set(paths))


def test_two_renderings_of_equal_content_are_equal_byte_for_byte() -> None:
    assert list(render_site(content())) == list(render_site(content()))


def test_a_page_whose_document_is_equal_is_not_rendered_again(sample: SiteContent) -> None:
    renderer = Renderer()
    first = {file.path: file.content for file in renderer.render(sample)}
    changed = replace(content(), profiles=(replace(busan(), country="Republic of Korea"), *content().profiles[1:]))
    second = {file.path: file.content for file in renderer.render(changed)}
    pages = [path for path in first if path.endswith(".html")]
    assert {path for path in pages if first[path] is not second[path]} == {"cities/busan-kor/index.html"}
    assert second == {file.path: file.content for file in render_site(changed)}


def test_a_chart_that_grows_taller_is_told_on_the_pages_that_tell_it_and_no_other_is_rendered_again() -> None:
    renderer, before = Renderer(), content()
    first = {file.path: file.content for file in renderer.render(before)}
    standing, *others = before.charts
    taller = replace(standing, chart=replace(standing.chart, counting="Counted with care. " * 20))
    changed = replace(before, charts=(taller, *others))
    second = {file.path: file.content for file in renderer.render(changed)}
    touched = {path for path in first if path.endswith(".html") and first[path] is not second[path]}
    where = f"{standing.edition}/{standing.variable}"
    assert touched == {f"variables/{standing.variable}/index.html", f"embed/{where}/index.html"}
    assert second == {file.path: file.content for file in render_site(changed)}


def test_a_change_that_all_pages_show_renders_all_pages_again(sample: SiteContent) -> None:
    renderer = Renderer()
    list(renderer.render(sample))
    renamed = replace(sample, programme=replace(sample.programme, title="Another survey"))
    assert list(renderer.render(renamed)) == list(render_site(renamed))


def test_a_profile_of_nine_charts_and_95_rows_stays_under_60_kilobytes(rendered: dict[str, RenderedFile]) -> None:
    profile = rendered["cities/busan-kor/index.html"].content
    ranking = 7
    assert profile.count(b"<tr") - profile.count(b"<thead") == 95 + ranking
    # Room for what other parts add: units like this one, what changed, languages.
    assert len(profile) < 55_000


def test_the_scripts_of_the_whole_site_stay_under_40_kilobytes_as_they_are_sent(
    rendered: dict[str, RenderedFile],
) -> None:
    scripts = [file.content for path, file in rendered.items() if path.startswith("static/") and path.endswith(".js")]
    assert sum(len(gzip.compress(script)) for script in scripts) < 40_000


def test_the_only_script_of_every_page_is_that_of_the_sums_and_no_text_stands_in_it(
    rendered: dict[str, RenderedFile],
) -> None:
    for path in ("cities/busan-kor/index.html", "variables/index.html", "method/index.html", "data/index.html"):
        scripts = re.findall(rb"<script src=\"[./]*static/([a-z]+)[.]js", rendered[path].content)
        assert scripts == [b"sums"], path


def test_a_section_without_anything_to_show_is_left_out(rendered: dict[str, RenderedFile]) -> None:
    assert b"Never shown" not in rendered["cities/busan-kor/index.html"].content


def test_the_head_says_wave_and_edition_and_leads_to_the_data(rendered: dict[str, RenderedFile]) -> None:
    html = rendered["cities/busan-kor/index.html"].content.decode()
    assert "<h1>Busan</h1>" in html
    assert '<p class="country">Korea</p>' in html
    assert "<li>Mayor Oh Keo-don <small>answer of 2020</small></li>" in html
    assert 'Answers of 2020, compared with <span data-fact="2018-2020.responses">85' in html
    assert 'href="../../cities/busan-kor.json"' in html
    assert 'href="../../data/index.html"' in html
    assert 'href="mailto:errors@example.org?subject=Busan%20%28busan-kor%29"' in html


def test_markup_in_any_name_title_label_or_answer_appears_as_text() -> None:
    hostile = with_text(MARKUP)
    for file in render_site(hostile):
        if file.path.endswith(".html"):
            html = file.content.decode()
            assert "<script>" not in html, file.path
            assert read_page(html).scripted == [], file.path
    assert MARKUP in read_page(page(hostile, "cities/busan-kor/index.html")).headings[0][1]


def test_addresses_that_are_no_web_or_mail_address_are_not_linked() -> None:
    hostile = with_address("javascript:alert(1)")
    links = [
        link
        for file in render_site(hostile)
        if file.path.endswith(".html")
        for link in read_page(file.content.decode()).links
    ]
    assert [link for link in links if not re.match(r"https?://|mailto:|#|[\w./-]+$", link)] == []
    assert not any("alert" in link for link in links)


def test_an_address_in_the_head_becomes_a_link() -> None:
    assert "https://example.org/smart-busan" in read_page(page(content(), "cities/busan-kor/index.html")).links


def test_units_without_a_page_in_this_edition_are_named_but_not_linked() -> None:
    alone = replace(content(), profiles=(busan(),))
    html = page(alone, "variables/policy_areas/index.html")
    assert '<a href="../../cities/busan-kor/index.html">Busan</a>' in html
    assert "cities/porto-prt" not in html
    assert "Porto" in html


def test_a_city_without_a_country_leaves_no_gap_where_it_would_stand() -> None:
    site = replace(content(), profiles=(city("x-yz", "Singapore", "", "2020"),))
    html = page(site, "cities/x-yz/index.html")
    assert "<title>Singapore – Innovation capacity of cities</title>" in html
    assert "<p>Innovation capacity of cities: Singapore. Answers of 2020; edition: 2018–2020." in html


def test_the_page_is_explained_in_the_programmes_own_noun() -> None:
    sample = content()
    programme = replace(sample.programme, unit_one="municipality", unit_many="municipalities")
    html = page(replace(sample, programme=programme), "cities/busan-kor/index.html")
    assert "mark the answers of this municipality; a light bar is an answer that it did not give." in html
    assert "every one of the municipalities that count; if the municipality of this page answered, it is one" in html


def test_who_answered_in_own_words_is_listed_with_those_who_chose_an_answer() -> None:
    variable = content().variables[0]
    worded = UnitAnswer("porto-prt", "Porto", "2020", ("Housing",), ("water",), "", counts=True)
    earlier = replace(worded, unit="oulu-fin", name="Oulu", wave="2018", counts=False)
    chosen = replace(worded, unit="lodz-pol", name="Łódź", own_words=())
    for chosen_by in (variable.chosen_by, ()):
        asked = replace(variable, answers=(worded, earlier, chosen), chosen_by=chosen_by)
        html = page(replace(content(), variables=(asked,)), f"variables/{asked.variable}/index.html")
        assert html.partition("<dt>In own words</dt>")[2].partition("</ul>")[0] == (
            '<dd><ul class="inline"><li><a href="../../cities/porto-prt/index.html">Porto</a> <small>2020</small></li>\n'
        )


def test_what_was_published_elsewhere_leads_to_its_source(rendered: dict[str, RenderedFile]) -> None:
    html = rendered["variables/policy_areas/index.html"].content.decode()
    assert (
        "<dd>Published: 50 %, survey of 147 cities, base not printed. "
        '<a href="https://example.org/method">Where published</a></dd>'
    ) in html


def test_an_edition_of_few_answers_has_numbers_but_no_bars() -> None:
    row = ShareRow("housing", "Housing", "", (ShareCell("f1", 3, 8, None), ShareCell("f2", 6, 12, 50)))
    variable = replace(content().variables[0], rows=(row,))
    html = page(replace(content(), variables=(variable,)), f"variables/{variable.variable}/index.html")
    assert '<td><span data-fact="f1" data-part="numerator">3 of 8</span></td>' in html
    assert html.count("<rect") == 1


def test_a_mail_address_is_shown_without_the_word_that_makes_it_a_link() -> None:
    sample = content()
    site = replace(sample, programme=replace(sample.programme, contact="mailto:desk@example.org"))
    for name in ("index.html", "cities/busan-kor/index.html"):
        assert '">desk@example.org</a>' in page(site, name)
        assert ">mailto:" not in page(site, name)


def test_the_list_of_cities_is_there_without_script_and_the_box_is_hidden(rendered: dict[str, RenderedFile]) -> None:
    html = rendered["index.html"].content.decode()
    assert re.search(r'<form class="search"[^>]* hidden>', html)
    assert '<a href="cities/lodz-pol/index.html">Łódź</a>' in html


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(str.strip).filter(bool))
def test_whatever_a_city_is_called_its_page_has_that_name_as_heading(name: str) -> None:
    site = replace(content(), profiles=(city("x-yz", name, "Korea"),), variables=())
    assert read_page(page(site, "cities/x-yz/index.html")).headings[0] == (1, name)


def with_text(words: str) -> SiteContent:
    """The sample with these words in every place that data can fill with text."""
    block = AnswersBlock("roles", words, words, (Item(words, help=words), Item(words, own_words=True)))
    editorial = EditorialBlock(words, words, "<p>Written.</p>", "en", words, words, words)
    profile = replace(
        busan(),
        name=words,
        country=words,
        wave=words,
        comparison=text(words),
        head=(HeadItem("mayor", (Run(words, words, words),), words),),
        in_short=(text(words),),
        sections=(Section("part", words, (block, editorial)), *busan().sections),
    )
    sample = content()
    variables = tuple(
        replace(v, label=words, wordings=((words, words),), help=words, universe=words, notes=(text(words),))
        for v in sample.variables
    )
    programme = replace(
        sample.programme, title=words, summary=words, about=(words,), notice=words, contact=words, licence=words
    )
    return replace(sample, programme=programme, profiles=(profile,), variables=variables, edition_title=words)


def with_address(url: str) -> SiteContent:
    """The sample with this address in every place that data can fill with one."""
    editorial = EditorialBlock("s", "S", "<p>Written.</p>", "en", "Source", url, "2020")
    profile = replace(
        busan(),
        source_url=url,
        head=(HeadItem("website", (Run(url),), "2020"),),
        sections=(Section("part", "Part", (editorial,)),),
    )
    sample = content()
    figures = tuple(replace(figure, url=url) for figure in sample.method.figures)
    return replace(
        sample,
        programme=replace(sample.programme, contact=url, sources=(("Source", url),)),
        profiles=(profile,),
        method=replace(sample.method, figures=figures),
    )


@pytest.mark.parametrize("language", ["", "ko/"])
def test_open_questions_name_units_as_readers_know_them(example_site: Path, language: str) -> None:
    html = (example_site / language / "method" / "index.html").read_text("utf-8")
    ids = {row["unit"] for row in rows_of(example_site / "data" / "units.csv")}
    asked = re.findall(r"<li>([^<]+) <small>[^<]*responses/", html)
    assert any(("Fort Collins" if not language else "포트콜린스") in found for found in asked)
    assert [found for found in asked if found.split(" ")[0] in ids] == []


@pytest.mark.parametrize("language", ["", "ko/"])
def test_the_example_says_when_its_accessibility_was_tested(example_site: Path, language: str) -> None:
    html = (example_site / language / "accessibility" / "index.html").read_text("utf-8")
    assert ("30 November 2026" if not language else "2026년 11월 30일") in html
    assert "axe-core" in html
