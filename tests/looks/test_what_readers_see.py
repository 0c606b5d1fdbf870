"""Golden screenshots: what readers see of every kind of page, on a phone, a tablet, a desk and on paper.

They stand in docs/pictures, where the documentation shows them. `make golden` writes them anew; look at each before it is
committed. Pictures are compared by blocks of 8 times 8 pixels: how letters are smoothed differs from machine to machine and
stays inside a block, while a part that moved, vanished or lies on another one changes hundreds of blocks.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw
from playwright.sync_api import Browser

from .taking import SHOTS, Shot, taken

pytestmark = pytest.mark.browser

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
BLOCK = 8
NOTICED = (
    28  # of 255: letters that are smoothed in another way stay below it, a letter more or less in a block is above
)
MOST = 0.02  # of all blocks: about one line of text of a screen
COLOURS = 48
QUICK = ("home-360", "profile-1280", "profile-360-ko", "compare-768")


def differing(one: Image.Image, other: Image.Image) -> float:
    """The share of blocks in which two pictures of one size differ; all of them where the sizes do."""
    if one.size != other.size:
        return 1.0
    blocks = ImageChops.difference(one.convert("L").reduce(BLOCK), other.convert("L").reduce(BLOCK))
    noticed = blocks.point(lambda difference: 255 * (difference > NOTICED)).histogram()[255]
    return noticed / (blocks.width * blocks.height)


def check(shot: Shot, browser: Browser, address: str, folder: Path) -> None:
    seen = taken(browser, address, shot, folder)
    golden = FOLDER / f"{shot.name}.png"
    if os.environ.get("CITYFOLIO_GOLDEN") == "write":
        seen.quantize(COLOURS, dither=Image.Dither.NONE).save(golden, optimize=True)
    with Image.open(golden) as known:
        share = differing(known.convert("RGB"), seen)
    if share > MOST:
        seen.save(folder / f"{shot.name}.png")
    assert share <= MOST, f"{share:.1%} differ from {golden}; seen: {folder / shot.name}.png"


@pytest.mark.parametrize("shot", [shot for shot in SHOTS if shot.name in QUICK], ids=lambda shot: shot.name)
def test_a_page_looks_as_it_did(shot: Shot, browser: Browser, address: str, tmp_path: Path) -> None:
    check(shot, browser, address, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("shot", [shot for shot in SHOTS if shot.name not in QUICK], ids=lambda shot: shot.name)
def test_every_page_looks_as_it_did(shot: Shot, browser: Browser, address: str, tmp_path: Path) -> None:
    check(shot, browser, address, tmp_path)


def test_all_pictures_together_are_small_and_none_is_left_over() -> None:
    made = {file.stem: file.stat().st_size for file in FOLDER.glob("*.png")}
    assert set(made) == {shot.name for shot in SHOTS}
    assert sum(made.values()) < 3_000_000


def test_a_part_that_moved_vanished_or_lies_on_another_is_noticed_and_smoother_letters_are_not() -> None:
    with Image.open(FOLDER / "profile-1280.png") as held:
        golden = held.convert("RGB")
    down = ImageChops.offset(golden, 0, 12)
    gone = golden.copy()
    ImageDraw.Draw(gone).rectangle((400, 300, 1000, 700), fill="white")
    larger = golden.resize((round(golden.width * 1.05), round(golden.height * 1.05))).crop((0, 0, *golden.size))
    assert min(differing(golden, wrong) for wrong in (down, gone, larger)) > MOST
    smooth = golden.resize((golden.width * 2, golden.height * 2)).resize(golden.size)
    assert differing(golden, smooth) < MOST / 10
