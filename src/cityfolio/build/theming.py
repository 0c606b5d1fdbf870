"""theme/theme.yml: the look that a programme gives its site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from cityfolio.build.logo import clean_svg, is_png
from cityfolio.findings import Finding, Place
from cityfolio.profile.theme import DARK, LIGHT, Face, Palette, Theme, is_colour, too_faint
from cityfolio.reading.text import Source, read_bytes
from cityfolio.reading.yaml import Located, Shape, read_yaml

__all__ = ["LoadedTheme", "load_theme"]

_LARGEST_LOGO = 100_000  # bytes: more than all else that a page of a unit sends

_FILE = "theme/theme.yml"
_FAMILY = re.compile(r"[\w -]{1,60}")
_WOFF2 = b"wOF2"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,78}")


class ColoursEntry(Shape):
    """Colours of one mode, as #rrggbb: what stands out, and the fill and edge of bars."""

    accent: str = ""
    bar: str = ""
    bar_edge: str = ""


class FaceEntry(Shape):
    """A file of a typeface, shipped with the site."""

    family: str
    file: str
    weight: Literal["100", "200", "300", "400", "500", "600", "700", "800", "900"] = "400"
    style: Literal["normal", "italic"] = "normal"


class ThemeFile(Shape):
    """`theme/theme.yml`."""

    format: Literal["1"]
    logo: str = ""
    logo_text: str = ""
    light: ColoursEntry = ColoursEntry()
    dark: ColoursEntry = ColoursEntry()
    headings: list[str] = []
    text: list[str] = []
    faces: list[FaceEntry] = []
    footer: str = ""


@dataclass
class LoadedTheme:
    """A theme with the files it brings along (path below the site, content), and all findings."""

    theme: Theme = field(default_factory=Theme)
    files: list[tuple[str, bytes]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    is_read: bool = True


def load_theme(folder: Path) -> LoadedTheme:
    """The theme of a programme folder; the product's own look where it gives none."""
    loaded = LoadedTheme()
    if not (folder / _FILE).exists():
        return loaded
    content, located, loaded.findings = read_yaml(Source(folder / _FILE, _FILE, "it is the theme", folder), ThemeFile)
    if content is None:
        loaded.is_read = False
        return loaded
    loaded.findings += [*_colour_findings(content, located), *_family_findings(content, located)]
    if any(finding.blocks for finding in loaded.findings):
        # Its words can be translated all the same.
        loaded.theme = Theme(logo_text=content.logo_text, footer=content.footer)
        return loaded
    loaded.theme = Theme(
        light=_palette(LIGHT, content.light),
        dark=_palette(DARK, content.dark),
        logo_text=content.logo_text,
        headings=_families(content.headings),
        text=_families(content.text),
        footer=content.footer,
    )
    loaded.findings += _contrast_findings(loaded.theme, located)
    if content.logo:
        _take_logo(loaded, folder, content, located)
    for position, entry in enumerate(content.faces):
        _take_face(loaded, folder, entry, located.at("faces", position, "file"))
    return loaded


def _palette(ours: Palette, given: ColoursEntry) -> Palette:
    return replace(
        ours,
        accent=(given.accent or ours.accent).lower(),
        bar=(given.bar or ours.bar).lower(),
        bar_edge=(given.bar_edge or ours.bar_edge).lower(),
    )


def _families(names: list[str]) -> str:
    """A list of families as style sheets write it; the generic ones are keywords."""
    generic = {"serif", "sans-serif", "system-ui", "monospace", "ui-serif", "ui-sans-serif"}
    return ", ".join(name if name in generic else f'"{name}"' for name in names)


def _colour_findings(content: ThemeFile, located: Located) -> Iterator[Finding]:
    for mode, colours in (("light", content.light), ("dark", content.dark)):
        for name in ColoursEntry.model_fields:
            given = getattr(colours, name)
            if given and not is_colour(given):
                yield Finding("theme.no-colour", located.at(mode, name), {"got": given})


def _family_findings(content: ThemeFile, located: Located) -> Iterator[Finding]:
    named = [(("headings", i), name) for i, name in enumerate(content.headings)]
    named += [(("text", i), name) for i, name in enumerate(content.text)]
    named += [(("faces", i), face.family) for i, face in enumerate(content.faces)]
    for path, name in named:
        if not _FAMILY.fullmatch(name):
            yield Finding("theme.odd-family", located.at(*path), {"got": name})


def _contrast_findings(theme: Theme, located: Located) -> Iterator[Finding]:
    for pair in too_faint(theme):
        facts = {
            "mode": pair.mode,
            "colour": pair.colour,
            "against": pair.against,
            "reached": f"{pair.contrast:.2f}",
            "least": f"{pair.least:g}",
        }
        yield Finding("theme.faint", located.at(pair.mode, pair.colour), facts)


def _take_logo(loaded: LoadedTheme, folder: Path, content: ThemeFile, located: Located) -> None:
    at = located.at("logo")
    held = _held(loaded, folder, content.logo, at)
    if held is None:
        return
    if not content.logo_text:
        loaded.findings.append(Finding("theme.unnamed-logo", at))
    if len(held) > _LARGEST_LOGO:
        loaded.findings.append(Finding("theme.large-logo", at, {"got": str(len(held) // 1000)}))
    if is_png(held):
        _ship(loaded, "logo.png", held)
        return
    drawing, taken = clean_svg(held)
    if drawing is None:
        loaded.findings.append(Finding("theme.no-picture", at, {"got": content.logo}))
        return
    if taken:
        loaded.findings.append(Finding("theme.cleaned-logo", at, {"got": ", ".join(taken)}))
    _ship(loaded, "logo.svg", drawing)


def _ship(loaded: LoadedTheme, name: str, content: bytes) -> None:
    loaded.files.append((f"static/{name}", content))
    loaded.theme = replace(loaded.theme, logo=f"static/{name}")


def _take_face(loaded: LoadedTheme, folder: Path, entry: FaceEntry, at: Place) -> None:
    held = _held(loaded, folder, entry.file, at)
    if held is None:
        return
    if not held.startswith(_WOFF2):
        loaded.findings.append(Finding("theme.no-typeface", at, {"got": entry.file}))
        return
    path = f"static/fonts/{entry.file}"
    loaded.files.append((path, held))
    face = Face(entry.family, path, entry.weight, entry.style)
    loaded.theme = replace(loaded.theme, faces=(*loaded.theme.faces, face))


def _held(loaded: LoadedTheme, folder: Path, name: str, at: Place) -> bytes | None:
    """The content of a file beside theme.yml."""
    if not _NAME.fullmatch(name):
        loaded.findings.append(Finding("file.outside", at, {"got": name}))
        return None
    content, findings = read_bytes(Source(folder / "theme" / name, f"theme/{name}", "theme.yml names it", folder))
    loaded.findings += findings
    return content
