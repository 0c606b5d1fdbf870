"""What stands around the pages in another language: names and footers of the look, releases, notes to readers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from cityfolio.profile.safe_markdown import safe_html

if TYPE_CHECKING:
    from cityfolio.profile.surroundings import Release, Surroundings

__all__ = ["translated_around"]

Find: TypeAlias = Callable[[str, str], str | None]
"""Gives the translation of a text that stands in a context, or None where there is none."""


def translated_around(around: Surroundings, find: Find) -> Surroundings:
    """The texts as `find` gives them; what has no translation stays as it is. The note on privacy is translated whole."""

    def say(context: str, words: str) -> str:
        return (find(context, words) or words) if words.strip() else words

    def release(held: Release) -> Release:
        context = f"release.{held.version}"
        return replace(held, title=say(f"{context}.title", held.title), summary=say(f"{context}.summary", held.summary))

    theme = around.theme
    privacy = find("privacy", around.privacy_text) if around.privacy_text.strip() else None
    return replace(
        around,
        theme=replace(
            theme, logo_text=say("theme.logo_text", theme.logo_text), footer=say("theme.footer", theme.footer)
        ),
        releases=tuple(release(held) for held in around.releases),
        privacy=around.privacy if privacy is None else safe_html(privacy),
        privacy_text=around.privacy_text if privacy is None else privacy,
        test_result=say("accessibility.result", around.test_result),
    )
