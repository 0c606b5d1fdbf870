"""The facts as SDMX messages: SDMX-CSV 2.0, SDMX-ML 3.0 and 2.1, SDMX-JSON 2.0."""

from __future__ import annotations

from lxml import etree
from pydantic_core import to_json

from cityfolio.publish.csv_files import csv_bytes
from cityfolio.publish.standards.sdmx.facts import ATTRIBUTES, DIMENSIONS, UNDATED, SdmxFacts, concept_name

__all__ = ["data_csv", "data_json", "data_xml", "data_xml_2_1"]

_ML = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/"
_ML_2_1 = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
# The dimension whose codes are told apart inside a series.
_IN_SERIES = "MEASURE"
_JSON_SCHEMA = "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/data-message/tools/schemas/2.0.0/sdmx-json-data-schema.json"


def data_csv(flow: SdmxFacts) -> bytes:
    """SDMX-CSV 2.0."""
    columns = ["STRUCTURE", "STRUCTURE_ID", "ACTION", *DIMENSIONS, "OBS_VALUE", *ATTRIBUTES]
    identity = f"{flow.agency}:FACTS({flow.version})"
    rows = (["dataflow", identity, "R", *o.place, o.value, *o.attributes] for o in flow.observations)
    return csv_bytes(columns, rows)


def data_xml(flow: SdmxFacts) -> bytes:
    """Structure-specific SDMX-ML 3.0: flat observations, missing attributes left out."""
    root, data = _message(flow, _ML, "AllDimensions")
    names = (*DIMENSIONS, "OBS_VALUE", *ATTRIBUTES)
    for place, value, attributes in flow.observations:
        given = zip(names, (*place, value, *attributes), strict=True)
        etree.SubElement(data, "Obs", {name: text for name, text in given if text})
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return content


def data_xml_2_1(flow: SdmxFacts) -> bytes:
    """Structure-specific SDMX-ML 2.1: the measures of one edition, item, group and source are a series.

    Programs that do not read 3.0 yet read this; R's rsdmx knows observations only where they stand in a series.
    """
    root, data = _message(flow, _ML_2_1, _IN_SERIES)
    at = DIMENSIONS.index(_IN_SERIES)
    outside = [name for name in DIMENSIONS if name != _IN_SERIES]
    series: dict[tuple[str, ...], etree._Element] = {}
    names = ("OBS_VALUE", *ATTRIBUTES)
    for place, value, attributes in flow.observations:
        key = place[:at] + place[at + 1 :]
        if key not in series:
            series[key] = etree.SubElement(data, "Series", dict(zip(outside, key, strict=True)))
        given = {name: text for name, text in zip(names, (value, *attributes), strict=True) if text}
        etree.SubElement(series[key], "Obs", {_IN_SERIES: place[at], **given})
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return content


def _message(flow: SdmxFacts, version: str, level: str) -> tuple[etree._Element, etree._Element]:
    """A structure-specific message of that version of SDMX-ML, and its data set, still empty."""
    message, common = f"{{{version}message}}", f"{{{version}common}}"
    specific = f"{flow.urn}:ObsLevelDim:{level}"
    spaces = {"mes": f"{version}message", "com": f"{version}common", "dat": f"{version}data/structurespecific"}
    spaces |= {"ns1": specific, "xsi": _XSI}
    root = etree.Element(f"{message}StructureSpecificData", nsmap=spaces)
    header = etree.SubElement(root, f"{message}Header")
    etree.SubElement(header, f"{message}ID").text = "FACTS"
    etree.SubElement(header, f"{message}Test").text = "false"
    etree.SubElement(header, f"{message}Prepared").text = f"{flow.dataset.date or UNDATED}T00:00:00Z"
    etree.SubElement(header, f"{message}Sender", id=flow.agency)
    structure = etree.SubElement(
        header, f"{message}Structure", structureID="FACTS", namespace=specific, dimensionAtObservation=level
    )
    _refer(etree.SubElement(structure, f"{common}StructureUsage"), flow, version)
    data = etree.SubElement(root, f"{message}DataSet")
    for name, said in (("structureRef", "FACTS"), ("dataScope", "DataStructure"), ("action", "Replace")):
        data.set(f"{{{version}data/structurespecific}}{name}", said)
    data.set(f"{{{_XSI}}}type", "ns1:DataSetType")
    return root, data


def _refer(usage: etree._Element, flow: SdmxFacts, version: str) -> None:
    """Name the dataflow, in the way of that version."""
    if version == _ML:
        usage.text = flow.urn
    else:
        etree.SubElement(usage, "Ref", agencyID=flow.agency, id="FACTS", version=flow.version)


def data_json(flow: SdmxFacts) -> bytes:
    """SDMX-JSON 2.0: observations by the places of their codes."""
    codes = {name: list(codes) for name, codes in flow.codelists.items()}
    places = [{code: str(position) for position, code in enumerate(codes[name])} for name in DIMENSIONS]
    observations: dict[str, list[object]] = {}
    for place, value, attributes in flow.observations:
        key = ":".join(found[code] for found, code in zip(places, place, strict=True))
        observations[key] = [value, *(text or None for text in attributes)]
    dimensions = [
        {
            "id": name,
            "name": concept_name(name),
            "keyPosition": position,
            "values": [{"id": code, "name": label} for code, label in flow.codelists[name].items()],
        }
        for position, name in enumerate(DIMENSIONS)
    ]
    structure = {
        "dataSets": [0],
        "links": [{"urn": flow.urn, "rel": "dataflow"}],
        "dimensions": {"observation": dimensions},
        "measures": {"observation": [{"id": "OBS_VALUE", "name": concept_name("OBS_VALUE")}]},
        "attributes": {
            "observation": [{"id": n, "name": concept_name(n), "relationship": {"observation": {}}} for n in ATTRIBUTES]
        },
    }
    meta = {
        "schema": _JSON_SCHEMA,
        "id": "FACTS",
        "test": False,
        "prepared": f"{flow.dataset.date or UNDATED}T00:00:00Z",
        "contentLanguages": [flow.dataset.language],
        "sender": {"id": flow.agency},
    }
    data = {
        "dataSets": [{"structure": 0, "action": "Replace", "links": [], "observations": observations}],
        "structures": [structure],
    }
    return to_json({"meta": meta, "data": data}) + b"\n"
