"""The method page's document, made from the instruments, the crosswalk and the rules themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cityfolio.harmonise.crosswalk import Crosswalk
from cityfolio.model.edition import Edition, GroupRule
from cityfolio.model.fact import SURVEY, Fact
from cityfolio.model.instrument import Instrument, Question
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Variable
from cityfolio.narrative.composing import Speaker
from cityfolio.narrative.quantities import Quantity
from cityfolio.narrative.sentence import plain_text, text
from cityfolio.profile.programme_documents import (
    DocumentedChange,
    DocumentedFigure,
    DocumentedInstrument,
    DocumentedQuestion,
    DocumentedSection,
    MethodDocument,
)
from cityfolio.tabulate.facts import PARTICIPANTS

__all__ = ["method_document"]


def method_document(
    instruments: Mapping[str, Instrument],
    crosswalks: Sequence[Crosswalk],
    editions: Mapping[str, Edition],
    rules: Sequence[GroupRule],
    variables: Mapping[str, Variable],
    speaker: Speaker,
    findings: Sequence[tuple[str, str]],
    labels: Mapping[str, tuple[str, Mapping[str, str]]],
) -> MethodDocument:
    """The method page: editions, missing reasons, thresholds, groups, questionnaires, crosswalk, published figures.

    `labels` name what published figures are about (and their categories) where that is no question of the programme.
    """
    wording = speaker.wording
    return MethodDocument(
        editions=tuple((edition.title, _waves(edition, speaker)) for edition in editions.values()),
        missing=tuple(
            (wording.short.get(reason.value, reason.value), speaker.with_nouns(wording.meanings.get(reason.value, "")))
            for reason in Missing
        ),
        quantities=tuple(
            (speaker.with_nouns(quantity.words), _threshold(quantity, speaker)) for quantity in wording.quantities
        ),
        groups=tuple((rule.title, _rule(rule, speaker)) for rule in rules),
        thin_base=speaker.thin_base,
        instruments=tuple(_instrument(instrument, speaker) for instrument in instruments.values()),
        changes=tuple(change for crosswalk in crosswalks for change in _changes(crosswalk, variables, speaker)),
        figures=tuple(_figures(editions, variables, speaker, labels)),
        findings=tuple(findings),
    )


def _threshold(quantity: Quantity, speaker: Speaker) -> str:
    """The band of a quantity as readers see it."""
    low, high = (text(speaker.grammar.per_cent(float(share * 100))) for share in (quantity.low, quantity.high))
    if quantity.low == quantity.high:
        return speaker.words("quantity.exactly", share=low)
    return speaker.words("quantity.range", low=low, high=high)


def _waves(edition: Edition, speaker: Speaker) -> str:
    waves = speaker.listed(edition.waves)
    phrase = f"method.{edition.rule.value}" if edition.is_pooled else "method.one_wave"
    names = {"unit": text(speaker.unit_one), "units": text(speaker.unit_many)}
    return plain_text(speaker.phrase(phrase, waves=waves, **names) or waves)


def _rule(rule: GroupRule, speaker: Speaker) -> str:
    if rule.bands:
        return speaker.grammar.semicolon.join(band.label for band in rule.bands)
    return plain_text(speaker.phrase("method.group", title=text(speaker.grammar.in_text(rule.title))) or ())


def _instrument(instrument: Instrument, speaker: Speaker) -> DocumentedInstrument:
    fact = speaker.store.find(instrument.wave, PARTICIPANTS, "", "count")
    sections = tuple(
        DocumentedSection(section.title, tuple(_question(question, speaker) for question in section.questions))
        for section in instrument.sections
    )
    return DocumentedInstrument(
        wave=instrument.wave,
        title=instrument.title,
        note=instrument.note,
        responses=int(fact.value) if fact is not None and fact.value is not None else 0,
        responses_fact=fact.id if fact is not None else "",
        sections=sections,
    )


def _question(question: Question, speaker: Speaker) -> DocumentedQuestion:
    return DocumentedQuestion(
        variable=question.variable,
        label=question.label,
        wording=question.wording,
        help=question.help,
        kind=speaker.words(f"kind.{question.kind.value}"),
        evidence=question.evidence,
        universe=question.universe,
        counting=question.counting,
        cap=question.cap,
        own_words=question.own_words,
        categories=tuple((choice.code, choice.label) for choice in question.choices),
        page=not question.personal,
    )


def _changes(crosswalk: Crosswalk, variables: Mapping[str, Variable], speaker: Speaker) -> list[DocumentedChange]:
    found = []
    for change in crosswalk.changes:
        variable = variables[change.variable]
        category = variable.by_code.get(change.category)
        what = f"{variable.label}: {category.label}" if category else variable.label
        waves = f"{crosswalk.earlier}, {crosswalk.later}"
        said = [
            speaker.words(f"{part}.{word}")
            for part, word in (
                ("change", change.change),
                ("comparability", change.comparability),
                ("state", change.state),
            )
        ]
        found.append(DocumentedChange(waves, what, said[0], said[1], change.reason, said[2]))
    return found


def _figures(
    editions: Mapping[str, Edition],
    variables: Mapping[str, Variable],
    speaker: Speaker,
    labels: Mapping[str, tuple[str, Mapping[str, str]]],
) -> Iterator[DocumentedFigure]:

    def place(fact: Fact) -> tuple[int, str, float]:
        """By edition and question; inside of one by published rank, else in the order of its answers."""
        variable = variables.get(fact.key.variable)
        order = list(variable.by_code if variable is not None else labels.get(fact.key.variable, ("", {}))[1])
        within = float(order.index(fact.key.category)) if fact.key.category in order else float(len(order))
        if fact.key.measure == "rank" and fact.value is not None:
            within = fact.value
        return list(editions).index(fact.key.edition), fact.key.variable, within

    for fact in sorted(speaker.store.published, key=place):
        if fact.key.variable == SURVEY:
            continue  # how many answered the survey is said with each of its figures
        variable = variables.get(fact.key.variable)
        label, categories = labels.get(fact.key.variable, (fact.key.variable, {}))
        if variable is not None:
            label, categories = variable.label, {category.code: category.label for category in variable.categories}
        said = speaker.published(fact, editions, of_survey=variable is not None)
        if said is not None:
            yield DocumentedFigure(
                edition=editions[fact.key.edition].title,
                variable=label,
                category=categories.get(fact.key.category, fact.key.category),
                sentence=said,
                url=fact.url,
            )
