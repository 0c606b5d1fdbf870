"""Walking through a page as a reader would: files are written, changes made, commands run, and what is printed compared."""

from __future__ import annotations

import html
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import IO

import pytest

from cityfolio.cli.application import run
from tests.docs.pages import Block, edited

# A call with its arguments, and what a shell does with it: pipes, further commands, files.
_CALL = re.compile(r"cityfolio ([^|;&<>$`*]+)(.*)")
_TAG = re.compile(r"<script.*?</script>|<style.*?</style>|<[^>]*>", re.DOTALL)


def walk(blocks: list[Block], folder: Path) -> None:
    """Do what the blocks say, in order, inside `folder`.

    A `console` block runs its `$ ` lines; `...` stands for any lines of output, or any words in a line. A block whose first
    line names a file writes that file, a `diff` block changes it, a `text` block states what a reader finds in that page.
    """
    for block in blocks:
        if block.language == "console":
            _run(block, folder)
        elif block.language == "text" and block.target:
            _find(block, folder)
        elif block.language == "diff" and block.target:
            path = folder / block.target
            path.write_text(edited(path.read_text(encoding="utf-8"), block.lines[1:]), encoding="utf-8")
        elif block.target:
            path = folder / block.target
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("".join(f"{line}\n" for line in block.lines[1:]), encoding="utf-8")


def _run(block: Block, folder: Path) -> None:
    commands: list[tuple[str, list[str]]] = []
    for line in block.lines:
        if line.startswith("$ "):
            commands.append((line[2:], []))
        else:
            commands[-1][1].append(line.rstrip())
    for command, expected in commands:
        printed = _printed(command, folder)
        if not _matches(expected, printed):
            shown = "\n".join(printed)
            raise AssertionError(
                f"line {block.line}: $ {command}\nprints:\n{shown}\nthe page says:\n" + "\n".join(expected)
            )


def _printed(command: str, folder: Path) -> list[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    with pytest.MonkeyPatch.context() as patch, TemporaryFile("w+", encoding="utf-8") as said:
        patch.chdir(folder)
        for name, value in {"PATH": path, "LC_ALL": "C.UTF-8", "COLUMNS": "100"}.items():
            patch.setenv(name, value)
        call = _CALL.fullmatch(command)
        if call and not call[2]:
            with redirect_stdout(said), redirect_stderr(said):
                run(shlex.split(call[1]))
        elif call:
            with _run_before(call[1]) as same:
                _in_a_shell(f"{same} {call[2]}", said)
        else:
            _in_a_shell(command, said)
        said.seek(0)
        return [line.rstrip() for line in said.read().splitlines()]


def _in_a_shell(command: str, said: IO[str]) -> None:
    subprocess.run(["bash", "-c", command], stdout=said, stderr=subprocess.STDOUT, check=False, timeout=120)


@contextmanager
def _run_before(arguments: str) -> Iterator[str]:
    """A command of the shell that says and answers what the call does, which is run here.

    Start-up and imports are most of what a call costs; its own start is tested where it is not the first of a line.
    """
    with NamedTemporaryFile("w", encoding="utf-8") as out, NamedTemporaryFile("w", encoding="utf-8") as err:
        with redirect_stdout(out), redirect_stderr(err):
            code = run(shlex.split(arguments))
        out.flush()
        err.flush()
        yield f"(cat {err.name} >&2; cat {out.name}; exit {code})"


def _matches(expected: list[str], printed: list[str]) -> bool:
    pattern = "".join(r"(?:[^\n]*\n)*" if line == "..." else f"{_one_line(line)}\n" for line in expected)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


def _one_line(line: str) -> str:
    return "[^\n]*".join(re.escape(part) for part in line.split("..."))


def _find(block: Block, folder: Path) -> None:
    page = (folder / block.target).read_text(encoding="utf-8")
    seen = " ".join(html.unescape(_TAG.sub("", page)).split())
    for line in block.lines[1:]:
        if line not in seen:
            raise AssertionError(f"line {block.line}: {block.target} does not say: {line}")
