"""The sample site, rendered once and written once for the tests that read or open its pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from cityfolio.profile.programme_documents import SiteContent
from cityfolio.publish.charts import chart_csv, chart_json
from cityfolio.site.pages import RenderedFile, render_site
from cityfolio.site.site_files import site_files

from .sample import content, long_worded


@pytest.fixture(scope="session")
def sample() -> SiteContent:
    return content()


@pytest.fixture(scope="session")
def rendered(sample: SiteContent) -> dict[str, RenderedFile]:
    return {file.path: file for file in render_site(sample)}


@pytest.fixture(scope="session")
def site(sample: SiteContent, rendered: dict[str, RenderedFile], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site in a folder, with the released files that its pages link to."""
    return written(sample, list(rendered.values()), tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def long_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site with words that no line can hold."""
    return written(long_worded(), list(render_site(long_worded())), tmp_path_factory.mktemp("long"))


def written(sample: SiteContent, rendered: list[RenderedFile], folder: Path) -> Path:
    pages = {file.path: file.content for file in rendered}
    released = {file.path: b"" for file in sample.files}
    documents = {f"cities/{profile.unit}.json": b"{}" for profile in sample.profiles}
    charts = {f"charts/{chart.place}.csv": chart_csv(chart) for chart in sample.charts}
    charts |= {f"charts/{chart.place}.json": chart_json(chart) for chart in sample.charts}
    around = dict(site_files(sample, [path for path in pages if path.endswith(".html")]))
    for path, held in (pages | released | documents | charts | around).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(held)
    return folder
