"""JSON is read record by record, wherever the parts of the text end that are held at a time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cityfolio.intake.importing import records
from cityfolio.intake.importing.received import How, UnreadableError
from cityfolio.intake.importing.records import read_records
from cityfolio.intake.importing.words import words
from cityfolio.reading.text import Source

VALUES = st.one_of(st.none(), st.booleans(), st.integers(), st.text('aü"\\{}[],: 한\n', max_size=6))
RECORDS = st.lists(
    st.dictionaries(st.sampled_from(["a", "b", "c/d", "results"]), VALUES, max_size=4), min_size=1, max_size=6
)
WRAPPED = {
    "list": lambda held: json.dumps(held, ensure_ascii=False),
    "results": lambda held: json.dumps({"count": 12, "next": None, "results": held, "more": {"a": [1]}}, indent=1),
    "responses": lambda held: json.dumps({"responses": held}),
    "lines": lambda held: "\n".join(json.dumps(one) for one in held) + "\n",
}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(RECORDS, st.sampled_from(sorted(WRAPPED)), st.sampled_from([1, 7, 64]))
def test_any_records_are_the_same_whatever_is_held_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: list[dict[str, object]], wrapped: str, chunk: int
) -> None:
    monkeypatch.setattr(records, "_CHUNK", chunk)
    path = tmp_path / "a.json"
    path.write_text(WRAPPED[wrapped](held), "utf-8")
    read = read_records(Source(path, "a.json"), How())
    assert read.height == len(held)
    keys = {key for record in held for key in record}
    assert set(read.columns) == keys
    for key in keys:
        assert read.columns[key].cells() == [words(record.get(key)) for record in held]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "[1]",
        "[{}",
        '[{"a": 1} {"a": 2}]',
        '{"results": [{}], "x"}',
        '[{"a": 1}] 2',
        '{"results": 3',
        "{]",
        "[]",
        "nul",
    ],
)
def test_what_is_no_list_of_records_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(UnreadableError):
        read_records(Source(path, "a.json"), How())
