"""A drawing as a picture made of pixels: SVG in, PNG out, with the typefaces of the machine."""

from __future__ import annotations

import math
import re
from html import escape, unescape

from cityfolio.site.own_typefaces import NO_TYPEFACES, OwnTypefaces
from cityfolio.site.typefaces import Letters, letters_of, runs_of

__all__ = ["LEAST_WIDTH", "drawn", "lettered"]

LEAST_WIDTH = 1200  # pixels: sharp on a fine screen and in print
_TEXT = re.compile(r"<text\b([^<>]*)>([^<>]*)</text>")
_ATTRIBUTE = re.compile(r'\s([\w:-]+)="([^"]*)"')
_WIDTH = re.compile(r'\swidth="(\d+)"')
_FAMILIES = re.compile(r'<svg\b[^<>]*\sfont-family="([^"]*)"')
_LANGUAGE = re.compile(r'\sxml:lang="(\w+)')
_FROM_RIGHT, _END = "\u2067", "\u2069"


def drawn(svg: bytes, own: OwnTypefaces = NO_TYPEFACES) -> bytes:
    """The PNG file of a drawing: at least `LEAST_WIDTH` pixels wide, the same bytes with the same typefaces.

    Letters come from the `own` typefaces of a programme where the drawing names them and they have the letters, else from Noto.
    """
    from resvg_py import svg_to_bytes

    said = svg.decode()
    letters = letters_of("".join(match[2] for match in _TEXT.finditer(said)), _language(said))
    width = _WIDTH.search(said)
    with own.as_files() as files:
        return svg_to_bytes(
            svg_string=lettered(said, own),
            zoom=math.ceil(LEAST_WIDTH / int(width[1])) if width else 1,
            # Few typefaces are read faster than all, and a typeface that nobody named never takes a place.
            skip_system_fonts=letters.are_known,
            font_files=[*files, *map(str, letters.files)],
            sans_serif_family="Noto Sans",
            serif_family="Noto Serif",
        )


def lettered(svg: str, own: OwnTypefaces = NO_TYPEFACES) -> str:
    r"""The drawing with a typeface named for each run of a script: what draws the pixels looks for no other by itself.

    >>> lettered('<svg width="9"><text x="1">Busan 부산</text></svg>').partition("> </tspan>")[2]
    '<tspan font-family="\'Noto Sans CJK KR\'">부산</tspan></text></svg>'
    """
    language = _language(svg)
    inherited = _FAMILIES.search(svg)

    def named(text: re.Match[str]) -> str:
        # Runs are parted in what is read: an entity that is torn apart is none.
        attributes, words = dict(_ATTRIBUTE.findall(text[1])), unescape(text[2])
        families = attributes.pop("font-family", inherited[1] if inherited else "")
        is_serif = "serif" in families.replace("sans-serif", "").casefold()
        letters = letters_of(words, language, serif=is_serif, bold=attributes.get("font-weight") == "700")
        if letters.are_mixed_with_arabic:
            return _piece_by_piece(attributes, words, letters)
        runs = "".join(
            f"<tspan font-family=\"'{own.family_for(families, run) or letters.family(script)}'\">{_said(run)}</tspan>"
            for script, run in runs_of(words)
        )
        return _written(attributes, letters.family("western"), runs)

    return _TEXT.sub(named, svg)


def _piece_by_piece(attributes: dict[str, str], words: str, letters: Letters) -> str:
    """A line with Arabic and other letters: each run by itself, as ligatures go wrong beside a second typeface."""
    runs = list(runs_of(words.strip(_FROM_RIGHT + _END)))
    size = float(attributes["font-size"])
    widths = [letters.width(script, run, size) for script, run in runs]
    left = float(attributes["x"]) - (sum(widths) if attributes.pop("text-anchor", "") == "end" else 0)
    placed = list(zip(runs, widths, strict=True))
    lines = []
    for (script, run), width in reversed(placed) if words.startswith(_FROM_RIGHT) else placed:
        is_ours = script != "arabic" and any(map(str.isalnum, run))
        # Spaces at the ends are left out of what is drawn: which end of a line they would go to is another rule.
        gap = run[: len(run) - len(run.lstrip())] if is_ours else run[len(run.rstrip()) :]
        said = _said(run.strip() if is_ours else f"{_FROM_RIGHT}{run.strip()}{_END}")
        x = left + (letters.width(script, gap, size) if gap else 0)
        lines += [_written(attributes | {"x": f"{x:.1f}"}, letters.family(script), said)] if run.strip() else []
        left += width
    return "".join(lines)


def _written(attributes: dict[str, str], family: str, words: str) -> str:
    rest = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<text font-family=\"'{family}'\"{rest}>{words}</text>"


def _said(words: str) -> str:
    return escape(words, quote=False)


def _language(svg: str) -> str:
    found = _LANGUAGE.search(svg)
    return found[1] if found else ""
