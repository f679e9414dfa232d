"""Text with separators (CSV, TSV): the separator is the one that gives the widest even table."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from io import StringIO
from itertools import islice
from pathlib import PurePath

from vanban.errors import Damaged, NotASheet, UnknownKind
from vanban.lexicon import day
from vanban.reading.encodings import decode
from vanban.reading.sniff import sniff_text
from vanban.tasksheets.cells import MOST, Cell, Most, Place, Sheet, cell_of, check_size, make_sheet

SEPARATORS = ";\t,"
SAMPLE = 60  # rows that are looked at to find the separator
STATED = re.compile(r"sep=(.)\n", re.I)  # Excel's own first line
GUARDED = re.compile(r"'(?=[=+\-@])")  # an apostrophe that keeps words from being a formula
ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]00:00(?::00)?)?")


def read_delimited(data: bytes, name: str, most: Most = MOST) -> Sheet:
    """The one sheet of a text file. Raises Empty, NotASheet, UnknownEncoding, Damaged, TooLarge."""
    try:
        text, _ = decode(data, name)
    except UnknownKind as error:
        raise NotASheet(name=name, looks=error.places["looks"]) from error
    if sniff_text(text, "") == "html":
        raise NotASheet(name=name, looks="a web page")
    stated = STATED.match(text)
    separator = stated[1] if stated else find_separator(text)
    rows = csv.reader(StringIO(text[stated.end() :] if stated else text, newline=""), delimiter=separator)
    grid: dict[Place, Cell] = {}
    try:
        for number, row in enumerate(islice(rows, most.rows + 1)):
            check_size(name, number + 1, _width(row), most)
            grid |= {Place(number, column): _cell(words) for column, words in enumerate(row) if words.strip()}
    except csv.Error as error:
        raise Damaged(name=name, reason="its cells cannot be told apart") from error
    return make_sheet(name, PurePath(name).stem, grid, most=most)


def find_separator(text: str) -> str:
    """
    >>> find_separator('TT;Việc\\n1;"Rà soát; báo cáo, đề xuất"\\n'), find_separator("Một dòng")
    (';', ',')
    """
    return max(SEPARATORS[::-1], key=lambda separator: _evenness(text, separator))


def _evenness(text: str, separator: str) -> int:
    """Cells in those rows of the sample that have the usual width; 0 without the separator."""
    try:
        rows = list(islice(csv.reader(StringIO(text, newline=""), delimiter=separator), SAMPLE))
    except csv.Error:
        return 0
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max((width * count for width, count in widths.items()), default=0)


def _width(row: list[str]) -> int:
    return max((at for at, words in enumerate(row, 1) if words.strip()), default=0)


def _cell(words: str) -> Cell:
    if (m := ISO_DAY.fullmatch(words.strip())) and (found := day(int(m[1]), int(m[2]), int(m[3]))):
        return cell_of(date(found.year, found.month, found.day))
    if words.strip() in ERRORS:
        return Cell(words, error=words.strip())
    return Cell(GUARDED.sub("", words, count=1) if words.startswith("'") else words)


ERRORS = frozenset("#REF! #N/A #NAME? #VALUE! #DIV/0! #NULL! #NUM!".split())
