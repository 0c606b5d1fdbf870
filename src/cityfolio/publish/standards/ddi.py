"""DDI-Codebook 2.6: the study, its files, variables, questions, categories with frequencies, universes, missing reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from cityfolio.formatting import plain_number
from cityfolio.model.answer import Answer, Response
from cityfolio.model.instrument import Instrument
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Category, Kind, Variable
from cityfolio.publish.dataset import Dataset
from cityfolio.publish.indicators import indicator

__all__ = ["NAMESPACE", "ddi_codebook_xml"]

NAMESPACE = "ddi:codebook:2_6"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_FILES = (("F1", "responses.csv", "text/csv"), ("F2", "responses.sav", "SPSS"), ("F3", "responses.dta", "Stata"))
_NATURE = {Kind.SINGLE: "nominal", Kind.MULTIPLE: "nominal", Kind.RANKED: "ordinal", Kind.SCALE: "ordinal"}


def ddi_codebook_xml(dataset: Dataset) -> bytes:
    """The codebook of a release. Labels and question texts stand in every language of the dataset.

    A multiple choice or ranking is a group of variables (`varGrp` of type `multipleResp`) with one variable a category, as the
    SPSS and Stata files hold it; all other variables are those of responses.csv.
    """
    return _Codebook(dataset).xml()


class _Codebook:
    """Writes one codebook; elements stand in the order of the schema."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.responses = [r for held in dataset.answers.by_unit.values() for r in held.values()]
        self.root = etree.Element(f"{{{NAMESPACE}}}codeBook", nsmap={None: NAMESPACE}, version="2.6")
        self.root.set(_LANG, dataset.language)

    def xml(self) -> bytes:
        self._study()
        self._files()
        data = self._under(self.root, "dataDscr")
        for variable in self.dataset.variables.values():
            if variable.kind in (Kind.MULTIPLE, Kind.RANKED):
                self._group(data, variable)
        for variable in self.dataset.variables.values():
            self._variable(data, variable)
        etree.indent(self.root, " ")
        content: bytes = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8")
        return content + b"\n"

    def _under(self, parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
        element = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", attributes)
        if text:
            element.text = _xml_text(text)
        return element

    def _said(self, parent: etree._Element, name: str, texts: Mapping[str, str]) -> None:
        """An element for each language that has a text of its own."""
        for language, text in texts.items():
            if text:
                self._under(parent, name, text).set(_LANG, language)

    def _study(self) -> None:
        dataset = self.dataset
        study = self._under(self.root, "stdyDscr")
        citation = self._under(study, "citation")
        title = self._under(citation, "titlStmt")
        self._under(title, "titl", dataset.title)
        for translation in dataset.translations:
            self._under(title, "parTitl", translation.title).set(_LANG, translation.language)
        self._under(title, "IDNo", dataset.id)
        if dataset.date:
            self._under(self._under(citation, "distStmt"), "distDate", dataset.date, date=dataset.date)
        if dataset.version:
            self._under(self._under(citation, "verStmt"), "version", dataset.version)
        info = self._under(study, "stdyInfo")
        if dataset.summary:
            self._under(info, "abstract", dataset.summary)
        summary = self._under(info, "sumDscr")
        for wave in dataset.instruments:
            self._under(summary, "timePrd", wave, cycle=wave)
        self._under(summary, "anlyUnit", dataset.unit_one)
        self._under(summary, "universe", dataset.unit_many)
        if dataset.licence:
            access = self._under(self._under(study, "dataAccs"), "useStmt")
            self._under(access, "conditions", dataset.licence)

    def _files(self) -> None:
        for identifier, name, kind in _FILES:
            described = self._under(self._under(self.root, "fileDscr", ID=identifier), "fileTxt")
            self._under(described, "fileName", name)
            dimensions = self._under(described, "dimensns")
            self._under(dimensions, "caseQnty", str(len(self.responses)))
            self._under(described, "fileType", kind)

    def _group(self, data: etree._Element, variable: Variable) -> None:
        members = " ".join(f"V_{variable.id}_{category.code}" for category in variable.categories)
        group = self._under(data, "varGrp", ID=f"G_{variable.id}", name=variable.id, type="multipleResp", var=members)
        self._said(group, "labl", self._labels(variable))
        if variable.universe:
            self._under(group, "universe", variable.universe)

    def _variable(self, data: etree._Element, variable: Variable) -> None:
        answers = [(r, r.answers.get(variable.id, Answer.without(Missing.NOT_ASKED))) for r in self.responses]
        if variable.kind in (Kind.MULTIPLE, Kind.RANKED):
            for category in variable.categories:
                self._indicator(data, variable, category, answers)
            return
        element = self._opened(data, variable.id, variable)
        self._said(element, "labl", self._labels(variable))
        self._questions(element, variable)
        if variable.universe:
            self._under(element, "universe", variable.universe)
        if variable.kind is Kind.NUMBER:
            self._statistics(element, [a.number for _, a in answers if a.number is not None and a.missing is None])
        counts = Counter(code for _, answer in answers for code in answer.codes)
        for category in variable.categories:
            self._category(element, category.code, self._category_labels(variable, category), counts[category.code])
        self._reasons(element, [answer.missing for _, answer in answers])
        numeric = variable.kind is Kind.NUMBER
        self._under(element, "varFormat", type="numeric" if numeric else "character", schema="other")

    def _indicator(
        self, data: etree._Element, variable: Variable, category: Category, answers: Sequence[tuple[Response, Answer]]
    ) -> None:
        element = self._opened(data, f"{variable.id}_{category.code}", variable)
        labels = self._category_labels(variable, category)
        both = {language: f"{label}: {labels.get(language, '')}" for language, label in self._labels(variable).items()}
        self._said(element, "labl", both)
        self._questions(element, variable)
        if variable.universe:
            self._under(element, "universe", variable.universe)
        held = [indicator(variable, category, response, answer) for response, answer in answers]
        places = range(len(variable.categories) + 1) if variable.kind is Kind.RANKED else range(2)
        counts = Counter(place for place in held if isinstance(place, int))
        for place in places:
            self._category(element, str(place), {}, counts[place])
        self._reasons(element, [reason for reason in held if isinstance(reason, Missing)])
        self._under(element, "varFormat", type="numeric", schema="other")

    def _opened(self, data: etree._Element, name: str, variable: Variable) -> etree._Element:
        interval = "contin" if variable.kind is Kind.NUMBER else "discrete"
        files = " ".join(identifier for identifier, _, _ in _FILES)
        element = self._under(data, "var", ID=f"V_{name}", name=name, files=files, intrvl=interval)
        nature = _NATURE.get(variable.kind, "ratio" if variable.kind is Kind.NUMBER else "")
        if nature:
            element.set("nature", nature)
        return element

    def _questions(self, element: etree._Element, variable: Variable) -> None:
        """The question of each wave, told apart by the wave before its text."""
        for wave in variable.waves:
            texts = {
                language: instruments[wave].questions[variable.id].wording
                for language, instruments in self._instruments()
            }
            if not any(texts.values()):
                continue
            question = self._under(element, "qstn")
            self._under(question, "preQTxt", wave)
            self._said(question, "qstnLit", texts)
            self._said(
                question, "ivuInstr", {lang: i[wave].questions[variable.id].help for lang, i in self._instruments()}
            )

    def _instruments(self) -> Iterator[tuple[str, Mapping[str, Instrument]]]:
        yield self.dataset.language, self.dataset.instruments
        for translation in self.dataset.translations:
            yield translation.language, translation.instruments

    def _labels(self, variable: Variable) -> dict[str, str]:
        own = {self.dataset.language: variable.label}
        return own | {t.language: t.variables[variable.id].label for t in self.dataset.translations}

    def _category_labels(self, variable: Variable, category: Category) -> dict[str, str]:
        own = {self.dataset.language: category.label}
        found = {t.language: t.variables[variable.id].by_code[category.code].label for t in self.dataset.translations}
        return own | found

    def _category(self, element: etree._Element, value: str, labels: Mapping[str, str], count: int) -> None:
        category = self._under(element, "catgry")
        self._under(category, "catValu", value)
        self._said(category, "labl", labels)
        self._under(category, "catStat", str(count), type="freq")

    def _reasons(self, element: etree._Element, reasons: Sequence[Missing | None]) -> None:
        counts = Counter(reasons)
        for reason in Missing:
            category = self._under(element, "catgry", missing="Y")
            self._under(category, "catValu", reason.value)
            self._under(category, "labl", self.dataset.meanings.get(reason.value, reason.value))
            self._under(category, "catStat", str(counts[reason]), type="freq")

    def _statistics(self, element: etree._Element, numbers: Sequence[float]) -> None:
        self._under(element, "sumStat", str(len(numbers)), type="vald")
        if numbers:
            self._under(element, "sumStat", plain_number(min(numbers)), type="min")
            self._under(element, "sumStat", plain_number(max(numbers)), type="max")


def _xml_text(text: str) -> str:
    """The text without the control characters that XML cannot hold."""
    return "".join(c for c in text if c in "\t\n\r" or ord(c) >= 32)
