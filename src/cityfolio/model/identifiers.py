"""Ids that are safe as part of a path, an address and a fact's id."""

from __future__ import annotations

import re

__all__ = ["is_identifier", "is_unit_identifier"]

_IDENTIFIER = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,78}[A-Za-z0-9])?")


def is_identifier(text: str) -> bool:
    """Whether `text` can name a variable, category, wave, edition, section or unit.

    Letters, digits, `-` and `_` inside, up to 80 characters: nothing that could leave a folder or end an address.

    >>> is_identifier("busan-kor"), is_identifier("2018-2020"), is_identifier("../etc"), is_identifier("a.b")
    (True, True, False, False)
    """
    return _IDENTIFIER.fullmatch(text) is not None


def is_unit_identifier(text: str) -> bool:
    """Whether `text` can name a unit: an identifier that no operating system reads as a device.

    >>> is_unit_identifier("seoul-kor"), is_unit_identifier("con")
    (True, False)
    """
    devices = {"con", "prn", "aux", "nul"}
    return is_identifier(text) and text.casefold() not in devices
