"""What a reader is told is in words, and true of a difference of nothing.

DataUSA: "more" was said for a difference of zero. DataCommons: raw ids stood on pages (datacommonsorg/website#2431).
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from cityfolio.build.content import edition_of, make_content
from cityfolio.build.programme import load_programme
from cityfolio.narrative.sentence import plain_text
from tests.programmes import ProgrammeFolder

_TAG = re.compile(r"<script.*?</script>|<[^>]*>", re.DOTALL)


def test_a_difference_of_zero_is_called_exactly_as_many_and_never_more_or_fewer(small: ProgrammeFolder) -> None:
    small.swap("profile.yml", "thin_base: 2", "thin_base: 1")
    programme = load_programme(small.path)
    site = make_content(programme, edition_of(programme, None), ()).site
    (document,) = [document for document in site.variables if document.variable == "has_plan"]
    rows = [row for change in document.changes for row in change.rows]
    # Alder is the only one that answered twice, both times alike.
    assert [plain_text(row.panel) for row in rows] == ["0", "0"]
    assert [plain_text(row.word).split(" of ")[0] for row in rows] == ["Exactly as many"] * 2


def test_no_page_for_readers_shows_an_id_of_the_data(example_site: Path) -> None:
    codebook = json.loads((example_site / "data" / "codebook.json").read_text("utf-8"))
    ids = {v["variable"] for v in codebook["variables"]}
    ids |= {c["code"] for v in codebook["variables"] for c in v["categories"]}
    ids = {name for name in ids if "_" in name}
    pages = [*(example_site / "cities").rglob("*.html"), *(example_site / "groups").rglob("*.html")]
    pages += [*(example_site / "embed").rglob("*.html"), *(example_site / "compare").rglob("*.html")]
    pages += [example_site / part / "index.html" for part in (".", "map", "explore", "search", "act", "outcomes")]
    assert len(pages) > 200
    for page in pages:
        words = set(re.findall(r"\w+", _TAG.sub(" ", page.read_text("utf-8"))))
        assert words & ids == set(), page
