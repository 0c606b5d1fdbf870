"""Where readers write to when something is wrong: with the page and the number already named."""

from __future__ import annotations

from urllib.parse import quote

from markupsafe import Markup

from cityfolio.site.links import contact_address, reporting_address

__all__ = ["correction_address"]


def correction_address(contact: str, subject: str, *about: str) -> str:
    """The address to report an error to; an e-mail, or a form that takes a text, says line by line: page, address, fact.

    >>> correction_address("desk@example.org", "Error", "Page: Busan", "2020.has_plan.yes.all.share")
    'mailto:desk@example.org?subject=Error&body=Page%3A%20Busan%0D%0A2020.has_plan.yes.all.share%0D%0A%0D%0A'
    >>> correction_address("https://example.org/report", "Error", "Page: Busan")
    'https://example.org/report'
    >>> correction_address("https://example.org/new?body={about}", "Error", "Page: Busan")
    'https://example.org/new?body=Page%3A%20Busan%0D%0A%0D%0A'
    """
    target = contact_address(contact, _plain(subject))
    lines = "".join(f"{_plain(line)}\r\n" for line in about if line)
    before = f"{target}&body=" if target.startswith("mailto:") else reporting_address(contact)
    return f"{before}{quote(lines + chr(13) + chr(10), safe='')}" if lines and before else target


def _plain(words: str) -> str:
    return words.unescape() if isinstance(words, Markup) else words
