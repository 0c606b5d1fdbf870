"""Makes the files of a release from its inputs alone, so that the same inputs give the same bytes on any day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cityfolio import __version__
from cityfolio.build.facts import all_facts
from cityfolio.build.programme import Programme, load_programme
from cityfolio.build.publishing import dataset_of
from cityfolio.build.releasing.frozen import SITE, FrozenRelease
from cityfolio.build.releasing.kept_inputs import input_files
from cityfolio.build.running import Builder, Watch
from cityfolio.build.writing import MARKER
from cityfolio.publish.codebook import codebook_json
from cityfolio.publish.csv_files import table_csv
from cityfolio.publish.dataset import Dataset
from cityfolio.publish.facts import facts_csv
from cityfolio.publish.release.change_log import changes_csv, number_changes
from cityfolio.publish.release.judging import Judgement, Reason, judged, new_corrections
from cityfolio.publish.release.manifest import MANIFEST, KeptFile, ReleaseManifest, content_id, kept_file, manifest_json
from cityfolio.publish.release.papers import changes_page
from cityfolio.publish.release.provenance import Origin, provenance_json
from cityfolio.publish.release.renaming import with_ids_of
from cityfolio.publish.release.state import Comparison, ReleaseState, state_of
from cityfolio.publish.released_tables import corrections_table, responses_table, units_table
from cityfolio.publish.standards.citation import citation_bibtex, citation_sentence

__all__ = ["Candidate", "candidate_of", "release_files", "software"]


def software() -> str:
    """The software with its version."""
    return f"cityfolio {__version__}"


@dataclass(frozen=True)
class Candidate:
    """A programme as it could be released: its state, and what changed since the release before."""

    programme: Programme
    dataset: Dataset
    state: ReleaseState
    previous: FrozenRelease | None
    judgement: Judgement | None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why the version is what it is; none for a first release."""
        return self.judgement.reasons if self.judgement is not None else ()


def candidate_of(folder: Path, previous: FrozenRelease | None) -> Candidate:
    """The programme in a folder, compared with the release before.

    Raises:
        ProgrammeBlocked: if a finding blocks.
    """
    programme = load_programme(folder)
    dataset = dataset_of(programme, all_facts(programme))
    state = _state(programme, dataset)
    return Candidate(programme, dataset, state, previous, judged(previous.state, state) if previous else None)


def _state(programme: Programme, dataset: Dataset) -> ReleaseState:
    files = {
        "codebook.json": codebook_json(dataset),
        "facts.csv": facts_csv(dataset.facts),
        "units.csv": table_csv(units_table(dataset)),
        "responses.csv": table_csv(responses_table(dataset)),
        "corrections.csv": table_csv(corrections_table(dataset)),
    }
    comparisons = tuple(
        Comparison(crosswalk.earlier, crosswalk.later, c.variable, c.category, c.change, c.comparability)
        for crosswalk in programme.crosswalks
        for c in crosswalk.changes
    )
    state = state_of(files, comparisons, {name: edition.waves for name, edition in dataset.editions.items()})
    return replace(state, moved=programme.surroundings.around.moved)


def release_files(
    folder: Path, previous: FrozenRelease | None, work: Path, watch: Watch
) -> Iterator[tuple[str, bytes]]:
    """Every file of the release of the programme in `folder`, whose releases.yml names its version and date.

    `work` is an empty folder for the site on its way; `previous` the release before, whose numbers pages and papers compare.
    """
    site = work / SITE
    since = previous.folder / SITE if previous is not None else None
    Builder(folder, everything=True, at_once=True, since=since).build(site, watch)
    held: list[KeptFile] = []
    for path in sorted(site.rglob("*")):
        if path.is_file() and path.name != MARKER:
            content = path.read_bytes()
            held.append(kept_file(f"{SITE}/{path.relative_to(site).as_posix()}", content))
            yield f"{SITE}/{path.relative_to(site).as_posix()}", content
    candidate = candidate_of(folder, previous)
    inputs = input_files(folder)
    for name, content in _papers(candidate, inputs, held):
        held.append(kept_file(name, content))
        yield name, content
    yield MANIFEST, manifest_json(_manifest(candidate, inputs, held))


def _papers(candidate: Candidate, inputs: Sequence[KeptFile], held: Sequence[KeptFile]) -> Iterator[tuple[str, bytes]]:
    dataset = candidate.dataset
    before = with_ids_of(candidate.state, candidate.previous.state) if candidate.previous is not None else None
    changes = list(number_changes(before, candidate.state)) if before is not None else []
    publisher = dataset.publisher or f"The makers of {dataset.title}"
    origin = Origin(dataset.id, dataset.version, dataset.date, publisher, software())
    corrections = new_corrections(before, candidate.state) if before is not None else candidate.state.corrections
    yield "CHANGES.md", changes_page(dataset, candidate.judgement, changes, corrections)
    yield "changes.csv", changes_csv(changes)
    yield "CITATION.txt", f"{citation_sentence(dataset)}\n\n{citation_bibtex(dataset)}\n".encode()
    yield "provenance.json", provenance_json(origin, inputs, held)


def _manifest(candidate: Candidate, inputs: Sequence[KeptFile], held: Sequence[KeptFile]) -> ReleaseManifest:
    dataset, judgement = candidate.dataset, candidate.judgement
    latest = candidate.programme.surroundings.around.latest
    return ReleaseManifest(
        programme=dataset.id,
        title=dataset.title,
        version=dataset.version,
        date=dataset.date,
        level=judgement.level.name.lower() if judgement else "first",
        reasons=tuple(reason.words for reason in candidate.reasons),
        summary=latest.summary if latest is not None else "",
        citation=citation_sentence(dataset),
        previous=candidate.previous.manifest.version if candidate.previous is not None else "",
        software=software(),
        content=content_id(held),
        editions=dict(candidate.state.editions),
        comparisons=candidate.state.comparisons,
        inputs=tuple(inputs),
        files=tuple(sorted(held)),
    )
