"""What the command says when a file or an argument cannot be meant, and the small print of its table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from cityfolio.cli.application import run
from cityfolio.cli.plain_tabulation import tabulate_file
from cityfolio.errors import ProgrammeBlocked, WrongUse
from cityfolio.findings import CATALOGUE
from cityfolio.tabulate.sampling.plain_tabulation import COLUMNS

from .tables import as_csv

SAMPLE_RULES = [rule for code, rule in CATALOGUE.items() if code.startswith("sample.")]
Write = Callable[..., Path]
Found = list[tuple[str, int, str]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file of the lines given, words set apart by blanks (a point is a blank cell)."""

    def written(*lines: str, name: str = "sample.csv") -> Path:
        path = tmp_path / name
        cells = [",".join("" if word == "." else word for word in line.split()) for line in lines]
        path.write_text("\n".join(cells) + "\n", encoding="utf-8")
        return path

    return written


def found(call: Callable[[], object]) -> Found:
    with pytest.raises(ProgrammeBlocked) as caught:
        call()
    return [(finding.code, finding.at.line, finding.at.column) for finding in caught.value.findings]


def sentences(call: Callable[[], object]) -> list[str]:
    with pytest.raises(ProgrammeBlocked) as caught:
        call()
    return [finding.found for finding in caught.value.findings]


def table_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_without_a_design_shares_have_wilson_intervals_of_their_base(write: Write) -> None:
    table = as_csv(tabulate_file(write("a g", "yes x", "no x", "yes x", ". x", "yes y"), variable="a", by="g"))
    assert [(line["group"], line["category"], line["n"], line["base"]) for line in table_of(table)] == [
        ("x", "no", "1", "3"),
        ("x", "yes", "2", "3"),
        ("y", "no", "0", "1"),
        ("y", "yes", "1", "1"),
    ]
    yes = table_of(table)[1]
    assert (float(yes["lower"]), float(yes["upper"])) == pytest.approx((0.2076596, 0.9385081), abs=1e-7)
    assert yes["deff"] == ""


def test_the_table_has_these_columns_and_no_other() -> None:
    names = "group category n base estimate se lower upper deff df"
    assert tuple(names.split()) == COLUMNS


def test_a_cell_with_several_answers_is_one_category(write: Write) -> None:
    table = as_csv(tabulate_file(write("a", "roads;rents", "roads", "roads"), variable="a"))
    assert [line["category"] for line in table_of(table)] == ["roads", "roads;rents"]


def test_numbered_categories_stand_in_the_order_of_numbers(write: Write) -> None:
    table = as_csv(tabulate_file(write("a", "10", "9", "2"), variable="a"))
    assert [line["category"] for line in table_of(table)] == ["2", "9", "10"]


def test_categories_and_groups_that_look_like_numbers_stay_as_they_are_written_for_machines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.csv"
    file.write_text("a,g\n01,1e3\n02,1e3\n", encoding="utf-8")
    assert run(["tabulate", str(file), "--variable", "a", "--by", "g", "--format", "json"]) == 0
    lines = json.loads(capsys.readouterr().out)
    assert [(line["group"], line["category"], line["n"], line["deff"]) for line in lines] == [
        ("1e3", "01", 1, None),
        ("1e3", "02", 1, None),
    ]


def test_a_group_without_answers_has_a_line_a_remark_and_no_estimate(write: Write) -> None:
    result = tabulate_file(write("a g", "yes x", "no x", ". y"), variable="a", by="g")
    assert as_csv(result).splitlines()[3:] == ["y,no,0,0,,,,,,", "y,yes,0,0,,,,,,"]
    assert [(f.code, f.facts["group"]) for f in result.findings] == [("sample.no-answers", "y")]


def test_one_record_without_a_design_has_wilsons_interval(write: Write) -> None:
    line = table_of(as_csv(tabulate_file(write("a", "yes"), variable="a")))[0]
    assert (line["n"], line["base"], line["estimate"], line["df"]) == ("1", "1", "1.0", "0")
    assert (float(line["lower"]), float(line["upper"])) == pytest.approx((0.2065493143772375, 1.0))


@pytest.mark.parametrize("lines", [("a w",), ("a w", ". 1", ". 1")])
def test_a_variable_without_answers_gives_the_header_and_a_remark(write: Write, lines: tuple[str, ...]) -> None:
    for weights in (None, "w"):
        result = tabulate_file(write(*lines), variable="a", weights=weights)
        assert as_csv(result) == ",".join(COLUMNS) + "\n"
        assert [finding.code for finding in result.findings] == ["sample.no-answers"]


def test_a_file_of_nobody_has_a_mean_without_an_estimate(write: Write) -> None:
    assert as_csv(tabulate_file(write("a w"), mean="a", weights="w")).splitlines()[1:] == ["all,,0,0,,,,,,"]


