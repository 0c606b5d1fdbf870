"""The API of a small programme, really served."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from cityfolio.api.app import Api
from cityfolio.build.facts import all_facts
from cityfolio.build.programme import load_programme
from cityfolio.build.publishing import dataset_of
from cityfolio.build.scaffold import make_programme
from cityfolio.publish.dataset import Dataset


@pytest.fixture(scope="session")
def small_dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The dataset of the programme that `cityfolio new` makes."""
    folder: Path = tmp_path_factory.mktemp("api") / "programme"
    make_programme(folder)
    programme = load_programme(folder)
    return dataset_of(programme, all_facts(programme))


@pytest.fixture(scope="session")
def served(small_dataset: Dataset) -> Iterator[str]:
    """The address of the API of that programme."""
    server = uvicorn.Server(uvicorn.Config(Api(small_dataset), port=0, log_level="warning", ws="none"))
    serving = threading.Thread(target=server.run, daemon=True)
    serving.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    serving.join()
