"""Names of WordprocessingML elements, and the few questions that all of the reader asks of them."""

from __future__ import annotations

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
VAL = f"{W}val"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
OFF = {"0", "false", "off", "none"}


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The element at a path of child names, None where a step is missing."""
    for step in path:
        if element is None:
            return None
        element = element.find(W + step)
    return element


def value(element: etree._Element | None, *path: str) -> str | None:
    """`w:val` of the element at a path of child names.

    >>> value(etree.fromstring(f'<p xmlns:w="{W[1:-1]}"><w:b w:val="x"/></p>'), "b")
    'x'
    """
    found = child(element, *path)
    return found.get(VAL) if found is not None else None


def number(element: etree._Element | None, *path: str) -> int | None:
    text = value(element, *path)
    return int(text) if text and text.lstrip("-").isdecimal() else None


def switched(properties: etree._Element | None, name: str) -> bool | None:
    """A switch as `<w:b/>` or `<w:b w:val="0"/>`: on, off, or None where nothing is said."""
    found = child(properties, name)
    return None if found is None else is_on(found.get(VAL))


def is_on(said: str | None) -> bool:
    return said is None or said.lower() not in OFF
