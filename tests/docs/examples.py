"""The good and bad examples of the page about the programme folder, and the findings that each of them gives."""

from __future__ import annotations

import shutil
from pathlib import Path

from cityfolio.build.importing import import_answers
from cityfolio.build.programme import check_programme
from cityfolio.build.scaffold import make_programme
from cityfolio.errors import ProgrammeBlocked
from cityfolio.findings import Finding
from tests.docs.pages import DOCS, Block, blocks_of, edited

__all__ = ["EXAMPLES", "findings_of"]

EXAMPLES = [block for block in blocks_of(DOCS / "reference" / "programme-folder.md") if block.remark[0]]
_RESULTS = "City,Plan,Trees planted,Trees mapped\nAlder,Yes,x,\nBirch,No,,x\n"


def findings_of(example: Block, folder: Path) -> list[Finding]:
    """What the example adds to the findings about the programme that `cityfolio new` makes; `folder` is not there yet."""
    make_programme(folder)
    path = folder / example.remark[1]
    path.parent.mkdir(exist_ok=True)
    change = example.lines[1:]
    content = (
        edited(path.read_text(encoding="utf-8"), change) if example.language == "diff" else "\n".join(change) + "\n"
    )
    if path.parent.name == "editorial":
        _with_a_slot(folder / "profile.yml")
    if path.parent.name == "indicators":
        path.with_suffix(".csv").write_text("unit,value\nalder-aa,31\nbirch-aa,12\n", encoding="utf-8")
    before = check_programme(folder)
    path.write_text(content, encoding="utf-8")
    if "drafted" in content:
        words = folder / "wording" / "en.yml"
        case = "  has_plan:\n"
        drafted = f'{case}    drafted: "{{unit.subject}} has drafted a plan for its trees, {{has_plan.same}}."\n'
        words.write_text(words.read_text(encoding="utf-8").replace(case, drafted, 1), encoding="utf-8")
    found = _imported(folder, path.stem) if path.parent.name == "mappings" else check_programme(folder)
    return [finding for finding in found if finding not in before]


def _imported(folder: Path, wave: str) -> list[Finding]:
    """A mapping is read where answers are imported by it."""
    results = folder.with_name(f"{folder.name}-results.csv")
    results.write_text(_RESULTS, encoding="utf-8")
    shutil.rmtree(folder / "responses")
    try:
        import_answers(folder, results, wave)
    except ProgrammeBlocked as blocked:
        return list(blocked.findings)
    return []


def _with_a_slot(plan: Path) -> None:
    """The page gives the plan its slot in an example of its own; it is made here once more for those that need it."""
    [slot] = [block for block in EXAMPLES if block.remark[1] == plan.name and "kind: editorial" in block.lines[-1]]
    plan.write_text(edited(plan.read_text(encoding="utf-8"), slot.lines[1:]), encoding="utf-8")
