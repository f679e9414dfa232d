"""Reading of files: pages a second, table cells that come out in their row and column, and memory.

    make bench NAME=reading            documents of 200 pages, 40 tables of each kind
    make bench NAME=reading QUICK=1    20 pages, 4 tables

The documents are made here from a fixed seed. The last line is `{"docx_pages_s": …, "pdf_pages_s": …, "cells_in_place":
…, "jobs_rss_mb": …}`: pages in a second of one core's time, the share of cells, and the peak of a fresh process that reads
the long PDF and DOCX. A full page of the PDF has 2200 characters, a page of the DOCX counts as 2000: the golden directives
have 1900 on average.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from time import process_time

from benchmarks.read import peak
from benchmarks.tables import DOCX, PDF, Made, sentence
from tests.vanban.reading_files import Mark, Text, form, para, pdf, table, use, word
from vanban import read
from vanban.values import Document, Table

SEED = 2026
PAGE = 2000  # characters of a DOCX
QUICK = bool(os.environ.get("QUICK"))
PAGES, TABLES, RUNS = (20, 4, 3) if QUICK else (200, 40, 5)
OUTLINE = form(0, ("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "-")) + use(1, 0)
LEFT, TOP, PITCH, LINES = 85.0, 80.0, 21.0, 32


def long_docx(dice: random.Random) -> bytes:
    """An outline with automatic numbers, and a table every ten pages."""
    body: list[str] = []
    for page in range(PAGES):
        level = [0, *(dice.choice((1, 2, 3)) for _ in range(9))]
        body += [para(sentence(dice, 180), number=(1, at), bold=at == 0) for at in level]
        if page % 10 == 9:
            body.append(table(*DOCX["plain"](dice).rows))
    return word("".join(body), numbering=OUTLINE)


def long_pdf(dice: random.Random) -> bytes:
    """Full pages of text, every fifth of them a ruled table."""
    pages: list[list[Mark]] = []
    while len(pages) < PAGES:
        if len(pages) % 5 == 4:
            pages += PDF["rules"](dice).pages[:1]
        else:
            lines = (Text(LEFT, TOP + PITCH * at, sentence(dice, 68)) for at in range(LINES))
            pages.append([Text(310, 50, str(len(pages) + 1)), *lines])
    return pdf(pages)


def seconds(data: bytes, name: str) -> tuple[float, Document]:
    """Time of one core to read it: the least of several runs, for what else the machine does only slows the others."""
    times = []
    for _ in range(RUNS):
        start = process_time()
        document = read(data, name=name)
        times.append(process_time() - start)
    return min(times), document


def placed(made: Made) -> tuple[int, int]:
    """Cells in their row and column, and cells with text."""
    document = read(made.data, name=f"{made.kind}.{made.format}")
    rows = [row for block in document.blocks if isinstance(block, Table) for row in block.rows]
    found = {(at, column): cell.text for at, row in enumerate(rows) for column, cell in enumerate(row.cells)}
    wanted = {(at, column): text for at, row in enumerate(made.wanted) for column, text in enumerate(row) if text}
    return sum(found.get(place) == text for place, text in wanted.items()), len(wanted)


def cells(dice: random.Random) -> float:
    right = every = 0
    for makers in (DOCX, PDF):
        for name, make in makers.items():
            counts = [placed(make(dice)) for _ in range(TABLES)]
            good, total = (sum(column) for column in zip(*counts, strict=True))
            print(f"{'docx' if makers is DOCX else 'pdf':5} {name:24} {good:6} of {total:6} cells")
            right, every = right + good, every + total
    return right / every


def memory(*files: bytes) -> float:
    """The peak of a fresh process that reads these files, in MB."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, str(at)) for at in range(len(files))]
        for path, data in zip(paths, files, strict=True):
            path.write_bytes(data)
        command = [sys.executable, "-m", "benchmarks.reading", "--once", *map(str, paths)]
        return float(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def main() -> None:
    if "--once" in sys.argv:
        for path in sys.argv[2:]:
            read(path)
        print(peak())
        return
    dice = random.Random(SEED)
    docx, printed = long_docx(dice), long_pdf(dice)
    docx_s, document = seconds(docx, "a.docx")
    pdf_s, _ = seconds(printed, "a.pdf")
    result = {
        "docx_pages_s": round(len(document.content) / PAGE / docx_s),
        "pdf_pages_s": round(PAGES / pdf_s),
        "cells_in_place": round(cells(dice), 4),
        "jobs_rss_mb": round(memory(docx, printed), 1),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
