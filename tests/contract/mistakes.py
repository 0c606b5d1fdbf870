"""One mistake for each kind of finding: what goes wrong in the small programme, where it is found, what is said."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq

from tests.programmes import ProgrammeFolder

Change: TypeAlias = Callable[[ProgrammeFolder], object]


@dataclass(frozen=True)
class Mistake:
    """A change of the small programme, and the finding that it leads to: code, place and some of its words."""

    name: str
    change: Change
    code: str
    at: str
    says: str


def swap(file: str, old: str, new: str) -> Change:
    return lambda folder: folder.swap(file, old, new)


def put(file: str, content: str | bytes) -> Change:
    return lambda folder: folder.write(file, content)


def recode(file: str, change: Callable[[bytes], bytes]) -> Change:
    return lambda folder: folder.write(file, change(folder.text(file).encode("utf-8")))


def gone(file: str) -> Change:
    return lambda folder: (folder.path / file).unlink()


def text_of_alder(body: str, head: str = "") -> Change:
    """An editorial text, and the block of the plan that shows it."""

    def change(folder: ProgrammeFolder) -> None:
        folder.swap(PLAN, "    blocks:\n", "    blocks:\n      - {kind: editorial, id: spotlight, title: Spotlight}\n")
        folder.write("editorial/alder-aa.md", (head or _HEAD) + body)

    return change


def headline_of_few(folder: ProgrammeFolder) -> None:
    """A key number of the home page, in words, with a base below the smallest that has shares."""
    folder.swap(PLAN, "thin_base: 2", "thin_base: 4\nheadlines: [has_plan.yes]")
    folder.add(WORDS, "headlines:", "  has_plan.yes: have a plan")


def speaking_klingon(folder: ProgrammeFolder) -> None:
    """The programme in a language of its own: its first, and the only one."""
    folder.swap("programme.yml", "language: en", "language: tlh")
    folder.write("wording/tlh.yml", folder.text("wording/en.yml").replace("language: en", "language: tlh"))


def wave_of_2026(folder: ProgrammeFolder) -> None:
    """A third wave that asks and is answered what the second was, and that no edition of several waves takes in."""
    folder.swap("programme.yml", "  - {id: 2024, title: survey of 2024}\n", "  - {id: 2024}\n  - {id: 2026}\n")
    folder.write("instruments/2026.yml", folder.text("instruments/2024.yml"))
    folder.write("responses/2026.csv", folder.text("responses/2024.csv"))


def answers_in_parquet(content: bytes) -> Change:
    """The answers of 2024 in a file that is named .parquet."""

    def change(folder: ProgrammeFolder) -> None:
        folder.swap("programme.yml", "{id: 2024, ", "{id: 2024, responses: responses/2024.parquet, ")
        folder.write("responses/2024.parquet", content)

    return change


def parquet_of(column: str, cells: list[list[str]]) -> bytes:
    """A Parquet file of one column."""
    to = io.BytesIO()
    pq.write_table(pa.table({column: pa.array(cells)}), to)
    return to.getvalue()


def pipe_for_file(folder: ProgrammeFolder) -> None:
    (folder.path / ANSWERS).unlink()
    os.mkfifo(folder.path / ANSWERS)


def in_two_languages(folder: ProgrammeFolder) -> None:
    folder.swap("programme.yml", "language: en", "language: en\nlanguages: [en, ko]")
    text_of_alder("# spotlight\n\nA park.\n")(folder)


def in_many_states(folder: ProgrammeFolder) -> None:
    """Ten more numbers, and one case that looks at all of them."""
    names = [f"number_{position}" for position in range(10)]
    asked = "".join(f"      - {{variable: {name}, kind: number, label: A number}}\n" for name in names)
    folder.swap(NOW, "      - variable: has_plan", f"{asked}      - variable: has_plan")
    rows = folder.text(ANSWERS).splitlines()
    folder.write(ANSWERS, "".join(f"{row},{','.join(names if not i else [''] * 10)}\n" for i, row in enumerate(rows)))
    wanted = ", ".join(f"{name}: answered" for name in names)
    folder.swap(PLAN, "{population: answered}", f"{{population: answered, {wanted}}}")


def in_korean(catalogue: str, more: str = "") -> Change:
    """A second language with a catalogue."""
    return _in_second("ko", catalogue, more)


def in_finnish(catalogue: str) -> Change:
    """A second language that the product does not speak, with a catalogue."""
    return _in_second("fi", catalogue)


def _in_second(language: str, catalogue: str, more: str = "") -> Change:
    def change(folder: ProgrammeFolder) -> None:
        folder.swap("programme.yml", "language: en", f"language: en\nlanguages: [en, {language}]{more}")
        folder.write(f"locale/{language}.po", catalogue)

    return change


def groups_in_confidence(folder: ProgrammeFolder) -> None:
    folder.swap(NOW, "label: Population\n", "label: Population\n        released: false\n")
    bands = "bands: [{key: all, label: All}]"
    folder.swap(
        "programme.yml", "groups:\n", f"groups:\n  - {{kind: size, title: Size, variable: population, {bands}}}\n"
    )


def heavy_logo(folder: ProgrammeFolder) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'
    folder.write("theme/logo.svg", drawing + " " * (150_000 - len(drawing)))
    folder.write("theme/theme.yml", "format: 1\nlogo: logo.svg\nlogo_text: Green\n")


def waves_turned_round(folder: ProgrammeFolder) -> None:
    first, second = "  - {id: 2022, title: survey of 2022}\n", "  - {id: 2024, title: survey of 2024}\n"
    folder.swap("programme.yml", first + second, second + first)
    gone(CROSSWALK)(folder)


def shade(rows: str) -> Change:
    """An indicator with these figures."""

    def change(folder: ProgrammeFolder) -> None:
        folder.write("indicators/shade.csv", f"unit,value\n{rows}")
        folder.write("indicators/shade.yml", 'format: 1\nlabel: Shade\nsource: A\nyear: "2023"\nmeasure: hectares\n')

    return change


def sizes(bands: str) -> Change:
    """A kind of groups by population, in these bands."""
    entry = f"  - kind: size\n    title: Size\n    variable: population\n    bands: {bands}\n"
    return lambda folder: folder.swap("programme.yml", "groups:\n", f"groups:\n{entry}")


ANSWERS = "responses/2024.csv"
EARLIER = "responses/2022.csv"
NOW = "instruments/2024.yml"
PLAN = "profile.yml"
WORDS = "wording/en.yml"
CROSSWALK = "crosswalks/2022-2024.yml"
FIGURES = "published.csv"
THEME = "theme/theme.yml"
MOVED = "moved.csv"
_FIGURES = "edition,variable,category,measure,value,base,note,source_url\n"
_SLOT = "slots:\n  spotlight: {source: A page, url: 'https://example.org/', date: '2024'}\n"
_HEAD = f"---\nformat: 1\nlanguage: en\n{_SLOT}---\n"

_COUNTED = 'msgctxt "product|"\nmsgid "%(number)s %(units)s"\n'
_SENTENCE = 'msgctxt "sentences.has_plan.yes"\nmsgid "{unit.subject} has a plan for its trees, {has_plan.same}."\n'


def themed(theme: str, file: str = "", content: str | bytes = "") -> Change:
    """A theme, and a file beside it."""

    def change(folder: ProgrammeFolder) -> None:
        folder.write(THEME, f"format: 1\n{theme}\n")
        if file:
            folder.write(f"theme/{file}", content)

    return change


BLOCKS = [
    Mistake(
        "an edition by default that no page can show",
        swap(
            "programme.yml",
            "editions:\n",
            "default_edition: panel\neditions:\n  - {id: panel, waves: [2022, 2024], rule: matched_panel}\n",
        ),
        "programme.edition-of-facts",
        "programme.yml, line 11",
        "The edition panel is the default_edition and has facts only",
    ),
    Mistake(
        "a peer that is on no list",
        swap(
            "programme.yml", "directory:\n", "peer_groups:\n  - {id: north, units: [alder-aa, brich-aa]}\ndirectory:\n"
        ),
        "programme.unknown-name",
        "programme.yml, line 16",
        'The unit "brich-aa" is not known here (did you mean "birch-aa"?)',
    ),
    Mistake(
        "a block about answers given in confidence",
        swap(NOW, "label: Tree plan\n", "label: Tree plan\n        released: false\n"),
        "disclosure.single-answer",
        f"{PLAN}, line 16",
        'A block of the page plan speaks about single answers to "has_plan"',
    ),
    Mistake(
        "a sentence about answers given in confidence",
        swap(NOW, "label: Population\n", "label: Population\n        released: false\n"),
        "disclosure.single-answer",
        f"{WORDS}, line 6",
        'A sentence speaks about single answers to "population"',
    ),
    Mistake(
        "groups made from answers given in confidence",
        groups_in_confidence,
        "disclosure.group",
        "programme.yml, line 14",
        'The kind of group "size" is made from answers to "population"',
    ),
    Mistake(
        "a question that is asked by answers given in confidence",
        swap(NOW, "label: Tree plan\n", "label: Tree plan\n        released: false\n"),
        "disclosure.routing",
        f"{NOW}, column measures",
        '"measures" is released, but who was asked it, or what it describes, follows from "has_plan"',
    ),
    Mistake(
        "an address of the site that nobody can open",
        swap("programme.yml", "format: 1", "format: 1\nsite_url: example.org"),
        "programme.no-address",
        "programme.yml, line 3",
        '"example.org" is no address of a site',
    ),
    Mistake(
        "a date that is none",
        put("releases.yml", "format: 1\nreleases:\n  - {version: 1.0, date: 2026-02-30}\n"),
        "programme.no-date",
        "releases.yml, line 3",
        '"2026-02-30" is no date',
    ),
    Mistake(
        "a release twice",
        put("releases.yml", "format: 1\nreleases:\n" + 2 * "  - {version: 1.0, date: 2026-02-20}\n"),
        "programme.doubled-id",
        "releases.yml, line 4",
        "The release",
    ),
    Mistake(
        "a colour by its name",
        themed("light: {accent: red}"),
        "theme.no-colour",
        f"{THEME}, line 2",
        '"red" is no colour',
    ),
    Mistake(
        "an accent that is too light to be read",
        themed('light: {accent: "#ffcc00"}'),
        "theme.faint",
        f"{THEME}, line 2",
        "In light mode, accent on paper has a contrast of 1.51 to 1; 4.5 to 1 is needed",
    ),
    Mistake(
        "edges of bars that are too dark in dark mode",
        themed('dark: {bar_edge: "#222222"}'),
        "theme.faint",
        f"{THEME}, line 2",
        "In dark mode, bar_edge on paper",
    ),
    Mistake(
        "a typeface with a name that would end the style sheet",
        themed('headings: ["Serif; }"]'),
        "theme.odd-family",
        f"{THEME}, line 2",
        '"Serif; }" is no name of a typeface',
    ),
    Mistake(
        "a logo that is a web page",
        themed("logo: logo.svg\nlogo_text: Trees", "logo.svg", "<html></html>"),
        "theme.no-picture",
        f"{THEME}, line 2",
        "logo.svg is neither an SVG nor a PNG",
    ),
    Mistake(
        "a logo without text",
        themed("logo: logo.svg", "logo.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>'),
        "theme.unnamed-logo",
        f"{THEME}, line 2",
        "The logo has no text",
    ),
    Mistake(
        "a logo out of another folder",
        themed("logo: ../../logo.svg\nlogo_text: Trees"),
        "file.outside",
        f"{THEME}, line 2",
        "../../logo.svg",
    ),
    Mistake(
        "a typeface in another form",
        themed("faces:\n  - {family: Green, file: green.woff2}", "green.woff2", b"OTTO"),
        "theme.no-typeface",
        f"{THEME}, line 3",
        "green.woff2 is no WOFF2 file",
    ),
    Mistake(
        "a kind of id that has no address",
        put(MOVED, "kind,old,new\ntown,elder-aa,alder-aa\n"),
        "moved.unknown-kind",
        f"{MOVED}, line 2",
        '"town" is no kind of id',
    ),
    Mistake(
        "a new id that is not there",
        put(MOVED, "kind,old,new\nunit,elder-aa,adler-aa\n"),
        "moved.unknown-id",
        f"{MOVED}, line 2",
        'There is no unit "adler-aa" (did you mean "alder-aa"?)',
    ),
    Mistake(
        "an old id that is still there",
        put(MOVED, "kind,old,new\nunit,birch-aa,alder-aa\n"),
        "moved.still-there",
        f"{MOVED}, line 2",
        'The unit "birch-aa" is still there',
    ),
    Mistake(
        "an old id twice",
        put(MOVED, "kind,old,new\nunit,elder-aa,alder-aa\nunit,elder-aa,birch-aa\n"),
        "moved.doubled",
        f"{MOVED}, line 3",
        'The old id "elder-aa" stands there twice',
    ),
    Mistake(
        "unknown unit",
        swap(ANSWERS, "cedar-bb", "ceder-bb"),
        "intake.unknown-unit",
        f"{ANSWERS}, line 3, column unit",
        '"ceder-bb" is no unit of units.csv (did you mean "cedar-bb"?)',
    ),
    Mistake(
        "the same unit twice in a wave",
        swap(ANSWERS, "cedar-bb", "alder-aa"),
        "intake.doubled-unit",
        f"{ANSWERS}, line 3, column unit",
        '"alder-aa" stands there twice (first in line 2)',
    ),
    Mistake(
        "the same unit twice on the list",
        swap("units.csv", "cedar-bb", "ALDER-aa"),
        "intake.doubled-unit",
        "units.csv, line 4, column unit",
        '"ALDER-aa" stands there twice (first in line 2)',
    ),
    Mistake(
        "unknown code",
        swap(ANSWERS, "planting mapping", "plantng mapping"),
        "intake.unknown-code",
        f"{ANSWERS}, line 2, column measures",
        '"plantng" is no category of measures (did you mean "planting"?)',
    ),
    Mistake(
        "a label where a code is due",
        swap(EARLIER, "yes,planting", "yes,Planting new trees"),
        "intake.unknown-code",
        f"{EARLIER}, line 2, column measures",
        '(did you mean "planting"?)',
    ),
    Mistake(
        "a category that this wave did not offer",
        swap(EARLIER, "yes,planting", "yes,mapping"),
        "intake.not-offered",
        f"{EARLIER}, line 2, column measures",
        '"mapping" was not offered by measures in 2022. It was on the list in 2024 only',
    ),
    Mistake(
        "two answers to a single choice",
        swap(ANSWERS, "125000,yes", "125000,yes no"),
        "intake.several-answers",
        f"{ANSWERS}, line 2, column has_plan",
        '"yes no" gives 2 answers to has_plan',
    ),
    Mistake(
        "text where a number is due",
        swap(ANSWERS, "125000", "many"),
        "intake.no-number",
        f"{ANSWERS}, line 2, column population",
        '"many" is no number',
    ),
    Mistake(
        "a number with separators",
        swap(ANSWERS, "125000", '"125,000"'),
        "intake.no-number",
        f"{ANSWERS}, line 2, column population",
        '"125,000" is no number',
    ),
    Mistake(
        "a missing column",
        swap(ANSWERS, "has_plan", "plan"),
        "table.missing-column",
        f"{ANSWERS}, line 1, column has_plan",
        'There is no column "has_plan" (did you mean "plan"?). The instrument of 2024 asks it.',
    ),
    Mistake(
        "a doubled column",
        swap(ANSWERS, "measures_other", "measures"),
        "table.doubled-column",
        f"{ANSWERS}, line 1, column measures",
        'The column "measures" stands there twice',
    ),
    Mistake(
        "a row that is too long",
        swap(ANSWERS, "adopting a tree", "adopting a tree,again"),
        "table.ragged-row",
        f"{ANSWERS}, line 2",
        "The row has 6 cells where the header has 5",
    ),
    Mistake(
        "an undecodable file",
        recode("units.csv", lambda raw: raw.replace(b"Birch", b"B\xe9rch")),
        "file.undecodable",
        "units.csv, line 3, column 11",
        "Byte 0xe9 has no place in a text file",
    ),
    Mistake(
        "a null byte",
        recode(ANSWERS, lambda raw: raw.replace(b"adopting", b"ad\x00pting")),
        "file.undecodable",
        f"{ANSWERS}, line 2, column 40",
        "Byte 0x00 has no place in a text file",
    ),
    Mistake(
        "a stray quote",
        swap(ANSWERS, "adopting a tree", 'adopting a "tree"'),
        "table.stray-quote",
        f"{ANSWERS}, line 2",
        "A quotation mark stands where none can stand",
    ),
    Mistake(
        "a quote that is never closed",
        swap(ANSWERS, "adopting a tree", '"adopting a tree'),
        "table.stray-quote",
        f"{ANSWERS}, line 2",
        "or is never closed",
    ),
    Mistake(
        "semicolons between the columns",
        lambda folder: folder.write(ANSWERS, folder.text(ANSWERS).replace(",", ";")),
        "table.separator",
        f"{ANSWERS}, line 1",
        "separated by semicolons, not by commas",
    ),
    Mistake("an empty file", put(ANSWERS, ""), "file.empty", ANSWERS, "The file is empty"),
    Mistake(
        "a Parquet file that is none",
        answers_in_parquet(b"unit,has_plan\n"),
        "file.no-parquet",
        "responses/2024.parquet",
        "The file is named .parquet, and is none",
    ),
    Mistake(
        "a Parquet column of lists",
        answers_in_parquet(parquet_of("measures", [["planting", "mapping"]])),
        "table.no-text",
        "responses/2024.parquet, line 1, column measures",
        "which cannot be written as text",
    ),
    Mistake("a file of line ends", put(ANSWERS, "\n\n"), "file.empty", ANSWERS, "The file is empty"),
    Mistake("an empty plan", put(PLAN, ""), "file.empty", PLAN, "The file is empty"),
    Mistake("a missing file", gone(ANSWERS), "file.missing", ANSWERS, "it holds the responses of 2024"),
    Mistake("a missing instrument", gone(NOW), "file.missing", NOW, "it is the instrument of 2024"),
    Mistake(
        "broken YAML",
        swap(NOW, "kind: single", 'kind: "single'),
        "yaml.broken",
        f"{NOW}, line 13, column 15",
        "This is no valid YAML",
    ),
    Mistake(
        "a tab for an indent",
        swap(PLAN, "  - id: plan", "\t- id: plan"),
        "yaml.broken",
        f"{PLAN}, line 13, column 1",
        "This is no valid YAML",
    ),
    Mistake(
        "a doubled key",
        swap("programme.yml", "language: en", "title: Again"),
        "yaml.doubled-key",
        "programme.yml, line 7, column 1",
        'The key "title" stands there twice (first in line 4)',
    ),
    Mistake(
        "a file of a later format",
        swap("programme.yml", "format: 1", "format: 7"),
        "yaml.other-format",
        "programme.yml, line 2, column 1",
        "The file has the format 7; this version of cityfolio reads format 1.",
    ),
    Mistake(
        "an unknown key",
        swap(PLAN, "thin_base", "thin_bass"),
        "yaml.unexpected",
        f"{PLAN}, line 3, column 1",
        'The key "thin_bass" is not known here (did you mean "thin_base"?)',
    ),
    Mistake(
        "a kind of question that is a letter off",
        swap("instruments/2024.yml", "kind: single", "kind: singel"),
        "yaml.unexpected",
        "instruments/2024.yml, line 13, column 9",
        "\"singel\" is none of 'single', 'multiple', 'ranked', 'scale', 'grid', 'number', 'text' (did you mean \"single\"?)",
    ),
    Mistake(
        "a word where a number is due",
        swap(PLAN, "thin_base: 2", "thin_base: few"),
        "yaml.unexpected",
        f"{PLAN}, line 3, column 1",
        "thin_base",
    ),
    Mistake(
        "an anchor",
        swap(NOW, "has_plan: [no]}}", "has_plan: &codes [no]}, help: *codes}"),
        "yaml.unexpected",
        f"{NOW}, line 25",
        "Anchors and aliases are not read",
    ),
    Mistake(
        "a path out of the folder",
        swap("programme.yml", "title: survey of 2024}", "responses: ../../secret.csv}"),
        "file.outside",
        "programme.yml",
        '"../../secret.csv" leads out of the programme folder',
    ),
    Mistake(
        "an absolute path",
        swap("programme.yml", "title: survey of 2024}", "instrument: /etc/passwd}"),
        "file.outside",
        "programme.yml",
        '"/etc/passwd" leads out of the programme folder',
    ),
    Mistake(
        "a unit id out of the folder",
        swap("units.csv", "cedar-bb", "../../cedar-bb"),
        "programme.unsafe-id",
        "units.csv, line 4, column unit",
        '"../../cedar-bb" cannot be an id',
    ),
    Mistake(
        "a wave id out of the folder",
        swap("programme.yml", "id: 2024, title", 'id: "../2024", title'),
        "programme.unsafe-id",
        "programme.yml, line 10, column 6",
        '"../2024" cannot be an id',
    ),
    Mistake(
        "a variable out of the folder",
        swap(NOW, "variable: measures", "variable: ../measures"),
        "programme.unsafe-id",
        f"{NOW}, line 19, column 9",
        '"../measures" cannot be an id',
    ),
    Mistake(
        "a code that is no id",
        swap(NOW, "code: mapping", "code: a map"),
        "programme.unsafe-id",
        f"{NOW}, line 29, column 14",
        '"a map" cannot be an id',
    ),
    Mistake(
        "an edition of an unknown wave",
        swap("programme.yml", "[2022, 2024]", "[2022, 2026]"),
        "programme.unknown-name",
        "programme.yml, line 12",
        'The wave "2026" is not known here (did you mean "2024"?)',
    ),
    Mistake(
        "a plan with an unknown variable",
        swap(PLAN, "kind: sentence, variable: has_plan", "kind: sentence, variable: has_plam"),
        "programme.unknown-name",
        f"{PLAN}, line 16, column 26",
        'The variable "has_plam" is not known here (did you mean "has_plan"?)',
    ),
    Mistake(
        "a case with an unknown variable",
        swap(PLAN, "known: {population:", "known: {populatoin:"),
        "programme.unknown-name",
        f"{PLAN}, line 8",
        'The variable "populatoin" is not known here (did you mean "population"?)',
    ),
    Mistake(
        "a case with an unknown category",
        swap(PLAN, "{population: answered}", "{measures.plantin: chosen}"),
        "programme.unknown-name",
        f"{PLAN}, line 8",
        'The category of measures "plantin" is not known here (did you mean "planting"?)',
    ),
    Mistake(
        "the same block twice",
        swap(
            PLAN,
            "{kind: chart, variable: measures, title: What cities do for their trees}",
            "{kind: answers, variable: measures}",
        ),
        "programme.doubled-id",
        f"{PLAN}, line 22",
        "is defined twice",
    ),
    Mistake(
        "the same wave twice",
        swap("programme.yml", "id: 2024, title", "id: 2022, title"),
        "programme.doubled-id",
        "programme.yml, line 10, column 6",
        'The wave "2022" is defined twice',
    ),
    Mistake(
        "routing by an unknown code",
        swap(NOW, "has_plan: [no]", "has_plan: [nope]"),
        "programme.unknown-name",
        f"{NOW}, line 25",
        '"nope" is not known here (did you mean "no"?)',
    ),
    Mistake(
        "routing by a later question",
        swap(NOW, "routed_past_by: {has_plan", "routed_past_by: {measures"),
        "programme.unknown-name",
        f"{NOW}, line 25",
        'The variable "measures" is not known here',
    ),
    Mistake(
        "a choice without categories",
        swap(NOW, "          - {code: yes, label: A plan}\n          - {code: no, label: No plan}\n", "          []\n"),
        "instrument.no-categories",
        f"{NOW}, line 12",
        'The choice question "has_plan" has no categories',
    ),
    Mistake(
        "a question of another kind",
        swap(NOW, "kind: multiple", "kind: single"),
        "instrument.kind-changed",
        NOW,
        '"measures" is single here and multiple in 2022',
    ),
    Mistake(
        "a crosswalk with an unknown code",
        swap(CROSSWALK, "category: mapping", "category: maping"),
        "crosswalk.unknown-code",
        f"{CROSSWALK}, line 6",
        'The crosswalk names "maping", which is no category of measures of 2022 or 2024 (did you mean "mapping"?)',
    ),
    Mistake(
        "a crosswalk with an unknown variable",
        swap(CROSSWALK, "variable: measures", "variable: measure"),
        "crosswalk.unknown-code",
        f"{CROSSWALK}, line 6",
        '(did you mean "measures"?)',
    ),
    Mistake(
        "a crosswalk with an unknown wave",
        swap(CROSSWALK, "later: 2024", "later: 2025"),
        "programme.unknown-name",
        f"{CROSSWALK}, line 4, column 1",
        'The wave "2025" is not known here',
    ),
    Mistake(
        "an unconfirmed line of a crosswalk",
        swap(CROSSWALK, "state: confirmed", "state: needs confirmation"),
        "crosswalk.unconfirmed",
        f"{CROSSWALK}, line 6",
        'The line about "measures, mapping" is still to be confirmed',
    ),
    Mistake(
        "a crosswalk against the instruments",
        swap(CROSSWALK, "change: added", "change: dropped"),
        "crosswalk.contradicts",
        f"{CROSSWALK}, line 6",
        'The crosswalk calls "measures, mapping" dropped, but the instruments do not',
    ),
    Mistake(
        "a published share over 100 %",
        put(FIGURES, f"{_FIGURES}2024,has_plan,yes,share,101,,,\n"),
        "intake.impossible-figure",
        f"{FIGURES}, line 2, column value",
        "101 cannot be: it is over 100 %",
    ),
    Mistake(
        "a published count above its base",
        put(FIGURES, f"{_FIGURES}2024,has_plan,yes,count,5,4,,\n"),
        "intake.impossible-figure",
        f"{FIGURES}, line 2, column value",
        "it is more than its base of 4",
    ),
    Mistake(
        "a figure published twice",
        put(FIGURES, f"{_FIGURES}2024,has_plan,yes,share,50,,,\n2024,has_plan,yes,share,51,,,\n"),
        "intake.doubled-figure",
        f"{FIGURES}, line 3",
        "is published twice (first in line 2)",
    ),
    Mistake(
        "a published figure that is a word",
        put(FIGURES, f"{_FIGURES}2024,has_plan,yes,share,half,,,\n"),
        "intake.no-number",
        f"{FIGURES}, line 2, column value",
        '"half" is no number',
    ),
    Mistake(
        "a published figure of an unknown category",
        put(FIGURES, f"{_FIGURES}2024,has_plan,yess,share,5,,,\n"),
        "programme.unknown-name",
        f"{FIGURES}, line 2, column category",
        '"yess" is not known here (did you mean "yes"?)',
    ),
    Mistake(
        "a sentence with an unknown name",
        swap(WORDS, "{has_plan.same}", "{has_plan.some}"),
        "wording.unknown-name",
        f"{WORDS}, line 8, column 5",
        '"has_plan.some" in a sentence names nothing that is known (did you mean "has_plan.same"?)',
    ),
    Mistake(
        "a case without a sentence",
        swap(WORDS, '    no: "{unit.subject} has no plan for its trees, {has_plan.like}."\n', ""),
        "wording.no-sentence",
        f"{WORDS}, line 7, column 3",
        'The case "no" of has_plan has no sentence',
    ),
    Mistake(
        "two sentences for one case",
        swap(WORDS, "    no: ", '    yes: "Again."\n    no: '),
        "wording.two-sentences",
        f"{WORDS}, line 9, column 5",
        'The case "yes" of has_plan has two sentences (also in line 8)',
    ),
    Mistake(
        "a sentence without a case",
        swap(WORDS, "    no: ", '    not: "Never read."\n    no: '),
        "wording.no-case",
        f"{WORDS}, line 9, column 5",
        'There is a sentence for "not" of has_plan, but no such case (did you mean "no"?)',
    ),
    Mistake(
        "a broken brace",
        swap(WORDS, "{has_plan.same}", "{has_plan.same"),
        "wording.broken-pattern",
        f"{WORDS}, line 8, column 5",
        "has a brace that does not open or close a name",
    ),
    Mistake(
        "a number in a block for choices",
        swap(PLAN, "kind: answers, variable: measures", "kind: answers, variable: population"),
        "programme.unfit-variable",
        f"{PLAN}, line 21",
        'The variable "population" is known, but cannot stand here. It is a number, and this part',
    ),
    Mistake(
        "a state that no case takes",
        swap(PLAN, "    silent: [rest]\n", ""),
        "plan.case-open",
        f"{PLAN}, line 5",
        "No case of population_of_city holds where population is missing",
    ),
    Mistake(
        "a state that two cases take",
        swap(
            PLAN,
            "      known: {population: answered}\n",
            "      known: {population: answered}\n      few: {population: one}\n",
        ),
        "plan.case-twice",
        f"{PLAN}, line 5",
        "The cases known and few of population_of_city both hold where population is one",
    ),
    Mistake(
        "editorial about an unknown unit",
        put("editorial/ceder-bb.md", f"{_HEAD}# spotlight\n\nText.\n"),
        "editorial.unknown-unit",
        "editorial/ceder-bb.md",
        '"ceder-bb" is no unit of units.csv (did you mean "cedar-bb"?)',
    ),
    Mistake(
        "broken front matter",
        put("editorial/cedar-bb.md", "---\nformat: 1\nlanguage: [en\n---\n# spotlight\n\nText.\n"),
        "yaml.broken",
        "editorial/cedar-bb.md, line 3",
        "This is no valid YAML",
    ),
    Mistake(
        "answers without any unit on the list",
        put("units.csv", "unit,name,country\n"),
        "intake.unknown-unit",
        f"{ANSWERS}, line 2, column unit",
        '"alder-aa" is no unit of units.csv',
    ),
    Mistake(
        "a language out of the folder",
        swap("programme.yml", "language: en", "language: ../../en"),
        "programme.no-language",
        "programme.yml, line 7, column 1",
        '"../../en" is no code of a language',
    ),
    Mistake(
        "a section that cannot be linked to",
        swap(PLAN, "id: plan", 'id: "a plan"'),
        "programme.unsafe-id",
        f"{PLAN}, line 13, column 5",
        '"a plan" cannot be an id',
    ),
    Mistake(
        "the same section twice",
        swap(PLAN, "- id: measures", "- id: plan"),
        "programme.doubled-id",
        f"{PLAN}, line 17, column 5",
        'The section "plan" is defined twice',
    ),
    Mistake(
        "groups by an unknown column",
        swap("programme.yml", "attribute: country", "attribute: contry"),
        "programme.unknown-name",
        "programme.yml",
        'The column of units.csv "contry" is not known here (did you mean "country"?)',
    ),
    Mistake(
        "groups by nothing",
        swap("programme.yml", ", attribute: country", ""),
        "yaml.unexpected",
        "programme.yml, line 14",
        "names neither an attribute nor a variable",
    ),
    Mistake(
        "a headline sentence about an unknown variable",
        swap(WORDS, "  measures:\n    chosen:", "  measure:\n    chosen:"),
        "programme.unknown-name",
        f"{WORDS}, line 16, column 3",
        'The variable "measure" is not known here (did you mean "measures"?)',
    ),
    Mistake(
        "a headline sentence for an unknown answer",
        swap(WORDS, "    chosen: ", "    planing: "),
        "wording.no-case",
        f"{WORDS}, line 17, column 5",
        'There is a sentence for "planing" of measures, but no such case (did you mean "planting"?)',
    ),
    Mistake(
        "a case that looks at too much",
        in_many_states,
        "plan.too-wide",
        f"{PLAN}, line 5",
        "population_of_city looks at too many variables at once: 4,194,304 states",
    ),
    Mistake(
        "a share in a case that is about no one answer",
        swap(WORDS, "{population} residents", "{population} residents, {has_plan.same}"),
        "wording.unpinned-share",
        f"{WORDS}, line 6, column 5",
        '"has_plan.same" in the sentence of "known" of population_of_city speaks of a share',
    ),
    Mistake(
        "an empty sentence",
        swap(WORDS, '"{population} residents"', '""'),
        "wording.no-sentence",
        f"{WORDS}, line 6, column 5",
        'The case "known" of population_of_city has no sentence',
    ),
    Mistake(
        "a text for no block",
        text_of_alder("# spotligt\n\nText.\n"),
        "editorial.unknown-slot",
        "editorial/alder-aa.md",
        "spotligt",
    ),
    Mistake(
        "the same text twice",
        text_of_alder("# spotlight\n\nA.\n\n# spotlight\n\nB.\n"),
        "editorial.doubled-slot",
        "editorial/alder-aa.md",
        "twice",
    ),
    Mistake(
        "a text before any heading",
        text_of_alder("Text.\n\n# spotlight\n\nB.\n"),
        "editorial.outside-slot",
        "editorial/alder-aa.md",
        "first heading",
    ),
    Mistake(
        "a text without a source",
        text_of_alder("# spotlight\n\nA.\n", "---\nformat: 1\n---\n"),
        "editorial.no-source",
        "editorial/alder-aa.md",
        "",
    ),
    Mistake("a pipe in place of a file", pipe_for_file, "file.not-ordinary", ANSWERS, ""),
    Mistake(
        "a file nested without end",
        put(PLAN, f"format: 1\nsections: {'[' * 3000}{']' * 3000}\n"),
        "yaml.unexpected",
        f"{PLAN}, line 2",
        "nested too deeply",
    ),
    Mistake(
        "a limit that is no finite number",
        swap(NOW, "lowest: 0", "lowest: inf"),
        "yaml.unexpected",
        f"{NOW}, line 11",
        "finite",
    ),
]

BLOCKS += [
    Mistake(
        "a catalogue that cannot be read",
        in_korean('msgid "city"\nmsgstr 도시\n'),
        "translate.broken",
        "locale/ko.po, line 2",
        "This line belongs to no message",
    ),
    Mistake(
        "translations asked to be complete",
        in_korean('msgctxt "programme.title"\nmsgid "Green streets"\nmsgstr "푸른 거리"\n', "\ntranslations: complete"),
        "translate.incomplete",
        "locale/ko.po",
        "The programme asks for complete translations",
    ),
    Mistake(
        "a brace in a translation",
        in_korean(_SENTENCE + 'msgstr "{unit[은/는] 나무 계획이 있습니다."\n'),
        "translate.broken-pattern",
        "locale/ko.po, line 1",
        "A brace stands where none can stand",
    ),
    Mistake(
        "a name that only the translation has",
        in_korean(_SENTENCE + 'msgstr "{untis}[은/는] 나무 계획이 있습니다."\n'),
        "translate.unknown-name",
        "locale/ko.po, line 1",
        'does not name "untis" (did you mean "units"?)',
    ),
    Mistake(
        "a number that the translation of a text of the product leaves out",
        in_finnish(_COUNTED + 'msgstr "%(units)s"\n'),
        "translate.lost-name",
        "locale/fi.po, line 1",
        'The translation leaves out "%(number)s".',
    ),
    Mistake(
        "code in the translation of a text of the product",
        in_finnish('msgctxt "product|"\nmsgid "Map"\nmsgstr "<script>alert(1)</script>"\n'),
        "translate.markup",
        "locale/fi.po, line 1",
        "The translation holds <script>",
    ),
    Mistake(
        "a sign for per cent in the translation of a text of the product",
        in_finnish(_COUNTED + 'msgstr "%(number)s %(units)s, 100 %"\n'),
        "translate.per-cent",
        "locale/fi.po, line 1",
        "A % stands alone in the translation",
    ),
]

BLOCKS += [
    Mistake(
        "a crosswalk from the later wave to the earlier",
        swap(CROSSWALK, "earlier: 2022\nlater: 2024", "earlier: 2024\nlater: 2022"),
        "crosswalk.order",
        f"{CROSSWALK}, line 3",
        "The wave 2024 is not earlier than 2022",
    ),
    Mistake(
        "two crosswalks of the same waves",
        put("crosswalks/copy.yml", "format: 1\nearlier: 2022\nlater: 2024\nchanges: []\n"),
        "programme.doubled-id",
        "crosswalks/copy.yml",
        'The crosswalk "2022-2024" is defined twice',
    ),
    Mistake(
        "a workbook under the name of a text file",
        put(ANSWERS, b"PK\x03\x04\x14\x00\x06\x00"),
        "file.workbook",
        ANSWERS,
        "This is the file of a spreadsheet program",
    ),
    Mistake(
        "a file with another ending than the one that is missed",
        lambda folder: (folder.path / NOW).rename(folder.path / "instruments/2024.yaml"),
        "file.missing",
        NOW,
        'The file is not there (did you mean "instruments/2024.yaml"?)',
    ),
    Mistake(
        "codes with semicolons between them",
        swap(ANSWERS, "planting mapping", "planting;mapping"),
        "intake.unknown-code",
        f"{ANSWERS}, line 2, column measures",
        '"planting;mapping" is no category of measures (did you mean "planting mapping"?)',
    ),
    Mistake(
        "a title above the names of the columns",
        recode(ANSWERS, lambda held: b"Survey of 2024,,,,\n" + held),
        "table.no-header",
        f"{ANSWERS}, line 1",
        "none of these is among them: unit, population, has_plan",
    ),
    Mistake(
        "words for shares that leave some out",
        lambda folder: folder.add(WORDS, "quantities:", '  - {words: "few {units}", low: 0, high: 1/2}'),
        "wording.quantity-gap",
        f"{WORDS}, line 18",
        "No words stand for a share of 50 %.",
    ),
    Mistake(
        "a share that is no number",
        lambda folder: folder.add(WORDS, "quantities:", '  - {words: "few {units}", low: 0, high: half}'),
        "yaml.unexpected",
        f"{WORDS}, line 19",
        'A fraction such as 1/2, or a decimal such as 0.5, should stand here, not "half"',
    ),
    Mistake(
        "a column with a capital",
        swap("units.csv", "unit,name", "unit,Name"),
        "table.missing-column",
        "units.csv, line 1, column name",
        'There is no column "name" (did you mean "Name"?)',
    ),
    Mistake(
        "a row without a unit, as merged cells leave it",
        swap(ANSWERS, "cedar-bb,,yes,,", ",,yes,,"),
        "intake.no-unit",
        f"{ANSWERS}, line 3, column unit",
        "The row names no unit",
    ),
    Mistake(
        "a language in words",
        swap("programme.yml", "language: en", "language: en\nlanguages: [en, german]"),
        "programme.no-language",
        "programme.yml, line 8",
        '"german" is no code of a language',
    ),
    Mistake(
        "bands that share numbers",
        sizes("[{key: small, label: Small, below: 100000}, {key: large, label: Large, low: 90000}]"),
        "programme.bands-overlap",
        "programme.yml, line 17",
        'The bands "small" and "large" share numbers',
    ),
    Mistake(
        "sentences in another language than their file",
        swap(WORDS, "language: en", "language: de"),
        "yaml.unexpected",
        f"{WORDS}, line 3",
        'The language is "de" in a file of "en"',
    ),
    Mistake(
        "a column of the directory that units do not have",
        swap("programme.yml", "directory:\n", "directory:\n  region: land\n"),
        "programme.unknown-name",
        "programme.yml, line 16",
        'The column of units.csv "land" is not known here',
    ),
    Mistake(
        "a text without a head",
        put("join.md", "# Add your city\n\nAny city may join.\n"),
        "file.no-head",
        "join.md, line 1",
        "The text has no head",
    ),
    Mistake(
        "a page as the address of the site",
        swap("programme.yml", "format: 1", "format: 1\nsite_url: https://example.org/index.html"),
        "programme.no-address",
        "programme.yml, line 3",
        "is no address of a site",
    ),
    Mistake(
        "a state that no answer has",
        put(
            "edits.yml",
            "format: 1\ncontradictions:\n  - {id: a, when: {measures.planting: ja}, found: '{unit} plants.', why: It may.}\n",
        ),
        "programme.unknown-name",
        "edits.yml, line 3",
        "It can be one of these: chosen, not chosen, missing, answered.",
    ),
]

ASKS = [
    Mistake(
        "a unit without a name",
        swap("units.csv", "cedar-bb,Cedar", "cedar-bb,"),
        "intake.no-name",
        "units.csv, line 4, column name",
        'The unit "cedar-bb" has no name',
    ),
    Mistake(
        "a published base larger than its survey",
        put(FIGURES, f"{_FIGURES}2024,_survey,responded,count,9,,,\n2024,has_plan,yes,share,50,10,,\n"),
        "intake.base-over-survey",
        f"{FIGURES}, line 3, column base",
        "10 are more than the 9 that answered the survey of 2024.",
    ),
    Mistake(
        "answers of a wave that is not named",
        put("responses/2026.csv", "unit\nalder-aa\n"),
        "programme.unused-file",
        "responses/2026.csv",
        "belongs to no wave",
    ),
    Mistake(
        "a new wave in no edition that is shown",
        wave_of_2026,
        "programme.wave-left-out",
        "programme.yml",
        "leaves out the latest wave, 2026",
    ),
    Mistake(
        "a difference that the crosswalk does not mention",
        swap(NOW, "label: Watering in dry summers", "label: Felling old trees"),
        "crosswalk.unmentioned",
        CROSSWALK,
        'The crosswalk says nothing about a difference in "measures.watering"',
    ),
    Mistake(
        "an answer past routing",
        swap(EARLIER, "45000,no,,", "45000,no,watering,"),
        "review.answer-past-routing",
        f"{EARLIER}, line 3, column measures",
        'measures holds "watering", but has_plan = no routes past it. The answer does not count.',
    ),
    Mistake(
        "own words past routing",
        swap(EARLIER, "45000,no,,", "45000,no,,singing to them"),
        "review.answer-past-routing",
        f"{EARLIER}, line 3, column measures",
        'measures holds "singing to them"',
    ),
    Mistake(
        "none beside other answers",
        swap(ANSWERS, "planting mapping,", "none planting,"),
        "review.exclusive",
        f"{ANSWERS}, line 2, column measures",
        'measures holds "none" beside other answers',
    ),
    Mistake(
        "a declared contradiction",
        put(
            "edits.yml",
            'format: 1\ncontradictions:\n  - {id: a, when: {has_plan: "yes", measures.planting: chosen}, '
            'found: "{unit} plants.", why: "to be asked."}\n',
        ),
        "review.contradiction",
        f"{ANSWERS}, line 2, column has_plan",
        "alder-aa plants.",
    ),
    Mistake(
        "a number out of range",
        swap(ANSWERS, "125000", "-5"),
        "intake.out-of-range",
        f"{ANSWERS}, line 2, column population",
        "-5 lies outside the range of population (from 0)",
    ),
    Mistake(
        "a coordinate off the map",
        swap("units.csv", "60.1", "160.1"),
        "intake.bad-coordinates",
        "units.csv, line 2, column lat",
        '"160.1" is no coordinate',
    ),
    Mistake(
        "a column that nothing reads",
        recode(
            ANSWERS,
            lambda raw: (
                raw.replace(b"measures_other", b"measures_other,hint")
                .replace(b"tree\n", b"tree,\n")
                .replace(b"yes,,\n", b"yes,,,\n")
            ),
        ),
        "table.unknown-column",
        f"{ANSWERS}, line 1, column hint",
        'The column "hint" belongs to no question of the instrument',
    ),
    Mistake(
        "waves in another order than they were held",
        waves_turned_round,
        "programme.waves-order",
        "programme.yml, line 10",
        "The wave 2022 stands after 2024",
    ),
    Mistake(
        "fewer invited than answered",
        swap("programme.yml", "{id: 2024, title", "{id: 2024, invited: 1, title"),
        "programme.few-invited",
        "programme.yml, line 10",
        "2 units answered in 2024, and 1 were invited",
    ),
    Mistake(
        "a catalogue of a language that the site does not have",
        put("locale/kor.po", 'msgid ""\nmsgstr ""\n'),
        "programme.misnamed-file",
        "locale/kor.po",
        "Nothing by this name is read",
    ),
    Mistake(
        "a logo that every reader waits for",
        heavy_logo,
        "theme.large-logo",
        "theme/theme.yml, line 2",
        "The logo has 150 kB",
    ),
    Mistake(
        "a point before thousands",
        swap(ANSWERS, "125000", "125.000"),
        "intake.thousands",
        f"{ANSWERS}, line 2, column population",
        "125.000 is read as a number with three decimals, 125.",
    ),
    Mistake(
        "a point before thousands of a figure that has no decimals",
        shade("alder-aa,1.250\n"),
        "intake.thousands",
        "indicators/shade.csv, line 2, column value",
        "1.250 is read as a number with three decimals, 1.25.",
    ),
    Mistake(
        "bands with numbers between them",
        sizes("[{key: small, label: Small, below: 100}, {key: large, label: Large, low: 100000}]"),
        "programme.bands-gap",
        "programme.yml, line 17",
        'Numbers from 100 up to 100000 lie between the bands "small" and "large"',
    ),
    Mistake(
        "a contact that nobody can click",
        swap("programme.yml", "mailto:editor@example.org", "javascript:alert(1)"),
        "programme.no-link",
        "programme.yml, line 21",
        '"javascript:alert(1)" is no address that can be linked',
    ),
    Mistake(
        "a file with another ending",
        put("corrections.yaml", "format: 1\n"),
        "programme.misnamed-file",
        "corrections.yaml",
        'Nothing by this name is read (did you mean "corrections.yml"?)',
    ),
    Mistake(
        "two units of one name",
        swap("units.csv", "cedar-bb,Cedar", "cedar-bb,Birch"),
        "intake.same-name",
        "units.csv",
        'The units "birch-aa" and "cedar-bb" have the same name: Birch',
    ),
    Mistake(
        "a published figure of which nobody knows what it is about",
        put(FIGURES, f"{_FIGURES}2024,has_plans,yes,share,50,,,\n"),
        "intake.unlabelled-figure",
        f"{FIGURES}, line 2, column variable",
        'is no question and has no label (did you mean "has_plan"?)',
    ),
]

TELLS = [
    Mistake(
        "published shares as fractions",
        put(FIGURES, f"{_FIGURES}2024,has_plan,yes,share,0.7,,,\n"),
        "intake.fraction-as-share",
        f"{FIGURES}, line 2, column value",
        'The share of "has_plan" is read as 0.7 %',
    ),
    Mistake(
        "a logo with a script in it",
        themed(
            "logo: logo.svg\nlogo_text: Trees",
            "logo.svg",
            '<svg xmlns="http://www.w3.org/2000/svg"><script>f()</script><path d="M0 0h9"/></svg>',
        ),
        "theme.cleaned-logo",
        f"{THEME}, line 2",
        "This was taken out of the logo: <script>",
    ),
    Mistake(
        "no crosswalk", gone(CROSSWALK), "crosswalk.missing", "", "No crosswalk says what changed from 2022 to 2024"
    ),
    Mistake(
        "a draft",
        text_of_alder("# spotlight\n\nA.\n", f"---\nformat: 1\nstate: draft\n{_SLOT}---\n"),
        "editorial.draft",
        "editorial/alder-aa.md",
        "draft",
    ),
    Mistake(
        "more choices than the cap",
        swap(ANSWERS, "planting mapping,", "planting mapping watering,"),
        "intake.over-cap",
        f"{ANSWERS}, line 2, column measures",
        "4 choices for measures, where the questionnaire asks for up to 2",
    ),
    Mistake(
        "a byte-order mark",
        recode(ANSWERS, lambda raw: b"\xef\xbb\xbf" + raw),
        "file.byte-order-mark",
        f"{ANSWERS}, line 1",
        "nothing is lost",
    ),
    Mistake(
        "carriage returns",
        recode(ANSWERS, lambda raw: raw.replace(b"\n", b"\r\n")),
        "file.carriage-returns",
        f"{ANSWERS}, line 1",
        "nothing is lost",
    ),
    Mistake(
        "unsafe HTML in editorial",
        text_of_alder("# spotlight\n\nA <script>alert(1)</script> park.\n"),
        "editorial.unsafe-html",
        "editorial/alder-aa.md, line 9, column 3",
        "<script> is not allowed in editorial text",
    ),
    Mistake(
        "an unsafe link in editorial",
        text_of_alder('# spotlight\n\n<a href="javascript:alert(1)">park</a>\n'),
        "editorial.unsafe-html",
        "editorial/alder-aa.md, line 9, column 1",
        "<a href> is not allowed in editorial text",
    ),
    Mistake(
        "no coordinates",
        swap("units.csv", "35.1,33.3", ","),
        "intake.no-coordinates",
        "units.csv, line 4, column lat",
        'The unit "cedar-bb" has no coordinates',
    ),
    Mistake(
        "a headline on too few",
        headline_of_few,
        "plan.thin-headline",
        f"{PLAN}, line 4",
        'The headline "has_plan.yes" stands on no page: its base in 2022-2024 is 3, below the thin_base of 4.',
    ),
    Mistake(
        "a published mark out of ten that is read as per cent",
        put(FIGURES, f"{_FIGURES}2024,satisfaction,yes,mean,7.1,,,\n"),
        "intake.mean-as-share",
        f"{FIGURES}, line 2, column measure",
        'The mean of "satisfaction" is read as per cent: 7.1 %.',
    ),
    Mistake(
        "texts without a translation",
        in_korean('msgctxt "programme.title"\nmsgid "Green streets"\nmsgstr "푸른 거리"\n'),
        "translate.untranslated",
        "locale/ko.po",
        "texts have no translation into ko",
    ),
    Mistake(
        "a language that the product does not speak",
        swap("programme.yml", "language: en", "language: en\nlanguages: [en, tlh]"),
        "translate.product",
        "locale/tlh.po",
        "The product does not speak tlh",
    ),
    Mistake(
        "a text of the product translated into a language that it speaks",
        in_korean('msgctxt "product|"\nmsgid "Map"\nmsgstr "지도"\n'),
        "translate.product-spoken",
        "locale/ko.po, line 1",
        "The product speaks ko itself",
    ),
    Mistake(
        "a first language that the product does not speak",
        speaking_klingon,
        "translate.product",
        "locale/tlh.po",
        "The product does not speak tlh",
    ),
    Mistake(
        "no translation",
        in_two_languages,
        "editorial.no-translation",
        "editorial/alder-aa.md",
        "There is no text in ko",
    ),
    Mistake(
        "a code twice in one answer",
        swap(ANSWERS, "planting mapping,", "planting planting,"),
        "intake.doubled-code",
        f"{ANSWERS}, line 2, column measures",
        '"planting" stands twice in the answer to measures',
    ),
    Mistake(
        "a wave without responses",
        put(ANSWERS, "unit,population,has_plan,measures,measures_other\n"),
        "intake.no-responses",
        ANSWERS,
        "The wave has no responses",
    ),
    Mistake(
        "a unit without a group",
        swap("units.csv", "Cedar,Boreland", "Cedar,"),
        "intake.no-group",
        "units.csv",
        'The unit "cedar-bb" belongs to no group of the kind country',
    ),
    Mistake(
        "a unit without a response",
        lambda folder: folder.add("units.csv", "dogwood-cc,Dogwood,Cland,EU,1,1"),
        "intake.without-response",
        "units.csv",
        'The unit "dogwood-cc" has no response in any wave',
    ),
]
