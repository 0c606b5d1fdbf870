"""Making the sites of several languages at once: one process for each, where the machine has more than one core."""

from __future__ import annotations

import os
import pickle
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Generic, TypeVar

__all__ = ["AtOnce", "can_fork", "started"]

Made = TypeVar("Made")
"""A file as it is made: whatever can be handed from process to process."""


def can_fork() -> bool:
    """Whether a second process would help and may be forked: there are cores for it, and no thread that it would tear apart."""
    return hasattr(os, "fork") and len(os.sched_getaffinity(0)) > 1 and threading.active_count() == 1


@dataclass(frozen=True)
class AtOnce(Generic[Made]):
    """Files that another process is making, or that are made when they are asked for."""

    make: Callable[[], Iterator[Made]]
    process: int = 0
    spool: IO[bytes] | None = None

    def files(self) -> Iterator[Made]:
        """The files in their order. What went wrong there goes wrong here again, with its own error."""
        if self.spool is None:
            yield from self.make()
            return
        _, status = os.waitpid(self.process, 0)
        with self.spool as spool:
            if status:
                yield from self.make()
                return
            spool.seek(0)
            try:
                while True:
                    yield pickle.load(spool)  # noqa: S301 - written by ourselves a moment ago, into a file without a name
            except EOFError:
                return


def started(make: Callable[[], Iterator[Made]]) -> AtOnce[Made]:
    """Begin to make files in a process of their own, where that can be; it writes them aside, never into the site."""
    if not can_fork():
        return AtOnce(make)
    spool = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it has been read
    process = os.fork()
    if process:
        return AtOnce(make, process, spool)
    status = 1
    try:
        for held in make():
            pickle.dump(held, spool, pickle.HIGHEST_PROTOCOL)
        spool.flush()
        status = 0
    finally:
        os._exit(status)
