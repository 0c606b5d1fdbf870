"""Raw answers coded as an Ibis expression, by the same plan as everywhere: it runs inside any engine Ibis
knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

import ibis

from cityfolio.engine.rank_fields import rank_parts
from cityfolio.engine.raw import WHITE_SPACE, Columns, MissingWords, QuestionPlan
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Kind

if TYPE_CHECKING:
    from ibis.expr.types import BooleanValue, IntegerValue, StringValue, Table, Value

    from cityfolio.model.instrument import Instrument

__all__ = ["RawTable", "coded_table", "number_name", "word_name"]

_NUMBER = "^-?[0-9]{1,15}([.][0-9]{1,15})?$"


@dataclass(frozen=True)
class RawTable:
    """The answers of one wave as received, as a table of texts that an engine holds.

    `corrected` gives cells that corrections put in place of those received: by column, then by unit.
    """

    instrument: Instrument
    table: Table
    columns: Columns = field(default_factory=Columns)
    missing: MissingWords = field(default_factory=MissingWords)
    corrected: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def word_name(place: int, word: int = 0) -> str:
    """The column that holds a word of the patterns of the question at this place of its plan."""
    return f"p{place}_{word}"


def number_name(place: int) -> str:
    """The column that holds the numbers of the question at this place of its plan."""
    return f"x{place}"


def coded_table(raw: RawTable, plans: Sequence[QuestionPlan]) -> Table:
    """The coded rows of a wave: `unit`, `g0`, `g1` ... by kind, `w0` ... by weight, and the columns of each
    question.

    Columns have short names, because engines differ in what they allow.
    """
    columns = raw.columns
    received = raw.table.mutate(**{column: _corrected(raw, column) for column in raw.corrected})
    table = received.select(
        unit=_trimmed(received, columns.unit),
        **{f"g{n}": _trimmed(received, column) for n, column in enumerate(columns.groups.values())},
        **{f"w{n}": _trimmed(received, c).cast("float64") for n, c in enumerate(columns.weights.values())},
        **{f"c{n}": _trimmed(received, plan.id) for n, plan in enumerate(plans)},
        **{f"o{n}": _has_own_words(received, plan) for n, plan in enumerate(plans)},
    )
    table = table.mutate(**{f"r{n}": _reason(table[f"c{n}"], raw.missing) for n in range(len(plans))})
    table = table.mutate(
        **{
            name: step
            for place, plan in enumerate(plans)
            if plan.kind is Kind.RANKED
            for name, step in _steps(plan, place, table[f"c{place}"])
        }
    )
    coded: dict[str, Value] = {}
    for place, plan in enumerate(plans):
        coded |= _coded(table, place, plan)
    kept = [name for name in table.columns if name == "unit" or name[0] in "gw"]
    table = table.select(*kept, **coded)
    places = {plan.id: place for place, plan in enumerate(plans)}
    routed = sorted((plan for plan in plans if plan.level), key=lambda plan: plan.level)
    for _, level in groupby(routed, key=lambda plan: plan.level):
        changed: dict[str, Value] = {}
        for plan in level:
            changed |= _routed(table, plan, places)
        table = table.mutate(**changed)
    said = {word_name(places[p.id]): _in_words(table, p, places) for p in plans if p.in_words}
    return table.mutate(**said) if said else table


def _corrected(raw: RawTable, column: str) -> StringValue:
    unit = _trimmed(raw.table, raw.columns.unit)
    held = raw.table[column].cast("string") if column in raw.table.columns else ibis.literal("")
    # An engine wants at least one case; one that never holds changes nothing.
    cells = raw.corrected[column] or {"": ""}
    return ibis.cases(*((unit == of, ibis.literal(cell)) for of, cell in cells.items()), else_=held)


def _trimmed(table: Table, column: str) -> StringValue:
    cell = table[column].cast("string").fill_null("")
    return cell.re_replace(f"^[{WHITE_SPACE}]+|[{WHITE_SPACE}]+$", "")


def _has_own_words(table: Table, plan: QuestionPlan) -> BooleanValue:
    if plan.own_column not in table.columns:
        return ibis.literal(value=False)
    return table[plan.own_column].cast("string").fill_null("").re_search(f"[^;{WHITE_SPACE}]")


def _reason(cell: StringValue, missing: MissingWords) -> IntegerValue:
    """The pattern of the missing reason that the cell states, or 0."""
    words = [(cell == word, _integer(reason.pattern)) for word, reason in missing.tokens.items() if word]
    return ibis.cases((cell == "", _integer(missing.empty.pattern)), *words, else_=_integer(0))


def _coded(table: Table, place: int, plan: QuestionPlan) -> dict[str, Value]:
    cell, own, reason = (table[f"{letter}{place}"] for letter in "cor")
    if plan.kind is Kind.TEXT:
        return {word_name(place): ibis.ifelse(own, _integer(0), reason)}
    bad = _integer(Missing.NOT_ON_RECORD.pattern)
    if plan.kind is Kind.NUMBER:
        fits = cell.re_search(_NUMBER) & ((reason == 0) | own)
        pattern = ibis.cases(((reason < 0) & ~own, reason), (fits, _integer(0)), else_=bad)
        number = ibis.ifelse(fits, cell, ibis.null("string")).cast("float64")
        return {word_name(place): pattern, number_name(place): number}
    if plan.kind is Kind.RANKED:
        return _ranking(table, place, plan)
    known = _made_of_codes(plan, cell)
    words: dict[str, Value] = {}
    for word, bits in enumerate(_found(plan, cell)):
        own_place, own_bit = plan.own_place
        own_bits = ibis.ifelse(own, _integer(own_bit), _integer(0)) if own_place == word else _integer(0)
        words[word_name(place, word)] = ibis.cases(
            ((reason < 0) & own, own_bits),
            (reason < 0, reason if word == 0 else _integer(0)),
            (known, bits + own_bits),
            else_=bad if word == 0 else _integer(0),
        )
    return words


def _steps(plan: QuestionPlan, place: int, cell: StringValue) -> Iterator[tuple[str, IntegerValue]]:
    """In which step of a ranking each code stands first: the white space before it, counted; null where it does not."""
    spaced = ibis.literal(" ") + cell.translate(WHITE_SPACE, " " * len(WHITE_SPACE)) + " "
    for number, code in enumerate(plan.bits):
        at = spaced.replace("=", " ").find(f" {code} ")
        before = spaced.left(at + 1)
        spaces = (before.length() - before.replace(" ", "").length()).cast("int64")
        yield _step_name(place, number), ibis.ifelse(at >= 0, spaces, ibis.null("int64"))


def _step_name(place: int, number: int) -> str:
    return f"s{place}_{number}"


def _ranking(table: Table, place: int, plan: QuestionPlan) -> dict[str, Value]:
    """The words of a ranking's pattern. A rank is one more than the number of codes in the steps before."""
    cell, reason = table[f"c{place}"], table[f"r{place}"]
    codes = "|".join(plan.bits)
    step = f"({codes})(=({codes}))*"
    fits = cell.re_search(f"^{step}([{WHITE_SPACE}]+{step})*$")
    steps = [table[_step_name(place, number)] for number in range(len(plan.bits))]
    words = [_integer(0) for _ in plan.variable.columns]
    for code, own in zip(plan.bits, steps, strict=True):
        rank = _integer(1)
        for other in steps:
            rank = rank + ibis.ifelse(other < own, _integer(1), _integer(0))
        # DuckDB takes small literals for 32 bits, and Ibis leaves out a cast to the type that it believes in already.
        rank = ibis.ifelse(own.notnull(), rank, _integer(0)).cast("int32").cast("int64")
        for word, part in rank_parts(plan.variable, plan.variable.codes.index(code)).items():
            kept = (rank >> _integer(part.dropped.bit_length() - 1)) if part.dropped > 1 else rank
            words[word] = words[word] + (kept & _integer(part.kept)) * _integer(part.shift)
    bad = Missing.NOT_ON_RECORD.pattern
    return {
        word_name(place, word): ibis.cases(
            (reason < 0, reason if word == 0 else _integer(0)),
            (fits, bits),
            else_=_integer(bad if word == 0 else 0),
        )
        for word, bits in enumerate(words)
    }


