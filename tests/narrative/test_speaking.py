"""How many give the same answer: the base includes the city itself, and every size of base has its phrase."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cityfolio.build.programme import check_programme
from cityfolio.model.edition import ALL, Edition
from cityfolio.model.fact import PUBLISHED, Base, Fact, FactKey
from cityfolio.model.variable import Kind, Variable
from cityfolio.narrative.composing import Speaker
from cityfolio.narrative.grammar import English
from cityfolio.narrative.sentence import Run, plain_text
from cityfolio.tabulate.facts import FactStore
from tests.properties.test_sentences import PROGRAMME

from ..programmes import ProgrammeFolder


def speaker(*facts: Fact) -> Speaker:
    """Somebody who speaks of these facts; a speaker remembers what it said of a fact, so each test has its own."""
    return Speaker(PROGRAMME.wording, English(), FactStore.of(facts), "city", "cities", 10)


def share(numerator: int, base: int) -> Fact:
    return Fact(FactKey("2020", "q", "a", ALL, "share"), numerator, Base(base), numerator / base)


@pytest.mark.parametrize(
    ("numerator", "base", "said"),
    [
        (44, 85, "as do 44 of the 85 cities with an answer on record (52 %)"),
        (85, 85, "as do all 85 cities with an answer on record"),
        (1, 85, "alone among the 85 cities with an answer on record"),
        (3, 9, "as do 3 of the 9 cities with an answer on record"),
        (1, 1, "as the only city with an answer on record"),
    ],
)
def test_the_same_answer_is_said_with_its_base(numerator: int, base: int, said: str) -> None:
    sentence = speaker().same_answer(share(numerator, base), "same")
    assert sentence is not None
    assert plain_text(sentence) == said


def test_nobody_and_nothing_have_no_phrase() -> None:
    assert speaker().same_answer(share(0, 85), "same") is None
    assert speaker().same_answer(None, "same") is None
    assert speaker().in_words(None) is None


def test_words_for_a_share_never_stand_without_its_number() -> None:
    sentence = speaker().in_words(share(43, 86))
    assert sentence is not None
    assert plain_text(sentence) == "half of the cities with an answer on record (43 of 86, 50 %)"
    assert [run for run in sentence if run.fact] == [
        Run("43", "2020.q.a.all.share", "numerator"),
        Run("86", "2020.q.a.all.share", "base"),
        Run("50 %", "2020.q.a.all.share", "share"),
    ]


def test_a_published_figure_says_whose_it_is_and_that_no_base_is_printed() -> None:
    responded = Fact(FactKey("2018-2020", "_survey", "responded", ALL, "count", PUBLISHED), 147, None, 147.0)
    printed = Fact(FactKey("2018-2020", "q", "a", ALL, "share", PUBLISHED), None, None, 0.5)
    said = speaker(responded, printed).published(printed, PROGRAMME.manifest.editions)
    assert said is not None
    assert plain_text(said) == "published: 50 %, survey of 147 cities in 2018 and 2020, base not printed"


def test_a_replaced_phrase_can_only_use_the_names_that_it_gets(example: ProgrammeFolder) -> None:
    wording = example.path / "wording" / "en.yml"
    wording.write_text(wording.read_text("utf-8") + 'phrases:\n  words.thin: "{numerator} von {bass}"\n', "utf-8")
    found = [finding for finding in check_programme(example.path) if finding.code == "wording.unknown-name"]
    assert [(finding.facts["got"], finding.facts["suggestion"]) for finding in found] == [("bass", "base")]


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("survey of 2020", "published: 52 %, survey of 2020, base 85"),
        ("2020", "published: 52 %, survey of 2020, base 85"),
    ],
)
def test_a_title_that_says_survey_is_not_told_as_the_survey_of_a_survey(title: str, said: str) -> None:
    fact = Fact(FactKey("2020", "q", "a", ALL, "share", PUBLISHED), None, Base(85), 0.52)
    sentence = speaker(fact).published(fact, {"2020": Edition("2020", ("2020",), title)})
    assert sentence is not None
    assert plain_text(sentence) == said


def test_numbers_that_were_given_are_grouped_unless_they_are_years() -> None:
    people = Variable("people", Kind.NUMBER, "People", ("2020",))
    assert speaker().given(people, 3500000) == "3,500,000"
    assert speaker().given(replace(people, summarised=False), 2020) == "2020"
