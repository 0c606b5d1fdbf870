"""programme.yml in another language: titles, nouns, labels of groups, what the programme says about itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from cityfolio.build.manifest import Manifest, NounEntry, ProgrammeFile, manifest_of

if TYPE_CHECKING:
    from cityfolio.build.manifest import GroupEntry
    from cityfolio.reading.product_catalogues import ProductWords

__all__ = ["translated_manifest"]

Say: TypeAlias = Callable[[str, str], str]


def translated_manifest(manifest: Manifest, say: Say, product: ProductWords) -> Manifest:
    """The manifest in the language of the `product` words, with its texts as `say` gives them."""
    content = manifest.content
    changed = {
        "language": product.language,
        **{key: say(f"programme.{key}", getattr(content, key)) for key in ("title", "summary", "notice", "licence")},
        "about": [say(f"programme.about.{place}", words) for place, words in enumerate(content.about, start=1)],
        "unit": NounEntry(
            one=say("programme.unit.one", content.unit.one), many=say("programme.unit.many", content.unit.many)
        ),
        **_lists(content, say),
    }
    return manifest_of(content.model_copy(update=changed), product)


def _lists(content: ProgrammeFile, say: Say) -> dict[str, object]:
    regions = content.directory.region_labels
    return {
        "glossary": {
            say(f"glossary.{place}.term", term): say(f"glossary.{place}.meaning", meaning)
            for place, (term, meaning) in enumerate(content.glossary.items(), start=1)
        },
        "waves": [w.model_copy(update={"title": say(f"wave.{w.id}", w.title)}) for w in content.waves],
        "editions": [e.model_copy(update={"title": say(f"edition.{e.id}", e.title)}) for e in content.editions],
        "groups": [_group(group, say) for group in content.groups],
        "peer_groups": [p.model_copy(update={"title": say(f"peers.{p.id}", p.title)}) for p in content.peer_groups],
        "directory": content.directory.model_copy(update={"region_labels": _labels("directory", regions, say)}),
        "published": {
            name: entry.model_copy(
                update={
                    "label": say(f"published.{name}", entry.label),
                    "categories": _labels(f"published.{name}", entry.categories, say),
                }
            )
            for name, entry in content.published.items()
        },
        "sources": [
            source.model_copy(update={"title": say(f"source.{place}", source.title)})
            for place, source in enumerate(content.sources, start=1)
        ],
    }


def _group(group: GroupEntry, say: Say) -> GroupEntry:
    context = f"group.{group.kind}"
    bands = [band.model_copy(update={"label": say(f"{context}.{band.key}", band.label)}) for band in group.bands]
    labels = _labels(context, group.labels, say)
    return group.model_copy(update={"title": say(context, group.title), "labels": labels, "bands": bands})


def _labels(context: str, labels: Mapping[str, str], say: Say) -> dict[str, str]:
    return {key: say(f"{context}.{key}", label) for key, label in labels.items()}
