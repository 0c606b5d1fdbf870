"""The audit finds each fault that is put into a sound site, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityfolio.model.edition import ALL
from cityfolio.model.fact import Base, Fact, FactKey
from cityfolio.model.missing import Missing
from cityfolio.site.audit import Problem, audit, dead_ends
from cityfolio.site.auditing import PageAuditor, Seen, all_problems
from cityfolio.site.leads import leads_of
from cityfolio.site.reading_pages import read_page
from cityfolio.site.written_pages import Element, read_written

SOUND = """<!doctype html>
<html lang="en"><head><title>Page</title><link rel="stylesheet" href="site.css?v=1"></head>
<body><h1 id="top">Page</h1><h2>Part</h2><p>{text}</p><a href="#top">Up</a> <a href="other/index.html#part">Other</a>
<a href="https://example.org/">Elsewhere</a> <svg aria-hidden="true"><rect width="1%"/></svg>
<b data-fact="f1">44</b></body></html>"""
PAGE = SOUND.replace("{text}", "Text.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "site.css").write_text("")
    (tmp_path / "other").mkdir()
    (tmp_path / "other/index.html").write_text('<html lang="en"><title>O</title><h1 id="part">O</h1></html>')
    (tmp_path / "index.html").write_text(PAGE)
    return tmp_path


def test_a_sound_site_has_no_problem(folder: Path) -> None:
    assert audit(folder, facts={"f1"}) == []


def test_the_sample_site_has_no_problem(site: Path) -> None:
    assert audit(site, root="/green/") == []


@pytest.mark.parametrize(
    ("sound", "faulty", "code", "found"),
    [
        ('<html lang="en">', "<html>", "no-language", "the page does not say its language"),
        ("<title>Page</title>", "", "no-title", "the page has no title"),
        ("<h2>Part</h2>", "<h1>Part</h1>", "headings", "the page has 2 headings of the first level"),
        ("<h2>Part</h2>", "<h3>Part</h3>", "headings", 'the heading "Part" skips a level'),
        ("<h2>Part</h2>", "<h2> </h2>", "headings", "a heading is empty"),
        ("<p>", '<p id="top">', "doubled-id", 'the id "top" stands there twice'),
        ('href="#top"', 'href="#bottom"', "broken-anchor", '"#bottom" leads to no place on its page'),
        ("#part", "#parts", "broken-anchor", '"other/index.html#parts" leads to no place on its page'),
        ("other/index.html", "others/", "broken-link", '"others/#part" leads to no file of the site'),
        ("site.css?v=1", "sites.css", "broken-link", '"sites.css" leads to no file of the site'),
        ("https://example.org/", "javascript:x()", "unsafe-link", '"javascript:x()" is no address to link to'),
        ("site.css?v=1", "https://x.example/a.css", "foreign-request", 'the page asks another host for "https://x.example/a.css"'),
        ("<p>", '<img alt="" src="//x.y/a.png"><p>', "foreign-request", 'the page asks another host for "//x.y/a.png"'),
        ("<p>", "<script>go()</script><p>", "inline-code", "inline script, style or event handler: <script>"),
        ("<p>", '<p onclick="go()">', "inline-code", 'inline script, style or event handler: <p onclick="go()">'),
        ("<p>", '<p style="color:red">', "inline-code", 'inline script, style or event handler: <p style="color:red">'),
        ("<p>", '<img src="site.css"><p>', "unnamed-picture", 'a picture has no name and is not hidden: <img src="site.css">'),
        ('<svg aria-hidden="true">', "<svg>", "unnamed-picture", "a picture has no name and is not hidden: <svg>"),
        ("Text.", "Led by None.", "left-over", 'something was not filled in: "Led by None."'),
        ("Text.", "Share: N/A", "left-over", 'something was not filled in: "Share: N/A"'),
        ("Text.", "In {city}", "left-over", 'something was not filled in: "In {city}"'),
        ('"f1"', '"f2"', "unknown-fact", 'a number carries the fact "f2", which is not released'),
    ],
)  # fmt: skip
def test_a_fault_is_found(folder: Path, sound: str, faulty: str, code: str, found: str) -> None:
    assert sound in PAGE
    (folder / "index.html").write_text(PAGE.replace(sound, faulty))
    assert audit(folder, facts={"f1"}) == [Problem("index.html", code, found)]


def test_words_of_the_data_may_look_like_left_overs(folder: Path) -> None:
    (folder / "index.html").write_text(SOUND.replace("{text}", "None: internal, and {smart} city"))
    assert audit(folder, allowed={"{smart} city", "None: internal", ""}) == []
    assert [problem.code for problem in audit(folder, allowed={"None: internal"})] == ["left-over"]


def test_a_sentence_may_begin_with_none_of(folder: Path) -> None:
    (folder / "index.html").write_text(SOUND.replace("{text}", "None of the cities does."))
    assert audit(folder) == []


def test_a_folder_without_pages_is_no_site(tmp_path: Path) -> None:
    assert audit(tmp_path) == [Problem(".", "no-page", "the folder holds no page")]


ALL_UNITS = Fact(FactKey("2020", "team", "yes", ALL, "share"), 44, Base(85, {Missing.NOT_ASKED: 2}), 44 / 85)
BUILT = (
    '<!doctype html>\n<html lang="en"><head><title>Page</title></head><body><h1>Page</h1>'
    '<p id="yes"><a href="#yes"><span data-fact="2020.team.yes.all.share" data-part="numerator">44</span> of '
    '<span data-fact data-part="base">85</span>, <span data-fact>52 %</span></a></p>'
    '<div class="editorial"><h4>None {left}</h4><a href="nowhere.html">There</a></div></body></html>'
)


def audited(html: str) -> list[Problem]:
    seen = PageAuditor({ALL_UNITS.id: ALL_UNITS}, "en").look("index.html", html.encode())
    assert seen is not None
    return all_problems({"index.html": seen}, {"index.html"})


def test_a_site_as_it_is_built_has_no_problem_and_editors_are_not_held_against_it() -> None:
    assert audited(BUILT) == []


@pytest.mark.parametrize(
    ("sound", "faulty", "code"),
    [
        (">44<", ">43<", "wrong-number"),
        (">85<", ">86<", "wrong-number"),
        (">52 %<", ">51 %<", "wrong-number"),
        ("team.yes.all", "team.no.all", "unknown-fact"),
        ('href="#yes"', 'href="#no"', "broken-anchor"),
        ('href="#yes"', 'href="facts:2020/team/index.html#yes"', "unsafe-link"),
        ('href="#yes"', 'href="other.html"', "broken-link"),
        (' lang="en"', "", "no-language"),
        ("<title>Page</title>", "", "no-title"),
        ("<h1>Page</h1>", "<h2>Page</h2>", "headings"),
        ("<h1>", '<p id="yes"></p><h1>', "doubled-id"),
        ("<h1>", "<svg></svg><h1>", "unnamed-picture"),
        ("<h1>", "<script>go()</script><h1>", "inline-code"),
    ],
)
def test_a_fault_is_found_while_the_site_is_built(sound: str, faulty: str, code: str) -> None:
    assert sound in BUILT
    assert code in {problem.code for problem in audited(BUILT.replace(sound, faulty))}


LINKS = st.lists(
    st.sampled_from(
        [
            "", "#", "#a", "#b", "#%61", "x.html", "x.html#a", "x.html?v=1#b", "../x.html", "../c/", "../c/#a", "../d/x.html",
            "./x.html", "../../x.html", "/x.html", "/c/", "//x.html", "x.css#a", "y.css", "https://x.y/", "mailto:a@b.c",
            "javascript:a", "data:,a", "c/../x.html", "..", "x.html#", "HTTPS://x.y", "?v=1", "x.html ", "%78.html",
        ]
    ),
    max_size=6,
    unique=True,
)  # fmt: skip
FILES = ["x.html", "x.css", "c/x.html", "c/index.html", "d/x.html"]


@given(st.sampled_from(FILES), LINKS, st.sets(st.sampled_from(["a", "b"])))
def test_links_are_held_against_all_places_at_once_as_one_by_one(path: str, links: list[str], ids: set[str]) -> None:
    anchors = frozenset(ids)
    seen = Seen(frozenset(links), leads_of(path, links, anchors), anchors, ())
    pages = {file: Seen(frozenset(), frozenset(), anchors, ()) for file in FILES if file.endswith(".html")} | {
        path: seen
    }
    one_by_one = dead_ends(path, seen.links, FILES, dict.fromkeys(pages, anchors))
    assert all_problems(pages, FILES) == sorted(one_by_one)


def test_a_tag_that_was_read_before_says_the_same_again() -> None:
    known: dict[str, Element] = {}
    pages = [read_written(BUILT.replace(">44<", f">{number}<"), known) for number in (44, 45)]
    assert [page.numbers[0][2] for page in pages] == ["44", "45"]
    assert pages[0].ids == pages[1].ids == ["yes"]
    assert pages == [read_written(BUILT.replace(">44<", f">{number}<")) for number in (44, 45)]


@pytest.mark.parametrize(
    ("html", "numbers"),
    [
        ('<p title=" data-fact">a data-fact b</p><b data-fact="f">4</b>', [("f", "", "4")]),
        ('<b data-part="base" class="n" data-fact="f">4</b>', [("f", "base", "4")]),
        ('<b data-fact=f class="n" data-part="base">4</b><i data-fact>5</i>', [("f", "base", "4"), ("f", "", "5")]),
        ('<b data-fact="a&amp;b">4 <bdi>%</bdi> &lt;</b>', [("a&b", "", "4 % <")]),
        ('<td data-facts="f">4</td><td data-factual>5</td>', []),
        (
            '<a class="n" href="../facts/2020/team/index.html#yes" data-fact><b>4</b> of 8</a><td data-fact>5</td>',
            [("2020.team.yes.all.share", "", "4 of 8"), ("2020.team.yes.all.share", "", "5")],
        ),
        ('<a data-fact="f"><span data-fact data-part="numerator">4</span> %</a>', [("f", "", "4 %"), ("f", "numerator", "4")]),
    ],
)  # fmt: skip
def test_numbers_are_read_however_their_tags_are_written(html: str, numbers: list[tuple[str, str, str]]) -> None:
    assert read_written(html).numbers == numbers


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["span", "td", "b", 'a href="../facts/2020/team/index.html#yes"', 'a href="#yes"']),
            st.sampled_from(["", '="f"', '="a&amp;b"']),
            st.sampled_from(["", ' data-part="base"']),
            st.sampled_from(["4", "", "4 of 8", "&lt; 5 %", " data-fact", " data-facts="]),
        ),
        max_size=4,
    )
)
def test_pages_of_usual_numbers_are_read_as_any_page_is(tags: list[tuple[str, str, str, str]]) -> None:
    html = "".join(f"<{tag} data-fact{fact}{part}>{text}</{tag.split()[0]}>" for tag, fact, part, text in tags)
    unusual = '<i class="n" data-fact="last">9</i>'
    assert [*read_written(html).numbers, ("last", "", "9")] == read_written(html + unusual).numbers


def test_both_readers_of_pages_see_the_same(site: Path) -> None:
    for path in sorted(site.rglob("*.html")):
        html = path.read_text("utf-8")
        careful, quick = read_page(html), read_written(html)
        assert (quick.language, quick.title) == (careful.language, careful.title)
        assert sorted(quick.ids) == sorted(careful.ids)
        assert sorted(quick.requests) == sorted(careful.requests)
        assert [fact for fact, _, _ in quick.numbers] == careful.facts
        assert set(quick.links) <= set(careful.links)
        assert quick.unnamed_pictures == careful.unnamed_pictures == []


def test_no_attribute_begins_with_a_quotation_mark_that_was_escaped(example_site: Path) -> None:
    # It would be part of the value, so that no script finds the value.
    odd = re.compile(r"<[^<>]*\s[\w-]+=&#3[49];[^<>]*>")
    found = [
        found[0] for page in sorted(example_site.rglob("*.html")) for found in odd.finditer(page.read_text("utf-8"))
    ]
    assert found == []
