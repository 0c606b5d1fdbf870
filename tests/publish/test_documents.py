"""The documents of profiles as JSON."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from pydantic_core import to_jsonable_python

from cityfolio.build.content import edition_of, make_content
from cityfolio.build.programme import load_programme
from cityfolio.profile.document import ProfileDocument
from cityfolio.profile.keeping import Kept
from cityfolio.profile.programme_documents import SiteContent
from cityfolio.publish.documents import ProfileWriter

from ..programmes import EXAMPLE


@pytest.fixture(scope="module")
def shown() -> SiteContent:
    programme = load_programme(EXAMPLE)
    return make_content(programme, edition_of(programme, None), ()).site


def test_what_is_put_together_is_the_whole_document(shown: SiteContent) -> None:
    assert any(item.personal for profile in shown.profiles for item in profile.head)
    writer = ProfileWriter()
    for profile in shown.profiles:
        assert json.loads(writer.json(profile)) == told(profile)


def test_only_the_sections_that_changed_are_written_again_and_read_as_at_first(shown: SiteContent) -> None:
    kept, profile = Kept(), shown.profiles[0]
    ProfileWriter(kept).json(profile)
    first, *others = profile.sections
    changed = replace(profile, name="Ash", sections=(replace(first, title="Other words"), *others))
    for document in (changed, profile):
        assert ProfileWriter(kept).json(document) == ProfileWriter().json(document)


def told(profile: ProfileDocument) -> object:
    """The document as it is, but for who is named in its head."""
    held: dict[str, object] = to_jsonable_python(profile)
    held["head"] = [
        {"id": item.id, "wave": item.wave, "personal": True, "withheld": "a person is named on the page only"}
        if item.personal
        else to_jsonable_python(item)
        for item in profile.head
    ]
    return held
