"""How fast the live API answers, beside Datasette over the same facts, and whether its memory stays flat."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.publishing.load import CONNECTIONS, Loaded, loaded
from benchmarks.publishing.questions import ONE, all_questions, datasettes, ours, same_facts
from benchmarks.publishing.servers import Server, cityfolio_serving, datasette_serving
from benchmarks.site.measuring import CITYFOLIO, EXAMPLE, Line, run_once

_WARM = 2


def answer_lines(seconds: int, work: Path) -> list[Line]:
    """Both servers stand; each question is put to one and then to the other, so that a busy minute slows both."""
    programme, database = _published(work)
    questions = all_questions(database)
    with cityfolio_serving(programme) as ourselves, datasette_serving(database) as peer:
        compared = questions[:: max(len(questions) // 100, 1)]
        same = same_facts(ourselves, peer, compared)

        def asked(
            server: Server, address: Callable[[dict[str, str]], str], put: Sequence[dict[str, str]], size: str
        ) -> Loaded:
            addresses = [address(question) for question in put]
            loaded(server, addresses, _WARM, work, size)
            return loaded(server, addresses, seconds, work, size)

        lines = [
            Line(
                "questions that both answer with the same facts",
                "all",
                f"{same} of {len(compared)}",
                same == len(compared),
            )
        ]
        kinds = (
            ("one question, again and again", [ONE], "", ""),
            (f"{len(questions):,} questions in turn", questions, "", ""),
            ("questions that nobody asked before", questions, "limit", "_size"),
        )
        for place, (kind, put, size, peers_size) in enumerate(kinds):
            own, others = asked(ourselves, ours, put, size), asked(peer, datasettes, put, peers_size)
            goal = "at least 1,500 requests/s, p99 under 100 ms" if place == 0 else "none set"
            met = own.rate >= 1500 and own.p99 < 100 and not own.failed if place == 0 else None
            times = own.rate / others.rate
            lines += [
                Line(f"{kind}: `cityfolio serve --api`, {CONNECTIONS} connections", goal, own.shown, met),
                Line(f"{kind}: Datasette, {CONNECTIONS} connections", "none set", others.shown),
                Line(f"{kind}: our rate over Datasette's", "at least 3 times", f"{times:.1f} times", times >= 3),
            ]
    return lines


def memory_lines(minutes: float, work: Path) -> list[Line]:
    """The memory of the server under questions that nobody asked before, which fill what it keeps to its bound."""
    programme, database = _published(work)
    questions = [ours(question) for question in all_questions(database)]
    seconds = max(round(60 * minutes), 5)
    with cityfolio_serving(programme) as server:
        start = server.memory
        loaded(server, questions, max(seconds // 10, 2), work, "limit")
        full = server.memory
        ended = threading.Event()
        highest = [full]

        def watch() -> None:
            while not ended.wait(1):
                highest.append(server.memory)

        watching = threading.Thread(target=watch)
        watching.start()
        under = loaded(server, questions, seconds, work, "limit")
        ended.set()
        watching.join()
        grown = max(highest) / full - 1
        said = (
            f"{start:.0f} MiB at the start, {full:.0f} MiB after a tenth, at most {max(highest):.0f} MiB after that,"
            f" {server.memory:.0f} MiB at the end; {under.rate * seconds:,.0f} answers"
        )
    return [
        Line(f"memory over {seconds / 60:g} minutes of load", "grows by less than 5 % once warm", said, grown < 0.05)
    ]


def _published(work: Path) -> tuple[Path, Path]:
    """A copy of the example, which nobody edits meanwhile (that would be a new build), and its published database."""
    programme, out = work / "programme", work / "published"
    shutil.copytree(EXAMPLE, programme)
    run_once([CITYFOLIO, "publish", str(programme), "--out", str(out), "--data-only"])
    return programme, out / "data" / "programme.sqlite"
