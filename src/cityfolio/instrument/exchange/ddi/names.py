"""Names that writing and reading DDI-Codebook share."""

from __future__ import annotations

__all__ = ["LANG", "NAMESPACE", "OURS", "has_members"]

NAMESPACE = "ddi:codebook:2_6"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# What the standard has no element for stands in notes of this type, one for each key.
OURS = "cityfolio"


def has_members(kind: str) -> bool:
    """Whether a question of this kind is a group of variables: one for each category, or for each row."""
    return kind in ("multiple", "ranked", "grid")
