"""A kernel in C over masks, row groups read by Arrow in two threads: `python plan_c.py FOLDER LIBRARY`."""

from __future__ import annotations

import ctypes
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from answer import hand_in, tables
from generator import NUMBERS, OPTIONS, REGIONS, SIZES, codebook

folder = Path(sys.argv[1])
started = time.perf_counter()
library = ctypes.CDLL(sys.argv[2])
choices = {name: v for name, v in codebook().items() if v.kind in OPTIONS}
path = folder / "mask.parquet"
groups = pq.read_metadata(path).num_row_groups
cells = 2 * REGIONS * SIZES


def address(array: np.ndarray) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)


def share(number: int) -> tuple[np.ndarray, np.ndarray]:
    masks, numbers = np.zeros((len(choices), cells, 3, 16)), np.zeros((NUMBERS, cells, 4))
    with pq.ParquetFile(path) as file:
        for group in range(number, groups, 2):
            keys = file.read_row_group(group, columns=["wave", "region", "size", "w"], use_threads=False)
            wave, region, size, w = (c.combine_chunks().to_numpy(zero_copy_only=False) for c in keys.columns)
            cell = (wave.astype(np.int32) * REGIONS + region) * SIZES + size
            rows = ctypes.c_size_t(len(cell))
            names = [*choices, *(f"x{n}" for n in range(NUMBERS))]
            for first in range(0, len(names), 10):
                table = file.read_row_group(group, columns=names[first : first + 10], use_threads=False)
                for place, name in enumerate(names[first : first + 10], start=first):
                    column = table.column(name).combine_chunks().to_numpy(zero_copy_only=False)
                    if name in choices:
                        library.add_mask(address(cell), address(column), address(w), rows, address(masks[place]))
                    else:
                        to = numbers[place - len(choices)]
                        library.add_numbers(address(cell), address(column), address(w), rows, address(to))
    return masks, numbers


with ThreadPoolExecutor(2) as pool:
    (masks, numbers), (more_masks, more_numbers) = pool.map(share, range(2))
masks += more_masks
numbers += more_numbers
cubes = {}
for place, (name, variable) in enumerate(choices.items()):
    cube = masks[place].reshape(2, REGIONS, SIZES, 3, 16).swapaxes(3, 4)
    cubes[name] = cube[:, :, :, [*range(len(variable.categories)), 15]]
hand_in(tables(cubes), 3 * numbers, started)
