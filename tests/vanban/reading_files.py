"""Files made on the spot: PDF and DOCX with exactly what a test needs in them, whole or damaged."""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO
from pathlib import Path

from vanban.errors import DocumentError
from vanban.reading import read
from vanban.values import Document, Paragraph, Table

HERE = Path(__file__).parent
LOCKED = HERE / "files"
DOCUMENTS = HERE / "golden" / "documents"
NAMES = sorted(path.stem for path in DOCUMENTS.glob("*.txt"))

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def texts(document: Document) -> list[str]:
    """Blocks as lines: paragraphs, and rows with a bar between cells."""
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            lines.append(block.passage.text)
        else:
            lines.extend(" | ".join(cell.text for cell in row.cells) for row in block.rows)
    return lines


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def check_places(document: Document) -> None:
    """Every passage stands in the content where it says it does."""
    for block in document.blocks:
        passages = [block.passage] if isinstance(block, Paragraph) else [c for row in block.rows for c in row.cells]
        for passage in passages:
            assert len(passage.text) == len(passage.starts) == len(passage.ends)
            if document.kind in ("doc", "docx", "html", "pdf"):
                assert document.content[slice(*passage.span())] == passage.text


# DOCX


def packed(parts: dict[str, str | bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def word(body: str, *, styles: str = "", numbering: str = "", **parts: str | bytes) -> bytes:
    """A DOCX with this XML as its body, the prefix `w:` bound."""
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r" Type="{OFFICE}/relationships/'
            'officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": _xml("document", f"<w:body>{body}</w:body>"),
            "word/styles.xml": _xml("styles", styles),
            "word/numbering.xml": _xml("numbering", numbering),
            **parts,
        }
    )


def _xml(root: str, inside: str) -> str:
    others = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:v" xmlns:wp="urn:wp"'
    return f'<w:{root} xmlns:w="{WORD}" {others}>{inside}</w:{root}>'


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(text: str, *, number: tuple[int, int] | None = None, style: str = "", bold: bool = False) -> str:
    """A paragraph; `number` is (list, level)."""
    listed = f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>' if number else ""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    inside = run(escape(text), "<w:b/>" if bold else "") if text else ""
    return f"<w:p><w:pPr>{styled}{listed}</w:pPr>{inside}</w:p>"


