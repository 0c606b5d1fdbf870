"""External indicators: read strictly, described by groups of answers, facts like all others."""

from __future__ import annotations

from pathlib import Path
from statistics import mean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from cityfolio.cli.application import run
from cityfolio.model.answer import Answer, CodedAnswers, Response
from cityfolio.model.condition import Subject
from cityfolio.model.edition import ALL, Edition, Group
from cityfolio.model.indicator import Indicator
from cityfolio.model.missing import Missing
from cityfolio.model.unit import Unit
from cityfolio.model.variable import Category, Kind, Variable
from cityfolio.site.audit import audit
from cityfolio.tabulate.facts import FactStore
from cityfolio.tabulate.indicators import indicator_facts
from tests.pages import read_text_of
from tests.programmes import ProgrammeFolder, rows_of

from .conftest import SHADE


def built(folder: ProgrammeFolder, tmp_path: Path) -> dict[str, dict[str, str]]:
    folder.build(tmp_path / "site")
    rows = rows_of(tmp_path / "site" / "data" / "facts.csv")
    return {row["fact"]: row for row in rows if row["source"] == "indicators"}


def test_each_group_of_answers_has_its_mean_its_base_and_those_left_out(
    acting: ProgrammeFolder, tmp_path: Path
) -> None:
    facts = built(acting, tmp_path)
    said = {
        name.removeprefix("2022-2024.shade._."): (row["value"], row["base"], row["not_on_record"])
        for name, row in facts.items()
        if row["edition"] == "2022-2024" and row["measure"] == "mean"
    }
    # Birch has no plan and no figure; so the group without a plan has nobody to be described.
    assert said == {
        "all.mean": ("26.75", "2", "1"),
        "has_plan:yes.mean": ("26.75", "2", "0"),
        "measures:planting.mean": ("31.5", "1", "0"),
    }
    row = facts["2022-2024.shade._.has_plan:yes.median"]
    assert (row["numerator"], row["base_rule"], row["source_url"]) == ("", "with_figure", "https://example.org/shade")
    assert row["note"] == "Streets in the shade, 2023, per cent at noon; Survey from the air"
    assert {row["measure"] for row in facts.values()} == {
        "mean", "median", "first_quartile", "third_quartile", "smallest", "largest",
    }  # fmt: skip


def test_a_wave_that_did_not_offer_a_category_left_nobody_without_it(acting: ProgrammeFolder, tmp_path: Path) -> None:
    acting.swap("outcomes.yml", "measures.planting", "measures.mapping")
    facts = built(acting, tmp_path)
    # Mapping was offered in 2024 only: Alder chose it then, and in 2022 could not.
    groups = {(row["edition"], row["group"]) for row in facts.values() if row["variable"] == "shade"}
    assert ("2024", "measures:mapping") in groups
    assert not [group for edition, group in groups if edition == "2022" and "mapping" in group]


def test_the_fact_is_explained_with_the_names_behind_it(
    acting: ProgrammeFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["explain", "2022-2024.shade._.all.mean", "--programme", str(acting.path)]) == 0
    said = capsys.readouterr().out
    assert "Streets in the shade" in said
    assert "counted    2: Alder; Cedar" in said
    assert "left out   1 not on record: Birch" in said
    assert "numerator" not in said


def test_an_indicator_cannot_bear_the_name_of_a_question(acting: ProgrammeFolder) -> None:
    for suffix in ("csv", "yml"):
        (acting.path / "indicators" / f"shade.{suffix}").rename(acting.path / "indicators" / f"population.{suffix}")
    acting.swap("outcomes.yml", "indicator: shade", "indicator: population")
    (finding,) = acting.coded("programme.doubled-id")
    assert (str(finding.at), finding.facts["got"]) == ("indicators/population.csv", "population")


def test_each_number_leads_to_its_fact_with_the_names_behind_it(acting: ProgrammeFolder, tmp_path: Path) -> None:
    acting.build(tmp_path / "site")
    html = (tmp_path / "site" / "outcomes" / "index.html").read_text("utf-8")
    assert 'href="../facts/2022-2024/shade/index.html#_.has_plan:yes.mean"' in html
    page = read_text_of((tmp_path / "site" / "facts" / "2022-2024" / "shade" / "index.html").read_text("utf-8"))
    assert "# Streets in the shade" in page.lines
    assert "Tree plan: A plan" in page.text
    assert "With a figure (2): Alder; Cedar" in page.lines
    assert audit(tmp_path / "site") == []


def test_the_page_shows_bases_and_says_what_is_too_few(acting: ProgrammeFolder, tmp_path: Path) -> None:
    acting.build(tmp_path / "site")
    page = read_text_of((tmp_path / "site" / "outcomes" / "index.html").read_text("utf-8"))
    assert "They describe; they do not explain." in page.text
    assert "| A plan | 2 | 26.8 | 26.8 | 24.4 to 29.1 |" in page.lines
    assert "| No plan | none | too few to describe |" in page.lines
    assert "| Planting new trees | 1 | too few to describe |" in page.lines
    assert "| not “Planting new trees” | none | too few to describe |" in page.lines
    assert "| All cities with a figure | 2 | 26.8 | 26.8 | 24.4 to 29.1 |" in page.lines
    carried = {number.fact for number in page.numbers}
    assert carried <= {row["fact"] for row in rows_of(tmp_path / "site" / "data" / "facts.csv")}


