"""Templates as Jinja compiles them: those of one language serve all, and those of one build the next ones.

They are kept on disk where Python keeps what it compiles of our modules, under the same rules: not where it is told to write
none (`PYTHONDONTWRITEBYTECODE`), and elsewhere where it is told so (`PYTHONPYCACHEPREFIX`). Where it may not write, all is
compiled again.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

import jinja2
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

__all__ = ["CompiledTemplates"]


class CompiledTemplates(BytecodeCache):
    """Compiled templates by their keys. `maker` is the module that says how they are compiled."""

    def __init__(self, maker: str | Path | None = None) -> None:
        self._held: dict[str, bytes] = {}
        self._maker = Path(maker) if maker is not None else None
        self._is_read = False
        self._is_new = False

    def __len__(self) -> int:
        """How many are held."""
        return len(self._held)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template to Jinja, if it is held and its source is still the same."""
        self.read()
        if bucket.key in self._held:
            bucket.bytecode_from_string(self._held[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take a template from Jinja."""
        self._held[bucket.key] = bucket.bytecode_to_string()
        self._is_new = True

    def compile(self, environment: Environment) -> Iterator[tuple[str, bytes]]:
        """Every template of the environment, compiled; by its key."""
        for name in environment.list_templates():
            environment.get_template(name)
        yield from sorted(self._held.items())

    def take(self, compiled: Iterable[tuple[str, bytes]]) -> None:
        """Hold what another process compiled."""
        self._held.update(compiled)
        self._is_new = True

    def read(self) -> None:
        """Hold what an earlier build kept, once; what was kept for other software or in pieces is passed over."""
        if self._is_read or self._maker is None:
            return
        self._is_read = True
        with suppress(OSError, EOFError, ValueError, TypeError):
            made_for, held = marshal.loads(self._file.read_bytes())  # noqa: S302 - where Python keeps our own modules
            if made_for == self._made_for:
                self._held = {str(key): bytes(content) for key, content in held.items()} | self._held

    def keep(self) -> None:
        """Keep what is held for the next build, if some of it is new."""
        if not self._is_new or self._maker is None or sys.dont_write_bytecode:
            return
        self._is_new = False
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            written = self._file.with_name(f"{self._file.name}.{os.getpid()}")
            written.write_bytes(marshal.dumps((self._made_for, self._held)))
            written.replace(self._file)

    @property
    def _file(self) -> Path:
        return Path(cache_from_source(str(self._maker.with_name("templates.py")))) if self._maker else Path()

    @property
    def _made_for(self) -> tuple[str, int]:
        """Who compiled them: a template is compiled anew when its own source changes, all of them when this does."""
        return jinja2.__version__, self._maker.stat().st_mtime_ns if self._maker else 0
