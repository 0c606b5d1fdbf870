"""YAML in which words stay words and everything has its place."""

from __future__ import annotations

import pytest

from cityfolio.reading.yaml import Shape, parse_yaml


class Entry(Shape):
    """An entry."""

    code: str
    number: int = 0


class File(Shape):
    """A file."""

    title: str = ""
    entries: list[Entry] = []


@pytest.mark.parametrize("word", ["yes", "no", "on", "2018", "1e5", "0o7", "1_000", "true", "2020-01-01", "0x1"])
def test_plain_words_stay_words(word: str) -> None:
    content, _, findings = parse_yaml("f.yml", f"title: {word}\n", File)
    assert findings == []
    assert content == File(title=word)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("title: [a\n", "yaml.broken", 1, "8"),
        ("title: 'a\nentries: []\n", "yaml.broken", 1, "8"),
        ("title: a: b\n", "yaml.broken", 1, "9"),
        ("title: a\ntitle: b\n", "yaml.doubled-key", 2, "1"),
        ("titel: a\n", "yaml.unexpected", 1, "1"),
        ("entries:\n  - {code: a}\n  - {number: 1}\n", "yaml.unexpected", 3, "5"),
        ("entries:\n  - code: a\n    number: many\n", "yaml.unexpected", 3, "5"),
        ("title: {a: b}\n", "yaml.unexpected", 1, "1"),
        ("- a\n", "yaml.unexpected", 1, "1"),
        ("title: &a x\nentries: *a\n", "yaml.unexpected", 2, "1"),
    ],
)
def test_what_cannot_be_read_is_placed(text: str, code: str, line: int, column: str) -> None:
    _, _, findings = parse_yaml("f.yml", text, File)
    assert (code, line, column) in [(f.code, f.at.line, f.at.column) for f in findings]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title: [a\nentries: []\n", "the bracket that opens here is not closed, or a comma is missing in it"),
        ("entries:\n  - code: a\n   number: 1\n", "the line does not fit those before it"),
        ("title: @a\n", "a text that begins with @ needs quotation marks"),
        ("title: *a*\n", "a text that begins with * needs quotation marks"),
        ("title: 'a\nentries: []\n", "the quotation mark that opens here is never closed"),
    ],
)
def test_what_cannot_be_read_is_said_in_words_that_lead_to_the_place(text: str, says: str) -> None:
    (finding,) = parse_yaml("f.yml", text, File)[2]
    assert says in finding.message


def test_several_problems_are_found_at_once() -> None:
    _, _, findings = parse_yaml("f.yml", "titel: a\nentries:\n  - {}\n  - {code: b, number: x}\n", File)
    assert [finding.at.line for finding in findings] == [3, 4, 1]


def test_a_tag_runs_nothing() -> None:
    content, _, _ = parse_yaml("f.yml", "title: !!python/object/apply:os.getcwd []\n", File)
    assert content is None
