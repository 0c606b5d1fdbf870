"""The command line: thin, one module per group of commands. Exit codes: 0 done, 1 findings block, 2 wrong use, 3 our bug."""

from __future__ import annotations

import gc
import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line and leave with its exit code."""
    from cityfolio.build.collecting import collect_rarely

    # Modules come in by the hundred, and all of them stay.
    collect_rarely()
    from cityfolio.cli.application import run

    code = run()
    # The process ends: what a build made is not looked through for rubbish first, which Python does even where told not to.
    # DuckDB, which no build of a site loads, would print a list of what it holds that was not cleared away.
    if "duckdb" not in sys.modules:
        gc.freeze()
    sys.exit(code)
