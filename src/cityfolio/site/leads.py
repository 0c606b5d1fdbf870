"""Where the links of a page lead, as places of the site, so that thousands are held against what is there at once."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from urllib.parse import unquote

__all__ = ["leads_of"]

# An address of another site that may be linked to; and one below the site that is written as our templates write it.
_ELSEWHERE = re.compile(r"https?://|mailto:|data:", re.IGNORECASE)
_PLAIN = re.compile(r"((?:\.\./)*)((?:[\w-][\w.-]*/)*(?:[\w-][\w.-]*)?)(?:\?[^#\s]*)?(?:#(\S*))?")

_AWAY, _UNUSUAL = "away", "unusual"


def leads_of(path: str, links: Collection[str], ids: Collection[str]) -> frozenset[str]:
    """The places that the links of the page at `path` lead to: a file, or a file, `#` and an id.

    Links to other sites are left out, and links to one of the `ids` of the page itself. A link that is written in an unusual
    way stands there as it is, behind a `?`, where no place can be.

    >>> links = ["#top", "#end", "../a/index.html#b", "../a/", "https://example.org/", "//x/y", "../../../up"]
    >>> sorted(leads_of("c/d/index.html", links, {"top"}))
    ['?../../../up', '?//x/y', 'c/a/index.html', 'c/a/index.html#b', 'c/d/index.html#end']
    """
    folders = path.split("/")[:-1]
    above = {"../" * up: "".join(f"{name}/" for name in folders[: len(folders) - up]) for up in range(len(folders) + 1)}
    found: set[str] = set()
    # Pages of facts lead to thousands of their own places, written as they are.
    for link in {*links}.difference(map("#{}".format, ids)):
        ways, below, anchor = _parts(link)
        if ways in above:
            target = _file(above[ways] + below) if ways or below else path
            if target != path or anchor not in ids:
                found.add(f"{target}#{anchor}" if anchor else target)
        elif ways != _AWAY:
            found.add(f"?{link}")
    return frozenset(found)


# Thousands of pages lead to the same places by the same links.
@lru_cache(maxsize=50_000)
def _parts(link: str) -> tuple[str, str, str]:
    """The ways up, the path below, and the id that a link names; no way at all where it is written in an unusual way."""
    plain = _PLAIN.fullmatch(link)
    if plain is not None:
        return plain[1], plain[2], unquote(plain[3] or "")
    return (_AWAY if _ELSEWHERE.match(link) else _UNUSUAL), "", ""


def _file(target: str) -> str:
    return f"{target}index.html" if target.endswith("/") or not target else target