def test_a_group_in_one_cluster_has_no_interval_and_a_remark(write: Write) -> None:
    file = write("a c g", "yes 1 x", "no 1 x", "yes 2 y", "no 3 y", "yes 3 y")
    result = tabulate_file(file, variable="a", cluster="c", by="g")
    first = table_of(as_csv(result))[0]
    assert (first["estimate"], first["lower"], first["upper"], first["df"]) == ("0.5", "", "", "0")
    assert [(f.code, f.facts["group"]) for f in result.findings] == [("sample.no-spread", "x")]


def test_records_of_no_group_stay_out_of_the_table(write: Write) -> None:
    table = as_csv(tabulate_file(write("a g", "yes x", "no x", "yes ."), variable="a", by="g"))
    assert {line["group"] for line in table_of(table)} == {"x"}


def test_weights_follow_from_population_sizes(write: Write) -> None:
    file = write("a s N", "1 x 10", "3 x 10", "5 y 4", "9 y 4")
    line = table_of(as_csv(tabulate_file(file, mean="a", strata="s", fpc="N")))[0]
    assert (line["category"], line["n"]) == ("", "4")
    assert float(line["estimate"]) == pytest.approx((5 * 1 + 5 * 3 + 2 * 5 + 2 * 9) / 14)


def test_the_mean_is_what_the_table_holds_where_both_are_asked_for(write: Write) -> None:
    file = write("a b", "1 x", "2 y")
    assert as_csv(tabulate_file(file, mean="a", variable="b")) == as_csv(tabulate_file(file, mean="a"))


@pytest.mark.parametrize(
    ("lines", "arguments", "expected"),
    [
        (("a w", "yes ."), {"weights": "w"}, [("sample.blank-design", 2, "w")]),
        (("a w", "yes -1"), {"weights": "w"}, [("sample.negative-weight", 2, "w")]),
        (("a w", "yes 1", "no one"), {"weights": "w"}, [("sample.no-number", 3, "w")]),
        (("a s", "yes ."), {"strata": "s"}, [("sample.blank-design", 2, "s")]),
        (("a s", "yes x", "no x", "no y"), {"strata": "s"}, [("sample.lonely-stratum", 4, "s")]),
        (("a c", "yes x", "no x"), {"cluster": "c"}, [("sample.lonely-stratum", 2, "")]),
        (
            ("a c u N M", "yes 1 1 9 5", "no 1 2 9 5", "yes 2 1 9 5"),
            {"cluster": "c,u", "fpc": "N,M"},
            [("sample.lonely-stratum", 4, "")],
        ),
        (("a N", "yes 9", "no 8"), {"fpc": "N"}, [("sample.uneven-population", 3, "N")]),
        (("a N", "yes 2", "no 2", "no 2"), {"fpc": "N"}, [("sample.small-population", 2, "N")]),
        (("a N", "yes 0", "no 0"), {"fpc": "N"}, [("sample.small-population", 2, "N")]),
    ],
)
def test_a_design_that_cannot_be_meant_blocks(
    write: Write, lines: tuple[str, ...], arguments: dict[str, str], expected: Found
) -> None:
    file = write(*lines)
    assert found(lambda: tabulate_file(file, variable="a", **arguments, poststratify=None, rake=())) == expected


@pytest.mark.parametrize(
    ("lines", "arguments", "said"),
    [
        (("a w", "yes ."), {"weights": "w"}, ["weight"]),
        (("a s", "yes ."), {"strata": "s"}, ["stratum"]),
        (("a c", "yes ."), {"cluster": "c"}, ["sampled unit"]),
        (("a N", "yes ."), {"fpc": "N"}, ["population size"]),
        (("a w", "yes -1"), {"weights": "w"}, ["-1"]),
        (("a w", "yes one"), {"weights": "w"}, ['"one"']),
        (("a N", "yes 9", "no 8"), {"fpc": "N"}, ["8", "9", "stage 1"]),
        (("a N", "yes 2", "no 2", "no 2"), {"fpc": "N"}, ["2", "3", "stage 1"]),
        (
            ("a c u N M", "yes 1 1 9 5", "no 1 2 9 4", "yes 2 1 9 5", "no 2 2 9 5"),
            {"cluster": "c,u", "fpc": "N,M"},
            ["4", "5", "stage 2"],
        ),
        (("a s", "yes x", "no x", "no y"), {"strata": "s"}, ["stage 1"]),
    ],
)
def test_a_finding_about_a_design_says_what_was_found(
    write: Write, lines: tuple[str, ...], arguments: dict[str, str], said: list[str]
) -> None:
    file = write(*lines)
    (sentence, *_) = sentences(lambda: tabulate_file(file, variable="a", **arguments, poststratify=None, rake=()))
    assert [words for words in said if words not in sentence] == [], sentence
    assert "{" not in sentence


