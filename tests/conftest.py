"""What many tests look at: a small programme to change, and the example, built once."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Playwright, sync_playwright

from cityfolio.build.running import build_site
from cityfolio.build.scaffold import make_programme

from .browsing import launched
from .programmes import EXAMPLE, ProgrammeFolder
from .serving import served
from .sharing import made_once

# The same cases on every machine, however busy it is; `make test-all` tries more of them.
house = settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", house, max_examples=40)
settings.register_profile("thorough", house, max_examples=100)
settings.load_profile(os.environ.get("CITYFOLIO_CASES", "quick"))

# Seven thousand tests lie in memory beside what each one makes: to look through it all after every few hundred things that
# are made takes longer than many a test. Rubbish is still collected, only less often.
gc.set_threshold(20_000, 10, 10)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of builds come first: a build forks, but not where a browser or a server of another test has threads running."""
    builds = Path(__file__).parent / "build"
    items.sort(key=lambda item: not item.path.is_relative_to(builds))


@pytest.fixture
def small(tmp_path: Path) -> ProgrammeFolder:
    """The programme that `cityfolio new` makes: two waves, three cities, two questions."""
    make_programme(tmp_path / "programme")
    return ProgrammeFolder(tmp_path / "programme")


@pytest.fixture
def example(tmp_path: Path) -> ProgrammeFolder:
    """A copy of the example programme."""
    return ProgrammeFolder.copy_of(EXAMPLE, tmp_path / "example")


@pytest.fixture(scope="session")
def example_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the example as it stands, not to be changed."""
    return made_once(tmp_path_factory, "example", lambda folder: build_site(EXAMPLE, folder / "site")) / "site"


@pytest.fixture(scope="session")
def address(example_site: Path) -> Iterator[str]:
    """Where the site of the example is served."""
    with served(example_site) as found:
        yield found


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """One for all tests of a process: Playwright runs one event loop at a time."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium without a window: the other draws bars and menus that nobody sees, which costs more than the pages."""
    with launched(playwright, "/usr/bin/chromium-headless-shell") as opened:
        yield opened
