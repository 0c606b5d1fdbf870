"""Where facts stand on the site: the permanent address of each, and numbers that link to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import unescape
from itertools import groupby
from urllib.parse import quote

from markupsafe import Markup, escape

from cityfolio.model.fact import PUBLISHED, FactKey
from cityfolio.model.identifiers import is_identifier
from cityfolio.narrative.sentence import ForeignRun, Run, Sentence
from cityfolio.site.marking import foreign_tag
from cityfolio.site.word_joining import joined

__all__ = [
    "anchor_of",
    "fact_anchor",
    "fact_of_link",
    "fact_page",
    "fact_target",
    "facts_named",
    "linked_number",
    "linked_sentence",
    "linked_words",
    "placed",
    "safe",
]

# Stands in for the way from a page to the facts, so that the same piece of HTML fits pages of any depth. No text out of
# data can hold it: quotation marks are escaped there.
_AWAY = '="facts:'
_FACT_LINK = re.compile(
    r"facts/([^/#]+)/([^/#]+)/index\.html#(published\.)?([^.:~%]+)(?:\.([^.:~%]+:[^.~%]+))?(?:\.(\w+))?$"
)
_NAMED = re.compile(r"""(?:<a [^<>]*?href="([^"]*)"[^<>]*)? data-fact(?:="([^"<>]+)")?""")
_SIGNS = re.compile(r"[&<>\"']")
_PLAIN_ANCHOR = re.compile(r"[\w.:-]*")
# Parts of a fact that are its value as it is read: they need not be named beside the number.
_VALUES = frozenset({"", "share", "value", "rank", "published"})


def fact_page(edition: str, variable: str) -> str:
    """The page of the facts of a variable in an edition.

    >>> fact_page("2018-2020", "has_strategy")
    'facts/2018-2020/has_strategy/index.html'
    """
    return f"facts/{edition}/{variable}/index.html"


def fact_anchor(key: FactKey) -> str:
    """The anchor of a fact on the page of its variable and edition: what its id says beyond these two.

    The category (`_` where the fact is about the whole variable); the group, unless it is all units; the measure, unless
    it is the share; before them `published.` for a published figure. Characters that an anchor cannot hold are `~` and
    their code.

    >>> from cityfolio.model.edition import ALL, Group
    >>> fact_anchor(FactKey("2020", "has_strategy", "yes", ALL, "share"))
    'yes'
    >>> fact_anchor(FactKey("2020", "has_strategy", "yes", Group("continent", "North America"), "share", PUBLISHED))
    'published.yes.continent:North~20America'
    >>> fact_anchor(FactKey("2020", "population", "", ALL, "median"))
    '_.median'
    """
    return _anchor(key.category or "_", key.group.id, key.measure, is_published=key.source == PUBLISHED)


# What profiles and charts speak of again and again; the tens of thousands on pages of facts come once each.
_KEPT = 10_000


@lru_cache(maxsize=_KEPT)
def fact_target(fact: str) -> str:
    """Where the fact of an id stands: page and anchor below the site, as a link writes it; empty if that is no id.

    >>> fact_target("2018-2020.has_strategy.yes.all.share")
    'facts/2018-2020/has_strategy/index.html#yes'
    >>> fact_target("published.2018._survey.responded.all.count")
    'facts/2018/_survey/index.html#published.responded.count'
    >>> fact_target("f1")
    ''
    """
    published, _, rest = fact.partition(".")
    if published == PUBLISHED and (target := _target(rest, is_published=True)):
        return target
    return _target(fact, is_published=False)


def anchor_of(fact: str) -> str:
    """The anchor of the fact of an id, as the page of its facts holds it.

    >>> anchor_of("2018-2020.has_strategy.yes.all.share"), anchor_of("2020.roles._.country:CÔTE.share")
    ('yes', '_.country:CÔTE')
    """
    published, _, rest = fact.partition(".")
    parts = _parts(rest) if published == PUBLISHED else None
    if parts is not None:
        return _anchor(*parts[2:], is_published=True)
    parts = _parts(fact)
    return _anchor(*parts[2:], is_published=False) if parts is not None else ""


@lru_cache(maxsize=_KEPT)
def fact_of_link(link: str) -> str:
    """The id of the fact that a link leads to, from wherever it stands; empty if it leads to none.

    >>> fact_of_link("../../facts/2018-2020/has_strategy/index.html#yes")
    '2018-2020.has_strategy.yes.all.share'
    >>> fact_of_link("../facts/2020/roles/index.html#_.country:KOR.own_words")
    '2020.roles._.country:KOR.own_words'
    >>> fact_of_link("../facts/2018/areas/index.html#published.b")
    'published.2018.areas.b.all.share'
    >>> fact_of_link("../facts/index.html"), fact_of_link("#yes")
    ('', '')
    """
    found = _FACT_LINK.search(link)
    if found is None:
        return ""
    published, category, group, measure = found[3], found[4], found[5] or "all", found[6] or "share"
    fact = f"{published or ''}{found[1]}.{found[2]}.{category}.{group}.{measure}"
    # What does not lead back to this very link (a group whose key had to be encoded) has no such short way.
    return fact if fact_target(fact) == found[0] else ""


def facts_named(html: str) -> list[str]:
    """The ids of the facts of all numbers of a page, each once, in their order.

    >>> facts_named('<b data-fact="f1">4</b><a href="../facts/2020/a/index.html#b" data-fact>3</a><td data-fact>75 %</td>')
    ['f1', '2020.a.b.all.share']
    """
    found = (named or fact_of_link(unescape(link)) for link, named in _NAMED.findall(html))
    return list(dict.fromkeys(fact for fact in found if fact))


def linked_number(fact: str, part: str, text: str | int) -> Markup:
    """A number that leads to its fact, if it has one. `part` is left out where it is the fact's own value.

    An empty `data-fact` on a link means the fact that the link leads to: a page of charts would hold each name twice.

    >>> print(linked_number("2020.has_team.yes.all.share", "numerator", "44"))
    <a href="facts:2020/has_team/index.html#yes" data-fact data-part="numerator">44</a>
    >>> print(linked_number("f1", "share", "52 %"))
    <span data-fact="f1">52 %</span>
    """
    if not fact:
        return escape(text)
    opened, closed = _tags(fact)
    return Markup(f"<{opened}{_marks(_named_beside(fact), part)}>{escape(text)}</{closed}>")  # noqa: S704 - all parts are escaped


def linked_sentence(sentence: Sentence, at: str = "", write: Callable[[Run], str] | None = None) -> Markup:
    """A sentence as HTML: the numbers of a fact that stand together are one link to it, each with its part.

    The id stands with the first of them; a number with an empty `data-fact` is of the fact of the number before it.
    `at` is another place for all links to lead to: on a page of facts, the fact itself. `write` writes the runs that are no
    numbers.

    >>> fact = "2020.has_team.yes.all.share"
    >>> print(linked_sentence((Run("As do "), Run("44", "f1", "numerator"), Run(" cities <here>."))))
    As do <span data-fact="f1" data-part="numerator">44</span> cities &lt;here&gt;.
    >>> print(linked_sentence((Run("4", fact, "numerator"), Run(" of "), Run("8", fact, "base"))))
    ... # doctest: +NORMALIZE_WHITESPACE
    <a href="facts:2020/has_team/index.html#yes"><span data-fact="2020.has_team.yes.all.share"
    data-part="numerator">4</span> of <span data-fact data-part="base">8</span></a>
    """
    return Markup(linked_words(sentence, at, write))  # noqa: S704 - every run is escaped


def linked_words(sentence: Sentence, at: str = "", write: Callable[[Run], str] | None = None) -> str:
    """The same as `linked_sentence`, as a plain string to be put together with others.

    >>> linked_words((Run("cities <here>"),))
    'cities &lt;here&gt;'
    """
    if ForeignRun in map(type, sentence):
        parts = groupby(sentence, key=lambda run: run.language if isinstance(run, ForeignRun) else "")
        return "".join(_in_language(_linked(tuple(runs), at, write), language) for language, runs in parts)
    return _linked(sentence, at, write)


def _in_language(html: str, language: str) -> str:
    """What nobody has translated, said to be in its language."""
    return f"{foreign_tag(language)}{html}</bdi>" if language else html


def _linked(sentence: Sentence, at: str, write: Callable[[Run], str] | None) -> str:
    said: list[str] = []
    place, length = 0, len(sentence)
    while place < length:
        run = sentence[place]
        if run.fact:
            end = _end_of_fact(sentence, place)
            said.append(_together(sentence[place:end], at))
            place = end
        else:
            said.append(write(run) if write else safe(run.text))
            place += 1
    html = "".join(said)
    return html if html.isascii() else joined(html)


def placed(html: str, to: Callable[[str], str]) -> str:
    """The HTML with its links to facts as they lead from one page; `to` gives the links of that page.

    >>> placed('<a href="facts:2020/a/index.html#b">', lambda path: "../" + path)
    '<a href="../facts/2020/a/index.html#b">'
    """
    return html.replace(_AWAY, f'="{to("facts/")}')


def _target(text: str, *, is_published: bool) -> str:
    parts = _parts(text)
    if parts is None:
        return ""
    edition, variable, *rest = parts
    anchor = _anchor(*rest, is_published=is_published)
    return f"{fact_page(edition, variable)}#{anchor if anchor.isascii() else quote(anchor, ':~')}"


def _parts(text: str) -> tuple[str, str, str, str, str] | None:
    """Edition, variable, category, group and measure of an id; None if it is none."""
    head = text.split(".", 3)
    group, _, measure = head[-1].rpartition(".")
    if len(head) < 4 or not (group == "all" or ":" in group):
        return None
    edition, variable, category = head[:3]
    if not (_is_named(edition) and _is_named(variable) and _is_named(category)):
        return None
    return edition, variable, category, group, measure


@lru_cache(maxsize=10_000)
def _is_named(name: str) -> bool:
    return name == "_" or is_identifier(name.removeprefix("_"))


def _anchor(category: str, group: str, measure: str, *, is_published: bool) -> str:
    written = f"{PUBLISHED}.{category}" if is_published else category
    if group and group != "all":
        written = f"{written}.{group}"
    if measure and measure != "share":
        written = f"{written}.{measure}"
    return written if _PLAIN_ANCHOR.fullmatch(written) else _encoded(written)


def _encoded(text: str) -> str:
    held = (c if _PLAIN_ANCHOR.fullmatch(c) else "".join(f"~{byte:02X}" for byte in c.encode()) for c in text)
    return "".join(held)


@lru_cache(maxsize=_KEPT)
def _tags(fact: str) -> tuple[str, str]:
    target = fact_target(fact)
    return (f'a href="facts:{safe(target.removeprefix("facts/"))}"', "a") if target else ("span", "span")


@lru_cache(maxsize=_KEPT)
def _named_beside(fact: str) -> str:
    """The id as it stands on a link to the fact: empty where the link says it."""
    return "" if fact_of_link(fact_target(fact)) else fact


@lru_cache(maxsize=_KEPT)
def _marks(fact: str, part: str) -> str:
    """What marks a number; no fact: that of the number before it."""
    named = "" if part in _VALUES else f' data-part="{safe(part)}"'
    return f' data-fact="{safe(fact)}"{named}' if fact else f" data-fact{named}"


@lru_cache(maxsize=_KEPT)
def safe(text: str) -> str:
    """The text escaped, as a plain string: those are put together at a fraction of the time.

    >>> safe("<b>")
    '&lt;b&gt;'
    """
    return str(escape(text)) if _SIGNS.search(text) else text


def _end_of_fact(sentence: Sentence, at: int) -> int:
    """Where the numbers of the fact at `at` end; words between two of them belong to them."""
    fact, last = sentence[at].fact, at
    for place in range(at + 1, len(sentence)):
        other = sentence[place].fact
        if other == fact:
            last = place
        elif other:
            break
    return last + 1


def _together(runs: Sentence, at: str) -> str:
    fact = runs[0].fact
    # A fact is told once at its own place, so that way is not kept.
    opened, closed = (f'a href="{safe(at)}"', "a") if at else _tags(fact)
    if len(runs) == 1:
        return f"<{opened}{_marks(fact if at else _named_beside(fact), runs[0].part)}>{safe(runs[0].text)}</{closed}>"
    inner = [f"<span{_marks(fact, runs[0].part)}>{safe(runs[0].text)}</span>"]
    inner += [f"<span{_marks('', r.part)}>{safe(r.text)}</span>" if r.fact else safe(r.text) for r in runs[1:]]
    return f"<{opened}>{''.join(inner)}</{closed}>" if closed == "a" else "".join(inner)
