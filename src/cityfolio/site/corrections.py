"""Where readers write to when something is wrong: with the page and the number already named."""

from __future__ import annotations

from urllib.parse import quote

from markupsafe import Markup

from cityfolio.site.links import contact_address

__all__ = ["correction_address"]


def correction_address(contact: str, subject: str, *about: str) -> str:
    """The address to report an error to; an e-mail says what it is about, line by line: page, address, fact.

    >>> correction_address("desk@example.org", "Error", "Page: Busan", "2020.has_plan.yes.all.share")
    'mailto:desk@example.org?subject=Error&body=Page%3A%20Busan%0D%0A2020.has_plan.yes.all.share%0D%0A%0D%0A'
    >>> correction_address("https://example.org/report", "Error", "Page: Busan")
    'https://example.org/report'
    """
    target = contact_address(contact, _plain(subject))
    if not target.startswith("mailto:"):
        return target
    lines = "".join(f"{_plain(line)}\r\n" for line in about if line)
    return f"{target}&body={quote(lines + chr(13) + chr(10), safe='')}" if lines else target


def _plain(words: str) -> str:
    return words.unescape() if isinstance(words, Markup) else words
