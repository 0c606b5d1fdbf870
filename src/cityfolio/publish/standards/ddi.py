"""DDI-Codebook 2.6: the study, its files, variables, questions, categories with frequencies, universes, missing reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from lxml import etree

from cityfolio.formatting import plain_number, xml_text
from cityfolio.model.answer import Answer, Response
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
            element.text = xml_text(text)
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
        self._said(info, "abstract", self._each(dataset.summary, {t.language: t.summary for t in dataset.translations}))
        summary = self._under(info, "sumDscr")
        for wave in dataset.instruments:
            self._under(summary, "timePrd", wave, cycle=wave)
        one = self._each(dataset.unit_one, {t.language: t.unit_one for t in dataset.translations})
        many = self._each(dataset.unit_many, {t.language: t.unit_many for t in dataset.translations})
        self._said(summary, "anlyUnit", one)
        self._said(summary, "universe", many)
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
        self._said(group, "universe", self._universes(variable))

    def _variable(self, data: etree._Element, variable: Variable) -> None:
        answers = [(r, r.answers.get(variable.id, Answer.without(Missing.NOT_ASKED))) for r in self.responses]
        if variable.kind in (Kind.MULTIPLE, Kind.RANKED):
            for category in variable.categories:
                self._indicator(data, variable, category, answers)
            return
        element = self._opened(data, variable.id, variable)
        self._said(element, "labl", self._labels(variable))
        self._questions(element, variable)
        self._said(element, "universe", self._universes(variable))
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
        titles = self._labels(variable)
        both = {
            language: f"{titles.get(language, variable.label)}: {labels.get(language, category.label)}"
            for language in dict.fromkeys([*titles, *labels])
        }
        self._said(element, "labl", both)
        self._questions(element, variable)
        self._said(element, "universe", self._universes(variable))
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
            asked = self.dataset.instruments[wave].questions[variable.id]
            others = {t.language: t.instruments[wave].questions[variable.id] for t in self.dataset.translations}
            if not asked.wording:
                continue
            question = self._under(element, "qstn")
            self._under(question, "preQTxt", wave)
            self._said(question, "qstnLit", self._each(asked.wording, {code: q.wording for code, q in others.items()}))
            self._said(question, "ivuInstr", self._each(asked.help, {code: q.help for code, q in others.items()}))

    def _each(self, own: str, others: Mapping[str, str]) -> dict[str, str]:
        """A text by its languages, the dataset's own first; a translation that is the same text is none."""
        return {self.dataset.language: own} | {language: text for language, text in others.items() if text != own}

    def _labels(self, variable: Variable) -> dict[str, str]:
        others = {t.language: t.variables[variable.id].label for t in self.dataset.translations}
        return self._each(variable.label, others)

    def _universes(self, variable: Variable) -> dict[str, str]:
        others = {t.language: t.variables[variable.id].universe for t in self.dataset.translations}
        return self._each(variable.universe, others)

    def _category_labels(self, variable: Variable, category: Category) -> dict[str, str]:
        found = {t.language: t.variables[variable.id].by_code[category.code].label for t in self.dataset.translations}
        return self._each(category.label, found)

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
            own = self.dataset.meanings.get(reason.value, reason.value)
            others = {t.language: t.meanings.get(reason.value, own) for t in self.dataset.translations}
            self._said(category, "labl", self._each(own, others))
            self._under(category, "catStat", str(counts[reason]), type="freq")

    def _statistics(self, element: etree._Element, numbers: Sequence[float]) -> None:
        self._under(element, "sumStat", str(len(numbers)), type="vald")
        if numbers:
            self._under(element, "sumStat", plain_number(min(numbers)), type="min")
            self._under(element, "sumStat", plain_number(max(numbers)), type="max")
