"""The dataset of a programme: what its released files are made from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cityfolio.build.anonymity import likeness_of
from cityfolio.harmonise.grouping import group_labels
from cityfolio.model.edition import ALL
from cityfolio.model.missing import Missing
from cityfolio.publish.dataset import Dataset, Translation
from cityfolio.site.links import bare_contact

if TYPE_CHECKING:
    from cityfolio.build.programme import Programme
    from cityfolio.tabulate.facts import FactStore

__all__ = ["dataset_of", "missing_meanings", "published_files", "translations_of"]


def dataset_of(programme: Programme, store: FactStore) -> Dataset:
    """The dataset of a loaded programme and its facts, with the version and date of its latest release."""
    content = programme.manifest.content
    around = programme.surroundings.around
    release = around.latest
    labels = group_labels(programme.manifest.rules, programme.answers.units)
    return Dataset(
        id=content.id,
        title=content.title,
        summary=content.summary,
        language=content.language,
        version=release.version if release is not None else "",
        date=release.date if release is not None else "",
        licence=content.licence,
        contact=bare_contact(content.contact),
        notice=content.notice,
        site_url=around.site_url,
        sources=tuple((source.title, source.url) for source in content.sources),
        unit_one=content.unit.one,
        unit_many=content.unit.many,
        answers=programme.answers.public,
        instruments=programme.instruments,
        editions=programme.manifest.editions,
        facts=store,
        group_labels={ALL: content.unit.many, **labels},
        meanings=missing_meanings(programme),
        publisher=around.publisher,
        likeness=likeness_of(programme.manifest, programme.answers.public, programme.groups),
        quasi_identifiers=tuple(content.disclosure.quasi_identifiers),
    )


def translations_of(programme: Programme) -> tuple[Translation, ...]:
    """The labels of the dataset in the further languages of the programme."""
    # Up here it would close a circle: content is made from more than a dataset needs.
    from cityfolio.build.content import in_language

    found = []
    for language in programme.languages[1:]:
        other = in_language(programme, language)
        content = other.manifest.content
        found.append(
            Translation(
                language,
                content.title,
                content.summary,
                content.unit.one,
                content.unit.many,
                other.answers.variables,
                other.instruments,
                missing_meanings(other),
            )
        )
    return tuple(found)


def published_files(dataset: Dataset) -> Iterator[tuple[str, bytes]]:
    """Every format of the data, and the API as static files: path below the site, content."""
    # The formats bring large libraries, which a build of pages alone does without.
    from cityfolio.api.static_export import static_api
    from cityfolio.publish.files import data_files

    for path, content in data_files(dataset):
        yield f"data/{path}", content
    yield from static_api(dataset)


def missing_meanings(programme: Programme) -> dict[str, str]:
    """What each missing reason means, with the programme's nouns."""
    nouns = programme.manifest.content.unit
    said = programme.wording.meanings
    return {
        reason.value: said.get(reason.value, reason.value).replace("{units}", nouns.many).replace("{unit}", nouns.one)
        for reason in Missing
    }
