"""What a build prints beside its pages: PDF files of profiles and comparisons, pictures of charts and cards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cityfolio.errors import WrongUse
from cityfolio.formatting import did_you_mean
from cityfolio.profile.ready_comparison import comparable
from cityfolio.site.sheets import MOST_COLUMNS
from cityfolio.site.theming import theme_files

if TYPE_CHECKING:
    from cityfolio.build.programme import Programme
    from cityfolio.profile.programme_documents import SiteContent

__all__ = ["NO_PAPERS", "Papers", "check_compared", "shipped_files", "with_papers"]


@dataclass(frozen=True)
class Papers:
    """What is wanted: a `pdf` of each profile, `cards` and pictures of charts, and a PDF file of each of `compared`.

    `on_demand` leads pages to all that can be printed, any comparison too, and prints nothing ahead.
    """

    pdf: bool = False
    cards: bool = False
    compared: tuple[str, ...] = ()
    on_demand: bool = False


NO_PAPERS = Papers()


def with_papers(programme: Programme, papers: Papers) -> Programme:
    """The programme, knowing which PDF files and pictures its pages can lead to."""
    loaded = programme.surroundings
    around = replace(
        loaded.around,
        pdf=papers.pdf or papers.on_demand,
        pictures=papers.cards or papers.on_demand,
        compared=papers.compared,
        compares_any=papers.on_demand,
    )
    return replace(programme, surroundings=replace(loaded, around=around))


def check_compared(content: SiteContent) -> None:
    """See that every comparison that is to be printed can be made.

    Raises:
        WrongUse: if one names something that cannot be compared, or too few or too many.
    """
    known = comparable(content.compare) if content.compare is not None else {}
    for compared in content.around.compared:
        chosen = compared.split(",")
        for one in chosen:
            if one not in known:
                hint = did_you_mean(one, known)
                ask = f' Did you mean "{hint}"?' if hint else ""
                raise WrongUse(f'"{one}" is nothing that this edition compares.{ask}')
        if not 1 < len(set(chosen)) == len(chosen) <= MOST_COLUMNS:
            raise WrongUse(f'A comparison has 2 to {MOST_COLUMNS} columns, each once; "{compared}" has not.')


def shipped_files(programme: Programme) -> dict[str, bytes]:
    """What a PDF file may be made with: logo, typefaces and colours of the programme."""
    return dict((*programme.surroundings.files, *theme_files(programme.surroundings.around.theme)))
