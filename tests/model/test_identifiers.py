"""Ids are safe in a path, in an address and in a fact's id."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityfolio.model.identifiers import is_identifier, is_unit_identifier


@pytest.mark.parametrize("name", ["busan-kor", "2018", "2018-2020", "A", "a_b", "a" * 80])
def test_good_ids(name: str) -> None:
    assert is_identifier(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "..",
        "../a",
        "a/b",
        "a\\b",
        "a.b",
        "-a",
        "a-",
        "_a",
        "a b",
        "a\n",
        "é",
        "부산",
        "a" * 81,
        "%2e",
        "a\x00",
        "~",
    ],
)
def test_bad_ids(name: str) -> None:
    assert not is_identifier(name)


@pytest.mark.parametrize("name", ["con", "NUL", "Aux", "prn"])
def test_names_of_devices_are_no_units(name: str) -> None:
    assert not is_unit_identifier(name)


@given(st.text(max_size=20))
def test_an_id_is_one_part_of_a_path(name: str) -> None:
    if is_identifier(name):
        assert PurePosixPath("cities", name).parts == ("cities", name)
        assert name not in (".", "..")
