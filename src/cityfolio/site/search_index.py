"""What the search page searches: units, groups, questions, answers and texts, each with the page that it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from cityfolio.profile.document import EditorialBlock
from cityfolio.site.data_scripts import data_script

if TYPE_CHECKING:
    from cityfolio.profile.programme_documents import SiteContent

__all__ = ["Found", "search_index", "search_script"]


@dataclass(frozen=True)
class Found:
    """Something to find: its kind, title and page below the site, what it is part of, and further words it is found by."""

    kind: str
    title: str
    page: str
    within: str = ""
    words: str = ""


def search_index(content: SiteContent) -> Iterator[Found]:
    """Everything that can be found on a site, in the order of its pages."""
    yield from _units(content)
    for group in content.groups:
        yield Found("group", group.label, f"groups/{group.address}/index.html", group.kind)
    yield from _questions(content)
    yield from _texts(content)


def search_script(content: SiteContent) -> tuple[str, bytes]:
    """The index of one language as a script: its path, and entries of kind, title, page, part and words."""
    entries = [[f.kind, f.title, f.page, f.within, f.words] for f in search_index(content)]
    return "search/words.js", data_script("search/words", entries)


def _units(content: SiteContent) -> Iterator[Found]:
    pages = {profile.unit for profile in content.profiles}
    for region in content.home.directory.regions:
        for country in region.countries:
            for unit in country.units:
                if unit.unit in pages:
                    yield Found("unit", unit.name, f"cities/{unit.unit}/index.html", country.label, unit.also)


def _questions(content: SiteContent) -> Iterator[Found]:
    for variable in content.variables:
        page = f"variables/{variable.variable}/index.html"
        words = " ".join(dict.fromkeys([*(wording for _, wording in variable.wordings), variable.help]))
        yield Found("question", variable.label, page, "", words.strip())
        for row in variable.rows:
            yield Found("answer", row.label, page, variable.label, row.help)


def _texts(content: SiteContent) -> Iterator[Found]:
    for profile in content.profiles:
        for section in profile.sections:
            for block in section.blocks:
                if isinstance(block, EditorialBlock):
                    words = _plain(block.html)
                    yield Found(
                        "text", block.title, f"cities/{profile.unit}/index.html#{section.id}", profile.name, words
                    )
    if content.act is not None:
        groups = (group for _, tags in content.act.families for group in tags)
        cards = [*(card for group in groups for card in group.cards), *content.act.untagged]
        for card in {card.id: card for card in cards}.values():
            words = f"{card.summary} {_plain(card.html)}".strip()
            yield Found("text", card.title, f"act/index.html#card-{card.id}", "", words)


def _plain(html: str) -> str:
    """The text of HTML that was made safe before; it stands in data only, and is shown as text."""
    return Markup(html).striptags()  # noqa: S704 - the tags are taken out
