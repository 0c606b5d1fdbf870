"""An editor's way: new, check, build, serve; and what becomes of mistakes, interruptions and wrong calls."""

from __future__ import annotations

import csv
import gc
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import cityfolio
from cityfolio.cli.application import run
from cityfolio.errors import UnsafeOutput, WrongUse
from tests.programmes import EXAMPLE, ProgrammeFolder, held_in, rows_of

COMMAND = str(Path(sys.executable).with_name("cityfolio"))
PROGRAM = Path(cityfolio.__file__).parent
SOON = 15.0


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address at which `cityfolio serve` serves the folder."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    arguments = [COMMAND, "serve", str(folder), "--port", "0"]
    with subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as process:
        try:
            assert process.stdout is not None
            address = ""
            for line in process.stdout:
                found = re.search(r"http://127\.0\.0\.1:\d+/", line)
                if found:
                    address = found[0]
                    break
            yield address, process
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=SOON)


def fetched(address: str) -> str:
    with urllib.request.urlopen(address, timeout=SOON) as answer:
        text: bytes = answer.read()
    return text.decode("utf-8")


def wait_for(words: str, address: str) -> bool:
    end = time.monotonic() + SOON
    while time.monotonic() < end:
        if words in fetched(address):
            return True
        time.sleep(0.1)
    return False


def test_new_check_build_and_serve_in_an_empty_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = tmp_path / "trees", tmp_path / "site"
    assert run(["new", str(folder)]) == 0
    assert run(["check", str(folder)]) == 0
    assert run(["build", str(folder), "--out", str(out)]) == 0
    assert "3 profiles" in capsys.readouterr().out
    for path in (
        "index.html", "cities/alder-aa/index.html", "cities/alder-aa.json", "variables/measures/index.html",
        "data/facts.csv", "data/units.csv", "data/responses.csv", "data/codebook.json", "method/index.html", "data/index.html",
    ):  # fmt: skip
        assert (out / path).is_file(), path


def test_serve_shows_an_edit_and_keeps_the_last_good_build(small: ProgrammeFolder) -> None:
    with served(small.path) as (address, _):
        assert "Green streets" in fetched(address)
        small.swap("programme.yml", "title: Green streets", "title: Greener streets")
        assert wait_for("Greener streets", address)
        small.swap("programme.yml", "title: Greener streets", 'title: "Broken')
        time.sleep(1.0)
        assert "Greener streets" in fetched(address)
        small.swap("programme.yml", 'title: "Broken', "title: Greenest streets")
        assert wait_for("Greenest streets", address)


def test_serve_prints_the_pdf_file_that_a_page_leads_to(small: ProgrammeFolder) -> None:
    with served(small.path) as (address, _):
        assert "profile.pdf" in fetched(f"{address}cities/alder-aa/index.html")
        with urllib.request.urlopen(f"{address}cities/alder-aa/profile.pdf", timeout=SOON) as answer:
            assert answer.headers["Content-Type"] == "application/pdf"
            assert answer.read().startswith(b"%PDF-1.7")
        with pytest.raises(urllib.error.HTTPError, match="404"):
            fetched(f"{address}cities/nowhere/profile.pdf")


