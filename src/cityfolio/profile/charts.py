"""Charts of all units. The numbers are the same on every page; only the marks of the unit's own answers differ."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cityfolio.harmonise.availability import wave_notes
from cityfolio.model.edition import Edition
from cityfolio.model.fact import Fact
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Kind, Variable
from cityfolio.narrative.composing import Speaker, join, published_number, published_value
from cityfolio.narrative.counting import counting_of
from cityfolio.narrative.sentence import Sentence, plain_text, text
from cityfolio.profile.document import ChartBlock, ChartRow, Reference
from cityfolio.profile.published_numbers import PublishedNumbers, published_numbers
from cityfolio.tabulate.shares import OWN_WORDS

__all__ = ["ChartMaker", "left_out", "mark_own", "marks_of_waves", "notes_of_waves"]

_MARKS = ("*", "†", "‡", "§", "‖", "¶")


def mark_own(chart: ChartBlock, codes: Sequence[str], has_own_words: bool) -> ChartBlock:  # noqa: FBT001 - the one thing that is true or false of an answer
    """The chart with the unit's own answers marked."""
    own = {*codes, *((OWN_WORDS,) if has_own_words else ())}
    if not own:
        return chart
    return replace(chart, rows=tuple(replace(r, chosen=True) if r.code in own else r for r in chart.rows))


def marks_of_waves(codes: Sequence[str], variable: Variable, edition: Edition) -> dict[str, str]:
    """A footnote mark for each of the categories, in this order, that some wave of the edition did not offer."""
    noted = {note.category.code for note in wave_notes(variable, edition)}
    return dict(zip([code for code in codes if code in noted], itertools.cycle(_MARKS), strict=False))


def notes_of_waves(
    marks: Mapping[str, str], variable: Variable, edition: Edition, speaker: Speaker
) -> tuple[tuple[str, Sentence], ...]:
    """The footnotes of marked categories: which waves offered them and which did not."""
    noted = {note.category.code: note for note in wave_notes(variable, edition)}
    found = []
    for code, mark in marks.items():
        note = noted[code]
        offered, not_offered = speaker.listed(note.offered), speaker.listed(note.not_offered)
        said = speaker.phrase("chart.note", offered=offered, not_offered=not_offered)
        found += [(mark, said)] if said else []
    return tuple(found)


def left_out(fact: Fact, speaker: Speaker) -> Sentence | None:
    """Who was left out of a fact's base, by reason, with the numbers; None where nobody was."""
    if fact.base is None or not fact.base.excluded:
        return None
    parts = []
    for reason in Missing:
        number = fact.base.left_out(reason)
        if number:
            said = speaker.phrase(f"reason.{reason.value}", number=speaker.number(number, fact.id, reason.value))
            parts += [said] if said else []
    if not parts:
        return None
    return speaker.phrase("chart.left_out", reasons=join(parts, ["", *[", "] * (len(parts) - 1), ""]))


