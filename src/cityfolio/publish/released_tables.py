"""The released tables of a dataset: units, responses (wide and long), facts, variables and categories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cityfolio.model.answer import Answer, Response
from cityfolio.model.fact import PUBLISHED
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Kind, Variable
from cityfolio.publish.dataset import Dataset
from cityfolio.publish.facts import FACT_COLUMNS, fact_cells
from cityfolio.publish.tables import Cell, Column, ColumnKind, ReleasedTable

__all__ = [
    "categories_table",
    "corrections_table",
    "facts_table",
    "long_table",
    "published_table",
    "responses_table",
    "units_table",
    "variables_table",
]

_COORDINATES = ("lat", "lon")
_WHOLE = {"numerator", "base", *(reason.value for reason in Missing)}
_MEANINGS = {
    "fact": "Permanent id of the fact",
    "edition": "Which waves count: one wave, or several pooled",
    "variable": "The variable the number is about",
    "category": "The category the number is about; empty where it is about the whole variable",
    "group": "All units, units with one value of an attribute, or one unit",
    "measure": "What was computed",
    "numerator": "Units that gave the answer",
    "base": "Units that count",
    "value": "The number, unrounded; shares from 0 to 1",
    "source": "responses: counted from the answers; published: printed elsewhere",
    "base_rule": "Who counts in the base",
    "note": "Remarks on published figures",
    "source_url": "Where a published figure stands",
}
_UNIT = Column("unit", "Stable id of the unit")
_WAVE = Column("wave", "Wave of the survey")


def units_table(dataset: Dataset) -> ReleasedTable:
    """The units in the order of their ids, with the columns of the programme's own list."""
    first = next(iter(dataset.answers.units.values()), None)
    names = list(first.attributes) if first else ["unit", "name"]
    columns = tuple(_unit_column(name) for name in names)
    rows = [
        tuple(_coordinate(unit.attribute(n)) if n in _COORDINATES else unit.attribute(n) or None for n in names)
        for unit in dataset.answers.units.values()
    ]
    return ReleasedTable("units", "Units", "One row is one unit.", columns, rows, ("unit",))


def _unit_column(name: str) -> Column:
    if name == "unit":
        return _UNIT
    return Column(name, name.replace("_", " "), ColumnKind.NUMBER if name in _COORDINATES else ColumnKind.TEXT)


