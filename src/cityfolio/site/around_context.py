"""What the templates are given of the site around a page: addresses, look, data for machines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from cityfolio.profile.programme_documents import ProgrammeText
from cityfolio.profile.surroundings import Surroundings
from cityfolio.site.addresses import canonical_address, root_path
from cityfolio.site.around_pages import NOT_FOUND
from cityfolio.site.card import card_text, draw_card
from cityfolio.site.chart_picture import draw_chart
from cityfolio.site.corrections import correction_address
from cityfolio.site.first_screen import first_style_of
from cityfolio.site.linked_data import About, linked_data
from cityfolio.site.links import links_from
from cityfolio.site.theming import theme_icon, theme_version

__all__ = ["AroundPages"]


@dataclass(frozen=True)
class AroundPages:
    """What is around all pages of a site: a change of it changes all of them."""

    surroundings: Surroundings

    def names(self, kind: str, path: str, programme: ProgrammeText) -> Mapping[str, object]:
        """The names that templates know it by."""
        around = self.surroundings
        return {
            "around": around,
            "canonical": partial(self._address, programme, programme.language),
            "canonical_in": partial(self._address, programme),
            "icon": theme_icon(around.theme),
            "theme_version": theme_version(around.theme),
            "first_style": first_style_of(kind, around.theme),
            "linked_data": partial(linked_data, About(kind, path, programme, around)),
            "correction": correction_address,
            "draw_chart": draw_chart,
            "draw_card": draw_card,
            "card_text": card_text,
        }

    def _address(self, programme: ProgrammeText, language: str, path: str) -> str:
        return canonical_address(self.surroundings.site_url, f"{programme.prefix_of(language)}{path}")

    def links(self, path: str, folder: str = "") -> Callable[[str], str]:
        """The links of a page, to what stands below `folder`, its language's.

        A page for wrong addresses is shown at any depth, so its links begin at the top.
        """
        if path.rpartition("/")[2] == NOT_FOUND:
            return partial(_from_top, root_path(self.surroundings.site_url) + folder)
        return links_from(path)


def _from_top(root: str, target: str) -> str:
    return root + links_from("index.html")(target)
