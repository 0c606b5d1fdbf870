"""Parts made at once are those made one after the other; what goes wrong there goes wrong here, and nobody is left behind."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from cityfolio.build.at_once import at_once, can_fork
from cityfolio.build.running import Builder, build_site
from cityfolio.errors import WrongUse
from tests.programmes import ProgrammeFolder, held_in

needs_cores = pytest.mark.skipif(not can_fork(), reason="there is one core, or no fork")


def where(name: str) -> tuple[str, int]:
    return name, os.getpid()


def no_page() -> tuple[str, int]:
    raise WrongUse("no page")


def odd() -> tuple[str, int]:
    class OddError(Exception):
        """One that no other process can be told of."""

    raise OddError("odd")


@needs_cores
def test_parts_are_made_elsewhere_and_come_as_they_were_asked_for() -> None:
    with at_once([partial(where, name) for name in "abc"]) as begun:
        made = [one.result() for one in begun]
    assert [name for name, _ in made] == ["a", "b", "c"]
    assert len({process for _, process in made} | {os.getpid()}) == 4


def test_parts_can_be_made_here() -> None:
    with at_once([partial(where, "a")], apart=False) as begun:
        assert begun[0].result() == ("a", os.getpid())


@pytest.mark.parametrize(("make", "said"), [(no_page, "no page"), (odd, "odd")])
def test_what_went_wrong_there_goes_wrong_here(make: partial[tuple[str, int]], said: str) -> None:
    with at_once([make]) as begun, pytest.raises(Exception, match=said):
        begun[0].result()


@needs_cores
def test_a_part_whose_process_was_stopped_is_made_here_and_it_is_said(caplog: pytest.LogCaptureFixture) -> None:
    asking = os.getpid()

    def stopped_elsewhere() -> int:
        if os.getpid() != asking:
            os.kill(os.getpid(), signal.SIGKILL)
        return 7

    with caplog.at_level(logging.WARNING), at_once([stopped_elsewhere]) as begun:
        assert begun[0].result() == 7
    assert "stopped by the system (signal 9); its part is made once more" in caplog.text


BUSY = """
import os, sys, time
from functools import partial
from cityfolio.build.at_once import at_once

def busy(deeper):
    print(os.getpid(), flush=True)
    with at_once([partial(busy, False)] if deeper else []):
        time.sleep(60)

with at_once([partial(busy, True)]):
    time.sleep(60)
"""


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@needs_cores
def test_whoever_is_told_to_stop_takes_all_helpers_along() -> None:
    with subprocess.Popen([sys.executable, "-c", BUSY], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as asking:
        assert asking.stdout is not None
        helpers = [int(asking.stdout.readline()) for _ in range(2)]
        assert all(map(is_there, helpers))
        asking.send_signal(signal.SIGINT)
        asking.wait(30)
    for _ in range(100):
        if not any(map(is_there, helpers)):
            return
        time.sleep(0.05)
    pytest.fail("a helper is still there")


@pytest.mark.parametrize("languages", ["[en]", "[en, ko, ar]"])
def test_a_site_made_at_once_is_the_site_made_in_turn(languages: str, small: ProgrammeFolder, tmp_path: Path) -> None:
    small.swap("programme.yml", "language: en", f"language: en\nlanguages: {languages}")
    report = build_site(small.path, tmp_path / "at-once")
    assert Builder(small.path).build(tmp_path / "in-turn") == report
    assert held_in(tmp_path / "at-once") == held_in(tmp_path / "in-turn")
    assert report.files == len(held_in(tmp_path / "in-turn"))
