"""The audit of a site while it is built: each page where it is made, the links between pages at the end."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING

from cityfolio.narrative.languages import language_of
from cityfolio.site.audit import Problem, dead_ends, form_faults
from cityfolio.site.leads import leads_of
from cityfolio.site.number_readings import reads_as
from cityfolio.site.written_pages import Element, read_again, read_written

if TYPE_CHECKING:
    from cityfolio.model.fact import Fact
    from cityfolio.site.reading_pages import Page

__all__ = ["PageAuditor", "Seen", "Sights", "all_problems"]

# Tags and numbers that are remembered: those of profiles and charts. The tens of thousands on pages of facts come once each.
_MOST_KNOWN = 20_000
_MOST_RIGHT = 50_000


@dataclass(frozen=True)
class Seen:
    """What the audit saw of a page: its links and requests, its ids, its problems in itself.

    `leads` are the links as places of the site, those that are found on the page itself left out.
    """

    links: frozenset[str]
    leads: frozenset[str]
    ids: frozenset[str]
    problems: tuple[Problem, ...]

    @cached_property
    def is_odd(self) -> bool:
        """Whether a link is written in an unusual way."""
        return any(lead.startswith("?") for lead in self.leads)


@dataclass
class PageAuditor:
    """Looks at the pages of a site one by one.

    `facts` are all facts by their ids; `language` is that of the programme, in which untranslated sentences stand. An auditor
    that `remembers` looks again only at pages that changed, or whose facts did. What
    editors wrote is not held against the build: their links and headings are theirs, and words of data may look like
    anything, so nothing is said about left-overs here.
    """

    facts: Mapping[str, Fact]
    language: str
    remembers: bool = False
    # Numbers that were found right, by language: the charts of all units stand on every profile.
    _right: dict[str, set[tuple[str, str, str]]] = field(default_factory=dict)
    # What was seen of pages in an earlier build, with their content and the facts that they name.
    _looked_at: dict[str, tuple[bytes, frozenset[str], Seen]] = field(default_factory=dict)
    # The pieces that a page was read in, in the last build.
    _pieces: dict[str, dict[int, Page]] = field(default_factory=dict)
    # The links and ids of pages in the last build, and where they lead: pages change in their numbers more often than in these.
    _led: dict[str, tuple[frozenset[str], frozenset[str], frozenset[str]]] = field(default_factory=dict)
    # Tags that were read before: the same stand on many pages.
    _known: dict[str, Element] = field(default_factory=dict)

    def begin(self, facts: Mapping[str, Fact]) -> None:
        """Begin with the pages of another build: what was seen of a page holds while the page and its facts are the same."""
        before = self.facts
        others = [
            n for n, fact, held in zip(facts, facts.values(), map(before.get, facts), strict=True) if held is not fact
        ]
        changed = {n for n in others if before.get(n) != facts[n]} | (before.keys() - facts.keys())
        self.facts = facts
        if changed:
            for right in self._right.values():
                right -= {number for number in right if number[0] in changed}
            self._looked_at = {p: seen for p, seen in self._looked_at.items() if changed.isdisjoint(seen[1])}

    def look(self, path: str, content: bytes) -> Seen | None:
        """What there is to see of a file of the site, if it is a page."""
        if not path.endswith(".html"):
            return None
        before = self._looked_at.get(path)
        if before is not None and before[0] == content:
            return before[2]
        page = self._read(path, content.decode())
        problems = tuple(Problem(path, *fault) for fault in (*form_faults(page), *self._number_faults(page)))
        links, ids = frozenset((*page.links, *page.requests)), frozenset(page.ids)
        seen = Seen(links, self._leads(path, links, ids), ids, problems)
        if self.remembers and not problems:
            self._looked_at[path] = content, frozenset(map(itemgetter(0), page.numbers)), seen
        return seen

    def _read(self, path: str, html: str) -> Page:
        if not self.remembers:
            return read_written(html, self._known, _MOST_KNOWN)
        page, self._pieces[path] = read_again(html, self._pieces.get(path, {}), self._known, _MOST_KNOWN)
        return page

    def _leads(self, path: str, links: frozenset[str], ids: frozenset[str]) -> frozenset[str]:
        if not self.remembers:
            return leads_of(path, links, ids)
        before = self._led.get(path)
        if before is None or before[:2] != (links, ids):
            before = self._led[path] = links, ids, leads_of(path, links, ids)
        return before[2]

    def _number_faults(self, page: Page) -> Iterator[tuple[str, str]]:
        """The numbers that are not those of their facts, as the language of the page (or the programme) writes them."""
        right = self._right.setdefault(page.language, set())
        grammars = [language_of(code).grammar for code in dict.fromkeys((page.language, self.language))]
        for name, part, text in set(page.numbers) - right:
            fact = self.facts.get(name)
            if fact is None:
                yield "unknown-fact", f'a number carries the fact "{name}", which is not released'
            elif any(reads_as(text, fact, part, grammar) for grammar in grammars):
                if len(right) < _MOST_RIGHT:
                    right.add((name, part, text))
            else:
                yield "wrong-number", f'"{text}" is not the {part or "value"} of the fact "{name}"'


@dataclass
class Sights:
    """What was seen of many pages, in little: thousands of them lead to the same places.

    `files` are the paths of all files, `ids` those of each page; `leads` are places that pages lead to, the same from many
    pages once; `odd` are the few pages with a link that is written in an unusual way.
    """

    files: set[str] = field(default_factory=set)
    ids: dict[str, frozenset[str]] = field(default_factory=dict)
    leads: set[str] = field(default_factory=set)
    odd: dict[str, Seen] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, path: str, seen: Seen | None) -> None:
        """Take down a file, and what was seen of it if it is a page."""
        self.files.add(path)
        if seen is None:
            return
        self.ids[path] = seen.ids
        self.problems += seen.problems
        if seen.is_odd:
            self.odd[path] = seen
        else:
            self.leads |= seen.leads

    def join(self, others: Sights) -> None:
        """Take over what was seen elsewhere."""
        self.files |= others.files
        self.ids |= others.ids
        self.leads |= others.leads
        self.odd |= others.odd
        self.problems += others.problems

    def all_problems(self, look_again: Callable[[str], Seen | None], root: str = "/") -> list[Problem]:
        """Everything that is wrong with the pages, in order; with the links that lead nowhere.

        Where a place is missing, `look_again` looks at every page once more, to tell who leads there. `root` is the path at
        which the site begins on its host, for the one page whose links begin there.
        """
        suspects = self.odd
        if not all(self._is_there(*lead.partition("#")) for lead in self.leads):
            suspects = {path: seen for path in self.ids if (seen := look_again(path)) is not None}
        broken = [
            problem
            for path, seen in suspects.items()
            for problem in dead_ends(path, seen.links, self.files, self.ids, root)
        ]
        return sorted([*broken, *self.problems])

    def _is_there(self, target: str, mark: str, anchor: str) -> bool:
        return target in self.files and (not mark or anchor in self.ids.get(target, ()))


def all_problems(pages: Mapping[str, Seen], files: Collection[str], root: str = "/") -> list[Problem]:
    """Everything that is wrong with a site of these pages and files, in order; see `Sights.all_problems`."""
    sights = Sights(set(files))
    for path, seen in pages.items():
        sights.add(path, seen)
    return sights.all_problems(pages.get, root)