def table(*rows: Sequence[str]) -> str:
    """A Word table; a cell that begins with `<` is XML, `^` alone goes on with the cell above."""
    inside = ("".join(map(_cell, row)) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{cells}</w:tr>' for cells in inside)}</w:tbl>"


def _cell(text: str) -> str:
    if text == "^":
        return "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    return f"<w:tc>{text if text.startswith('<') else para(text)}</w:tc>"


def form(number: int, *levels: tuple[str, str], start: int = 1) -> str:
    """A list form with (kind of number, text) for each level."""
    inside = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (kind, text) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{number}">{inside}</w:abstractNum>'


def use(number: int, of: int, override: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{override}</w:num>'


# PDF


@dataclass(frozen=True, slots=True)
class Text:
    """Words at a place, in points from the upper left corner; every letter is half as wide as the size."""

    left: float
    foot: float
    words: str
    size: float = 13
    bold: bool = False
    spread: float = 0  # points added to each space
    leaning: bool = False

    def drawn(self, height: float) -> str:
        codes = (word.encode("utf-16-be").hex() for word in self.words.split(" "))
        wider = f"<0020> {-1000 * self.spread / self.size}"
        words = wider.join(f"<{code}>" for code in codes)
        turn = "0.7 0.7 -0.7 0.7" if self.leaning else "1 0 0 1"
        return (
            f"BT /{'B' if self.bold else 'R'} {self.size} Tf {turn} {self.left} {height - self.foot} Tm [{words}] TJ ET"
        )


@dataclass(frozen=True, slots=True)
class Stroke:
    """A drawn line."""

    x0: float
    y0: float
    x1: float
    y1: float

    def drawn(self, height: float) -> str:
        return f"0.5 w {self.x0} {height - self.y0} m {self.x1} {height - self.y1} l S"


@dataclass(frozen=True, slots=True)
class Bar:
    """The same as a thin filled box, the way Word draws borders."""

    x0: float
    y0: float
    x1: float
    y1: float

    def drawn(self, height: float) -> str:
        width, tall = max(self.x1 - self.x0, 0.5), max(self.y1 - self.y0, 0.5)
        return f"{self.x0} {height - self.y0 - tall} {width} {tall} re f"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture over the whole page."""

    def drawn(self, height: float) -> str:
        return f"q 595 0 0 {height} 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"


Mark = Text | Stroke | Bar | Picture


def pdf(pages: Iterable[Sequence[Mark]], *, height: float = 842, rotated: bool = False) -> bytes:
    """A PDF of these pages. `rotated`: drawn sideways on a landscape sheet that a reader turns upright."""
    marks = [[mark.drawn(height) for mark in page] for page in pages]
    turn = f"0 1 -1 0 {height} 0 cm\n" if rotated else ""
    box = f"[0 0 {height} 595] /Rotate 90" if rotated else f"[0 0 595 {height}]"
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects += [_font("Tinos"), _font("Tinos-Bold"), _descendant("Tinos"), _descendant("Tinos-Bold"), _stream(UNICODE)]
    kids = []
    for page in marks:
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Contents {len(objects) + 2} 0 R"
            " /Resources << /Font << /R 3 0 R /B 4 0 R >> >> >>"
        )
        objects.append(_stream(turn + "\n".join(page)))
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    return _file(objects)


def _font(name: str) -> str:
    descendant = 6 if "Bold" in name else 5
    return (
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H"
        f" /DescendantFonts [{descendant} 0 R] /ToUnicode 7 0 R >>"
    )


def _descendant(name: str) -> str:
    return (
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /DW 500"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )


def _stream(text: str) -> str:
    return f"<< /Length {len(text.encode('latin-1'))} >>\nstream\n{text}\nendstream"


def _file(objects: Sequence[str]) -> bytes:
    body = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF"
    return body + end.encode("latin-1")


def _unicode_map() -> str:
    """Codes are the letters' own numbers."""
    ranges = [f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>" for high in (*range(0x04), 0x1E, 0x20)]
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(ranges)} beginbfrange\n"
        + "\n".join(ranges)
        + "\nendbfrange endcmap end end"
    )


UNICODE = _unicode_map()

# Old code pages

TCVN3 = dict(
    zip(
        "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵăâêôơưđĂÂÊÔƠƯĐ",
        "µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ¨©ª«¬\xad®¡¢£¤¥¦§",
        strict=True,
    )
)
VNI_LETTERS = dict(zip("đĐìíỉĩịÌÍỈĨỊỵỴ", "ñÑìíæóòÌÍÆÓÒîÎ", strict=True))
VNI_TONES = {"\u0300": "ø", "\u0301": "ù", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
VNI_HAT = {"": "â", "\u0300": "à", "\u0301": "á", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
VNI_BOW = {"": "ê", "\u0300": "è", "\u0301": "é", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}


def tcvn3(text: str) -> bytes:
    return "".join(TCVN3.get(letter, letter) for letter in text).encode("latin-1", "ignore")


def vni(text: str) -> bytes:
    return "".join(map(_vni, text)).encode("latin-1", "ignore")


def _vni(letter: str) -> str:
    if letter in VNI_LETTERS:
        return VNI_LETTERS[letter]
    base, *marks = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in marks if mark in VNI_TONES), "")
    if "\u0302" in marks:
        return base + VNI_HAT[tone]
    if "\u0306" in marks:
        return base + VNI_BOW[tone]
    if "\u031b" in marks:
        base = {"o": "ô", "u": "ö", "O": "Ô", "U": "Ö"}[base]
    return base + VNI_TONES.get(tone, "")


def cp1258(text: str) -> bytes:
    """Windows-1258: letters with hat, bow or horn as one byte, the tone behind them as another."""
    pieces = []
    for letter in text:
        marks = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in marks if mark in VNI_TONES)
        bare = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in VNI_TONES))
        pieces.append(bare + tone)
    return "".join(pieces).encode("cp1258", "ignore")


def refused(data: bytes, name: str = "a.txt") -> str:
    """The sentence that a file is refused with, after its code; fails if it is read."""
    try:
        document = read(data, name=name)
    except DocumentError as error:
        return f"{error.code} {error}"
    raise AssertionError(f"read as {document.kind}: {document.content[:60]!r}")
