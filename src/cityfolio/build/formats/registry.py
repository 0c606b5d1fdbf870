"""Which shape each YAML file of a programme folder has, and by which format number it is read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from cityfolio.build.manifest import ProgrammeFile
from cityfolio.build.surroundings import ReleasesFile
from cityfolio.build.theming import ThemeFile
from cityfolio.harmonise.crosswalk import CrosswalkFile
from cityfolio.instrument.loading import InstrumentFile
from cityfolio.intake.corrections import CorrectionsFile
from cityfolio.intake.importing.mapping import MappingFile
from cityfolio.intake.indicators import IndicatorFile
from cityfolio.narrative.wording_file import WordingFile
from cityfolio.profile.outcomes_plan import OutcomesFile
from cityfolio.profile.plan_file import PlanFile
from cityfolio.profile.recommendations import ActFile
from cityfolio.reading.yaml import Shape
from cityfolio.review.edits import EditsFile

__all__ = ["CURRENT", "FORMATS", "FileFormat", "format_of"]

CURRENT = 1


@dataclass(frozen=True)
class FileFormat:
    """A kind of file: its name, the pattern of its paths, and its shape."""

    name: str
    pattern: str
    shape: type[Shape]

    @property
    def schema_name(self) -> str:
        """The name of its schema's file."""
        return f"{self.name}.schema.json"


FORMATS = (
    FileFormat("programme", "programme.yml", ProgrammeFile),
    FileFormat("instrument", "instruments/*.yml", InstrumentFile),
    FileFormat("mapping", "mappings/*.yml", MappingFile),
    FileFormat("corrections", "corrections.yml", CorrectionsFile),
    FileFormat("crosswalk", "crosswalks/*.yml", CrosswalkFile),
    FileFormat("profile", "profile.yml", PlanFile),
    FileFormat("wording", "wording/*.yml", WordingFile),
    FileFormat("edits", "edits.yml", EditsFile),
    FileFormat("outcomes", "outcomes.yml", OutcomesFile),
    FileFormat("indicator", "indicators/*.yml", IndicatorFile),
    FileFormat("act", "act.yml", ActFile),
    FileFormat("theme", "theme/theme.yml", ThemeFile),
    FileFormat("releases", "releases.yml", ReleasesFile),
)


def format_of(path: str) -> FileFormat | None:
    """The format of a file by its path in the programme folder, or None where it is no YAML file of ours.

    >>> format_of("instruments/2024.yml").name, format_of("notes.yml")
    ('instrument', None)
    """
    found = PurePosixPath(path)
    for one in FORMATS:
        if found.match(one.pattern) and len(found.parts) == len(PurePosixPath(one.pattern).parts):
            return one
    return None
