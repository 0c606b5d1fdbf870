"""Releases: frozen, never used twice, and made again from their inputs byte for byte."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from prov.model import ProvActivity, ProvDocument, ProvEntity
from pyreadstat import read_sav

from cityfolio.build.releasing.frozen import frozen_release, frozen_releases
from cityfolio.build.releasing.preparing import ReleaseWish, prepare_release
from cityfolio.build.releasing.verifying import moved_facts, verify_release
from cityfolio.build.running import build_site, publish_site
from cityfolio.build.scaffold import make_programme
from cityfolio.build.watching import fingerprint
from cityfolio.build.writing import check_output
from cityfolio.cli.application import run
from cityfolio.errors import ProgrammeBlocked, UnsafeOutput, WrongUse
from tests.programmes import ProgrammeFolder, held_in, rows_of


def prepared(folder: Path, date: str, version: str = "") -> str:
    """Prepare a release and give its version."""
    return prepare_release(folder, ReleaseWish(date, version), lambda files, _: files).release.manifest.version


def codes(blocked: pytest.ExceptionInfo[ProgrammeBlocked]) -> list[str]:
    return [finding.code for finding in blocked.value.findings]


@pytest.fixture(scope="session")
def two_releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small programme, released, corrected in one answer, and released again. Not to be changed."""
    folder = ProgrammeFolder(tmp_path_factory.mktemp("releases") / "green")
    make_programme(folder.path)
    assert prepared(folder.path, "2026-05-01") == "1.0.0"
    folder.swap("responses/2024.csv", "planting mapping", "planting")
    assert prepared(folder.path, "2026-06-01") == "1.1.0"
    return folder.path


@pytest.fixture
def released(two_releases: Path, tmp_path: Path) -> ProgrammeFolder:
    """A copy of the programme with its releases."""
    return ProgrammeFolder.copy_of(two_releases, tmp_path / "green")


def test_a_release_holds_what_publish_makes_with_checksums_of_files_and_inputs(two_releases: Path) -> None:
    folder = two_releases / "releases" / "1.0.0"
    manifest = json.loads((folder / "release.json").read_text("utf-8"))
    held = {path for path in held_in(folder) if not path.endswith(".cityfolio")} - {"release.json"}
    assert held == {file["path"] for file in manifest["files"]}
    assert {"site/index.html", "site/data/facts.csv", "site/data/responses.sav", "site/api/v1/index.json"} <= held
    assert {"CHANGES.md", "changes.csv", "CITATION.txt", "provenance.json"} <= held
    kept = {path.name for path in (two_releases / "releases" / "inputs").iterdir()}
    assert {file["sha256"] for file in manifest["inputs"]} <= kept
    assert {"programme.yml", "releases.yml", "responses/2024.csv"} <= {file["path"] for file in manifest["inputs"]}


def test_version_and_date_stand_in_every_description_and_in_what_stamps_a_time(two_releases: Path) -> None:
    site = two_releases / "releases" / "1.1.0" / "site"
    data = site / "data"
    assert json.loads((data / "datapackage.json").read_text("utf-8"))["version"] == "1.1.0"
    assert json.loads((data / "dcat.jsonld").read_text("utf-8"))["dct:issued"]["@value"] == "2026-06-01"
    assert json.loads((data / "croissant.json").read_text("utf-8"))["version"] == "1.1.0"
    assert 'date-released: "2026-06-01"' in (data / "CITATION.cff").read_text("utf-8")
    _, about = read_sav(data / "responses.sav", metadataonly=True)
    assert about.creation_time is not None
    assert about.creation_time.date().isoformat() == "2026-06-01"
    # Stata stamps its header, a workbook its properties; the parts of its archive bear the oldest day there is.
    assert b"01 Jun 2026 00:00" in (data / "responses.dta").read_bytes()[:600]
    with zipfile.ZipFile(data / "responses.xlsx") as book:
        assert b">2026-06-01T00:00:00Z</dcterms:created>" in book.read("docProps/core.xml")
        assert {part.date_time[0] for part in book.infolist()} == {1980}
    assert "Data of release 1.1.0, 2026-06-01." in (site / "index.html").read_text("utf-8")


def test_both_releases_are_made_again_from_their_inputs_byte_for_byte(two_releases: Path) -> None:
    for release in frozen_releases(two_releases):
        assert verify_release(two_releases, release, lambda files, _: files) == []


def test_the_change_log_says_which_numbers_moved_by_how_much_and_why(two_releases: Path) -> None:
    first, second = frozen_releases(two_releases)
    moved = {change.fact: change for change in moved_facts(second, first)}
    change = moved["2024.measures.mapping.all.share"]
    assert (change.before, change.after) == (("1", "1", "1"), ("0", "1", "0"))
    unexplained = "answers are others than before, and no correction says why"
    assert (change.difference, change.why) == (-1.0, unexplained)
    listed = list(rows_of(second.folder / "changes.csv"))
    assert [row["fact"] for row in listed] == list(moved)
    page = (second.folder / "CHANGES.md").read_text("utf-8")
    assert "- Answers of a response are others than before: alder-aa 2024." in page
    assert f"| `2024.measures.mapping.all.share` | 1 of 1 | 0 of 1 | -1 | {unexplained} |" in page
    assert second.manifest.reasons[0] == "Answers of a response are others than before: alder-aa 2024."


