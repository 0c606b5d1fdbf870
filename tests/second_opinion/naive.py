"""A second opinion on all shares: rows, dictionaries and loops, and not a line of cityfolio.

Written to be read rather than to be good: whoever doubts a number can follow it here with a finger.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import yaml

REASONS = ("not_asked", "not_offered", "routed_past", "refused", "dont_know", "not_on_record", "unanswered", "in_words")

Share: TypeAlias = tuple[int, int, float, tuple[int, ...]]
"""Numerator, base, value, and how many were left out for each of the reasons."""

Shares: TypeAlias = dict[tuple[str, str, str, str], Share]
"""By edition, variable, category and group."""

Coded: TypeAlias = dict[str, tuple[str, set[str]]]
"""For each variable the missing reason (empty if there is an answer) and the categories chosen."""


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def plain_yaml(file: Path) -> Any:
    return yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)


def questions_of(folder: Path, wave: str) -> dict[str, dict[str, Any]]:
    sections = plain_yaml(folder / "instruments" / f"{wave}.yml")["sections"]
    return {question["variable"]: question for section in sections for question in section["questions"]}


def choice_variables(instruments: dict[str, dict[str, dict[str, Any]]]) -> dict[str, list[str]]:
    """Every choice variable with all categories that any wave offered."""
    found: dict[str, list[str]] = {}
    for questions in instruments.values():
        for name, question in questions.items():
            if question["kind"] in ("single", "multiple"):
                codes = found.setdefault(name, [])
                codes += [c["code"] for c in question["categories"] if c["code"] not in codes]
    return found


def coded(row: dict[str, str], questions: dict[str, dict[str, Any]]) -> Coded:
    answers: Coded = {}
    for name, question in questions.items():
        if question["kind"] not in ("single", "multiple"):
            continue
        cell, own = row[name].strip(), row.get(f"{name}_other", "").strip() if question.get("other") == "true" else ""
        routed = question.get("universe", {}).get("routed_past_by", {})
        if any(answers[other][1] & set(codes) for other, codes in routed.items()):
            answers[name] = ("routed_past", set())
        elif not cell and not own:
            answers[name] = ("not_on_record", set())
        else:
            answers[name] = ("", set(cell.split()))
    return answers


def groups_of(programme: dict[str, Any], unit: dict[str, str], population: str) -> list[str]:
    found = ["all"]
    for rule in programme["groups"]:
        if "attribute" in rule:
            found += [f"{rule['kind']}:{unit[rule['attribute']]}"] if unit[rule["attribute"]] else []
        elif population:
            for band in rule["bands"]:
                if float(band.get("low", -math.inf)) <= float(population) < float(band.get("below", math.inf)):
                    found.append(f"{rule['kind']}:{band['key']}")
    return found


def editions_of(programme: dict[str, Any]) -> dict[str, list[str]]:
    waves = [wave["id"] for wave in programme["waves"]]
    return {**{wave: [wave] for wave in waves}, **{e["id"]: e["waves"] for e in programme["editions"]}}


def shares_from_answers(folder: Path) -> Shares:
    """All shares of a programme folder, from its CSV files as received."""
    programme = plain_yaml(folder / "programme.yml")
    waves = [wave["id"] for wave in programme["waves"]]
    instruments = {wave: questions_of(folder, wave) for wave in waves}
    held: dict[str, dict[str, tuple[Coded, str]]] = {}
    for wave in waves:
        for row in rows(folder / "responses" / f"{wave}.csv"):
            held.setdefault(row["unit"], {})[wave] = (coded(row, instruments[wave]), row["population"])
    return dict(_shares(programme, instruments, rows(folder / "units.csv"), held))


def shares_from_release(site: Path, folder: Path) -> Shares:
    """The same from the released responses.csv, where each missing answer stands with its reason."""
    programme = plain_yaml(folder / "programme.yml")
    waves = [wave["id"] for wave in programme["waves"]]
    instruments = {wave: questions_of(folder, wave) for wave in waves}
    variables = choice_variables(instruments)
    held: dict[str, dict[str, tuple[Coded, str]]] = {}
    for row in rows(site / "data" / "responses.csv"):
        answers = {name: (row[f"{name}_missing"], set(row[name].split())) for name in variables}
        held.setdefault(row["unit"], {})[row["wave"]] = (answers, row["population"])
    return dict(_shares(programme, instruments, rows(site / "data" / "units.csv"), held))


def _shares(
    programme: dict[str, Any],
    instruments: dict[str, dict[str, dict[str, Any]]],
    units: list[dict[str, str]],
    held: dict[str, dict[str, tuple[Coded, str]]],
) -> Iterator[tuple[tuple[str, str, str, str], Share]]:
    by_id = {unit["unit"]: unit for unit in units}
    for edition, waves in editions_of(programme).items():
        latest = {u: max((w for w in found if w in waves), default="") for u, found in held.items()}
        members: dict[str, list[str]] = {}
        for unit, wave in latest.items():
            if wave:
                for group in groups_of(programme, by_id[unit], held[unit][wave][1]):
                    members.setdefault(group, []).append(unit)
        for variable, codes in choice_variables(instruments).items():
            for code in codes:
                for group, inside in members.items():
                    chose, base, left_out = 0, 0, dict.fromkeys(REASONS, 0)
                    for unit in inside:
                        question = instruments[latest[unit]].get(variable)
                        if question is None:
                            left_out["not_asked"] += 1
                        elif code not in [category["code"] for category in question["categories"]]:
                            left_out["not_offered"] += 1
                        else:
                            reason, chosen = held[unit][latest[unit]][0][variable]
                            if reason:
                                left_out[reason] += 1
                            else:
                                base += 1
                                chose += code in chosen
                    if base:
                        yield (edition, variable, code, group), (chose, base, chose / base, tuple(left_out.values()))
