"""The audit finds each fault that is put into a sound site, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from cityfolio.site.audit import Problem, audit

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
    assert audit(site) == []


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
