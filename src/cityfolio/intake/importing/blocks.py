"""A block of a CSV file as columns: where its cells begin and end is found for all of them at once, not one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

import numpy as np
import polars as pl
import pyarrow as pa

from cityfolio.intake.importing.columns import Column, narrow

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["CodedCells", "blocks_of", "coded_cells", "joined"]

CodedCells: TypeAlias = "tuple[pa.Array[Any], NDArray[np.integer[Any]]]"
"""The different cells of a column in the order of their first rows, as strings or, where all are short, as numbers of eight
bytes, and the place among them of each row's."""

_SIZE = 1 << 22
_MOST = 1 << 30
_SHORT = 8  # bytes: what one number of the machine holds
_UNCLEAN = r'^[\s\x1c-\x1f"]|[\s\x1c-\x1f]$|\r'
_QUOTE, _LINE_END, _RETURN = b'"\n\r'
_MASKS = np.array([(1 << (8 * length)) - 1 for length in range(_SHORT + 1)], np.uint64)


def blocks_of(raw: BinaryIO, size: int = _SIZE) -> Iterator[bytes]:
    """The rest of a file in parts that end where records do."""
    rest = b""
    while True:
        more = raw.read(size)
        block = rest + more
        cut = _end_of_records(block) if more else len(block)
        if cut:
            yield block[:cut]
        rest = block[cut:]
        if not more:
            return


def _end_of_records(block: bytes) -> int:
    """Where the last line ends that ends outside of quotation marks."""
    end = block.rfind(b"\n")
    if b'"' in block:
        marks = block.count(b'"', 0, end + 1)
        while end >= 0 and marks % 2:
            before = block.rfind(b"\n", 0, end)
            marks -= block.count(b'"', before + 1, end + 1)
            end = before
    return end + 1


def coded_cells(block: bytes, separator: str, width: int, wanted: Iterable[int]) -> list[CodedCells] | None:
    r"""The wanted columns of some records, or None where anything about the records is odd.

    >>> [joined([cells]).cells() for cells in coded_cells(b'a,"x, y"\nb,\na,\n', ",", 2, [0, 1])]
    [['a', 'b', 'a'], ['x, y', '', '']]
    >>> coded_cells(b"a,b\nc\n", ",", 2, [0]) is None
    True
    """
    if len(block) > _MOST or b"\x00" in block or (b"\r" in block and block.count(b"\r") != block.count(b"\r\n")):
        return None
    try:
        pa.array([block], pa.binary()).cast(pa.string())
    except pa.ArrowException:
        return None
    block += b"" if block.endswith(b"\n") else b"\n"
    quoted = b'"' in block
    # Beyond the end, so that a number can be read at the beginning of any cell.
    padded = block + bytes(2 * _SHORT)
    letters = np.frombuffer(padded, np.uint8)[: len(block)]
    ends = _ends(letters, ord(separator), quoted=quoted)
    if ends is None or len(ends) % width:
        return None
    table = np.ascontiguousarray(ends.reshape(-1, width).T)
    if not (letters[table[-1]] == _LINE_END).all() or (letters[table[:-1]] == _LINE_END).any():
        return None
    begins = np.concatenate([np.zeros(1, np.int32), table[-1][:-1] + 1])
    table[-1] -= letters[table[-1] - 1] == _RETURN
    cells = _Cells(padded)
    return [cells.column(table[place - 1] + 1 if place else begins, table[place]) for place in wanted]


def _ends(letters: NDArray[np.uint8], separator: int, *, quoted: bool) -> NDArray[np.int32] | None:
    """Where cells end, or None where a quotation mark is neither around a whole cell nor doubled in one.

    Marks open and close by turns. One that opens follows a separator, the end of a line, or a mark that it is doubled with; one
    that closes is followed by such. That is what the grammar of `reading.table` says.
    """
    ending = (letters == separator) | (letters == _LINE_END)
    if quoted:
        marks = letters == _QUOTE
        places = np.flatnonzero(marks)
        beside = np.zeros(256, bool)
        beside[[_QUOTE, _LINE_END, _RETURN, separator]] = True
        opening, closing = places[::2], places[1::2]
        led = letters[opening - 1]
        if opening[0] == 0:
            led[0] = _LINE_END
        if len(places) % 2 or closing[-1] + 1 == len(letters):
            return None
        if not (beside[led].all() and beside[letters[closing + 1]].all()):
            return None
        ending &= (np.cumsum(marks, dtype=np.uint8) & 1) == 0
    return np.flatnonzero(ending).astype(np.int32)


