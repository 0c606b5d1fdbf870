"""Serving a programme on this machine, built again whenever one of its files changes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from socket import socket
from socketserver import BaseServer
from tempfile import TemporaryDirectory
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from cityfolio.build.papers import Papers
from cityfolio.build.running import Builder
from cityfolio.build.watching import Fingerprint, fingerprint
from cityfolio.errors import CityfolioError, ProgrammeBlocked, WrongUse
from cityfolio.site.sheets import MADE_ENDINGS, PICTURE_ENDING

__all__ = ["serve_programme"]

_LOOK_EVERY = 0.3


class _Handler(SimpleHTTPRequestHandler):
    """Serves files without writing a line for each."""

    extensions_map = {
        **SimpleHTTPRequestHandler.extensions_map,
        ".csv": "text/csv; charset=utf-8",
        ".json": "application/json; charset=utf-8",
        ".html": "text/html; charset=utf-8",
    }

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the standard library
        """Say nothing."""

    def end_headers(self) -> None:
        """Keep browsers from showing what was before the last build."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()


class _PrintingHandler(_Handler):
    """Serves files, and prints PDF files and pictures when they are asked for."""

    def __init__(
        self, builder: Builder, request: socket, client: tuple[str, int], server: BaseServer, *, directory: str
    ) -> None:
        self._builder = builder
        super().__init__(request, client, server, directory=directory)

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Begin the answer to a request for a file that is printed now, or for any other."""
        path = unquote(urlsplit(self.path).path).lstrip("/")
        made = self._builder.press.one(path) if path.endswith(MADE_ENDINGS) else None
        if made is None:
            return super().send_head()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "image/png" if path.endswith(PICTURE_ENDING) else "application/pdf")
        self.send_header("Content-Length", str(len(made)))
        self.end_headers()
        return BytesIO(made)


def serve_programme(folder: Path, port: int, edition: str | None, say: Callable[[str], None]) -> None:
    """Build, serve on the loopback address until interrupted, and rebuild on change. The last good build stays up.

    Raises:
        ProgrammeBlocked: if the first build is blocked.
        WrongUse: if there is no such programme or edition, or the port is taken.
    """
    with TemporaryDirectory(prefix="cityfolio-") as temporary, ExitStack() as held:
        site = Path(temporary) / "site"
        builder = Builder(folder, edition, papers=Papers(on_demand=True), helped=True)
        before = fingerprint(folder)
        held.callback(builder.end)
        _build(builder, site, say)
        handler = partial(_PrintingHandler, builder, directory=str(site))
        try:
            server = ThreadingHTTPServer(("127.0.0.1", port), handler)
        except OSError as error:
            raise WrongUse(f"Port {port} cannot be used ({error.strerror}); name another with --port.") from error
        with server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            say(f"Serving {folder} at http://127.0.0.1:{server.server_address[1]}/ (Ctrl-C stops)")
            try:
                _watch(builder, site, before, say)
            finally:
                server.shutdown()


def _watch(builder: Builder, site: Path, before: Fingerprint, say: Callable[[str], None]) -> None:
    while True:
        time.sleep(_LOOK_EVERY)
        now = fingerprint(builder.folder)
        if now == before:
            continue
        before = now
        try:
            _build(builder, site, say)
        except ProgrammeBlocked as blocked:
            for finding in blocked.findings:
                if finding.blocks:
                    say(f"{finding.at}: {finding.message}")
            say("The last good build stays up.")
        except CityfolioError as error:
            say(f"{error} The last good build stays up.")
        except OSError as error:
            # A full disk or a file that cannot be opened is mended while the site stays up.
            say(f"{error.strerror or error}: {error.filename}. The last good build stays up.")


def _build(builder: Builder, site: Path, say: Callable[[str], None]) -> None:
    start = time.perf_counter()
    report = builder.build(site)
    say(f"Built {report.units} profiles, {report.files} files in {time.perf_counter() - start:.2f} s.")
