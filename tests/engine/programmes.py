"""Programmes made by Hypothesis: waves with different instruments, routing, missing reasons, weights, groups."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from hypothesis import strategies as st

from cityfolio.engine.plain import PlainEngine
from cityfolio.engine.raw import Columns, MissingWords, RawWave
from cityfolio.instrument.codebook import make_codebook
from cityfolio.intake.coding import MissingTokens
from cityfolio.intake.responses import Context, read_corrected_responses
from cityfolio.model.answer import CodedAnswers, Response
from cityfolio.model.edition import Edition, EditionRule, Group
from cityfolio.model.instrument import Choice, Instrument, Question, Routing, Section
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Kind, Variable
from cityfolio.reading.text import Source

KINDS = ("region", "size")
WEIGHT = "survey"
CODES = ("a", "b", "c-1", "d_2", "e", "yes", "no", "A")
WORDS = {"refused": Missing.REFUSED, "dk": Missing.DONT_KNOW, "-": Missing.UNANSWERED}
CHOICES = (Kind.SINGLE, Kind.MULTIPLE, Kind.RANKED, Kind.SCALE)
VARIABLES = {
    "multiple1": Kind.MULTIPLE,
    "single1": Kind.SINGLE,
    "multiple2": Kind.MULTIPLE,
    "number1": Kind.NUMBER,
    "single2": Kind.SINGLE,
    "text1": Kind.TEXT,
    "scale1": Kind.SCALE,
    "ranked1": Kind.RANKED,
}


@dataclass(frozen=True)
class RawRow:
    """One response as received."""

    unit: str
    groups: tuple[str, ...]
    weight: float
    cells: dict[str, str]


@dataclass(frozen=True)
class Programme:
    """A programme in memory: instruments in order, and rows by wave.

    `corrected` are cells that corrections put in place of those received, by wave, column and unit.
    """

    instruments: tuple[Instrument, ...]
    rows: dict[str, tuple[RawRow, ...]]
    missing: MissingWords
    corrected: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)

    @property
    def waves(self) -> tuple[str, ...]:
        return tuple(instrument.wave for instrument in self.instruments)

    @property
    def variables(self) -> dict[str, Variable]:
        return make_codebook(self.instruments)

    @property
    def editions(self) -> list[Edition]:
        single = [Edition(wave, (wave,)) for wave in self.waves]
        panel = Edition("panel", self.waves, rule=EditionRule.MATCHED_PANEL)
        return [*single, Edition("pooled", self.waves), Edition("last", self.waves[-2:]), panel]

    def write(self, folder: Path) -> list[RawWave]:
        """The waves as CSV files."""
        return [self._write(folder, instrument) for instrument in self.instruments]

    def _write(self, folder: Path, instrument: Instrument) -> RawWave:
        answers = [c for q in instrument.questions.values() for c in (q.variable, f"{q.variable}_other")]
        columns = ["unit", *KINDS, "w", *answers]
        lines = [",".join(columns)]
        for row in self.rows[instrument.wave]:
            cells = [row.unit, *row.groups, repr(row.weight), *(row.cells.get(c, "") for c in answers)]
            lines.append(",".join(quoted(cell) for cell in cells))
        path = folder / f"{instrument.wave}.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        groups = {kind: kind for kind in KINDS}
        corrected = self.corrected.get(instrument.wave, {})
        return RawWave(instrument, path, Columns("unit", groups, {WEIGHT: "w"}), self.missing, corrected)

    @property
    def edited(self) -> Programme:
        """The same programme with its corrections written into the rows by hand."""

        def fresh(wave: str, row: RawRow) -> RawRow:
            cells = {
                column: cells[row.unit] for column, cells in self.corrected.get(wave, {}).items() if row.unit in cells
            }
            return replace(row, cells=row.cells | cells)

        rows = {wave: tuple(fresh(wave, row) for row in held) for wave, held in self.rows.items()}
        return replace(self, rows=rows, corrected={})

    def coded(self, folder: Path) -> CodedAnswers:
        """The answers as intake codes them, the meaning that every engine has to reproduce."""
        responses: list[Response] = []
        tokens = MissingTokens(self.missing.empty, self.missing.tokens)
        by_hand = folder / "edited"
        by_hand.mkdir(exist_ok=True)
        for raw in self.edited.write(by_hand):
            context = Context(raw.instrument, self.variables, {}, tokens)
            responses += read_corrected_responses(Source(raw.path, raw.path.name), context, ())[0]
        return CodedAnswers({}, self.variables, self.waves, tuple(responses))

    def plain(self, folder: Path) -> PlainEngine:
        """The plain engine over the same answers."""
        groups = {
            (row.unit, wave): tuple(Group(k, g) for k, g in zip(KINDS, row.groups, strict=True) if g)
            for wave, rows in self.rows.items()
            for row in rows
        }
        return PlainEngine(self.coded(folder), groups)

    def weights(self) -> dict[tuple[str, str], float]:
        """The weight of each response, by unit and wave."""
        return {(row.unit, wave): row.weight for wave, rows in self.rows.items() for row in rows}


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if set(cell) & set('",\n\r') else cell


@st.composite
def questions(draw: st.DrawFn) -> tuple[Question, ...]:
    asked: list[Question] = []
    names = draw(st.lists(st.sampled_from(list(VARIABLES)), min_size=1, max_size=5, unique=True))
    for name in names:
        kind = VARIABLES[name]
        codes = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=6, unique=True)) if kind in CHOICES else []
        routings = []
        for router in draw(st.lists(st.sampled_from(asked), max_size=2, unique=True)) if asked else []:
            if router.choices:
                past = draw(st.lists(st.sampled_from([c.code for c in router.choices]), min_size=1, unique=True))
                routings.append(Routing(router.variable, tuple(past)))
        choices = tuple(Choice(code, code) for code in codes)
        own = draw(st.booleans()) and kind in CHOICES and kind is not Kind.RANKED
        numbers = [question.variable for question in asked if question.kind is Kind.NUMBER]
        about = draw(st.sampled_from(["", *numbers])) if kind is Kind.TEXT else ""
        routed = tuple(routings)
        asked.append(Question(name, kind, name, choices=choices, own_words=own, routed_past_by=routed, describes=about))
    return tuple(asked)


def cell_of(question: Question) -> st.SearchStrategy[str]:
    codes = [choice.code for choice in question.choices]
    words = st.sampled_from(["", "", *WORDS, "unknown", "a b"])
    if question.kind is Kind.NUMBER:
        return words | st.integers(-5, 5).map(str) | st.sampled_from(["2.50", "1e5", "-0", "1,5", "007"])
    if question.kind is Kind.TEXT:
        return words | st.sampled_from(["Delft", 'say "no", twice', "due\nrighe", "café"])
    chosen = st.lists(st.sampled_from(codes), min_size=1, max_size=4)
    gaps = [" ", " ", "  ", "\t", "\u00a0 "]
    between = st.sampled_from([*gaps, "=", "= "] if question.kind is Kind.RANKED else gaps)
    around = st.sampled_from(["", "", " ", "\u00a0"])
    several = st.builds(lambda side, gap, found: side + gap.join(found) + side, around, between, chosen)
    if question.kind is Kind.RANKED:
        tied = st.builds("{}={}".format, st.sampled_from(codes), st.sampled_from(codes))
        ranked = st.builds(" ".join, st.lists(st.sampled_from(codes) | tied, min_size=1, max_size=5))
        return st.sampled_from(codes) | several | ranked | words | st.sampled_from(CODES)
    return st.sampled_from(codes) | several | words | st.sampled_from(CODES)


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    waves = draw(st.integers(1, 3))
    instruments = tuple(
        Instrument(f"20{18 + 2 * n}", "T", (Section("s", "S", draw(questions())),)) for n in range(waves)
    )
    rows: dict[str, tuple[RawRow, ...]] = {}
    for instrument in instruments:
        units = draw(st.lists(st.integers(0, 12), max_size=10, unique=True))
        rows[instrument.wave] = tuple(draw(row_of(f"unit-{unit}", instrument)) for unit in units)
    empty = draw(st.sampled_from([Missing.NOT_ON_RECORD, Missing.UNANSWERED]))
    corrected = {
        one.wave: draw(corrections_of(one, [row.unit for row in rows[one.wave]]))
        for one in instruments
        if rows[one.wave]
    }
    return Programme(instruments, rows, MissingWords(empty, WORDS), corrected)


@st.composite
def corrections_of(draw: st.DrawFn, instrument: Instrument, units: list[str]) -> dict[str, dict[str, str]]:
    """Corrected cells of one wave, by column and unit; mostly none."""
    found: dict[str, dict[str, str]] = {}
    for question in draw(st.lists(st.sampled_from(list(instrument.questions.values())), max_size=2, unique=True)):
        found[question.variable] = draw(st.dictionaries(st.sampled_from(units), cell_of(question), max_size=2))
        words = st.sampled_from(["", "; ", "trams"])
        found[f"{question.variable}_other"] = draw(st.dictionaries(st.sampled_from(units), words, max_size=1))
    return {column: cells for column, cells in found.items() if cells}


@st.composite
def row_of(draw: st.DrawFn, unit: str, instrument: Instrument) -> RawRow:
    cells: dict[str, str] = {}
    for question in instrument.questions.values():
        cells[question.variable] = draw(cell_of(question))
        cells[f"{question.variable}_other"] = draw(st.sampled_from(["", "", "", "; ", "trams", "a; b"]))
    groups = (draw(st.sampled_from(["", "north", "south"])), draw(st.sampled_from(["S", "M's", "L"])))
    return RawRow(unit, groups, draw(st.floats(0.001, 100) | st.just(0.0)), cells)
