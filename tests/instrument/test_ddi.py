"""Instruments as DDI-Codebook: exact out and in, and what codebooks of others hold that an instrument cannot."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from cityfolio.build.facts import all_facts
from cityfolio.build.programme import load_programme
from cityfolio.build.publishing import dataset_of
from cityfolio.findings import Finding
from cityfolio.instrument.exchange.ddi.reading import read_ddi
from cityfolio.instrument.exchange.ddi.writing import write_ddi
from cityfolio.instrument.exchange.questionnaire import Questionnaire
from cityfolio.instrument.loading import InstrumentFile, QuestionEntry, SectionEntry
from cityfolio.publish.standards.ddi import ddi_codebook_xml
from tests.programmes import ProgrammeFolder

from .questionnaires import bilingual, instruments


@given(instruments())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_goes_out_as_a_codebook_comes_back_equal_in_every_language(content: InstrumentFile) -> None:
    questionnaire = bilingual(content)
    codebook, findings = write_ddi(questionnaire, "2022", "2022.xml")
    assert findings == []
    assert read_ddi("2022.xml", codebook) == (questionnaire, [])


# The children of an element of DDI-Codebook 2.6 in the order of its schema, as far as we write them.
ORDER = {
    "codeBook": ["stdyDscr", "dataDscr"],
    "stdyDscr": ["citation", "notes"],
    "citation": ["titlStmt"],
    "valrng": ["range"],
    "titlStmt": ["titl", "parTitl", "IDNo"],
    "dataDscr": ["varGrp", "var"],
    "varGrp": ["labl", "universe", "notes"],
    "var": ["labl", "qstn", "valrng", "universe", "txt", "catgry", "varFormat", "notes"],
    "qstn": ["qstnLit", "ivuInstr"],
    "catgry": ["catValu", "labl", "txt"],
}


@given(instruments())
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
def test_elements_stand_in_the_order_of_the_schema_and_every_reference_leads_somewhere(content: InstrumentFile) -> None:
    root = etree.fromstring(write_ddi(bilingual(content), "2022", "2022.xml")[0])
    for element in root.iter():
        order = ORDER.get(etree.QName(element).localname, [])
        places = [order.index(etree.QName(child).localname) for child in element]
        assert places == sorted(places)
    ids = [element.get("ID") for element in root.iter() if element.get("ID")]
    named = [name for e in root.iter() for key in ("var", "varGrp") for name in (e.get(key) or "").split()]
    assert len(set(ids)) == len(ids)
    assert set(named) <= set(ids)


def questions(found: tuple[Questionnaire | None, list[Finding]]) -> list[QuestionEntry]:
    assert found[0] is not None, found[1]
    return [question for section in found[0].content.sections for question in section.questions]


def codebook(inner: str, namespace: str = 'xmlns="ddi:codebook:2_5"') -> tuple[Questionnaire | None, list[Finding]]:
    study = "<stdyDscr><citation><titlStmt><titl>A study</titl></titlStmt></citation></stdyDscr>"
    return read_ddi("study.xml", f"<codeBook {namespace}>{study}<dataDscr>{inner}</dataDscr></codeBook>".encode())


SEX = """<var ID="V1" name="sex" intrvl="discrete"><labl>Sex</labl>
 <qstn><preQTxt>Now about you.</preQTxt><qstnLit>Are you a man or a woman?</qstnLit><ivuInstr>Do not read out.</ivuInstr></qstn>
 <universe>Persons of 15 and more</universe>
 <catgry><catValu>1</catValu><labl>Man</labl><catStat type="freq">3</catStat></catgry>
 <catgry><catValu>2</catValu><labl>Woman</labl></catgry>
 <catgry missing="Y"><catValu>9</catValu><labl>No answer</labl></catgry></var>"""
AGE = '<var ID="V2" name="age" intrvl="contin"><labl>Age</labl><valrng><range min="15" max="99"/></valrng></var>'


@pytest.mark.parametrize("namespace", ['xmlns="ddi:codebook:2_6"', 'xmlns="ddi:codebook:2_5"', ""])
def test_a_codebook_of_others_gives_its_questions(namespace: str) -> None:
    found = codebook(SEX + AGE + '<var ID="V3" name="job"><labl>Job</labl></var>', namespace)
    sex, age, job = questions(found)
    assert (sex.kind, sex.label, sex.question, sex.help) == (
        "single",
        "Sex",
        "Are you a man or a woman?",
        "Do not read out.",
    )
    assert [(category.code, category.label) for category in sex.categories] == [("1", "Man"), ("2", "Woman")]
    assert sex.universe is not None
    assert sex.universe.text == "Persons of 15 and more"
    assert (age.kind, age.lowest, age.highest, job.kind) == ("number", 15.0, 99.0, "text")
    assert [finding.found for finding in found[1]] == [
        "Not carried over: codes for missing answers of sex.",
        "Not carried over: the text before the question of sex.",
    ]


def test_groups_of_variables_are_multiple_choices_grids_and_sections() -> None:
    found = codebook(
        '<varGrp ID="S" name="part" type="section" var="V1" varGrp="G H"><labl>Part</labl></varGrp>'
        '<varGrp ID="G" name="areas" type="multipleResp" var="A B"><labl>Areas</labl></varGrp>'
        '<varGrp ID="H" name="trust" type="grid" var="C"><labl>Trust</labl></varGrp>'
        '<varGrp ID="T" name="theme" type="subject" var="V1"><labl>Theme</labl></varGrp>'
        '<var ID="A" name="areas_roads"><labl>Areas: Roads</labl></var><var ID="B" name="areas_rail"><labl>Rail</labl></var>'
        '<var ID="C" name="trust_mayor"><labl>in the mayor</labl><catgry><catValu>1</catValu><labl>Low</labl></catgry></var>'
        + SEX
    )
    assert found[0] is not None
    (section,) = found[0].content.sections
    assert (section.id, section.title) == ("part", "Part")
    assert [(q.variable, q.kind) for q in section.questions] == [
        ("areas", "multiple"),
        ("trust", "grid"),
        ("sex", "single"),
    ]
    assert [(category.code, category.label) for category in section.questions[0].categories] == [
        ("roads", "Roads"),
        ("rail", "Rail"),
    ]
    assert "Not carried over: the group of the type subject of theme." in [finding.found for finding in found[1]]


def test_a_label_that_one_language_lacks_is_named() -> None:
    found = codebook(
        '<var ID="V1" name="a"><labl xml:lang="en">First</labl><labl xml:lang="fr">Premier</labl></var>'
        '<var ID="V2" name="b"><labl xml:lang="en">Second</labl></var>',
        'xml:lang="en"',
    )
    assert [finding.found for finding in found[1]] == ["No text in fr: b (labl)."]


def test_the_codebook_of_a_release_gives_the_questions_of_its_latest_wave(small: ProgrammeFolder) -> None:
    programme = load_programme(small.path)
    released = ddi_codebook_xml(dataset_of(programme, all_facts(programme)))
    found = questions(read_ddi("ddi-codebook.xml", released))
    asked = programme.instruments["2024"].questions
    assert {q.variable: (q.kind, q.label, q.question) for q in found} == {
        variable: (q.kind.value, q.label, q.wording) for variable, q in asked.items()
    }
    assert {q.variable: [c.code for c in q.categories] for q in found} == {
        variable: [choice.code for choice in q.choices] for variable, q in asked.items()
    }


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"<other/>", "it begins with other, not with codeBook"),
        (b"<codeBook>", "Premature end"),
        (b'<!DOCTYPE c [<!ENTITY x "y">]><codeBook>&x;</codeBook>', "it declares a document type"),
    ],
)
def test_a_file_that_is_no_codebook_is_not_read(content: bytes, problem: str) -> None:
    found, findings = read_ddi("study.xml", content)
    assert found is None
    assert problem in findings[0].found


def test_control_characters_that_xml_cannot_hold_are_named() -> None:
    content = InstrumentFile(
        format="1",
        title="T",
        sections=[SectionEntry(id="s", title="S", questions=[QuestionEntry(variable="a", kind="text", label="A\x07")])],
    )
    findings = write_ddi(Questionnaire(content, "en"), "1", "a.xml")[1]
    assert [finding.found for finding in findings] == ["Not carried over: control characters of A."]
