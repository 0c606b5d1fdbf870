"""Parts of a build at once: each in a process of its own that is forked, so that it holds no copy of what is there already."""

from __future__ import annotations

import logging
import os
import pickle
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Generic, TypeVar

__all__ = ["Started", "at_once", "can_fork", "check_wanted", "cores", "outcome"]

Made = TypeVar("Made")
"""What comes of a part: whatever can be handed from process to process."""

_log = logging.getLogger("cityfolio")
_asked_by: list[int] = []  # the process that asked this one, if any did


def cores() -> int:
    """How many processes can be at work at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


def can_fork() -> bool:
    """Whether a second process would help and may be forked: there are cores for it, and no thread that it would tear apart."""
    return hasattr(os, "fork") and cores() > 1 and threading.active_count() == 1


def check_wanted() -> None:
    """End this process if the one that asked it is gone: nobody would take what it makes."""
    if _asked_by and os.getppid() != _asked_by[-1]:
        os._exit(1)


@dataclass
class Started(Generic[Made]):
    """A part that another process makes, or that is made when it is asked for."""

    make: Callable[[], Made]
    process: int = 0
    spool: IO[bytes] | None = None

    def result(self) -> Made:
        """What came of it. What went wrong there goes wrong here, with the same error.

        Where the system stopped the process, the part is made here, and a warning says so.
        """
        if self.spool is None:
            return self.make()
        with self.spool as spool:
            _, status = os.waitpid(self.process, 0)
            self.process, self.spool = 0, None
            if status == 0:
                spool.seek(0)
                is_made, held = pickle.load(spool)  # noqa: S301 - written by ourselves a moment ago, into a file without a name
                if is_made:
                    return held  # type: ignore[no-any-return] # by `make`
                raise held
        if os.WIFSIGNALED(status):
            said = "A process of the build was stopped by the system (signal %d); its part is made once more."
            _log.warning(said, os.WTERMSIG(status))
        return self.make()

    def stop(self) -> None:
        """End the process if it is still at work; nobody asks for what it makes."""
        if self.spool is None:
            return
        os.kill(self.process, signal.SIGTERM)
        os.waitpid(self.process, 0)
        self.spool.close()
        self.process, self.spool = 0, None


@contextmanager
def at_once(makes: Sequence[Callable[[], Made]], *, apart: bool = True) -> Iterator[list[Started[Made]]]:
    """Begin to make all of them, each in a process of its own where that can be; none is left at the end.

    Where it cannot be, or they shall not be made `apart`, each is made here when it is asked for.
    """
    begun: list[Started[Made]] = []
    try:
        for make in makes:
            if apart and can_fork():
                with _undisturbed() as before:
                    begun.append(_started(make, before))
            else:
                begun.append(Started(make))
        yield begun
    finally:
        for one in begun:
            one.stop()


@contextmanager
def _undisturbed() -> Iterator[set[signal.Signals]]:
    """Who is told to stop meanwhile stops afterwards: a process that is begun is one that can be ended."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT, signal.SIGTERM])
    try:
        yield {signal.Signals(number) for number in before}
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _started(make: Callable[[], Made], hears: set[signal.Signals]) -> Started[Made]:
    spool = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it has been read
    asking = os.getpid()
    process = os.fork()
    if process:
        return Started(make, process, spool)
    status = 1
    try:
        _asked_by.append(asking)
        # Told to end, it ends its own helpers too.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        signal.pthread_sigmask(signal.SIG_SETMASK, hears)
        pickle.dump(outcome(make), spool, pickle.HIGHEST_PROTOCOL)
        spool.flush()
        status = 0
    finally:
        os._exit(status)


def outcome(make: Callable[[], Made]) -> tuple[bool, Made | Exception]:
    """What was made, or the error. An error that cannot be handed over ends the process, and the asking one makes the part."""
    try:
        return True, make()
    except Exception as error:  # noqa: BLE001 - it is raised where the part is asked for
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
        return False, error
