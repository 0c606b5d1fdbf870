"""The catalogue of findings: every kind of trouble with its severity and its words.

The reference page docs/reference/findings.md is made from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

__all__ = ["CATALOGUE", "Rule", "Severity"]


class Severity(Enum):
    """What a finding means for the build: it blocks, asks a person, or only tells."""

    BLOCKS = "blocks"
    ASKS = "asks"
    TELLS = "tells"


@dataclass(frozen=True)
class Rule:
    """One kind of finding: its severity and its three sentences, with the facts in braces."""

    severity: Severity
    found: str
    why: str
    do: str


def _blocks(found: str, why: str, do: str) -> Rule:
    return Rule(Severity.BLOCKS, found, why, do)


def _asks(found: str, why: str, do: str) -> Rule:
    return Rule(Severity.ASKS, found, why, do)


def _tells(found: str, why: str, do: str) -> Rule:
    return Rule(Severity.TELLS, found, why, do)


CATALOGUE: Mapping[str, Rule] = {
    # -- releases ---------------------------------------------------------------------------------------------------
    "release.no-version": _blocks(
        '"{got}" is no version of a release.',
        "A version tells readers how far a release is from the one before, in three numbers.",
        "Write it as {derived}, or leave it to be derived from what changed.",
    ),
    "release.used": _blocks(
        "The version {version} is used already, for other files.",
        "Who cites a version must find the same files under it for ever.",
        "Take {derived}, which follows from what changed, or leave --version out.",
    ),
    "release.too-low": _blocks(
        "The version {got} is too low: what changed asks for {derived}. {reasons}",
        "A reader who sees a smaller step would not look for what is gone or another.",
        "Take {derived} or a higher version, or leave it to be derived; if the change was not meant, undo it.",
    ),
    "release.discloses": _blocks(
        "Small counts of answers to {variable} ({answers}) follow from this release and {versions} together.",
        "What was published stays known: where a response is new or another, two tables of many differ by its answer.",
        "Wait for more new responses, raise the minimums of disclosure, or leave the question out of the tables. If what it tells"
        " may be known, add --accept-disclosure.",
    ),
    "release.shown-before": _asks(
        "{number} numbers that are withheld now were shown in release {version}, {example} for one.",
        "A release cannot be taken back; where the answers are the same, so is the number.",
        "Know it. If it must not be, take the older release off the site and tell those who may have it.",
    ),
    "release.answers-shown": _asks(
        "Single answers to {variables} stand in responses.csv of release {version}.",
        "They are given in confidence now, but a release cannot be taken back.",
        "Know it. If it must not be, take the older release off the site and tell those who may have it.",
    ),
    "release.unaudited": _asks(
        "What release {version} shows could not be looked at together with the new one: its inputs are lost or cannot be read.",
        "Numbers that are withheld might be worked out from both.",
        "Restore releases/inputs from a copy.",
    ),
    "release.other-bytes": _blocks(
        "{number} files of data, {example} for one, are not those of the release {version}, whose version they would carry.",
        "Who cites a version must find the same files under it for ever.",
        "Make a new release with cityfolio release prepare; to look at the site before, use cityfolio build or serve.",
    ),
    "release.altered": _blocks(
        "The file is not as it was frozen in release {version}.",
        "Its checksum is not the one in release.json.",
        "Restore it from a copy; what is to change is changed in the programme and released as a new version.",
    ),
    "release.file-lost": _blocks(
        "The file is not there any more; release {version} froze it.",
        "Who cites the release would miss it.",
        "Restore it from a copy.",
    ),
    "release.foreign-file": _blocks(
        "Release {version} froze no such file.",
        "Readers would take it for a part of the release.",
        "Move it elsewhere.",
    ),
    "release.input-lost": _blocks(
        "The input of release {version} is not kept, or not as it was.",
        "Without it the release cannot be made again.",
        "Restore the folder releases/inputs from a copy.",
    ),
    "release.previous-lost": _blocks(
        "Release {version} was compared with release {previous}, which is not there.",
        "Its change log comes out of both.",
        "Restore the folder releases/{previous} from a copy, or verify with --no-rebuild.",
    ),
    "release.not-rebuilt": _blocks(
        "The file does not come out of the inputs of release {version} byte for byte.",
        "It was made with {then}; this is {now}. If that is the same, a library below it may be another.",
        "Install the software of that release with its pinned requirements and verify again, or verify with --no-rebuild.",
    ),
    # -- the site around the pages ---------------------------------------------------------------------------------
    "programme.no-address": _blocks(
        '"{got}" is no address of a site.',
        "Pages, feed and sitemap name their full addresses by it.",
        "Write it as https://example.org/ or with the path at which the site begins.",
    ),
    "programme.no-link": _asks(
        '"{got}" is no address that can be linked.',
        "It stands on the page as words that lead nowhere: links go to https, http and e-mail addresses only.",
        "Write the whole address, such as https://example.org/report or desk@example.org, or take it out.",
    ),
    "programme.no-date": _blocks(
        '"{got}" is no date.',
        "Readers and programs are told when it was.",
        "Write the day as 2026-05-01.",
    ),
    # -- corrections ------------------------------------------------------------------------------------------------
    "corrections.not-asked": _blocks(
        '"{variable}" was not asked in {wave}.',
        "An answer can only be corrected in a wave that asked for it.",
        "Name the wave whose answer was wrong, or take the correction out.",
    ),
    "corrections.same": _blocks(
        'The correction leads from "{got}" to the same.',
        "It would be listed for readers, and change nothing.",
        "Write into from what the answer says as received, into to what it shall say.",
    ),
    "corrections.category": _blocks(
        'A correction of one category of "{variable}" is not of the form that is read.',
        "With category, a question with several answers is corrected from yes to no or from no to yes.",
        "Leave category out and write the whole answer into from and to, or write yes and no.",
    ),
    "corrections.no-response": _blocks(
        '"{unit}" has no response in {wave}.',
        "A correction changes an answer that was received; it cannot make a response.",
        "Name the wave in which the unit answered, or put its response into the file of responses.",
    ),
    "corrections.conflict": _blocks(
        'The correction starts from "{before}", but the correction in line {line} leaves "{got}".',
        "Two corrections of one answer must follow from each other, by their days; nobody can tell which one holds.",
        "Take one of them out, or let this one start from what the other leaves.",
    ),
    "corrections.stale": _asks(
        '{variable} of {unit} in {wave} says "{got}", not "{before}"; the correction is not applied.',
        "The answer is another than when the correction was decided, so it stays as it was received.",
        "Find out which one is right: take the correction out, or start it from what the answer says now.",
    ),
    "corrections.done": _tells(
        '{variable} of {unit} in {wave} says "{after}" already.',
        "The correction has nothing to do: the answers were received again, or changed by hand.",
        "Take the correction out, or restore the answer as it was first received, so that readers learn of the correction.",
    ),
    "corrections.chain": _tells(
        "{variable} of {unit} in {wave} was corrected before, in line {line}.",
        "An answer that is corrected again starts from what the earlier correction left.",
        "Nothing, if the later one holds. Readers are shown both.",
    ),
    "theme.no-colour": _blocks(
        '"{got}" is no colour.',
        "It goes into the style sheet, and its contrast is checked.",
        'Write it with six hexadecimal digits, in quotation marks: "#00596b".',
    ),
    "theme.faint": _blocks(
        "In {mode} mode, {colour} on {against} has a contrast of {reached} to 1; {least} to 1 is needed.",
        "Readers with weak sight, or in bright sun, could not read it.",
        "Take a darker colour for light mode, a lighter one for dark mode.",
    ),
    "theme.odd-family": _blocks(
        '"{got}" is no name of a typeface.',
        "It goes into the style sheet: letters, digits, spaces, - and _, up to 60 characters.",
        "Write the name of the family alone.",
    ),
    "theme.no-picture": _blocks(
        "{got} is neither an SVG nor a PNG.",
        "Browsers could not show it.",
        "Save the logo as SVG, or as PNG.",
    ),
    "theme.cleaned-logo": _tells(
        "This was taken out of the logo: {got}.",
        "A drawing needs shapes only; scripts, styles and what is fetched from elsewhere have no place on the site.",
        "Look at the logo on the site. If something is missing, save it as a plain SVG, or as PNG.",
    ),
    "theme.unnamed-logo": _blocks(
        "The logo has no text.",
        "Readers who do not see it are told nothing.",
        "Say in logo_text what it shows, for instance the name of the programme.",
    ),
    "theme.large-logo": _asks(
        "The logo has {got} kB.",
        "It is shown 40 pixels high, and every reader fetches it; a slow connection waits for it.",
        "Save it smaller: as SVG, or as PNG of at most 160 pixels' height.",
    ),
    "theme.no-typeface": _blocks(
        "{got} is no WOFF2 file.",
        "Browsers get typefaces in that form: it is the smallest.",
        "Save the typeface as WOFF2.",
    ),
    "moved.unknown-kind": _blocks(
        '"{got}" is no kind of id{hint}.',
        "Addresses are kept for units and variables.",
        "Write unit or variable.",
    ),
    "moved.unknown-id": _blocks(
        'There is no {kind} "{got}"{hint}.',
        "Readers would be led to a page that is not there.",
        "Correct the new id, or delete the row. An id that changed twice has two rows, and both lead to the id of today.",
    ),
    "moved.still-there": _blocks(
        'The {kind} "{got}" is still there.',
        "Its page cannot be shown and lead elsewhere at the same time.",
        "Delete the row, or the {kind}.",
    ),
    "moved.doubled": _blocks(
        'The old id "{got}" stands there twice.',
        "One address can lead to one page only.",
        "Delete one of the rows.",
    ),
    # -- files ---------------------------------------------------------------------------------------------------
    "file.missing": _blocks(
        "The file is not there{hint}.",
        "The programme needs it: {need}.",
        "Add the file, or take its mention out of the file that names it.",
    ),
    "file.not-ordinary": _blocks(
        "This is no ordinary file, but a device, a pipe or a socket.",
        "Reading it could wait or go on for ever.",
        "Put an ordinary file there.",
    ),
    "file.empty": _blocks(
        "The file is empty.",
        "It needs at least its form: a table its line of column names, a YAML file its keys, an editorial text its head.",
        "Put its content back, or start it from the same file of the example programme.",
    ),
    "file.undecodable": _blocks(
        "Byte {byte} has no place in a text file.",
        "Files are read as UTF-8 text; read in any other way, names with accents would come out wrong.",
        'Save the file as UTF-8 text; spreadsheets call it "CSV UTF-8".',
    ),
    "file.workbook": _blocks(
        "This is the file of a spreadsheet program, not a text file.",
        "Its ending was changed; what is in it stayed a workbook.",
        'Save the sheet as "CSV UTF-8", with commas, or let cityfolio import read the workbook.',
    ),
    "file.no-head": _blocks(
        "The text has no head, or its head is not closed.",
        "A line of three hyphens stands before the keys of the head and after them; without both nothing says what the text is.",
        "Begin the file with a line ---, write the keys, such as format and title, then a line ---, then the text.",
    ),
    "file.no-parquet": _blocks(
        "The file is named .parquet, and is none.",
        "It was cut off, or something else was saved under this name.",
        "Write it again as Parquet, or name a CSV file in programme.yml.",
    ),
    "table.no-text": _blocks(
        "The cells of {column} are of the type {type}, which cannot be written as text.",
        "Answers are read as they would stand in a CSV file: codes, numbers or words.",
        "Write the column as text: several codes with a space between them.",
    ),
    "file.byte-order-mark": _tells(
        "The file starts with a byte-order mark.",
        "It was left aside; nothing is lost.",
        "Nothing has to be done.",
    ),
    "file.carriage-returns": _tells(
        "Lines end with carriage return and line feed.",
        "They were read as line ends; nothing is lost.",
        "Nothing has to be done.",
    ),
    "file.outside": _blocks(
        '"{got}" leads out of the programme folder.',
        "A programme reads and writes only below its own folder.",
        "Use a path inside the folder; in place of a link, put a copy of the file there.",
    ),
    "table.stray-quote": _blocks(
        "A quotation mark stands where none can stand, or is never closed.",
        "From there on, cells cannot be told apart.",
        'Put the whole cell into quotation marks and double those inside it: "Robert ""Bob"" Dyer".',
    ),
    "table.ragged-row": _blocks(
        "The row has {got} cells where the header has {wanted}.",
        "Answers would land in the wrong column.",
        "Look for a missing or an extra comma in this row.",
    ),
    "table.separator": _blocks(
        "The columns are separated by {separator}, not by commas.",
        "Read by commas, every row would be one long cell.",
        "Save the file again as CSV with commas, or let cityfolio import read it: that takes any separator.",
    ),
    "table.missing-column": _blocks(
        'There is no column "{column}"{hint}.',
        "{need}",
        "Correct the name, or add the column; leave its cells empty where nothing is on record.",
    ),
    "table.no-header": _blocks(
        "The first line does not hold the names of the columns: none of these is among them: {columns}.",
        "Without them nobody can tell what stands in which column.",
        "Make the names of the columns the first line; take out titles and empty columns above and beside it.",
    ),
    "table.doubled-column": _blocks(
        'The column "{column}" stands there twice.',
        "It cannot be told which of the two holds.",
        "Delete or rename one of them.",
    ),
    "table.unknown-column": _asks(
        'The column "{column}" belongs to no question of the instrument{hint}.',
        "Nothing of it is read.",
        "Add the question to the instrument of this wave, correct the name, or delete the column.",
    ),
    "yaml.broken": _blocks(
        "This is no valid YAML: {problem}.",
        "Nothing after this place can be read.",
        "Correct the place; often a quotation mark, an indent or a colon is missing, there or in the line before.",
    ),
    "yaml.other-format": _blocks(
        "The file has the format {got}; this version of cityfolio reads format {known}.",
        "The number says by which rules a file is read; by others it would be misread.",
        "Install a cityfolio that reads this format. Files of an older one are brought up by cityfolio upgrade.",
    ),
    "yaml.doubled-key": _blocks(
        'The key "{key}" stands there twice (first in line {first}).',
        "It cannot be told which of the two holds.",
        "Delete one of them.",
    ),
    "yaml.unexpected": _blocks(
        "{problem}{hint}.",
        "The file does not have the shape that its kind needs: {where}.",
        "Compare it with the file of the example programme, or docs/reference/programme-folder.md.",
    ),
    "programme.wave-left-out": _asks(
        "The edition {edition}, which pages show, leaves out the latest wave, {wave}.",
        "The pages go on showing earlier answers, as if nothing had been asked since.",
        "Add the wave to an edition and name that one as default_edition; or leave it, if that is meant.",
    ),
    "programme.waves-order": _asks(
        "The wave {second} stands after {first}.",
        "Waves are listed from the earliest to the latest; by their order it is known which answers are the latest.",
        "Put the earlier wave first.",
    ),
    "programme.few-invited": _asks(
        "{answered} units answered in {wave}, and {invited} were invited.",
        "A share of those invited would be more than all of them, so none is made.",
        "Correct the number, or leave it out where it is not known.",
    ),
    "programme.edition-of-facts": _blocks(
        "The edition {edition} is the default_edition and has facts only.",
        "A page shows one response of a unit, so pages need an edition by the latest response.",
        "Name such an edition as default_edition; the facts of this one are made all the same.",
    ),
    "programme.unused-file": _asks(
        "This file belongs to no wave of programme.yml.",
        "Nothing in it is read.",
        "Add its wave to programme.yml, or name the file there; take it away if it is not wanted.",
    ),
    "programme.misnamed-file": _asks(
        "Nothing by this name is read{hint}.",
        "Names and endings of files are always the same, so what stands in it is left aside.",
        "Rename it, list its language in programme.yml if it is a catalogue, or take it out of the folder.",
    ),
    "programme.unsafe-id": _blocks(
        '"{got}" cannot be an id.',
        "Ids become addresses and file names: letters from a to z, digits, - and _ only, nothing that leaves the output folder.",
        "Choose another id.",
    ),
    "programme.no-language": _blocks(
        '"{got}" is no code of a language.',
        "Pages say by it in which language they are, and it names the files of sentences and translations.",
        "Write the code that is used on the web: en, de, ko, ar or pt-BR, for instance.",
    ),
    "programme.bands-overlap": _blocks(
        'The bands "{first}" and "{second}" share numbers.',
        "A unit belongs to one group of a kind; in which of the two it would count, nobody has said.",
        "Let each band begin (low) where the one before it ends (below), and leave out below in the last one only.",
    ),
    "programme.bands-gap": _asks(
        'Numbers from {from} up to {to} lie between the bands "{first}" and "{second}".',
        "Units with such a number belong to no group of the kind.",
        "Let each band begin (low) where the one before it ends (below); write numbers without separators: 100000.",
    ),
    "programme.unknown-name": _blocks(
        '{kind} "{got}" is not known here{hint}.',
        "{where} can only name what the programme has.",
        "Correct the name.{choice}",
    ),
    "programme.unfit-variable": _blocks(
        'The variable "{got}" is known, but cannot stand here.',
        "It {problem}, and this part of the page plan takes {wanted}.",
        'Name another variable here. What a text or a number says can stand in a block of the kind "sentence".',
    ),
    "programme.doubled-id": _blocks(
        '{kind} "{got}" is defined twice.',
        "Facts about the two could not be told apart.",
        "Rename or delete one of them.",
    ),
    # -- what protects single answers -----------------------------------------------------------------------------
    "disclosure.single-answer": _blocks(
        '{where} speaks about single answers to "{variable}".',
        "The question has released: false, so no answer to it is shown unit by unit, on no page and in no file.",
        "Take it out, or show a chart of all units; or release the question.",
    ),
    "disclosure.few-alike": _blocks(
        "{number} responses of {waves} share {names} with so few that fewer than {minimum} are alike; the fewest are {smallest}.",
        "Whoever knows these things of a respondent from elsewhere could find its answers in the released files.",
        "Take coarser groups or bands, leave a column out of units.csv, release fewer answers, or lower minimum_alike.",
    ),
    "disclosure.group": _blocks(
        'The kind of group "{kind}" is made from answers to "{variable}", which are not released.',
        "Every table by these groups would tell who is in which.",
        "Group by something that is public, or release the question.",
    ),
    "disclosure.routing": _blocks(
        '"{variable}" is released, but who was asked it, or what it describes, follows from "{other}", which is not.',
        "Its answers, and the reasons for having none, would tell what was answered there.",
        "Give it released: false too, or release the other question.",
    ),
    # -- answers from other programs ---------------------------------------------------------------------------------
    "import.unreadable": _blocks(
        "This cannot be read as {form}: {problem}.",
        "Nothing of it could be relied on.",
        "Export it again with the program that made it; name letters of an older kind with --encoding or in the mapping.",
    ),
    "import.no-sheet": _blocks(
        'The workbook has no sheet "{got}"{hint}; it has {names}.',
        "Answers of another sheet would be taken for these.",
        "Correct sheet in the mapping, or what was named with --sheet.",
    ),
    "import.several-sheets": _blocks(
        "Several sheets of the workbook hold something: {names}.",
        "Which of them holds the answers is not guessed.",
        "Name it with --sheet, or as sheet in the mapping.",
    ),
    "import.unnamed-column": _asks(
        'Column {number} holds "{got}" and has no name.',
        "Nothing can read it; cells of a header that are merged leave all names but one empty.",
        "Name the column in the source if its answers count.",
    ),
    "import.no-cell-value": _blocks(
        "Cell {cell} has no value but {got}.",
        "It would be read as empty, though something stands there.",
        "Open the file in the spreadsheet, mend the cell, let it calculate and save; or add the column to ignored.",
    ),
    "import.repeat-group": _blocks(
        'The group "{got}" repeats within a response.',
        "Answers have one row for each unit; which repeat counts cannot be told.",
        "Ask it once for each case in the form, or add the group to ignored in the mapping.",
    ),
    "import.and-more": _asks(
        "There are {number} more of {code} in this column.",
        "So many alike have one cause.",
        "Mend those that are named and import again.",
    ),
    "import.left-out-nowhere": _asks(
        'Nothing in this column is "{got}", which left_out of {mapping} names.',
        "The row that was to be left out may be counted.",
        "Correct the value in the mapping, or delete it there.",
    ),
    "import.disagree": _blocks(
        'The column "{column}" and this one do not agree about "{got}" in {number} rows.',
        "Both hold the same answers, so one of them was changed.",
        "Look at the line in the source; keep only the right one of them in the mapping and add the other to ignored.",
    ),
    "import.mixed-reasons": _asks(
        'Of the columns of "{variable}" some say {reasons} where the answer is "{got}".',
        "An answer has one reason for being missing, or none; what is left is the answer without it.",
        "Look at the line in the source; a correction there is imported again.",
    ),
    "import.declared-missing": _blocks(
        'The file declares "{got}" of "{variable}" missing, and nothing says for which reason.',
        "It would be taken for an answer.",
        "Add it below missing of {variable} in {mapping}, or below codes if it is an answer.",
    ),
    "import.decimal-comma": _blocks(
        '"{got}" of "{variable}" may be a number with a decimal comma or one with its thousands apart.',
        "The two differ by a factor of a thousand.",
        "Write decimal: ',' at the question in {mapping}, or export the numbers without separators.",
    ),
    "import.no-unit-column": _blocks(
        "No column holds ids or names of units.",
        "Answers can only stand for a unit on the list.",
        "Add a column with the ids of units.csv, or name the column and its values as unit in the mapping.",
    ),
    "import.no-column": _blocks(
        'The file has no column "{got}"{hint}, which {mapping} names.',
        "What is read from it would be missing.",
        "Correct the name in the mapping, or export the column too.",
    ),
    "import.unmatched-question": _blocks(
        'The mapping does not say where the answers to "{variable}" stand{hint}.',
        "A column is never chosen by a guess, and a question without answers must be meant.",
        'Add "- variable: {variable}" and its column to variables in {mapping}, or {variable} to absent if the file has none.',
    ),
    "import.to-confirm": _blocks(
        'The columns of "{variable}" were matched by their order alone.',
        "Nothing but the order says which column belongs to which answer.",
        "Look at the lines in {mapping} and write state: confirmed.",
    ),
    "import.unknown-value": _blocks(
        'The mapping does not say what "{got}" means for "{variable}"{hint}.',
        "A value is never matched by a guess.",
        "Add it below codes or missing of {variable} in {mapping}; in columns of single categories, to chosen or not_chosen.",
    ),
    "import.no-word": _blocks(
        '"{got}" stands for {reason}, for which the programme has no word.',
        "Why an answer is missing would be lost.",
        "Add a word for {reason} below missing.tokens in programme.yml.",
    ),
    "import.no-category-column": _blocks(
        'The mapping does not say which column holds the category "{got}" of "{variable}"{hint}.',
        "It would count as chosen by nobody.",
        "Add the column below columns of {variable} in {mapping}, or '' if the file does not hold it.",
    ),
    "import.unread-column": _asks(
        'Nothing reads the column "{got}".',
        "Answers in it would not be counted.",
        "Add it to a question in {mapping}, or to ignored.",
    ),
    "import.odd-text": _asks(
        'A text of {length} characters looks like a formula, an error of a spreadsheet or no text at all: "{got}".',
        "It may not be what was answered, and spreadsheets that open it may run it.",
        "Look at the cell in the source; a correction there is imported again.",
    ),
    # -- instruments and crosswalks ------------------------------------------------------------------------------
    "instrument.no-categories": _blocks(
        'The choice question "{variable}" has no categories.',
        "Nobody could answer it.",
        "List its categories, or make it a text.",
    ),
    "instrument.kind-changed": _blocks(
        '"{variable}" is {kind} here and {other} in {wave}.',
        "One variable is answered in one way in all waves.",
        "Give the changed question a new variable, and say so in the crosswalk.",
    ),
    "instrument.unreadable": _blocks(
        "This cannot be read as {format}: {problem}.",
        "Nothing of it could be relied on.",
        "Mend it with the program that made it, and export it again.",
    ),
    "instrument.broken-condition": _blocks(
        'The condition of {got} has a bracket or a quotation mark that is never closed: "{what}".',
        "Nobody can tell whom the question is for.",
        "Close it in the form.",
    ),
    "instrument.left-out": _asks(
        "Left out, as nothing that an instrument records: {got} ({what}).",
        "An instrument holds choices, rankings, scales, grids, numbers and texts.",
        "Add a question of one of these kinds by hand, if its answers are wanted.",
    ),
    "instrument.not-carried": _asks(
        "Not carried over: {what} of {got}.",
        "The other form has no place for it; all else of the question was carried.",
        "Look whether anything depends on it.",
    ),
    "instrument.untranslated": _asks(
        "No text in {what}: {got}.",
        "A reader of that language would meet another one here; the text of the first language stands in its place.",
        "Fill in the cell.",
    ),
    "instrument.universe-words": _asks(
        'Whom {got} is for has been put into words from the labels: "{what}".',
        "The form says it as a condition, and readers are told it in a sentence.",
        "Rewrite the text of the universe.",
    ),
    "instrument.unanswered-asked": _tells(
        "Who did not answer the question that a condition looks at counts as asked: {got}.",
        "The form leads them past, but nobody knows whether the question was for them.",
        "Nothing has to be done.",
    ),
    "instrument.beside": _tells(
        "In columns of our own, which other programs do not show: {what} of {got}.",
        "The form has no place for it. cityfolio reads it back.",
        "Nothing has to be done, or say it in a hint.",
    ),
    "instrument.stricter": _tells(
        "Limits that only ask become rules that refuse an answer: {got}.",
        "The form knows no other limits.",
        "Take out the constraint in the form if answers beyond it are to be taken.",
    ),
    "instrument.not-writable": _blocks(
        "This instrument cannot be written as {format}: {problem}.",
        "The programs that read such files would refuse it.",
        "Change what is named, or use another form.",
    ),
    "crosswalk.unknown-code": _blocks(
        'The crosswalk names "{got}", which is no {kind} of {where}{hint}.',
        "A relation between waves can only name what a wave has.",
        "Correct the code.",
    ),
    "crosswalk.unconfirmed": _blocks(
        'The line about "{got}" is still to be confirmed.',
        "Whether answers of two waves may be compared is for a person to say.",
        "Check it and set its state to confirmed.",
    ),
    "crosswalk.contradicts": _blocks(
        'The crosswalk calls "{got}" {change}, but the instruments do not.',
        "The instruments decide what a wave asked and offered.",
        "Correct the crosswalk or the instrument.",
    ),
    "crosswalk.unmentioned": _asks(
        'The crosswalk says nothing about a difference in "{got}".',
        "{reason} Nobody has said whether answers before and after may be compared.",
        "Draft the line with cityfolio instrument diff --crosswalk, and judge it.",
    ),
    "crosswalk.missing": _tells(
        "No crosswalk says what changed from {earlier} to {later}.",
        "Questions with the same variable are taken to be comparable without anybody having looked.",
        "Write down what changed; if nothing did, an empty list of changes says so.",
    ),
    "crosswalk.order": _blocks(
        "The wave {earlier} is not earlier than {later}.",
        "A crosswalk tells what changed from a wave to a later one, in the order of programme.yml.",
        "Exchange earlier and later, and call the file by them.",
    ),
    # -- answers -------------------------------------------------------------------------------------------------
    "intake.unknown-unit": _blocks(
        '"{got}" is no unit of units.csv{hint}.',
        "Answers can only stand for a unit on the list.",
        "Correct the id, or add the unit to units.csv.",
    ),
    "intake.no-unit": _blocks(
        "The row names no unit.",
        "Nobody can tell whose it is; a cell that was merged over several rows holds its value in the first of them only.",
        "Write the id of the unit into the row, or delete the row if nothing stands in it.",
    ),
    "intake.no-name": _asks(
        'The unit "{got}" has no name.',
        "Pages, lists and sentences call it by its id until it has one.",
        "Write the name into the row.",
    ),
    "intake.same-name": _asks(
        'The units "{other}" and "{got}" have the same name: {name}.',
        "Readers of lists and of the map cannot tell them apart.",
        "Correct the name, fill in display_name, or let a column tell them apart (directory, apart in programme.yml).",
    ),
    "intake.doubled-unit": _blocks(
        'The unit "{got}" stands there twice (first in line {first}).',
        "Each unit has one row here; it cannot be told which holds.",
        "Delete one of the rows, or correct the id; of an import, name one as left_out in the mapping.",
    ),
    "intake.unknown-code": _blocks(
        '"{got}" is no category of {variable}{hint}.',
        "Only the codes of the instrument have a meaning.",
        'Correct the code, or write the answer as own words into "{variable}_other" if the question has them.',
    ),
    "intake.not-offered": _blocks(
        '"{got}" was not offered by {variable} in {wave}.',
        "It was on the list in {waves} only, so nobody can have chosen it here.",
        "Correct the answer, or the instrument of {wave}.",
    ),
    "intake.several-answers": _blocks(
        '"{got}" gives {number} answers to {variable}.',
        "The question takes one.",
        "Keep the one that holds.",
    ),
    "intake.no-number": _blocks(
        '"{got}" is no number.',
        "{variable} takes digits, with a point before decimals: 3500000 or 12.5.",
        "Write decimals after a point and thousands without any sign between them, or put the words into a text column.",
    ),
    "intake.thousands": _asks(
        "{got} is read as a number with three decimals, {read}.",
        "A point stands before decimals here; in many countries it stands before thousands.",
        "If {meant} is meant, write it so, without a point. If it has decimals, leave it.",
    ),
    "intake.out-of-range": _asks(
        "{got} lies outside the range of {variable} ({range}).",
        "The answer counts as it is written.",
        "Check it with the respondent.",
    ),
    "intake.doubled-code": _tells(
        '"{got}" stands twice in the answer to {variable}.',
        "It counts once.",
        "Nothing has to be done.",
    ),
    "intake.over-cap": _tells(
        "{got} choices for {variable}, where the questionnaire asks for up to {cap}.",
        "The cap is soft; all of them count.",
        "Nothing has to be done.",
    ),
    "intake.no-responses": _tells(
        "The wave has no responses.",
        "Its edition is empty.",
        "Nothing has to be done until answers arrive.",
    ),
    "intake.no-coordinates": _tells(
        'The unit "{got}" has no coordinates.',
        "It has a page, but no place on a map.",
        "Add lat and lon when they are known.",
    ),
    "intake.bad-coordinates": _asks(
        '"{got}" is no coordinate.',
        "Latitudes run from -90 to 90, longitudes from -180 to 180.",
        "Correct it or leave the cell empty.",
    ),
    "intake.no-group": _tells(
        'The unit "{got}" belongs to no group of the kind {kind}.',
        "{attribute} is not on record here or fits no group, so the unit counts among all units only.",
        "Add it when it is known.",
    ),
    "intake.without-response": _tells(
        'The unit "{got}" has no response in any wave.',
        "It has no page.",
        "Nothing has to be done.",
    ),
    "intake.impossible-figure": _blocks(
        "{got} cannot be: {problem}.",
        "A published figure is shown as it is printed, so it has to be possible.",
        "Compare it with its source.",
    ),
    "intake.base-over-survey": _asks(
        "{got} are more than the {size} that answered the survey of {edition}.",
        "A published figure counts units of its survey, whose size (_survey, responded) is published too.",
        "Compare both with their source.",
    ),
    "intake.mean-as-share": _tells(
        'The mean of "{variable}" is read as per cent: {got} %.',
        "A published mean is per cent, like a share; this one looks like a number of another kind, such as a mark out of ten.",
        "Write the measure number for it, and the figure stands as it is printed; or leave it, if it is per cent.",
    ),
    "intake.fraction-as-share": _tells(
        'The share of "{variable}" is read as {got} %, and no share in the file is larger than 1.',
        "A published share is per cent in the file: half of all is 50.",
        "Write 50 in place of 0.5, or leave it if the shares are that small.",
    ),
    "intake.unlabelled-figure": _asks(
        'The figure is about "{got}", which is no question and has no label{hint}.',
        "Nobody is told what it is about.",
        "Correct the name, or give it a label under published in programme.yml.",
    ),
    "intake.doubled-figure": _blocks(
        "The figure {got} is published twice (first in line {first}).",
        "Two references for one number could contradict each other.",
        "Keep the one that holds.",
    ),
    # -- review --------------------------------------------------------------------------------------------------
    "review.answer-past-routing": _asks(
        '{variable} holds "{got}", but {reason} routes past it.',
        "The answer does not count.",
        "Ask the respondent which of the two answers holds.",
    ),
    "review.exclusive": _asks(
        '{variable} holds "{got}" beside other answers.',
        "That category says that there is none. All of them count as written.",
        "Ask the respondent which answer holds.",
    ),
    "review.contradiction": _asks(
        "{found}",
        "Both can be true, or one of them is a slip: {why}",
        "Ask the respondent; both answers count until it says otherwise.",
    ),
    # -- page plan, wording, editorial ---------------------------------------------------------------------------
    "wording.unknown-name": _blocks(
        '"{got}" in a sentence names nothing that is known{hint}.',
        "A sentence can only speak of variables, the unit and its numbers.",
        "Correct the name in braces.",
    ),
    "wording.no-sentence": _blocks(
        'The case "{case}" of {block} has no sentence.',
        "A page could come out with a gap.",
        "Write the sentence in the wording file.",
    ),
    "wording.two-sentences": _blocks(
        'The case "{case}" of {block} has two sentences (also in line {first}).',
        "It cannot be told which of them holds.",
        "Delete one of them.",
    ),
    "wording.unpinned-share": _blocks(
        '"{got}" in the sentence of "{case}" of {block} speaks of a share, but the case does not say of which answer.',
        "The sentence would state the share of an answer that the case is not about, or vanish.",
        "Name a variable that the case pins to one answer, or split the case.",
    ),
    "wording.no-case": _blocks(
        'There is a sentence for "{case}" of {block}, but no such case{hint}.',
        "Nobody would ever read it.",
        "Correct the name of the case, or delete the sentence.",
    ),
    "wording.quantity-gap": _blocks(
        "No words stand for a share of {share}.",
        "A sentence with such a share could not be shown. A band holds its low, not its high; if both are equal, that share.",
        "Let each band of quantities begin where the one before it ends, from 0 to 1, and give 0 and 1 words of their own.",
    ),
    "wording.broken-pattern": _blocks(
        'The sentence "{got}" has a brace that does not open or close a name.',
        "A reader would see the brace.",
        "Correct the braces.",
    ),
    "plan.case-open": _blocks(
        "No case of {block} holds where {state}.",
        "Such a city would get no sentence without anybody having decided so.",
        "Add a case for it.",
    ),
    "plan.too-wide": _blocks(
        "{block} looks at too many variables at once: {states} states of the answers, more than can be tried.",
        "It cannot be proved that every state leads to one sentence.",
        "Split it into several blocks.",
    ),
    "plan.case-twice": _blocks(
        "The cases {cases} of {block} both hold where {state}.",
        "It cannot be told which sentence is meant.",
        "Make their conditions exclusive.",
    ),
    "plan.thin-headline": _tells(
        'The headline "{got}" stands on no page: its base in {edition} is {base}, below the thin_base of {thin_base}.',
        "A share of so few would say more than is known.",
        "Take it out of headlines, or name an answer to a question that more have answered.",
    ),
    "editorial.unknown-unit": _blocks(
        '"{got}" is no unit of units.csv{hint}.',
        "An editorial text belongs to the unit its file is named after.",
        "Rename the file or add the unit.",
    ),
    "editorial.unknown-slot": _blocks(
        'There is no editorial block "{got}" in the page plan{hint}.',
        "The text would be shown nowhere.",
        "Correct the heading, or add the block to profile.yml.",
    ),
    "editorial.doubled-slot": _blocks(
        'The text "{got}" stands there twice (first in line {first}).',
        "Only one of them could be shown.",
        "Join the two, or delete one of them.",
    ),
    "editorial.outside-slot": _blocks(
        "This text stands before the first heading.",
        "A heading (# and the id of an editorial block) says where a text belongs; without one it would be shown nowhere.",
        "Put the heading above it.",
    ),
    "editorial.no-source": _blocks(
        'The text "{got}" has no {lacking}.',
        "Readers are told where a text comes from, and of when it is.",
        "Add it below slots in the head of the file.",
    ),
    "editorial.draft": _tells(
        "The texts of this file are a draft.",
        "They are not shown.",
        "Set the state to approved when they may be published.",
    ),
    "editorial.unsafe-html": _tells(
        "{got} is not allowed in editorial text.",
        "It was taken out; the text around it stays.",
        "Write Markdown without it: no images, no scripts, and links to https, http and mailto addresses only.",
    ),
    "editorial.no-translation": _tells(
        "There is no text in {language}.",
        "The page shows the text as it is written, marked with its language.",
        "Translate it in the catalogue, which cityfolio translate PROGRAMME --language {language} writes.",
    ),
    # -- translations --------------------------------------------------------------------------------------------
    "translate.broken": _blocks(
        "This line belongs to no message of a catalogue.",
        "A catalogue holds msgctxt, msgid and msgstr, each followed by text in quotation marks, and comments that start with #.",
        "Correct the line; often a quotation mark is missing, or an empty line between two messages.",
    ),
    "translate.untranslated": _tells(
        '{number} of {all} texts have no translation into {language}, the first being "{first}".',
        "Pages in that language show them as they are written, marked with their language.",
        "Write the list with: cityfolio translate PROGRAMME --language {language}, and fill in what is empty.",
    ),
    "translate.incomplete": _blocks(
        '{number} of {all} texts have no translation into {language}, the first being "{first}".',
        "The programme asks for complete translations.",
        "Fill in what cityfolio translate PROGRAMME --language {language} lists, or set translations: partial.",
    ),
    "translate.product": _tells(
        "The product does not speak {language}: {number} of its {all} texts have no translation into it.",
        "Headings, links and phrases that are not the programme's own appear in English, marked as such.",
        "Leave them so, or write the list with: cityfolio translate PROGRAMME --language {language}, and fill in what stands"
        " below product|.",
    ),
    "translate.product-spoken": _tells(
        "The product speaks {language} itself; {number} of its texts are translated here for nothing,"
        ' the first being "{first}".',
        "Where the product has words of its own, they are used.",
        "Take these entries out. A phrase that shall read otherwise is replaced in the wording file.",
    ),
    "translate.lost-name": _blocks(
        'The translation leaves out "{got}".',
        "What is filled in there, a number or a name, would be lost on the page.",
        "Put it in as it is written, wherever the language wants it.",
    ),
    "translate.markup": _blocks(
        "The translation holds {got}, and the text that it translates does not, or not there.",
        "The texts of the product stand in the code of pages, where such signs are read as code.",
        "Take it out, or keep the tags of the text as they are. For quotation marks, write those of the language, such as “ ”.",
    ),
    "translate.per-cent": _blocks(
        "A % stands alone in the translation: {got}",
        "In such a text, % begins the name of what is filled in.",
        "Write %% for the sign, and names as in the text that is translated, such as %(number)s.",
    ),
    "translate.broken-pattern": _blocks(
        "A brace stands where none can stand: {got}.",
        "Names of a sentence stand in braces, and nothing else does.",
        "Correct the translation.",
    ),
    "translate.unknown-name": _blocks(
        'The sentence that this translates does not name "{got}"{hint}.',
        "A translation can only name what the sentence that it translates names, if in another form.",
        "Correct the name.",
    ),
    # -- plain sample files ----------------------------------------------------------------------------------
    "sample.empty-file": _blocks(
        "The file is empty.",
        "A table needs at least its line of column names.",
        "Give a file with a header and one record per line.",
    ),
    "sample.no-number": _blocks(
        '"{got}" is no number.',
        "This column is calculated with.",
        "Write digits with a point before decimals, or leave the cell blank.",
    ),
    "sample.blank-design": _blocks(
        "The cell is blank, but the column tells the {role} of each record.",
        "Without it nobody can say how the record came into the sample.",
        "Fill the cell in, or leave the record out of the file.",
    ),
    "sample.negative-weight": _blocks(
        "The weight is {got}.",
        "A record cannot stand for fewer than no units.",
        "Correct the weight; 0 takes a record out of every number.",
    ),
    "sample.uneven-population": _blocks(
        "The population is {got} here and {other} elsewhere in the same stratum at stage {stage}.",
        "One stratum has one population size.",
        "Correct the number, or name the stratum in --strata.",
    ),
    "sample.small-population": _blocks(
        "The population is {got}, but the sample holds {sampled} units of this stratum at stage {stage}.",
        "A sample cannot be larger than what it was drawn from.",
        "Correct the population size; it counts units of this stage, not records.",
    ),
    "sample.lonely-stratum": _blocks(
        "The stratum of this record has one sampled unit at stage {stage}.",
        "The spread inside a stratum cannot be seen from one unit, so no standard error holds.",
        "Join the stratum with a similar one, or give its population size with --fpc if it was taken whole.",
    ),
    "sample.blank-cell": _blocks(
        "The cell is blank, but weights are adjusted by this column.",
        "The record belongs to no cell of the population.",
        "Fill the cell in, or adjust by another column.",
    ),
    "sample.cell-without-population": _blocks(
        'The sample has records with "{cell}", for which no population is given.',
        "Their weights would become nothing.",
        "Add the cell and its Freq, or correct its name.",
    ),
    "sample.cell-without-sample": _blocks(
        'The population has {frequency} units with "{cell}", but the sample has no record of them.',
        "Nobody in the sample can stand for them.",
        "Join the cell with a similar one in both files.",
    ),
    "sample.doubled-cell": _blocks(
        'The cell "{cell}" stands there twice.',
        "It cannot be told which of the two counts holds.",
        "Delete one of them.",
    ),
    "sample.margins-not-met": _blocks(
        "Raking did not meet all margins.",
        "They contradict each other, or the sample lacks a combination that they need.",
        "See whether all margins have the same total, and join rare categories.",
    ),
    "sample.no-answers": _tells(
        "Nobody in the group {group} gave an answer.",
        "There is no base, so there is no estimate.",
        "Nothing has to be done.",
    ),
    "sample.no-spread": _tells(
        "The group {group} rests on one sampled unit per stratum.",
        "No degree of freedom is left, so there is no interval, and the standard error says nothing.",
        "Join the group with another if you need its interval.",
    ),
}
