"""A drafted mapping says the same once it has been written and read again, whatever columns and values are called."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cityfolio.intake.importing.mapping import MappingFile, UnitColumn, VariableColumns, mapping_text
from cityfolio.reading.yaml import parse_yaml

# What no file of answers can hold: surrogates, and null characters, which are refused when it is read.
NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"), min_size=1, max_size=12).map(
    str.strip
)
WORDS = st.one_of(
    NAMES.filter(bool),
    st.sampled_from(["yes", "no", "null", "~", "1", "007", "1.0", "- a", "a: b", "#", "{}", "'", '"', "N/A"]),
)


@settings(max_examples=150)
@given(
    WORDS,
    st.dictionaries(WORDS, WORDS, max_size=3),
    st.lists(WORDS, max_size=3),
    st.dictionaries(WORDS, st.lists(WORDS, max_size=2), max_size=2),
)
def test_any_mapping_is_read_as_it_was_drafted(
    column: str, values: dict[str, str], ignored: list[str], left_out: dict[str, list[str]]
) -> None:
    entry = VariableColumns(
        variable="a", column=column, columns=values, ranks=ignored, codes=values, decimal=",", chosen=ignored
    )
    mapping = MappingFile(
        encoding="cp1252",
        sheet=column,
        unit=UnitColumn(column=column, values=values),
        variables=[entry],
        ignored=ignored,
        left_out=left_out,
    )
    read, _, findings = parse_yaml("mappings/2024.yml", mapping_text(mapping), MappingFile)
    assert findings == []
    assert read == mapping
