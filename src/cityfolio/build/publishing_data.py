"""Publishing the data alone: every format and the API as files, without the pages."""

from __future__ import annotations

from pathlib import Path

from cityfolio.build.collecting import collected_rarely
from cityfolio.build.facts import all_facts
from cityfolio.build.programme import load_programme
from cityfolio.build.released import released_files
from cityfolio.build.releasing.guarding import guarded, used_by
from cityfolio.build.running import BuildReport
from cityfolio.build.writing import check_output, write_whole

__all__ = ["publish_data"]


def publish_data(folder: Path, out: Path) -> BuildReport:
    """Write data/ and api/ of a programme into `out`, whole or not at all: the same bytes as beside its pages.

    Raises:
        ProgrammeBlocked: if a finding blocks, or the version of the data is that of a frozen release with other data.
        UnsafeOutput: if `out` holds something that cityfolio did not make.
    """
    with collected_rarely():
        check_output(out, folder)
        programme = load_programme(folder)
        store = all_facts(programme)
        files = released_files(programme, store, everything=True)
        number = write_whole(out, guarded(files, used_by(folder, programme.surroundings.around.latest)))
    return BuildReport(0, number, len(store.facts), programme.findings)
