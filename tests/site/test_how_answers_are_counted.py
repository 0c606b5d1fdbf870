"""What is counted as which answer stands wherever the base of the question is told, in each language."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages import read_text_of

RULES = {
    "": "Cities whose published page shows the list of roles empty, as pages of cities without a dedicated team do,"
    " count as “No role” and stay in the base.",
    "ko/": "공개된 페이지의 역할 목록이 비어 있는 도시(전담 조직이 없는 도시가 그렇습니다)는"
    " “역할 없음”으로 세며 기준에 포함됩니다.",
}
PAGES = ("cities/busan-kor", "facts/2018-2020/roles", "variables/roles", "method")


@pytest.mark.parametrize("language", RULES)
def test_the_rule_of_roles_stands_where_their_base_is_told(example_site: Path, language: str) -> None:
    for page in PAGES:
        html = (example_site / language / page / "index.html").read_text("utf-8")
        assert RULES[language] in " ".join(" ".join(read_text_of(html).lines).split()), page
    assert RULES[language] in (example_site / language / "explore" / "roles.js").read_text("utf-8")


def test_a_question_without_a_rule_says_none(example_site: Path) -> None:
    html = (example_site / "facts" / "2018-2020" / "terms" / "index.html").read_text("utf-8")
    assert "count as" not in html
