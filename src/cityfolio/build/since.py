"""The facts of an earlier release, to say what changed since."""

from __future__ import annotations

import csv
from pathlib import Path

from cityfolio.errors import WrongUse
from cityfolio.profile.release_changes import EarlierNumber

__all__ = ["earlier_numbers"]

_COLUMNS = ("fact", "numerator", "base", "value")


def earlier_numbers(place: Path) -> dict[str, EarlierNumber]:
    """The numbers of facts.csv in the folder of an earlier site, of a release below `releases`, or of that file itself.

    Raises:
        WrongUse: if there is no such file, or it is no file of facts.
    """
    candidates = (place / "data" / "facts.csv", place / "site" / "data" / "facts.csv", place / "facts.csv", place)
    file = next((path for path in candidates if path.is_file()), None)
    if file is None:
        raise WrongUse(f"{place} is no earlier site or release: it holds no data/facts.csv.")
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.DictReader(opened)
            if not set(_COLUMNS) <= set(reader.fieldnames or ()):
                raise WrongUse(f"{file} is no file of facts: it needs the columns {', '.join(_COLUMNS)}.")
            return {row["fact"]: _number(row) for row in reader}
    except (UnicodeDecodeError, ValueError, csv.Error) as error:
        raise WrongUse(f"{file} is no file of facts that can be read: {error}") from error


def _number(row: dict[str, str]) -> EarlierNumber:
    numerator = int(row["numerator"]) if row["numerator"] else None
    base = int(row["base"]) if row["base"] else None
    value = float(row["value"]) if row["value"] else None
    is_share = row["fact"].rpartition(".")[2].startswith("share")
    if (numerator or 0) < 0 or (numerator or 0) > (base if base is not None else numerator or 0):
        raise ValueError(f'the numerator of "{row["fact"]}" lies outside its base')
    if is_share and value is not None and not 0 <= value <= 1:
        raise ValueError(f'the share "{row["fact"]}" lies outside 0 to 1')
    return EarlierNumber(numerator, base, value)
