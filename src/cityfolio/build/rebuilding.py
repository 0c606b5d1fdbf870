"""Building again whenever a file of a programme changes; the last good build stays up, and what is wrong is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cityfolio.build.serving_trouble import Trouble, trouble_in_words
from cityfolio.build.watching import Fingerprint, fingerprint
from cityfolio.errors import CityfolioError

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["rebuild_on_change"]

_LOOK_EVERY = 0.3


def rebuild_on_change(
    folder: Path,
    before: Fingerprint,
    again: Callable[[], str],
    trouble: Trouble,
    say: Callable[[str], None],
    stopped: threading.Event,
) -> None:
    """Until `stopped` call `again`, which gives a line to say, each time the folder is not as it was `before`."""
    while not stopped.wait(_LOOK_EVERY):
        now = fingerprint(folder)
        if now == before:
            continue
        before = now
        try:
            done = again()
        except (CityfolioError, OSError) as error:
            trouble.lines = trouble_in_words(error)
            for line in trouble.told():
                say(line)
        else:
            trouble.lines = ()
            say(done)
