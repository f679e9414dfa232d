"""Picture files of pages → the blocks of a document, as pages of a PDF without text are read."""

from __future__ import annotations

from importlib import import_module

from vanban.errors import NoTextLayer
from vanban.reading.limits import check_characters
from vanban.reading.pdf import Built, built
from vanban.reading.pdf.leaf import Leaf, leaf_of_picture
from vanban.reading.scans import Progress, scanning


def read_pictures(data: bytes, name: str, report: Progress) -> Built:
    """Content, blocks, notices, number of pictures and the lines recognised.

    Raises NoTextLayer where text recognition is not installed, Illegible, Damaged, TooManyPixels, TooManyPages, and what
    `report` raises.
    """
    with scanning() as scanner:
        if scanner is None:
            raise NoTextLayer(name=name)
        frames = import_module("vanban.reading.scans.frames").frames
        leaves: list[Leaf] = []
        for total, (grey, size, dpi) in frames(data, name):
            report(len(leaves), total)
            seen = scanner.page(grey, size, dpi, len(leaves) + 1)
            leaves.append(leaf_of_picture(seen, len(leaves) + 1, leaves[-1].carried if leaves else None))
            check_characters(name, sum(len(line.text) for line in scanner.lines))
        return built(leaves, name, scanner)
