"""The released files of the example, written once, and its dataset."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cityfolio.build.facts import all_facts
from cityfolio.build.programme import load_programme
from cityfolio.build.publishing import dataset_of, translations_of
from cityfolio.publish.dataset import Dataset
from cityfolio.publish.files import data_files

from ..programmes import EXAMPLE


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    """The dataset of the example."""
    programme = load_programme(EXAMPLE)
    return replace(dataset_of(programme, all_facts(programme)), translations=translations_of(programme))


@pytest.fixture(scope="session")
def published(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder data/ of the example."""
    folder = tmp_path_factory.mktemp("data")
    for path, content in data_files(dataset):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder
