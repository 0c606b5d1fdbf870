"""The example's questionnaires against a table of codes, and its responses against its questionnaires.

Rows may be appended to the example at any time, so nothing here counts cities.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from cityfolio.findings import Finding
from cityfolio.harmonise.crosswalk import Crosswalk, load_crosswalk
from cityfolio.instrument.codebook import kind_findings, make_codebook
from cityfolio.instrument.loading import load_instrument
from cityfolio.intake.coding import MissingTokens
from cityfolio.intake.responses import Context, read_corrected_responses
from cityfolio.intake.units import read_units
from cityfolio.model.instrument import Instrument, Question, Routing
from cityfolio.reading.text import Source

EXAMPLE = Path(__file__).parents[2] / "examples" / "innovation-capacity"
WAVES = ("2018", "2020")

POLICY_AREAS = """
    transport_mobility economic_development housing health policing waste_sewage tourism
    social_welfare social_inclusion public_works land_use labour_market government_finance
    environment_climate digital_governance culture blight built_environment education
"""

# The codes that the data of both waves use. They are stored in responses, so they never change.
SINGLE = {
    "has_strategy": "yes no",
    "approach": "holistic specific both neither",
    "has_team": "yes no",
    "team_location": "mayors_office city_manager_office city_hall department independent_body spread",
    "has_funding": "yes no",
}
MULTIPLE = {
    "outcomes": """
        resident_outcomes service_delivery internal_operations save_costs simplify_procedures
        future_challenges new_revenue engage_stakeholders current_obligations
    """,
    "success_factors": """
        mayor_leadership city_manager_leadership dedicated_team dedicated_funding measurement_focus
        innovation_culture outside_support partner_engagement hr_support
    """,
    "policy_areas": f"{POLICY_AREAS} none",
    "roles": """
        project_manager data_scientist community_engagement communication_officer designer engineer
        sociologist none
    """,
    "terms": """
        human_centred_design data_analytics technological_innovation experimentation
        big_picture_rethinking resident_engagement behavioural_economics bold_leadership
        partnership_capacity
    """,
    "activities": """
        risk_testing data_driven resident_engagement digital_solutions organisational_change
        human_centred_design financing_partnerships
    """,
    "funding_sources": "national_budget municipal_budget external none",
    "funded_activities": "idea_generation digital_systems physical_infrastructure paying_services none",
    "partners": """
        public_agencies city_departments private_firms nonprofits residents academia_think_tanks none
    """,
    "data_partners": "academia think_tanks private_sector philanthropy other_cities",
    "data_sufficient": POLICY_AREAS,
}
OF_ONE_WAVE = {"2018": {"launch_project"}, "2020": {"training_staff"}}


def source(name: str) -> Source:
    return Source(EXAMPLE / name, name)


def instrument(wave: str) -> Instrument:
    loaded, findings = load_instrument(wave, source(f"instruments/{wave}.yml"))
    assert findings == []
    assert loaded is not None
    return loaded


def questions(wave: str) -> list[Question]:
    return list(instrument(wave).questions.values())


def columns(wave: str) -> list[str]:
    with (EXAMPLE / "responses" / f"{wave}.csv").open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def crosswalk() -> tuple[Crosswalk, list[Finding]]:
    instruments = {wave: instrument(wave) for wave in WAVES}
    loaded, findings = load_crosswalk(source("crosswalks/2018-2020.yml"), instruments)
    assert loaded is not None
    return loaded, findings


@pytest.mark.parametrize("wave", WAVES)
def test_each_choice_question_offers_exactly_the_codes_of_its_wave(wave: str) -> None:
    offered = {q.variable: (q.kind.value, set(q.by_code)) for q in questions(wave) if q.kind.is_choice}
    single = {variable: ("single", set(codes.split())) for variable, codes in SINGLE.items()}
    multiple = {variable: ("multiple", set(codes.split())) for variable, codes in MULTIPLE.items()}
    multiple["funded_activities"][1].update(OF_ONE_WAVE[wave])
    assert offered == single | multiple


@pytest.mark.parametrize("wave", WAVES)
def test_each_column_of_the_responses_is_a_question_or_its_own_words(wave: str) -> None:
    asked = {q.variable for q in questions(wave)}
    own_words = {f"{q.variable}_other" for q in questions(wave) if q.own_words}
    assert set(columns(wave)) == {"unit"} | asked | own_words


@pytest.mark.parametrize("wave", WAVES)
def test_all_responses_are_coded_and_nothing_blocks(wave: str) -> None:
    instruments = [instrument(each) for each in WAVES]
    variables = make_codebook(instruments)
    units, findings = read_units(source("units.csv"))
    context = Context(instrument(wave), variables, units, MissingTokens())
    responses, _, more = read_corrected_responses(source(f"responses/{wave}.csv"), context, ())
    assert [finding.message for finding in [*findings, *more] if finding.blocks] == []
    assert responses != []
    assert {variable for response in responses for variable in response.answers} == set(variables)


@pytest.mark.parametrize("wave", WAVES)
def test_a_category_that_says_none_goes_with_no_other(wave: str) -> None:
    exclusive = {(q.variable, c.code) for q in questions(wave) for c in q.choices if c.exclusive}
    assert exclusive == {(q.variable, "none") for q in questions(wave) if "none" in q.by_code}


@pytest.mark.parametrize("wave", WAVES)
def test_only_the_questions_on_funding_are_routed_past_and_only_by_no_funding(wave: str) -> None:
    routed = {q.variable: q.routed_past_by for q in questions(wave) if q.universe or q.routed_past_by}
    no_funding = (Routing("has_funding", ("no",)),)
    assert routed == {"funding_sources": no_funding, "funded_activities": no_funding}


@pytest.mark.parametrize("wave", WAVES)
def test_the_caps_are_those_inferred_from_the_lists_on_record(wave: str) -> None:
    caps = {q.variable: q.cap for q in questions(wave) if q.cap is not None}
    assert caps == {"terms": 2, "policy_areas": 2, "outcomes": 3}


@pytest.mark.parametrize("wave", WAVES)
def test_names_of_persons_are_kept_out_of_released_files(wave: str) -> None:
    kept = {q.variable for q in questions(wave) if q.personal and not q.released}
    assert kept == {"head_of_city", "lead_innovation_officer"}


@pytest.mark.parametrize("wave", WAVES)
def test_every_question_has_a_label_a_wording_and_its_evidence(wave: str) -> None:
    bare = [q.variable for q in questions(wave) if not (q.label and q.wording)]
    unproven = [q.variable for q in questions(wave) if q.evidence not in ("form", "quoted", "derived")]
    assert (bare, unproven) == ([], [])
    assert "reconstruction" in instrument(wave).note


def test_no_variable_is_answered_in_two_ways() -> None:
    assert kind_findings([instrument(wave) for wave in WAVES], WAVES) == []


def test_the_crosswalk_names_each_difference_of_the_categories_and_no_other() -> None:
    loaded, findings = crosswalk()
    assert findings == []
    labels = [{(q.variable, c.code): c.label for q in questions(wave) for c in q.choices} for wave in WAVES]
    earlier, later = labels
    different = {(*key, "dropped") for key in earlier.keys() - later.keys()}
    different |= {(*key, "added") for key in later.keys() - earlier.keys()}
    different |= {(*key, "reworded") for key in earlier.keys() & later.keys() if earlier[key] != later[key]}
    assert {(c.variable, c.category, c.change) for c in loaded.changes} == different
    assert {c.state for c in loaded.changes} == {"confirmed"}
