"""Python's collector of cycles, told that a build holds nearly everything it makes until its end."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["collect_rarely", "collected_rarely", "not_collected", "only_new_collected", "rubbish_collected"]

_RARELY = (200_000, 50, 1_000)


def collect_rarely() -> None:
    """From now on, look for rubbish now and then only: the usual way takes a third of the time that content takes."""
    gc.set_threshold(*_RARELY)


@contextmanager
def collected_rarely() -> Iterator[None]:
    """While a site is made, look for rubbish now and then only."""
    before = gc.get_threshold()
    collect_rarely()
    try:
        yield
    finally:
        _keep_all()
        gc.set_threshold(*before)


@contextmanager
def not_collected() -> Iterator[None]:
    """While one thing is made, look for no rubbish at all: nearly everything is held until the end, and that is near."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        _keep_all()
        if was_on:
            gc.enable()


@contextmanager
def only_new_collected() -> Iterator[None]:
    """While pages are rendered, collect the rubbish of each, and never look through what is there already.

    It will be needed until the end, and a look at it would make a copy of it in every process that shares it.
    """
    was_on = gc.isenabled()
    gc.freeze()
    gc.enable()
    try:
        yield
    finally:
        gc.unfreeze()
        if not was_on:
            gc.disable()


@contextmanager
def rubbish_collected() -> Iterator[None]:
    """Collect the rubbish of what is done meanwhile, at its end: templates leave some for every page that they render.

    Whoever builds again and again would keep it else, with the pages of before, since what is there after a build is not
    looked through. Nor is what was there already.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.collect()
        gc.unfreeze()


def _keep_all() -> None:
    """What was made is held: into the oldest generation with it, before the usual thresholds have all of it looked through."""
    gc.freeze()
    gc.unfreeze()
