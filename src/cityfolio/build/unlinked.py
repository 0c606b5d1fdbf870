"""Addresses of a programme that no page can link: the words stand there, and lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from cityfolio.findings import Finding, Place
from cityfolio.site.links import address, contact_address

if TYPE_CHECKING:
    from cityfolio.build.acting import Acting
    from cityfolio.build.manifest import ProgrammeFile
    from cityfolio.profile.editorial import Editorial
    from cityfolio.reading.yaml import Located

__all__ = ["link_findings"]


def link_findings(
    content: ProgrammeFile, located: Located, acting: Acting, editorials: Mapping[str, Mapping[str, Editorial]]
) -> Iterator[Finding]:
    """A finding for each address, and for each contact, that is neither of the web nor of mail."""
    if content.contact and not contact_address(content.contact):
        yield _no_link(located.at("contact"), content.contact)
    if acting.join is not None and acting.join.contact and not contact_address(acting.join.contact):
        yield _no_link(Place("join.md"), acting.join.contact)
    named = [(located.at("publisher", "url"), content.publisher.url)]
    named += [(located.at("sources", n, "url"), source.url) for n, source in enumerate(content.sources)]
    named += [(Place(f"indicators/{one.id}.yml"), one.url) for one in acting.indicators.values()]
    named += [
        (Place(f"recommendations/{card.id}.md"), url) for card in acting.recommendations for _, url in card.sources
    ]
    named += [
        (Place(f"editorial/{unit}.md"), text.url) for unit, texts in editorials.items() for text in texts.values()
    ]
    yield from (_no_link(at, url) for at, url in named if url and not address(url))


def _no_link(at: Place, got: str) -> Finding:
    return Finding("programme.no-link", at, {"got": got})
