"""From a loaded programme to its facts and everything a site shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from cityfolio.build.asking import open_questions
from cityfolio.build.catalogues import CatalogueTexts, programme_texts, untranslated
from cityfolio.build.changing import Moved, change_editions, comparing, groups_of_panels, moved_units, wave_pairs
from cityfolio.build.crosstab_facts import grouping_variables
from cityfolio.build.exploring import answer_labels, explore_of, map_of
from cityfolio.build.facts import all_facts
from cityfolio.build.manifest import Manifest
from cityfolio.build.peer_groups import peer_rules, with_peers
from cityfolio.build.programme import Programme
from cityfolio.build.translating import translated
from cityfolio.errors import WrongUse
from cityfolio.harmonise.grouping import group_labels
from cityfolio.intake.published import NOT_PRINTED
from cityfolio.model.edition import Edition
from cityfolio.model.fact import Fact
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Variable
from cityfolio.narrative.composing import Speaker
from cityfolio.narrative.languages import language_of, plural_numbers
from cityfolio.narrative.product_wording import untranslated_phrases
from cityfolio.narrative.sentence import Sentence
from cityfolio.profile.act_document import act_document, join_document
from cityfolio.profile.building import ProfileBuilder
from cityfolio.profile.changed import WhatChanged
from cityfolio.profile.comparison import comparison
from cityfolio.profile.directory import DirectoryRule, home_document
from cityfolio.profile.document import GroupLink
from cityfolio.profile.edition_charts import edition_charts
from cityfolio.profile.fact_documents import FactBuilder
from cityfolio.profile.fact_pages import FactPage
from cityfolio.profile.grouping import GroupBuilder
from cityfolio.profile.keeping import Kept, answers_to
from cityfolio.profile.method_document import method_document
from cityfolio.profile.outcomes_document import OutcomesMaker
from cityfolio.profile.programme_documents import LanguageText, ProgrammeText, Released, SiteContent
from cityfolio.profile.release_changes import ChangesDocument, EarlierNumber, changes_document
from cityfolio.profile.renaming import renamed
from cityfolio.profile.variable_changes import WavePair
from cityfolio.profile.variable_documents import VariableBuilder
from cityfolio.tabulate.crossings import by_answer
from cityfolio.tabulate.facts import FactStore

__all__ = ["Content", "edition_named", "edition_of", "in_language", "make_content", "speaker_of"]


@dataclass(frozen=True)
class Content:
    """The facts of a programme and the site made from them."""

    store: FactStore
    site: SiteContent


def edition_of(programme: Programme, name: str | None) -> Edition:
    """The edition of that name, or the programme's default edition.

    Raises:
        WrongUse: if the programme has no such edition.
    """
    return edition_named(programme.manifest, name)


def edition_named(manifest: Manifest, name: str | None) -> Edition:
    """The edition of that name, or the default edition; raises as `edition_of` does."""
    wanted = name or manifest.default_edition
    if wanted not in manifest.editions:
        raise WrongUse(f'There is no edition "{wanted}". The programme has: {", ".join(manifest.editions)}.')
    return manifest.editions[wanted]


def make_content(
    programme: Programme,
    edition: Edition,
    files: tuple[Released, ...],
    store: FactStore | None = None,
    earlier: Mapping[str, EarlierNumber] | None = None,
    kept: Kept | None = None,
) -> Content:
    """Everything a site of one edition shows, in the language of the programme. All editions' facts are in the store.

    The facts are the same in every language; a site in a further one is made with the `store` of the first.
    `earlier` are the numbers of an earlier release, to say what changed since. `kept` are parts of an earlier build.
    """
    store = store or all_facts(programme)
    kept = kept or Kept(remembers=False)
    kept.begin(_around(programme))
    manifest = programme.manifest.content
    # Answers given in confidence are in the numbers, and nowhere else.
    answers = programme.answers.public
    edition = edition_of(programme, edition.id)
    speaker = speaker_of(programme, kept.noting(store))
    peers = {peer.group: peer.title for peer in programme.peer_groups}
    grouped = with_peers(programme.groups, programme.peer_groups)
    rules = (*programme.manifest.rules, *peer_rules(programme.peer_groups, speaker.words("group.peers")))
    labels = group_labels(programme.manifest.rules, programme.answers.units) | peers
    groups = GroupBuilder(answers, grouped, rules, labels, edition, programme.plan, speaker, kept)
    links = {unit: groups.links(unit) for unit in programme.answers.by_unit}
    builder = _profile_builder(programme, edition.id, speaker, links, kept)
    acting, around = programme.acting, programme.surroundings.around
    # A list of named officials would be a data file in all but name, so personal variables have no page of their own.
    shown = [variable for variable in programme.answers.variables.values() if not variable.personal]
    pairs, moved = _changes_between_waves(programme, shown, kept)
    pages = VariableBuilder(
        answers, programme.instruments, programme.manifest.editions, edition, speaker, _reasons(programme), pairs, kept
    )
    directory = manifest.directory
    rule = DirectoryRule(
        directory.region, directory.country, directory.region_labels, programme.manifest.rules, tuple(directory.search)
    )
    published = {name: (entry.label, entry.categories) for name, entry in manifest.published.items()}
    home = home_document(
        programme.answers, edition, rule, speaker, [v.id for v in shown], programme.plan.headlines, _names(programme)
    )
    behind = by_answer(programme.answers, grouped, grouping_variables(programme))
    facts = FactBuilder(
        programme.answers,
        behind,
        rules,
        programme.manifest.editions | change_editions(programme, _change_title(programme)),
        programme.crosswalks,
        speaker,
        published,
        acting.indicators,
        answer_labels(programme) | peers,
        moved,
        groups_of_panels(programme, behind),
    )
    fact_pages = facts.pages(kept)
    site = SiteContent(
        programme=_programme_text(programme),
        edition=edition.id,
        edition_title=edition.title,
        home=home,
        profiles=tuple(builder.profile(unit) for unit in builder.units()),
        variables=tuple(pages.document(variable) for variable in shown),
        method=replace(
            method_document(
                programme.instruments,
                programme.crosswalks,
                programme.manifest.editions,
                programme.manifest.rules,
                programme.answers.variables,
                speaker,
                open_questions(programme, speaker),
                published,
            ),
            glossary=tuple(manifest.glossary.items()),
        ),
        files=files,
        groups=tuple(groups.documents()),
        group_list=groups.listed(),
        compare=comparison(groups, builder.finder, _reasons(programme)),
        facts=fact_pages,
        changes=_changes(fact_pages, store, renamed(earlier, around.moved), facts.said)
        if earlier is not None
        else None,
        map=map_of(programme, edition, home.directory),
        outcomes=OutcomesMaker(programme.answers.variables, acting.indicators, edition, speaker, published).document(
            acting.outcomes
        ),
        act=act_document(acting.act, acting.recommendations, programme.answers.variables, speaker),
        join=join_document(acting.join),
        explore=explore_of(programme, store, speaker, pairs, kept),
        charts=tuple(edition_charts(shown, programme.manifest.editions, programme.plan, speaker, kept)),
        around=around,
    )
    return Content(store, site)


def _changes_between_waves(
    programme: Programme, variables: Sequence[Variable], kept: Kept
) -> tuple[dict[str, tuple[WavePair, ...]], Moved]:
    """The changes of each variable from wave to wave, and who is behind each of them."""
    pairs: dict[str, tuple[WavePair, ...]] = {}
    moved: Moved = {}
    for variable in variables:
        answers = answers_to(programme.answers, variable.id)
        pairs[variable.id] = kept.made(("pairs", variable.id), answers, partial(wave_pairs, programme, variable))
        make = partial(moved_units, programme, variable, pairs[variable.id])
        moved |= kept.made(("moved", variable.id), answers, make)
    return pairs, moved


def _names(programme: Programme) -> dict[str, tuple[str, ...]]:
    """The name of each unit and of its country in every language: readers look for them in theirs on any page."""
    written = programme.source or programme
    texts = [CatalogueTexts(catalogue) for catalogue in written.catalogues.values()]
    column = written.manifest.content.directory.country
    found = {}
    for unit in written.answers.units.values():
        country = unit.attribute(column)
        named = ((f"unit:{unit.id}", unit.display_name), (f"units.{column}", country))
        said = (each.text(context, name) for each in texts for context, name in named if name)
        found[unit.id] = tuple(name for name in (unit.display_name, country, *said) if name)
    return found


def _around(programme: Programme) -> object:
    """All that what is kept is made from beside facts, answers and who is in which group."""
    written = programme.source or programme
    return (
        (programme.language, written.manifest, written.instruments, written.crosswalks, written.wording, written.plan),
        (written.catalogues, written.published, written.acting.indicators, programme.answers.units),
    )


def _changes(
    pages: Sequence[FactPage],
    store: FactStore,
    earlier: Mapping[str, EarlierNumber],
    say: Callable[[Fact], Sentence],
) -> ChangesDocument:
    return changes_document(pages, {fact.id: fact for fact in store}, earlier, say)


def _profile_builder(
    programme: Programme, edition: str, speaker: Speaker, links: Mapping[str, tuple[GroupLink, ...]], kept: Kept
) -> ProfileBuilder:
    source = None
    if programme.source is not None and speaker.source is not None:
        source = _profile_builder(programme.source, edition, speaker.source, {}, Kept(remembers=False))
    return ProfileBuilder(
        programme.answers.public,
        edition_of(programme, edition),
        programme.manifest.editions,
        programme.plan,
        speaker,
        programme.editorials,
        programme.manifest.content.directory.country,
        links,
        source,
        kept.same("recommendations", programme.acting.recommendations),
        WhatChanged(programme.answers.variables, speaker, comparing(programme), _reasons(programme)),
        kept,
    )


def _reasons(programme: Programme) -> dict[Missing, str]:
    """Each missing reason in a word or two."""
    return {reason: programme.wording.short.get(reason.value, reason.value) for reason in Missing}


def speaker_of(programme: Programme, store: FactStore) -> Speaker:
    """Who puts facts into the words of the programme's language."""
    unit = programme.manifest.content.unit
    product = programme.product
    return Speaker(
        wording=programme.wording,
        grammar=language_of(programme.language).grammar,
        store=store,
        unit_one=unit.one,
        unit_many=unit.many,
        thin_base=programme.plan.thin_base,
        noun_for=_noun_for(programme),
        remarks={part: product.text("", part) or part for part in NOT_PRINTED} | dict(programme.remarks),
        source=speaker_of(programme.source, store) if programme.source is not None else None,
    )


