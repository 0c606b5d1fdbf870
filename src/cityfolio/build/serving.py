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
from cityfolio.build.rebuilding import rebuild_on_change
from cityfolio.build.running import Builder
from cityfolio.build.serving_trouble import Trouble
from cityfolio.build.watching import fingerprint
from cityfolio.errors import WrongUse
from cityfolio.site.sheets import MADE_ENDINGS, PICTURE_ENDING

__all__ = ["serve_programme"]


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
    """Serves files, and prints PDF files and pictures when they are asked for. Pages say what keeps an edit from being shown."""

    def __init__(
        self,
        builder: Builder,
        trouble: Trouble,
        request: socket,
        client: tuple[str, int],
        server: BaseServer,
        *,
        directory: str,
    ) -> None:
        self._builder = builder
        self._trouble = trouble
        super().__init__(request, client, server, directory=directory)

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Begin the answer to a request for a file that is printed now, or for any other."""
        path = unquote(urlsplit(self.path).path).lstrip("/")
        made = self._builder.press.one(path) if path.endswith(MADE_ENDINGS) else None
        kind = "image/png" if path.endswith(PICTURE_ENDING) else "application/pdf"
        if made is None and self._trouble.lines:
            made, kind = self._page(), "text/html; charset=utf-8"
        if made is None:
            return super().send_head()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(made)))
        self.end_headers()
        return BytesIO(made)

    def _page(self) -> bytes | None:
        """The page that is asked for, with what is wrong; None if it is something else, or not there."""
        file = Path(self.translate_path(self.path))
        if urlsplit(self.path).path.endswith("/"):
            file /= "index.html"
        return self._trouble.on(file.read_bytes()) if file.suffix == ".html" and file.is_file() else None


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
        say(_built(builder, site))
        trouble = Trouble()
        handler = partial(_PrintingHandler, builder, trouble, directory=str(site))
        try:
            server = ThreadingHTTPServer(("127.0.0.1", port), handler)
        except OSError as error:
            raise WrongUse(f"Port {port} cannot be used ({error.strerror}); name another with --port.") from error
        with server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            say(f"Serving {folder} at http://127.0.0.1:{server.server_address[1]}/ (Ctrl-C stops)")
            try:
                rebuild_on_change(folder, before, partial(_built, builder, site), trouble, say, threading.Event())
            finally:
                server.shutdown()


def _built(builder: Builder, site: Path) -> str:
    start = time.perf_counter()
    report = builder.build(site)
    return f"Built {report.units} profiles, {report.files} files in {time.perf_counter() - start:.2f} s."