@pytest.mark.parametrize(("kind", "old", "new"), [("unit", "alder-aa", "aspen-aa"), ("variable", "has_plan", "plan")])
def test_an_id_that_is_another_now_is_told_once_and_no_number_is_gone_or_new(
    released: ProgrammeFolder, kind: str, old: str, new: str
) -> None:
    released.rename(old, new)
    released.write("moved.csv", f"kind,old,new\n{kind},{old},{new}\n")
    assert prepared(released.path, "2026-07-01") == "2.0.0"
    release = frozen_release(released.path, "2.0.0")
    assert release.manifest.reasons == (
        f"An id is another now, and addresses with the old one lead on: {old} (now {new}).",
    )
    assert list(rows_of(release.folder / "changes.csv")) == []


def test_a_correction_is_the_reason_of_the_numbers_that_it_moved_and_of_no_other(released: ProgrammeFolder) -> None:
    about = 'reason: "A plan | was found.", by: Kim Example, date: 2026-06-20'
    entry = f"  - {{wave: 2022, unit: birch-aa, variable: has_plan, from: no, to: yes, {about}}}"
    released.write("corrections.yml", f"format: 1\ncorrections:\n{entry}\n")
    released.swap("responses/2022.csv", "alder-aa,120000", "alder-aa,121000")
    assert prepared(released.path, "2026-07-01") == "1.2.0"
    release = frozen_release(released.path, "1.2.0")
    why = {row["fact"]: row["why"] for row in rows_of(release.folder / "changes.csv")}
    said = "answers were corrected (birch-aa 2022 has_plan, 2026-06-20: A plan | was found.)"
    assert why["2022.has_plan.yes.all.share"] == why["2022-2024.has_plan.yes.all.share"] == said
    # Birch was routed past this question by its answer; the correction explains that too.
    assert why["2022.measures._.all.answered"] == said
    assert why["2022.population._.all.sum"] == "answers are others than before, and no correction says why"
    page = (release.folder / "CHANGES.md").read_text("utf-8")
    assert "| 2026-06-20 | birch-aa 2022 has\\_plan | no | yes | A plan \\| was found. |" in page
    assert release.manifest.reasons[:2] == (
        "Answers of a response were corrected, as corrections.csv says: birch-aa 2022.",
        "Answers of a response are others than before: alder-aa 2022.",
    )
    assert verify_release(released.path, release, lambda files, _: files) == []
    held = held_in(release.folder)
    assert [name for name, content in held.items() if b"Kim Example" in content] == []
    (used,) = [file for file in release.manifest.inputs if file.path == "corrections.yml"]
    pairs = json.loads(held["provenance.json"])["wasDerivedFrom"].values()
    assert {"prov:generatedEntity": ":answers", "prov:usedEntity": f"in:{used.path}"} in pairs


def test_the_provenance_is_prov_and_leads_from_every_file_to_the_inputs(two_releases: Path) -> None:
    release = frozen_release(two_releases, "1.1.0")
    document = ProvDocument.deserialize(content=(release.folder / "provenance.json").read_bytes(), format="json")
    entities = {record.label for record in document.get_records(ProvEntity)}
    assert {file.path for file in release.manifest.inputs} <= entities
    assert {file.path for file in release.manifest.files} - entities == {"provenance.json"}
    assert len(list(document.get_records(ProvActivity))) == 3
    raw = json.loads((release.folder / "provenance.json").read_text("utf-8"))
    pairs = [(d["prov:generatedEntity"], d["prov:usedEntity"]) for d in raw["wasDerivedFrom"].values()]
    assert ("out:site/data/facts.csv", ":facts") in pairs
    assert (":facts", ":answers") in pairs
    assert (":answers", "in:responses/2024.csv") in pairs
    made = {one["prov:entity"] for one in raw["wasGeneratedBy"].values()}
    assert {source for source, _ in pairs} == made


def test_a_used_version_is_refused_for_other_files(released: ProgrammeFolder, tmp_path: Path) -> None:
    released.swap("responses/2024.csv", "planting", "mapping")
    before = held_in(released.path)
    with pytest.raises(ProgrammeBlocked) as blocked:
        prepared(released.path, "2026-07-01", "1.1.0")
    assert codes(blocked) == ["release.used"]
    with pytest.raises(ProgrammeBlocked) as blocked:
        publish_site(released.path, tmp_path / "site")
    assert codes(blocked) == ["release.other-bytes"]
    assert not (tmp_path / "site").exists()
    assert held_in(released.path) == before
    assert run(["release", "prepare", str(released.path), "--version", "1.1.0"]) == 1


def test_a_site_may_be_looked_at_before_and_says_that_it_is_no_release(
    released: ProgrammeFolder, tmp_path: Path
) -> None:
    released.swap("responses/2024.csv", "planting", "mapping")
    build_site(released.path, tmp_path / "site")
    said = "Release 1.1.0 of 2026-06-01, with changes that are not released yet."
    assert said in (tmp_path / "site" / "index.html").read_text("utf-8")


