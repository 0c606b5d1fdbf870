"""Pictures of pages as a reader has them in front of the eyes: which page, how wide, in which look, and on paper."""

from __future__ import annotations

import io
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page

__all__ = ["SHOTS", "WIDTHS", "Shot", "taken"]

WIDTHS = {360: 780, 768: 1024, 1280: 900}
"""A phone, a tablet, a desk: width and height of what is seen at once."""
PAGES = {
    "home": "index.html",
    "map": "map/index.html",
    "explore": "explore/index.html",
    "compare": "compare/index.html?c=busan-kor,seoul-kor,groups/continent-AS",
    "profile": "cities/busan-kor/index.html",
    "group": "groups/country-KOR/index.html",
    "variable": "variables/roles/index.html",
    "fact": "cities/busan-kor/index.html",
    "outcomes": "outcomes/index.html",
    "act": "act/index.html",
}
_DOTS = 60  # of a printed page per inch: enough to see its order


@dataclass(frozen=True)
class Shot:
    """One picture: the kind of page, the width (0 is paper), the language and the look."""

    kind: str
    width: int
    language: str = "en"
    look: Literal["light", "dark"] = "light"

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        parts = [self.kind, str(self.width) if self.width else "print"]
        parts += [self.language] if self.language != "en" else []
        return "-".join(parts + ([self.look] if self.look != "light" else []))

    @property
    def path(self) -> str:
        """The page below the site."""
        return PAGES[self.kind] if self.language == "en" else f"{self.language}/{PAGES[self.kind]}"


SHOTS = (
    *(Shot(kind, width) for kind in PAGES for width in (*WIDTHS, 0) if width or kind != "fact"),
    *(Shot("profile", width, look="dark") for width in WIDTHS),
    *(Shot("profile", width, "ko") for width in (*WIDTHS, 0)),
)


def taken(browser: Browser, address: str, shot: Shot, folder: Path, *, whole: bool = False) -> Image.Image:
    """The picture, or one of the whole page from top to end; `folder` is for what lies between."""
    height = WIDTHS.get(shot.width, 1100)
    context = browser.new_context(
        viewport={"width": shot.width or 794, "height": height}, color_scheme=shot.look, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(address + shot.path)
    page.wait_for_load_state("networkidle")
    if shot.kind == "fact":
        page.locator(".text a[data-fact]").first.click()
        page.locator("dialog[open] iframe:not(.coming)").wait_for()
    made = _printed(page, folder) if not shot.width else page.screenshot(full_page=whole)
    context.close()
    return Image.open(io.BytesIO(made)).convert("RGB")


def _printed(page: Page, folder: Path) -> bytes:
    """The first page of paper."""
    page.pdf(path=folder / "page.pdf", prefer_css_page_size=True)
    subprocess.run(
        [
            "pdftoppm",
            "-r",
            str(_DOTS),
            "-f",
            "1",
            "-l",
            "1",
            "-singlefile",
            "-png",
            folder / "page.pdf",
            folder / "page",
        ],
        check=True,
    )
    return (folder / "page.png").read_bytes()