def test_serve_stops_at_the_first_interrupt_and_says_so(small: ProgrammeFolder) -> None:
    with served(small.path) as (address, process):
        assert fetched(address)
        process.send_signal(signal.SIGINT)
        said = process.stdout.read() if process.stdout else ""
        assert process.wait(timeout=SOON) == 0
        assert "Traceback" not in said


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", str(EXAMPLE)], 0),
        (["--version"], 0),
        (["check", "/no/such/folder"], 2),
        (["build", str(EXAMPLE)], 2),
        (["build", str(EXAMPLE), "--out", "OUT", "--edition", "1999"], 2),
        (["facts", str(EXAMPLE), "--variable", "no_such_variable"], 2),
        (["facts", str(EXAMPLE), "--edition", "1999"], 2),
        (["check", str(EXAMPLE), "--format", "xml"], 2),
        (["no-such-command"], 2),
        (["explain", "2018.has_team.yes.all.share", "--programme", str(EXAMPLE)], 0),
        (["explain", str(EXAMPLE), "2018.has_team.yes.all.share"], 0),
        (["explain", "2018.has_team.yes.all.share", str(EXAMPLE)], 0),
        (["explain", str(EXAMPLE)], 2),
        (["explain", "/no/such/folder", "2018.has_team.yes.all.share"], 2),
        (["explain", str(EXAMPLE), "2018.has_team.yes.all.share", "--programme", str(EXAMPLE)], 2),
    ],
)
def test_exit_codes_say_what_happened(arguments: list[str], code: int, tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    assert run([out if argument == "OUT" else argument for argument in arguments]) == code
    assert not (tmp_path / "out").exists()


def test_what_duckdb_counted_is_told_without_a_word_of_its_insides(small: ProgrammeFolder) -> None:
    command = [COMMAND, "tabulate", str(small.path), "has_plan", "--engine", "duckdb", "--format", "csv"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 3


def test_a_bug_of_ours_leaves_with_3_and_the_earlier_site(small: ProgrammeFolder, tmp_path: Path) -> None:
    out = tmp_path / "site"
    small.build(out)
    before = held_in(out)
    # The program itself, copied, with a bug in one of its templates.
    shutil.copytree(PROGRAM, tmp_path / "faulty" / PROGRAM.name, ignore=shutil.ignore_patterns("__pycache__"))
    template = tmp_path / "faulty" / PROGRAM.name / "site" / "templates" / "variable.html"
    template.write_text(template.read_text("utf-8").replace("<h1>", "<h1>{{ 1 // 0 }}", 1), "utf-8")
    faulty = [sys.executable, "-c", "from cityfolio.cli import main; main()"]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "faulty")}
    left = subprocess.run(
        [*faulty, "build", small.path, "--out", out], env=environment, capture_output=True, text=True, check=False
    )
    assert left.returncode == 3, left.stderr
    assert "ZeroDivisionError" in left.stderr
    assert left.stderr.endswith("cityfolio: this is a bug of ours. Please report it with the lines above.\n")
    assert held_in(out) == before


