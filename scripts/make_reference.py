"""Writes the pages of docs/reference that follow from the code: the findings, the command line and the phrases.

Run it after a change of the catalogue of findings, of a command or of narrative/en.yml:

    .venv/bin/python scripts/make_reference.py
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import typer

from cityfolio.build.formats.explanations import KEYS
from cityfolio.build.formats.registry import CURRENT, FORMATS, FileFormat, format_of
from cityfolio.build.formats.schemas import Schema, schema_of
from cityfolio.cli.application import app, run
from cityfolio.cli.showing import show_findings
from cityfolio.findings import CATALOGUE, Finding, Rule
from cityfolio.narrative.grammar import English
from cityfolio.narrative.product_wording import product_wording
from cityfolio.narrative.wording_file import QuantityEntry

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
KEYS_FILE = ROOT / "src" / "cityfolio" / "build" / "formats" / KEYS

FAMILIES = {
    "file": "Files",
    "table": "Tables",
    "yaml": "YAML files",
    "programme": "Names in the programme",
    "disclosure": "What protects single answers",
    "instrument": "Instruments",
    "crosswalk": "Crosswalks",
    "import": "Answers from other programs",
    "intake": "Answers, units and published figures",
    "corrections": "Corrections of answers",
    "review": "Answers that should be asked about",
    "plan": "The page plan",
    "wording": "Sentences",
    "editorial": "Editorial texts",
    "translate": "Translations",
    "theme": "The look of the site",
    "moved": "Ids that changed",
    "sample": "Samples and plain files",
    "release": "Releases",
}
_MADE = "<!-- Made by scripts/make_reference.py; changes by hand are lost. -->"
_FINDINGS = """# Findings

A finding is trouble in somebody's data or files. It has a code, a place, and says what was found, why it cannot be right or what
it means, and what to do. [How to read them](../how-to/read-the-findings.md).

- **blocks**: nothing is built before it is mended; what was published before stays.
- **asks**: a person should look; the build goes on.
- **tells**: worth knowing; nothing has to be done.

Words in ‹angle marks› are filled in with what was found.
"""
_COMMANDS = """# The command line

Exit codes: 0 done, 1 findings block, 2 wrong use, 3 a bug of ours, 130 stopped with Ctrl-C. What a command prints
for machines goes to standard output; messages about wrong use, and findings that stop a build, go to standard error.
"""

# What stands below the help text of a command. The tests run the blocks in order.
_MORE = {
    "explain": """What the measures mean: [facts.csv](facts-csv.md). For shares of the answers the units behind the numbers
are named:

```console
$ cityfolio new green
...
$ cityfolio explain 2024.has_plan.yes.all.share --programme green
Tree plan: A plan
fact       2024.has_plan.yes.all.share
measure    share, group all
value      1 (100 %)
numerator  2
base       2
...
  chose      2: Alder; Cedar
  did not    0: nobody
...
```
""",
    "tabulate": """Of a programme, `--by` names a kind of group of `programme.yml` or a single choice. Rows are shares of a choice
variable; below stand the notes on what not all waves offered. Where all units are a fixed list there is no
chance of sampling, so `--test` says that there is no test; with `--weights` the units are taken as a sample
with these weights, and standard errors and intervals come along.

```console
$ cityfolio tabulate green measures
Measures, surveys of 2022 and 2024
group  category                 number  base  share  left out
all    Planting new trees            1     1  100 %  1 routed past, 1 not on record
all    Watering in dry summers       0     1    0 %  1 routed past, 1 not on record
all    Mapping every tree            1     1  100 %  1 not offered, 1 not on record
all    Nothing yet                   0     1    0 %  1 routed past, 1 not on record
Mapping every tree: offered in 2024 only.
Asked of: Cities with a plan.
$ cityfolio tabulate green has_plan --by country --edition 2022
Tree plan, survey of 2022
group  category  number  base  share  left out
Aland  A plan         1     2   50 %
Aland  No plan        1     2   50 %
$ cityfolio tabulate green measures --change --format csv | cut -d, -f 1,3-6,11
category,matched,panel_earlier,panel_later,panel_change,word
planting,1,1.0,1.0,0.0,equal
watering,1,0.0,0.0,0.0,equal
mapping,,,,,refused: series break
none,1,0.0,0.0,0.0,equal
```

`--change` compares the first wave that asked with the last: the units that answered both times (the panel), all
that answered, and what who took part adds to the difference. Across a break nothing is compared. [Change between
waves](../explanation/change.md) says how, and when a word such as "more" is allowed.

Of a plain file, `--by` names a column, and everything marked "File" says how the sample was drawn: [Tabulate a
sample](../how-to/tabulate-a-sample.md). `--format parquet` needs `--out`.

