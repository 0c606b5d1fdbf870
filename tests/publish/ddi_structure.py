"""A reader of DDI-Codebook that knows its structure and nothing of our writer.

No package carries the schema of DDI-Codebook 2.6, so what it says of the elements that a codebook of a survey needs is written
down here once more: which children may stand in an element, in which order, and how often; which words an attribute may hold;
which ids are referred to. An element that is not in this table is a fault, as it would be for a validator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

NAMESPACE = "{ddi:codebook:2_6}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# Children in their order: `?` at most once, `*` any number, `+` at least once, nothing exactly once.
ORDER = {
    "codeBook": "docDscr* stdyDscr+ fileDscr* dataDscr* otherMat*",
    "stdyDscr": "citation* studyAuthorization* stdyInfo* studyDevelopment* method* dataAccs* otherStdyMat*",
    "citation": "titlStmt rspStmt? prodStmt? distStmt* serStmt* verStmt* biblCit* holdings* notes*",
    "titlStmt": "titl subTitl* altTitl* parTitl* IDNo*",
    "distStmt": "distrbtr* contact* depositr* depDate* distDate*",
    "verStmt": "version* verResp* notes*",
    "stdyInfo": "studyBudget* subject* abstract* sumDscr* qualityStatement* notes* exPostEvaluation*",
    "sumDscr": "timePrd* collDate* nation* geogCover* geogUnit* geoBndBox* boundPoly* anlyUnit* universe* dataKind*",
    "dataAccs": "setAvail* useStmt* notes*",
    "useStmt": "confDec* specPerm* restrctn* contact* citReq* deposReq* conditions* disclaimer*",
    "fileDscr": "fileTxt* locMap? notes*",
    "fileTxt": "fileName* fileCitation? dataFingerprint* fileCont* fileStrc? dimensns? fileType* format*",
    "dimensns": "caseQnty* varQnty* logRecL* recPrCas* recNumTot*",
    "dataDscr": "varGrp* nCubeGrp* var* nCube* notes*",
    "varGrp": "labl* txt* concept* defntn* universe* notes*",
    "var": (
        "location* labl* imputation? security? embargo? respUnit? anlysUnit? qstn* valrng* invalrng* undocCod* universe*"
        " TotlResp? sumStat* txt* stdCatgry* catgryGrp* catgry* codInstr* verStmt* concept* derivation? varFormat?"
        " geoMap* catLevel* notes*"
    ),
    "catgry": "catValu? labl* txt* catStat* mrow?",
}
# Text in which these may stand in any order.
MIXED = {"qstn": {"preQTxt", "qstnLit", "postQTxt", "forward", "backward", "ivuInstr"}}
TEXTS = {
    "titl", "parTitl", "IDNo", "distDate", "version", "abstract", "timePrd", "anlyUnit", "universe", "conditions", "fileName",
    "caseQnty", "fileType", "labl", "preQTxt", "qstnLit", "ivuInstr", "catValu", "catStat", "sumStat", "varFormat",
}  # fmt: skip
WORDS = {
    ("var", "intrvl"): {"contin", "discrete"},
    ("var", "nature"): {"nominal", "ordinal", "interval", "ratio", "percent", "other"},
    ("varGrp", "type"): {"section", "multipleResp", "grid", "display", "repetition", "subject", "version", "other"},
    ("varFormat", "type"): {"numeric", "character"},
    ("varFormat", "schema"): {"SAS", "SPSS", "IBM", "ANSI", "ISO", "XML-Data", "other"},
    ("catgry", "missing"): {"Y", "N"},
    ("catStat", "type"): {"freq", "percent", "crosstab", "other"},
    ("sumStat", "type"): {"mean", "medn", "mode", "vald", "invd", "min", "max", "stdev", "other"},
}
PLAIN = {
    ("codeBook", "version"), ("fileDscr", "ID"), ("varGrp", "ID"), ("varGrp", "name"), ("varGrp", "var"), ("var", "ID"),
    ("var", "name"), ("var", "files"), ("distDate", "date"), ("timePrd", "cycle"),
}  # fmt: skip
REFERRING = {("var", "files"), ("varGrp", "var")}


def faults_of(file: Path) -> list[str]:
    """Everything in a codebook that is not as DDI-Codebook 2.6 has it."""
    root = etree.parse(file).getroot()
    if root.tag != f"{NAMESPACE}codeBook":
        return [f"the root is {root.tag}"]
    found = [fault for element in root.iter() for fault in _faults(element)]
    ids = [element.get("ID") for element in root.iter() if element.get("ID")]
    found += [f"the id {one} stands twice" for one in sorted({one for one in ids if ids.count(one) > 1})]
    found += [f"{one} is no NCName" for one in ids if not re.fullmatch(r"[A-Za-z_][\w.-]*", one)]
    for element in root.iter():
        for owner, name in REFERRING:
            if element.tag == NAMESPACE + owner:
                found += [
                    f"{one} is referred to and not there" for one in element.get(name, "").split() if one not in ids
                ]
    return found


def _faults(element: etree._Element) -> Iterator[str]:
    name = element.tag.removeprefix(NAMESPACE)
    children = [child.tag.removeprefix(NAMESPACE) for child in element]
    text = "".join(element.itertext()) if name in TEXTS else (element.text or "").strip()
    if name in ORDER:
        pattern = "".join(f"(?:{_one(part)} )" + _often(part) for part in ORDER[name].split())
        if not re.fullmatch(pattern, "".join(f"{child} " for child in children)):
            yield f"{name} holds {children}"
        if text:
            yield f"{name} holds the text {text!r}"
    elif name in MIXED:
        yield from (f"{name} holds {child}" for child in children if child not in MIXED[name])
    elif name not in TEXTS or children:
        yield f"{name} with {children} is not known"
    for attribute, value in element.attrib.items():
        if attribute == LANG:
            if not re.fullmatch(r"[a-z]{2,3}(-\w+)*", value):
                yield f"{name} is in the language {value!r}"
        elif (name, attribute) in WORDS:
            if value not in WORDS[name, attribute]:
                yield f"{name} has {attribute}={value!r}"
        elif (name, attribute) not in PLAIN:
            yield f"{name} has an attribute {attribute}"


def _one(part: str) -> str:
    return part.rstrip("?*+")


def _often(part: str) -> str:
    return part[-1] if part[-1] in "?*+" else ""
