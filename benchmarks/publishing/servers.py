"""The two servers: ours as its users start it, and Datasette, as its own pinned installation, over the same data."""

from __future__ import annotations

import hashlib
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.site.measuring import CITYFOLIO, ROOT, CommandError

REQUIREMENTS = ROOT / "requirements" / "datasette.txt"
# Facets that a reader might like are more work, and nothing that the API does.
_LEAN = ("--setting", "suggest_facets", "off")
_PATIENCE = 120.0
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A server that answers: where, and as which process."""

    address: str
    process: int

    @property
    def processor(self) -> float:
        """Seconds of the processor that it has used so far, all its threads together."""
        fields = Path(f"/proc/{self.process}/stat").read_text("utf-8").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    @property
    def memory(self) -> float:
        """MiB that it holds now."""
        found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{self.process}/status").read_text("utf-8"))
        return int(found[1]) / 1024 if found else 0.0


@contextmanager
def cityfolio_serving(folder: Path) -> Iterator[Server]:
    """`cityfolio serve FOLDER --api`."""
    call = [CITYFOLIO, "serve", str(folder), "--api", "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        call, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as process:
        said = process.stdout.readline() if process.stdout else ""
        found = re.search(r"(http://127\.0\.0\.1:\d+)/,", said)
        if not found:
            raise CommandError(call, said)
        with _ended(process):
            yield Server(found[1], process.pid)


@contextmanager
def datasette_serving(database: Path) -> Iterator[Server]:
    """Datasette over a SQLite file that does not change (`--immutable`), for which it keeps the counts of tables."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    call = [str(_installed() / "datasette"), "serve", "--immutable", str(database), "--port", str(port), *_LEAN]
    with subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process, _ended(process):
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/-/versions.json", call)
        yield Server(address, process.pid)


def _installed() -> Path:
    """The folder of Datasette's commands; installed where that has not happened yet, in an environment of its own."""
    pinned = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:12]
    folder = ROOT / ".bench" / f"datasette-{pinned}"
    if not (folder / "bin" / "datasette").exists():
        print("Installing Datasette for the benchmark ...", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
        subprocess.run([*pip, "--require-hashes", "-r", str(REQUIREMENTS)], check=True)
    return folder / "bin"


def _wait_for(address: str, call: list[str]) -> None:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            with urlopen(address):
                return
        except URLError as error:
            if time.monotonic() > end:
                raise CommandError(call, str(error)) from error
            time.sleep(0.1)


@contextmanager
def _ended(process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> Iterator[None]:
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=_PATIENCE)
