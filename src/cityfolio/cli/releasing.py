"""cityfolio release prepare, verify and list."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cityfolio.cli.application import app
from cityfolio.cli.building import PROGRAMME, watched

if TYPE_CHECKING:
    from cityfolio.publish.release.change_log import NumberChange

__all__ = ["list_releases", "prepare", "verify"]

_MOST_FACTS = 50  # on the terminal; --out writes all

release = typer.Typer(help="Frozen releases of a programme: prepare, verify and list them.", no_args_is_help=True)
app.add_typer(release, name="release")


@release.command()
def prepare(
    programme: Path = PROGRAMME,
    date: str = typer.Option("", "--date", help="The day of the release, as 2026-05-01.", show_default="today"),
    version: str = typer.Option(
        "",
        "--version",
        help="The version, where it is to be higher than what changed asks for.",
        show_default="derived",
    ),
    title: str = typer.Option("", "--title", help="A title for the list of releases.", show_default="the version"),
    summary: str = typer.Option("", "--summary", help="What changed, in your words.", show_default="found by us"),
    accepted: bool = typer.Option(
        False,
        "--accept-disclosure",
        help="Freeze it although withheld numbers can be worked out from it and earlier releases.",
    ),
) -> None:
    """Freeze the programme as its next release below releases/, and list it in releases.yml."""
    import sys

    from cityfolio.build.collecting import not_collected
    from cityfolio.build.releasing.preparing import ReleaseWish, prepare_release
    from cityfolio.cli.showing import show_findings

    wish = ReleaseWish(date or datetime.now(UTC).date().isoformat(), version, title, summary, accepted)
    with not_collected():
        prepared = prepare_release(programme, wish, watched)
    manifest = prepared.release.manifest
    if not prepared.is_new:
        typer.echo(f"Nothing changed since release {manifest.version}.")
        return
    if prepared.findings:
        show_findings(list(prepared.findings), sys.stdout)
    typer.echo(
        f"Release {manifest.version} of {manifest.date}: {len(manifest.files)} files in {prepared.release.folder}."
    )
    for reason in manifest.reasons:
        typer.echo(f"- {reason}")
    typer.echo(f"sha256 {manifest.content}")


@release.command()
def verify(
    programme: Path = PROGRAMME,
    version: str = typer.Option("", "--version", help="The release.", show_default="the latest"),
    against: str = typer.Option("", "--against", help="Say which facts moved since this release, and by how much."),
    rebuild: bool = typer.Option(True, help="Also make the release again from its inputs, and compare every byte."),
    out: Path = typer.Option(None, "--out", help="With --against: write all moved facts into this file (CSV)."),
) -> None:
    """Check that a release is as it was frozen. Exit code 1 if it is not."""
    import sys

    from cityfolio.build.releasing.frozen import frozen_release
    from cityfolio.build.releasing.verifying import moved_facts, verify_release
    from cityfolio.cli.showing import show_findings
    from cityfolio.publish.release.change_log import changes_csv

    found = frozen_release(programme, version)
    if against:
        moved = moved_facts(found, frozen_release(programme, against))
        _show_moved(moved)
        if out is not None:
            out.write_bytes(changes_csv(moved))
    findings = verify_release(programme, found, watched, rebuild=rebuild)
    if findings:
        show_findings(findings, sys.stdout)
        raise typer.Exit(1)
    done = "every byte comes out of its inputs again" if rebuild else "its inputs are kept"
    typer.echo(f"Release {found.manifest.version}: {len(found.manifest.files)} files are as they were frozen, {done}.")


@release.command("list")
def list_releases(programme: Path = PROGRAMME) -> None:
    """List the releases: version, day, checksum, previous version."""
    from cityfolio.build.releasing.frozen import frozen_releases

    releases = frozen_releases(programme)
    if not releases:
        typer.echo("There is no release yet.")
    for one in releases:
        held = one.manifest
        typer.echo(f"{held.version}  {held.date}  {held.level:<5}  {len(held.files):>5} files  {held.content[:16]}")


def _show_moved(moved: list[NumberChange]) -> None:
    from cityfolio.cli.showing import visible

    changed = [change for change in moved if change.kind == "changed"]
    for change in changed[:_MOST_FACTS]:
        difference = "" if change.difference is None else f"{change.difference:+.6g}"
        before, after = change.before[2] or "nothing", change.after[2] or "nothing"
        typer.echo(visible(f"{change.fact}  {before} -> {after}  {difference}  {change.why}".rstrip()))
    if len(changed) > _MOST_FACTS:
        typer.echo(f"and {len(changed) - _MOST_FACTS} more; --out FILE writes all.")
    new, gone = (sum(change.kind == kind for change in moved) for kind in ("new", "gone"))
    typer.echo(f"{len(changed)} facts moved, {new} are new, {gone} are gone.")
