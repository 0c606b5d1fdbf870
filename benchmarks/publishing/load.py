"""Load by wrk: 64 connections from one thread, on the same cores as the server, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.publishing.servers import Server
from benchmarks.site.measuring import run_once

CONNECTIONS = 64
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
# Walks through the addresses; from the second round on each ask has another page size, so that none was asked before.
_SCRIPT = """
local addresses, sizes, n = {{{addresses}}}, {sizes}, 0
request = function()
  local address = addresses[n % #addresses + 1]
  if sizes then address = address .. "{size}=" .. (100 + math.floor(n / #addresses) % 900) end
  n = n + 1
  return wrk.format("GET", address)
end
"""


@dataclass(frozen=True)
class Loaded:
    """A minute or so under load: requests a second, milliseconds that 50 and 99 of 100 took at most, what failed."""

    rate: float
    median: float
    p99: float
    failed: int
    server: float
    wrk: float

    @property
    def shown(self) -> str:
        """In the words of the table."""
        failed = f", {self.failed} failed" if self.failed else ""
        return (
            f"{self.rate:,.0f} requests/s, median {self.median:.1f} ms, p99 {self.p99:.1f} ms{failed}"
            f" (server {self.server:.2f} cores, wrk {self.wrk:.2f})"
        )


def loaded(server: Server, addresses: Sequence[str], seconds: int, work: Path, size: str = "") -> Loaded:
    """Ask for the addresses in turn for so many seconds; with `size`, the name of that parameter, never the same twice."""
    script = work / "requests.lua"
    listed = ", ".join(f'"{address}"' for address in addresses)
    sizes = "true" if size else "false"
    script.write_text(_SCRIPT.format(addresses=listed, sizes=sizes, size=f"&{size}"), "utf-8")
    how = ["-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s", "--latency"]
    command = ["wrk", *how, "-s", str(script), server.address]
    before = server.processor
    run, said = run_once(command)
    used = server.processor - before
    return Loaded(
        rate=float(_found(r"Requests/sec:\s+([\d.]+)", said)),
        median=_milliseconds("50", said),
        p99=_milliseconds("99", said),
        failed=_failed(said),
        server=used / run.seconds,
        wrk=run.processor / run.seconds,
    )


def _milliseconds(part: str, said: str) -> float:
    said_time = _found(rf"\n\s+{part}%\s+([\d.]+(?:us|ms|s|m))\s*\n", said)
    number, unit = re.fullmatch(r"([\d.]+)(\w+)", said_time).groups()  # type: ignore[union-attr] # it has just matched
    return float(number) * _UNITS[unit]


def _failed(said: str) -> int:
    """Answers that were no success, and connections that failed."""
    other = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", said)
    return int(other[1] if other else 0) + (sum(map(int, broken.groups())) if broken else 0)


def _found(pattern: str, said: str) -> str:
    found = re.search(pattern, said)
    if found is None:
        raise ValueError(f"wrk did not say {pattern}: {said[-600:]}")
    return found[1]
