"""Text whose tone marks stand apart from their letters (NFD) is read as if they were one, its places those of the file."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Sequence

from vanban.values import Block, Paragraph, Passage, Row, Table

CLUSTER = re.compile("[^\u0300-\u036f]?[\u0300-\u036f]*")


def composed(content: str) -> tuple[str, Sequence[int]]:
    """The text in NFC and, for each of its characters and its end, the place in the content.

    >>> text, places = composed("Ra\u0300 soa\u0301t")
    >>> text, list(places)
    ('Rà soát', [0, 1, 3, 4, 5, 6, 8, 9])
    """
    letters: list[str] = []
    places = array("I")
    for m in CLUSTER.finditer(content):
        cluster = unicodedata.normalize("NFC", m[0])
        letters.append(cluster)
        places.extend([m.start()] * len(cluster))
    places.append(len(content))
    return "".join(letters), places


def placed(blocks: Iterable[Block], places: Sequence[int]) -> tuple[Block, ...]:
    """The blocks of a composed text with their places in the content."""

    def moved(passage: Passage) -> Passage:
        starts, ends = (array("I", [places[at] for at in each]) for each in (passage.starts, passage.ends))
        return Passage(passage.text, starts, ends)

    return tuple(
        Paragraph(moved(block.passage), block.page, block.bold)
        if isinstance(block, Paragraph)
        else Table(tuple(Row(tuple(map(moved, row.cells)), row.page) for row in block.rows))
        for block in blocks
    )
