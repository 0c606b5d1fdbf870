"""On a page of facts the groups of one kind stand together, under what the kind is called, in the order of the programme."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

import pytest
import yaml

from tests.programmes import EXAMPLE

SECTION = re.compile(r"<section>\s*<h2>([^<]*)</h2>(.*?)</section>", re.DOTALL)
KIND_OR_FACT = re.compile(r'<h3>([^<]*)</h3>|<p id="[^".]*\.([a-z_]+):([^".]+)[^"]*"')


def _kinds_shown(section: str) -> list[tuple[str, str, list[str]]]:
    """What each kind of groups is called on the page, its id, and the keys of its groups as they follow one another."""
    shown, title = [], ""
    for heading, kind, key in KIND_OR_FACT.findall(section):
        title = title if kind else heading
        if kind:
            shown.append((title, kind, key))
    return [(*of, [key for *_, key in those]) for of, those in groupby(shown, key=lambda one: one[:2])]


@pytest.mark.parametrize("language", ["", "ko/"])
def test_groups_stand_by_their_kind(example_site: Path, language: str) -> None:
    rules = yaml.safe_load((EXAMPLE / "programme.yml").read_text("utf-8"))["groups"]
    page = (example_site / language / "facts" / "2018-2020" / "success_factors" / "index.html").read_text("utf-8")
    sections = dict(SECTION.findall(page))
    assert len(sections) > 10
    several = 0
    for section in sections.values():
        shown = _kinds_shown(section)
        kinds = [kind for _, kind, _ in shown]
        assert len(set(kinds)) == len(kinds)
        assert len({title for title, _, _ in shown} - {""}) == len(shown)
        ruled = [kind for kind in kinds if kind in {rule["kind"] for rule in rules}]
        assert ruled == [rule["kind"] for rule in rules if rule["kind"] in ruled]
        assert kinds[: len(ruled)] == ruled
        several += len(ruled) > 1
        for _, kind, keys in shown:
            bands = [band["key"] for rule in rules if rule["kind"] == kind for band in rule.get("bands", ())]
            once = list(dict.fromkeys(keys))
            assert not bands or once == [band for band in bands if band in once]
    assert several > 5
