"""Rankings in the engines that write patterns: long ones, and ones whose codebook has grown since they were stored."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from cityfolio.engine.raw import MissingWords
from cityfolio.engine.summing import SummingEngine
from cityfolio.model.edition import Edition
from cityfolio.model.instrument import Choice, Instrument, Question, Section
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Kind

from .backends import duckdb_engine, ibis_duckdb_engine
from .programmes import Programme, RawRow

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")


def asked(wave: str, codes: list[str]) -> Instrument:
    choices = tuple(Choice(code, code) for code in codes)
    return Instrument(wave, "T", (Section("s", "S", (Question("order", Kind.RANKED, "Order", choices=choices),)),))


def programme(*waves: tuple[str, list[str], list[str]]) -> Programme:
    rows = {
        wave: tuple(RawRow(f"{wave}-{n}", ("north", "S"), 1.0, {"order": cell}) for n, cell in enumerate(cells))
        for wave, _, cells in waves
    }
    return Programme(tuple(asked(wave, codes) for wave, codes, _ in waves), rows, MissingWords(Missing.UNANSWERED))


@pytest.mark.parametrize(
    ("opening", "number"),
    [
        (duckdb_engine, 13),
        (duckdb_engine, 25),
        (duckdb_engine, 60),
        (ibis_duckdb_engine, 13),
        (ibis_duckdb_engine, 25),
        # The expression grows with the square of the categories.
        pytest.param(ibis_duckdb_engine, 60, marks=pytest.mark.slow),
    ],
)
def test_a_long_ranking_lies_across_words_and_comes_back_whole(opening: object, number: int, tmp_path: Path) -> None:
    assert callable(opening)
    draw = random.Random(number)
    codes = [f"c{place}" for place in range(number)]
    cells = ["", " ".join(codes), " ".join(reversed(codes))]
    for _ in range(12):
        ranked = draw.sample(codes, draw.randint(1, number))
        cells.append("".join(code + draw.choice([" ", " ", "="]) for code in ranked[:-1]) + ranked[-1])
    made = programme(("2020", codes, cells))
    edition = Edition("2020", ("2020",))
    with opening(made, tmp_path) as engine:
        assert engine.count(edition, ["order"], []) == made.plain(tmp_path).count(edition, ["order"], [])


def test_a_later_wave_that_puts_categories_in_between_leaves_earlier_ranks_as_they_were(tmp_path: Path) -> None:
    made = programme(("2018", ["a", "c"], ["c a", "a"]), ("2020", ["a", "b", "c", "d"], ["d b=a", "c"]))
    edition = Edition("pooled", ("2018", "2020"))
    with duckdb_engine(made, tmp_path) as engine:
        assert engine.count(edition, ["order"], ["region"]) == made.plain(tmp_path).count(
            edition, ["order"], ["region"]
        )


def test_a_scale_takes_one_answer_and_two_of_them_are_none(tmp_path: Path) -> None:
    choices = tuple(Choice(str(place), str(place)) for place in range(1, 6))
    scale = Instrument("2020", "T", (Section("s", "S", (Question("agree", Kind.SCALE, "Agree", choices=choices),)),))
    rows = tuple(RawRow(f"u{n}", ("", "S"), 1.0, {"agree": cell}) for n, cell in enumerate(["1", "5", "1 5", "5", ""]))
    made = Programme((scale,), {"2020": rows}, MissingWords(Missing.UNANSWERED))
    edition = Edition("2020", ("2020",))
    with duckdb_engine(made, tmp_path) as engine:
        counted = engine.count(edition, ["agree"], [])["agree"].cells
    reasons = {Missing.NOT_ON_RECORD.pattern: 1, Missing.UNANSWERED.pattern: 1}
    assert counted == {("2020",): {0b1: 1, 0b10000: 2, **reasons}}


def test_rankings_have_no_sums_of_categories(tmp_path: Path) -> None:
    made = programme(("2020", ["a", "b"], ["b a"]))
    with duckdb_engine(made, tmp_path) as engine:
        summing = SummingEngine(engine.store, made.variables, made.waves)  # type: ignore[attr-defined]
        with pytest.raises(ValueError, match="rankings are counted, not summed"):
            summing.sums(Edition("2020", ("2020",)), ["order"], [])
