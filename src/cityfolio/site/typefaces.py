"""Which typeface of the machine has the letters of which script, where its files are, and how wide words are in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path

__all__ = ["Letters", "letters_of", "runs_of"]

_FOLDERS = ("~/.local/share/fonts", "~/.fonts", "/usr/local/share/fonts", "/usr/share/fonts")
_HAN = "\u1100-\u11ff\u3000-\u303f\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef"
_ARABIC = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff"
_WESTERN = "\u0020-\u052f\u1e00-\u20cf\u2100-\u2bff"
_PLAIN = " .,:«»!"  # what the Arabic typefaces have beside Arabic
_FAMILIES = {
    "western": ("Noto Sans", "Noto Serif"),
    "han": ("Noto Sans CJK {region}", "Noto Serif CJK {region}"),
    "arabic": ("Noto Sans Arabic", "Noto Naskh Arabic"),
}
_REGIONS = {"ja": "JP", "zh": "SC"}
_RUN = re.compile(
    f"(?P<han>[{_HAN}]+(?: +[{_HAN}]+)*)"
    f"|(?P<arabic>(?:[{_ARABIC}]|[{_PLAIN}]+(?=[{_ARABIC}]))(?:[{_ARABIC}{_PLAIN}]*[{_ARABIC}])?[{_PLAIN}]*)"
    rf"|(?:[^{_HAN}{_ARABIC}\W]|[(])(?:[^{_HAN}{_ARABIC}]*(?:[^{_HAN}{_ARABIC}\W]|[%)]))?"
    f"|[{_PLAIN}]+|."
)
_ARABIC_LETTER = re.compile(f"[{_ARABIC}]")
_FOREIGN = re.compile(f"[^{_HAN}{_ARABIC}{_WESTERN}\\s]")
_FINE = 10  # widths are measured in larger letters, for the fractions


@dataclass(frozen=True)
class Letters:
    """The letters of a text: its scripts, whether all are known, and in which of the typefaces it stands."""

    scripts: frozenset[str]
    are_known: bool
    language: str = ""
    serif: bool = False
    bold: bool = False

    @property
    def are_mixed_with_arabic(self) -> bool:
        """Whether one line needs an Arabic typeface and another one."""
        return "arabic" in self.scripts and len(self.scripts) > 1 and self.are_known

    @property
    def files(self) -> tuple[Path, ...]:
        """The files of the typefaces, regular and bold, as far as the machine has them."""
        stems = [_stem(family) for script in _FAMILIES if script in self.scripts for family in _FAMILIES[script]]
        found = (_installed().get(f"{stem}-{weight}") for stem in stems for weight in ("Regular", "Bold"))
        return tuple(file for file in found if file is not None) if self.are_known else ()

    def family(self, script: str) -> str:
        """The name of the typeface for a script."""
        return _FAMILIES[script][self.serif].format(region=_REGIONS.get(self.language, "KR"))

    def width(self, script: str, words: str, size: float) -> float:
        """How wide the words are, measured as they are drawn: with ligatures, in the direction of the script."""
        from PIL import ImageFont

        file = _installed()[f"{_stem(_FAMILIES[script][self.serif])}-{'Bold' if self.bold else 'Regular'}"]
        face = ImageFont.truetype(file, round(size * _FINE), layout_engine=ImageFont.Layout.RAQM)
        return face.getlength(unescape(words), direction="rtl" if script == "arabic" else "ltr") / _FINE


def letters_of(words: str, language: str = "", *, serif: bool = False, bold: bool = False) -> Letters:
    """The letters of a text.

    >>> sorted(letters_of("Busan 부산").scripts), letters_of("नई दिल्ली").are_known
    (['han', 'western'], False)
    """
    scripts = frozenset(script for script, _ in runs_of(words)) | {"western"} - (
        {"western"} if _ARABIC_LETTER.search(words) else set()
    )
    needed = [_stem(_FAMILIES[script][0]) for script in scripts]
    known = not _FOREIGN.search(words) and all(f"{stem}-Regular" in _installed() for stem in needed)
    return Letters(scripts, known, language, serif, bold)


def runs_of(words: str) -> Iterator[tuple[str, str]]:
    """The text in runs of one script (`western`, `han`, `arabic`); what stands between them goes with one of the two.

    >>> list(runs_of("Busan 부산 (51 %)"))
    [('western', 'Busan'), ('western', ' '), ('han', '부산'), ('western', ' '), ('western', '(51 %)')]
    >>> [script for script, _ in runs_of("33 من أصل 43")]
    ['western', 'arabic', 'western']
    """
    for run in _RUN.finditer(words):
        yield run.lastgroup or "western", run[0]


def _stem(family: str) -> str:
    """How the names of a typeface's files begin."""
    return family.replace(" {region}", "").replace(" ", "")


@cache
def _installed() -> dict[str, Path]:
    """The files of Noto by the stem of their name; the first folder that has one wins."""
    found: dict[str, Path] = {}
    for folder in map(Path.expanduser, map(Path, _FOLDERS)):
        for file in sorted(folder.rglob("Noto*-*.[ot]t[cf]")):
            found.setdefault(file.stem, file)
    return found