@dataclass(frozen=True)
class ChartMaker:
    """Makes the chart of a variable in an edition.

    With `to_compare`, an answer that is the only one on record is said to be that and not drawn: beside the answers of
    the unit, a row of "1 of 1" for each of them says nothing.
    """

    edition: Edition
    editions: Mapping[str, Edition]
    speaker: Speaker
    to_compare: bool = False

    def chart(self, variable: Variable, title: str) -> ChartBlock | None:
        """The chart, or None where there is neither an answer on record nor a published number."""
        widest = self._widest(variable)
        is_thin = _counted(widest) < self.speaker.thin_base
        published = published_numbers(self.speaker.store, variable, self.edition, self.editions, of_any=is_thin)
        if widest is None and published is None:
            return self._withheld_chart(variable, title)
        if self.to_compare and widest is not None and published is None and _counted(widest) == 1:
            return self._only_answer(variable, title, widest)
        leads = is_thin and published is not None
        if published is not None and not leads and 2 * len(published.by_code) < len(variable.categories):
            published = None  # a column that says "no figure" in most rows; the few figures stand in words below
        rows = self._rows(variable, published, leads=leads)
        marks = {row.code: row.mark for row in rows if row.mark}
        own = self._own_words_row(variable)
        return ChartBlock(
            variable=variable.id,
            title=title,
            subtitle=self._subtitle(variable, widest),
            leads="published" if leads else "responses",
            thin=self._thin(widest, leads=leads) if is_thin else None,
            rows=(*rows, *([own] if own else [])),
            left_out=left_out(widest, self.speaker) if widest else None,
            withheld=self.speaker.phrase("chart.withheld_note") if any(row.withheld for row in rows) else None,
            notes=notes_of_waves(marks, variable, self.edition, self.speaker),
            references=self.references(variable, published),
            source=self.speaker.phrase("chart.source", edition=text(self.edition.title)) or (),
            published_note=self.speaker.published_note(published.any_fact, self.editions, leads=leads)
            if published
            else (),
            published_url=published.any_fact.url if published else "",
            counting=counting_of(variable, self.speaker, self.edition),
        )

    def _withheld_chart(self, variable: Variable, title: str) -> ChartBlock | None:
        """In place of a chart whose numbers are all withheld: that they are. None where there are no numbers."""
        facts = [self.speaker.store.find(self.edition.id, variable.id, c.code) for c in variable.categories]
        if not any(fact is not None and fact.withheld for fact in facts):
            return None
        return ChartBlock(
            variable.id, title, (), "responses", self.speaker.phrase("chart.withheld_all"), (), None
        )  # fmt: skip

    def _only_answer(self, variable: Variable, title: str, fact: Fact) -> ChartBlock:
        """In place of a chart over one answer: that there is no other to compare it with."""
        said = self.speaker.phrase("chart.only_answer", **self.speaker.fact_names(fact))
        return ChartBlock(
            variable.id, title, (), "responses", said, (), None, references=self.references(variable, None)
        )  # fmt: skip

    def references(self, variable: Variable, in_rows: PublishedNumbers | None) -> tuple[Reference, ...]:
        """The published figures about the variable that stand in no row, in words: one sentence for each survey and source."""
        shown = {fact.id for fact in in_rows.by_code.values()} if in_rows else set()
        alike: dict[tuple[str, str, int | None, str], list[Fact]] = {}
        for fact in self.speaker.store.published_about(variable.id):
            if fact.id not in shown and fact.key.measure != "rank" and fact.key.category in variable.by_code:
                base = fact.base.counted if fact.base is not None else None
                alike.setdefault((fact.key.measure, fact.key.edition, base, fact.url), []).append(fact)
        found = []
        for (measure, _, base, url), facts in alike.items():
            as_list = len(facts) > 1 and (measure == "share" or (measure == "count" and base is None))
            for group in [facts] if as_list else [[fact] for fact in facts]:
                sentence = self._reference(variable, group)
                found += [Reference(sentence, url)] if sentence else []
        return tuple(found)

    def _reference(self, variable: Variable, facts: Sequence[Fact]) -> Sentence | None:
        labels = [text(variable.by_code[fact.key.category].label) for fact in facts]
        if len(facts) > 1:
            return self.speaker.published_together(list(zip(labels, facts, strict=True)), self.editions)
        said = self.speaker.published(facts[0], self.editions)
        return self.speaker.phrase("chart.reference", label=labels[0], published=said) if said else None

    def _rows(self, variable: Variable, published: PublishedNumbers | None, *, leads: bool) -> list[ChartRow]:
        """The rows by the length of their bars, an explicit "none" last, those of a scale in its order.

        Marks for the waves' notes follow that order.
        """
        rows = []
        for category in variable.categories:
            fact = self.speaker.store.find(self.edition.id, variable.id, category.code)
            row = self._row(category.code, category.label, fact)
            figure = published.by_code.get(category.code) if published else None
            if figure is not None:
                number, unit = published_number(figure)
                row = replace(
                    row,
                    published=published_value(figure, self.speaker.grammar),
                    published_fact=figure.id,
                    published_number=number,
                    published_unit=unit,
                )
            rows.append(replace(row, length=published.length(category.code)) if leads and published else row)
        if variable.kind is not Kind.SCALE:
            rows.sort(key=lambda row: (variable.by_code[row.code].exclusive, -row.length))
        marks = marks_of_waves([row.code for row in rows], variable, self.edition)
        return [replace(row, mark=marks.get(row.code, "")) for row in rows]

    def _own_words_row(self, variable: Variable) -> ChartRow | None:
        fact = self.speaker.store.find(self.edition.id, variable.id, "", OWN_WORDS)
        label = self.speaker.phrase("chart.own_words")
        if fact is None or label is None:
            return None
        return self._row(OWN_WORDS, plain_text(label), fact)

    def _row(self, code: str, label: str, fact: Fact | None) -> ChartRow:
        row = _row(code, label, fact, self.speaker.thin_base)
        if fact is None or not fact.withheld:
            return row
        return replace(row, withheld=plain_text(self.speaker.phrase("chart.withheld") or ()))

    def _widest(self, variable: Variable) -> Fact | None:
        """The fact with the largest base: that of the question itself, before one-wave categories narrow it."""
        return max(self._shown(variable), key=_counted, default=None)

    def _shown(self, variable: Variable) -> list[Fact]:
        found = [self.speaker.store.find(self.edition.id, variable.id, c.code) for c in variable.categories]
        return [fact for fact in found if fact is not None and not fact.withheld]

    def _subtitle(self, variable: Variable, widest: Fact | None) -> Sentence:
        edition = text(self.edition.title)
        if widest is None:
            return self.speaker.phrase("chart.of_none", edition=edition) or ()
        narrowest = min(self._shown(variable), key=_counted)
        names = {**self.speaker.fact_names(widest), "edition": edition}
        if _counted(narrowest) == _counted(widest):
            return self.speaker.phrase("chart.of", **names) or ()
        names["smallest"] = self.speaker.number(_counted(narrowest), narrowest.id, "base")
        return self.speaker.phrase("chart.of_range", **names) or ()

    def _thin(self, widest: Fact | None, *, leads: bool) -> Sentence | None:
        if widest is None:
            return self.speaker.phrase("chart.references_only")
        names = self.speaker.fact_names(widest)
        return self.speaker.phrase("chart.thin_published" if leads else "chart.thin", **names)


def _counted(fact: Fact | None) -> int:
    return fact.base.counted if fact is not None and fact.base is not None else 0


def _row(code: str, label: str, fact: Fact | None, thin_base: int) -> ChartRow:
    """The row of a category with the numbers of its fact, if it has one."""
    if fact is None or fact.base is None or fact.numerator is None:
        return ChartRow(code, label, chosen=False, count=None, of=None, per_cent=None, fact="", length=0.0)
    of = fact.base.counted
    per_cent = fact.per_cent if of >= thin_base else None
    length = round(fact.numerator / of, 4)
    return ChartRow(
        code, label, chosen=False, count=fact.numerator, of=of, per_cent=per_cent, fact=fact.id, length=length
    )
