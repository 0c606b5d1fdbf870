"""LimeSurvey's two structure files give the same instrument, and say what they hold that it cannot."""

from __future__ import annotations

import pytest

from cityfolio.findings import Finding
from cityfolio.instrument.exchange.limesurvey.reading import read_limesurvey
from cityfolio.instrument.exchange.questionnaire import Questionnaire
from cityfolio.instrument.loading import InstrumentFile, QuestionEntry

HEAD = "class\ttype/scale\tname\trelevance\ttext\thelp\tlanguage\tvalidation\tmandatory\tother\tmax_answers\texclude_all_others\n"


def line(*cells: str) -> str:
    return "\t".join(cells) + "\n"


def tabbed(*rows: str, settings: str = "") -> tuple[Questionnaire | None, list[Finding]]:
    return read_limesurvey("survey.txt", ("\ufeff" + HEAD + settings + "".join(rows)).encode("utf-8"))


def questions(content: InstrumentFile) -> list[QuestionEntry]:
    return [question for section in content.sections for question in section.questions]


ENGLISH = (
    line("G", "G0", "Trees", "1", "", "", "en"),
    line("Q", "Y", "plan", "1", "<p>Is there a plan?</p>", "In force", "en"),
    line("Q", "M", "areas", '((plan.NAOK == "Y"))', "Where?", "", "en", "", "", "Y", "2", "none"),
    line("SQ", "0", "roads", "", "Roads", "", "en"),
    line("SQ", "0", "none", "", "Nowhere", "", "en"),
    line("Q", "F", "care", "", "How well?", "", "en"),
    line("SQ", "0", "parks", "", "in parks", "", "en"),
    line("A", "0", "A1", "", "Badly", "", "en"),
    line("A", "0", "A2", "", "Well", "", "en"),
    line("Q", "N", "budget", 'areas_none.NAOK != "Y"', "How much?", "", "en"),
)
KOREAN = (
    line("G", "G0", "나무", "1", "", "", "ko"),
    line("Q", "Y", "plan", "1", "계획이 있습니까?", "", "ko"),
    line("Q", "M", "areas", "1", "어디?", "", "ko", "", "", "Y"),
    line("SQ", "0", "roads", "", "도로", "", "ko"),
    line("SQ", "0", "none", "", "", "", "ko"),
)
SETTINGS = (
    line("S", "", "language", "", "en")
    + line("S", "", "additional_languages", "", "ko")
    + line("SL", "", "surveyls_title", "", "Trees of 2022", "", "en")
    + line("SL", "", "surveyls_title", "", "2022년 나무", "", "ko")
)

