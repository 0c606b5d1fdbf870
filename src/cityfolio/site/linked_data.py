"""What search engines and catalogues of data are told about a page, as JSON-LD in the words of schema.org."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from markupsafe import Markup

from cityfolio.narrative.sentence import plain_text
from cityfolio.profile.document import ProfileDocument
from cityfolio.profile.programme_documents import ProgrammeText, Released, VariableDocument
from cityfolio.profile.surroundings import Surroundings
from cityfolio.site.addresses import canonical_address

__all__ = ["About", "linked_data"]

_Thing: TypeAlias = dict[str, object]
_TYPES = {".csv": "text/csv", ".json": "application/json"}


@dataclass(frozen=True)
class About:
    """The page that is spoken of: its kind, path and language, and the site around it."""

    kind: str
    path: str
    programme: ProgrammeText
    around: Surroundings

    def address(self, path: str) -> str:
        """The full address of a page or file in the language of the page; data files are there once for all."""
        prefix = "" if path.startswith("data/") and not path.endswith(".html") else self.programme.prefix
        return canonical_address(self.around.site_url, f"{prefix}{path}")


def linked_data(about: About, document: object, files: Sequence[Released] = ()) -> Markup:
    """The data block of a page; empty where the address of the site is not known or there is nothing to say.

    Nothing in it can end the block: `<`, `>` and `&` are written as escapes of JSON.
    """
    things = list(_things(about, document, files)) if about.around.site_url else []
    if not things:
        return Markup()
    held = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        held = held.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(held)  # noqa: S704 - nothing in it can be markup any more


def _things(about: About, document: object, files: Sequence[Released]) -> Iterator[_Thing]:
    match document:
        case ProfileDocument():
            yield _profile(about, document)
            yield _crumbs(about, document.name)
        case VariableDocument():
            yield _crumbs(about, document.label)
        case _ if about.kind == "data":
            yield _dataset(about, files)
        case _ if about.kind == "home":
            yield _website(about)
            yield from _publisher(about)


def _profile(about: About, document: ProfileDocument) -> _Thing:
    name = f"{about.programme.title}: {document.name}"
    thing = _described(about, name, plain_text((document.in_short or (document.comparison,))[0]))
    place = ", ".join(part for part in (document.name, document.country) if part)
    return thing | {
        "url": about.address(about.path),
        "temporalCoverage": "/".join(dict.fromkeys((document.waves[0], document.waves[-1]))),
        "spatialCoverage": {"@type": "Place", "name": place},
        "isPartOf": {"@id": about.address("data/index.html") + "#dataset"},
        "distribution": [_download(about, f"cities/{document.unit}.json")],
    }


def _dataset(about: About, files: Sequence[Released]) -> _Thing:
    thing = _described(about, about.programme.title, about.programme.summary)
    # Data that hold changes since the latest release are not those of that version.
    if about.around.latest is not None and not about.around.drafted:
        thing["version"] = about.around.latest.version
    return thing | {
        "@id": about.address("data/index.html") + "#dataset",
        "url": about.address(about.path),
        "distribution": [_download(about, file.path) for file in files],
    }


def _described(about: About, name: str, words: str) -> _Thing:
    thing: _Thing = {
        "@type": "Dataset",
        "name": name,
        "description": words or name,
        "inLanguage": about.programme.language,
        "isAccessibleForFree": True,
    }
    if about.programme.licence:
        thing["license"] = about.programme.licence
    if about.around.data_date:
        thing["dateModified"] = about.around.data_date
    for publisher in _publisher(about):
        thing["creator"] = publisher
    return thing


def _download(about: About, path: str) -> _Thing:
    ending = path[path.rfind(".") :]
    return {
        "@type": "DataDownload",
        "contentUrl": about.address(path),
        "encodingFormat": _TYPES.get(ending, "application/octet-stream"),
    }


def _website(about: About) -> _Thing:
    return {
        "@type": "WebSite",
        "name": about.programme.title,
        "url": about.address(about.path),
        "inLanguage": about.programme.language,
    }


def _publisher(about: About) -> Iterator[_Thing]:
    if about.around.publisher:
        thing: _Thing = {"@type": "Organization", "name": about.around.publisher}
        yield thing | ({"url": about.around.publisher_url} if about.around.publisher_url else {})


def _crumbs(about: About, name: str) -> _Thing:
    places = [(about.programme.title, "index.html"), (name, about.path)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": words, "item": about.address(path)}
            for number, (words, path) in enumerate(places, start=1)
        ],
    }
