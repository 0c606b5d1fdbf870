"""Brings the product's catalogues up to date: src/cityfolio/locale/cityfolio.pot and the .po file of each language.

Run it after a change of a text in a template, of narrative/en.yml or of words marked with message():

    .venv/bin/python scripts/make_catalogues.py

What is translated stays; new texts are empty; texts that are gone stand at the end. Equal texts give equal files.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from babel.messages.plurals import get_plural
from jinja2.ext import extract_from_ast

from cityfolio.build.catalogue_files import header
from cityfolio.findings import CATALOGUE, Severity
from cityfolio.narrative.product_wording import product_texts
from cityfolio.reading.catalogues import Catalogue, Message, parse_catalogue
from cityfolio.reading.writing_catalogues import catalogue_text, updated
from cityfolio.site.templating import environment

PACKAGE = Path(__file__).parents[1] / "src" / "cityfolio"
LOCALE = PACKAGE / "locale"
_WITH_CONTEXT = {"pgettext", "npgettext"}
_WITH_PLURAL = {"ngettext", "npgettext"}


def texts() -> tuple[Message, ...]:
    """Every text of the product, each once, with the files that it stands in."""
    found: dict[tuple[str, str], Message] = {}
    for message in (*_phrases(), *_findings(), *_templates(), *_python()):
        key = (message.context, message.source)
        held = found.get(key)
        comments = tuple(dict.fromkeys((*held.comments, *message.comments))) if held else message.comments
        plural = message.plural or (held.plural if held else "")
        found[key] = replace(message, comments=comments, plural=plural)
    return tuple(found.values())


def catalogues() -> Mapping[Path, str]:
    """The files as they should be."""
    wanted = texts()
    made = {LOCALE / "cityfolio.pot": catalogue_text(Catalogue("", tuple(_empty(wanted)), _TEMPLATE_HEAD))}
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/cityfolio.po")):
        language = path.parts[-3]
        held, findings = parse_catalogue(path.name, path.read_text("utf-8") if path.stat().st_size else "", language)
        if held is None:
            raise ValueError(f"{path}: {findings[0].at}")
        forms = get_plural(language.replace("-", "_"))[0]
        made[path] = catalogue_text(replace(updated(held, wanted, forms), header=held.header or header(language)))
    return made


_TEMPLATE_HEAD = (
    "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
    "Plural-Forms: nplurals=2; plural=(n != 1);\n"
)


def _empty(wanted: Iterable[Message]) -> Iterator[Message]:
    return (replace(message, strings=("", "") if message.plural else ("",)) for message in wanted)


def _phrases() -> Iterator[Message]:
    for context, source in product_texts():
        yield Message(context, source, comments=("#: narrative/en.yml",))


def _findings() -> Iterator[Message]:
    """What is found, of the findings that the method page shows; a contradiction is in the programme's own words."""
    for code, rule in CATALOGUE.items():
        if rule.severity is Severity.ASKS and rule.found != "{found}":
            yield Message(f"findings.{code}", rule.found, comments=("#: catalogue.py",))


def _templates() -> Iterator[Message]:
    folder = PACKAGE / "site" / "templates"
    for path in sorted(folder.rglob("*.html")):
        place = (f"#: {path.relative_to(PACKAGE).as_posix()}",)
        for _, function, said in extract_from_ast(environment().parse(path.read_text("utf-8"))):
            parts = [part for part in (said if isinstance(said, tuple) else (said,)) if isinstance(part, str)]
            context = parts.pop(0) if function in _WITH_CONTEXT else ""
            plural = parts[1] if function in _WITH_PLURAL else ""
            if parts:
                yield Message(context, parts[0], plural, comments=place)


def _python() -> Iterator[Message]:
    for path in sorted(PACKAGE.rglob("*.py")):
        source = path.read_text("utf-8")
        if "message(" not in source:
            continue
        place = (f"#: {path.relative_to(PACKAGE).as_posix()}",)
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "message":
                yield from (Message("", str(a.value), comments=place) for a in node.args if isinstance(a, ast.Constant))


if __name__ == "__main__":
    for path, text in catalogues().items():
        path.write_text(text, encoding="utf-8")
