"""The parts of a DOCX and the ZIP around them: the same document gives the same bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO

from vanban.writing.flow import BARE, SHOWN, Flow
from vanban.writing.layouts import Layout
from vanban.writing.model import Document
from vanban.writing.styles import DECLARATION, NAMESPACE, PAGE_NUMBER, styles
from vanban.writing.words import plain

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TYPES = {"png": "image/png", "jpeg": "image/jpeg", "emf": "image/x-emf"}
CHUNK = 1 << 16  # characters that are packed at once
LEVEL = 5  # of compression: 6 takes half as long again and saves a hundredth
PARTS = {
    "document": "document.main",
    "styles": "styles",
    "settings": "settings",
    "header1": "header",
    "header2": "header",
}
SETTINGS = (
    f'{DECLARATION}<w:settings {NAMESPACE}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="vi-VN"/>'
    '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
)


def write(document: Document, layout: Layout, *, shaded: bool = False) -> bytes:
    """The document as a Word file; `shaded`: a draft in which computed words can be told from a person's.

    Raises NotAPicture, NoSuchAuthority, MarkUnknown.
    """
    return packed(_parts(Flow(document, layout, shaded=shaded)))


def packed(parts: Iterable[tuple[str, Iterable[str | bytes]]]) -> bytes:
    """A package of these parts, without the hour at which it was made."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for name, chunks in parts:
            with archive.open(name, "w") as part:
                for chunk in _batches(chunks):
                    part.write(chunk)
    return buffer.getvalue()


def _parts(flow: Flow) -> Iterator[tuple[str, Iterable[str | bytes]]]:
    """Names and texts; what depends on the text comes behind it."""
    yield "[Content_Types].xml", [_types()]
    yield "_rels/.rels", [_package_relations()]
    yield "docProps/core.xml", [_core(flow.document)]
    yield "word/styles.xml", [styles(flow.layout)]
    yield "word/settings.xml", [SETTINGS]
    yield "word/header1.xml", [_header('<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>')]
    yield "word/header2.xml", [_header("")]
    yield "word/document.xml", _document(flow)
    marked = list(flow.writer.marks.part())
    if marked:
        yield "customXml/item1.xml", marked
    yield "word/_rels/document.xml.rels", [_relations(flow, marked=bool(marked))]
    for relation, data in flow.writer.pictures.files.items():
        yield f"word/{flow.writer.pictures.targets[relation]}", [data]


def _batches(chunks: Iterable[str | bytes]) -> Iterator[bytes]:
    """The same in larger pieces, which are packed faster."""
    held: list[str] = []
    size = 0
    for chunk in chunks:
        if isinstance(chunk, bytes):
            yield chunk
            continue
        held.append(chunk)
        size += len(chunk)
        if size > CHUNK:
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join(held).encode()


def _document(flow: Flow) -> Iterator[str]:
    yield f'{DECLARATION}<w:document {NAMESPACE} xmlns:r="{OFFICE}"><w:body>'
    yield from flow.body()
    yield "</w:body></w:document>"


def _header(inside: str) -> str:
    return (
        f'{DECLARATION}<w:hdr {NAMESPACE}><w:p><w:pPr><w:pStyle w:val="{PAGE_NUMBER}"/></w:pPr>{inside}</w:p></w:hdr>'
    )


def _types() -> str:
    pictures = "".join(f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in TYPES.items())
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{WORD}.{kind}+xml"/>' for part, kind in PARTS.items()
    )
    return (
        f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{pictures}'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f"{overrides}</Types>"
    )


def _package_relations() -> str:
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    return (
        f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{core}" Target="docProps/core.xml"/></Relationships>'
    )


def _relations(flow: Flow, *, marked: bool) -> str:
    pictures = {relation: ("image", target) for relation, target in flow.writer.pictures.targets.items()}
    marks = {"rIdMarks": ("customXml", "../customXml/item1.xml")} if marked else {}
    named = {
        "rIdStyles": ("styles", "styles.xml"),
        "rIdSettings": ("settings", "settings.xml"),
        SHOWN: ("header", "header1.xml"),
        BARE: ("header", "header2.xml"),
        **marks,
        **pictures,
    }
    made = (
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>' for key, (kind, target) in named.items()
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{"".join(made)}</Relationships>'


def _core(document: Document) -> str:
    title = plain(" ".join(f"{document.kind} {document.title}".split()))
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:language>vi-VN</dc:language>'
        "</cp:coreProperties>"
    )
