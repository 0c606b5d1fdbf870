"""Editorial texts: safe HTML with their source, and a word about what was taken out."""

from __future__ import annotations

from pathlib import Path

import pytest

from cityfolio.findings import Finding
from cityfolio.profile.editorial import Editorial, read_editorial
from cityfolio.reading.text import Source

ENTRY = "{source: A page, url: 'https://example.org/', date: '2021'}"
HEAD = f"---\nformat: 1\nlanguage: en\nslots: {{spotlight: {ENTRY},\n  other: {ENTRY}}}\n---\n"


def read(text: str, tmp_path: Path) -> tuple[dict[str, Editorial], list[Finding]]:
    (tmp_path / "a.md").write_text(text, "utf-8")
    return read_editorial(Source(tmp_path / "a.md", "editorial/a.md"))


def test_each_slot_is_a_text_with_its_source_and_date(tmp_path: Path) -> None:
    texts, findings = read(f"{HEAD}# spotlight\n\nA *park*.\n\n# other\n\n- one\n- two\n", tmp_path)
    assert findings == []
    assert texts["spotlight"] == Editorial(
        "spotlight", "<p>A <em>park</em>.</p>", "en", "A page", "https://example.org/", "2021", "A *park*."
    )
    assert texts["other"].html == "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"


def test_a_draft_is_not_shown(tmp_path: Path) -> None:
    texts, findings = read("---\nformat: 1\nstate: draft\n---\n# spotlight\n\nText.\n", tmp_path)
    assert (texts, [finding.code for finding in findings]) == ({}, ["editorial.draft"])


@pytest.mark.parametrize(
    ("unsafe", "got"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<img src=x onerror=alert(1)>", "<img>"),
        ('<a href="https://example.org" onclick="x()">a</a>', "<a onclick>"),
        ('<a href="javascript:alert(1)">a</a>', "<a href>"),
        ('<a href=" JaVaScRiPt:alert(1)">a</a>', "<a href>"),
        ('<p style="color:red">a</p>', "<p style>"),
        ("<svg><circle></svg>", "<svg>"),
    ],
)
def test_unsafe_html_is_taken_out_and_told_about(unsafe: str, got: str, tmp_path: Path) -> None:
    texts, findings = read(f"{HEAD}# spotlight\n\nbefore {unsafe} after\n", tmp_path)
    told = {(f.code, f.facts["got"], f.at.line, f.at.column) for f in findings}
    assert ("editorial.unsafe-html", got, 9, "8") in told
    html = texts["spotlight"].html.lower()
    assert "before" in html
    assert "after" in html
    for never in ("<script", "<img", "onclick=", "javascript:", "<p style", "<svg"):
        assert never not in html.replace("&lt;", "[")


def test_a_mistake_in_the_head_has_the_line_of_the_file(tmp_path: Path) -> None:
    _, findings = read("---\nformat: 1\nlanguage: en\nauthor: me\n---\n# spotlight\n", tmp_path)
    assert [(f.code, f.at.line) for f in findings] == [("yaml.unexpected", 4)]
