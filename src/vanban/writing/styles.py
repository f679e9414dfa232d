"""The styles of a layout: every look in a document has a name that officials find in Word."""

from __future__ import annotations

from vanban.writing.layouts import PREFIX, Element, Layout
from vanban.writing.words import plain

TWIPS = 1440 / 25.4  # in a mm
SINGLE = 240  # `w:line` of single spacing
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
BOX = ("top", "left", "bottom", "right")
ALIGN = {"left": "left", "center": "center", "right": "right", "justify": "both"}
BODY, PAGE_NUMBER = f"{PREFIX}Body", f"{PREFIX}PageNumber"
SECTION_END, FIGURES = f"{PREFIX}SectionEnd", f"{PREFIX}Figures"
TINY = (
    f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{SECTION_END}"><w:name w:val="Hết phần trang"/>'
    '<w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr>'
    '<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:style>'
)
EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
TABLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    f'<w:style w:type="table" w:customStyle="1" w:styleId="{FIGURES}"><w:name w:val="Bảng số liệu"/>'
    f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{EDGES}</w:tblBorders><w:tblCellMar>'
    '<w:top w:w="28" w:type="dxa"/><w:left w:w="57" w:type="dxa"/><w:bottom w:w="28" w:type="dxa"/>'
    '<w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)


def twips(mm: float) -> int:
    return round(mm * TWIPS)


def styles(layout: Layout) -> str:
    """The part `word/styles.xml`."""
    made = "".join(style(element) for element in layout.elements.values())
    return f"{DECLARATION}<w:styles {NAMESPACE}>{_defaults(layout)}{_normal()}{_characters()}{TABLES}{TINY}{made}</w:styles>"


def _defaults(layout: Layout) -> str:
    font, size = plain(layout.font), round(layout.elements["body"].size * 2)
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" '
        f'w:cs="{font}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
    )


def _normal() -> str:
    return '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'


def _characters() -> str:
    looks = {"Strong": "<w:b/><w:bCs/>", "Emphasis": "<w:i/><w:iCs/>", "StrongEmphasis": "<w:b/><w:bCs/><w:i/><w:iCs/>"}
    names = {"StrongEmphasis": "Đậm nghiêng"}
    made = (
        f'<w:style w:type="character"{_custom(key in names)} w:styleId="{key}"><w:name w:val="{names.get(key, key)}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr>{look}</w:rPr></w:style>'
        for key, look in looks.items()
    )
    return (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
        f'<w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>{"".join(made)}'
    )


def _custom(custom: bool) -> str:
    return ' w:customStyle="1"' if custom else ""


def style(element: Element) -> str:
    """The paragraph style of an element."""
    following = f'<w:next w:val="{BODY if element.outline is not None else element.style}"/>'
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{element.style}"><w:name w:val="{plain(element.name)}"/>'
        f'<w:basedOn w:val="Normal"/>{following}<w:qFormat/><w:pPr>{_paragraph(element)}</w:pPr>'
        f"<w:rPr>{_characters_of(element)}</w:rPr></w:style>"
    )


def _paragraph(element: Element) -> str:
    keep = "<w:keepNext/>" if element.keep_next else ""
    lines = "<w:keepLines/>" if element.outline is not None else ""
    spacing = f'w:before="{round(element.before * 20)}" w:after="{round(element.after * 20)}"'
    line = f'w:line="{round(element.line * SINGLE)}" w:lineRule="auto"'
    border = ""
    if element.key == "rule":
        line = f'w:line="{round(element.size * 20)}" w:lineRule="exact"'
        border = '<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
    if element.boxed:
        edges = (f'<w:{edge} w:val="single" w:sz="8" w:space="1" w:color="auto"/>' for edge in BOX)
        border = f"<w:pBdr>{''.join(edges)}</w:pBdr>"
    indent = f'<w:ind w:left="{twips(element.left)}" w:firstLine="{twips(element.first)}"/>'
    outline = "" if element.outline is None else f'<w:outlineLvl w:val="{element.outline}"/>'
    return f'{keep}{lines}{border}<w:spacing {spacing} {line}/>{indent}<w:jc w:val="{ALIGN[element.align]}"/>{outline}'


def _characters_of(element: Element) -> str:
    bold = "<w:b/><w:bCs/>" if element.bold else ""
    italic = "<w:i/><w:iCs/>" if element.italic else ""
    size = round(element.size * 2)
    underline = '<w:u w:val="single"/>' if element.underline else ""
    return f'{bold}{italic}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>{underline}'