class _Cells:
    """The cells of a block by where they begin and end."""

    def __init__(self, padded: bytes) -> None:
        self._padded = padded
        # At each place of the block, the eight bytes from there on as one number.
        self._numbers = np.ndarray((len(padded) - _SHORT,), "<u8", padded, strides=(1,))

    def column(self, begins: NDArray[np.int32], ends: NDArray[np.int32]) -> CodedCells:
        lengths = ends - begins
        if int(lengths.max()) <= _SHORT:
            keys = self._numbers[begins]
            keys &= _MASKS[lengths]
            coded = pa.array(keys).dictionary_encode()
        else:
            coded = self._strings(begins, lengths).dictionary_encode()
        return coded.dictionary, narrow(coded.indices.to_numpy(), len(coded.dictionary))

    def _strings(self, begins: NDArray[np.int32], lengths: NDArray[np.int32]) -> pa.Array[Any]:
        first = self._numbers[begins] & _MASKS[np.minimum(lengths, 4)]
        rest = self._numbers[np.minimum(begins + 4, len(self._numbers) - 1)] & _MASKS[np.clip(lengths - 4, 0, _SHORT)]
        rest = np.where(lengths > 12, begins.astype(np.uint64) << np.uint64(32), rest)
        return _viewed(lengths.astype(np.uint64), first, rest, [pa.py_buffer(self._padded)])


def _viewed(
    lengths: NDArray[np.uint64], first: NDArray[np.uint64], rest: NDArray[np.uint64], where: list[pa.Buffer]
) -> pa.Array[Any]:
    """Arrow's views of strings as strings: length and four bytes, then eight more, or for long ones where they stand."""
    views = np.stack([lengths | (first << np.uint64(32)), rest], axis=1)
    viewed = pa.Array.from_buffers(pa.string_view(), len(lengths), [None, pa.py_buffer(views), *where])
    return viewed.cast(pa.string())


def joined(parts: Sequence[CodedCells]) -> Column:
    """The cells of a column from all blocks, in their order."""
    words = [part for part, _ in parts]
    if any(held.type != pa.uint64() for held in words):
        words = [_in_letters(held) for held in words]
    # As strings may take more than Arrow's smaller kind can hold, and numbers are faster than either.
    different = pa.chunked_array(words).cast(pa.uint64() if words[0].type == pa.uint64() else pa.large_string())
    coded = different.combine_chunks().dictionary_encode()
    moved = coded.indices.to_numpy()
    places, start = [], 0
    for held, some in parts:
        places.append(narrow(moved[start : start + len(held)], len(coded.dictionary))[some])
        start += len(held)
    values = pl.Series(_in_letters(coded.dictionary), dtype=pl.String)
    column = Column(values, np.concatenate(places))
    return column.recoded(_clean) if values.str.contains(_UNCLEAN).any() else column


def _in_letters(keys: pa.Array[Any]) -> pa.Array[Any]:
    """The words behind numbers of eight bytes."""
    if keys.type != pa.uint64():
        return keys
    numbers = keys.to_numpy()
    lengths = sum((numbers >= np.uint64(1 << (8 * at))).astype(np.uint64) for at in range(_SHORT))
    return _viewed(np.asarray(lengths, np.uint64), numbers & _MASKS[4], numbers >> np.uint64(32), [])


def _clean(cell: str) -> str:
    if cell.startswith('"'):
        cell = cell[1:-1].replace('""', '"')
    return (cell.replace("\r\n", "\n") if "\r" in cell else cell).strip()
