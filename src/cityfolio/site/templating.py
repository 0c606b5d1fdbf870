"""The Jinja environment of the site, autoescaped and strict, and the filters that pages are written with."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from cityfolio.narrative.sentence import Run, Sentence, plain_text
from cityfolio.reading.product_catalogues import SOURCE, ProductWords, product_words
from cityfolio.site.breaking import breakable
from cityfolio.site.compared_rows import ComparedRows
from cityfolio.site.drawing import spread
from cityfolio.site.fact_links import anchor_of, linked_number, linked_sentence
from cityfolio.site.links import address, contact_address, contact_words
from cityfolio.site.showing import section_entries
from cityfolio.site.speaking import words_of
from cityfolio.site.template_language import COMPILED, TemplateLanguage, Unindented
from cityfolio.site.word_joining import closed

__all__ = ["bar", "environment", "full_stop", "line", "opening", "row_bar", "sentence_html_linked"]


def sentence_html_linked(sentence: Sentence) -> Markup:
    """A sentence as HTML, with runs that are an address as a whole turned into links.

    >>> print(sentence_html_linked((Run("https://example.org"),)))
    <a href="https://example.org">https://example.org</a>
    """
    return linked_sentence(sentence, write=_linked)


def full_stop(sentence: Sentence, at: str = "") -> Markup:
    """The sentence as HTML, closed by a full stop if it is not closed yet, so that another can follow.

    `at` is where the links of its numbers lead, if not to their facts.

    >>> print(full_stop((Run("4 cities"),)), full_stop((Run("4 cities."),)))
    4 cities. 4 cities.
    """
    closed = plain_text(sentence).rstrip().endswith((".", "!", "?", "…", "。"))
    return linked_sentence(sentence, at) + ("" if closed else ".")


def line(sentence: Sentence) -> Markup:
    """The sentence as HTML where it stands alone: a capital at its start, a full stop at its end.

    >>> print(line((Run("published: 4 cities"),)))
    Published: 4 cities.
    """
    if not sentence:
        return Markup()
    first, *rest = sentence
    return full_stop((replace(first, text=opening(first.text)), *rest))


def opening(words: str) -> str:
    """Words as they open a line: the first letter a capital, the rest as it is.

    >>> opening("surveys of 2018 and 2020"), opening("eBay users"), opening("")
    ('Surveys of 2018 and 2020', 'EBay users', '')
    """
    return words[:1].upper() + words[1:]


def bar(length: float) -> Markup:
    """A bar of a chart: a rectangle from zero to `length` (0 to 1) of the scale, hidden from screen readers.

    >>> print(bar(0.5176))
    <svg aria-hidden="true"><rect width="51.8%"/></svg>
    """
    width = f"{min(max(length, 0.0), 1.0) * 100:.1f}".removesuffix(".0")
    return Markup(f'<svg aria-hidden="true"><rect width="{width}%"/></svg>')  # noqa: S704 - a number


def dots(earlier: float, later: float) -> Markup:
    """Two values of one thing on one line: an open dot for the earlier, a filled one for the later, hidden from screen readers.

    >>> print(dots(0.5, 0.625))
    ... # doctest: +NORMALIZE_WHITESPACE
    <svg class="dots" aria-hidden="true"><line x1="50%" x2="62.5%" y1="5" y2="5"/><circle cx="50%" cy="5" r="4"/><circle
    cx="62.5%" cy="5" r="5"/></svg>
    """
    one, two = (f"{min(max(value, 0.0), 1.0) * 100:.1f}".removesuffix(".0") for value in (earlier, later))
    line = f'<line x1="{one}%" x2="{two}%" y1="5" y2="5"/>'
    marks = f'<circle cx="{one}%" cy="5" r="4"/><circle cx="{two}%" cy="5" r="5"/>'
    return Markup(f'<svg class="dots" aria-hidden="true">{line}{marks}</svg>')  # noqa: S704 - numbers


def row_bar(length: float) -> Markup:
    """The bar of a row of a chart, in few bytes, as a page holds a hundred: the class says its length in whole per cent.

    >>> print(row_bar(0.5176), row_bar(0.001), row_bar(0))
    <i class=b52></i> <i class=b1></i> <i class=b0></i>
    """
    per_cent = min(max(round(length * 100), 1 if length > 0 else 0), 100)
    return Markup(f"<i class=b{per_cent}></i>")  # noqa: S704 - a number


_ENGLISH = product_words(SOURCE)


@lru_cache(maxsize=16)  # a programme that is served while its words are written has others every time
def environment(product: ProductWords = _ENGLISH) -> Environment:
    """The environment with all templates of the package, speaking a language. Templates are compiled at first use and kept.

    >>> environment().from_string("{{ name }}, {{ 52 | per_cent }}, {{ 1200 | number }}").render(name="<b>")
    '&lt;b&gt;, 52 %, 1,200'
    >>> environment(product_words("ko")).from_string("{{ 52 | per_cent }}").render()
    '52%'
    """
    words = words_of(product)
    made = TemplateLanguage(
        loader=PackageLoader("cityfolio.site", "templates"),
        extensions=["jinja2.ext.i18n", Unindented],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=COMPILED,
    )
    made.newstyle_gettext = True  # type: ignore[attr-defined] # read by the extension
    made.globals.update(
        _=words.gettext,
        gettext=words.gettext,
        ngettext=words.ngettext,
        pgettext=words.pgettext,
        npgettext=words.npgettext,
    )
    made.globals["number"] = linked_number
    made.globals["dots"] = dots
    made.globals["semicolon"] = words.language.grammar.semicolon
    made.filters.update(
        sentence=linked_sentence,
        sentence_linked=sentence_html_linked,
        plain=plain_text,
        address=address,
        contact_address=contact_address,
        contact_words=contact_words,
        number=words.number,
        per_cent=words.per_cent,
        date=words.date,
        bar=bar,
        breakable=breakable,
        closed=closed,
        compared_row=ComparedRows(words).row,
        row_bar=row_bar,
        anchor=anchor_of,
        spread=spread,
        full_stop=full_stop,
        line=line,
        opening=opening,
        forms=lambda forms: json.dumps(dict(forms), ensure_ascii=False),
        moves=lambda moved: json.dumps([(one.kind, one.old, one.new) for one in moved], ensure_ascii=False),
        entries=section_entries,
    )
    return made


def _linked(run: Run) -> str:
    target = address(run.text)
    return f'<a href="{escape(target)}">{escape(run.text)}</a>' if target else escape(run.text)
