"""Every finding in the catalogue is produced by a test, and stands in the reference with its words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cityfolio.findings import CATALOGUE, Rule

from .mistakes import ASKS, BLOCKS, TELLS

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference" / "findings.md"


def codes_named_in_tests() -> set[str]:
    """Codes of files outside of programmes, and of releases, are produced by the tests of the commands about them."""
    files = [
        file for folder in ("tabulate", "instrument", "importing") for file in (ROOT / "tests" / folder).rglob("*.py")
    ]
    builds = ("test_releases", "test_anonymity", "test_corrections", "test_disclosure_between_releases")
    files += [ROOT / "tests" / "build" / f"{name}.py" for name in builds]
    return {code for file in files for code in CATALOGUE if f'"{code}"' in file.read_text("utf-8")}


def test_every_finding_is_produced_by_a_test() -> None:
    produced = {mistake.code for mistake in (*BLOCKS, *ASKS, *TELLS)} | codes_named_in_tests()
    assert set(CATALOGUE) - produced == set()


@pytest.mark.parametrize(("code", "rule"), CATALOGUE.items(), ids=list(CATALOGUE))
def test_a_finding_says_what_was_found_why_and_what_to_do(code: str, rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+\.[a-z]+(-[a-z]+)*", code)
    for sentence in (rule.found, rule.why, rule.do):
        assert sentence
        assert sentence == "{found}" or sentence == "{need}" or sentence.rstrip('"')[-1] in ".}?"


def test_the_reference_lists_exactly_the_catalogue() -> None:
    listed = re.findall(r"^#+ `?([a-z]+\.[a-z-]+)`?", REFERENCE.read_text("utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(CATALOGUE)
