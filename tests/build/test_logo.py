"""A logo out of anybody's hands: shapes stay, and nothing in it runs or asks for anything elsewhere."""

from __future__ import annotations

import pytest

from cityfolio.build.logo import clean_svg


def cleaned(inside: str) -> tuple[str, list[str]]:
    held, taken = clean_svg(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode())
    assert held is not None
    return held.decode().removeprefix('<svg xmlns="http://www.w3.org/2000/svg"').removesuffix("</svg>")[1:], taken


@pytest.mark.parametrize(
    "value",
    [
        "url(https://example.org/a.svg#a)",
        "URL(https://example.org/a.svg#a)",
        r"u\72l(https://example.org/a.svg#a)",
        "url(#a) url(//example.org/a.svg)",
        "src('https://example.org/a.svg')",
        "Image-Set('https://example.org/a.png' 1x)",
        "image('https://example.org/a.png')",
    ],
)
@pytest.mark.parametrize("attribute", ["fill", "mask", "cursor"])
def test_no_attribute_of_a_shape_asks_for_anything_elsewhere(attribute: str, value: str) -> None:
    assert cleaned(f'<rect {attribute}="{value}" width="4"/>') == ('<rect width="4"/>', [attribute])


@pytest.mark.parametrize("value", ["url(#a)", "URL( '#a')", "rgb(0, 89, 107)", "rotate(45)", "#00596b"])
def test_references_within_the_drawing_colours_and_turns_stay(value: str) -> None:
    shape = f'<rect fill="{value}"/>'
    assert cleaned(shape) == (shape, [])


@pytest.mark.parametrize(
    ("inside", "taken"),
    [
        ("<script>f()</script>", "<script>"),
        ("<style>@import 'https://example.org/a.css'</style>", "<style>"),
        ('<a href="https://example.org/"><rect/></a>', "<a>"),
        ('<set attributeName="href" to="https://example.org/"/>', "<set>"),
        ('<foreignObject><img src="a.png"/></foreignObject>', "<foreignObject>"),
        ('<image href="https://example.org/a.png"/>', "<image>"),
    ],
)
def test_what_is_no_shape_is_taken_out_with_all_that_is_in_it(inside: str, taken: str) -> None:
    held, out = cleaned(f'{inside}<path d="M0 0"/>')
    assert held == '<path d="M0 0"/>'
    assert taken in out


@pytest.mark.parametrize("attribute", ["onload", "style", "xml:base", "href"])
def test_attributes_that_run_style_or_lead_away_are_taken_out(attribute: str) -> None:
    assert cleaned(f'<use {attribute}="https://example.org/"/>')[0] == "<use/>"
