"""From the questionnaire of a recurring city survey to a public profile of every city.

>>> import cityfolio
>>> sorted(cityfolio.__all__)[:3]
['Base', 'BuildReport', 'CityfolioError']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cityfolio.build.programme import check_programme
    from cityfolio.build.project import Project, open_project
    from cityfolio.build.running import BuildReport, build_site
    from cityfolio.build.scaffold import make_programme
    from cityfolio.errors import CityfolioError, ProgrammeBlocked, WrongUse
    from cityfolio.findings import Finding, Place, Severity
    from cityfolio.model.edition import Edition, Group
    from cityfolio.model.fact import Base, Fact, FactKey
    from cityfolio.model.missing import Missing
    from cityfolio.profile.document import ProfileDocument
    from cityfolio.tabulate.table import Table

__version__ = "0.1.0"

__all__ = [
    "Base",
    "BuildReport",
    "CityfolioError",
    "Edition",
    "Fact",
    "FactKey",
    "Finding",
    "Group",
    "Missing",
    "Place",
    "ProfileDocument",
    "ProgrammeBlocked",
    "Project",
    "Severity",
    "Table",
    "WrongUse",
    "__version__",
    "build_site",
    "check_programme",
    "make_programme",
    "open_project",
]

_HOMES = {
    "build.programme": ("check_programme",),
    "build.project": ("Project", "open_project"),
    "build.running": ("BuildReport", "build_site"),
    "build.scaffold": ("make_programme",),
    "errors": ("CityfolioError", "ProgrammeBlocked", "WrongUse"),
    "findings": ("Finding", "Place", "Severity"),
    "model.edition": ("Edition", "Group"),
    "model.fact": ("Base", "Fact", "FactKey"),
    "model.missing": ("Missing",),
    "profile.document": ("ProfileDocument",),
    "tabulate.table": ("Table",),
}


def __getattr__(name: str) -> object:
    """The public names, imported when they are first asked for: the command line's help needs none of them."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"cityfolio.{home}"), name)
    raise AttributeError(f"cityfolio has no {name}")
