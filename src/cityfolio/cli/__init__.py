"""The command line: thin, one module per group of commands. Exit codes: 0 done, 1 findings block, 2 wrong use, 3 our bug."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line and leave with its exit code."""
    from cityfolio.cli.application import run

    sys.exit(run())
