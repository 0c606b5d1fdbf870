"""The files that are the same on every site: style sheets, scripts, icon."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["StaticFile", "squeezed_style", "static_files", "static_version"]

# One file is one wait less on a slow phone; its parts are apart only for those who write them.
_PARTS = {"exploring.css": "site.css", "languages.js": "sums.js"}
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True)
class StaticFile:
    """A file of every site: its path below the output folder, and its bytes."""

    path: str
    content: bytes


@cache
def static_files() -> tuple[StaticFile, ...]:
    """All of them, in the order of their names.

    >>> [file.path for file in static_files() if file.path.endswith(".css")]
    ['static/acting.css', 'static/site.css']
    """
    held: dict[str, bytes] = {}
    for name, content in sorted(_sources(), key=lambda source: (source[0] in _PARTS, source[0])):
        shipped = squeezed_style(content.decode()).encode() if name.endswith(".css") else content
        whole = _PARTS.get(name, name)
        held[whole] = held.get(whole, b"") + shipped
    return tuple(StaticFile(f"static/{name}", content) for name, content in sorted(held.items()))


def _sources() -> list[tuple[str, bytes]]:
    folder = files("cityfolio.site") / "static"
    return [(file.name, file.read_bytes()) for file in folder.iterdir() if file.is_file()]


@cache
def static_version() -> str:
    """What the address of a static file ends in: browsers keep old style sheets, a new one gets a new address."""
    return hashlib.sha256(b"".join(file.content for file in static_files())).hexdigest()[:8]


def squeezed_style(style: str) -> str:
    """A style sheet without comments and indentation, which are for its authors.

    >>> squeezed_style("/* Ground */ a { color: red; } ")
    'a { color: red; }'
    """
    return "".join(line.strip() for line in _COMMENT.sub("", style).splitlines())
