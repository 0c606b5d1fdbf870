"""Tables of a programme with more answers than plain Python should hold: coded, joined and counted by DuckDB.

The definitions are those of every other table: the same instruments, codebook, editions, groups, bases and facts.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow

from cityfolio.build.content import edition_named
from cityfolio.build.programme import CORRECTIONS, Definitions, load_definitions
from cityfolio.build.project import choice_named, no_such_groups
from cityfolio.engine.counting import Cell, PatternCounts
from cityfolio.engine.distinct_cells import cells_of, distinct_cells
from cityfolio.engine.duck import DuckEngine
from cityfolio.engine.duck_session import Limits, session
from cityfolio.engine.joining import CARRYING, UnitColumns, UnitRow, doubled_units, join_units, unknown_units
from cityfolio.engine.raw import MissingWords, RawWave
from cityfolio.engine.store import AnswerStore
from cityfolio.errors import ProgrammeBlocked, WrongUse
from cityfolio.findings import Finding, Place, any_blocks, in_order
from cityfolio.harmonise.availability import edition_notes
from cityfolio.harmonise.grouping import group_labels
from cityfolio.intake.coding import Coder
from cityfolio.intake.corrections import correct, load_corrections
from cityfolio.model.edition import ALL, EditionRule, Group
from cityfolio.model.unit import Unit
from cityfolio.model.variable import Kind
from cityfolio.reading.parquet import is_parquet
from cityfolio.reading.table import shape_findings
from cityfolio.reading.text import Source, read_text, refused
from cityfolio.tabulate.crossings import PEERS, crossed
from cityfolio.tabulate.facts import edition_facts
from cityfolio.tabulate.shares import SHARE
from cityfolio.tabulate.table import Table, TableRow
from cityfolio.tabulate.weighing import estimates_from_sums

if TYPE_CHECKING:
    from cityfolio.model.edition import Edition
    from cityfolio.model.fact import Fact
    from cityfolio.model.variable import Variable
    from cityfolio.tabulate.table import WeightedEstimate

__all__ = ["PLAIN_BYTES", "LargeProject", "is_large", "open_large_project"]

PLAIN_BYTES = 20_000_000
"""Files of responses that are larger than this together are counted by DuckDB unless plain Python is asked for."""

_CACHE = ".cityfolio-cache"


def is_large(folder: Path) -> bool:
    """Whether the responses of a programme are too many to be held as Python objects."""
    tables = [
        path.stat().st_size for path in folder.rglob("*") if path.suffix in (".csv", ".parquet") and path.is_file()
    ]
    if sum(tables) <= PLAIN_BYTES:
        return False
    definitions = load_definitions(folder)
    return sum(path.stat().st_size for path in definitions.responses.values() if path.is_file()) > PLAIN_BYTES


def open_large_project(folder: str | Path, limits: Limits | None = None) -> LargeProject:
    """The programme in a folder, to be counted by DuckDB within these limits of memory and threads.

    Raises:
        NotAProgramme: if the folder has no programme.yml.
        ProgrammeBlocked: if a finding about what the programme declares blocks.
    """
    definitions = load_definitions(Path(folder))
    if any_blocks(definitions.findings):
        raise ProgrammeBlocked(in_order(definitions.findings))
    return LargeProject(Path(folder), definitions, limits or Limits())


@dataclass(frozen=True)
class LargeProject:
    """A programme whose answers stay in files. Answers are coded at the first question, and kept beside the programme."""

    folder: Path
    definitions: Definitions
    limits: Limits = field(default_factory=Limits)

    def tabulate(
        self, variable: str, *, by: str | None = None, edition: str | None = None, weights: str | None = None
    ) -> Table:
        """The table that `Project.tabulate` gives, from answers of any number.

        Raises:
            ProgrammeBlocked: if a finding about the answers blocks; each different cell is judged once, at its first line.
            WrongUse: if a name is not known, the variable is no choice, or small counts of it are withheld.
        """
        wanted, chosen = self._choice(variable), self._edition(edition)
        kinds, answers = self._sides(by)
        if weights and answers:
            raise WrongUse("Weights do not go with groups by answers here; take --engine plain, or a kind of group.")
        engine = self._engine(weights or "")
        counts = self._counts(engine, chosen, wanted, kinds, answers)
        groups = [*kinds, *answers]
        merged = _Counted(_merged(counts, groups))
        kind = merged.counts.kinds[0] if groups else ""
        facts = edition_facts(merged, chosen, {wanted.id: wanted}, [kind] if kind else [])
        shares = [f for f in facts if f.key.measure == SHARE and (f.key.group == ALL) == (not groups)]
        estimates = self._estimates(engine, chosen, wanted, kinds, weights) if weights else {}
        labels = self._labels([part.strip() for part in by.split(",")] if by else [], shares)
        rows = [
            TableRow(
                fact, labels[fact.key.group], wanted.by_code[fact.key.category].label,
                estimates.get((fact.key.group, fact.key.category)),
            )
            for fact in sorted(shares, key=lambda f: f.key.group)
        ]  # fmt: skip
        return Table(wanted.id, wanted.label, chosen.title, tuple(rows), tuple(edition_notes(wanted, chosen)))

    # ---- What is asked for

    def _choice(self, name: str) -> Variable:
        wanted = choice_named(self.definitions.variables, name)
        if wanted.confidential and self.definitions.manifest.disclosure.is_active:
            raise WrongUse(f'Small counts of "{name}" are withheld, which takes all its tables; take --engine plain.')
        return wanted

    def _edition(self, name: str | None) -> Edition:
        chosen = edition_named(self.definitions.manifest, name)
        if chosen.rule is EditionRule.LATEST_ANSWER:
            raise WrongUse(f'"{chosen.id}" takes the latest answer of each variable; take --engine plain for it.')
        return chosen

    def _sides(self, by: str | None) -> tuple[list[str], list[str]]:
        """The kinds of groups, and the single choices, that the table is crossed by."""
        manifest, variables = self.definitions.manifest, self.definitions.variables
        kinds, answers = [], []
        for name in [part.strip() for part in by.split(",")] if by else []:
            if name in {rule.kind for rule in manifest.rules}:
                kinds.append(name)
            elif name in variables and variables[name].kind.takes_one and not variables[name].confidential:
                answers.append(name)
            elif name == PEERS or name in variables:
                raise WrongUse(f'"{name}" makes no groups here; take --engine plain.')
            else:
                raise no_such_groups(name, manifest, variables)
        if len(answers) > 1:
            raise WrongUse("Groups by the answers to several questions are for --engine plain.")
        return kinds, answers

    # ---- Coded answers

    def _engine(self, weight: str) -> DuckEngine:
        manifest = self.definitions.manifest
        inputs = self.folder / _CACHE / "answers" / self._fingerprint
        store = AnswerStore(inputs / _digest(weight))
        engine = DuckEngine(store, self.definitions.variables, manifest.waves, self.limits)
        if len(store.waves(manifest.waves)) < len(manifest.waves):
            self._forget_others(inputs)
            store.folder.mkdir(parents=True, exist_ok=True)
            self._code(engine, weight)
        return engine

    @property
    def _files(self) -> list[_TableFile]:
        held = {self.units_file: "it lists the units"}
        held |= {path: f"it holds the responses of {wave}" for wave, path in self.definitions.responses.items()}
        return [_TableFile(Source(path, self._name(path), need, self.folder)) for path, need in held.items()]

    @cached_property
    def _fingerprint(self) -> str:
        """What the coded answers depend on. Large files count by size and time of change, as for make."""
        files = [self.folder / "programme.yml", *self.definitions.instrument_files]
        files += [path for path in (self.folder / CORRECTIONS,) if path.is_file()]
        large = [self.units_file, *self.definitions.responses.values()]
        stamps = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in large if path.is_file()]
        return _digest(repr([path.read_bytes() for path in files]), repr(stamps))

    @property
    def units_file(self) -> Path:
        """The list of units."""
        return self.folder / "units.csv"

    def _forget_others(self, inputs: Path) -> None:
        for other in inputs.parent.iterdir() if inputs.parent.is_dir() else ():
            if other != inputs:
                shutil.rmtree(other)

    def _code(self, engine: DuckEngine, weight: str) -> None:
        refused = [finding for file in self._files if (finding := file.refused) is not None]
        if refused:
            raise ProgrammeBlocked(in_order(refused))
        try:
            self._code_files(engine, weight)
        except (duckdb.Error, pyarrow.ArrowException, UnicodeError, csv.Error) as trouble:
            # A file that is no table stops DuckDB in the middle; what is wrong with it is said by the readers of small ones.
            findings = in_order([finding for file in self._files for finding in file.findings])
            if not any_blocks(findings):
                raise
            raise ProgrammeBlocked(findings) from trouble

    def _code_files(self, engine: DuckEngine, weight: str) -> None:
        with session(self.limits) as connection:
            raws, findings = self._corrected(connection, [self._raw(w) for w in self.definitions.manifest.waves])
            findings += [f for raw in raws for f in self._judged(connection, raw)]
            findings = in_order(findings + self._listed(connection))
            if any_blocks(findings):
                raise ProgrammeBlocked(findings)
            for raw in raws:
                joined = engine.store.folder / f"{raw.instrument.wave}.joined.parquet"
                try:
                    engine.add(join_units(connection, raw, self.units_file, self._columns(weight), joined))
                finally:
                    joined.unlink(missing_ok=True)

    def _raw(self, wave: str) -> RawWave:
        missing = self.definitions.manifest.missing
        path = self.definitions.responses[wave]
        return RawWave(self.definitions.instruments[wave], path, missing=MissingWords(missing.empty, missing.tokens))

    def _corrected(
        self, connection: duckdb.DuckDBPyConnection, raws: list[RawWave]
    ) -> tuple[list[RawWave], list[Finding]]:
        """The waves with the cells that the corrections of the programme give them."""
        path = self.folder / CORRECTIONS
        if not path.exists():
            return raws, []
        source = Source(path, CORRECTIONS, "it holds the corrections", self.folder)
        # A unit that is not on the list has no response that could be corrected, which is found below.
        wanted, findings = load_corrections(source, self.definitions.instruments, None)
        fresh = []
        for raw in raws:
            asked = [one for one in wanted if one.correction.wave == raw.instrument.wave]
            units = sorted({one.correction.unit for one in asked})
            columns = sorted({one.correction.column for one in asked})
            held = cells_of(connection, raw, units, columns) if asked else {}
            found = correct(asked, held, self.definitions.manifest.missing)
            findings += found.findings
            by_column: dict[str, dict[str, str]] = {}
            for (unit, column), (cell, _) in found.cells.items():
                by_column.setdefault(column, {})[unit] = cell
            fresh.append(replace(raw, corrected=by_column))
        return fresh, findings

    def _columns(self, weight: str) -> UnitColumns:
        attributes, bands = {}, {}
        for rule in self.definitions.manifest.rules:
            if rule.attribute:
                attributes[rule.kind] = rule.attribute
                continue
            asked = [one.questions.get(rule.variable) for one in self.definitions.instruments.values()]
            if any(question is not None and question.routed_past_by for question in asked):
                raise WrongUse(f'The groups of "{rule.kind}" follow from a routed question; take --engine plain.')
            bands[rule.kind] = (rule.variable, rule.bands)
        held = self.definitions.variables.get(weight)
        is_answer = held is not None and held.kind is Kind.NUMBER
        return UnitColumns(attributes, bands, weight, is_answer)

    # ---- Findings

    def _listed(self, connection: duckdb.DuckDBPyConnection) -> list[Finding]:
        return [self._doubled(self.units_file, row) for row in doubled_units(connection, self.units_file)]

    def _judged(self, connection: duckdb.DuckDBPyConnection, raw: RawWave) -> Iterator[Finding]:
        wave, name = raw.instrument.wave, self._name(raw.path)
        for row in unknown_units(connection, raw.path, self.units_file):
            at = Place(name, row.line, "unit")
            facts = {"got": row.unit, "suggestion": ""}
            yield Finding("intake.unknown-unit", at, facts) if row.unit else Finding("intake.no-unit", at)
        yield from (self._doubled(raw.path, row) for row in doubled_units(connection, raw.path))
        for question in raw.instrument.questions.values():
            variable = self.definitions.variables[question.variable]
            coder = Coder(question, variable, wave, self.definitions.manifest.missing)
            for found in distinct_cells(connection, raw, question):
                at = Place(name, found.line, question.variable)
                yield from coder.code(found.cell, "; ".join(["own"] * found.own_words), at)[1]

    def _doubled(self, path: Path, row: UnitRow) -> Finding:
        facts = {"got": row.unit, "first": str(row.first)}
        return Finding("intake.doubled-unit", Place(self._name(path), row.line, "unit"), facts)

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix() if path.is_relative_to(self.folder) else path.name

    # ---- Counts and labels

    def _counts(
        self, engine: DuckEngine, edition: Edition, variable: Variable, kinds: Sequence[str], answers: Sequence[str]
    ) -> PatternCounts:
        if not answers:
            return engine.count(edition, [variable.id], kinds)[variable.id]
        other = self.definitions.variables[answers[0]]
        joint = engine.cross(edition, (other.id, variable.id), kinds)
        codes = {bit: code for code, bit in other.bits.items()}
        cells: dict[Cell, dict[int, int]] = {}
        for cell, pairs in joint.cells.items():
            for (answer, pattern), number in pairs.items():
                chosen = answer & ~other.own_words_bit if answer >= 0 else answer
                patterns = cells.setdefault((*cell, codes.get(chosen, "")), {})
                patterns[pattern] = patterns.get(pattern, 0) + number
        return PatternCounts(variable.id, (*kinds, other.id), cells)

    def _estimates(
        self, engine: DuckEngine, edition: Edition, variable: Variable, kinds: Sequence[str], weight: str
    ) -> Mapping[tuple[Group, str], WeightedEstimate]:
        weighed = engine.weigh(edition, [variable.id], kinds, weight)[variable.id]
        carrying = engine.weigh(edition, [variable.id], kinds, f"{weight} {CARRYING}")[variable.id]

        def groups_of(cell: Cell) -> tuple[Group, ...]:
            group = _group(kinds, cell[1:])
            return (group,) if group is not None else ()

        return estimates_from_sums(variable, weighed, carrying, groups_of)

    def _labels(self, sides: Sequence[str], facts: Sequence[Fact]) -> dict[Group, str]:
        if not sides:
            return {ALL: ALL.id}
        named: dict[Group, str] = dict(group_labels(self.definitions.manifest.rules, self._kinds_of_units()))
        for variable in (self.definitions.variables[name] for name in sides if name in self.definitions.variables):
            named |= {Group(variable.id, category.code): category.label for category in variable.categories}
        labels = {}
        for group in {fact.key.group for fact in facts}:
            parts = dict(zip(group.kind.split("*"), group.key.split("*"), strict=True))
            labels[group] = " × ".join(named.get(Group(kind, parts[kind]), parts[kind]) for kind in sides)
        return labels

    def _kinds_of_units(self) -> dict[str, Unit]:
        """One unit for each different combination of the columns that groups and their labels are made from."""
        from cityfolio.engine.duck_coding import column_names, table_source, trimmed
        from cityfolio.engine.sql import quoted

        rules = self.definitions.manifest.rules
        columns = sorted({name for rule in rules for name in (rule.attribute, rule.label_attribute) if name})
        if not columns:
            return {}
        names = column_names(self.units_file)
        cells = ", ".join(f"{trimmed(column)} AS {quoted(column)}" for column in columns)
        query = f"SELECT min({trimmed('unit')}) AS first, {cells} FROM {table_source(self.units_file, names)}"  # noqa: S608
        with session(self.limits) as connection:
            rows = connection.execute(f"{query} GROUP BY ALL ORDER BY first").fetchall()
        return {unit: Unit(unit, unit, unit, dict(zip(columns, held, strict=True))) for unit, *held in rows}


@dataclass(frozen=True)
class _TableFile:
    """A file that DuckDB reads."""

    source: Source

    @property
    def refused(self) -> Finding | None:
        """Why the file is not even opened, if so."""
        return refused(self.source)

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with the form of the file."""
        if self.source.path.suffix == ".parquet":
            return [] if is_parquet(self.source.path) else [Finding("file.no-parquet", Place(self.source.name))]
        text, findings = read_text(self.source)
        return findings if text is None else findings + shape_findings(self.source.name, text)


