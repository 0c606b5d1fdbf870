"""Markup in any answer, name or label appears as text; editorial HTML is made safe."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

from cityfolio.build.running import publish_site
from cityfolio.site.audit import audit
from tests.pages import read_text_of
from tests.programmes import ProgrammeFolder

NASTY = [
    "<script>alert(1)</script>",
    "{{7*7}} {% if x %}",
    "{unit} and {has_plan.same}",
    "<img src=x onerror=alert(1)>",
    'O\'Brien & "Sons" <b>',
    "부산광역시",
    "شهر اصفهان \u200f",
    "]]> --> &amp;",
    "[bold]rich[/bold] \\[",
    "%s %(name)s $x",
]


def all_pages(site: Path) -> dict[str, str]:
    return {page.relative_to(site).as_posix(): page.read_text("utf-8") for page in sorted(site.rglob("*.html"))}


@pytest.mark.parametrize("words", NASTY)
def test_own_words_names_and_labels_appear_as_they_were_written(
    words: str, small: ProgrammeFolder, tmp_path: Path
) -> None:
    label = json.dumps(words, ensure_ascii=False)
    small.set_cell("responses/2024.csv", "alder-aa", "measures_other", words)
    small.set_cell("units.csv", "alder-aa", "name", words)
    small.set_cell("units.csv", "alder-aa", "country", words)
    small.swap("instruments/2024.yml", "label: Planting new trees", f"label: {label}")
    small.swap("instruments/2024.yml", "question: What does the city do for its trees?", f"question: {label}")
    small.swap("programme.yml", "title: Green streets", f"title: {label}")
    small.swap("programme.yml", "notice: An example with made-up answers.", f"notice: {label}")
    small.swap("profile.yml", "title: What the city does", f"title: {label}")
    small.build(tmp_path / "site")
    pages = all_pages(tmp_path / "site")
    shown = read_text_of(pages["cities/alder-aa/index.html"])
    assert shown.text.count(" ".join(words.split())) >= 6
    assert "img" not in shown.tags  # that no script stands inline is for the audit to see
    for html in pages.values():
        assert "<script>" not in html
        assert "<img" not in html
    assert audit(tmp_path / "site", allowed={words, " ".join(words.split())}) == []


def test_a_brace_in_a_name_is_never_filled_in(small: ProgrammeFolder, tmp_path: Path) -> None:
    small.set_cell("units.csv", "alder-aa", "name", "{unit.subject}")
    small.build(tmp_path / "site")
    page = read_text_of(all_pages(tmp_path / "site")["cities/alder-aa/index.html"])
    assert "# {unit.subject}" in page.lines
    assert any(line.startswith("{unit.subject} has a plan for its trees") for line in page.lines)


def test_unsafe_html_in_editorial_is_taken_out_and_the_text_around_it_stays(
    small: ProgrammeFolder, tmp_path: Path
) -> None:
    small.swap(
        "profile.yml", "    blocks:\n", "    blocks:\n      - {kind: editorial, id: spotlight, title: Spotlight}\n"
    )
    small.write(
        "editorial/alder-aa.md",
        "---\nformat: 1\nslots: {spotlight: {source: A page, date: '2024'}}\n---\n# spotlight\n\n"
        "A **park** <script>alert(1)</script>here.\n\n"
        '<iframe src="https://example.org"></iframe> <b onclick="x()">bold</b> {{7*7}}\n\n'
        "[bad](javascript:alert(1)) and [good](https://example.org/)\n",
    )
    small.build(tmp_path / "site")
    html = all_pages(tmp_path / "site")["cities/alder-aa/index.html"]
    assert "<strong>park</strong>" in html
    for never in ("<script>", "alert(1)</", "<iframe", "onclick", 'href="javascript:'):
        assert never not in html
    assert 'href="https://example.org/"' in html
    assert "{{7*7}}" in html
    assert "here." in html
    codes = [(f.code, f.facts.get("got"), f.at.line) for f in small.findings() if f.code.startswith("editorial")]
    assert codes == [
        ("editorial.unsafe-html", "<script>", 7),
        ("editorial.unsafe-html", "<iframe>", 9),
        ("editorial.unsafe-html", "<b>", 9),
        ("editorial.unsafe-html", "<a href>", 11),
    ]


def test_an_address_in_data_becomes_a_link_only_if_it_is_one(small: ProgrammeFolder, tmp_path: Path) -> None:
    small.swap("programme.yml", "contact: mailto:editor@example.org", "contact: javascript:alert(1)")
    small.swap("programme.yml", "licence: CC0", "licence: CC0\nsources: [{title: Bad, url: 'javascript:alert(2)'}]")
    small.build(tmp_path / "site")
    assert not [name for name, html in all_pages(tmp_path / "site").items() if 'href="javascript' in html]


def test_formulas_and_quotes_in_released_files_read_back_as_they_were(small: ProgrammeFolder, tmp_path: Path) -> None:
    words = 'a "quoted", comma\'d; second part'
    small.set_cell("responses/2024.csv", "alder-aa", "measures_other", words)
    small.build(tmp_path / "site")
    text = (tmp_path / "site" / "data" / "responses.csv").read_text("utf-8")
    assert '"a ""quoted"", comma\'d; second part"' in text


def test_what_no_xml_document_can_hold_is_left_out_of_pictures_standards_and_feeds(
    small: ProgrammeFolder, tmp_path: Path
) -> None:
    # A vertical tab out of an old word processor, and two characters that are none.
    words = "Trees\x0b and\x1b \ufffeparks\uffff"
    label = json.dumps(words)  # as YAML writes them
    small.set_cell("units.csv", "alder-aa", "name", words)
    small.set_cell("units.csv", "alder-aa", "country", words)
    small.swap("instruments/2024.yml", "label: Planting new trees", f"label: {label}")
    small.swap("instruments/2024.yml", "question: What does the city do for its trees?", f"question: {label}")
    small.swap("programme.yml", "title: Green streets", f"title: {label}\nsite_url: https://example.org/green/")
    small.write(
        "published.csv",
        "edition,variable,category,measure,value,base,note,source_url\n"
        f"2024,measures,planting,share,50,,{words},https://example.org/\n",
    )
    small.write("releases.yml", f"format: 1\nreleases:\n  - {{version: 1.0.0, date: 2026-01-01, title: {label}}}\n")
    assert [finding.message for finding in small.findings() if finding.blocks] == []
    publish_site(small.path, tmp_path / "site")
    files = [file for file in (tmp_path / "site").rglob("*") if file.suffix in (".xml", ".svg")]
    assert {file.name for file in files} >= {"feed.xml", "sitemap.xml", "ddi-codebook.xml", "structure.xml", "2024.svg"}
    for file in files:
        etree.parse(str(file))
    for name in ("feed.xml", "data/ddi-codebook.xml", "data/sdmx/structure.xml", "charts/measures/2024.svg"):
        assert "Trees and parks" in (tmp_path / "site" / name).read_text("utf-8"), name
