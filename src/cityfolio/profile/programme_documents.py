"""The documents of the pages that are not about one unit: home, variables, method, data. No HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cityfolio.narrative.sentence import Sentence
from cityfolio.profile.acting_documents import ActDocument, JoinDocument, OutcomesDocument
from cityfolio.profile.document import ProfileDocument, Reference
from cityfolio.profile.edition_charts import EditionChart
from cityfolio.profile.fact_pages import FactPage
from cityfolio.profile.release_changes import ChangesDocument
from cityfolio.profile.surroundings import Surroundings
from cityfolio.reading.product_catalogues import ProductWords, product_words

if TYPE_CHECKING:
    from cityfolio.profile.comparison import CompareDocument
    from cityfolio.profile.explore_document import ExploreDocument
    from cityfolio.profile.group_documents import GroupDocument, GroupList
    from cityfolio.profile.map_document import MapDocument
    from cityfolio.profile.variable_changes import VariableChange

__all__ = [
    "CategoryColumn",
    "Directory",
    "DirectoryCountry",
    "DirectoryRegion",
    "DirectoryUnit",
    "DocumentedChange",
    "DocumentedFigure",
    "DocumentedInstrument",
    "DocumentedQuestion",
    "DocumentedSection",
    "HomeDocument",
    "KeyNumber",
    "LanguageText",
    "MethodDocument",
    "ProgrammeText",
    "Released",
    "ShareCell",
    "ShareRow",
    "SiteContent",
    "UnitAnswer",
    "VariableDocument",
    "VariableEdition",
]


@dataclass(frozen=True)
class LanguageText:
    """A language of the site: its code, its name in itself, and the direction it is written in (`ltr` or `rtl`)."""

    code: str
    name: str
    direction: str = "ltr"


@dataclass(frozen=True)
class ProgrammeText:
    """What the programme says about itself, on every page and on the home page.

    `languages` are those of the site, the one at its root first; `foreign` are texts that stand on the pages in another language
    than `language`, and `product_phrases` the phrases of the product that do, with their names in braces. `notice` says who runs
    the site and whose site it is not; `contact` is an e-mail or web address for errors; `sources` are (title, url) pairs;
    `unit_forms` the word for units by the plural categories of the language; `product` the product's words.
    """

    title: str
    summary: str
    about: tuple[str, ...]
    unit_one: str
    unit_many: str
    language: str
    notice: str
    contact: str
    licence: str
    sources: tuple[tuple[str, str], ...]
    languages: tuple[LanguageText, ...] = ()
    unit_forms: tuple[tuple[str, str], ...] = ()
    foreign: frozenset[str] = frozenset()
    product_phrases: frozenset[str] = frozenset()
    product: ProductWords | None = None

    @property
    def words(self) -> ProductWords:
        """The words of the product on the pages: what it says itself in the language where the programme gives none."""
        return self.product or product_words(self.language)

    @property
    def direction(self) -> str:
        """The direction of the language."""
        return next((language.direction for language in self.languages if language.code == self.language), "ltr")

    @property
    def prefix(self) -> str:
        """The folder of the language's pages below the site."""
        return self.prefix_of(self.language)

    @property
    def source_language(self) -> str:
        """The language that the programme is written in: that of the pages at the root of the site."""
        return self.languages[0].code if self.languages else self.language

    def prefix_of(self, language: str) -> str:
        """The folder of a language's pages: none for the first language."""
        return "" if language == self.source_language else f"{language}/"


@dataclass(frozen=True)
class KeyNumber:
    """A headline number: the number with its fact, and what it counts; of a share also how many units, and of whom."""

    value: str
    fact: str
    part: str
    sentence: Sentence
    count: Sentence = ()
    base: Sentence = ()


@dataclass(frozen=True)
class DirectoryUnit:
    """A unit in the list: its id, name as displayed, other words to find it by, and the wave of its answers."""

    unit: str
    name: str
    also: str
    wave: str


@dataclass(frozen=True)
class DirectoryCountry:
    """The units of one country; `group` is the folder of its page, if it has one."""

    label: str
    units: tuple[DirectoryUnit, ...]
    group: str = ""


@dataclass(frozen=True)
class DirectoryRegion:
    """The countries of one continent; `group` is the folder of its page, if it has one."""

    label: str
    countries: tuple[DirectoryCountry, ...]
    group: str = ""


@dataclass(frozen=True)
class Directory:
    """All units by continent and country."""

    regions: tuple[DirectoryRegion, ...]


