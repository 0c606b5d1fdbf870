"""The released files of the example, written once, and its dataset."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cityfolio.build.facts import all_facts
from cityfolio.build.programme import load_programme
from cityfolio.build.publishing import dataset_of, translations_of
from cityfolio.build.scaffold import make_programme
from cityfolio.publish.dataset import Dataset
from cityfolio.publish.files import data_files

from ..programmes import EXAMPLE
from ..sharing import made_once


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    """The dataset of the example."""
    programme = load_programme(EXAMPLE)
    return replace(dataset_of(programme, all_facts(programme)), translations=translations_of(programme))


def write_data(dataset: Dataset, folder: Path) -> Path:
    """Write the folder data/ of a dataset."""
    for path, content in data_files(dataset):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder


@pytest.fixture(scope="session")
def published(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder data/ of the example."""
    return made_once(
        tmp_path_factory, "published", lambda folder: write_data(request.getfixturevalue("dataset"), folder)
    )


@pytest.fixture(scope="session")
def small_published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder data/ of the programme that `cityfolio new` makes."""
    folder = tmp_path_factory.mktemp("small")
    make_programme(folder / "programme")
    programme = load_programme(folder / "programme")
    return write_data(dataset_of(programme, all_facts(programme)), folder / "data")