def test_a_version_below_what_changed_is_refused_and_a_higher_one_taken(released: ProgrammeFolder) -> None:
    released.swap("responses/2024.csv", "planting", "mapping")
    with pytest.raises(ProgrammeBlocked) as blocked:
        prepared(released.path, "2026-07-01", "1.1.1")
    assert codes(blocked) == ["release.too-low"]
    with pytest.raises(ProgrammeBlocked) as blocked:
        prepared(released.path, "2026-07-01", "summer")
    assert codes(blocked) == ["release.no-version"]
    assert prepared(released.path, "2026-07-01", "2.0.0") == "2.0.0"


def test_a_release_that_waits_in_the_list_is_the_one_that_is_prepared(released: ProgrammeFolder) -> None:
    released.swap("responses/2024.csv", "planting", "mapping")
    released.add("releases.yml", "  - {version: 1.4.0, date: 2026-08-01, title: Summer}")
    assert prepared(released.path, "2026-07-01") == "1.4.0"
    manifest = frozen_release(released.path, "1.4.0").manifest
    assert (manifest.date, manifest.previous) == ("2026-08-01", "1.1.0")


def test_nothing_is_released_where_nothing_changed(two_releases: Path) -> None:
    before = held_in(two_releases)
    done = prepare_release(two_releases, ReleaseWish("2027-01-01"), lambda files, _: files)
    assert (done.is_new, done.release.manifest.version) == (False, "1.1.0")
    assert held_in(two_releases) == before


def test_a_published_site_keeps_earlier_releases_and_leads_to_them(two_releases: Path, tmp_path: Path) -> None:
    publish_site(two_releases, tmp_path / "site")
    old = (tmp_path / "site" / "releases" / "1.0.0" / "data" / "facts.csv").read_bytes()
    assert old == (two_releases / "releases" / "1.0.0" / "site" / "data" / "facts.csv").read_bytes()
    page = (tmp_path / "site" / "data" / "index.html").read_text("utf-8")
    assert 'href="../releases/1.0.0/data/facts.csv"' in page
    assert 'href="../releases/1.1.0/CHANGES.md"' in page


def test_an_altered_lost_or_foreign_file_and_a_lost_input_are_found(released: ProgrammeFolder) -> None:
    release = frozen_release(released.path, "1.0.0")
    (release.folder / "CITATION.txt").write_text("Cite me.", "utf-8")
    (release.folder / "site" / "index.html").unlink()
    (release.folder / "site" / "more.txt").write_text("More.", "utf-8")
    shutil.rmtree(released.path / "releases" / "inputs")
    found = verify_release(released.path, release, lambda files, _: files)
    assert {(f.code, f.at.file.removeprefix("releases/1.0.0/")) for f in found if f.code != "release.input-lost"} == {
        ("release.altered", "CITATION.txt"),
        ("release.file-lost", "site/index.html"),
        ("release.foreign-file", "site/more.txt"),
    }
    assert len([f for f in found if f.code == "release.input-lost"]) == len(release.manifest.inputs)


def test_a_file_that_does_not_come_out_again_is_found_even_if_its_checksum_was_adapted(
    released: ProgrammeFolder,
) -> None:
    release = frozen_release(released.path, "1.0.0")
    path = release.folder / "release.json"
    path.write_bytes(path.read_bytes().replace(b'"title": "Green streets"', b'"title": "Grey streets"'))
    found = verify_release(released.path, frozen_release(released.path, "1.0.0"), lambda files, _: files)
    assert [(f.code, f.at.file) for f in found] == [("release.not-rebuilt", "releases/1.0.0/release.json")]


def test_a_release_whose_earlier_one_is_lost_says_so(released: ProgrammeFolder) -> None:
    shutil.rmtree(released.path / "releases" / "1.0.0")
    found = verify_release(released.path, frozen_release(released.path, ""), lambda files, _: files)
    assert [f.code for f in found] == ["release.previous-lost"]


def test_a_frozen_release_is_no_place_for_a_site(two_releases: Path) -> None:
    for place in ("releases/1.0.0", "releases/1.0.0/site"):
        with pytest.raises(UnsafeOutput, match="frozen release"):
            check_output(two_releases / place, Path("elsewhere"))


def test_the_server_does_not_look_at_frozen_releases(two_releases: Path) -> None:
    assert not [name for name, _, _ in fingerprint(two_releases) if "/releases/" in name]


def test_what_is_asked_for_wrongly_is_said(two_releases: Path, small: ProgrammeFolder) -> None:
    with pytest.raises(WrongUse, match="no day of a release"):
        prepared(two_releases, "1 May")
    with pytest.raises(WrongUse, match=r"There is no release 3\.0\.0\. The programme has: 1\.0\.0, 1\.1\.0"):
        frozen_release(two_releases, "3.0.0")
    with pytest.raises(WrongUse, match="no release yet"):
        frozen_release(small.path, "")
