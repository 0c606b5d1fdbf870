"""Logos: an SVG with nothing in it but shapes, or a PNG."""

from __future__ import annotations

import re

from lxml import etree

__all__ = ["clean_svg", "is_png"]

_SVG = "http://www.w3.org/2000/svg"
_PNG = b"\x89PNG\r\n\x1a\n"
_FIRST, _LAST = b"\0\0\0\rIHDR", b"IEND\xaeB`\x82"  # the parts of the file that always come first and last
_SHAPES = {
    "svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text",
    "tspan", "clipPath", "mask", "linearGradient", "radialGradient", "stop", "use", "symbol",
}  # fmt: skip
_ATTRIBUTE = re.compile(r"[a-z][A-Za-z0-9-]*")
_REFERENCE = re.compile(r"#[\w.-]+")
_LOCAL = re.compile(r"url\(\s*['\"]?#", re.IGNORECASE)
# Presentation attributes are read as style sheets: names of functions in any case, or spelt with a backslash.
_ELSEWHERE = re.compile(r"\\|\b(?:url|src|image|image-set)\(", re.IGNORECASE)


def is_png(content: bytes) -> bool:
    """Whether the bytes begin and end as a PNG does."""
    return content.startswith(_PNG + _FIRST) and content.rstrip(b"\0").endswith(_LAST)


def clean_svg(content: bytes) -> tuple[bytes | None, list[str]]:
    """The drawing with shapes only, and what was taken out of it; None where it is no SVG at all.

    >>> clean_svg(b'<svg xmlns="http://www.w3.org/2000/svg" onload="f()"><script>f()</script><path d="M0 0"/></svg>')
    (b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>', ['<script>', 'onload'])
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return None, []
    if root.tag != f"{{{_SVG}}}svg" or root.getroottree().docinfo.internalDTD is not None:
        return None, []
    taken: set[str] = set()
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or _name(element.tag) not in _SHAPES:
            taken.add(f"<{_name(str(element.tag))}>")
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
            continue
        taken |= _clean_attributes(element)
    etree.cleanup_namespaces(root)
    return etree.tostring(root), sorted(taken)


def _clean_attributes(element: etree._Element) -> set[str]:
    taken = set()
    for name, value in list(element.attrib.items()):
        plain = _name(name)
        is_reference = plain == "href"
        harmless = _REFERENCE.fullmatch(value) if is_reference else not _ELSEWHERE.search(_LOCAL.sub("", value))
        foreign = name.startswith("{") and not is_reference
        if foreign or plain.startswith("on") or plain == "style" or not _ATTRIBUTE.fullmatch(plain) or not harmless:
            taken.add(plain)
            del element.attrib[name]
    return taken


def _name(tag: str) -> str:
    return tag.rpartition("}")[2]
