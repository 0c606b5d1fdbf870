"""Published figures: only measures that are known, only numbers that can be, and no word said twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.programmes import ProgrammeFolder

from cityfolio.findings import Finding
from cityfolio.intake.published import read_published
from cityfolio.model.edition import Edition
from cityfolio.model.fact import Fact
from cityfolio.narrative.composing import published_value
from cityfolio.narrative.languages import language_of
from cityfolio.publish.facts import FACT_COLUMNS, fact_record
from cityfolio.reading.text import Source

HEADER = "edition,variable,category,measure,value,base,note,source_url\n"


def read(row: str, folder: Path) -> tuple[list[Fact], list[Finding]]:
    (folder / "published.csv").write_text(f"{HEADER}{row}\n", "utf-8")
    source = Source(folder / "published.csv", "published.csv")
    return read_published(source, [Edition("2018", ("2018",), "survey of 2018")], {}, ("ghost", "content"))


@pytest.mark.parametrize(
    ("row", "code", "at", "found"),
    [
        (
            "2018,ghost,yes,shar,12,,,",
            "programme.unknown-name",
            "published.csv, line 2, column measure",
            'The measure "shar" is not known here (did you mean "share"?).',
        ),
        (
            "2018,ghost,yes,,12,,,",
            "programme.unknown-name",
            "published.csv, line 2, column measure",
            'The measure "" is not known here.',
        ),
        (
            "2018,ghost,yes,share,12,-5,,",
            "intake.impossible-figure",
            "published.csv, line 2, column base",
            "-5 cannot be: it is below zero.",
        ),
        (
            "2018,ghost,yes,share,-12,,,",
            "intake.impossible-figure",
            "published.csv, line 2, column value",
            "-12 cannot be: it is below zero.",
        ),
        (
            "2018,ghost,yes,count,3.5,,,",
            "intake.impossible-figure",
            "published.csv, line 2, column value",
            "3.5 cannot be: units are counted in whole numbers.",
        ),
        (
            "2018,ghost,yes,share,12,-,,",
            "intake.no-number",
            "published.csv, line 2, column base",
            '"-" is no number.',
        ),
    ],
)
def test_a_figure_that_cannot_be_is_found(row: str, code: str, at: str, found: str, tmp_path: Path) -> None:
    facts, findings = read(row, tmp_path)
    assert facts == []
    assert [(finding.code, str(finding.at), finding.found) for finding in findings] == [(code, at, found)]


def test_every_known_measure_is_read(tmp_path: Path) -> None:
    for measure in ("count", "share", "share_phrase", "mean", "number", "rank"):
        facts, findings = read(f"2018,ghost,yes,{measure},12,,,", tmp_path)
        assert ([fact.key.measure for fact in facts], findings) == ([measure], [])


@pytest.mark.parametrize(
    ("row", "note", "phrase"),
    [
        ("2018,ghost,yes,share,92,,base not printed,", "base not printed; numerator not printed", ""),
        ("2018,ghost,yes,share,92,,,", "numerator not printed; base not printed", ""),
        ("2018,ghost,yes,rank,1,,,", "", ""),
        (
            "2018,ghost,yes,share_phrase,more_than_half,,printed as a phrase; no number,",
            "more than half; printed as a phrase; no number; numerator not printed; base not printed",
            "more than half",
        ),
    ],
)
def test_the_note_says_once_what_is_not_printed(row: str, note: str, phrase: str, tmp_path: Path) -> None:
    ((fact,), _) = read(row, tmp_path)
    assert (fact.note, fact.phrase) == (note, phrase)


def test_whom_a_published_base_leaves_out_is_empty_not_nothing(small: ProgrammeFolder, tmp_path: Path) -> None:
    ((fact,), _) = read("2018,ghost,yes,count,30,70,,", tmp_path)
    record = dict(zip(FACT_COLUMNS, fact_record(fact), strict=True))
    assert record == {
        **dict.fromkeys(FACT_COLUMNS, ""),
        "fact": "published.2018.ghost.yes.all.count",
        "edition": "2018",
        "variable": "ghost",
        "category": "yes",
        "group": "all",
        "measure": "count",
        "numerator": "30",
        "base": "70",
        "value": "30",
        "source": "published",
        "base_rule": record["base_rule"],
    }


def test_a_number_that_is_no_share_stands_as_it_was_printed(tmp_path: Path) -> None:
    facts, findings = read("2018,content,all,number,7.1,,out of ten,", tmp_path)
    assert findings == []
    assert published_value(facts[0], language_of("en").grammar) == "7.1"
    assert facts[0].note == "out of ten; base not printed"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["2018,content,all,mean,7.1,,,", "2018,content,few,mean,6.2,,,"], ["7.1"]),
        (["2018,content,all,mean,120,,,"], ["120"]),
        # Small shares beside large ones are per cent.
        (["2018,content,all,mean,86,,,", "2018,content,few,mean,6.2,,,"], []),
        (["2018,content,all,share,7.1,,,"], []),
        (["2018,content,all,number,7.1,,,"], []),
    ],
)
def test_a_mean_that_does_not_look_like_per_cent_is_told(rows: list[str], told: list[str], tmp_path: Path) -> None:
    _, findings = read("\n".join(rows), tmp_path)
    assert [(f.code, f.facts["got"]) for f in findings] == [("intake.mean-as-share", got) for got in told]