def _coordinate(text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:  # found when the units were read, and said there
        return None


def responses_table(dataset: Dataset) -> ReleasedTable:
    """All responses by unit and wave: for each released variable its codes, number or text, own words, and missing reason."""
    columns: list[Column] = [_UNIT, _WAVE]
    for variable in dataset.variables.values():
        columns += _answer_columns(variable, dataset.meanings)
    rows = [_wide(response, dataset) for response in _responses(dataset)]
    if dataset.corrections:
        columns.append(Column("corrected", "Questions whose answer was corrected", separator=" "))
        corrected = _corrected(dataset)
        rows = [(*row, " ".join(corrected.get((row[0], row[1]), ())) or None) for row in rows]
    return ReleasedTable(
        "responses",
        "Responses",
        "One row is one unit's response in one wave.",
        tuple(columns),
        rows,
        ("unit", "wave"),
        ((("unit",), "units", ("unit",)),),
    )


def _responses(dataset: Dataset) -> Iterator[Response]:
    for responses in dataset.answers.by_unit.values():
        yield from responses.values()


def _answer_columns(variable: Variable, meanings: Mapping[str, str]) -> Iterator[Column]:
    kind = ColumnKind.NUMBER if variable.kind is Kind.NUMBER else ColumnKind.TEXT
    codes = {category.code: category.label for category in variable.categories}
    several = " " if variable.kind in (Kind.MULTIPLE, Kind.RANKED) else ""
    yield Column(variable.id, variable.label, kind, variable.universe, codes, several)
    if variable.own_words:
        yield Column(f"{variable.id}_other", f"{variable.label}: own words", separator=";")
    reasons = {reason.value: meanings.get(reason.value, reason.value) for reason in Missing}
    yield Column(f"{variable.id}_missing", f"{variable.label}: why there is no answer", codes=reasons)


def _wide(response: Response, dataset: Dataset) -> tuple[Cell, ...]:
    row: list[Cell] = [response.unit, response.wave]
    for variable in dataset.variables.values():
        answer = _answer(response, variable)
        row.append(_value(variable, answer))
        row += ["; ".join(answer.own_words) or None] if variable.own_words else []
        row.append(answer.missing.value if answer.missing is not None else None)
    return tuple(row)


def _corrected(dataset: Dataset) -> dict[tuple[Cell, Cell], dict[str, str]]:
    """The corrected questions of each response by unit and wave, in their order, with the day of the last correction."""
    found: dict[tuple[Cell, Cell], dict[str, str]] = {}
    order = list(dataset.variables)
    for one in sorted(dataset.corrections, key=lambda one: order.index(one.variable)):
        found.setdefault((one.unit, one.wave), {})[one.variable] = one.date
    return found


def corrections_table(dataset: Dataset) -> ReleasedTable:
    """The corrections of released answers, in the order in which they were applied."""
    columns = (
        Column("correction", "Place in the order in which corrections were applied", ColumnKind.WHOLE),
        _UNIT,
        _WAVE,
        Column("variable", "Question"),
        Column("part", "own_words: the words beside the answer were corrected, not the answer"),
        Column("category", "The one category that was corrected; empty where it is the whole answer"),
        Column("before", "What the answer said as it was received; of a category yes or no"),
        Column("after", "What it says"),
        Column("date", "Day on which the correction was decided"),
        Column("reason", "Why"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            place, one.unit, one.wave, one.variable, "own_words" if one.own_words else None, one.category or None,
            one.before or None, one.after or None, one.date, one.reason,
        )
        for place, one in enumerate(dataset.corrections, start=1)
    ]  # fmt: skip
    return ReleasedTable(
        "corrections",
        "Corrections",
        "One row is one answer that was corrected after it was given; the other tables hold the corrected answer.",
        columns,
        rows,
        ("correction",),
        ((("unit",), "units", ("unit",)), (("variable",), "variables", ("variable",))),
    )


def _answer(response: Response, variable: Variable) -> Answer:
    return response.answers.get(variable.id, Answer.without(Missing.NOT_ASKED))


def _value(variable: Variable, answer: Answer) -> Cell:
    if answer.missing is not None:
        return None
    if variable.kind is Kind.NUMBER:
        return answer.number
    return (" ".join(answer.codes) if variable.kind.is_choice else answer.text) or None


def long_table(dataset: Dataset) -> ReleasedTable:
    """All answers, one a row: each category chosen, number, text or own words, or the reason why there is none."""
    columns: tuple[Column, ...] = (
        _UNIT,
        _WAVE,
        Column("variable", "Variable"),
        Column("place", "Place in the unit's own order", ColumnKind.WHOLE),
        Column("category", "Category chosen"),
        Column("number", "Number given", ColumnKind.NUMBER),
        Column("text", "Text given"),
        Column("own_words", "Answer in own words"),
        Column(
            "missing", "Why there is no answer", codes={r.value: dataset.meanings.get(r.value, "") for r in Missing}
        ),
    )
    rows = [row for response in _responses(dataset) for row in _long(response, dataset)]
    if dataset.corrections:
        columns = (*columns, Column("corrected", "Day on which the answer was corrected"))
        corrected = _corrected(dataset)
        rows = [(*row, corrected.get((row[0], row[1]), {}).get(str(row[2]))) for row in rows]
    return ReleasedTable(
        "responses-long",
        "Responses, one answer a row",
        "One row is one answer of one unit in one wave.",
        columns,
        rows,
        ("unit", "wave", "variable", "place"),
        ((("unit",), "units", ("unit",)), (("variable",), "variables", ("variable",))),
    )


def _long(response: Response, dataset: Dataset) -> Iterator[tuple[Cell, ...]]:
    for variable in dataset.variables.values():
        answer = _answer(response, variable)
        said: list[tuple[Cell, ...]] = [(code, None, None, None, None) for code in answer.codes]
        if answer.missing is not None:
            said = [(None, None, None, None, answer.missing.value)]
        elif variable.kind is Kind.NUMBER:
            said = [(None, answer.number, None, None, None)]
        elif variable.kind is Kind.TEXT:
            said = [(None, None, answer.text, None, None)]
        elif answer.own_words:
            said += [(None, None, None, words, None) for words in answer.own_words]
        for place, cells in enumerate(said, start=1):
            yield (response.unit, response.wave, variable.id, place, *cells)


def facts_table(dataset: Dataset) -> ReleasedTable:
    """Every fact of every edition, and the published figures."""
    columns = tuple(Column(n, _MEANINGS.get(n, n.replace("_", " ")), _fact_kind(n)) for n in FACT_COLUMNS)
    return ReleasedTable(
        "facts",
        "Facts",
        "One row is one number with its base.",
        columns,
        [fact_cells(fact) for fact in dataset.facts],
        ("fact",),
    )


def published_table(dataset: Dataset) -> ReleasedTable:
    """The figures published elsewhere, with their sources."""
    columns = tuple(Column(n, _MEANINGS.get(n, n.replace("_", " ")), _fact_kind(n)) for n in FACT_COLUMNS)
    rows = [fact_cells(fact) for fact in dataset.facts if fact.key.source == PUBLISHED]
    return ReleasedTable("published", "Published figures", "One row is one published figure.", columns, rows, ("fact",))


def _fact_kind(name: str) -> ColumnKind:
    if name in _WHOLE:
        return ColumnKind.WHOLE
    return ColumnKind.NUMBER if name == "value" else ColumnKind.TEXT


def variables_table(dataset: Dataset) -> ReleasedTable:
    """The codebook's variables: label, kind, waves, wording of the latest wave, universe."""
    columns = tuple(
        Column(name, label)
        for name, label in (
            ("variable", "Name in the files"),
            ("label", "Label"),
            ("kind", "How it is answered"),
            ("waves", "Waves that asked it"),
            ("question", "Question as last put"),
            ("universe", "Whom it is asked of"),
        )
    )
    rows: list[tuple[Cell, ...]] = []
    for variable in dataset.variables.values():
        last = dataset.instruments[variable.waves[-1]].questions[variable.id]
        asked = " ".join(variable.waves)
        rows.append(
            (variable.id, variable.label, variable.kind.value, asked, last.wording or None, variable.universe or None)
        )
    return ReleasedTable("variables", "Variables", "One row is one variable.", columns, rows, ("variable",))


def categories_table(dataset: Dataset) -> ReleasedTable:
    """The codebook's categories: code, label, waves that offered it."""
    columns = tuple(
        Column(name, label)
        for name, label in (
            ("variable", "Variable"),
            ("category", "Code"),
            ("label", "Label"),
            ("help", "What it means"),
            ("waves", "Waves that offered it"),
        )
    )
    rows: list[tuple[Cell, ...]] = [
        (variable.id, category.code, category.label, category.help or None, " ".join(category.waves))
        for variable in dataset.variables.values()
        for category in variable.categories
    ]
    refers = ((("variable",), "variables", ("variable",)),)
    return ReleasedTable(
        "categories", "Categories", "One row is one category.", columns, rows, ("variable", "category"), refers
    )
