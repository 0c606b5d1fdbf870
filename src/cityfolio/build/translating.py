"""A programme in another language: one walk over all its texts, which translates them and finds what there is to translate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from cityfolio.build.translating_acting import translated_acting
from cityfolio.build.translating_around import translated_around
from cityfolio.build.translating_manifest import translated_manifest
from cityfolio.harmonise.breaks import with_breaks
from cityfolio.harmonise.crosswalk import Change, Crosswalk
from cityfolio.instrument.codebook import make_codebook
from cityfolio.intake.published import NOT_PRINTED
from cityfolio.model.answer import CodedAnswers, Response
from cityfolio.model.correction import Correction
from cityfolio.model.fact import Fact
from cityfolio.model.instrument import Choice, Instrument, Question, Section
from cityfolio.narrative.translating import translated_wording
from cityfolio.profile.editorial import Editorial
from cityfolio.profile.plan import Plan, PlanBlock, PlanSection
from cityfolio.profile.safe_markdown import safe_html

if TYPE_CHECKING:
    from cityfolio.build.programme import Programme
    from cityfolio.model.unit import Unit
    from cityfolio.model.variable import Variable
    from cityfolio.reading.product_catalogues import ProductWords

__all__ = ["Texts", "translated"]


class Texts(Protocol):
    """Gives the translation of a text that stands in a context, or None where there is none."""

    def text(self, context: str, source: str) -> str | None:
        """The translation."""
        ...

    def noun(self, context: str, one: str, many: str, number: int) -> str | None:
        """The form of a noun that goes with a number."""
        ...


def translated(programme: Programme, language: str, texts: Texts) -> Programme:
    """The programme with its texts in `language`; what has no translation stays as it is. Answers are never changed."""
    product = programme.product_in(language)
    walk = _Walk(programme.manifest.content.language, language, texts)
    manifest = translated_manifest(programme.manifest, walk, product)
    surroundings = programme.surroundings
    instruments = {wave: walk.instrument(instrument) for wave, instrument in programme.instruments.items()}
    variables = with_breaks(make_codebook(list(instruments.values())), programme.crosswalks)
    directory = manifest.content.directory
    columns = {directory.country, *filter(None, [directory.apart]), *(rule.label_attribute for rule in manifest.rules)}
    units = {unit.id: walk.unit(unit, columns) for unit in programme.answers.units.values()}
    responses = walk.responses(programme.answers.responses, programme.answers.variables)
    corrections = tuple(walk.correction(one) for one in programme.answers.corrections)
    answers = CodedAnswers(units, variables, programme.answers.waves, responses, corrections)
    return replace(
        programme,
        manifest=manifest,
        instruments=instruments,
        answers=answers,
        crosswalks=tuple(walk.crosswalk(crosswalk) for crosswalk in programme.crosswalks),
        plan=walk.plan(programme.plan, programme.answers.variables, variables),
        wording=translated_wording(programme.wording, texts.text, product),
        editorials={unit: walk.editorials(unit, held) for unit, held in programme.editorials.items()},
        acting=translated_acting(programme.acting, language, texts.text),
        surroundings=replace(surroundings, around=translated_around(surroundings.around, texts.text)),
        source=programme,
        remarks=walk.remarks(programme.published, product),
        edits={name: walk(f"edit.{name}", found) for name, found in programme.edits.items()},
    )


@dataclass(frozen=True)
class _Walk:
    """Translates the parts of a programme. The texts of all waves share one context, so equal words are translated once."""

    source: str
    language: str
    texts: Texts

    def __call__(self, context: str, words: str) -> str:
        """The words in the language, or as they are."""
        return (self.texts.text(context, words) or words) if words.strip() else words

    def instrument(self, instrument: Instrument) -> Instrument:
        sections = tuple(
            Section(s.id, self(f"section.{s.id}", s.title), tuple(self._question(q) for q in s.questions))
            for s in instrument.sections
        )
        context = f"instrument.{instrument.wave}"
        title, note = self(f"{context}.title", instrument.title), self(f"{context}.note", instrument.note)
        return Instrument(instrument.wave, title, sections, note)

    def _question(self, question: Question) -> Question:
        context = f"variable.{question.variable}"
        return replace(
            question,
            label=self(f"{context}.label", question.label),
            wording=self(f"{context}.question", question.wording),
            help=self(f"{context}.help", question.help),
            evidence=self("evidence", question.evidence),
            universe=self(f"{context}.universe", question.universe),
            counting=self(f"{context}.counting", question.counting),
            choices=tuple(self._choice(f"{context}.{choice.code}", choice) for choice in question.choices),
        )

    def _choice(self, context: str, choice: Choice) -> Choice:
        return replace(
            choice,
            label=self(f"{context}.label", choice.label),
            help=self(f"{context}.help", choice.help),
            # How a label stands inside a sentence is a matter of its language: untranslated words are of no use there.
            in_text=(choice.in_text and self.texts.text(f"{context}.in_text", choice.in_text)) or "",
        )

    def unit(self, unit: Unit, columns: set[str]) -> Unit:
        held = {name: unit.attribute(name) for name in sorted(columns) if unit.attribute(name)}
        shown = {name: self(f"units.{name}", words) for name, words in held.items()}
        return replace(unit, display_name=self(f"unit:{unit.id}", unit.display_name), translated=shown)

    def responses(self, responses: Sequence[Response], before: Mapping[str, Variable]) -> tuple[Response, ...]:
        """The responses with those texts translated that the instrument says are (an office, not somebody's own words)."""
        names = [variable.id for variable in before.values() if variable.translated]
        return tuple(self._response(response, names) for response in responses) if names else tuple(responses)

    def _response(self, response: Response, names: Sequence[str]) -> Response:
        answers = {name: response.answers[name] for name in names if name in response.answers}
        said = {name: replace(a, text=self(f"variable.{name}.answer", a.text)) for name, a in answers.items() if a.text}
        return replace(response, answers={**response.answers, **said}) if said else response

    def correction(self, correction: Correction) -> Correction:
        """The correction with its reason, one context for all: many have the same."""
        return replace(correction, reason=self("corrections.reason", correction.reason))

    def remarks(self, published: Sequence[Fact], product: ProductWords) -> dict[str, str]:
        """The notes of published figures, part by part: what the product adds, and what the programme wrote."""
        parts = dict.fromkeys(part for fact in published for part in fact.note.split("; ") if part)
        return {
            part: (product.text("", part) or part) if part in NOT_PRINTED else self("published.note", part)
            for part in parts
        }

    def crosswalk(self, crosswalk: Crosswalk) -> Crosswalk:
        context = f"crosswalk.{crosswalk.earlier}-{crosswalk.later}"

        def change(change: Change) -> Change:
            name = ".".join(part for part in (change.variable, change.category) if part)
            return replace(change, reason=self(f"{context}.{name}", change.reason))

        return replace(crosswalk, changes=tuple(change(c) for c in crosswalk.changes))

    def plan(self, plan: Plan, before: Mapping[str, Variable], after: Mapping[str, Variable]) -> Plan:
        def block(section: str, block: PlanBlock) -> PlanBlock:
            if block.variable and block.title == before[block.variable].label:
                return replace(block, title=after[block.variable].label)
            name = block.id if block.kind == "editorial" else block.variable or block.id
            return replace(block, title=self(f"plan.{section}.{block.kind}.{name}", block.title))

        sections = tuple(
            PlanSection(s.id, self(f"plan.{s.id}", s.title), tuple(block(s.id, b) for b in s.blocks))
            for s in plan.sections
        )
        return replace(plan, sections=sections)

    def editorials(self, unit: str, held: Mapping[str, Editorial]) -> dict[str, Editorial]:
        return {slot: self._editorial(f"editorial.{unit}.{slot}", written) for slot, written in held.items()}

    def _editorial(self, context: str, written: Editorial) -> Editorial:
        if written.language == self.language:
            return written
        source = self(f"{context}.source", written.source)
        said = self.texts.text(context, written.markdown)
        if said is None:
            return replace(written, source=source)
        return replace(written, source=source, markdown=said, html=safe_html(said), language=self.language)
