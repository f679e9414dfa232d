"""Word 97–2003 documents (DOC): text, automatic numbers and tables, without deletions, headers and footnotes."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from vanban.errors import Damaged, Protected
from vanban.reading.building import Builder
from vanban.reading.doc.body import Body
from vanban.reading.doc.container import Compound
from vanban.reading.doc.lists import read_lists
from vanban.reading.doc.properties import Formatting, read_formatting
from vanban.reading.doc.styles import Styles
from vanban.reading.doc.text import (
    FONTS,
    FORMS,
    LETTERS,
    PARAGRAPHS,
    PIECES,
    STYLES,
    USES,
    Header,
    Stretch,
    stretches,
)
from vanban.reading.legacy import repairs
from vanban.reading.limits import check_characters
from vanban.reading.told import FOOTNOTES, TRACKED
from vanban.values import Block, Notice

UNREADABLE = (struct.error, ValueError, IndexError)
RUNS = 2_000_000  # stretches of letters with one look: more were never typed


def read_doc(data: bytes, name: str) -> tuple[str, tuple[Block, ...], tuple[Notice, ...]]:
    """Content, blocks and notices. Raises Damaged, Protected, TooManyPages."""
    builder = Builder(name)
    try:
        compound = Compound(data)
        document = compound.stream("WordDocument") or b""
        header = Header(document)
        if header.encrypted:
            raise Protected(name=name)
        check_characters(name, header.body + header.boxes[1])
        table = compound.stream(header.table) or b""
        body = _body(builder, header, document, table)
        clx = header.part(table, PIECES)
        letters = read_formatting(document, header.part(table, LETTERS), paragraphs=False)
        for first, count in ((0, header.body), header.boxes):
            for stretch in _cut(stretches(document, clx, first, count), letters):
                body.add(stretch, letters.at(stretch.place)[1])
            body.close()
    except UNREADABLE as error:
        raise Damaged(name=name, reason="its parts cannot be opened") from error
    told = (TRACKED,) * body.tracked + (FOOTNOTES,) * (header.notes > 0)
    return *builder.finish(), told + repairs(body.repaired)


def _body(builder: Builder, header: Header, document: bytes, table: bytes) -> Body:
    styles = Styles(header.part(table, STYLES), header.part(table, FONTS))
    lists = read_lists(header.rest(table, FORMS), header.part(table, USES))
    return Body(builder, styles, lists, read_formatting(document, header.part(table, PARAGRAPHS), paragraphs=True))


def _cut(pieces: Iterator[Stretch], letters: Formatting) -> Iterator[Stretch]:
    """The same in stretches that look alike throughout."""
    runs = 0
    for piece in pieces:
        at = 0
        while at < len(piece.text):
            place = piece.place + at * piece.width
            more = max(1, -(-(letters.until(place) - place) // piece.width))
            yield Stretch(piece.text[at : at + more], place, piece.width)
            at += more
            runs += 1
            if runs > RUNS:
                raise ValueError("endless")
