"""The files that are the same on every site: style sheets, scripts."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["StaticFile", "first_style", "squeezed_style", "static_files", "static_text", "static_version"]

# One file is one wait less on a slow phone; its parts are apart only for those who write them.
_SUMS = ("sums.js", "languages.js", "far.js")
_JOINED = {
    "site.css": ("first.css", "site.css", "exploring.css"),
    "sums.js": _SUMS,
    "search.js": ("page.js", *_SUMS, "search.js"),
    "map.js": ("page.js", *_SUMS, "map.js"),
    "explore.js": ("page.js", *_SUMS, "explore.js"),
}
_ELSEWHERE = {"first.css", "exploring.css", "languages.js", "far.js"}
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# A comment that has a line of its own; no text of a script goes over several lines.
_SAID_TO_AUTHORS = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
# Inside of a selector and of a text in quotes none of these stands beside a space.
_SPACES = re.compile(r"\s*([{};>])\s*|(?<=[:,])\s+")


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
    sources = _sources()
    joined = {name: (name,) for name in sources if name not in _ELSEWHERE} | _JOINED
    return tuple(
        StaticFile(f"static/{name}", b"".join(sources[part] for part in parts))
        for name, parts in sorted(joined.items())
    )


def static_text(path: str) -> str:
    """The text of one of them, by its path.

    >>> static_text("static/site.css").startswith(first_style())
    True
    """
    return next(file.content.decode() for file in static_files() if file.path == path)


def first_style() -> str:
    """The rules for the first screen of a page, which pages hold themselves; the whole style sheet begins with them.

    >>> first_style()[:6]
    ':root{'
    """
    return _sources()["first.css"].decode()


@cache
def _sources() -> dict[str, bytes]:
    """What stands in the package, style sheets squeezed, scripts without what they say to their authors."""
    folder = files("cityfolio.site") / "static"
    held = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    return {name: _squeezed(name, content) for name, content in held.items()}


def _squeezed(name: str, content: bytes) -> bytes:
    if name.endswith(".css"):
        return squeezed_style(content.decode()).encode()
    return _SAID_TO_AUTHORS.sub("", content.decode()).encode() if name.endswith(".js") else content


@cache
def static_version() -> str:
    """What the address of a static file ends in: browsers keep old style sheets, a new one gets a new address."""
    return hashlib.sha256(b"".join(file.content for file in static_files())).hexdigest()[:8]


def squeezed_style(style: str) -> str:
    r"""A style sheet without what is for its authors: comments, indentation, spaces.

    >>> squeezed_style("/* Ground */ a, b :hover { color: red; margin: 0 1px; }\n@media (max-width: 9px) { p { top: 0; } }")
    'a,b :hover{color:red;margin:0 1px}@media (max-width:9px){p{top:0}}'
    """
    return _SPACES.sub(r"\1", _COMMENT.sub("", style)).replace(";}", "}").strip()
