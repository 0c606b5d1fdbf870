"""The application: its commands, and what becomes of errors."""

from __future__ import annotations

import errno
import os
import sys
import traceback

import typer

from cityfolio import __version__
from cityfolio.errors import CityfolioError, FaultySite, ProgrammeBlocked

__all__ = ["app", "run"]

_NO_ROOM = "Free some space, or name a folder on another disk; an earlier site stays as it was."
_NO_RIGHT = "Give yourself the right to it, or name another place."
_STOPPED = 130  # as shells say of what Ctrl-C ended
_MOST_FAULTS = 50  # on the terminal; one bug can show on every page
_WAYS_OUT = {
    errno.ENOSPC: _NO_ROOM,
    errno.EDQUOT: _NO_ROOM,
    errno.EFBIG: _NO_ROOM,
    errno.EACCES: _NO_RIGHT,
    errno.EPERM: _NO_RIGHT,
    errno.EROFS: _NO_RIGHT,
}

app = typer.Typer(
    name="cityfolio",
    help="From the questionnaire of a recurring city survey to a public profile of every city.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"cityfolio {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(
        False, "--version", help="Say which version this is.", callback=_version, is_eager=True
    ),
) -> None:
    """Say what applies to all commands."""


def _show_faults(faulty: FaultySite) -> None:
    for fault in faulty.faults[:_MOST_FAULTS]:
        typer.echo(fault, err=True)
    typer.echo(
        f"cityfolio: the site that was made has {len(faulty.faults)} faults, and was not written. This is a bug of ours."
        " Please report it with the lines above.",
        err=True,
    )


def _stopped() -> int:
    typer.echo("cityfolio: stopped; nothing was left half written.", err=True)
    return _STOPPED


def _code(leaving: SystemExit) -> int:
    return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)


def run(arguments: list[str] | None = None) -> int:  # noqa: PLR0911 - one way out for each kind of trouble
    """Run one command and give its exit code.

    >>> run(["--version"])
    cityfolio 0.1.0
    0
    """
    from cityfolio.cli import (  # noqa: F401 - they register commands
        building,
        explaining,
        facts,
        formats,
        importing,
        instruments,
        releasing,
        scaffolding,
        tabulation,
        translating,
    )

    try:
        app(arguments, prog_name="cityfolio", standalone_mode=True)
    except SystemExit as leaving:
        # Typer makes a way out of Ctrl-C, and says nothing.
        return _stopped() if leaving.code == _STOPPED else _code(leaving)
    except ProgrammeBlocked as blocked:
        from cityfolio.cli.showing import show_findings

        show_findings(blocked.findings, sys.stderr)
        return 1
    except FaultySite as faulty:
        _show_faults(faulty)
        return 3
    except CityfolioError as error:
        typer.echo(f"cityfolio: {error}", err=True)
        return 2
    except KeyboardInterrupt:
        return _stopped()
    except BrokenPipeError:
        # The reader of our output has left; that is not our trouble. Keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        way_out = _WAYS_OUT.get(error.errno or 0, "Put that right and start again.")
        typer.echo(f"cityfolio: {error.strerror or error}{where}. {way_out}", err=True)
        return 2
    except Exception:  # noqa: BLE001 - the rim: whatever arrives here is our bug, and is said to be
        traceback.print_exc()
        typer.echo("cityfolio: this is a bug of ours. Please report it with the lines above.", err=True)
        return 3
    return 0
