"""Runs one command and prints as the last line: its seconds by the clock and by the processor, and its peak memory in KiB.

The memory is that of all its processes together, looked at five times a second; what they share is counted once. Where the
system does not tell that, it is the peak of the largest of them. A process of its own, kept small: Linux counts the memory
of whoever starts a command as the least that the command used.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path

EVERY = 0.2


def read(path: str) -> str:
    try:
        return Path(path).read_text()
    except OSError:  # it has just ended
        return ""


def memory_of(process: int | str) -> int:
    """The KiB of a process and all that it started: each page of memory in parts, by how many share it."""
    shares = [line.split()[1] for line in read(f"/proc/{process}/smaps_rollup").splitlines() if line.startswith("Pss:")]
    try:
        threads = [thread.name for thread in Path(f"/proc/{process}/task").iterdir()]
    except OSError:
        return 0
    started = {child for thread in threads for child in read(f"/proc/{process}/task/{thread}/children").split()}
    return sum(map(int, shares)) + sum(memory_of(child) for child in started)


def look(process: int, over: threading.Event, found: list[int]) -> None:
    while not over.wait(EVERY):
        found.append(memory_of(process))


start = time.perf_counter()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
over, found = threading.Event(), [0]
looking = threading.Thread(target=look, args=(child, over, found))
looking.start()
_, status, usage = os.wait4(child, 0)
seconds = time.perf_counter() - start
over.set()
looking.join()
print("\n", seconds, usage.ru_utime + usage.ru_stime, max(usage.ru_maxrss, *found))
sys.exit(os.waitstatus_to_exitcode(status) != 0)
