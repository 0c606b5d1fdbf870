"""No editorial text is lost silently: each has a place on the page, a source and a date, or a finding says why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from cityfolio.findings import Finding
from cityfolio.profile.editorial import Editorial, read_editorial
from cityfolio.reading.text import Source

SOURCE = "{source: A page, date: '2021'}"
HEAD = f"---\nformat: 1\nslots: {{spotlight: {SOURCE}, areas: {SOURCE}}}\n---\n"


def read(text: str, folder: Path) -> tuple[dict[str, Editorial], list[Finding]]:
    (folder / "a.md").write_text(text, "utf-8")
    return read_editorial(Source(folder / "a.md", "a.md"), ["spotlight", "areas"])


def told(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(finding.code, str(finding.at), finding.found) for finding in findings]


def test_a_text_for_a_block_that_the_plan_does_not_have_is_found(tmp_path: Path) -> None:
    _, findings = read(f"{HEAD.replace('spotlight', 'spotligth')}# spotligth\n\nA park.\n", tmp_path)
    found = 'There is no editorial block "spotligth" in the page plan (did you mean "spotlight"?).'
    assert told(findings) == [("editorial.unknown-slot", "a.md, line 5", found)]


def test_a_heading_of_several_words_is_a_slot_too_and_not_lost_in_the_text_before(tmp_path: Path) -> None:
    texts, findings = read(f"{HEAD}# areas\n\nWater.\n\n# About the park\n\nA park.\n", tmp_path)
    assert texts["areas"].html == "<p>Water.</p>"
    assert [(finding.code, finding.facts["got"]) for finding in findings] == [
        ("editorial.unknown-slot", "About the park"),
    ]


def test_a_sign_of_a_heading_inside_code_begins_no_slot(tmp_path: Path) -> None:
    texts, _ = read(f"{HEAD}# areas\n\nWater: `a`\n\n- one\n\n      # no\n", tmp_path)
    assert list(texts) == ["areas"]


@pytest.mark.parametrize(
    ("before", "lost"),
    [
        ("A park.\n\n", [("editorial.outside-slot", "a.md, line 5")]),
        ("\n\nA park.\n\n", [("editorial.outside-slot", "a.md, line 7")]),
        ("<!-- ask Kim -->\n\n", []),
        ("\n", []),
    ],
)
def test_text_before_the_first_heading_is_found_if_there_is_something_to_show(
    before: str, lost: list[tuple[str, str]], tmp_path: Path
) -> None:
    texts, findings = read(f"{HEAD}{before}# spotlight\n\nA square.\n", tmp_path)
    assert {slot: text.html for slot, text in texts.items()} == {"spotlight": "<p>A square.</p>"}
    assert [(finding.code, str(finding.at).partition(", column")[0]) for finding in findings] == [
        *lost,
    ]


def test_two_texts_for_one_slot_are_found(tmp_path: Path) -> None:
    _, findings = read(f"{HEAD}# areas\n\nWater.\n\n# areas\n\nHousing.\n", tmp_path)
    found = 'The text "areas" stands there twice (first in line 5).'
    assert told(findings) == [("editorial.doubled-slot", "a.md, line 9", found)]


@pytest.mark.parametrize(
    ("entry", "lacking"),
    [("{date: '2021'}", "source"), ("{source: A page}", "date"), ("{}", "source and no date")],
)
def test_a_text_without_source_or_date_is_found(entry: str, lacking: str, tmp_path: Path) -> None:
    _, findings = read(f"---\nformat: 1\nslots:\n  areas: {entry}\n---\n\n# areas\n\nWater.\n", tmp_path)
    assert told(findings) == [("editorial.no-source", "a.md, line 7", f'The text "areas" has no {lacking}.')]


def test_a_draft_says_that_it_is_not_shown_and_may_be_unfinished(tmp_path: Path) -> None:
    texts, findings = read("---\nformat: 1\nstate: draft\n---\nTo be written.\n\n# ares\n\nWater.\n", tmp_path)
    assert texts == {}
    assert [(finding.code, finding.blocks) for finding in findings] == [("editorial.draft", False)]


@pytest.mark.parametrize(
    ("markdown", "unsafe", "html"),
    [
        ("a [park](javascript:alert(1)) b", [("<a href>", 7, "")], "a <a>park</a> b"),
        ("a [park](data:text/html,x) b", [("<a href>", 7, "")], "a <a>park</a> b"),
        ("a\nb <JavaScript:x> c", [("<a href>", 8, "")], "a\nb <a>JavaScript:x</a> c"),
        ("a ![park](https://example.org/park.png) b", [("<img>", 7, "")], "a  b"),
        ("a\n[park][1]\n\n[1]: vbscript:x", [("<a href>", 8, "")], "a\n<a>park</a>"),
        ("a\n<b>c</b>", [("<b>", 8, "1")], "a\nc"),
        ("`<b>` stays text", [], "<code>&lt;b&gt;</code> stays text"),
        ("<https://example.org/a:b> [c](/d:e)", [], ""),
    ],
)
def test_what_is_taken_out_of_markdown_is_told(
    markdown: str, unsafe: list[tuple[str, int, str]], html: str, tmp_path: Path
) -> None:
    texts, findings = read(f"{HEAD}# areas\n\n{markdown}\n", tmp_path)
    assert [(f.facts["got"], f.at.line, f.at.column) for f in findings] == unsafe
    assert texts["areas"].html.replace(' rel="noopener noreferrer"', "").startswith(f"<p>{html}")
