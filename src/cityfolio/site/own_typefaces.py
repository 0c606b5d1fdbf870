"""The typefaces that a programme ships, for pictures made of pixels: as OpenType, under the names that its theme gives them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from cityfolio.profile.theme import Face

__all__ = ["NO_TYPEFACES", "OwnTypefaces", "own_typefaces"]

_NAME = re.compile(r"'([^']+)'|([\w-][\w -]*)")
_FAMILY_NAMES = (1, 16)


@dataclass(frozen=True)
class OwnTypefaces:
    """Typefaces as files of OpenType, and for each family the letters that every one of its faces has."""

    contents: tuple[bytes, ...] = ()
    letters: tuple[tuple[str, frozenset[int]], ...] = ()

    def family_for(self, families: str, words: str) -> str:
        """The first of a list of families that is ours and has all letters of the words; empty where none is.

        >>> OwnTypefaces(letters=(("Green", frozenset(b"Busan")),)).family_for("'Green', Georgia, serif", "Busan")
        'Green'
        """
        held = dict(self.letters)
        for quoted, bare in _NAME.findall(families):
            family: str = quoted or bare.strip()
            if family in held and held[family].issuperset(map(ord, words)):
                return family
        return ""

    @contextmanager
    def as_files(self) -> Iterator[list[str]]:
        """Where the files stand, for as long as they are needed: what draws reads typefaces from a disk."""
        if not self.contents:
            yield []
            return
        with TemporaryDirectory(prefix="cityfolio-typefaces-") as folder:
            paths = [Path(folder) / f"{number}.otf" for number in range(len(self.contents))]
            for path, content in zip(paths, self.contents, strict=True):
                path.write_bytes(content)
            yield list(map(str, paths))


NO_TYPEFACES = OwnTypefaces()


def own_typefaces(faces: Iterable[Face], files: Mapping[str, bytes]) -> OwnTypefaces:
    """The typefaces of a theme, out of the files that are shipped with the site."""
    return _opened(tuple((face, files[face.file]) for face in faces if face.file in files))


@cache
def _opened(faces: tuple[tuple[Face, bytes], ...]) -> OwnTypefaces:
    contents: list[bytes] = []
    letters: dict[str, frozenset[int]] = {}
    for face, packed in faces:
        content, has = _unpacked(face, packed)
        contents.append(content)
        letters[face.family] = letters.get(face.family, has) & has
    return OwnTypefaces(tuple(contents), tuple(letters.items()))


def _unpacked(face: Face, packed: bytes) -> tuple[bytes, frozenset[int]]:
    """A typeface without its compression, named as the theme names it, and the letters that it has."""
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(packed))
    font.flavor = None
    for record in font["name"].names:
        if record.nameID in _FAMILY_NAMES:
            record.string = face.family
    if face.weight.isdigit():
        font["OS/2"].usWeightClass = int(face.weight)
    written = io.BytesIO()
    font.save(written)
    return written.getvalue(), frozenset(font.getBestCmap())
