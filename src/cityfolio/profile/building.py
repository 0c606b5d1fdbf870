"""Building the document of one unit from the plan, its answers and the facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from cityfolio.model.answer import CodedAnswers, Response
from cityfolio.model.edition import Edition
from cityfolio.model.missing import Missing
from cityfolio.narrative.cases import case_of
from cityfolio.narrative.composing import Speaker
from cityfolio.narrative.sentence import Sentence, text
from cityfolio.profile.act_document import recommended
from cityfolio.profile.changed import WhatChanged
from cityfolio.profile.charts import ChartMaker, mark_own
from cityfolio.profile.comparing_blocks import PeersBlock
from cityfolio.profile.document import (
    Block,
    ChartBlock,
    EditorialBlock,
    GroupLink,
    HeadItem,
    ProfileDocument,
    Section,
)
from cityfolio.profile.editorial import Editorial
from cityfolio.profile.in_short import in_short
from cityfolio.profile.keeping import Kept
from cityfolio.profile.own_answers import OwnAnswers
from cityfolio.profile.peers import PeerFinder, PeerRule
from cityfolio.profile.places import place_block
from cityfolio.profile.plan import Plan, PlanBlock, PlanSection
from cityfolio.profile.rankings import ranking
from cityfolio.profile.recommendations import Recommendation
from cityfolio.profile.scope import Scope

__all__ = ["ProfileBuilder"]


@dataclass
class ProfileBuilder:
    """Builds the profiles of one edition. What is the same on all pages (the charts) is made once.

    `country_attribute` names the attribute that stands under the unit's name; `links` are each unit's groups. `source` builds the
    same in the language that the programme is written in, for sentences that nobody has translated. `changed` makes the block
    on what a unit answered in two waves; `kept` are parts of an earlier build.
    """

    answers: CodedAnswers
    edition: Edition
    editions: Mapping[str, Edition]
    plan: Plan
    speaker: Speaker
    editorials: Mapping[str, Mapping[str, Editorial]] = field(default_factory=dict)
    country_attribute: str = "country"
    links: Mapping[str, tuple[GroupLink, ...]] = field(default_factory=dict)
    source: ProfileBuilder | None = None
    recommendations: tuple[Recommendation, ...] = ()
    changed: WhatChanged | None = None
    kept: Kept = field(default_factory=lambda: Kept(remembers=False))
    _finders: dict[PeerRule, PeerFinder] = field(default_factory=dict)
    _charts: dict[tuple[str, str], ChartBlock | None] = field(default_factory=dict)
    _alike: dict[tuple[str, str], PeersBlock | None] = field(default_factory=dict)

    def units(self) -> list[str]:
        """The units of the edition: those with a response in one of its waves."""
        return [unit for unit in self.answers.by_unit if self.answers.latest(unit, self.edition.waves) is not None]

    def profile(self, unit_id: str) -> ProfileDocument:
        """The document of a unit.

        Raises:
            ValueError: if the unit has no response in the edition.
        """
        response = self.answers.latest(unit_id, self.edition.waves)
        if response is None:
            raise ValueError(f"{unit_id} has no response in {self.edition.id}")
        unit = self.answers.units[unit_id]
        scope = self._scope(response)
        own = OwnAnswers(scope, self._earlier(response), self.editions, self.answers)
        told = self.kept.same(("told", unit_id), self._told_of(own))
        said: set[str] = set()
        sections = [self._section(section, own, told, said) for section in self.plan.sections]
        return ProfileDocument(
            unit=unit.id,
            name=unit.display_name,
            country=unit.shown(self.country_attribute),
            edition=self.edition.id,
            wave=response.wave,
            waves=tuple(self.answers.by_unit[unit_id]),
            comparison=self._comparison(response),
            source_url=unit.attribute("source_url"),
            head=self.kept.reading(("head", unit_id), told, lambda: tuple(self._head(own))),
            in_short=self.kept.reading(("in short", unit_id), told, partial(in_short, self.plan, scope)),
            sections=tuple(section for section in sections if section.blocks),
            groups=self.links.get(unit_id, ()),
        )

    def _scope(self, response: Response) -> Scope:
        source = None
        if self.source is not None:
            source = self.source._scope(self.source.answers.by_unit[response.unit][response.wave])
        unit = self.answers.units[response.unit]
        return Scope(unit, response, self.answers.variables, self.edition, self.speaker, source=source)

    def _earlier(self, response: Response) -> tuple[Response, ...]:
        order = self.answers.waves
        held = self.answers.by_unit[response.unit].values()
        before = [r for r in held if order.index(r.wave) < order.index(response.wave)]
        return tuple(reversed(before))

    def _told_of(self, own: OwnAnswers) -> object:
        """All that a page says of a unit beside facts and other units: its answers, and what is written about them."""
        scope = own.scope
        return (
            (scope.response, own.before, scope.source.response if scope.source is not None else None),
            [one for one in self.answers.corrections if one.unit == scope.unit.id],
            (self.editorials.get(scope.unit.id), self.recommendations),
        )

    def _section(self, section: PlanSection, own: OwnAnswers, told: object, said: set[str]) -> Section:
        """A section of a page; `said` are the variables that the sections above it speak of."""
        before = frozenset(said)
        others: list[object] = [self._chart(block) for block in section.blocks if block.kind == "chart"]
        others += [self._peers(block, own) for block in section.blocks if block.peers is not None]

        def make() -> tuple[Section, frozenset[str]]:
            now = set(before)
            return Section(section.id, section.title, tuple(self._blocks(section.blocks, own, now))), frozenset(now)

        key = ("section", own.scope.unit.id, section.id)
        made, now = self.kept.reading(key, (told, before, others), make)
        said |= now
        return made

    def _comparison(self, response: Response) -> Sentence:
        last = response.wave == self.edition.waves[-1]
        phrase = "comparison.only_wave"
        if self.edition.is_pooled:
            phrase = "comparison.latest" if last else "comparison.former"
        names = {
            "wave": text(response.wave),
            "unit": text(self.speaker.grammar.subject(self.answers.units[response.unit].display_name)),
            "base": self.speaker.participants(self.edition.id),
            "edition": text(self.edition.title),
        }
        return self.speaker.phrase(phrase, **names) or ()

    def _head(self, of_unit: OwnAnswers) -> Iterator[HeadItem]:
        """Each plain fact from the latest response that has it, dated by its wave."""
        scope = of_unit.scope
        for block in self.plan.head:
            looked_at = [s.variable for s in block.cases.subjects] if block.cases else []
            personal = any(scope.variables[variable].personal for variable in looked_at)
            for response in (scope.response, *of_unit.before):
                own = scope.answering(response, compared=response is scope.response)
                case = case_of(block.cases, response.answers, scope.variables) if block.cases else None
                pattern = self.speaker.wording.sentences.get(block.id, {}).get(case or "")
                sentence = own.say(pattern) if pattern else None
                if sentence is not None:
                    corrections = [c for name in looked_at for c in of_unit.corrections(name, response.wave)]
                    yield HeadItem(block.id, sentence, response.wave, personal, tuple(corrections))
                    break

    def _blocks(self, blocks: tuple[PlanBlock, ...], own: OwnAnswers, said: set[str]) -> Iterator[Block]:
        """The blocks of a section; what is missing is said once, where the first block that would hold it stands."""
        asking = [block for block in blocks if self._asks(block, own)]
        missing = _missing_in(asking, own, said)
        noted: set[str] = set()
        for block in blocks:
            shown: list[Block] = []
            for reason in [r for r, names in missing.items() if block in asking and block.variable in names]:
                line = own.missing(reason, missing.pop(reason))
                shown += [line] if line is not None else []
            shown += self._block(block, own)
            yield from shown
            # Beside the first of a section's blocks that shows the answer.
            for variable in block.variables if shown else ():
                if variable not in noted:
                    noted.add(variable)
                    yield from own.corrections(variable, own.scope.response.wave)
            for variable in block.variables if block in asking else ():
                if variable not in said:
                    said.add(variable)
                    yield from own.earlier_answer(variable)

    def _block(self, block: PlanBlock, own: OwnAnswers) -> Iterator[Block]:
        scope = own.scope
        variable = scope.variables.get(block.variable)
        if block.kind in ("sentence", "note"):
            yield from own.sentence(block)
        elif block.kind == "answers":
            yield from own.answers(block)
        elif block.kind == "editorial":
            yield from self._editorial(block, scope.unit.id)
        elif block.kind == "recommendations":
            response, variables = scope.response, scope.variables
            cards = self.recommendations
            found = recommended(block.id, block.title, block.most, cards, response, variables, self.speaker)
            yield from [found] if found else []
        elif block.kind in ("peers", "changes"):
            yield from self._beside_others(block, own)
        elif variable is not None and block.place is not None:
            place = place_block(variable, block.title, block.place, scope)
            if place is not None:
                yield place
        elif variable is not None:
            answer = scope.response.answers.get(variable.id)
            if block.kind == "chart":
                chart = self._chart(block)
                if chart is not None:
                    own_words = bool(answer and answer.own_words)
                    yield mark_own(chart, answer.codes if answer else (), own_words)
            else:
                table = ranking(variable, block.title, answer, scope)
                if table is not None:
                    yield table

    def _beside_others(self, block: PlanBlock, own: OwnAnswers) -> Iterator[Block]:
        """The units like this one, or this one in an earlier wave."""
        found: Block | None = None
        if block.peers is not None:
            found = self._peers(block, own)
        elif self.changed is not None and own.before:
            shown = [name for section in self.plan.sections for b in section.blocks for name in b.variables]
            shown = list(dict.fromkeys(shown))
            found = self.changed.block(own.before[0], own.scope.response, shown, block.id, block.title)
        if found is not None:
            yield found

    def _asks(self, block: PlanBlock, own: OwnAnswers) -> bool:
        """Whether the page says why the unit has no answer here: beside a chart only where nothing else speaks of it."""
        if block.kind != "chart":
            return block.kind in ("sentence", "answers")
        name = block.variable
        return name in self.plan.in_charts_alone and not own.scope.variables[name].confidential

    def _peers(self, block: PlanBlock, own: OwnAnswers) -> PeersBlock | None:
        unit = own.scope.unit.id
        if block.peers is not None and (unit, block.id) not in self._alike:
            self._alike[unit, block.id] = self._finder(block.peers).block(unit, block.id, block.title)
        return self._alike.get((unit, block.id))

    @property
    def finder(self) -> PeerFinder | None:
        """Finds units alike as the first block of peers in the plan does; None where there is no such block."""
        rules = [block.peers for section in self.plan.sections for block in section.blocks if block.peers is not None]
        return self._finder(rules[0]) if rules else None

    def _finder(self, rule: PeerRule) -> PeerFinder:
        if rule not in self._finders:
            self._finders[rule] = PeerFinder(
                self.answers,
                self.edition,
                self.plan,
                self.speaker,
                self.editorials,
                rule,
                self.country_attribute,
                self.kept,
            )
        return self._finders[rule]

    def _chart(self, block: PlanBlock) -> ChartBlock | None:
        key = (block.variable, block.title)
        if key not in self._charts:
            maker = ChartMaker(self.edition, self.editions, self.speaker, to_compare=True)
            make = partial(maker.chart, self.answers.variables[block.variable], block.title)
            self._charts[key] = self.kept.reading(("chart", *key), None, make)
        return self._charts[key]

    def _editorial(self, block: PlanBlock, unit: str) -> Iterator[Block]:
        written = self.editorials.get(unit, {}).get(block.id)
        if written is not None:
            yield EditorialBlock(
                slot=written.slot,
                title=block.title,
                html=written.html,
                language=written.language,
                source=written.source,
                url=written.url,
                date=written.date,
            )


def _missing_in(blocks: Sequence[PlanBlock], own: OwnAnswers, said: set[str]) -> dict[Missing, list[str]]:
    """The variables of a section that have no answer, by reason, unless said before or another answer stands in."""
    missing: dict[Missing, list[str]] = {}
    for block in blocks:
        name = block.variable
        if not name or name in said:
            continue
        reason = own.reason(name)
        stood_in = any(own.reason(other) is None for other in block.stands_in)
        if reason is not None and not stood_in and name not in missing.setdefault(reason, []):
            missing[reason].append(name)
    return {reason: names for reason, names in missing.items() if names}
