"""cityfolio check, build, publish and serve."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import typer

from cityfolio.cli.application import app

__all__ = ["build", "check", "publish", "serve", "watched"]

_MANY = 400  # files; fewer are written before a bar could be read

PROGRAMME = typer.Argument(help="The programme folder.", show_default=False)
PDF = typer.Option(False, "--pdf", help="Print a PDF file of each profile too.")
CARDS = typer.Option(False, "--cards", help="Draw a PNG picture of each chart and a card of each profile too.")
COMPARE = typer.Option(
    [],
    "--compare",
    help="Print a PDF file of a comparison, named as in its address (busan-kor,seoul-kor); may be given again.",
    show_default=False,
)


class FindingsFormat(StrEnum):
    """How findings are written."""

    text = "text"
    json = "json"


@app.command()
def check(
    programme: Path = PROGRAMME,
    format: FindingsFormat = typer.Option(FindingsFormat.text, help="For people or for machines."),  # noqa: A002
) -> None:
    """Print all findings about a programme. Exit code 1 if any of them blocks."""
    from cityfolio.build.programme import check_programme
    from cityfolio.cli.showing import findings_json, show_findings
    from cityfolio.findings import any_blocks

    findings = check_programme(programme)
    if format is FindingsFormat.json:
        typer.echo(findings_json(findings))
    else:
        show_findings(findings, sys.stdout)
    if any_blocks(findings):
        raise typer.Exit(1)


@app.command()
def build(
    programme: Path = PROGRAMME,
    out: Path = typer.Option(
        ..., "--out", help="The folder for the site; replaced whole or not at all.", show_default=False
    ),
    edition: str = typer.Option(
        None, "--edition", help="The edition of the pages.", show_default="the default edition"
    ),
    since: Path = typer.Option(
        None,
        "--since",
        help="An earlier site or release: pages say which of their numbers changed.",
        show_default=False,
    ),
    pdf: bool = PDF,
    cards: bool = CARDS,
    compare: list[str] = COMPARE,
) -> None:
    """Build the site of a programme."""
    from cityfolio.build.collecting import not_collected
    from cityfolio.build.papers import Papers
    from cityfolio.build.running import build_site
    from cityfolio.cli.showing import summary

    with not_collected():
        report = build_site(programme, out, edition, watched, since, Papers(pdf, cards, tuple(compare)))
    typer.echo(
        f"{report.units} profiles, {report.facts} facts, {report.files} files in {out}. {summary(report.findings)}"
    )


@app.command()
def publish(
    programme: Path = PROGRAMME,
    out: Path = typer.Option(
        ..., "--out", help="The folder for the release; replaced whole or not at all.", show_default=False
    ),
    edition: str = typer.Option(
        None, "--edition", help="The edition of the pages.", show_default="the default edition"
    ),
    data_only: bool = typer.Option(False, "--data-only", help="Write data and API alone, without the pages."),
    pdf: bool = PDF,
    cards: bool = CARDS,
    compare: list[str] = COMPARE,
) -> None:
    """Build the site with every format of its data, and the API as static files."""
    from cityfolio.build.collecting import not_collected
    from cityfolio.build.papers import NO_PAPERS, Papers
    from cityfolio.build.publishing_data import publish_data
    from cityfolio.build.running import publish_site
    from cityfolio.cli.showing import summary
    from cityfolio.errors import WrongUse

    papers = Papers(pdf, cards, tuple(compare))
    if data_only and papers != NO_PAPERS:
        raise WrongUse("Data alone has no pages to print. Leave out --data-only, or --pdf, --cards and --compare.")
    if data_only:
        with not_collected():
            report = publish_data(programme, out)
        typer.echo(f"{report.facts} facts, {report.files} files in {out}. {summary(report.findings)}")
        return
    with not_collected():
        report = publish_site(programme, out, edition, watched, papers)
    typer.echo(
        f"{report.units} profiles, {report.facts} facts, {report.files} files in {out}. {summary(report.findings)}"
    )


@app.command()
def serve(
    programme: Path = PROGRAMME,
    port: int = typer.Option(8000, min=0, max=65535, help="The port on this machine; 0 takes any that is free."),
    edition: str = typer.Option(
        None, "--edition", help="The edition of the pages.", show_default="the default edition"
    ),
    api: bool = typer.Option(False, "--api", help="Serve the API too, below /api/v1/."),
) -> None:
    """Build a programme, serve it on this machine only, and build again when a file changes."""
    import signal

    from cityfolio.cli.showing import visible

    if api:
        from cityfolio.build.serving_api import serve_with_api as serve_programme
    else:
        from cityfolio.build.serving import serve_programme

    # A polite stop by another program cleans up like Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        serve_programme(programme, port, edition, lambda words: typer.echo(visible(words)))
    except KeyboardInterrupt:
        # The one way to end a server is no failure.
        typer.echo("Stopped.")


def watched(files: Iterator[tuple[str, bytes]], about: int) -> Iterator[tuple[str, bytes]]:
    """The files, with a bar on the terminal where there are many and somebody is looking."""
    if about < _MANY or not sys.stderr.isatty():
        yield from files
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(files, "Writing pages", total=about, console=Console(stderr=True), transient=True)
