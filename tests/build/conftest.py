"""Programmes that several tests of builds look at."""

from __future__ import annotations

import pytest

from tests.build.confidential import confide
from tests.programmes import ProgrammeFolder


@pytest.fixture
def confidential(small: ProgrammeFolder) -> ProgrammeFolder:
    """Forty cities in seven countries on two continents; most answer twice, some questions in confidence."""
    return confide(small)
