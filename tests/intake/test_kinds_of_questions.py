"""Rankings, scales and grids: from the questionnaire to facts."""

from __future__ import annotations

from pathlib import Path

from cityfolio.engine.plain import PlainEngine
from cityfolio.instrument.codebook import make_codebook
from cityfolio.instrument.loading import load_instrument
from cityfolio.intake.coding import MissingTokens
from cityfolio.intake.responses import Context, read_corrected_responses
from cityfolio.model.answer import CodedAnswers
from cityfolio.model.edition import Edition
from cityfolio.model.unit import Unit
from cityfolio.reading.text import Source
from cityfolio.tabulate.facts import edition_facts

INSTRUMENT = """
format: 1
title: Questionnaire
sections:
  - id: all
    title: All
    questions:
      - variable: goals
        kind: ranked
        label: Goals
        categories: [{code: roads, label: Roads}, {code: rents, label: Rents}, {code: rain, label: Rain}]
      - variable: trust
        kind: grid
        label: Trust
        boxes: 1
        rows: [{code: mayor, label: in the mayor}, {code: council, label: in the council}]
        categories:
          - {code: low, label: Low, score: 1}
          - {code: some, label: Some, score: 2}
          - {code: high, label: High, score: 3}
          - {code: varies, label: It varies}
"""

RESPONSES = """unit,goals,trust_mayor,trust_council
delft,rain roads,high,low
porto,roads=rents,some,
turku,,varies,low
"""


def facts_of(folder: Path, responses: str = RESPONSES) -> dict[tuple[str, str, str], tuple[int | None, int, float]]:
    (folder / "instrument.yml").write_text(INSTRUMENT, encoding="utf-8")
    (folder / "responses.csv").write_text(responses, encoding="utf-8")
    instrument, findings = load_instrument("2020", Source(folder / "instrument.yml", "instrument.yml"))
    assert instrument is not None
    assert findings == []
    units = {name: Unit(name, name, name) for name in ("delft", "porto", "turku")}
    variables = make_codebook([instrument])
    context = Context(instrument, variables, units, MissingTokens())
    answered, _, findings = read_corrected_responses(Source(folder / "responses.csv", "responses.csv"), context, ())
    assert findings == []
    answers = CodedAnswers(units, variables, ("2020",), tuple(answered))
    engine = PlainEngine(answers, {(unit, "2020"): () for unit in units})
    facts = edition_facts(engine, Edition("2020", ("2020",)), variables, [])
    return {
        (f.key.variable, f.key.category, f.key.measure): (f.numerator, f.base.counted, f.value)
        for f in facts
        if f.base is not None and f.value is not None
    }


def test_a_ranking_counts_first_choices_with_ties_and_mean_ranks(tmp_path: Path) -> None:
    facts = facts_of(tmp_path)
    assert facts["goals", "roads", "share_first"] == (1, 2, 0.5)
    assert facts["goals", "rents", "share_first"] == (1, 2, 0.5)  # roads and rents share Porto's first rank
    assert facts["goals", "rain", "share_first"] == (1, 2, 0.5)
    assert facts["goals", "roads", "mean_rank"] == (None, 2, 1.5)
    assert facts["goals", "rents", "share"] == (1, 2, 0.5)  # ranked at all


def test_every_row_of_a_grid_is_a_scale_with_a_base_of_its_own(tmp_path: Path) -> None:
    facts = facts_of(tmp_path)
    assert facts["trust_mayor", "high", "share"] == (1, 3, 1 / 3)
    assert facts["trust_mayor", "", "share_top_box"] == (1, 3, 1 / 3)
    assert facts["trust_mayor", "", "mean_score"] == (None, 2, 2.5)  # "it varies" has no place in a mean
    assert facts["trust_council", "low", "share"] == (2, 2, 1.0)


def test_a_rank_that_a_tie_took_is_not_given_again(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, "unit,goals,trust_mayor,trust_council\ndelft,roads=rents rain,,\n")
    assert facts["goals", "rain", "mean_rank"] == (None, 1, 3.0)
