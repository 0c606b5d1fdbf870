"""How alike two texts are. Likeness suggests to a person; only equal words decide anything."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from difflib import SequenceMatcher, get_close_matches

__all__ = ["alike", "nearest", "same_words", "words_of"]

_LIKE = 0.8


def same_words(one: str, other: str) -> bool:
    """Whether two texts differ at most in case, spaces and the form of quotation marks and full stops.

    >>> same_words("Human-centred  design.", "human-centred design"), same_words("Finland", "Find Land")
    (True, False)
    """
    return _plain(one) == _plain(other)


def alike(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1.

    >>> alike("Land use", "land use"), alike("Bus", "Tram")
    (1.0, 0.0)
    """
    return SequenceMatcher(None, _plain(one), _plain(other), autojunk=False).ratio()


def nearest(text: str, candidates: Mapping[str, str]) -> str:
    """The name of the candidate whose text is most like `text`, or nothing if none is nearly it.

    >>> nearest("Parks and gardens", {"a": "Roads", "b": "Parks & gardens"})
    'b'
    """
    plain = {name: _plain(candidate) for name, candidate in candidates.items() if candidate}
    found = get_close_matches(_plain(text), plain.values(), n=1, cutoff=_LIKE) if text else []
    return next(name for name, words in plain.items() if words == found[0]) if found else ""


def words_of(text: str) -> frozenset[str]:
    """The words of a text that carry meaning.

    >>> sorted(words_of("Transport / mobility and parking"))
    ['mobility', 'parking', 'transport']
    """
    return frozenset(word for word in re.findall(r"\w+", _plain(text)) if len(word) > 3)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = re.sub("[’‘`]", "'", folded)
    folded = re.sub("[“”„«»]", '"', folded)
    return " ".join(folded.split()).rstrip(" .")
