"""The files that a site releases beside its pages, with a description for its data page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from cityfolio.build.content import Content
from cityfolio.build.programme import Programme
from cityfolio.build.publishing import dataset_of, published_files, translations_of
from cityfolio.build.releasing.frozen import kept_files
from cityfolio.model.missing import Missing
from cityfolio.profile.keeping import Kept
from cityfolio.profile.programme_documents import Released
from cityfolio.publish.charts import chart_csv, chart_json
from cityfolio.publish.codebook import codebook_json
from cityfolio.publish.csv_files import table_csv
from cityfolio.publish.documents import ProfileWriter
from cityfolio.publish.facts import KeptFactRows
from cityfolio.publish.released_tables import corrections_table, responses_table, units_table
from cityfolio.reading.product_catalogues import message
from cityfolio.site.shares import WHOLE, Share
from cityfolio.tabulate.facts import FactStore

__all__ = ["profile_files", "published_descriptions", "released_descriptions", "released_files"]

_FACTS = (
    ("fact", message("stable id of the fact")),
    ("edition", message("which waves count: one wave, or several pooled, each unit with its latest response")),
    ("variable, category", message("what the number is about")),
    ("group", message("all units, or those with one value of an attribute, or one unit")),
    (
        "measure",
        message(
            "share, and the same on wider bases (share_of_offered, _asked, _participants, _invited); share_within (of the"
            " units that gave one answer to another question); own_words (share that"
            " answered in own words); answered (share of those asked that answered); rank; of numbers sum, mean, median,"
            " first_quartile, third_quartile, smallest, largest; of rankings and scales share_first, share_top_3,"
            " share_ranked, mean_rank, share_top_box, share_bottom_box, mean_score; count (of units) and groups (number of"
            " groups of the kind in category); answer and chosen (one unit's number, and how many answers it gave); of"
            " published figures also mean, number and share_phrase"
        ),
    ),
    (
        "measure (change, place)",
        message(
            "of one unit's number place, place_tied and median_of_others; in editions such as 2018-to-2020 share_earlier,"
            " share_later, share_of_matched_earlier and _later, share_started, share_stopped, and the differences change_all,"
            " _matched, _composition, _joined, _left"
        ),
    ),
    ("numerator, base", message("units that gave the answer; units that count. Empty where the source prints none")),
    ("value", message("unrounded; shares from 0 to 1, and so are published means that are printed in per cent")),
    (
        ", ".join(reason.value for reason in Missing),
        message("units of the group that do not count, by reason; with the base they are all units"),
    ),
    ("source", message("responses: counted from the answers; published: printed elsewhere")),
    ("base_rule", message("who counts in the base: answered, offered, asked, participants, invited, or the one unit")),
    (
        "withheld",
        message(
            "why a number is not shown, to protect single answers: minimum_base, minimum_numerator or minimum_rest (it is too"
            " small), or complementary (it would give away one that is). Empty where nothing is withheld"
        ),
    ),
    ("note, source_url", message("remarks on published figures, and where they were published")),
)


def released_descriptions(programme: Programme) -> tuple[Released, ...]:
    """The files, for the data page; with the list of corrections, where answers were corrected."""
    variables = programme.answers.variables
    is_corrected = any(variables[one.variable].released for one in programme.answers.corrections)
    corrections = Released(
        "data/corrections.csv",
        message("Corrections"),
        message("Answers that were corrected after they were given: what they said, what they say, and why."),
        (
            ("unit, wave, variable", message("whose answer to which question, in which wave")),
            ("part", message("own_words where the words beside the answer were corrected")),
            ("category", message("the one category that was corrected; before and after are then yes or no")),
            ("before, after", message("what the answer said as it was received, and what it says")),
            ("date, reason", message("when and why it was corrected")),
        ),
    )
    return (
        *([corrections] if is_corrected else ()),
        Released(
            "data/facts.csv",
            message("Facts"),
            message("Every number of this site, all editions: one row is one fact."),
            _FACTS,
        ),
        Released("data/units.csv", message("Units"), message("One row is one unit."), ()),
        Released(
            "data/responses.csv",
            message("Responses"),
            message("One row is one unit's response in one wave. Names of persons are not released."),
            (
                ("<variable>", message("codes separated by spaces, a number, or a text")),
                ("<variable>_other", message("the unit's own words")),
                ("<variable>_missing", message("why there is no answer")),
            ),
        ),
        Released(
            "data/codebook.json",
            message("Codebook"),
            message("What each variable and code means, and which wave offered it."),
            (),
        ),
    )


def published_descriptions(programme: Programme) -> tuple[Released, ...]:
    """The further files of a release, for the data page."""
    told = (
        (
            "responses.xlsx",
            message("Responses as a workbook"),
            message("Answers, units and codebook for spreadsheets, with a sheet of notes."),
        ),
        (
            "responses.sav",
            message("Responses for SPSS"),
            message("With labels; missing reasons are labelled missing values."),
        ),
        (
            "responses.dta",
            message("Responses for Stata"),
            message("With labels; missing reasons are extended missing values."),
        ),
        ("responses.parquet", message("Responses as Parquet"), message("Typed columns; several codes are lists.")),
        ("responses.json", message("Responses as JSON"), message("One object is one response.")),
        (
            "responses-long.csv",
            message("Responses, one answer a row"),
            message("One row is one answer of one unit in one wave."),
        ),
        ("facts.parquet", message("Facts as Parquet"), message("The columns of facts.csv, typed.")),
        ("facts.json", message("Facts as JSON"), message("One object is one fact.")),
        (
            "facts.json-stat.json",
            message("Facts as JSON-stat 2.0"),
            message("One cube of edition, item, group, measure and part."),
        ),
        (
            "programme.sqlite",
            message("Everything in one database"),
            message("All tables with keys and references, for SQLite."),
        ),
        ("units.geojson", message("Units on a map"), message("One feature is one unit.")),
        (
            "sdmx/structure.xml",
            message("SDMX 3.0 structure"),
            message("Codelists, concepts, data structure and dataflow of the facts."),
        ),
        (
            "sdmx/facts.csv",
            message("Facts as SDMX-CSV 2.0"),
            message("The same observations are in facts.xml and facts.json beside it."),
        ),
        (
            "sdmx/facts-2.1.xml",
            message("Facts as SDMX-ML 2.1"),
            message("For programs that read no SDMX 3.0; the structure is in structure-2.1.xml beside it."),
        ),
        (
            "ddi-codebook.xml",
            message("DDI-Codebook 2.6"),
            message("Variables, questions, categories with frequencies, universes."),
        ),
        ("variables.csv", message("Variables as a table"), message("One row is one variable.")),
        ("categories.csv", message("Categories as a table"), message("One row is one category.")),
        ("datapackage.json", message("Data Package"), message("Schemas, keys and references of the CSV files.")),
        ("facts.csv-metadata.json", message("CSV on the Web"), message("What the columns of facts.csv are.")),
        ("dcat.jsonld", message("DCAT-AP"), message("The data set for catalogues of open data.")),
        ("croissant.json", message("Croissant"), message("The data set for machine learning.")),
        ("ro-crate-metadata.json", message("RO-Crate"), message("The files of the release with their checksums.")),
        ("CITATION.cff", message("Citation"), message("How to cite the data.")),
        ("LICENSE.txt", message("Licence"), message("What is allowed with the data.")),
        ("README.md", message("Read me"), message("What is there, what it means, and first lines in Python and R.")),
    )
    anonymity = (
        "anonymity.json",
        message("How many responses are alike"),
        message("By wave, in what somebody may know of a respondent from elsewhere (k-anonymity, l-diversity)."),
    )
    declared = programme.manifest.content.disclosure.quasi_identifiers
    named = (*told, anonymity) if declared else told
    files = tuple(Released(f"data/{path}", title, description, ()) for path, title, description in named)
    return (
        *files,
        Released(
            "api/v1/index.json",
            message("API"),
            message("Every resource as JSON at an address of its own; described by api/openapi.json."),
            (),
        ),
    )


def released_files(
    programme: Programme, store: FactStore, *, everything: bool = False, rows: KeptFactRows | None = None
) -> Iterator[tuple[str, bytes]]:
    """The released files: path below the site, content. `everything` means all formats, and the API as static files.

    `rows` are kept from one build to the next of the same process.
    """
    dataset = dataset_of(programme, store)
    yield from kept_files(programme.folder)
    if everything:
        yield from published_files(replace(dataset, translations=translations_of(programme)))
        return
    yield "data/codebook.json", codebook_json(dataset)
    yield "data/facts.csv", (rows or KeptFactRows()).csv(store)
    yield "data/units.csv", table_csv(units_table(dataset))
    yield "data/responses.csv", table_csv(responses_table(dataset))
    if dataset.corrections:
        yield "data/corrections.csv", table_csv(corrections_table(dataset))


def profile_files(content: Content, share: Share = WHOLE, kept: Kept | None = None) -> Iterator[tuple[str, bytes]]:
    """The documents of the profiles, beside the pages of their language; or those of one of several shares.

    Those that are `kept` from an earlier build and say the same are taken from there.
    """
    kept = kept or Kept(remembers=False)
    prefix = content.site.programme.prefix
    writer = ProfileWriter(kept)
    for profile in share.of(content.site.profiles):
        yield (
            f"{prefix}cities/{profile.unit}.json",
            kept.made(("json", profile.unit), profile, partial(writer.json, profile)),
        )
    for chart in share.of(content.site.charts):
        yield f"{prefix}charts/{chart.place}.csv", chart_csv(chart)
        yield f"{prefix}charts/{chart.place}.json", chart_json(chart)
