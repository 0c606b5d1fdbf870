"""The parts of the table: what is measured beside what, and the goal it is held against."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.engines.processes import Figures, Plan, compiled, data, in_turn, installed, run
from benchmarks.site.measuring import EXAMPLE, ROOT, Line

ALL_LAYOUTS = ("wide", "mask", "raw")
# A question of 12 categories counts twice one of 6: 40 of each are 60 questions of 12.
QUESTIONS_OF_TWELVE = 60


@dataclass(frozen=True)
class Part:
    """One part of the benchmark."""

    title: str
    measure: Callable[[int], list[Line]]


def ours(folder: Path, how: str = "kernel", *more: str) -> Plan:
    """cityfolio's engine."""
    return Plan(f"cityfolio, {how} {' '.join(more)}".strip(), "plan_cityfolio.py", (str(folder), how, *more))


def ratio(ours: float, theirs: float) -> str:
    """How many times theirs is ours."""
    return f"{theirs / ours:.1f} times"


def beside(name: str, us: Figures, them: Figures, least: float, goal: str) -> Line:
    """Our whole process beside theirs, by the clock."""
    return Line(
        f"{name}: {them.shown}", goal, ratio(us["whole"], them["whole"]), met=them["whole"] >= least * us["whole"]
    )


def million(runs: int) -> list[Line]:
    """One million respondents, beside SQL and data frames."""
    folder = data(1_000_000, ALL_LAYOUTS)
    library = compiled()
    plans = {
        "ours": ours(folder),
        "again": ours(folder, "kernel", "--keep"),
        "duckdb": ours(folder, "duckdb"),
        "columns": Plan("DuckDB, a column per category", "plan_wide_sql.py", (str(folder), "aggregates")),
        "unpivot": Plan("DuckDB, UNPIVOT", "plan_wide_sql.py", (str(folder), "unpivot"), most_runs=1),
        "polars": Plan("Polars, a column per category", "plan_frames.py", (str(folder), "polars")),
    }
    if library is not None:
        plans["kernel"] = Plan("C kernel over masks", "plan_c.py", (str(folder), str(library)))
    found = in_turn(plans, runs)
    us = found["ours"]
    lines = [
        Line(f"1 million respondents, ours: {us.shown}", "", ""),
        Line(f"1 million, ours without numba (DuckDB alone): {found['duckdb'].shown}", "none set", ""),
        beside("1 million, DuckDB, a column per category", us, found["columns"], 3, "at least 3 times ours"),
        beside("1 million, DuckDB, UNPIVOT", us, found["unpivot"], 0, "none set"),
        beside("1 million, Polars, a column per category", us, found["polars"], 0, "none set"),
        *([_within(us, found["kernel"], "1 million")] if "kernel" in found else []),
    ]
    again = found["again"]["core"]
    return [
        *lines,
        Line("asked again, or a new roll-up of what was counted", "under 0.1 s", f"{again:.3f} s", again < 0.1),
    ]


def _within(us: Figures, kernel: Figures, size: str) -> Line:
    times = us["whole"] / kernel["whole"]
    return Line(f"{size}, kernel in C: {kernel.shown}", "ours within 2 times", f"{times:.2f} times", times <= 2)


def pandas(runs: int) -> list[Line]:
    """One million respondents, beside pandas: get_dummies over all questions, then groupby."""
    folder = data(1_000_000, ALL_LAYOUTS)
    plans = {
        "ours": ours(folder),
        "all": Plan("pandas, get_dummies and groupby", "plan_frames.py", (str(folder), "whole"), most_runs=1),
        "each": Plan("the same, question by question", "plan_frames.py", (str(folder), "dummies"), most_runs=1),
    }
    found = in_turn(plans, runs)
    us, them, each = found["ours"], found["all"], found["each"]
    share = them["peak"] / us["peak"]
    return [
        beside("1 million, pandas, get_dummies and groupby", us, them, 30, "at least 30 times ours"),
        Line("the same, memory", "over 30 times ours", f"{share:.1f} times ({us['peak']:,.0f} MiB)", share > 30),
        beside("1 million, pandas, question by question", us, each, 0, "none set"),
    ]


def ten(runs: int) -> list[Line]:
    """Ten million respondents."""
    folder = data(10_000_000, ("wide", "mask"))
    library = compiled()
    plans = {
        "ours": ours(folder),
        "columns": Plan("DuckDB, a column per category", "plan_wide_sql.py", (str(folder), "aggregates"), most_runs=2),
    }
    if library is not None:
        plans["kernel"] = Plan("C kernel over masks", "plan_c.py", (str(folder), str(library)))
    found = in_turn(plans, runs)
    us = found["ours"]
    return [
        Line(f"10 million, ours: {us.shown}", "at most 512 MB", f"{us['peak']:,.0f} MiB", us["peak"] * 1.048576 <= 512),
        beside("10 million, DuckDB, a column per category", us, found["columns"], 4.5, "at least 4.5 times ours"),
        *([_within(us, found["kernel"], "10 million")] if "kernel" in found else []),
    ]


