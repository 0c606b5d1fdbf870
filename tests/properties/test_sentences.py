"""Sentences are whole or not there: whatever a city answers, its page has no gap and no left-over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cityfolio.build.facts import all_facts
from cityfolio.build.programme import Programme, load_programme
from cityfolio.engine.plain import PlainEngine
from cityfolio.model.answer import Answer, CodedAnswers, Response
from cityfolio.model.missing import Missing
from cityfolio.model.unit import Unit
from cityfolio.model.variable import Kind, Variable
from cityfolio.narrative.composing import Speaker, compose
from cityfolio.narrative.grammar import English
from cityfolio.narrative.patterns import BrokenPattern, parse_pattern
from cityfolio.narrative.sentence import Run, Sentence, plain_text, text
from cityfolio.profile.building import ProfileBuilder
from cityfolio.profile.document import MissingBlock, ProfileDocument
from cityfolio.tabulate.facts import FactStore, edition_facts
from cityfolio.tabulate.unit_facts import unit_facts
from tests.programmes import EXAMPLE

PROGRAMME = load_programme(EXAMPLE)
STORE = all_facts(PROGRAMME)
EDITION = PROGRAMME.manifest.editions["2018-2020"]
NAMES = ["Busan", "Athens", "Bend, OR", "Saint-Étienne", "부산광역시", "San Luis Potosí", "Be'er Sheva"]
OWN = st.sampled_from(["our own words", "IT staff", "a, b and c", "100 % green", "über"])

LEFT_OVER = re.compile(r"\bNone\b|N/A|nan\b|[{}]|\s{2}|\s[,.;:]|,,|\.\.|\(\)|“”|^\s|\s$|\ba [aeiou]\w+ of\b")


@st.composite
def answers(draw: st.DrawFn, variable: Variable, wave: str) -> Answer:
    """Any answer that the questionnaire of the wave allows, or none."""
    if wave not in variable.waves:
        return Answer.without(Missing.NOT_ASKED)
    if draw(st.integers(0, 3)) == 0:
        never = {Missing.NOT_ASKED, Missing.NOT_OFFERED} | (set() if variable.universe else {Missing.ROUTED_PAST})
        reasons = [reason for reason in Missing if reason not in never]
        return Answer.without(draw(st.sampled_from(reasons)))
    if variable.kind is Kind.NUMBER:
        number = draw(st.sampled_from([0.0, 1.0, 2.0, 7.0, 2019.0, 3500000.0]))
        return Answer(0, number=number, text=str(number))
    if variable.kind is Kind.TEXT:
        words = draw(st.lists(OWN, min_size=1, max_size=3, unique=True))
        return Answer(0, own_words=tuple(words) if len(words) > 1 else (), text="; ".join(words))
    offered = [category.code for category in variable.categories if wave in category.waves]
    most = 1 if variable.kind is Kind.SINGLE else 4
    codes = draw(st.lists(st.sampled_from(offered), min_size=int(most == 1), max_size=most, unique=True))
    own = tuple(draw(st.lists(OWN, max_size=2, unique=True))) if variable.own_words else ()
    if not codes and not own:
        return Answer.without(Missing.NOT_ON_RECORD)
    return Answer(sum(variable.bits[code] for code in codes), tuple(codes), own)


class Made:
    """A document with a short name, so that a failing test can be read."""

    def __init__(self, document: ProfileDocument) -> None:
        self.document = document

    def __repr__(self) -> str:
        return f"the page of {self.document.name}"


@st.composite
def documents(draw: st.DrawFn) -> Made:
    """The document of a made-up city with any name and any answers in one or both waves."""
    variables = PROGRAMME.answers.variables
    unit = Unit("made-up", "Made up", draw(st.sampled_from(NAMES)), {"country": "Nowhere"})
    waves = draw(st.sampled_from([("2018",), ("2020",), ("2018", "2020")]))
    given_answers = [
        Response("made-up", wave, {v.id: draw(answers(v, wave)) for v in variables.values()}) for wave in waves
    ]
    return Made(document_of(PROGRAMME, unit, given_answers))


def document_of(programme: Programme, unit: Unit, responses: list[Response]) -> ProfileDocument:
    """The document of a city that is new in the programme; it counts in all numbers, as any city does."""
    known, variables = programme.answers, programme.answers.variables
    everybody = CodedAnswers({**known.units, unit.id: unit}, variables, known.waves, (*known.responses, *responses))
    groups = {(response.unit, response.wave): () for response in everybody.responses}
    facts = [*edition_facts(PlainEngine(everybody, groups), EDITION, variables, []), *unit_facts(everybody)]
    store = FactStore({**STORE.facts, **{fact.key: fact for fact in facts}})
    nouns = programme.manifest.content.unit
    speaker = Speaker(programme.wording, English(), store, nouns.one, nouns.many, programme.plan.thin_base)
    builder = ProfileBuilder(everybody, EDITION, programme.manifest.editions, programme.plan, speaker)
    return builder.profile(unit.id)


def sentences_in(held: object) -> Iterator[Sentence]:
    """Every sentence of a document, wherever it stands."""
    if isinstance(held, tuple) and held and all(isinstance(item, Run) for item in held):
        yield held
    elif isinstance(held, tuple):
        for item in held:
            yield from sentences_in(item)
    elif hasattr(held, "__dataclass_fields__") and not isinstance(held, Run):
        for name in held.__dataclass_fields__:
            yield from sentences_in(getattr(held, name))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents())
def test_whatever_a_city_answers_its_sentences_are_whole(made: Made) -> None:
    for sentence in sentences_in(made.document):
        said = plain_text(sentence)
        assert not LEFT_OVER.search(said), said


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents())
def test_no_section_stands_empty_and_no_answer_is_passed_over_in_silence(made: Made) -> None:
    document = made.document
    assert all(section.blocks for section in document.sections)
    blocks = [block for section in document.sections for block in section.blocks]
    said = {(getattr(block, "variable", ""), block.kind) for block in blocks}
    said |= {(name, block.kind) for block in blocks if isinstance(block, MissingBlock) for name in block.variables}
    spoken_by = {"has_team": {"team_place", "team_described"}, "roles": {"roles_number"}}
    for variable in ("has_strategy", "approach", "policy_areas", "has_team", "roles", "has_funding", "partners"):
        kinds = {kind for name, kind in said if name == variable}
        ids = {variable} | spoken_by.get(variable, set())
        spoken = any(getattr(block, "id", "") in ids for block in blocks)
        assert spoken or kinds & {"missing", "answers", "earlier"}, variable


@given(st.lists(st.sampled_from(["{a}", "{b}", " and ", "words", "."]), min_size=1), st.booleans(), st.booleans())
def test_one_name_without_anything_to_say_drops_the_whole_sentence(pieces: list[str], has_a: bool, has_b: bool) -> None:
    pattern = parse_pattern("".join(pieces))
    names = {name: text(name.upper()) for name, has in (("a", has_a), ("b", has_b)) if has}
    said = compose(pattern, names.get)
    if set(pattern.names) <= set(names):
        assert said is not None
        assert plain_text(said) == "".join(pieces).replace("{a}", "A").replace("{b}", "B")
    else:
        assert said is None


@given(st.text(max_size=30))
def test_a_pattern_has_no_stray_brace_or_is_refused(source: str) -> None:
    try:
        pattern = parse_pattern(source)
    except BrokenPattern:
        assert {"{", "}"} & set(source)
    else:
        rebuilt = "".join(f"{{{piece}}}" if is_name else piece for is_name, piece in pattern.pieces)
        assert rebuilt == source


def test_a_name_that_holds_a_brace_is_text() -> None:
    said = compose(parse_pattern("{unit} has {plan}."), {"unit": text("{plan}"), "plan": text("none")}.get)
    assert said is not None
    assert plain_text(said) == "{plan} has none."


def test_a_city_with_nothing_on_record_has_a_page_that_says_so() -> None:
    variables = PROGRAMME.answers.variables
    nothing = {v: Answer.without(Missing.NOT_ON_RECORD) for v in variables}
    document = document_of(PROGRAMME, Unit("a", "A", "A", {}), [Response("a", "2020", nothing)])
    missing = [block for section in document.sections for block in section.blocks if block.kind == "missing"]
    assert {getattr(block, "reason", "") for block in missing} == {"not_on_record"}
    assert document.head == ()
    assert document.in_short == ()


def test_an_earlier_answer_is_shown_with_its_date_where_the_latest_has_none() -> None:
    variables = PROGRAMME.answers.variables
    nothing = {v: Answer.without(Missing.NOT_ON_RECORD) for v in variables}
    before = Response("a", "2018", {**nothing, "has_strategy": Answer(1, ("yes",))})
    unit = Unit("a", "A", "A", {})
    document = document_of(PROGRAMME, unit, [before, Response("a", "2020", nothing)])
    blocks = [block for section in document.sections for block in section.blocks]
    (earlier,) = [block for block in blocks if block.kind == "earlier"]
    assert (getattr(earlier, "variable", ""), getattr(earlier, "wave", "")) == ("has_strategy", "2018")
    assert not [block for block in blocks if getattr(block, "id", "") == "has_strategy"]
    replaced = replace(before, wave="2020")
    assert not [b for s in document_of(PROGRAMME, unit, [replaced]).sections for b in s.blocks if b.kind == "earlier"]


def test_every_earlier_answer_that_the_latest_wave_left_open_is_on_the_page() -> None:
    answers, variables = PROGRAMME.answers, PROGRAMME.answers.variables
    planned = {name for section in PROGRAMME.plan.sections for block in section.blocks for name in block.variables}
    nouns = PROGRAMME.manifest.content.unit
    speaker = Speaker(PROGRAMME.wording, English(), STORE, nouns.one, nouns.many, PROGRAMME.plan.thin_base)
    builder = ProfileBuilder(answers, EDITION, PROGRAMME.manifest.editions, PROGRAMME.plan, speaker)
    looked_at = 0
    for unit, responses in answers.by_unit.items():
        if len(responses) < 2:
            continue
        before, latest = responses["2018"], responses["2020"]
        blocks = [block for section in builder.profile(unit).sections for block in section.blocks]
        shown = {getattr(block, "variable", "") for block in blocks if block.kind == "earlier"}
        for name in planned:
            is_open = latest.answers[name].missing is Missing.NOT_ON_RECORD and before.answers[name].missing is None
            looked_at += is_open
            assert (name in shown) == is_open, (unit, name, variables[name].label)
    assert looked_at
