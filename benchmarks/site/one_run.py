"""Runs one command and prints its seconds by the clock and by the processor and its peak memory in KiB as the last line.

A process of its own, kept small: Linux counts the memory of whoever starts a command as the least that the command used.
"""

import os
import sys
import time

start = time.perf_counter()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(child, 0)
print("\n", time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status) != 0)