def hundred(runs: int) -> list[Line]:
    """A hundred million respondents, generated in parts, counted once; the files are deleted afterwards."""
    small, large = data(10_000_000, ("wide", "mask")), data(100_000_000, ())
    found = in_turn({"ten": ours(small)}, runs)["ten"]
    once = run(ours(large))
    shutil.rmtree(large)
    return hundred_lines(found["cpu"], once)


def hundred_lines(ten: float, once: dict[str, float]) -> list[Line]:
    """Beside the processor's seconds of ten million."""
    took, peak = once["cpu"], once["peak"]
    shown = f"100 million, ours: processor {took:.0f} s, {once['whole']:.0f} s by the clock (one run)"
    times = took / ten
    return [
        Line(shown, "memory under 2 GB", f"{peak:,.0f} MiB", peak * 1.048576 < 2000),
        Line(
            "the same, processor beside 10 million",
            "in proportion",
            f"{times:.1f} times for 10 times the rows",
            times < 12,
        ),
    ]


def survey(runs: int) -> list[Line]:
    """Standard errors beside R's survey package: one question of 12 categories, taken 60 times."""
    program = installed("Rscript")
    if program is None:
        return [Line("R survey", "at least 300 times ours", "R is not installed")]
    folder = data(1_000_000, ALL_LAYOUTS)
    run(Plan("the question as CSV", "one_question.py", (str(folder), "write")))
    plan = Plan("R survey, svyby", "svyby.R", (str(folder / "one.csv"),), interpreter=program)
    us = in_turn({"ours": ours(folder)}, runs)["ours"]
    r, same = run(plan), run(Plan("the same question", "one_question.py", (str(folder), "ours")))
    if any(abs(r[name] - same[name]) > 1e-6 * abs(same[name]) for name in ("means", "errors")):
        raise SystemExit(f"R and we disagree: {r} {same}")
    all_questions = QUESTIONS_OF_TWELVE * r["core"]
    shown = f"1 million, standard errors, R svyby: {r['core']:.1f} s for one question, {all_questions:,.0f} s for all"
    return [
        Line(shown, "at least 300 times ours", ratio(us["whole"], all_questions), all_questions >= 300 * us["whole"])
    ]


def waves(runs: int) -> list[Line]:
    """A third wave arrives."""
    folder = data(1_000_000, ALL_LAYOUTS)
    found = run(Plan("a third wave", "plan_third_wave.py", (str(folder), str(2 * runs + 1))))
    times = found["after"] / found["alone"]
    shown = f"a third wave of 0.5 million: processor {found['after']:.3f} s; alone {found['alone']:.3f} s"
    return [Line(shown, "at most 1.1 times its own rows", f"{times:.2f} times", times <= 1.1)]


def on_duckdb(runs: int) -> list[Line]:
    """One Ibis expression beside native SQL in DuckDB."""
    return _ibis("duckdb", "DuckDB", 1_000_000, runs, sys.executable)


def on_spark(runs: int) -> list[Line]:
    """One Ibis expression beside native data frames in Spark."""
    own = Path(os.environ.get("CITYFOLIO_SPARK", ROOT / ".venv" / "spark"))
    python = own / "bin" / "python"
    if not python.exists():
        return [Line("one Ibis expression, Spark", "at most 1.2", "PySpark is not installed (make test-all)")]
    return _ibis("pyspark", "Spark", 1_000_000, runs, str(python))


def _ibis(where: str, name: str, rows: int, runs: int, python: str) -> list[Line]:
    folder = data(rows, ALL_LAYOUTS)
    found = run(Plan(f"Ibis, {name}", "plan_ibis.py", (str(folder), where, str(runs)), interpreter=python))
    times = found["ibis"] / found["native"]
    shown = f"one Ibis expression, {name}: {found['ibis']:.2f} s, native {found['native']:.2f} s ({rows // 2:,} rows)"
    return [Line(shown, "at most 1.2 times native", f"{times:.2f} times", times <= 1.2)]


def example(runs: int) -> list[Line]:
    """All facts of the example programme."""
    plan = Plan("all facts", "plan_facts.py", (str(EXAMPLE),))
    found = Figures(plan, tuple(run(plan) for _ in range(2 * runs + 1)))
    shown = f"86 cities, all {found['facts']:,.0f} facts of the example, in plain Python"
    return [Line(shown, "under 0.1 s of computing", f"{found['core']:.3f} s", found["core"] < 0.1)]


PARTS: dict[str, Part] = {
    "pandas": Part("1 million, pandas", pandas),
    "million": Part("1 million, SQL and data frames", million),
    "ten": Part("10 million", ten),
    "hundred": Part("100 million", hundred),
    "survey": Part("R survey", survey),
    "waves": Part("a third wave", waves),
    "ibis": Part("Ibis on DuckDB", on_duckdb),
    "spark": Part("Ibis on Spark", on_spark),
    "example": Part("86 cities", example),
}