def test_a_word_among_numbers_blocks_a_mean(write: Write) -> None:
    file = write("a", "1", "many", ".")
    assert found(lambda: tabulate_file(file, mean="a")) == [("sample.no-number", 3, "a")]


@pytest.mark.parametrize("argument", ["poststratify", "rake"])
@pytest.mark.parametrize(
    ("population", "expected"),
    [
        (("s Freq", "x 5"), [("sample.cell-without-population", 3, "")]),
        (("s Freq", "x 5", "y 5", "z 5"), [("sample.cell-without-sample", 4, "")]),
        (("s Freq", "x 5", "y 5", "x 6"), [("sample.doubled-cell", 4, "")]),
        (("s Freq", "x 5", "y ."), [("sample.no-number", 3, "Freq")]),
        (("s Freq", "x 5", "y -5"), [("sample.no-number", 3, "Freq")]),
        (("s count", "x 5", "y 5"), [("table.missing-column", 1, "")]),
    ],
)
def test_a_population_that_does_not_match_blocks(
    write: Write, argument: str, population: tuple[str, ...], expected: Found
) -> None:
    file, other = write("a s", "yes x", "no y"), write(*population, name="population.csv")
    post, rake = (other, []) if argument == "poststratify" else (None, [other])
    assert found(lambda: tabulate_file(file, variable="a", poststratify=post, rake=rake)) == expected


@pytest.mark.parametrize(
    ("population", "said"),
    [
        (("s t Freq", "x u 5"), ["y, u"]),
        (("s t Freq", "x u 5", "y u 5", "z v 7.5"), ["z, v", "7.5"]),
        (("s t Freq", "x u 5", "y u 5", "x u 6"), ["x, u"]),
        (("s t Freq", "x u 5", "y u -5"), ['"-5"']),
        (("s t count", "x u 5", "y u 5"), ['"Freq"']),
    ],
)
def test_a_finding_about_a_population_says_what_was_found(
    write: Write, population: tuple[str, ...], said: list[str]
) -> None:
    file, other = write("a s t", "yes x u", "no y u"), write(*population, name="population.csv")
    for post, rake in ((other, []), (None, [other])):
        found_there = sentences(partial(tabulate_file, file, variable="a", poststratify=post, rake=rake))
        assert [words for words in said if words not in found_there[0]] == [], found_there
        assert "{" not in found_there[0]


def test_a_population_of_nobody_is_a_number_and_what_the_column_is_for_is_said(write: Write) -> None:
    file = write("a s", "yes x", "no x", "no x")
    nobody = write("s Freq", "x 5", "y 0", name="nobody.csv")
    assert tabulate_file(file, variable="a", poststratify=nobody).lines
    with pytest.raises(ProgrammeBlocked) as caught:
        tabulate_file(file, variable="a", poststratify=write("s n", "x 5", name="bare.csv"))
    (finding,) = caught.value.findings
    assert (finding.at.file.endswith("bare.csv"), finding.facts["need"]) == (
        True,
        "It holds the number of units in the population of each cell.",
    )


def test_a_record_in_no_cell_of_the_population_blocks(write: Write) -> None:
    file, other = write("a s", "yes x", "no ."), write("s Freq", "x 5", name="population.csv")
    assert found(lambda: tabulate_file(file, variable="a", poststratify=other)) == [("sample.blank-cell", 3, "s")]


def test_margins_that_contradict_each_other_block(write: Write) -> None:
    file = write("a s t", "yes x u", "no y v", "no x v")
    one = write("s Freq", "x 5", "y 5", name="one.csv")
    other = write("t Freq", "u 5", "v 50", name="other.csv")
    assert found(lambda: tabulate_file(file, variable="a", rake=[one, other])) == [("sample.margins-not-met", 0, "")]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"variable": "b"}, 'no column "b"'),
        ({}, "needs --variable"),
        ({"variable": "a", "interval": "wald"}, 'no interval "wald"'),
        ({"mean": "a", "interval": "logit"}, 'has the interval "mean"'),
        ({"variable": "a", "cluster": "a,a", "fpc": "a"}, "2 stages of sampling need 2 columns"),
        ({"variable": "a", "strata": "a,a"}, "more than the 1 stages"),
    ],
)
def test_an_argument_that_cannot_be_meant_is_wrong_use(write: Write, arguments: dict[str, str], message: str) -> None:
    file = write("a", "1", "2")
    with pytest.raises(WrongUse, match=message):
        tabulate_file(file, **arguments, poststratify=None, rake=())


def test_every_finding_can_be_read_without_a_name_in_braces() -> None:
    for rule in SAMPLE_RULES:
        assert all(sentence.endswith(".") for sentence in (rule.found, rule.why, rule.do))
