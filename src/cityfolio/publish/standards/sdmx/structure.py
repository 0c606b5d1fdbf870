"""The structure of the facts as SDMX-ML, 3.0 or 2.1: codelists, concepts, data structure definition, dataflow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from pysdmx.io import write_sdmx
from pysdmx.io.format import Format
from pysdmx.model import (
    Code,
    Codelist,
    Component,
    Components,
    Concept,
    ConceptScheme,
    Dataflow,
    DataStructureDefinition,
    DataType,
    ItemReference,
    Organisation,
    Role,
)
from pysdmx.model.message import Header

from cityfolio.formatting import xml_text
from cityfolio.publish.standards.sdmx.facts import ATTRIBUTES, DIMENSIONS, UNDATED, SdmxFacts, concept_name

__all__ = ["structure_xml", "structure_xml_2_1"]


def structure_xml(flow: SdmxFacts, form: Format = Format.STRUCTURE_SDMX_ML_3_0) -> bytes:
    """The structure message. The agency is given by its id: an object in its place would make the message invalid."""
    prepared = datetime.fromisoformat(flow.dataset.date or UNDATED).replace(tzinfo=UTC)
    header = Header(id="FACTS", test=False, prepared=prepared, sender=Organisation(id=flow.agency))
    codelists = {name: _codelist(flow, name, codes) for name, codes in flow.codelists.items()}
    definition = _definition(flow, codelists)
    dataflow = Dataflow(
        "FACTS", name=f"{flow.dataset.title}: facts", agency=flow.agency, version=flow.version, structure=definition
    )
    parts = [*codelists.values(), _concepts(flow), definition, dataflow]
    text = write_sdmx(parts, form, header=header)
    if text is None:
        raise TypeError("the structure message did not come back as text")
    return xml_text(text).encode("utf-8")


def structure_xml_2_1(flow: SdmxFacts) -> bytes:
    """The same structure in SDMX-ML 2.1."""
    return structure_xml(flow, Format.STRUCTURE_SDMX_ML_2_1)


def _codelist(flow: SdmxFacts, name: str, codes: Mapping[str, str]) -> Codelist:
    items = [Code(code, name=label) for code, label in codes.items()]
    return Codelist(f"CL_{name}", name=concept_name(name), agency=flow.agency, version=flow.version, items=items)


def _concepts(flow: SdmxFacts) -> ConceptScheme:
    names = (*DIMENSIONS, "OBS_VALUE", *ATTRIBUTES)
    items = [Concept(name, name=concept_name(name)) for name in names]
    return ConceptScheme("CS_FACTS", name="Concepts of facts", agency=flow.agency, version=flow.version, items=items)


def _definition(flow: SdmxFacts, codelists: Mapping[str, Codelist]) -> DataStructureDefinition:
    def concept(name: str) -> ItemReference:
        return ItemReference("Concept", flow.agency, "CS_FACTS", flow.version, name)

    dimensions = [
        Component(name, required=True, role=Role.DIMENSION, concept=concept(name), local_codes=codelists[name])
        for name in DIMENSIONS
    ]
    measure = Component("OBS_VALUE", True, Role.MEASURE, concept("OBS_VALUE"), DataType.DOUBLE)  # noqa: FBT003 - its place in pysdmx
    given = [
        Component(
            name,
            required=False,
            role=Role.ATTRIBUTE,
            concept=concept(name),
            local_dtype=DataType.STRING if name == "NOTE" else DataType.INTEGER,
            attachment_level="O",
        )
        for name in ATTRIBUTES
    ]
    return DataStructureDefinition(
        "DSD_FACTS",
        name="Structure of facts",
        agency=flow.agency,
        version=flow.version,
        components=Components([*dimensions, measure, *given]),
    )
