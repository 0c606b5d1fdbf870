"""The documents behind the numbers: for each variable and edition, every fact with its sum and the units in it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import chain
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from cityfolio.formatting import half_up, points, readable
from cityfolio.harmonise.crosswalk import Crosswalk
from cityfolio.harmonise.editions import answers_for, held_answers
from cityfolio.harmonise.grouping import group_labels, group_places, groups_by_kind
from cityfolio.model.answer import CodedAnswers
from cityfolio.model.edition import ALL, Edition, EditionRule, Group, GroupRule
from cityfolio.model.fact import INDICATORS, PUBLISHED, RESPONSES, SURVEY, Fact
from cityfolio.model.indicator import Indicator
from cityfolio.model.variable import Kind, Variable
from cityfolio.narrative.composing import Speaker
from cityfolio.narrative.counting import counting_of
from cityfolio.narrative.sentence import Run, Sentence, plain_text, text
from cityfolio.profile.charts import left_out
from cityfolio.profile.conditions_in_words import group_in_words
from cityfolio.profile.differences import is_difference, is_told_in_points
from cityfolio.profile.document import CorrectionBlock
from cityfolio.profile.fact_pages import OWN, FactBlock, FactLine, FactPage, FactSection
from cityfolio.profile.keeping import Kept, answers_to
from cityfolio.tabulate.answered import ANSWERED
from cityfolio.tabulate.base_rules import NESTED_RULES, base_rule_of
from cityfolio.tabulate.behind import Behind
from cityfolio.tabulate.facts import PARTICIPANTS
from cityfolio.tabulate.indicators import indicators_behind
from cityfolio.tabulate.moves import State
from cityfolio.tabulate.shares import OWN_WORDS, SHARE
from cityfolio.tabulate.sums_behind import NUMBERS, Asked, States, members_of, states_of, sums_behind

__all__ = ["FactBuilder"]

_OfPage: TypeAlias = tuple[str, str]
"""The edition and the variable."""
_OfResponse: TypeAlias = tuple[str, str]
"""The unit and the wave."""
_UNIT = "unit"
_RULES = {rule.measure: rule for rule in NESTED_RULES}
_MOVES = (
    ("stayed", (State.CHOSEN, State.CHOSEN)),
    ("started", (State.NOT_CHOSEN, State.CHOSEN)),
    ("stopped", (State.CHOSEN, State.NOT_CHOSEN)),
    ("never", (State.NOT_CHOSEN, State.NOT_CHOSEN)),
)


class _OfBlock(NamedTuple):
    """What the facts of one block have in common."""

    measure: str
    category: str
    group: Group
    source: str


_Block: TypeAlias = tuple[tuple[bool, int], str, FactBlock]
"""A block with the place that it has on the page, and its category."""


@dataclass
class FactBuilder:
    """Builds the pages of facts. `labels` name what published figures are about where that is no question.

    `answer_labels` name groups of units that gave one answer; `moved` are the units behind changes, by edition, variable
    and category, `panels` the groups of each unit in the edition of a change.
    """

    answers: CodedAnswers
    groups: Mapping[tuple[str, str], tuple[Group, ...]]
    rules: Sequence[GroupRule]
    editions: Mapping[str, Edition]
    crosswalks: Sequence[Crosswalk]
    speaker: Speaker
    labels: Mapping[str, tuple[str, Mapping[str, str]]] = field(default_factory=dict)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    answer_labels: Mapping[Group, str] = field(default_factory=dict)
    moved: Mapping[tuple[str, str, str], Mapping[tuple[State, State], tuple[str, ...]]] = field(default_factory=dict)
    panels: Mapping[str, Mapping[str, tuple[Group, ...]]] = field(default_factory=dict)
    _said_before: dict[tuple[str, str], str] = field(default_factory=dict)
    _numbers_said: dict[Hashable, Sentence] = field(default_factory=dict)
    _states: tuple[_OfPage, States] | None = None
    _moves_told: dict[tuple[str, str, str], Sequence[tuple[str, Sequence[str]]]] = field(default_factory=dict)

    def pages(self, kept: Kept | None = None) -> tuple[FactPage, ...]:
        """A page for each edition and variable that has a fact, editions in their order, variables in theirs.

        Pages, and the blocks of one kind of group on them, that are `kept` from an earlier build and would read the same are
        taken from there.
        """
        held: dict[_OfPage, list[Fact]] = {}
        for fact in self.speaker.store:
            held.setdefault((fact.key.edition, fact.key.variable), []).append(fact)
        editions, variables = list(self.editions), [PARTICIPANTS, SURVEY, *self.answers.variables]
        order = sorted(held, key=lambda key: (_place(key[0], editions), _place(key[1], variables), key))
        kept = kept or Kept()
        said = {name: answers_to(self.answers, name) for name in dict.fromkeys(key[1] for key in order)}
        return tuple(self._kept(kept, key, held[key], said[key[1]]) for key in order)

    def _kept(self, kept: Kept, key: _OfPage, facts: Sequence[Fact], answers: Sequence[object]) -> FactPage:
        if key[1] in self.indicators:  # their groups are those of answers to many questions
            return self._page(*key, facts, self._blocks(key, facts, self.groups))

        def page() -> FactPage:
            by_kind: dict[str, list[Fact]] = {}
            for fact in facts:
                by_kind.setdefault(fact.key.group.kind, []).append(fact)
            blocks: list[_Block] = []
            for kind, its in by_kind.items():
                groups = self._groups_by_kind.get(kind, {})
                blocks += kept.made(
                    ("facts", *key, kind), (its, answers, groups), partial(self._blocks, key, its, groups)
                )
            return self._page(*key, facts, sorted(blocks, key=itemgetter(0)))

        members = [self._groups_by_kind.get(kind) for kind in dict.fromkeys(fact.key.group.kind for fact in facts)]
        return kept.made(("facts", *key), (facts, answers, members), page)

    @cached_property
    def _groups_by_kind(self) -> dict[str, dict[_OfResponse, tuple[Group, ...]]]:
        """Who is in which group, by the kind of the groups."""
        return groups_by_kind({response: (ALL, *groups) for response, groups in self.groups.items()})

    def _page(self, edition_id: str, name: str, facts: Sequence[Fact], blocks: Iterable[_Block]) -> FactPage:
        variable = self.answers.variables.get(name)
        edition = self.editions.get(edition_id, Edition(edition_id, ()))
        label, categories = self._labels_of(name)
        by_category: dict[str, list[FactBlock]] = {}
        for _, category, block in blocks:
            by_category.setdefault(category, []).append(block)
        order = ["", *categories]
        sections = [
            FactSection(code, categories.get(code, code) if code else "", tuple(by_category[code]))
            for code in sorted(by_category, key=lambda code: (_place(code, order), code))
        ]
        withheld = variable is not None and (variable.personal or not variable.released)
        return FactPage(
            edition=edition_id,
            edition_title=edition.title or edition_id,
            variable=name,
            label=label,
            # What was published is counted by no rule of ours.
            rule="" if all(fact.key.source == PUBLISHED for fact in facts) else self._rule(edition),
            measures=tuple(
                dict.fromkeys(map(self._measure, {(f.key.source, f.key.measure): f for f in facts}.values()))
            ),
            notes=tuple(self._notes(name, edition)),
            sections=tuple(sections),
            asked=variable is not None and not variable.personal,
            names="withheld" if withheld else "",
            corrections=() if variable is None or withheld else tuple(self._corrections(variable, edition)),
            counting=counting_of(variable, self.speaker, edition) if variable is not None else "",
            members=() if withheld else tuple(self._members(name, variable, edition)),
        )

    def _members(self, name: str, variable: Variable | None, edition: Edition) -> Iterator[tuple[str, str, str]]:
        """Whose responses count, of which wave: for a whole edition on one page, or where each question has waves of its own."""
        waves: Mapping[str, str] = {}
        is_whole = edition.rule is EditionRule.LATEST_RESPONSE
        if variable is not None and edition.waves and not is_whole:
            waves = {unit: held.wave for unit, held in held_answers(self.answers, edition, variable.id).items()}
        elif name == PARTICIPANTS and is_whole:
            latest = [self.answers.latest(unit, edition.waves) for unit in self._order]
            waves = {response.unit: response.wave for response in latest if response is not None}
        for unit in self._order:
            if unit in waves:
                yield unit, self._display[unit], waves[unit]

    def _corrections(self, variable: Variable, edition: Edition) -> Iterator[tuple[str, CorrectionBlock]]:
        held = held_answers(self.answers, edition, variable.id) if edition.waves else {}
        for one in self.answers.corrections:
            if one.variable == variable.id and one.unit in held and held[one.unit].wave == one.wave:
                name = self.answers.units[one.unit].display_name
                yield name, CorrectionBlock(variable.id, variable.label, one.wave, one.date, one.reason)

    def _labels_of(self, name: str) -> tuple[str, Mapping[str, str]]:
        variable = self.answers.variables.get(name)
        if variable is not None:
            return variable.label, {category.code: category.label for category in variable.categories}
        if name in (PARTICIPANTS, SURVEY):
            said = self.speaker.phrase("facts.participants" if name == PARTICIPANTS else "facts.survey")
            kinds = {rule.kind: rule.title for rule in self.rules} if name == PARTICIPANTS else {}
            return plain_text(said or ()), kinds
        if name in self.indicators:
            return self.indicators[name].label, {}
        return self.labels.get(name, (name, {}))

    def _blocks(
        self, key: _OfPage, facts: Sequence[Fact], groups: Mapping[_OfResponse, tuple[Group, ...]]
    ) -> list[_Block]:
        """The blocks of these facts of one page, which are about these groups, in the order in which they stand there."""
        edition, variable = self.editions.get(key[0], Edition(key[0], ())), self.answers.variables.get(key[1])
        sums = self._sums(facts)
        behind: Mapping[Asked, Behind] = {}
        if edition.waves:
            behind = (
                indicators_behind(self.indicators[key[1]], edition, self.answers.public, chain(*sums.values()))
                if key[1] in self.indicators
                else self._behind(variable, edition, groups)
            )
        blocks: list[_Block] = []
        for of, held in sums.items():
            those = None if of.source == PUBLISHED else behind.get((of.measure, of.category, of.group))
            blocks.append((self._place(held[0]), of.category, self._block(of.group, held, those)))
        return blocks

    def _behind(
        self, variable: Variable | None, edition: Edition, groups: Mapping[_OfResponse, tuple[Group, ...]]
    ) -> Mapping[Asked, Behind]:
        """The units behind the numbers, by name; nobody is named where the answers are not public."""
        if variable is None:
            members = members_of(edition, self.answers, groups, self._order)
            return {(PARTICIPANTS, "", group): Behind(units, units) for group, units in members.items()}
        if variable.personal or not variable.released:
            return {}
        return sums_behind(self._states_of(variable, edition), groups)

    def _states_of(self, variable: Variable, edition: Edition) -> States:
        """What the units say to a variable: the same for each kind of group on its page."""
        key = edition.id, variable.id
        if self._states is None or self._states[0] != key:
            answers = answers_for(self.answers, edition, variable)
            self._states = key, states_of(variable, edition, answers, self._order)
        return self._states[1]

    def _sums(self, facts: Sequence[Fact]) -> dict[_OfBlock, list[Fact]]:
        """The facts of each block, those with the same sum, in their order on the page."""
        sums: dict[_OfBlock, list[Fact]] = {}
        for fact in sorted(facts, key=self._place):
            of = _OfBlock(self._sum_of(fact), fact.key.category, fact.key.group, fact.key.source)
            sums.setdefault(of, []).append(fact)
        return sums

    def _sum_of(self, fact: Fact) -> str:
        measure = fact.key.measure
        if fact.key.source == INDICATORS:
            return INDICATORS
        variable = self.answers.variables.get(fact.key.variable)
        if measure in (OWN_WORDS, ANSWERED) or fact.key.group.kind == _UNIT:
            return measure
        if variable is None:
            return PARTICIPANTS
        return NUMBERS if variable.kind is Kind.NUMBER else SHARE

    def _place(self, fact: Fact) -> tuple[bool, int]:
        """Where a fact stands: those of all units first, then groups; published ones last."""
        return fact.key.source == PUBLISHED, self._places.get(fact.key.group, len(self._places))

    @cached_property
    def _places(self) -> Mapping[Group, int]:
        return {ALL: -1, **group_places(self.rules, self._group_labels)}

    @cached_property
    def _kinds(self) -> Mapping[str, str]:
        """What the kinds of groups are called."""
        named = {kind: variable.label for kind, variable in self.answers.variables.items()}
        return named | {rule.kind: rule.title for rule in self.rules}

    def _kind_of(self, fact: Fact) -> str:
        """What the kind of groups is called that a fact is about; published figures are a kind of their own."""
        if fact.key.source == PUBLISHED:
            return self._words("facts.kind.published")
        kind = fact.key.group.kind
        return self._words("facts.kind.unit") if kind == _UNIT else self._kinds.get(kind, "")

    def _block(self, group: Group, facts: Sequence[Fact], behind: Behind | None) -> FactBlock:
        is_unit = group.kind == _UNIT
        unit = self.answers.units.get(group.key) if is_unit else None
        return FactBlock(
            label=unit.display_name if unit else "" if group == ALL else self._label_of(group),
            unit=group.key if is_unit else "",
            lines=tuple(self._line(fact, named=behind is not None) for fact in facts),
            names=tuple(self._named(facts, behind)) if behind is not None else self._moved(facts[0]),
            kind=self._kind_of(facts[0]),
        )

    def _label_of(self, group: Group) -> str:
        """The label of a group: of a kind of the programme, or of those that gave an answer."""
        if group in self._group_labels or group.kind not in self.answers.variables:
            return self._group_labels.get(group, group.key)
        return group_in_words(group, self.answers.variables[group.kind], self.speaker)

    def _named(self, facts: Sequence[Fact], behind: Behind) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The units by name, with what they did: those in the numerator, the others of the base, those that do not count."""
        measure = self._sum_of(facts[0])
        rules = [_RULES[fact.key.measure] for fact in facts if fact.key.measure in _RULES]
        chose = frozenset(behind.choosing)
        others = [unit for unit in behind.counted if unit not in chose]
        for phrase, units in ((f"facts.in.{measure}", behind.choosing), (f"facts.not_in.{measure}", others)):
            if units:
                yield self._words(phrase), self._names(units)
        for reason, left in behind.left_out.items():
            # Beside the share of those that answered stand shares of wider bases, in which some of these count.
            phrase = "facts.no_answer" if any(rule.keeps(reason) for rule in rules) else "facts.left_out"
            yield self._words(phrase, reason.value), self._names(left)

    def _moved(self, fact: Fact) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The units behind a change: who kept to the answer, took it up, gave it up, or never gave it."""
        key = fact.key
        if key.group.kind == _UNIT or key.source == PUBLISHED:
            return ()
        inside = self._panel_members.get((key.edition, key.group), frozenset())
        found = (
            (said, units if key.group == ALL else [unit for unit in units if unit in inside])
            for said, units in self._moves((key.edition, key.variable, key.category))
        )
        return tuple((said, self._names(units)) for said, units in found if units)

    def _moves(self, change: tuple[str, str, str]) -> Sequence[tuple[str, Sequence[str]]]:
        """The moves of a change in words, each with all its units by name: the change of each group takes its own from these."""
        if change not in self._moves_told:
            moved = self.moved.get(change, {})
            self._moves_told[change] = [
                (self._words(f"facts.moved.{said}"), sorted(moved.get(move, ()), key=self._rank.__getitem__))
                for said, move in (_MOVES if moved else ())
            ]
        return self._moves_told[change]

    @cached_property
    def _panel_members(self) -> Mapping[tuple[str, Group], frozenset[str]]:
        """The units of each group in the edition of a change."""
        found: dict[tuple[str, Group], set[str]] = {}
        for edition, held in self.panels.items():
            for unit, groups in held.items():
                for group in groups:
                    found.setdefault((edition, group), set()).add(unit)
        return {key: frozenset(units) for key, units in found.items()}

    def _words(self, phrase: str, reason: str = "") -> str:
        """A phrase as text. The same few stand on all pages, so they are put together once."""
        if (phrase, reason) not in self._said_before:
            said = text(self.speaker.wording.short.get(reason, reason))
            self._said_before[phrase, reason] = self.speaker.words(phrase, reason=said)
        return self._said_before[phrase, reason]

    def _line(self, fact: Fact, *, named: bool) -> FactLine:
        is_counted = fact.key.source != PUBLISHED
        said, note = self.said(fact), "" if fact.key.source == RESPONSES else self.speaker.remark(fact.note)
        # Who does not count is said by name where the sum is that of the names, else in numbers.
        own_base = named and base_rule_of(fact.key) in ("answered", "participants")
        return FactLine(
            fact=fact.id,
            # Shares of groups stand under that of all, which says what they are.
            measure=""
            if not is_counted or (fact.key.measure == SHARE and fact.key.group != ALL)
            else self._measure(fact),
            sum=said,
            left_out=(left_out(fact, self.speaker) or ()) if is_counted and not own_base else (),
            url=fact.url,
            note="" if not note or note in plain_text(said) else note,
        )

    def said(self, fact: Fact) -> Sentence:
        """The number of a fact with its base, in words; the runs of a fact of the answers name it as `OWN`."""
        if fact.key.source == PUBLISHED:
            said = self.speaker.published(fact, self.editions, of_survey=fact.key.variable in self.answers.variables)
            return said or text(self.speaker.remark(fact.phrase or fact.note) or fact.id)
        if fact.withheld:
            return self.speaker.phrase(f"facts.withheld.{fact.withheld}") or ()
        indicator = self.indicators.get(fact.key.variable)
        shape, counted = self._shape(fact), fact.base.counted if fact.base is not None else None
        decimals = indicator.decimals if indicator else None
        number = shape, fact.numerator, counted, fact.value, is_difference(fact), decimals
        if number not in self._numbers_said:
            self._numbers_said[number] = self._said(fact, shape, decimals)
        return self._numbers_said[number]

    def _said(self, fact: Fact, shape: str, decimals: int | None) -> Sentence:
        names: dict[str, Sentence] = {}
        if fact.numerator is not None:
            names["numerator"] = self.speaker.number(fact.numerator, OWN, "numerator")
        if fact.value is not None:
            value = readable(fact.value) if decimals is None else half_up(fact.value, decimals)
            shown = (
                points(fact.value, self.speaker.grammar.number)
                if is_difference(fact)
                else self.speaker.grammar.number(value)
            )
            names["value"] = (Run(shown, OWN, "value"),)
        if fact.base is not None:
            names["base"] = self.speaker.number(fact.base.counted, OWN, "base")
            names["units"] = text(self.speaker.noun(fact.base.counted))
        if shape == "share":
            names["share"] = (Run(self.speaker.share(fact), OWN, "share"),)
        return self.speaker.phrase(f"facts.{shape}", **names) or ()

    def _shape(self, fact: Fact) -> str:
        """Which of the phrases says the number: with per cent unless the base is thin, a value of a base, or alone."""
        if fact.key.group.kind == _UNIT or fact.key.measure in ("count", "groups"):
            return "value"
        if is_difference(fact):
            return "value_of" if is_told_in_points(fact, self.speaker) else "not_in_points"
        is_share = fact.key.measure.startswith("share") or fact.key.measure in (OWN_WORDS, ANSWERED)
        if fact.numerator is None or fact.base is None or not is_share:
            return "value_of"
        return "share" if fact.base.counted >= self.speaker.thin_base else "count"

    def _measure(self, fact: Fact) -> str:
        """What was computed, and of whom, in words."""
        if fact.key.source == PUBLISHED:
            return self._words("facts.measure.published")
        return self._words(f"facts.measure.{fact.key.measure}") or fact.key.measure

    def _rule(self, edition: Edition) -> str:
        phrase = f"facts.edition.{edition.rule.value}" if edition.is_pooled else "facts.edition.one_wave"
        names = {"waves": self.speaker.listed(edition.waves), "unit": text(self.speaker.unit_one)}
        return plain_text(self.speaker.phrase(phrase, **names) or ()) if edition.waves else ""

    def _notes(self, name: str, edition: Edition) -> Iterator[tuple[str, str]]:
        """What crosswalks say about the variable between waves of the edition, with the category or the label."""
        label, categories = self._labels_of(name)
        for crosswalk in self.crosswalks:
            for change in crosswalk.changes:
                if change.variable == name and {crosswalk.earlier, crosswalk.later} <= set(edition.waves):
                    what = f"{categories.get(change.category, label)}, {crosswalk.earlier}–{crosswalk.later}"
                    said = f"{self._words(f'change.{change.change}')}, {self._words(f'comparability.{change.comparability}')}"
                    yield what, f"{said}. {change.reason}"

    def _names(self, units: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(self._display.__getitem__, units))

    @cached_property
    def _display(self) -> Mapping[str, str]:
        return {unit.id: unit.display_name for unit in self.answers.units.values()}

    @cached_property
    def _order(self) -> Sequence[str]:
        """Units in the order of their names, sorted once for all lists."""
        return sorted(self._display, key=lambda unit: (self._display[unit].casefold(), unit))

    @cached_property
    def _rank(self) -> Mapping[str, int]:
        """The place of each unit in that order."""
        return {unit: place for place, unit in enumerate(self._order)}

    @cached_property
    def _group_labels(self) -> Mapping[Group, str]:
        return {**group_labels(self.rules, self.answers.units), **self.answer_labels}


def _place(name: str, order: Sequence[str]) -> int:
    return order.index(name) if name in order else len(order)
