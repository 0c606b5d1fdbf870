"""What every plan hands in: one number that stands for all shares, errors and ranks, so that plans can be compared."""

from __future__ import annotations

import resource
import time

import numpy as np
from generator import WAVES, codebook, offered


def tables(sums: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Shares, weighted shares, standard errors and ranks for every variable and group of cells, from cubes.

    `sums` has for each choice variable an array of shape (2 waves, 8 regions, 5 sizes, options + 1, 3): the sums of
    those who chose, then of those who answered.
    """
    found = {}
    for name, cube in sums.items():
        options = cube.shape[3] - 1
        kind = codebook_kinds[name]
        asked = np.array([[offered(kind, int(name[1:]), o, w) for o in range(options)] for w in WAVES])
        for group, axes in (("all", (1, 2)), ("region", (2,)), ("size", (1,))):
            rolled = cube.sum(axis=axes).reshape(2, -1, options + 1, 3)
            chosen, base = rolled[:, :, :-1], rolled[:, :, -1:]
            with np.errstate(divide="ignore", invalid="ignore"):
                share = np.where(asked[:, None], chosen[..., 0] / base[..., 0], np.nan)
                weighted = np.where(asked[:, None], chosen[..., 1] / base[..., 1], np.nan)
                squares = (1 - 2 * weighted) * chosen[..., 2] + weighted**2 * base[..., 2]
                error = np.sqrt(np.maximum(squares, 0)) / base[..., 1]
            rank = (weighted[..., None, :] > weighted[..., :, None]).sum(axis=-1) + 1
            found[f"{name}/{group}"] = np.stack([share, weighted, error, np.where(np.isnan(weighted), 0, rank)])
    return found


codebook_kinds = {name: variable.kind for name, variable in codebook().items()}


def hand_in(found: dict[str, np.ndarray], numbers: np.ndarray, started: float) -> None:
    """Print core seconds, peak memory and a checksum of all results."""
    total = sum(float(np.nansum(table)) for table in found.values())
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"core={seconds:.4f} peak={peak:.0f} check={total:.6f} numbers={float(numbers.sum()):.2f} tables={len(found)}"
    )
