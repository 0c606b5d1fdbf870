"""A block that looks at more states than can be tried is somebody's data, not our crash."""

from __future__ import annotations

from cityfolio.build.programme import check_programme

from ..programmes import ProgrammeFolder


def test_a_block_that_looks_at_too_much_is_a_finding(example: ProgrammeFolder) -> None:
    plan = example.path / "profile.yml"
    areas = ("transport_mobility", "housing", "health", "policing", "tourism", "culture", "blight", "education")
    looked_at = [f"{variable}.{area}: chosen" for variable in ("policy_areas", "data_sufficient") for area in areas]
    wide = "      - {kind: note, id: wide, cases: {all: {" + ", ".join(looked_at) + "}}, silent: [rest]}\n"
    plan.write_text(plan.read_text("utf-8").replace("    blocks:\n", "    blocks:\n" + wide, 1), "utf-8")
    found = [finding for finding in check_programme(example.path) if finding.code == "plan.too-wide"]
    assert [(finding.at.file, finding.facts["states"]) for finding in found] == [("profile.yml", "43,046,721")]
