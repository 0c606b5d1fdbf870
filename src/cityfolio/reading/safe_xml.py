"""XML of others: no entities, no document types, nothing fetched, no depth without end."""

from __future__ import annotations

from lxml import etree

__all__ = ["parse_xml"]


def parse_xml(content: bytes) -> etree._Element | str:
    """The root of an XML document, or why it is not read.

    >>> parse_xml(b"<a>b</a>").text
    'b'
    >>> parse_xml(b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>')
    'it declares a document type'
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        return str(error.msg)
    return "it declares a document type" if root.getroottree().docinfo.doctype else root
