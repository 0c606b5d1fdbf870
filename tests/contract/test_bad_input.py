"""Bad input: each mistake is found, placed and explained; all at once; nothing published is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from cityfolio.cli.application import run
from cityfolio.errors import ProgrammeBlocked
from cityfolio.findings import Finding, Severity
from tests.programmes import ProgrammeFolder, held_in, rows_of

from .mistakes import ASKS, BLOCKS, TELLS, Mistake


def by_name(mistake: Mistake) -> str:
    return mistake.name


def the_finding(mistake: Mistake, small: ProgrammeFolder) -> Finding:
    mistake.change(small)
    findings = small.findings()
    said = [f for f in findings if f.code == mistake.code and str(f.at).startswith(mistake.at)]
    assert said, "\n".join(f"{f.code} {f.at}: {f.message}" for f in findings)
    (finding,) = [f for f in said if mistake.says in f.message] or said
    assert mistake.says in finding.message
    assert "{" not in finding.why + finding.do
    return finding


def test_of_the_small_programme_nothing_but_a_long_answer_is_told(small: ProgrammeFolder) -> None:
    assert [finding.code for finding in small.findings()] == ["intake.over-cap"]


@pytest.mark.parametrize("mistake", BLOCKS, ids=by_name)
def test_what_cannot_be_published_blocks_and_leaves_the_earlier_site_alone(
    mistake: Mistake, small: ProgrammeFolder, tmp_path: Path
) -> None:
    out = tmp_path / "site"
    out.mkdir()
    (out / ".cityfolio").write_text("earlier")
    (out / "index.html").write_text("an earlier site")
    before = held_in(tmp_path / "site")
    assert the_finding(mistake, small).rule.severity is Severity.BLOCKS
    with pytest.raises(ProgrammeBlocked):
        small.build(out)
    assert held_in(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["programme", "site"]


@pytest.mark.parametrize("mistake", ASKS, ids=by_name)
def test_what_a_person_has_to_clear_up_asks_and_does_not_block(
    mistake: Mistake, small: ProgrammeFolder, tmp_path: Path
) -> None:
    assert the_finding(mistake, small).rule.severity is Severity.ASKS
    assert not any(finding.blocks for finding in small.findings())
    assert small.build(tmp_path / "site").units == 3


@pytest.mark.parametrize("mistake", TELLS, ids=by_name)
def test_what_does_no_harm_tells_and_does_not_block(mistake: Mistake, small: ProgrammeFolder, tmp_path: Path) -> None:
    assert the_finding(mistake, small).rule.severity is Severity.TELLS
    assert not any(finding.blocks for finding in small.findings())
    assert small.build(tmp_path / "site").units >= 2


def test_all_mistakes_in_all_files_are_found_at_once(small: ProgrammeFolder) -> None:
    small.swap("units.csv", "60.1,19.9", ",")
    small.swap("responses/2022.csv", "birch-aa,45000,no", "birhc-aa,many,nope")
    small.swap("responses/2024.csv", "planting mapping", "plantng mappin")
    small.swap("profile.yml", "{kind: sentence, variable: has_plan}", "{kind: sentence, variable: had_plan}")
    small.swap("crosswalks/2022-2024.yml", "category: mapping", "category: maping")
    small.swap("wording/en.yml", "{has_plan.same}", "{has_plan.sam}")
    assert [(finding.code, str(finding.at)) for finding in small.findings()] == [
        ("crosswalk.unknown-code", "crosswalks/2022-2024.yml, line 6, column 5"),
        ("programme.unknown-name", "profile.yml, line 16, column 26"),
        ("intake.unknown-code", "responses/2022.csv, line 3, column has_plan"),
        ("intake.no-number", "responses/2022.csv, line 3, column population"),
        ("intake.unknown-unit", "responses/2022.csv, line 3, column unit"),
        ("intake.unknown-code", "responses/2024.csv, line 2, column measures"),
        ("intake.unknown-code", "responses/2024.csv, line 2, column measures"),
        ("wording.unknown-name", "wording/en.yml, line 8, column 5"),
        ("intake.no-coordinates", "units.csv, line 2, column lat"),
    ]


def test_a_brace_or_markup_in_somebodys_data_is_quoted_as_it_stands(small: ProgrammeFolder) -> None:
    small.swap("responses/2024.csv", "125000,yes", "125000,{unit}<b>")
    (finding,) = small.coded("intake.unknown-code")
    assert finding.found.startswith('"{unit}<b>" is no category of has_plan')


def test_the_command_line_leaves_with_1_and_names_place_and_way_out(
    small: ProgrammeFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small.swap("responses/2024.csv", "cedar-bb", "ceder-bb")
    assert run(["check", str(small.path)]) == 1
    assert "blocks  intake.unknown-unit  responses/2024.csv, line 3, column unit" in capsys.readouterr().out
    assert run(["build", str(small.path), "--out", str(tmp_path / "site")]) == 1
    assert 'did you mean "cedar-bb"?' in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


def test_a_response_past_routing_does_not_count(small: ProgrammeFolder, tmp_path: Path) -> None:
    small.swap("responses/2022.csv", "45000,no,,", "45000,no,watering,")
    small.build(tmp_path / "site")
    facts = {row["fact"]: row for row in rows_of(tmp_path / "site" / "data" / "facts.csv")}
    watering = facts["2022.measures.watering.all.share"]
    assert (watering["numerator"], watering["base"], watering["routed_past"]) == ("0", "1", "1")


def test_own_words_alone_are_an_answer_to_a_single_choice(small: ProgrammeFolder, tmp_path: Path) -> None:
    asked = "question: Does the city have a plan for its trees?"
    for wave in ("2022", "2024"):
        small.swap(f"instruments/{wave}.yml", asked, f"{asked}\n        other: true")
    small.write(
        "responses/2024.csv",
        "unit,population,has_plan,has_plan_other,measures,measures_other\nalder-aa,125000,,a draft,planting,\n",
    )
    (finding,) = small.coded("wording.no-sentence")
    assert finding.found == 'The case "own_words" of has_plan has no sentence.'
    small.swap(
        "wording/en.yml", "    no: ", '    own_words: "{unit.subject} puts it in its own words: {has_plan}."\n    no: '
    )
    small.build(tmp_path / "site")
    page = (tmp_path / "site" / "cities" / "alder-aa" / "index.html").read_text("utf-8")
    assert "Alder puts it in its own words: “a draft”." in page


def test_an_answer_of_any_length_is_read(small: ProgrammeFolder) -> None:
    small.set_cell("responses/2024.csv", "alder-aa", "measures_other", 'a "long" answer, ' * 20_000)
    assert not any(finding.blocks for finding in small.findings())
