"""The document of a profile as JSON: what the page says, number by number with the ids of their facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from pydantic_core import to_json

from cityfolio.profile.document import Block, ChartBlock, ProfileDocument, RankingBlock, Section
from cityfolio.profile.keeping import Kept

__all__ = ["ProfileWriter"]


@dataclass(frozen=True)
class _Withheld:
    """Stands in for a head item that names a person."""

    id: str
    wave: str
    personal: bool = True
    withheld: str = "a person is named on the page only"


@dataclass
class ProfileWriter:
    """Writes the documents of many profiles. The charts of all units stand in each, so they are written once.

    Sections that are `kept` from an earlier build and say the same are taken from there.
    """

    kept: Kept = field(default_factory=lambda: Kept(remembers=False))
    # By the identity of a chart, which is held with it so that no other takes its place.
    _charts: dict[int, tuple[Block, bytes]] = field(default_factory=dict)

    def json(self, document: ProfileDocument) -> bytes:
        """The document. Names of persons stand on the page only: here they are withheld, and said to be."""
        head = tuple(_Withheld(item.id, item.wave) if item.personal else item for item in document.head)
        told = _fields(document, sections=_array(self._sections(document)))
        return _object(told | {"head": to_json(head)}) + b"\n"

    def _sections(self, document: ProfileDocument) -> list[bytes]:
        return [
            self.kept.made(("json", document.unit, section.id), section, partial(self._section, section))
            for section in document.sections
        ]

    def _section(self, section: Section) -> bytes:
        return _object(_fields(section, blocks=_array([self._block(block) for block in section.blocks])))

    def _block(self, block: Block) -> bytes:
        if not isinstance(block, ChartBlock | RankingBlock):
            return to_json(block)
        if id(block) not in self._charts:
            self._charts[id(block)] = block, to_json(block)
        return self._charts[id(block)][1]


def _fields(held: ProfileDocument | Section, **written: bytes) -> dict[str, bytes]:
    """The fields, some of which are written already; the head of a document is not among them."""
    names = [name for name in held.__dataclass_fields__ if name != "head"]
    return {name: written.get(name) or to_json(getattr(held, name)) for name in names}


def _object(fields: Mapping[str, bytes]) -> bytes:
    return b"{%b}" % b",".join(b'"%b":%b' % (name.encode(), value) for name, value in fields.items())


def _array(written: list[bytes]) -> bytes:
    return b"[%b]" % b",".join(written)
