"""How a paragraph and its runs really look: document defaults, table style, paragraph styles, list, then what is set by hand.

Source: ECMA-376 part 1, 17.7.2 (style hierarchy) and 17.7.3 (toggle properties: bold in the paragraph style and in the
character style cancel each other).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from vanban.reading.docx.names import VAL, W, child, is_on, switched, value
from vanban.reading.docx.numbering import Numbering
from vanban.reading.docx.styles import Styles

TWIP_MM, TWIP_PT = 25.4 / 1440, 1 / 20
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SINGLE = 240
LEADING = 1.15  # of Times New Roman: single spacing as a share of its size
ALIGNS = {"both": "justify", "start": "left", "end": "right", "distribute": "justify", None: "left"}


class Look(NamedTuple):
    """Of letters: fonts (of plain and of marked letters), size in points."""

    fonts: frozenset[str]
    size: float
    bold: bool
    italic: bool
    capitals: bool
    underlined: bool


class Shape(NamedTuple):
    """Of a paragraph: indent in mm, gaps in points, line spacing in lines; `close`: no gap to others of its style."""

    align: str
    first: float
    before: float
    after: float
    line: float
    close: bool


class Formats:
    def __init__(self, styles: etree._Element | None, theme: etree._Element | None, numbering: Numbering) -> None:
        self.styles = Styles(styles)
        self._numbering = numbering
        self._theme = _theme_fonts(theme)
        self._defaults = {
            "pPr": child(styles, "docDefaults", "pPrDefault", "pPr"),
            "rPr": child(styles, "docDefaults", "rPrDefault", "rPr"),
        }
        self._lists: dict[str | None, bool] = {}
        self._looks: dict[tuple[object, ...], Look] = {}

    def label(self, paragraph: etree._Element) -> str:
        """The automatic number; paragraphs must come in their order."""
        if child(paragraph, "pPr", "numPr") is None and not self._listed(self.styles.of_paragraph(paragraph)):
            return ""
        return self._numbering.label(paragraph)

    def _listed(self, style: str | None) -> bool:
        if style not in self._lists:
            self._lists[style] = self.styles.numbering(style)[0] is not None
        return self._lists[style]

    def shape(self, paragraph: etree._Element, table_style: str | None) -> Shape:
        sources = list(self._sources(paragraph, "pPr", table_style))
        line, rule = _attribute(sources, "spacing", "line"), _attribute(sources, "spacing", "lineRule")
        align = next((found for source in sources if (found := value(source, "jc"))), None)
        return Shape(
            align=ALIGNS.get(align, align or "left"),
            first=_first(sources),
            before=_points(sources, "before"),
            after=_points(sources, "after"),
            line=_lines(line, rule, self._size(paragraph)),
            close=next(
                (said for source in sources if (said := switched(source, "contextualSpacing")) is not None), False
            ),
        )

    def _size(self, paragraph: etree._Element) -> float:
        """Of its first letters."""
        run = next(paragraph.iter(W + "r"), None)
        return self.look(run, paragraph, None).size if run is not None else 14.0

    def look(self, run: etree._Element, paragraph: etree._Element, table_style: str | None) -> Look:
        own = run.find(W + "rPr")
        style = self.styles.of_paragraph(paragraph)
        key = (style, table_style, etree.tostring(own) if own is not None and len(own) else b"")
        if key not in self._looks:
            self._looks[key] = self._look(own, style, table_style)
        return self._looks[key]

    def _look(self, own: etree._Element | None, style: str | None, table_style: str | None) -> Look:
        levels = [
            [child(link, "rPr") for link in self.styles.chain(name)]
            for name in (value(own, "rStyle"), style, table_style)
        ]
        flat = [own, *(part for level in levels for part in level), self._defaults["rPr"]]
        size = next((found for source in flat if (found := value(source, "sz"))), "20")
        underline = next((found for source in flat if (found := value(source, "u"))), "none")
        bold, italic, caps = (self._switch(name, own, levels) for name in ("b", "i", "caps"))
        fonts = frozenset(filter(None, (self._font(flat, kind) for kind in ("ascii", "hAnsi"))))
        return Look(fonts, _number(size) / 2, bold, italic, caps, underline != "none")

    def _switch(self, name: str, own: etree._Element | None, levels: list[list[etree._Element | None]]) -> bool:
        said = child(own, name)
        if said is not None:
            return is_on(said.get(VAL))
        toggled = False
        for level in levels:
            found = next((each for source in level if (each := child(source, name)) is not None), None)
            toggled ^= found is not None and is_on(found.get(VAL))
        default = child(self._defaults["rPr"], name)
        return toggled or (default is not None and is_on(default.get(VAL)))

    def _font(self, sources: list[etree._Element | None], kind: str) -> str | None:
        for source in sources:
            fonts = child(source, "rFonts")
            if fonts is None:
                continue
            if (themed := fonts.get(f"{W}{kind}Theme")) and (font := self._theme.get(themed[:5])):
                return font
            if font := fonts.get(W + kind):
                return font
        return None

    def _sources(
        self, paragraph: etree._Element, kind: str, table_style: str | None
    ) -> Iterator[etree._Element | None]:
        """Properties, the nearest first."""
        style = self.styles.of_paragraph(paragraph)
        yield child(paragraph, kind)
        yield from (child(link, kind) for link in self.styles.chain(style))
        yield from (child(link, kind) for link in self.styles.chain(table_style))
        yield self._defaults[kind]


def bordered(paragraph: etree._Element, formats: Formats) -> bool:
    """Whether a line is drawn above or below it."""
    style = formats.styles.of_paragraph(paragraph)
    sources = [child(paragraph, "pPr"), *(child(link, "pPr") for link in formats.styles.chain(style))]
    edges = (child(source, "pBdr", edge) for source in sources for edge in ("top", "bottom"))
    return any(edge is not None and edge.get(VAL) not in (None, "nil", "none") for edge in edges)


def _theme_fonts(theme: etree._Element | None) -> dict[str, str]:
    """The fonts that a theme calls `minor…` and `major…`."""
    if theme is None:
        return {}
    named = {kind: theme.find(f".//{A}{kind}Font/{A}latin") for kind in ("minor", "major")}
    return {kind: latin.get("typeface", "") for kind, latin in named.items() if latin is not None}


def _attribute(sources: list[etree._Element | None], name: str, attribute: str) -> str | None:
    for source in sources:
        found = child(source, name)
        if found is not None and (said := found.get(W + attribute)) is not None:
            return said
    return None


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:  # a measure with its unit, which few programs write
        return 0.0


def _points(sources: list[etree._Element | None], edge: str) -> float:
    if is_on(_attribute(sources, "spacing", f"{edge}Autospacing") or "0"):
        return 14.0  # what Word makes of "auto"
    return _number(_attribute(sources, "spacing", edge)) * TWIP_PT


def _first(sources: list[etree._Element | None]) -> float:
    """How far the first line goes in, from the margin; a tab stop typed by hand is seen elsewhere."""
    for source in sources:
        found = child(source, "ind")
        if found is None:
            continue
        if (hanging := found.get(W + "hanging")) is not None:
            return (_number(_attribute(sources, "ind", "left")) - _number(hanging)) * TWIP_MM
        if (first := found.get(W + "firstLine")) is not None:
            return (_number(_attribute(sources, "ind", "left")) + _number(first)) * TWIP_MM
    return _number(_attribute(sources, "ind", "left")) * TWIP_MM


def _lines(line: str | None, rule: str | None, size: float) -> float:
    if line is None:
        return 1.0
    if rule in (None, "auto"):
        return _number(line) / SINGLE
    return _number(line) * TWIP_PT / (size * LEADING)
