from __future__ import annotations

from hypothesis import given

from cityfolio.engine.plain import PlainEngine
from cityfolio.harmonise.editions import EditionRule, held_answers, matched_units, wave_patterns
from cityfolio.model.edition import ALL
from cityfolio.tabulate.groups import roll_up
from tests.tabulate.surveys import POOLED, WAVES, MadeUp, choice, survey, surveys

FUNDS = choice("funds", {"buildings": WAVES, "training": ["2020"]})

ANSWERS = """
    | wave | city    | funds         |
    | 2018 | Delft   | buildings     |
    | 2020 | Delft   | (unanswered)  |
    | 2018 | Genoa   | buildings     |
    | 2020 | Genoa   | (routed_past) |
    | 2018 | Leipzig | buildings     |
    | 2020 | Porto   | training      |
    | 2018 | Turku   | (refused)     |
    | 2020 | Turku   | (unanswered)  |
"""


def held(rule: EditionRule) -> dict[str, tuple[str, str]]:
    answers = survey(ANSWERS, FUNDS)
    found = held_answers(answers, POOLED, "funds", rule)
    return {
        unit: (one.wave, " ".join(one.answer.codes) or (one.answer.missing.value if one.answer.missing else "none"))
        for unit, one in found.items()
    }


def test_the_latest_response_takes_all_answers_from_one_wave() -> None:
    assert held(EditionRule.LATEST_RESPONSE) == {
        "Delft": ("2020", "unanswered"),
        "Genoa": ("2020", "routed_past"),
        "Leipzig": ("2018", "buildings"),
        "Porto": ("2020", "training"),
        "Turku": ("2020", "unanswered"),
    }


def test_the_latest_answer_goes_back_where_there_is_none_but_not_behind_a_routing_past() -> None:
    assert held(EditionRule.LATEST_ANSWER) == {
        "Delft": ("2018", "buildings"),
        "Genoa": ("2020", "routed_past"),
        "Leipzig": ("2018", "buildings"),
        "Porto": ("2020", "training"),
        "Turku": ("2020", "unanswered"),
    }


def test_the_matched_panel_holds_only_units_that_took_part_every_time() -> None:
    assert sorted(held(EditionRule.MATCHED_PANEL)) == ["Delft", "Genoa", "Turku"]
    assert matched_units(survey(ANSWERS, FUNDS), WAVES) == {"Delft", "Genoa", "Turku"}


@given(surveys())
def test_the_latest_response_is_what_the_engine_counts(made: MadeUp) -> None:
    counted = roll_up(PlainEngine(made.answers, made.groups).count(POOLED, ["goals"], [])["goals"])[ALL]
    assert wave_patterns(held_answers(made.answers, POOLED, "goals")) == counted


@given(surveys())
def test_the_latest_answer_never_has_fewer_answers_than_the_latest_response(made: MadeUp) -> None:
    def answered(rule: EditionRule) -> int:
        return sum(one.answer.missing is None for one in held_answers(made.answers, POOLED, "goals", rule).values())

    assert answered(EditionRule.LATEST_ANSWER) >= answered(EditionRule.LATEST_RESPONSE)