@dataclass(frozen=True)
class _Counted:
    """Counts as an engine that has counted them already."""

    counts: PatternCounts

    def count(self, edition: Edition, variables: Sequence[str], kinds: Sequence[str]) -> dict[str, PatternCounts]:
        """The counts, whatever is asked."""
        return dict.fromkeys(variables, self.counts)


def _merged(counts: PatternCounts, sides: Sequence[str]) -> PatternCounts:
    """The counts with one kind of group in place of several: their crossing."""
    if len(sides) < 2:
        return counts
    kind = "*".join(sorted(sides))
    cells: dict[Cell, dict[int, int]] = {}
    for (wave, *keys), patterns in counts.cells.items():
        group = _group(sides, keys)
        total = cells.setdefault((wave, group.key if group is not None else ""), {})
        for pattern, number in patterns.items():
            total[pattern] = total.get(pattern, 0) + number
    return replace(counts, kinds=(kind,), cells=cells)


def _group(kinds: Sequence[str], keys: Sequence[str]) -> Group | None:
    """The group of a cell: all units, one group, or a crossing; None where a kind is not on record."""
    if not all(keys):
        return None
    members = [Group(kind, key) for kind, key in zip(kinds, keys, strict=True)]
    return crossed(members) if len(members) > 1 else members[0] if members else ALL


def _digest(*parts: str) -> str:
    return blake2b("\n".join(parts).encode(), digest_size=12).hexdigest()
