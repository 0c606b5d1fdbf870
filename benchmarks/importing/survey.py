"""A programme and the export of its survey: 100 columns as LimeSurvey writes them, any number of rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl

__all__ = ["COLUMNS", "write_survey"]

COLUMNS = 100
_SINGLES, _SEVERAL, _OPTIONS, _NUMBERS, _TEXTS = 53, 3, 10, 8, 3
_ROWS = 50_000
_WORDS = np.array(
    [
        "more",
        "trees",
        "in",
        "our",
        "streets",
        "shade",
        "for",
        "those",
        "who",
        "walk",
        "to",
        "school",
        "water",
        "parks",
        "and",
        "a",
        "bench",
        "at",
        "each",
        "stop",
    ]
)


def write_survey(folder: Path, rows: int, responses: str) -> Path:
    """A programme with `rows` units below `folder`, and its answers in a CSV file beside it, whose path this gives.

    `responses` is the name that the answers get in the programme: .csv or .parquet.
    """
    programme = folder / "programme"
    (programme / "instruments").mkdir(parents=True)
    (programme / "mappings").mkdir()
    (programme / "programme.yml").write_text(
        "format: 1\nid: residents\ntitle: Residents\nsummary: A survey.\nunit: {one: resident, many: residents}\nlanguage: en\n"
        f"waves:\n  - {{id: 2026, title: survey of 2026, responses: responses/{responses}}}\n"
        'missing:\n  empty: not_on_record\n  tokens: {"?": dont_know}\nnotice: Made up.\ncontact: mailto:editor@example.org\n',
        "utf-8",
    )
    (programme / "instruments" / "2026.yml").write_text("\n".join(_instrument()) + "\n", "utf-8")
    (programme / "mappings" / "2026.yml").write_text("\n".join(_mapping()) + "\n", "utf-8")
    units = pl.DataFrame({"unit": _ids(0, rows)}).with_columns(name=pl.col("unit"))
    units.write_csv(programme / "units.csv")
    answers = folder / "answers.csv"
    random = np.random.default_rng(2026)
    with answers.open("wb") as file:
        for start in range(0, rows, _ROWS):
            part = pl.DataFrame(dict(_answers(random, start, min(_ROWS, rows - start))))
            assert part.width == COLUMNS
            part.write_csv(file, include_header=start == 0)
    return answers


def _instrument() -> Iterator[str]:
    yield "format: 1\ntitle: Residents\nsections:\n  - id: all\n    title: All\n    questions:"
    for number in range(_SINGLES):
        yield f"      - {{variable: q{number}, kind: single, label: Question {number}, question: 'Question {number}?', "
        yield "         categories: ["
        yield ", ".join(f"{{code: A{code}, label: Answer {code}}}" for code in range(_choices(number))) + "]}"
    for number in range(_SEVERAL):
        yield f"      - {{variable: m{number}, kind: multiple, label: Measures {number}, question: 'Measures {number}?', "
        yield f"other: {'true' if number == 0 else 'false'}, categories: ["
        yield ", ".join(f"{{code: SQ{code}, label: Measure {code}}}" for code in range(_OPTIONS)) + "]}"
    for number in range(_NUMBERS):
        yield f"      - {{variable: n{number}, kind: number, label: Number {number}, question: 'Number {number}?'}}"
    for number in range(_TEXTS):
        yield f"      - {{variable: t{number}, kind: text, label: Text {number}, question: 'Text {number}?'}}"


def _mapping() -> Iterator[str]:
    yield "format: 1\nunit: {column: unit}\nignored: [id, submitdate, lastpage, startlanguage]\nvariables:"
    plain = [f"q{n}" for n in range(_SINGLES)] + [f"n{n}" for n in range(_NUMBERS)] + [f"t{n}" for n in range(_TEXTS)]
    for name in plain:
        yield f"  - {{variable: {name}, column: {name}}}"
    for number in range(_SEVERAL):
        columns = ", ".join(f"SQ{code}: 'm{number}[SQ{code}]'" for code in range(_OPTIONS))
        yield f"  - {{variable: m{number}, columns: {{{columns}}}{', other: m0[other]' if number == 0 else ''}}}".replace(
            "m0[other]", "'m0[other]'"
        )


def _choices(number: int) -> int:
    return 3 + number % 7


def _ids(start: int, rows: int) -> list[str]:
    return [f"r{number:07d}" for number in range(start, start + rows)]


def _answers(random: np.random.Generator, start: int, rows: int) -> Iterator[tuple[str, object]]:
    yield "id", np.arange(start + 1, start + rows + 1)
    yield "unit", _ids(start, rows)
    yield (
        "submitdate",
        [f"2026-05-{day:02d} 10:{minute:02d}:00" for day, minute in random.integers((1, 0), (29, 60), (rows, 2))],
    )
    yield "lastpage", np.full(rows, 9)
    yield "startlanguage", random.choice(["en", "fr"], rows)
    for number in range(_SINGLES):
        yield f"q{number}", random.choice([f"A{code}" for code in range(_choices(number))], rows)
    for number in range(_SEVERAL):
        for code in range(_OPTIONS):
            yield f"m{number}[SQ{code}]", pl.Series(random.choice(["Y", ""], rows, p=[0.3, 0.7])).replace("", None)
    yield "m0[other]", _texts(random, rows, 0.05)
    for number in range(_NUMBERS):
        yield f"n{number}", random.integers(0, 100_000 if number < 2 else 100, rows)
    for number in range(_TEXTS):
        yield f"t{number}", _texts(random, rows, 0.3)


def _texts(random: np.random.Generator, rows: int, share: float) -> list[str | None]:
    words = _WORDS[random.integers(0, len(_WORDS), (rows, 8))].tolist()
    return [
        " ".join(some) if given < share else None
        for some, given in zip(words, random.random(rows).tolist(), strict=True)
    ]
