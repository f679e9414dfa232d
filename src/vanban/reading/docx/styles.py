"""Paragraph and character styles, as far as they say bold, hidden, capitals, heading or a list number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from vanban.reading.docx.names import VAL, W, child, number, switched, value

BODY_LEVEL = 9  # the outline level of what is no heading
HEADING = re.compile(r"heading\s*\d|title|tiêu đề", re.I)


class Styles:
    def __init__(self, root: etree._Element | None) -> None:
        found = root.findall(f"{W}style") if root is not None else []
        self._styles = {style.get(f"{W}styleId", ""): style for style in found}
        self._defaults = child(root, "docDefaults", "rPrDefault", "rPr")
        self._default = next(
            (s.get(f"{W}styleId") for s in found if s.get(f"{W}type") == "paragraph" and s.get(f"{W}default") == "1"),
            None,
        )

    def chain(self, style: str | None) -> Iterator[etree._Element]:
        """A style and those that it is based on, nearest first; a circle ends where it closes."""
        seen = set()
        while style and style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = value(self._styles[style], "basedOn")

    def of_paragraph(self, paragraph: etree._Element) -> str | None:
        return value(paragraph, "pPr", "pStyle") or self._default

    def is_heading(self, style: str | None) -> bool:
        return any(
            HEADING.match(value(s, "name") or "") or number(s, "pPr", "outlineLvl") in range(BODY_LEVEL)
            for s in self.chain(style)
        )

    def switch(self, run: etree._Element, paragraph_style: str | None, name: str) -> bool:
        """Whether a run is bold (`b`), hidden (`vanish`), in capitals (`caps`): by itself, else by its styles."""
        own = child(run, "rPr")
        said = switched(own, name)
        if said is not None:
            return said
        for style in (value(own, "rStyle"), paragraph_style):
            for link in self.chain(style):
                said = switched(child(link, "rPr"), name)
                if said is not None:
                    return said
        return bool(switched(self._defaults, name))

    def numbering(self, style: str | None) -> tuple[str | None, int | None, str | None]:
        """List, level and the style that names them, for a style tied to a list."""
        for link in self.chain(style):
            found = child(link, "pPr", "numPr")
            if found is not None and value(found, "numId"):
                return value(found, "numId"), number(found, "ilvl"), link.get(f"{W}styleId")
        return None, None, None

    def list_of(self, style: str | None) -> str | None:
        """The list (`numId`) that a list style stands for."""
        found = self._styles.get(style or "")
        numbering = child(found, "pPr", "numPr", "numId")
        return numbering.get(VAL) if numbering is not None else None
