"""What was counted is kept, is never counted again, and never hides a change."""

from __future__ import annotations

from pathlib import Path

import pytest

from cityfolio.engine.counting import PatternCounts
from cityfolio.engine.duck import DuckEngine
from cityfolio.engine.duck_session import Limits, session
from cityfolio.engine.raw import Columns, RawWave
from cityfolio.engine.store import AnswerStore
from cityfolio.errors import WrongUse
from cityfolio.instrument.codebook import make_codebook
from cityfolio.model.edition import Edition
from cityfolio.model.instrument import Choice, Instrument, Question, Section
from cityfolio.model.variable import Kind

ALONE = Edition("2018", ("2018",))
POOLED = Edition("2018-2020", ("2018", "2020"))


def instrument(wave: str, *codes: str) -> Instrument:
    question = Question("funds", Kind.MULTIPLE, "Funds", choices=tuple(Choice(c, c) for c in codes))
    return Instrument(wave, "T", (Section("s", "S", (question,)),))


FIRST, SECOND = instrument("2018", "buildings", "training"), instrument("2020", "training", "data", "buildings")


def raw(folder: Path, instrument: Instrument, *rows: str) -> RawWave:
    path = folder / f"{instrument.wave}.csv"
    path.write_text("\n".join(["unit,region,funds", *rows]) + "\n", encoding="utf-8")
    return RawWave(instrument, path, Columns(groups={"region": "region"}))


def engine(folder: Path, *instruments: Instrument) -> DuckEngine:
    waves = tuple(instrument.wave for instrument in instruments)
    return DuckEngine(AnswerStore(folder / "store"), make_codebook(instruments), waves)


def test_kept_counts_are_read_without_starting_duckdb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine(tmp_path, FIRST).add(raw(tmp_path, FIRST, "delft,EU,training", "lima,SA,buildings training"))
    by_region = engine(tmp_path, FIRST).count(ALONE, ["funds"], ["region"])
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    assert engine(tmp_path, FIRST).count(ALONE, ["funds"], ["region"]) == by_region
    assert engine(tmp_path, FIRST).count(ALONE, ["funds"], []) == {
        "funds": PatternCounts("funds", (), {("2018",): {0b10: 1, 0b11: 1}})
    }


def test_a_wave_coded_before_the_codebook_grew_is_read_in_the_bits_of_today(tmp_path: Path) -> None:
    engine(tmp_path, FIRST).add(raw(tmp_path, FIRST, "delft,EU,training", "lima,SA,buildings training"))
    both = engine(tmp_path, FIRST, SECOND)
    both.add(raw(tmp_path, SECOND, "porto,EU,data", "lima,SA,"))
    # The order of today's codebook: training, data, buildings.
    assert both.count(POOLED, ["funds"], ["region"]) == {
        "funds": PatternCounts(
            "funds",
            ("region",),
            {("2018", "EU"): {0b001: 1}, ("2020", "EU"): {0b010: 1}, ("2020", "SA"): {-6: 1}},
        )
    }


def test_a_new_wave_leaves_the_kept_counts_of_the_others_as_they_are(tmp_path: Path) -> None:
    engine(tmp_path, FIRST).add(raw(tmp_path, FIRST, "delft,EU,training"))
    engine(tmp_path, FIRST).count(ALONE, ["funds"], ["region"])
    folder = AnswerStore(tmp_path / "store").counts_folder
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    both = engine(tmp_path, FIRST, SECOND)
    both.add(raw(tmp_path, SECOND, "porto,EU,data"))
    assert both.count(POOLED, ["funds"], ["region"])["funds"].cells == {
        ("2018", "EU"): {0b001: 1},
        ("2020", "EU"): {0b010: 1},
    }
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_answers_that_are_stored_again_are_counted_again(tmp_path: Path) -> None:
    engine(tmp_path, FIRST).add(raw(tmp_path, FIRST, "delft,EU,training"))
    engine(tmp_path, FIRST).count(ALONE, ["funds"], [])
    engine(tmp_path, FIRST).add(raw(tmp_path, FIRST, "delft,EU,buildings"))
    assert engine(tmp_path, FIRST).count(ALONE, ["funds"], [])["funds"].cells == {("2018",): {0b01: 1}}


def test_a_damaged_file_of_kept_counts_is_counted_again(tmp_path: Path) -> None:
    engine(tmp_path, FIRST).add(raw(tmp_path, FIRST, "delft,EU,training"))
    expected = engine(tmp_path, FIRST).count(ALONE, ["funds"], [])
    for path in AnswerStore(tmp_path / "store").counts_folder.iterdir():
        path.write_bytes(path.read_bytes()[:40])
    assert engine(tmp_path, FIRST).count(ALONE, ["funds"], []) == expected


def test_a_stored_file_that_was_changed_from_outside_is_refused(tmp_path: Path) -> None:
    engine(tmp_path, FIRST).add(raw(tmp_path, FIRST, "delft,EU,training"))
    path = AnswerStore(tmp_path / "store").data_path("2018")
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(WrongUse, match="not the file that was stored"):
        engine(tmp_path, FIRST).count(ALONE, ["funds"], [])


def test_a_wave_that_cannot_be_stored_leaves_the_one_before_in_place(tmp_path: Path) -> None:
    engine(tmp_path, FIRST).add(raw(tmp_path, FIRST, "delft,EU,training"))
    with pytest.raises(WrongUse, match="one row in a wave"):
        engine(tmp_path, FIRST).add(raw(tmp_path, FIRST, "delft,EU,training", "delft,EU,buildings"))
    with pytest.raises(WrongUse, match="cannot be read"):
        engine(tmp_path, FIRST).add(raw(tmp_path, FIRST, "delft,EU,training,too,many"))
    assert engine(tmp_path, FIRST).count(ALONE, ["funds"], [])["funds"].cells == {("2018",): {0b10: 1}}
    assert sorted(path.name for path in (tmp_path / "store").iterdir() if path.is_file()) == [
        "2018.json",
        "2018.parquet",
    ]


def test_more_categories_than_a_column_has_bits_go_on_in_further_columns(tmp_path: Path) -> None:
    codes = [f"c{n}" for n in range(150)]
    wide = instrument("2018", *codes)
    counting = engine(tmp_path, wide)
    counting.add(raw(tmp_path, wide, "delft,EU,c0 c61 c62 c149", "lima,SA,c149", "porto,EU,c150"))
    expected = {1 | 1 << 61 | 1 << 62 | 1 << 149: 1, 1 << 149: 1, -6: 1}
    assert counting.count(ALONE, ["funds"], [])["funds"].cells == {("2018",): expected}


def test_a_query_that_is_interrupted_is_an_interruption_and_no_bug() -> None:
    with pytest.raises(KeyboardInterrupt), session(Limits()):
        raise RuntimeError("Query interrupted")  # what DuckDB says at Ctrl-C
    with pytest.raises(RuntimeError, match="another"), session(Limits()):
        raise RuntimeError("another trouble")
