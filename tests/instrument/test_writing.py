"""YAML that is written says exactly what it was made from, whatever the texts hold."""

from __future__ import annotations

from pathlib import Path

import yaml
from hypothesis import given
from hypothesis import strategies as st

from cityfolio.harmonise.crosswalk import CrosswalkFile
from cityfolio.harmonise.drafting import with_lines_added
from cityfolio.instrument.loading import InstrumentFile
from cityfolio.instrument.writing import instrument_text
from cityfolio.reading.writing_yaml import yaml_text
from cityfolio.reading.yaml import Tree, parse_yaml
from tests.programmes import EXAMPLE

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
    [
        "yes",
        "no",
        "~",
        "null",
        "",
        "1e5",
        "2018",
        "- a",
        "a: b",
        "a #b",
        " a",
        "a ",
        "'",
        '"',
        "{a}",
        "[a",
        "word " * 40,
    ]
)
TREES = st.dictionaries(
    TEXTS, st.recursive(TEXTS | st.none(), lambda t: st.lists(t, max_size=3) | st.dictionaries(TEXTS, t, max_size=3)), max_size=3
)  # fmt: skip


@given(TREES)
def test_any_text_reads_back_as_it_was(tree: dict[str, Tree]) -> None:
    # By the safe loader of PyYAML too: an independent reader takes every one of our texts for a text.
    if any(key == "<<" for key in _keys(tree)):
        return
    assert (yaml.safe_load(yaml_text(tree)) or {}) == _as_years(tree)


def _keys(tree: Tree) -> list[str]:
    if isinstance(tree, dict):
        return [*tree, *(key for held in tree.values() for key in _keys(held))]
    return [key for item in tree for key in _keys(item)] if isinstance(tree, list) else []


def _as_years(tree: Tree) -> object:
    """Years stand plain in our files, so that other readers take them for numbers."""
    if isinstance(tree, dict):
        return {_as_years(key): _as_years(held) for key, held in tree.items()}
    if isinstance(tree, list):
        return [_as_years(item) for item in tree]
    is_year = tree is not None and tree.isascii() and tree.isdigit() and 1 <= len(tree) <= 9 and tree[0] != "0"
    return int(tree) if is_year and tree is not None else tree


def _instrument(path: Path) -> InstrumentFile:
    content, _, findings = parse_yaml(path.name, path.read_text("utf-8"), InstrumentFile)
    assert content is not None
    assert findings == []
    return content


def test_the_instruments_of_the_example_are_written_as_they_were_read() -> None:
    for wave in ("2018", "2020"):
        content = _instrument(EXAMPLE / "instruments" / f"{wave}.yml")
        again, _, findings = parse_yaml("again.yml", instrument_text(content), InstrumentFile)
        assert (again, findings) == (content, [])


def test_lines_are_added_to_a_crosswalk_without_touching_what_somebody_wrote() -> None:
    text = (
        "# Ours.\nformat: 1\nearlier: 2018\nlater: 2020\nchanges:\n  # Why: asked twice.\n"
        "  - {variable: a, change: moved, reason: R., state: confirmed}\n"
    )
    held, _, _ = parse_yaml("c.yml", text, CrosswalkFile)
    assert held is not None
    line = held.changes[0].model_copy(update={"variable": "b", "state": "automatic"})
    longer = with_lines_added(text, held, held.model_copy(update={"changes": [*held.changes, line]}))
    assert longer.startswith(text)
    assert with_lines_added(text, held, held) == text
    shorter = with_lines_added(longer, held.model_copy(update={"changes": [*held.changes, line]}), held)
    assert parse_yaml("c.yml", shorter, CrosswalkFile)[0] == held
