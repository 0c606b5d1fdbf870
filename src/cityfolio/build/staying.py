"""Helpers that stay: processes that make their part of every build, and remember what they made for the next one."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import Pipe
from typing import TYPE_CHECKING, Generic, TypeVar

from cityfolio.build.at_once import outcome

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

__all__ = ["HelperLostError", "Helping", "Staying", "begun", "helping"]

Wanted = TypeVar("Wanted")
Made = TypeVar("Made")


class HelperLostError(Exception):
    """The helper is gone; whoever asked makes the part."""


@dataclass
class Staying(Generic[Wanted, Made]):
    """A helper, seen from the process that asks. It ends when that process does."""

    process: int
    line: Connection
    _turn: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def asked(self, wanted: Wanted) -> Iterator[Callable[[], Made]]:
        """Ask for something, and be given what waits for the answer; nobody else can ask meanwhile.

        What went wrong there goes wrong here, with the same error. `HelperLostError` is raised where there is no helper any more.
        """
        with self._turn:
            with suppress(OSError):  # whoever waits for the answer hears it
                self.line.send(wanted)
            is_heard = False

            def answer() -> Made:
                nonlocal is_heard
                is_heard = True
                held = self._heard()
                if isinstance(held, Exception):
                    raise held
                return held

            try:
                yield answer
            finally:
                if not is_heard:
                    # Nobody waits for it any more, and who asks next is not to take it for the answer to that.
                    with suppress(HelperLostError):
                        self._heard()

    def told(self, wanted: Wanted) -> Made:
        """What comes of a question."""
        with self.asked(wanted) as answer:
            return answer()

    def end(self) -> None:
        """End the helper, whatever it is doing."""
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(self.process, signal.SIGTERM)
            os.waitpid(self.process, 0)
        self.line.close()

    def _heard(self) -> Made | Exception:
        """What was made, or what went wrong there; `HelperLostError` is raised where the helper is gone."""
        try:
            _, held = self.line.recv()  # an `outcome`
        except (EOFError, OSError) as error:
            raise HelperLostError from error
        return held  # type: ignore[no-any-return] # by the helper's `make`


def begun(make: Callable[[Wanted], Made]) -> Staying[Wanted, Made]:
    """A new helper that answers with what `make` makes. To be begun before there are threads."""
    ours, theirs = Pipe()
    process = os.fork()
    if process:
        theirs.close()
        return Staying(process, ours)
    try:
        ours.close()
        # Ctrl-C goes to all; the one who asks tells the others.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        while True:
            theirs.send(outcome(partial(make, theirs.recv())))
    finally:
        os._exit(0)


@dataclass
class Helping(Generic[Made]):
    """A part that a helper makes."""

    answer: Callable[[], Made | None]

    def result(self, make: Callable[[], Made]) -> Made:
        """What came of it, or of `make` where the helper is lost or has nothing; to be asked once."""
        try:
            made = self.answer()
        except HelperLostError:
            made = None
        return make() if made is None else made


@contextmanager
def helping(helpers: list[Staying[Wanted, Made | None]], wants: list[Wanted]) -> Iterator[list[Helping[Made]]]:
    """Ask each helper for a part; wants beyond the number of helpers are left."""
    with ExitStack() as held:
        yield [
            Helping(held.enter_context(helper.asked(wanted))) for helper, wanted in zip(helpers, wants, strict=False)
        ]
