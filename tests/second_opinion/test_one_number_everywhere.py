"""Page, JSON and CSV agree: every number carries a fact, and reads as that fact does."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from tests.pages import Number, read_text_of
from tests.programmes import rows_of
from tests.sharing import made_once

from .naive import REASONS


@pytest.fixture(scope="module")
def facts(example_site: Path) -> dict[str, dict[str, str]]:
    return {row["fact"]: row for row in rows_of(example_site / "data" / "facts.csv")}


@pytest.fixture(scope="module")
def by_page(example_site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Number, ...]]:
    """The numbers of every page, by its path below the site; read once for all processes of the run."""

    def read_all(folder: Path) -> None:
        pages = {p.relative_to(example_site).as_posix(): p for p in sorted(example_site.rglob("*.html"))}
        numbers = {place: read_text_of(page.read_text("utf-8")).numbers for place, page in pages.items()}
        (folder / "numbers").write_bytes(pickle.dumps(numbers))

    read: dict[str, tuple[Number, ...]] = pickle.loads(
        (made_once(tmp_path_factory, "numbers", read_all) / "numbers").read_bytes()
    )
    return read


def whole(share: Fraction) -> int:
    """Halves up; nothing but nobody is 0 %, nothing but everybody is 100 %."""
    rounded = int(share * 100 + Fraction(1, 2))
    return min(max(rounded, 1), 99) if 0 < share < 1 else rounded


def readings(number: Number, row: dict[str, str]) -> set[str]:
    """All ways in which that part of the fact may read."""
    if number.part in REASONS:
        return {row[number.part]}
    if number.part == "base":
        return {row["base"], f"{int(row['base']):,}"}
    if number.part == "numerator":
        return {row["numerator"], f"{int(row['numerator']):,}", f"{row['numerator']} of {row['base']}"}
    is_share = row["measure"].startswith("share") or row["measure"] in ("own_words", "answered")
    if number.part == "share" or (not number.part and is_share and row["source"] == "responses"):
        return {f"{whole(Fraction(int(row['numerator']), int(row['base'])))} %", f"{row['numerator']} of {row['base']}"}
    value = Fraction(row["value"])
    if row["measure"].startswith("change_"):
        # A difference of shares stands in points, with its sign.
        exact = abs(value) * 1000 + Fraction(1, 2)
        tenths = f"{exact.numerator // exact.denominator / 10:.1f}".removesuffix(".0")
        return {"0"} if value == 0 else {f"{'+' if value > 0 else '−'}{tenths}"}
    if row["measure"] in ("share", "mean") and row["source"] == "published":
        return {f"{whole(value)} %"}
    if value.denominator == 1:
        return {row["value"], f"{int(value):,}"}
    # A mean or a quartile: no decimals from a thousand, one from a hundred, else two, halves up; written short.
    scale = 1 if abs(value) >= 1000 else 10 if abs(value) >= 100 else 100
    units = (abs(value) * scale + Fraction(1, 2)).__floor__()
    shown = f"{units // scale:,}" + (
        f".{units % scale:0{len(str(scale)) - 1}d}".rstrip("0").rstrip(".") if scale > 1 else ""
    )
    return {row["value"], f"{float(value):,}", shown if value > 0 else f"−{shown}"}


def in_korean(reading: str) -> str:
    """The same reading as Korean writes it: the sign without a space, the base before the number."""
    numerator, of, base = reading.partition(" of ")
    return f"{base}개 중 {numerator}개" if of else reading.replace(" %", "%")


def all_wrong(numbers: Iterator[tuple[str, Number]], facts: dict[str, dict[str, str]]) -> list[str]:
    wrong = []
    for place, number in numbers:
        row = facts.get(number.fact)
        known = readings(number, row) if row is not None else set()
        if number.text not in ({in_korean(reading) for reading in known} if place.startswith("ko/") else known):
            wrong.append(f"{place}: {number} is not {row}")
    return wrong


def in_documents(site: Path) -> Iterator[tuple[str, Number]]:
    for file in sorted(site.rglob("cities/*.json")):
        for number in _numbers(json.loads(file.read_text("utf-8"))):
            place = file.relative_to(site).as_posix()
            is_korean = place.startswith("ko/") and number.part == "share"
            yield place, replace(number, text=number.text.replace(" %", "%")) if is_korean else number


def _numbers(held: object) -> Iterator[Number]:
    if isinstance(held, list):
        for item in held:
            yield from _numbers(item)
    elif isinstance(held, dict):
        yield from _own_numbers(held)
        for item in held.values():
            yield from _numbers(item)


def _own_numbers(held: dict[str, object]) -> Iterator[Number]:
    if {"text", "fact", "part"} == set(held) and held["fact"]:
        yield Number(str(held["fact"]), str(held["part"]), str(held["text"]))
    for fact, part, given in (
        ("fact", "numerator", "count"), ("fact", "base", "of"), ("fact", "share", "per_cent"),
        ("published_fact", "published", "published"), ("rank_fact", "rank", "rank"), ("share_fact", "numerator", "count"),
        ("share_fact", "base", "of"), ("published_fact", "rank", "published_rank"),
    ):  # fmt: skip
        if held.get(fact) and held.get(given) is not None and held.get(given) != "":
            yield Number(str(held[fact]), part, f"{held[given]} %" if part == "share" else str(held[given]))


def test_every_number_on_every_page_is_that_of_its_fact(
    example_site: Path, by_page: dict[str, tuple[Number, ...]], facts: dict[str, dict[str, str]]
) -> None:
    assert sum(bool(numbers) for numbers in by_page.values()) > len(list((example_site / "cities").glob("*.json")))
    assert all_wrong(((place, number) for place, numbers in by_page.items() for number in numbers), facts) == []


def test_both_languages_show_the_same_facts_on_the_same_pages(by_page: dict[str, tuple[Number, ...]]) -> None:
    shown = {place: {number.fact for number in numbers} for place, numbers in by_page.items() if numbers}
    korean = {place.removeprefix("ko/"): facts for place, facts in shown.items() if place.startswith("ko/")}
    assert korean == {place: facts for place, facts in shown.items() if not place.startswith("ko/")}


def test_every_number_in_every_document_is_that_of_its_fact(
    example_site: Path, facts: dict[str, dict[str, str]]
) -> None:
    assert all_wrong(in_documents(example_site), facts) == []


def test_the_page_and_the_document_of_a_city_show_the_same_facts(
    example_site: Path, by_page: dict[str, tuple[Number, ...]]
) -> None:
    for file in sorted(example_site.rglob("cities/*.json")):
        place = (file.parent / file.stem / "index.html").relative_to(example_site).as_posix()
        shown = {number.fact for number in by_page[place]}
        stored = {number.fact for number in _numbers(json.loads(file.read_text("utf-8")))}
        assert shown == stored, file.stem


def test_a_document_is_that_of_its_own_city(example_site: Path) -> None:
    for file in sorted((example_site / "cities").glob("*.json")):
        document = json.loads(file.read_text("utf-8"))
        assert document["unit"] == file.stem
        for number in _numbers(_without_reasons(document)):
            if ".unit:" in number.fact:
                assert f".unit:{file.stem}." in number.fact


def _without_reasons(held: object) -> object:
    """The document without the reasons why another city is like this one: they name a number of each."""
    if isinstance(held, list):
        return [_without_reasons(item) for item in held]
    if isinstance(held, dict):
        return {name: _without_reasons(item) for name, item in held.items() if name != "reasons"}
    return held


def test_no_name_of_a_person_is_in_a_released_file(example_site: Path) -> None:
    released = [*(example_site / "data").glob("*"), *(example_site / "cities").glob("*.json")]
    text = "".join(file.read_text("utf-8") for file in released if file.suffix in (".csv", ".json"))
    for wave in ("2018", "2020"):
        for row in rows_of(
            Path(__file__).parents[2] / "examples" / "innovation-capacity" / "responses" / f"{wave}.csv"
        ):
            for name in (row["head_of_city"], *row["lead_innovation_officer"].split(";")):
                assert not name.strip() or name.strip() not in text, name
