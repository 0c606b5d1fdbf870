"""A number that was answered in the words of a text beside it: no number is made of them, and they are no gap either."""

from __future__ import annotations

from pathlib import Path

from cityfolio.instrument.codebook import make_codebook
from cityfolio.instrument.loading import load_instrument
from cityfolio.intake.coding import MissingTokens
from cityfolio.intake.responses import Context, read_corrected_responses
from cityfolio.model.missing import Missing
from cityfolio.reading.text import Source

INSTRUMENT = """
format: 1
title: Questionnaire
sections:
  - id: team
    title: Team
    questions:
      - {variable: has_team, kind: single, label: Team, categories: [{code: yes, label: "Yes"}, {code: no, label: "No"}]}
      - variable: staff
        kind: number
        label: Staff
        universe: {text: Cities with a team, routed_past_by: {has_team: [no]}}
      - {variable: staff_text, kind: text, label: Staff in words, describes: staff}
"""


def coded(folder: Path, rows: str, instrument: str = INSTRUMENT) -> dict[str, float | Missing | None]:
    """What each unit of the rows `unit,has_team,staff,staff_text` says about its staff."""
    (folder / "i.yml").write_text(instrument, encoding="utf-8")
    (folder / "r.csv").write_text("unit,has_team,staff,staff_text\n" + rows, encoding="utf-8")
    read, findings = load_instrument("2020", Source(folder / "i.yml", "i.yml"))
    assert read is not None
    assert findings == []
    tokens = MissingTokens(tokens={"refused": Missing.REFUSED})
    context = Context(read, make_codebook([read]), None, tokens)
    responses, _, _ = read_corrected_responses(Source(folder / "r.csv", "r.csv"), context, ())
    answers = {response.unit: response.answers["staff"] for response in responses}
    return {unit: answer.number if answer.missing is None else answer.missing for unit, answer in answers.items()}


def test_words_beside_an_empty_number_are_the_reason_that_there_is_none(tmp_path: Path) -> None:
    assert coded(tmp_path, "seoul,yes,,more than 100\nporto,yes,6,\nturku,yes,,\n") == {
        "seoul": Missing.IN_WORDS,
        "porto": 6.0,
        "turku": Missing.NOT_ON_RECORD,
    }


def test_a_number_with_words_beside_it_stays_a_number(tmp_path: Path) -> None:
    assert coded(tmp_path, "porto,yes,6,six or so\n") == {"porto": 6.0}


def test_who_was_routed_past_the_number_was_not_asked_for_words(tmp_path: Path) -> None:
    assert coded(tmp_path, "porto,no,,about ten\n") == {"porto": Missing.ROUTED_PAST}


def test_words_count_for_more_than_a_refused_number_and_refused_words_are_none(tmp_path: Path) -> None:
    assert coded(tmp_path, "porto,yes,refused,about ten\nturku,yes,refused,refused\n") == {
        "porto": Missing.IN_WORDS,
        "turku": Missing.REFUSED,
    }


def test_a_text_in_confidence_does_not_show_in_a_number_that_is_released(tmp_path: Path) -> None:
    secret = INSTRUMENT.replace("describes: staff}", "describes: staff, released: false}")
    assert coded(tmp_path, "seoul,yes,,more than 100\n", secret) == {"seoul": Missing.NOT_ON_RECORD}
