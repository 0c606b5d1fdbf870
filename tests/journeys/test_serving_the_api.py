"""`cityfolio serve --api`: the site, the API and PDF files at one address, as their users ask for them."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from cityfolio.cli.application import run
from tests.docs.pages import DOCS, blocks_of
from tests.programmes import ProgrammeFolder
from tests.serving import served as files_served

COMMAND = str(Path(sys.executable).with_name("cityfolio"))
SOON = 60.0  # a busy machine builds slowly
QUESTION = "api/v1/facts?variable=has_plan&edition=2022&measure=share&group=all"


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address at which `cityfolio serve --api` serves the folder, and its process."""
    call = [COMMAND, "serve", str(folder), "--api", "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        call, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as process:
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            found = re.fullmatch(
                r"Serving .* at (http://127\.0\.0\.1:\d+/), its API at \1api/v1/ \(Ctrl-C stops\)\n", said
            )
            assert found, said + (process.stdout.read() if process.poll() is not None else "")
            yield found[1], process
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=SOON)


def fetched(address: str) -> tuple[str, bytes]:
    with urlopen(address, timeout=SOON) as answer:
        content: bytes = answer.read()
        return str(answer.headers["content-type"]), content


def test_site_api_and_pdf_files_stand_at_one_address_and_follow_the_answers(small: ProgrammeFolder) -> None:
    with served(small.path) as (address, process):
        assert b"profile.pdf" in fetched(f"{address}cities/alder-aa/")[1]
        kind, pdf = fetched(f"{address}cities/alder-aa/profile.pdf")
        assert (kind, pdf[:8]) == ("application/pdf", b"%PDF-1.7")

        before = json.loads(fetched(address + QUESTION)[1])
        small.set_cell("responses/2022.csv", "birch-aa", "has_plan", "yes")
        end = time.monotonic() + SOON
        while json.loads(fetched(address + QUESTION)[1]) == before:
            assert time.monotonic() < end, "the API still gives the numbers of before"
            time.sleep(0.1)

        process.send_signal(signal.SIGINT)
        said = process.stdout.read() if process.stdout else ""
        assert (process.wait(timeout=SOON), said.splitlines()[-1]) == (0, "Stopped.")
        assert "Traceback" not in said


def test_a_port_that_is_taken_is_wrong_use(small: ProgrammeFolder, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert run(["serve", str(small.path), "--api", "--port", port]) == 2
    assert f"Port {port} cannot be used" in capsys.readouterr().err


GUIDE = DOCS / "how-to" / "use-the-api.md"
LIVE, FILES = "http://127.0.0.1:8000/", "https://cities.example/"


def examples(language: str, asking: str) -> list[str]:
    """The examples of the guide in one language, of the live API or of the files."""
    texts = ["\n".join(block.lines) for block in blocks_of(GUIDE) if block.language == language]
    return [text for text in texts if asking in text]


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Where the programme that the guide asks stands: live, and published as files."""
    folder = tmp_path_factory.mktemp("guide")
    assert run(["new", str(folder / "green")]) == 0
    assert run(["publish", str(folder / "green"), "--out", str(folder / "public"), "--data-only"]) == 0
    with served(folder / "green") as (live, _), files_served(folder / "public") as files:
        yield {LIVE: live, FILES: files}


def shown(command: list[str], example: str, addresses: dict[str, str]) -> str:
    """What an example of the guide prints."""
    for written, found in addresses.items():
        example = example.replace(written, found)
    done = subprocess.run([*command, example], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def printed() -> str:
    """What the guide says that the examples print."""
    (said,) = ("".join(f"{line}\n" for line in b.lines) for b in blocks_of(GUIDE) if " of " in b.lines[0])
    return said


def test_the_examples_in_curl_give_what_the_guide_says(addresses: dict[str, str]) -> None:
    whole, same = examples("sh", LIVE)
    assert json.loads(shown(["bash", "-c"], whole, addresses))["total"] == 2
    assert shown(["bash", "-c"], same, addresses) == "304\n"
    (file,) = examples("sh", FILES)
    assert {fact["variable"] for fact in json.loads(shown(["bash", "-c"], file, addresses))["facts"]} == {"has_plan"}


@pytest.mark.parametrize("asking", [LIVE, FILES])
def test_the_examples_in_python_print_what_the_guide_shows(asking: str, addresses: dict[str, str]) -> None:
    (example,) = examples("python", asking)
    assert shown([sys.executable, "-c"], example, addresses) == printed()


@pytest.mark.slow
@pytest.mark.parametrize("asking", [LIVE, FILES])
def test_the_examples_in_r_print_what_the_guide_shows(asking: str, addresses: dict[str, str]) -> None:
    rscript = shutil.which("Rscript")
    assert rscript, "this test needs R with its package jsonlite:  apt-get install r-cran-jsonlite"
    (example,) = examples("r", asking)
    assert shown([rscript, "-e"], example, addresses) == printed()
