"""The document of a profile as JSON: what the page says, number by number with the ids of their facts."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic_core import to_json

from cityfolio.profile.document import ProfileDocument

__all__ = ["profile_json"]


@dataclass(frozen=True)
class _Withheld:
    """Stands in for a head item that names a person."""

    id: str
    wave: str
    personal: bool = True
    withheld: str = "a person is named on the page only"


def profile_json(document: ProfileDocument) -> bytes:
    """The document. Names of persons stand on the page only: here they are withheld, and said to be."""
    head = tuple(_Withheld(item.id, item.wave) if item.personal else item for item in document.head)
    public: dict[str, object] = {
        name: getattr(document, name) for name in ProfileDocument.__dataclass_fields__ if name != "head"
    }
    return to_json({**public, "head": head}) + b"\n"