def test_a_build_interrupted_half_way_leaves_the_earlier_site(small: ProgrammeFolder, tmp_path: Path) -> None:
    out = tmp_path / "site"
    small.build(out)
    before = held_in(out)
    small.swap("programme.yml", "title: Green streets", "title: Greener streets")
    command = [COMMAND, "build", str(small.path), "--out", str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        end = time.monotonic() + 60
        while not list(tmp_path.glob(".site.new-*/*/index.html")) and process.poll() is None:
            assert time.monotonic() < end
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert said == "cityfolio: stopped; nothing was left half written.\n"
    assert held_in(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["programme", "site"]


def test_a_build_writes_over_nothing_that_is_not_ours(small: ProgrammeFolder, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work")
    (tmp_path / "file").write_text("")
    for out in (mine, tmp_path / "file", small.path, small.path.parent):
        with pytest.raises(UnsafeOutput):
            small.build(out)
    assert held_in(mine) == {"thesis.txt": b"years of work"}


def test_new_writes_over_nothing(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert run(["new", str(tmp_path)]) == 2
    assert held_in(tmp_path) == {"notes.txt": b"mine"}


def test_findings_for_machines_are_the_findings_for_people(
    small: ProgrammeFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    small.swap("responses/2024.csv", "cedar-bb", "ceder-bb")
    assert run(["check", str(small.path), "--format", "json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["blocks"], said["asks"]) == (1, 0)
    assert said["findings"][0] == {
        "code": "intake.unknown-unit",
        "severity": "blocks",
        "file": "responses/2024.csv",
        "line": 3,
        "column": "unit",
        "found": '"ceder-bb" is no unit of units.csv (did you mean "cedar-bb"?).',
        "why": "Answers can only stand for a unit on the list.",
        "do": "Correct the id, or add the unit to units.csv.",
    }


def test_facts_come_as_table_csv_and_json(small: ProgrammeFolder, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["facts", str(small.path), "--variable", "measures", "--edition", "2024"]
    assert run([*call, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert run([*call, "--format", "json"]) == 0
    records = json.loads(capsys.readouterr().out)
    assert [{name: str(held or "") for name, held in record.items()} for record in records] == rows
    assert {(row["variable"], row["edition"]) for row in rows} == {("measures", "2024")}
    assert run(call) == 0
    table = capsys.readouterr().out
    assert "planting" in table
    assert "1 not_on_record" in table


def test_an_edition_has_pages_for_its_units_while_the_file_has_all_editions(
    small: ProgrammeFolder, tmp_path: Path
) -> None:
    out = tmp_path / "site"
    assert run(["build", str(small.path), "--out", str(out), "--edition", "2022"]) == 0
    answered = {row["unit"] for row in rows_of(small.path / "responses" / "2022.csv")}
    assert answered < {row["unit"] for row in rows_of(small.path / "units.csv")}
    assert {page.parent.name for page in (out / "cities").glob("*/index.html")} == answered
    assert {file.stem for file in (out / "cities").glob("*.json")} == answered
    assert {"2022", "2024", "2022-2024"} <= {row["edition"] for row in rows_of(out / "data" / "facts.csv")}
    documents = [json.loads(file.read_text("utf-8")) for file in (out / "cities").glob("*.json")]
    assert {(document["edition"], document["wave"]) for document in documents} == {("2022", "2022")}


def test_an_unknown_edition_is_wrong_use_and_names_those_there_are(small: ProgrammeFolder, tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="2022, 2024, 2022-2024"):
        small.build(tmp_path / "site", "2026")


@pytest.mark.parametrize("command", [["build"], ["publish"], ["publish", "--data-only"], ["release", "prepare"]])
def test_a_command_leaves_the_collector_of_rubbish_as_it_was(
    command: list[str], small: ProgrammeFolder, tmp_path: Path
) -> None:
    gc.enable()
    out = ["--out", str(tmp_path / "out")] if command[0] != "release" else []
    assert run([*command, str(small.path), *out]) == 0
    assert gc.isenabled()


# To name the window, to write into the clipboard, to clear the screen, to colour, to go up a line.
STEERING = "\x1b]0;mine\x07\x1b]52;c;bWluZQ==\x07\x1b[2J\x1b[31m\x9b1Amine"


def test_nothing_in_answers_or_labels_steers_the_terminal(
    small: ProgrammeFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    small.add_row("responses/2024.csv", unit=f"alder{STEERING}", has_plan="yes")
    assert run(["check", str(small.path)]) == 1
    found = capsys.readouterr().out
    assert r"alder\x1b]0;mine\x07" in found
    small.swap("responses/2024.csv", f"alder{STEERING}", "birch-aa")
    small.set_cell("units.csv", "birch-aa", "country", f"B{STEERING}")
    label = json.dumps(f"Planting {STEERING}")
    small.swap("instruments/2024.yml", "label: Planting new trees", f"label: {label}")
    small.swap("instruments/2024.yml", "question: What does the city do for its trees?", f"question: {label}")
    for arguments in (
        ["tabulate", str(small.path), "measures", "--by", "country"],
        ["tabulate", str(small.path), "measures", "--change"],
        ["explain", str(small.path), "2024.measures.planting.all.share"],
        ["facts", str(small.path), "--variable", "measures"],
        ["instrument", "diff", str(small.path / "instruments/2022.yml"), str(small.path / "instruments/2024.yml")],
    ):
        assert run(arguments) == 0, arguments
        said = capsys.readouterr().out
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", said), arguments
