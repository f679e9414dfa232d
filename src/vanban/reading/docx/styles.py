"""Paragraph and character styles, as far as they say bold, hidden, capitals, heading or a list number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from vanban.reading.docx.names import VAL, W, child, is_on, number, switched, value

PROPERTIES, STYLE = f"{W}rPr", f"{W}rStyle"
SWITCHES = (f"{W}vanish", f"{W}caps", f"{W}b")
TELLING = {STYLE, *SWITCHES}
FONTS, ASCII = f"{W}rFonts", f"{W}ascii"
BODY_LEVEL = 9  # the outline level of what is no heading
HEADING = re.compile(r"heading\s*\d|title|tiêu đề", re.I)


class Look(NamedTuple):
    hidden: bool
    capitals: bool
    bold: bool
    font: str | None


class Styles:
    def __init__(self, root: etree._Element | None) -> None:
        found = root.findall(f"{W}style") if root is not None else []
        self._styles = {style.get(f"{W}styleId", ""): style for style in found}
        self._headings: dict[str | None, bool] = {}
        self._switches: dict[tuple[str | None, str], bool | None] = {}
        self._defaults = child(root, "docDefaults", "rPrDefault", "rPr")
        fonts = child(self._defaults, "rFonts")
        self._default_font = fonts.get(ASCII) if fonts is not None else None
        self._fonts: dict[str | None, str | None] = {}
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
        if style not in self._headings:
            self._headings[style] = any(map(_is_heading, self.chain(style)))
        return self._headings[style]

    def look(self, run: etree._Element, paragraph_style: str | None) -> Look:
        """How a run is shown: by its own properties, else by its style, else by that of its paragraph."""
        own = run.find(PROPERTIES)
        said = {part.tag: part.get(VAL) for part in own if part.tag in TELLING} if own is not None else {}
        styles = (said.get(STYLE), paragraph_style)
        hidden, capitals, bold = (self._switch(said, tag, styles) for tag in SWITCHES)
        return Look(hidden, capitals, bold, self._font(own, styles))

    def _font(self, own: etree._Element | None, styles: Iterable[str | None]) -> str | None:
        fonts = own.find(FONTS) if own is not None else None
        if fonts is not None and (named := fonts.get(ASCII)):
            return named
        return next((font for style in styles if (font := self._styled_font(style))), self._default_font)

    def _styled_font(self, style: str | None) -> str | None:
        if style not in self._fonts:
            fonts = (child(link, "rPr", "rFonts") for link in self.chain(style))
            self._fonts[style] = next((x.get(ASCII) for x in fonts if x is not None and x.get(ASCII)), None)
        return self._fonts[style]

    def _switch(self, said: dict[str, str | None], tag: str, styles: Iterable[str | None]) -> bool:
        if tag in said:
            return is_on(said[tag])
        name = tag.removeprefix(W)
        inherited = (x for style in styles if (x := self._styled(style, name)) is not None)
        return next(inherited, bool(switched(self._defaults, name)))

    def _styled(self, style: str | None, name: str) -> bool | None:
        if (style, name) not in self._switches:
            said = (switched(child(link, "rPr"), name) for link in self.chain(style))
            self._switches[style, name] = next((x for x in said if x is not None), None)
        return self._switches[style, name]

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


def _is_heading(style: etree._Element) -> bool:
    level = number(style, "pPr", "outlineLvl")
    return bool(HEADING.match(value(style, "name") or "")) or level in range(BODY_LEVEL)
