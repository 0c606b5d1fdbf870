"""Columns as arrays: their types, and words turned into codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Codes", "Flags", "Floats", "coded", "crossed", "sums_by", "to_codes"]

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]


def coded(words: Sequence[str]) -> tuple[Codes, tuple[str, ...]]:
    """The words as codes 0, 1, ... in their sorted order, and the words that the codes stand for.

    >>> codes, names = coded(["M", "E", "M"])
    >>> codes.tolist(), names
    ([1, 0, 1], ('E', 'M'))
    """
    names = sorted(set(words))
    place = {name: code for code, name in enumerate(names)}
    return np.array([place[word] for word in words], dtype=np.int64), tuple(names)


def to_codes(column: Sequence[str] | Sequence[int] | Codes) -> Codes:
    """Any column of labels as codes 0, 1, ...: equal labels get equal codes.

    >>> to_codes(["b", "a", "b"]).tolist()
    [1, 0, 1]
    """
    codes = np.unique(np.asarray(column), return_inverse=True)[1]
    return codes.astype(np.int64).reshape(-1)


def crossed(outer: Codes, inner: Codes) -> Codes:
    """Codes of the pairs: two records share one only where both columns agree (an identifier inside another).

    >>> crossed(np.array([0, 0, 1]), np.array([1, 1, 1])).tolist()
    [0, 0, 1]
    """
    return to_codes(outer * (int(inner.max(initial=0)) + 1) + inner)


def sums_by(codes: Codes, values: Floats) -> Floats:
    """The sums of the columns of `values`, shape (records, k), within each code: shape (codes, k).

    >>> sums_by(np.array([0, 1, 0]), np.array([[1.0], [2.0], [3.0]])).tolist()
    [[4.0], [2.0]]
    """
    number = int(codes.max(initial=-1)) + 1
    columns = [np.bincount(codes, weights=values[:, k], minlength=number) for k in range(values.shape[1])]
    return np.stack(columns, axis=1) if columns else np.zeros((number, 0))