The same from Python: [`Project.tabulate` and `Project.changes`](python.md#project).
""",
}

_FORMATS = """# File formats

The YAML files of a programme folder are of format {current}, and say so in their first key, `format`; the tables beside them are
read by the same rules. A file of another format is a finding, never misread. How the files go together stands in [the programme
folder](programme-folder.md). The examples change the programme that `cityfolio new` makes; below each bad one stand the
findings that it adds.

## In an editor

`cityfolio schemas` writes a JSON Schema for each file, with which editors complete keys and mark mistakes while you type:

```console
$ cityfolio new green
...
$ cityfolio schemas --out green/.schemas
programme.yml: green/.schemas/programme.schema.json
...
```

An editor that speaks to the YAML language server takes a remark at the head of a file:

```yaml
# yaml-language-server: $schema=.schemas/programme.schema.json
```

A schema knows keys and types. Whether a code is known, a case proved or a base right, `cityfolio check` says.

## When the format changes

`cityfolio upgrade` brings the files of an older format up to the current one, and says which; `--check` only looks. Files from
before there were numbers get theirs:

```console
$ sed -i '/^format: 1$/d' green/crosswalks/2022-2024.yml
$ cityfolio upgrade green --check || echo "exit code $?"
crosswalks/2022-2024.yml: format without a number -> 1
exit code 1
$ cityfolio upgrade green
crosswalks/2022-2024.yml: format without a number -> 1
$ cityfolio upgrade green
Every file is of format 1.
```
"""

_PHRASES = """# Phrases

The phrases that cityfolio brings along in English. A programme may put others in their place, under the same names, in
`phrases`, `missing`, `short`, `meanings` and `quantities` of its wording file. A phrase may use the names in braces that its
default uses, `{unit}` and `{units}`. [Wording](wording.md) says how sentences are made.
"""


def reference_pages() -> Mapping[str, str]:
    """The pages by their file names."""
    return {
        "findings.md": findings_page(),
        "command-line.md": command_page(),
        "phrases.md": phrases_page(),
        "file-formats.md": formats_page(),
    }


def findings_page() -> str:
    """Every finding of the catalogue, by family and in the order of the catalogue."""
    return "\n".join([_MADE, _FINDINGS, *_families()])


def _families() -> Iterator[str]:
    def family(code: str) -> str:
        return code.partition(".")[0]

    in_order = sorted(CATALOGUE, key=lambda code: list(FAMILIES).index(family(code)))
    for name, codes in groupby(in_order, key=family):
        yield f"## {FAMILIES[name]}\n"
        for code in codes:
            yield _finding(code, CATALOGUE[code])


def _finding(code: str, rule: Rule) -> str:
    lines = [("Found", rule.found), ("Why", rule.why), ("What to do", rule.do)]
    said = "\n".join(f"- {title}: {_filled(sentence)}" for title, sentence in lines)
    return f"### {code}\n\n**{rule.severity.value}**\n\n{said}\n"


def _filled(sentence: str) -> str:
    return re.sub(r"\{(\w+)\}", r"‹\1›", sentence.replace("{hint}", " (did you mean …?)")).replace("<", "&lt;")


def command_page() -> str:
    """The help texts of all commands, as they are printed 80 characters wide."""
    parts = [_MADE, _COMMANDS, _help()]
    for name in _commands():
        parts += [f"## cityfolio {name}\n", _help(*name.split()), *([_MORE[name]] if name in _MORE else [])]
    return "\n".join(parts)


def _help(*command: str) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), _terminal():
        run([*command, "--help"])
    text = "\n".join(line.rstrip() for line in printed.getvalue().strip().splitlines())
    return f"```text\n{text}\n```\n"


@contextlib.contextmanager
def _terminal() -> Iterator[None]:
    """A terminal 80 characters wide."""
    width = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = "80"
    try:
        yield
    finally:
        os.environ.pop("COLUMNS")
        os.environ.update({} if width is None else {"COLUMNS": width})


def _commands() -> list[str]:
    with contextlib.redirect_stdout(io.StringIO()):
        run(["--help"])  # registers all commands
    return list(_names(typer.main.get_command(app)))


def _names(command: object) -> Iterator[str]:
    """The commands of a group, those of a group inside it with both names."""
    for name, inner in getattr(command, "commands", {}).items():
        deeper = [f"{name} {more}" for more in _names(inner)]
        yield from deeper or [name]


def phrases_page() -> str:
    """The phrases, lines for missing reasons and share words that the product brings along."""
    words, _, _ = product_wording()
    if words is None:
        raise ValueError("narrative/en.yml cannot be read")
    parts = [_MADE, _PHRASES, "## phrases\n", _pairs(words.phrases)]
    parts += ["## missing\n", "The line on a page that says why there is no answer.\n", _pairs(words.missing)]
    parts += ["## short\n", _pairs(words.short), "## meanings\n", _pairs(words.meanings), "## quantities\n"]
    parts += ["Words for shares, by the exact share. They are never shown without the number.\n"]
    bands = [(_band(q), q.words) for q in words.quantities]
    parts += ["| share | words |\n|---|---|\n" + "".join(f"| {share} | {said} |\n" for share, said in bands)]
    return "\n".join(parts)


def _band(entry: QuantityEntry) -> str:
    low, high = (English().per_cent(float(share * 100)) for share in (entry.low, entry.high))
    return f"exactly {low}" if entry.low == entry.high else f"from {low} to under {high}"


def _pairs(words: Mapping[str, str]) -> str:
    return "| name | words |\n|---|---|\n" + "".join(f"| `{name}` | {said} |\n" for name, said in words.items())


def keys_json() -> str:
    """What each key holds, from the tables of the page about the programme folder: for the schemas."""
    page = (REFERENCE / "programme-folder.md").read_text("utf-8")
    found: dict[str, dict[str, str]] = {}
    for name, table in re.findall(r"<!-- shape: ([\w.]+) -->\n\n\| key .*\n\|[-|]+\n((?:\|.*\n)+)", page):
        for line in table.splitlines():
            key, holds, default = (cell.strip() for cell in line.strip("|").split("|"))
            found.setdefault(name, {})[key.strip("`")] = _holds(holds, default)
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _holds(holds: str, default: str) -> str:
    """The words of the table as sentences, without links, which editors do not follow."""
    words, otherwise = (re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text) for text in (holds, default))
    words = words[:1].upper() + words[1:] + "."
    return words if otherwise in ("needed", "") else f"{words} Without it: {otherwise}."


def formats_page() -> str:
    """Every key of every YAML file with its type, from the schemas."""
    return "\n".join([_MADE, _FORMATS.replace("{current}", str(CURRENT)), *(_format(one) for one in FORMATS)])


def _format(one: FileFormat) -> str:
    schema = schema_of(one)
    parts = [f"## {one.pattern}\n", f"Schema: `{one.schema_name}`.\n", _keys(schema)]
    shapes = schema.get("$defs")
    for name, inner in (shapes if isinstance(shapes, dict) else {}).items():
        if isinstance(inner, dict) and "properties" in inner:
            parts += [
                f"### {one.name}: {name}\n",
                f"{str(inner.get('description', '')).split(chr(10))[0]}\n",
                _keys(inner),
            ]
    return "\n".join([*parts, *_examples(one)])


def _examples(one: FileFormat) -> Iterator[str]:
    """The examples of a format from the page about the programme folder, the bad ones with the findings they give."""
    # The examples are tried as the tests try them, by the same function.
    sys.path.insert(0, str(ROOT))
    from tests.docs.examples import EXAMPLES, findings_of

    for quality in ("good", "bad"):
        chosen = [block for block in EXAMPLES if block.remark[0] == quality and format_of(block.remark[1]) == one]
        yield f"### {one.name}: {quality} examples\n"
        for block in chosen:
            yield "\n".join([f"```{block.language}", f"# {block.remark[1]}:", *block.lines[1:], "```", ""])
            if quality == "bad":
                with tempfile.TemporaryDirectory() as folder:
                    findings = findings_of(block, Path(folder) / "green")
                yield "\n".join(["```text", *_shown(findings), "```", ""])


def _shown(findings: Sequence[Finding]) -> list[str]:
    """The findings as `cityfolio check` prints them, without their number."""
    stream = io.StringIO()
    show_findings(findings, stream)
    return stream.getvalue().splitlines()[:-1]


def _keys(shape: Mapping[str, Schema]) -> str:
    needed = shape.get("required")
    keys = shape.get("properties")
    lines = ["| key | type | needed | holds |", "|---|---|---|---|"]
    for key, value in (keys if isinstance(keys, dict) else {}).items():
        is_needed = isinstance(needed, list) and key in needed
        told = value.get("description", "") if isinstance(value, dict) else ""
        lines.append(f"| `{key}` | {_type(value)} | {'yes' if is_needed else ''} | {told} |")
    return "\n".join(lines) + "\n"


def _type(value: Schema) -> str:
    """The type of a value in words."""
    if not isinstance(value, dict):
        return "anything"
    if "$ref" in value:
        return f"`{str(value['$ref']).rpartition('/')[2]}`"
    for key in ("anyOf", "allOf"):
        if isinstance(value.get(key), list):
            others = [_type(inner) for inner in value[key] if inner != {"type": "null"}]  # type: ignore[union-attr]
            return " or ".join(dict.fromkeys(others))
    if isinstance(value.get("enum"), list):
        return ", ".join(f"`{word}`" for word in value["enum"] if isinstance(word, str))  # type: ignore[union-attr]
    kind = value.get("type")
    if kind == "array":
        return f"list of {_type(value.get('items'))}"
    if kind == "object":
        return f"words, each with {_type(value.get('additionalProperties'))}"
    names = {"integer": "whole number", "number": "number", "boolean": "true or false"}
    return names.get(str(kind), "text")


if __name__ == "__main__":
    KEYS_FILE.write_text(keys_json(), encoding="utf-8")
    for name, page in reference_pages().items():
        (REFERENCE / name).write_text(page, encoding="utf-8")
