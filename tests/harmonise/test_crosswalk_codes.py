from __future__ import annotations

from pathlib import Path

import pytest

from cityfolio.harmonise.crosswalk import Change, load_crosswalk
from cityfolio.model.instrument import Choice, Instrument, Question, Section
from cityfolio.model.variable import Kind
from cityfolio.reading.text import Source


def instrument(wave: str, *codes: str) -> Instrument:
    question = Question("areas", Kind.MULTIPLE, "Areas", choices=tuple(Choice(code, code) for code in codes))
    return Instrument(wave, wave, (Section("s", "S", (question,)),))


INSTRUMENTS = {
    "2018": instrument("2018", "roads", "rail", "housing"),
    "2020": instrument("2020", "transport", "homes", "rents"),
}

TEXT = """\
format: 1
earlier: 2018
later: 2020
changes:
  - variable: areas
    category: {category}
    change: {change}
    codes: [{codes}]
    reason: One label for both.
    state: confirmed
"""


def load(tmp_path: Path, category: str, change: str, codes: str) -> tuple[tuple[Change, ...], list[str]]:
    path = tmp_path / "2018-2020.yml"
    path.write_text(TEXT.format(category=category, change=change, codes=codes), encoding="utf-8")
    crosswalk, findings = load_crosswalk(Source(path, "crosswalks/2018-2020.yml"), INSTRUMENTS)
    return (crosswalk.changes if crosswalk else ()), [finding.code for finding in findings]


def test_a_merger_and_a_split_name_their_codes(tmp_path: Path) -> None:
    changes, findings = load(tmp_path, "transport", "merged", "roads, rail")
    assert (changes[0].codes, findings) == (("roads", "rail"), [])
    changes, findings = load(tmp_path, "housing", "split", "homes, rents")
    assert (changes[0].codes, findings) == (("homes", "rents"), [])


@pytest.mark.parametrize(
    ("category", "change", "codes", "finding"),
    [
        ("transport", "merged", "roads, rial", "crosswalk.unknown-code"),
        ("transport", "merged", "roads, rents", "crosswalk.contradicts"),
        ("housing", "merged", "roads, rail", "crosswalk.contradicts"),
        ("transport", "split", "roads, rail", "crosswalk.contradicts"),
        ("housing", "reworded", "homes", "crosswalk.contradicts"),
    ],
)
def test_codes_that_the_instruments_do_not_have_there_block(
    tmp_path: Path, category: str, change: str, codes: str, finding: str
) -> None:
    assert finding in load(tmp_path, category, change, codes)[1]
