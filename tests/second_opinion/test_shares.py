"""Every share of the example, calculated a second time by other means."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.programmes import EXAMPLE, rows_of

from .naive import REASONS, Shares, shares_from_answers, shares_from_release


def written(site: Path) -> tuple[Shares, Counter[tuple[str, str, str, str]]]:
    shares: Shares = {}
    times: Counter[tuple[str, str, str, str]] = Counter()
    for row in rows_of(site / "data" / "facts.csv"):
        if (row["measure"], row["source"]) == ("share", "responses"):
            key = (row["edition"], row["variable"], row["category"], row["group"])
            times[key] += 1
            left_out = tuple(int(row[reason]) for reason in REASONS)
            shares[key] = (int(row["numerator"]), int(row["base"]), float(row["value"]), left_out)
    return shares, times


def test_every_share_of_the_answers_as_received_stands_in_the_file_exactly_once(example_site: Path) -> None:
    shares, times = written(example_site)
    assert shares == shares_from_answers(EXAMPLE)
    assert set(times.values()) == {1}


def test_every_share_can_be_calculated_from_the_released_responses(example_site: Path) -> None:
    assert written(example_site)[0] == shares_from_release(example_site, EXAMPLE)


def test_base_and_missing_reasons_add_up_to_the_units_of_the_group(example_site: Path) -> None:
    rows = list(rows_of(example_site / "data" / "facts.csv"))
    units = {
        (r["edition"], r["group"]): int(r["numerator"])
        for r in rows
        if r["measure"] == "count" and r["variable"] == "_units"
    }
    for row in rows:
        if row["source"] == "responses" and row["measure"] in ("share", "own_words", "rank"):
            left_out = sum(int(row[reason]) for reason in REASONS)
            assert int(row["base"]) + left_out == units[row["edition"], row["group"]], row["fact"]


def test_published_figures_have_no_base_that_their_source_does_not_print(example_site: Path) -> None:
    printed = {
        (r["edition"], r["variable"], r["category"], r["measure"]): r for r in rows_of(EXAMPLE / "published.csv")
    }
    found = [row for row in rows_of(example_site / "data" / "facts.csv") if row["source"] == "published"]
    assert len(found) == len(printed)
    for row in found:
        source = printed[row["edition"], row["variable"], row["category"], row["measure"]]
        assert row["base"] == source["base"]
        assert row["source_url"] == source["source_url"]
        if row["measure"] in ("share", "mean"):
            assert float(row["value"]) == float(source["value"]) / 100
            assert row["numerator"] == ""
        elif row["measure"] == "share_phrase":
            assert (row["value"], row["numerator"]) == ("", "")
            assert source["value"].replace("_", " ") in row["note"]
        else:
            assert float(row["value"]) == float(source["value"])