@dataclass(frozen=True)
class HomeDocument:
    """The home page: what the programme is, key numbers, the list of units, and the questions (id, label)."""

    key_numbers: tuple[KeyNumber, ...]
    directory: Directory
    variables: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ShareCell:
    """One share in a table: count, base and whole per cent of a fact, or why there is none (`absent`, in words)."""

    fact: str
    count: int | None
    of: int | None
    per_cent: int | None
    absent: str = ""


@dataclass(frozen=True)
class ShareRow:
    """One category over the editions, and its published figures in words. `cells` go with the document's `editions`."""

    code: str
    label: str
    help: str
    cells: tuple[ShareCell, ...]
    published: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class VariableEdition:
    """One edition as a column of a variable's table: its title, base in words, and who was left out."""

    edition: str
    title: str
    base: Sentence
    left_out: Sentence | None


@dataclass(frozen=True)
class CategoryColumn:
    """Who chose a category: the units (id, name, wave) in the site's edition."""

    code: str
    label: str
    units: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class UnitAnswer:
    """One unit's answer in one wave: labels of categories (or a text), own words, a number, or a missing reason in words."""

    unit: str
    name: str
    wave: str
    labels: tuple[str, ...]
    own_words: tuple[str, ...]
    missing: str
    counts: bool
    number: Sentence = ()


@dataclass(frozen=True)
class VariableDocument:
    """A question over all units and editions."""

    variable: str
    label: str
    wordings: tuple[tuple[str, str], ...]
    help: str
    universe: str
    editions: tuple[VariableEdition, ...]
    rows: tuple[ShareRow, ...]
    notes: tuple[Sentence, ...]
    chosen_by: tuple[CategoryColumn, ...]
    answers: tuple[UnitAnswer, ...]
    changes: tuple[VariableChange, ...] = ()
    counting: str = ""


@dataclass(frozen=True)
class DocumentedQuestion:
    """A question as the method page prints it. `categories` are (code, label) pairs, `page` says whether it has a page."""

    variable: str
    label: str
    wording: str
    help: str
    kind: str
    evidence: str
    universe: str
    counting: str
    cap: int | None
    own_words: bool
    categories: tuple[tuple[str, str], ...]
    page: bool


@dataclass(frozen=True)
class DocumentedSection:
    """A section of an instrument."""

    title: str
    questions: tuple[DocumentedQuestion, ...]


@dataclass(frozen=True)
class DocumentedInstrument:
    """The questionnaire of one wave."""

    wave: str
    title: str
    note: str
    responses: int
    responses_fact: str
    sections: tuple[DocumentedSection, ...]


@dataclass(frozen=True)
class DocumentedChange:
    """A line of a crosswalk in words."""

    waves: str
    what: str
    change: str
    comparability: str
    reason: str
    state: str


@dataclass(frozen=True)
class DocumentedFigure:
    """A published figure: what it is about, and the figure in words with its fact and source."""

    edition: str
    variable: str
    category: str
    sentence: Sentence
    url: str


@dataclass(frozen=True)
class MethodDocument:
    """How the numbers are made: editions, missing reasons, share words with thresholds, instruments, crosswalk, figures.

    `editions` are (title, rule) pairs, `missing` (name, meaning), `quantities` (words, threshold), `groups` (title, rule),
    `glossary` (term, meaning): the programme's own, the product's stand on the page anyway.
    """

    editions: tuple[tuple[str, str], ...]
    missing: tuple[tuple[str, str], ...]
    quantities: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, str], ...]
    thin_base: int
    instruments: tuple[DocumentedInstrument, ...]
    changes: tuple[DocumentedChange, ...]
    figures: tuple[DocumentedFigure, ...]
    findings: tuple[tuple[str, str], ...]
    glossary: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Released:
    """A released file: its path below the site, what one row is, and its columns (name, meaning)."""

    path: str
    title: str
    description: str
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SiteContent:
    """Everything a site shows."""

    programme: ProgrammeText
    edition: str
    edition_title: str
    home: HomeDocument
    profiles: tuple[ProfileDocument, ...]
    variables: tuple[VariableDocument, ...]
    method: MethodDocument
    files: tuple[Released, ...]
    groups: tuple[GroupDocument, ...] = ()
    group_list: GroupList | None = None
    compare: CompareDocument | None = None
    facts: tuple[FactPage, ...] = ()
    map: MapDocument | None = None
    outcomes: OutcomesDocument | None = None
    act: ActDocument | None = None
    join: JoinDocument | None = None
    explore: ExploreDocument | None = None
    charts: tuple[EditionChart, ...] = ()
    around: Surroundings = field(default_factory=Surroundings)
    changes: ChangesDocument | None = None
