"""Files of others that are damaged, or made to do harm, lead to findings and never to a crash."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cityfolio.instrument.exchange.conditions import Unfit, read_condition
from cityfolio.instrument.exchange.ddi.reading import read_ddi
from cityfolio.instrument.exchange.limesurvey.reading import read_limesurvey
from cityfolio.instrument.exchange.xlsform.reading import read_xlsform

from .test_limesurvey import ENGLISH, HEAD, KOREAN, L10N, SETTINGS

DDI = """<codeBook xmlns="ddi:codebook:2_6"><dataDscr>
<varGrp ID="G" name="g" type="grid" var="A"><labl>G</labl><notes type="cityfolio" subject="boxes">2</notes></varGrp>
<var ID="A" name="g_a"><qstn seqNo="1"/><catgry><catValu>1</catValu></catgry></var>
<var ID="B" name="b" intrvl="contin"><valrng><range min="1"/></valrng><notes type="cityfolio" subject="kind">number</notes></var>
</dataDscr></codeBook>"""
FORM = """| survey |
| | type | name | label | relevant | constraint | cityfolio_separator | cityfolio_boxes | parameters | choice_filter |
| | select_one m or_other | plan | Plan? | | | | 3 | | |
| | select_multiple m | areas | Where? | ${plan} != 'a' | count-selected(.) <= 2 | | | | name = 'a' |
| | range | n | How many? | | . >= 0 | ";" | | start=1 end=5 step=1 | |
| choices |
| | list_name | name | label | cityfolio_score |
| | m | a | A | 1 |
"""
FILES = (
    ("a.xml", DDI, read_ddi),
    ("a.lss", L10N, read_limesurvey),
    ("a.txt", HEAD + SETTINGS + "".join(ENGLISH + KOREAN), read_limesurvey),
    ("a.md", FORM, read_xlsform),
)
JUNK = ["", "abc", "1e999", "-1", "²", "<b>", "${x}", '"', "((", "\x07", "é" * 90, "::", "|", "\n", "grid", "selected("]


@given(st.sampled_from(FILES), st.lists(st.tuples(st.floats(0, 0.999), st.sampled_from(JUNK)), min_size=1, max_size=4))
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_damaged_file_gives_findings_or_an_instrument(file: object, damage: list[tuple[float, str]]) -> None:
    name, text, read = next(one for one in FILES if one is file)
    for where, junk in damage:
        at = int(where * len(text))
        text = text[:at] + junk + text[at + 5 :]
    found, findings = read(name, text.encode("utf-8"), "en")
    assert found is not None or any(finding.blocks for finding in findings)


@pytest.mark.parametrize(
    "text", ["(" * 5000 + "a" + ")" * 5000, "!" * 5000 + "a == 'b'", "not(" * 900 + "1" + ")" * 900]
)
def test_a_condition_of_any_depth_is_refused_without_following_it(text: str) -> None:
    with pytest.raises(Unfit):
        read_condition(text)