def _made_of_codes(plan: QuestionPlan, cell: StringValue) -> BooleanValue:
    if plan.kind.takes_one:
        return cell.isin(list(plan.bits))
    codes = "|".join(plan.bits)
    return cell.re_search(f"^({codes})([{WHITE_SPACE}]+({codes}))*$")


def _found(plan: QuestionPlan, cell: StringValue) -> list[IntegerValue]:
    """The bits of the codes in a cell, by word."""
    spaced = ibis.literal(" ") + cell.translate(WHITE_SPACE, " " * len(WHITE_SPACE)) + " "
    words = [_integer(0) for _ in plan.variable.columns]
    for code, (word, bit) in plan.word_bits.items():
        held = cell == code if plan.kind.takes_one else spaced.contains(f" {code} ")
        words[word] = words[word] + ibis.ifelse(held, _integer(bit), _integer(0))
    return words


def _in_words(table: Table, plan: QuestionPlan, places: Mapping[str, int]) -> IntegerValue:
    """The pattern of a number, with those marked who answered it in the words of a text alone."""
    pattern = table[word_name(places[plan.id])]
    given = ibis.or_(*(table[word_name(places[text])] >= 0 for text in plan.in_words))
    said = (pattern < 0) & (pattern != Missing.ROUTED_PAST.pattern) & given
    return ibis.ifelse(said, _integer(Missing.IN_WORDS.pattern), pattern)


def _routed(table: Table, plan: QuestionPlan, places: Mapping[str, int]) -> dict[str, Value]:
    """The columns of a routed question, with those routed past marked as such, whatever they answered."""
    past = ibis.or_(
        *(
            (table[word_name(places[r.router.id])] >= 0)
            & ((table[word_name(places[r.router.id], word)] & _integer(bits)) != 0)
            for r in plan.routed_past_by
            for word, bits in enumerate(r.words)
            if bits
        )
    )
    place = places[plan.id]
    changed: dict[str, Value] = {}
    for word in range(plan.variable.words):
        value = _integer(Missing.ROUTED_PAST.pattern if word == 0 else 0)
        changed[word_name(place, word)] = ibis.ifelse(past, value, table[word_name(place, word)])
    if plan.kind is Kind.NUMBER:
        changed[number_name(place)] = ibis.ifelse(past, ibis.null("float64"), table[number_name(place)])
    return changed


def _integer(value: int) -> IntegerValue:
    return ibis.literal(value, type="int64")
