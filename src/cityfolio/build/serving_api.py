"""Serving a programme's site and its API together, built again whenever one of its files changes."""

from __future__ import annotations

import gc
import socket
import threading
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from cityfolio.api.app import Api
from cityfolio.build.facts import all_facts
from cityfolio.build.papers import Papers
from cityfolio.build.press import Press
from cityfolio.build.programme import load_programme
from cityfolio.build.publishing import dataset_of
from cityfolio.build.rebuilding import rebuild_on_change
from cityfolio.build.running import Builder
from cityfolio.build.serving_trouble import Trouble
from cityfolio.build.watching import fingerprint
from cityfolio.errors import WrongUse
from cityfolio.site.sheets import MADE_ENDINGS, PICTURE_ENDING

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

__all__ = ["serve_with_api"]


class _Current:
    """API and site as of the last good build; new ones take their place whole, between two requests."""

    def __init__(self, api: Api, site: Starlette) -> None:
        self.parts = api, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        api, site = self.parts
        asks_api = scope["type"] == "http" and scope["path"].startswith("/api/")
        await (api if asks_api else site)(scope, receive, send)


class _PrintingFiles(StaticFiles):
    """The files of a site; PDF files and pictures are printed when they are asked for. Pages say what is wrong with an edit."""

    def __init__(self, press: Press, site: Path, trouble: Trouble) -> None:
        super().__init__(directory=site, html=True)
        self._press = press
        self._trouble = trouble

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The answer to a request for a file that is printed now, or for any other."""
        made = await run_in_threadpool(self._press.one, path) if path.endswith(MADE_ENDINGS) else None
        if made is not None:
            return Response(made, media_type="image/png" if path.endswith(PICTURE_ENDING) else "application/pdf")
        page = await run_in_threadpool(self._page, path, scope) if self._trouble.lines else None
        return page or await super().get_response(path, scope)

    def _page(self, path: str, scope: Scope) -> Response | None:
        """The page that is asked for, with what is wrong; None if it is something else, or not there."""
        asked = str(Path(path) / "index.html") if scope["path"].endswith("/") else path
        file, status = self.lookup_path(asked)
        if status is None or not file.endswith(".html"):
            return None
        return Response(self._trouble.on(Path(file).read_bytes()), media_type="text/html")


def serve_with_api(folder: Path, port: int, edition: str | None, say: Callable[[str], None]) -> None:
    """Build, serve site and API on the loopback address until interrupted, rebuild on change. The last good build stays up.

    Raises:
        ProgrammeBlocked: if the first build is blocked.
        WrongUse: if there is no such programme or edition, or the port is taken.
    """
    with TemporaryDirectory(prefix="cityfolio-") as temporary, ExitStack() as held:
        site = Path(temporary) / "site"
        builder = Builder(folder, edition, papers=Papers(on_demand=True), helped=True)
        held.callback(builder.end)
        before = fingerprint(folder)
        trouble = Trouble()
        current = _Current(*_applications(builder, site, trouble))
        with _listening(port) as found:
            stopped = threading.Event()

            def again() -> str:
                current.parts = _applications(builder, site, trouble)
                _settle()
                return "Built again."

            watching = threading.Thread(
                daemon=True, target=rebuild_on_change, args=(folder, before, again, trouble, say, stopped)
            )
            watching.start()
            address = f"http://127.0.0.1:{found.getsockname()[1]}"
            say(f"Serving {folder} at {address}/, its API at {address}/api/v1/ (Ctrl-C stops)")
            _settle()
            try:
                uvicorn.Server(uvicorn.Config(current, log_level="warning", access_log=False)).run([found])
            finally:
                stopped.set()
                watching.join()


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port), backlog=2048)
    except OSError as error:
        raise WrongUse(f"Port {port} cannot be used ({error.strerror}); name another with --port.") from error


def _applications(builder: Builder, site: Path, trouble: Trouble) -> tuple[Api, Starlette]:
    builder.build(site)
    programme = load_programme(builder.folder)
    api = Api(dataset_of(programme, all_facts(programme)))
    return api, Starlette(routes=[Mount("/", _PrintingFiles(builder.press, site, trouble))])


def _settle() -> None:
    """Let go of what the last build left; what stands now stays until the next one, so no answer waits for a search in it."""
    gc.collect()
    gc.freeze()
