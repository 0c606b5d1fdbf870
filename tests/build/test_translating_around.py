"""What stands around the pages, translated: the look's words, releases, the note on privacy, saved peer groups."""

from __future__ import annotations

import pytest

from cityfolio.build.catalogue_files import write_catalogue
from cityfolio.build.catalogues import programme_texts
from cityfolio.build.programme import load_programme
from cityfolio.build.translating import translated
from cityfolio.errors import ProgrammeBlocked

from ..programmes import ProgrammeFolder


class Louder:
    """A language in which everything is said in capitals."""

    def text(self, context: str, source: str) -> str | None:
        return source.upper()

    def noun(self, context: str, one: str, many: str, number: int) -> str | None:
        return None


def test_every_text_around_the_pages_is_translated(small: ProgrammeFolder) -> None:
    small.write("theme/theme.yml", 'format: "1"\nfooter: A service of the association.\n')
    small.write(
        "releases.yml",
        'format: "1"\nreleases:\n  - version: 1.0.0\n    date: "2026-01-01"\n    title: First\n    summary: All of it.\n',
    )
    small.write("privacy.md", "We name **mayors**.\n")
    small.add("programme.yml", "accessibility: {tested: 2026-01-02, result: no faults found}")
    first = small.text("units.csv").splitlines()[1].split(",")[0]
    small.add("programme.yml", f"peer_groups: [{{id: ports, title: Port cities, units: [{first}]}}]")
    programme = load_programme(small.path)
    assert not [finding for finding in programme.findings if finding.code.startswith("yaml")]
    said = translated(programme, "ko", Louder())
    around = said.surroundings.around
    assert around.theme.footer == "A SERVICE OF THE ASSOCIATION."
    assert [(release.title, release.summary) for release in around.releases] == [("FIRST", "ALL OF IT.")]
    assert "<strong>MAYORS</strong>" in around.privacy
    assert around.test_result == "NO FAULTS FOUND"
    assert [peers.title for peers in said.peer_groups] == ["PORT CITIES"]
    asked = {message.context for message in programme_texts(programme, "ko")}
    assert asked >= {
        "theme.footer",
        "release.1.0.0.title",
        "release.1.0.0.summary",
        "privacy",
        "accessibility.result",
        "peers.ports",
    }


def test_without_a_translation_the_words_stay(small: ProgrammeFolder) -> None:
    small.write("privacy.md", "We name mayors.\n")
    programme = load_programme(small.path)

    class Silent(Louder):
        def text(self, context: str, source: str) -> str | None:
            return None

    assert translated(programme, "ko", Silent()).surroundings.around == programme.surroundings.around


@pytest.mark.parametrize(
    "look", ['light: {accent: "#ffcc00"}', "light: {accent: red}", "logo: logo.svg\nlogo_text: Trees", "logo: ../a.png"]
)
def test_a_look_that_blocks_a_build_leaves_translating_alone(small: ProgrammeFolder, look: str) -> None:
    small.write("theme/theme.yml", f"format: 1\nfooter: A service of the association.\n{look}\n")
    with pytest.raises(ProgrammeBlocked):
        load_programme(small.path)
    assert "theme.footer" in {message.context for message in write_catalogue(small.path, "ko").texts}
    assert "A service of the association." in small.text("locale/ko.po")


@pytest.mark.parametrize(
    ("file", "content"), [("theme/theme.yml", "format: 1\nfooter: [\n"), ("releases.yml", "format: 1\nreleases: [\n")]
)
def test_words_that_cannot_be_read_stop_translating(small: ProgrammeFolder, file: str, content: str) -> None:
    small.write(file, content)
    with pytest.raises(ProgrammeBlocked):
        write_catalogue(small.path, "ko")
    assert not (small.path / "locale").exists()
