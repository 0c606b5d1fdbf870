"""The codebook as a validator sees it, and that the validator sees faults."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from .ddi_structure import NAMESPACE, faults_of


def test_the_codebook_has_the_structure_of_ddi_codebook(published: Path) -> None:
    assert faults_of(published / "ddi-codebook.xml") == []


def test_the_codebook_of_a_programme_in_one_language_has_it_too(small_published: Path) -> None:
    assert faults_of(small_published / "ddi-codebook.xml") == []


def first(root: etree._Element, name: str) -> etree._Element:
    found = root.find(f".//{NAMESPACE}{name}")
    assert found is not None
    return found


def moved_back(root: etree._Element) -> None:
    variable = first(root, "var")
    variable.append(first(variable, "labl"))


def renamed(root: etree._Element) -> None:
    first(root, "qstnLit").tag = f"{NAMESPACE}questionText"


def taken_out(root: etree._Element) -> None:
    first(root, "titlStmt").remove(first(root, "titl"))


def misspelt(root: etree._Element) -> None:
    first(root, "var").set("intrvl", "continuous")


def misled(root: etree._Element) -> None:
    first(root, "var").set("files", "F9")


def doubled(root: etree._Element) -> None:
    for variable in list(root.iter(f"{NAMESPACE}var"))[:2]:
        variable.set("ID", "V_twice")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (moved_back, "var holds ["),
        (renamed, "qstn holds questionText"),
        (taken_out, "titlStmt holds ["),
        (misspelt, "var has intrvl='continuous'"),
        (misled, "F9 is referred to and not there"),
        (doubled, "the id V_twice stands twice"),
    ],
)
def test_a_fault_in_the_structure_is_seen(
    change: Callable[[etree._Element], None], fault: str, small_published: Path, tmp_path: Path
) -> None:
    tree = etree.parse(small_published / "ddi-codebook.xml")
    change(tree.getroot())
    tree.write(tmp_path / "changed.xml")
    assert any(found.startswith(fault) for found in faults_of(tmp_path / "changed.xml"))