def _noun_for(programme: Programme) -> Callable[[int], str] | None:
    """The noun that goes with a number, where a catalogue has all forms of it."""
    if programme.source is None:
        return None
    unit, own = programme.source.manifest.content.unit, programme.manifest.content.unit
    catalogue = programme.source.catalogues[programme.language]

    def noun(number: int) -> str:
        return catalogue.form("programme.unit", unit.one, number) or (own.one if number == 1 else own.many)

    return noun


def in_language(programme: Programme, language: str) -> Programme:
    """The programme in one of its languages."""
    if language == programme.language:
        return programme
    return translated(programme, language, CatalogueTexts(programme.catalogues[language]))


def _change_title(programme: Programme) -> str:
    """The title of an edition of changes, with its names still in braces."""
    pattern = programme.wording.phrases["change.edition"]
    return "".join(f"{{{piece}}}" if is_name else piece for is_name, piece in pattern.pieces)


def _programme_text(programme: Programme) -> ProgrammeText:
    content = programme.manifest.content
    return ProgrammeText(
        title=content.title,
        summary=content.summary,
        about=tuple(content.about),
        unit_one=content.unit.one,
        unit_many=content.unit.many,
        language=content.language,
        notice=content.notice,
        contact=content.contact,
        licence=content.licence,
        sources=tuple((source.title, source.url) for source in content.sources),
        languages=tuple(_language_text(code) for code in programme.languages),
        unit_forms=_unit_forms(programme),
        foreign=_foreign(programme),
        product=programme.product,
        product_phrases=untranslated_phrases(programme.product, programme.wording.replaced),
    )


def _unit_forms(programme: Programme) -> tuple[tuple[str, str], ...]:
    """The word for units that goes with numbers of each plural category of the language."""
    unit = programme.manifest.content.unit
    noun = _noun_for(programme) or (lambda number: unit.one if number == 1 else unit.many)
    return tuple((category, noun(number)) for category, number in plural_numbers(programme.language).items())


def _language_text(code: str) -> LanguageText:
    language = language_of(code)
    return LanguageText(code, language.name, language.direction)


def _foreign(programme: Programme) -> frozenset[str]:
    """The texts of a translated programme that are still in the language it was written in: untranslated ones, and answers."""
    if programme.source is None:
        return frozenset()
    catalogue = programme.source.catalogues[programme.language]
    texts = {m.source for m in untranslated(catalogue, programme_texts(programme.source, programme.language))}
    texts |= {m.plural for m in untranslated(catalogue, programme_texts(programme.source, programme.language))}
    for response in programme.answers.responses:
        for answer in response.answers.values():
            texts.update((answer.text, *answer.own_words))
    return frozenset(text for text in texts if any(map(str.isalpha, text)))