L10N = """<?xml version="1.0" encoding="UTF-8"?>
<document><LimeSurveyDocType>Survey</LimeSurveyDocType><languages><language>en</language><language>ko</language></languages>
<answers><rows>
 <row><aid>1</aid><qid>3</qid><code>A2</code><sortorder>2</sortorder><scale_id>0</scale_id></row>
 <row><aid>2</aid><qid>3</qid><code>A1</code><sortorder>1</sortorder><scale_id>0</scale_id></row>
</rows></answers>
<answer_l10ns><rows>
 <row><aid>1</aid><answer>Well</answer><language>en</language></row>
 <row><aid>2</aid><answer>Badly</answer><language>en</language></row>
</rows></answer_l10ns>
<groups><rows><row><gid>9</gid><group_order>1</group_order><grelevance>1</grelevance></row></rows></groups>
<group_l10ns><rows>
 <row><gid>9</gid><group_name>Trees</group_name><language>en</language></row>
 <row><gid>9</gid><group_name>나무</group_name><language>ko</language></row>
</rows></group_l10ns>
<questions><rows>
 <row><qid>4</qid><parent_qid>0</parent_qid><sid>7</sid><gid>9</gid><type>N</type><title>budget</title>
  <question_order>4</question_order><relevance>7X9X2none.NAOK != "Y"</relevance></row>
 <row><qid>1</qid><parent_qid>0</parent_qid><sid>7</sid><gid>9</gid><type>Y</type><title>plan</title>
  <question_order>1</question_order><relevance>1</relevance></row>
 <row><qid>2</qid><parent_qid>0</parent_qid><sid>7</sid><gid>9</gid><type>M</type><title>areas</title><other>Y</other>
  <question_order>2</question_order><relevance>((Q1.NAOK == "Y"))</relevance></row>
 <row><qid>3</qid><parent_qid>0</parent_qid><sid>7</sid><gid>9</gid><type>F</type><title>care</title>
  <question_order>3</question_order></row>
</rows></questions>
<subquestions><rows>
 <row><qid>21</qid><parent_qid>2</parent_qid><title>roads</title><question_order>1</question_order></row>
 <row><qid>22</qid><parent_qid>2</parent_qid><title>none</title><question_order>2</question_order></row>
 <row><qid>31</qid><parent_qid>3</parent_qid><title>parks</title><question_order>1</question_order></row>
</rows></subquestions>
<question_l10ns><rows>
 <row><qid>1</qid><question><![CDATA[<p>Is there a plan?</p>]]></question><help>In force</help><language>en</language></row>
 <row><qid>1</qid><question>계획이 있습니까?</question><language>ko</language></row>
 <row><qid>2</qid><question>Where?</question><language>en</language></row>
 <row><qid>2</qid><question>어디?</question><language>ko</language></row>
 <row><qid>3</qid><question>How well?</question><language>en</language></row>
 <row><qid>4</qid><question>How much?</question><language>en</language></row>
 <row><qid>21</qid><question>Roads</question><language>en</language></row>
 <row><qid>21</qid><question>도로</question><language>ko</language></row>
 <row><qid>22</qid><question>Nowhere</question><language>en</language></row>
 <row><qid>31</qid><question>in parks</question><language>en</language></row>
</rows></question_l10ns>
<question_attributes><rows>
 <row><qid>2</qid><attribute>max_answers</attribute><value>2</value></row>
 <row><qid>2</qid><attribute>exclude_all_others</attribute><value>none</value></row>
</rows></question_attributes>
<surveys><rows><row><sid>7</sid><language>en</language></row></rows></surveys>
<surveys_languagesettings><rows>
 <row><surveyls_language>en</surveyls_language><surveyls_title>Trees of 2022</surveyls_title></row>
 <row><surveyls_language>ko</surveyls_language><surveyls_title>2022년 나무</surveyls_title></row>
</rows></surveys_languagesettings>
</document>"""


def test_the_two_files_of_a_survey_give_the_same_instrument_in_all_languages() -> None:
    one, findings = tabbed(*ENGLISH, *KOREAN, settings=SETTINGS)
    other, more = read_limesurvey("survey.lss", L10N.encode("utf-8"))
    assert one is not None
    assert other == one
    assert {f.found for f in findings} == {f.found for f in more}


def test_a_survey_gives_its_questions_with_kinds_limits_own_words_and_routing() -> None:
    found, findings = tabbed(*ENGLISH, settings=SETTINGS)
    assert found is not None
    assert found.content.title == "Trees of 2022"
    plan, areas, care, budget = questions(found.content)
    assert (plan.kind, plan.question, plan.help) == ("single", "Is there a plan?", "In force")
    assert [category.code for category in plan.categories] == ["Y", "N"]
    assert (areas.kind, areas.cap, areas.other) == ("multiple", 2, True)
    assert [(category.code, category.exclusive) for category in areas.categories] == [("roads", False), ("none", True)]
    assert areas.universe is not None
    assert areas.universe.routed_past_by == {"plan": ["N"]}
    assert (care.kind, [row.code for row in care.rows], len(care.categories)) == ("grid", ["parks"], 2)
    assert budget.universe is not None
    assert budget.universe.routed_past_by == {"areas": ["none"]}
    assert {f.code for f in findings} == {"instrument.universe-words", "instrument.unanswered-asked"}


def test_a_missing_translation_is_named_whatever_language_it_is_of() -> None:
    # LimeSurvey shows the text of the first language, or none (LimeSurvey#3987).
    found, findings = tabbed(*ENGLISH[:5], *KOREAN, settings=SETTINGS)
    assert found is not None
    assert questions(found.translations["ko"])[1].categories[0].label == "도로"
    assert [f.found for f in findings if f.code == "instrument.untranslated"] == [
        "No text in ko: plan (answers), areas.none."
    ]


