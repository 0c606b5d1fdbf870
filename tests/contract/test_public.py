"""What other programs rely on: layers, public names, the command line, and that asking for help costs little."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import cityfolio

PACKAGE = Path(cityfolio.__file__).parent
MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages([str(PACKAGE)], "cityfolio.")
    if not module.name.endswith("__main__")
)
OPTIONAL = {"ibis", "numba", "pyspark"}


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("cityfolio")
    return subprocess.run([str(program), *arguments], capture_output=True, text=True, check=False)


def source_of(module: str) -> ast.Module:
    path = PACKAGE.joinpath(*module.split(".")[1:])
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return ast.parse(file.read_text("utf-8"))


def names_in_all(tree: ast.Module) -> list[str]:
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        if any(isinstance(t, ast.Name) and t.id == "__all__" for t in targets) and isinstance(node, ast.Assign):
            return [str(name) for name in ast.literal_eval(node.value)]
    return []


def needs_what_is_optional(tree: ast.Module) -> bool:
    for node in tree.body:
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if any(name.split(".")[0] in OPTIONAL for name in names):
            return True
    return False


def test_imports_point_down_the_layers() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [str(linter), "--no-cache"], cwd=PACKAGE.parents[1], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("module", MODULES)
def test_all_names_what_a_module_offers(module: str) -> None:
    tree = source_of(module)
    offered = names_in_all(tree)
    assert len(offered) == len(set(offered))
    if needs_what_is_optional(tree):
        return
    loaded = importlib.import_module(module)
    assert [name for name in offered if not hasattr(loaded, name)] == []


@pytest.mark.parametrize("module", MODULES)
def test_nothing_private_is_imported_from_another_module(module: str) -> None:
    private = [
        f"{node.module}.{alias.name}"
        for node in ast.walk(source_of(module))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("cityfolio")
        for alias in node.names
        if alias.name.startswith("_") and not alias.name.startswith("__")
    ]
    assert private == []


def test_the_package_offers_what_it_says() -> None:
    assert [name for name in cityfolio.__all__ if not hasattr(cityfolio, name)] == []
    assert cityfolio.__version__


def test_help_names_every_command() -> None:
    done = command("--help")
    assert done.returncode == 0
    for name in ("new", "check", "build", "serve", "facts"):
        assert f"  {name} " in done.stdout


def test_help_loads_no_heavy_library() -> None:
    program = (
        "import sys; from cityfolio.cli.application import run; code = run(['--help']); "
        "print(sorted({'pydantic', 'jinja2', 'duckdb', 'numpy', 'scipy', 'pyarrow', 'yaml', 'nh3'} & set(sys.modules))); "
        "sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_build_loads_no_library_that_few_builds_need(tmp_path: Path) -> None:
    programme = str(tmp_path / "new")
    assert command("new", programme).returncode == 0
    program = (
        "import sys; from cityfolio.cli.application import run; "
        f"code = run(['build', {programme!r}, '--out', {str(tmp_path / 'site')!r}]); "
        "print(sorted({'duckdb', 'numpy', 'scipy', 'pyarrow', 'weasyprint', 'resvg_py', 'PIL'} & set(sys.modules))); "
        "sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