def test_without_a_plan_of_outcomes_there_is_no_page_and_no_entry(acting: ProgrammeFolder, tmp_path: Path) -> None:
    (acting.path / "outcomes.yml").unlink()
    acting.build(tmp_path / "site")
    assert not (tmp_path / "site" / "outcomes").exists()
    assert "outcomes/index.html" not in (tmp_path / "site" / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("file", "content", "code", "at", "says"),
    [
        ("indicators/shade.csv", SHADE + "elm,3\n", "intake.unknown-unit", "line 5, column unit", '"elm" is no unit'),
        (
            "indicators/shade.csv",
            SHADE + "alder-aa,3\n",
            "intake.doubled-unit",
            "line 5, column unit",
            "first in line 2",
        ),
        ("indicators/shade.csv", "unit,value\nalder-aa,many\n", "intake.no-number", "line 2, column value", '"many"'),
        ("indicators/shade.csv", "unit,value\nalder-aa,nan\n", "intake.no-number", "line 2, column value", '"nan"'),
        ("indicators/shade.csv", "unit,number\nalder-aa,1\n", "table.missing-column", "line 1, column value", "value"),
        ("indicators/shade.yml", "format: 1\nlabel: Shade\n", "yaml.unexpected", "line 1", "source"),
        ("indicators/sun.csv", SHADE, "file.missing", "", "it says what the figures of sun are"),
        ("indicators/sun.yml", "format: 1\n", "file.missing", "", "it holds the figures of sun"),
        (
            "outcomes.yml",
            "format: 1\ncomparisons: [{indicator: shadow, by: has_plan}]\n",
            "programme.unknown-name",
            "line 2",
            'The indicator "shadow" is not known here (did you mean "shade"?)',
        ),
        (
            "outcomes.yml",
            "format: 1\ncomparisons: [{indicator: shade, by: measures}]\n",
            "programme.unknown-name",
            "line 2",
            'The single choice or category "measures"',
        ),
        (
            "outcomes.yml",
            "format: 1\nsamples: [{id: a, title: A, pairs: [{variable: joy, categories: [high, low]}]}]\n",
            "programme.unknown-name",
            "line 2",
            'The published figure "joy.high" is not known here',
        ),
    ],
)
def test_a_mistake_is_found_where_it_stands(
    acting: ProgrammeFolder, file: str, content: str, code: str, at: str, says: str
) -> None:
    acting.write(file, content)
    found = [f for f in acting.coded(code) if says in f.message]
    assert found, [(f.code, str(f.at), f.message) for f in acting.findings()]
    assert at in str(found[0].at)
    assert found[0].blocks


def test_an_indicator_that_cannot_be_read_is_not_blamed_a_second_time(acting: ProgrammeFolder) -> None:
    acting.write("indicators/shade.yml", "format: 1\n")
    assert {f.code for f in acting.findings() if f.blocks} == {"yaml.unexpected"}


_YES, _NO = Category("yes", "Yes", ("w",)), Category("no", "No", ("w",))
_PLAN = Variable("plan", Kind.SINGLE, "Plan", ("w",), (_YES, _NO))
_EDITION = Edition("w", ("w",))


@given(
    st.lists(
        st.tuples(st.sampled_from(["yes", "no", ""]), st.none() | st.integers(-1000, 1000).map(lambda n: n / 4)),
        max_size=30,
    )
)
def test_groups_and_those_without_an_answer_are_all_units_with_a_figure(
    cases: list[tuple[str, float | None]],
) -> None:
    units = {f"u{n}": Unit(f"u{n}", f"U{n}", f"U{n}") for n in range(len(cases))}
    said = [Answer(_PLAN.bits[code], (code,)) if code else Answer.without(Missing.REFUSED) for code, _ in cases]
    responses = tuple(Response(f"u{n}", "w", {"plan": answer}) for n, answer in enumerate(said))
    answers = CodedAnswers(units, {"plan": _PLAN}, ("w",), responses)
    values = {f"u{n}": value for n, (_, value) in enumerate(cases) if value is not None}
    indicator = Indicator("i", "I", "S", "2020", "m", values)
    store = FactStore.of(indicator_facts(indicator, _EDITION, answers, [Subject("plan")]))
    for group, codes in ((ALL, {"yes", "no", ""}), (Group("plan", "yes"), {"yes"}), (Group("plan", "no"), {"no"})):
        given_values = [value for code, value in cases if code in codes and value is not None]
        without = sum(code in codes and value is None for code, value in cases)
        fact = store.find("w", "i", "", "mean", group, "indicators")
        if not given_values:
            assert fact is None
            continue
        assert fact is not None
        assert fact.base is not None
        assert (fact.base.counted, fact.base.left_out(Missing.NOT_ON_RECORD)) == (len(given_values), without)
        assert fact.value == pytest.approx(mean(given_values))
        middle = store.find("w", "i", "", "median", group, "indicators")
        assert middle is not None
        assert middle.value == pytest.approx(median(given_values))


@pytest.mark.browser
def test_the_middle_half_of_a_figure_stays_on_one_line_on_a_phone(
    browser: Browser, acting: ProgrammeFolder, tmp_path: Path
) -> None:
    acting.build(tmp_path / "site")
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto((tmp_path / "site" / "outcomes" / "index.html").as_uri())
    cell = page.locator(".figures-by-answer tbody tr.everybody td").last
    tops = cell.evaluate("""cell => {
        const words = document.createRange();
        words.selectNodeContents(cell);
        return [...new Set([...words.getClientRects()].filter(box => box.width).map(box => Math.round(box.bottom / 8)))];
    }""")
    assert " to " in cell.inner_text()
    assert len(tops) <= 2, tops  # links and words of one line, whose boxes differ by their padding
    assert cell.evaluate("cell => cell.offsetHeight") < 72
    page.close()
