"""Addresses: where a page's links lead, and which addresses out of data may become links at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote, urlsplit

__all__ = ["address", "bare_contact", "contact_address", "contact_words", "links_from", "reporting_address"]

_WEB = re.compile(r"https?://[^\s<>\"'\\^`{|}]+", re.IGNORECASE)
_MAIL = re.compile(r"(?:mailto:)?([^\s@<>\"'\\/:?&%]+@[^\s@<>\"'\\/:?&%]+\.[^\s@<>\"'\\/:?&%]+)", re.IGNORECASE)

# Where a web address takes what a report is about; the last of its parameters, so that more can follow.
_ABOUT = re.compile(r"[?&][^?&#={}]+=(\{about\})$")


def links_from(page: str) -> Callable[[str], str]:
    """The function that gives the relative links of one page: a site works below any path and from a folder.

    >>> to = links_from("cities/busan-kor/index.html")
    >>> to("static/site.css"), to("cities/busan-kor.json")
    ('../../static/site.css', '../../cities/busan-kor.json')
    >>> links_from("index.html")("cities/a b/index.html")
    'cities/a%20b/index.html'
    """
    root = "../" * page.count("/")

    def to(target: str) -> str:
        return root + _quoted(target)

    return to


# Thousands of pages lead to the same places.
_quoted = lru_cache(maxsize=10_000)(quote)


def address(text: str) -> str:
    """The text as an address that may be linked (http, https, mailto), or nothing if it is any other text.

    >>> address("https://example.org/a?b=c"), address("mailto:desk@example.org")
    ('https://example.org/a?b=c', 'mailto:desk@example.org')
    >>> address("javascript:alert(1)"), address("see our site"), address("https://")
    ('', '', '')
    """
    text = text.strip()
    if text.lower().startswith("mailto:"):
        return text if _MAIL.fullmatch(text) else ""
    return text if _WEB.fullmatch(text) and _host(text) else ""


def contact_address(contact: str, subject: str = "") -> str:
    """Where a reader writes to: an e-mail address, with the subject filled in, or a web address; else nothing.

    >>> contact_address("desk@example.org", "Busan (busan-kor)")
    'mailto:desk@example.org?subject=Busan%20%28busan-kor%29'
    >>> contact_address("https://example.org/report", "Busan"), contact_address("the town hall")
    ('https://example.org/report', '')
    """
    mail = _MAIL.fullmatch(contact.strip())
    if mail is None:
        return address(bare_contact(contact))
    return f"mailto:{mail[1]}" + (f"?subject={quote(subject)}" if subject else "")


def reporting_address(contact: str) -> str:
    """The web address of a form up to where it takes what a report is about; nothing if the contact has no such place.

    >>> reporting_address("https://example.org/new?body={about}"), reporting_address("https://example.org/new")
    ('https://example.org/new?body=', '')
    """
    return (
        contact.strip().removesuffix("{about}") if _ABOUT.search(contact.strip()) and contact_address(contact) else ""
    )


def bare_contact(contact: str) -> str:
    """The contact without the place for what a report is about.

    >>> bare_contact("https://example.org/new?kind=error&body={about}"), bare_contact("desk@example.org")
    ('https://example.org/new?kind=error', 'desk@example.org')
    """
    return _ABOUT.sub("", contact.strip())


def contact_words(contact: str) -> str:
    """The contact as it is read: an e-mail address without the scheme that only browsers need.

    >>> contact_words("mailto:desk@example.org"), contact_words("the town hall")
    ('desk@example.org', 'the town hall')
    """
    mail = _MAIL.fullmatch(contact.strip())
    return mail[1] if mail else bare_contact(contact)


def _host(text: str) -> str:
    try:
        return urlsplit(text).hostname or ""
    except ValueError:
        return ""
