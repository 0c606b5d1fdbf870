"""The files that a site releases beside its pages, with a description for its data page."""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.build.content import Content
from cityfolio.build.programme import Programme
from cityfolio.model.missing import Missing
from cityfolio.profile.programme_documents import Released
from cityfolio.publish.codebook import codebook_json
from cityfolio.publish.documents import profile_json
from cityfolio.publish.facts import facts_csv
from cityfolio.publish.microdata import responses_csv, units_csv

__all__ = ["profile_files", "released_descriptions", "released_files"]

_FACTS = (
    ("fact", "stable id of the fact"),
    ("edition", "which waves count: one wave, or several pooled, each unit with its latest response"),
    ("variable, category", "what the number is about"),
    ("group", "all units, or those with one value of an attribute, or one unit"),
    (
        "measure",
        "share, and the same on wider bases (share_of_offered, _asked, _participants, _invited); own_words (share that"
        " answered in own words); answered (share of those asked that answered); rank; of numbers sum, mean, median,"
        " first_quartile, third_quartile, smallest, largest; of rankings and scales share_first, share_top_3,"
        " share_ranked, mean_rank, share_top_box, share_bottom_box, mean_score; count (of units) and groups (number of"
        " groups of the kind in category); answer and chosen (one unit's number, and how many answers it gave); of"
        " published figures also mean and share_phrase",
    ),
    ("numerator, base", "units that gave the answer; units that count. Empty where the source prints none"),
    ("value", "unrounded; shares from 0 to 1, and so are published means that are printed in per cent"),
    (
        ", ".join(reason.value for reason in Missing),
        "units of the group that do not count, by reason; with the base they are all units",
    ),
    ("source", "responses: counted from the answers; published: printed elsewhere"),
    ("base_rule", "who counts in the base: answered, offered, asked, participants, invited, or the one unit"),
    (
        "withheld",
        "why a number is not shown, to protect single answers: minimum_base, minimum_numerator or minimum_rest (it is too"
        " small), or complementary (it would give away one that is). Empty where nothing is withheld",
    ),
    ("note, source_url", "remarks on published figures, and where they were published"),
)


def released_descriptions() -> tuple[Released, ...]:
    """The files, for the data page."""
    return (
        Released("data/facts.csv", "Facts", "Every number of this site, all editions: one row is one fact.", _FACTS),
        Released("data/units.csv", "Units", "One row is one unit.", ()),
        Released(
            "data/responses.csv",
            "Responses",
            "One row is one unit's response in one wave. Names of persons are not released.",
            (
                ("<variable>", "codes separated by spaces, a number, or a text"),
                ("<variable>_other", "the unit's own words"),
                ("<variable>_missing", "why there is no answer"),
            ),
        ),
        Released(
            "data/codebook.json",
            "Codebook",
            "What each variable and code means, and which wave offered it.",
            (),
        ),
    )


def released_files(programme: Programme, content: Content) -> Iterator[tuple[str, bytes]]:
    """The released files: path below the site, content."""
    answers = programme.answers
    title = programme.manifest.content.title
    yield "data/facts.csv", facts_csv(content.store)
    yield "data/units.csv", units_csv(answers)
    yield "data/responses.csv", responses_csv(answers)
    yield (
        "data/codebook.json",
        codebook_json(title, answers.variables, programme.instruments, _meanings(programme)),
    )


def profile_files(content: Content) -> Iterator[tuple[str, bytes]]:
    """The documents of the profiles, beside the pages of their language."""
    prefix = content.site.programme.prefix
    for profile in content.site.profiles:
        yield f"{prefix}cities/{profile.unit}.json", profile_json(profile)


def _meanings(programme: Programme) -> dict[str, str]:
    """What each missing reason means, with the programme's nouns."""
    nouns = programme.manifest.content.unit
    meanings = programme.wording.meanings.items()
    return {name: said.replace("{units}", nouns.many).replace("{unit}", nouns.one) for name, said in meanings}
