"""Mutation testing of `tabulate` and `harmonise`, one part after the other, and a table of what was killed.

Run from the top of the repository: `python scripts/mutation.py [PART ...]`. The parts are those below; each is run in a copy of
the tree under `.mutation/`, where mutmut keeps its results, so that a run that was stopped goes on where it was.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

TOP = Path(__file__).parents[1]
WORK = TOP / ".mutation"
COPIED = ("src", "tests", "examples", "pyproject.toml", "README.md", "LICENSE")

# part: what is changed, and the tests that should notice
PARTS = {
    "tables": (
        ["src/cityfolio/tabulate/*.py", "src/cityfolio/harmonise/*.py"],
        [
            "tests/tabulate",
            "tests/harmonise",
            "tests/properties/test_bases.py",
            "tests/properties/test_editions.py",
            "src/cityfolio/tabulate",
            "src/cityfolio/harmonise",
            "--ignore=tests/tabulate/sampling",
            "--ignore=tests/tabulate/disclosure",
            "--ignore=src/cityfolio/tabulate/sampling",
            "--ignore=src/cityfolio/tabulate/disclosure",
        ],
    ),
    "sampling": (
        ["src/cityfolio/tabulate/sampling/*.py"],
        [
            "tests/tabulate/sampling",
            "tests/tabulate/test_releases_and_samples_edges.py",
            "tests/tabulate/test_crossings_and_crosstabs.py",
            "src/cityfolio/tabulate/sampling",
        ],
    ),
    "disclosure": (
        ["src/cityfolio/tabulate/disclosure/*.py"],
        ["tests/tabulate/disclosure", "tests/tabulate/test_releases_and_samples_edges.py", "src/cityfolio/tabulate/disclosure"],
    ),
}  # fmt: skip


def main(parts: list[str]) -> int:
    """Run the parts named, or all, and print the table; 1 if less than nine in ten were killed."""
    for part in parts or PARTS:
        folder = _prepared(part)
        subprocess.run([sys.executable, "-m", "mutmut", "run", "--max-children", "1"], cwd=folder, check=False)
    killed, everything = _table(parts or list(PARTS))
    print(f"all: {killed} of {everything} killed")
    return 0 if killed * 10 >= everything * 9 else 1


def _prepared(part: str) -> Path:
    """A copy of the tree with the configuration of the part; the results of an earlier run stay."""
    folder = WORK / part
    folder.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        source, target = TOP / name, folder / name
        if source.is_dir():
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, target)
    changed, tests = PARTS[part]
    settings = f"""
[tool.mutmut]
source_paths = ["src"]
only_mutate = {changed!r}
also_copy = ["examples"]
pytest_add_cli_args = ["-p", "no:cacheprovider", "-k", "not mutmut or mutmut_orig"]
pytest_add_cli_args_test_selection = {tests!r}
"""
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(settings)
    return folder


def _table(parts: list[str]) -> tuple[int, int]:
    """Print a line for each module, and give how many mutants were killed, of how many that were run."""
    counts: dict[str, Counter[str]] = {}
    for part in parts:
        printed = subprocess.run(
            [sys.executable, "-m", "mutmut", "results", "--all", "true"],
            cwd=WORK / part, capture_output=True, text=True, check=False,
        ).stdout  # fmt: skip
        for line in printed.splitlines():
            name, _, status = line.strip().partition(": ")
            if status and status != "not checked":
                counts.setdefault(name.rsplit(".", 1)[0], Counter())[status] += 1
    for module, found in sorted(counts.items()):
        left = f"{found['survived']} survived, {found['no tests']} without a test"
        print(f"{module}: {_killed(found)} of {found.total()} killed, {left}")
    return sum(map(_killed, counts.values())), sum(found.total() for found in counts.values())


def _killed(found: Counter[str]) -> int:
    """A mutant that makes the tests run on for ever is noticed too."""
    return found["killed"] + found["timeout"]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
