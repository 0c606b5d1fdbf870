"""The hash by which the policy of a page allows the one style that stands in it."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from hashlib import sha256

__all__ = ["style_hash"]


@lru_cache(maxsize=8)
def style_hash(style: str) -> str:
    """The source expression of a style, as a content security policy names it between quotation marks.

    >>> style_hash("p{}")
    'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y='
    """
    return f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}"