def test_old_structure_files_that_repeat_rows_for_each_language_are_read() -> None:
    old = """<document><LimeSurveyDocType>Survey</LimeSurveyDocType><languages><language>en</language></languages>
    <groups><rows><row><gid>1</gid><group_name>G</group_name><group_order>0</group_order><language>en</language></row>
     <row><gid>1</gid><group_name>H</group_name><group_order>0</group_order><language>fr</language></row></rows></groups>
    <questions><rows>
     <row><qid>2</qid><parent_qid>0</parent_qid><gid>1</gid><type>L</type>
      <title>a</title><question>A?</question><language>en</language></row>
     <row><qid>2</qid><parent_qid>0</parent_qid><gid>1</gid><type>L</type>
      <title>a</title><question>Ah ?</question><language>fr</language></row>
    </rows></questions>
    <answers><rows><row><qid>2</qid><code>1</code><answer>One</answer><sortorder>1</sortorder><language>en</language></row>
     <row><qid>2</qid><code>1</code><answer>Un</answer><sortorder>1</sortorder><language>fr</language></row></rows></answers>
    <surveys><rows><row><language>en</language><additional_languages>fr</additional_languages></row></rows></surveys>
    <surveys_languagesettings><rows><row><surveyls_language>en</surveyls_language><surveyls_title>T</surveyls_title></row>
    </rows></surveys_languagesettings></document>"""
    found, findings = read_limesurvey("old.lss", old.encode("utf-8"))
    assert found is not None
    assert findings == []
    assert [(q.label, [c.label for c in q.categories]) for q in questions(found.content)] == [("A?", ["One"])]


def test_nothing_is_dropped_in_silence() -> None:
    found, findings = tabbed(
        line("G", "G0", "Group", "", "", "", "en"),
        line("Q", "X", "intro", "1", "Welcome", "", "en"),
        line("Q", "T", "why", "1", "<b>Why</b>, {plan.shown}?", "", "en", "/x/", "Y"),
        line("Q", "1", "dual", "1", "Both?", "", "en"),
        line("Q", "O", "which", 'is_empty(why.NAOK)', "Which?", "", "en"),
        line("A", "0", "A1", "", "One", "", "en"),
        line("Q", "S", "more", "((why.NAOK", "More?", "", "en"),
    )  # fmt: skip
    assert found is None  # the last condition is broken
    assert sorted(f"{f.code}: {f.found}" for f in findings) == [
        "instrument.broken-condition: The condition of more has a bracket or a quotation mark that is never closed: "
        '"((why.NAOK".',
        "instrument.left-out: Left out, as nothing that an instrument records: dual (an array with two scales).",
        "instrument.left-out: Left out, as nothing that an instrument records: intro (text for readers).",
        "instrument.not-carried: Not carried over: an earlier answer inside the text of why.",
        "instrument.not-carried: Not carried over: that an answer is needed of why.",
        "instrument.not-carried: Not carried over: the comments beside answers of which.",
        "instrument.not-carried: Not carried over: the condition is_empty(why.NAOK) of which.",
        "instrument.not-carried: Not carried over: the formatting of the text of why.",
        "instrument.not-carried: Not carried over: the pattern of answers of why.",
    ]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.txt", b"no\theader\n", "does not name the columns"),
        ("a.txt", b"\xff\xfe", "it is not UTF-8 text"),
        ("a.txt", HEAD.encode(), "it holds no group"),
        ("a.lss", b"<document/>", "it is no survey structure"),
        ("a.lss", b"<document>", "Premature end"),
        (
            "a.lss",
            b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><document>&x;</document>',
            "a document type",
        ),
    ],
)
def test_a_file_that_is_no_survey_is_not_read(name: str, content: bytes, problem: str) -> None:
    found, findings = read_limesurvey(name, content)
    assert found is None
    assert [f.code for f in findings] == ["instrument.unreadable"]
    assert problem in findings[0].found
