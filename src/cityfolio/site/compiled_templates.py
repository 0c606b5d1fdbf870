"""Templates as Jinja compiles them, kept in memory: those of one language serve all, and a process can compile for another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

__all__ = ["CompiledTemplates"]


class CompiledTemplates(BytecodeCache):
    """Compiled templates by their keys."""

    def __init__(self) -> None:
        self._held: dict[str, bytes] = {}

    def __len__(self) -> int:
        """How many are held."""
        return len(self._held)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template to Jinja, if it is held and its source is still the same."""
        if bucket.key in self._held:
            bucket.bytecode_from_string(self._held[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take a template from Jinja."""
        self._held[bucket.key] = bucket.bytecode_to_string()

    def compile(self, environment: Environment) -> Iterator[tuple[str, bytes]]:
        """Every template of the environment, compiled; by its key."""
        for name in environment.list_templates():
            environment.get_template(name)
        yield from sorted(self._held.items())

    def take(self, compiled: Iterable[tuple[str, bytes]]) -> None:
        """Hold what another process compiled."""
        self._held.update(compiled)
