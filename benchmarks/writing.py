"""Writing a province's report alone: sixty pages of text and a table of 3,000 rows, against python-docx writing the same.

    make bench NAME=writing            the best of three
    make bench NAME=writing QUICK=1    once, a tenth of the size

The last line is `{"seconds": …, "ratio_to_bare": …, "rss_mb": …, "check_s": …}`: CPU time of our writing, that over python-docx's
(styles, text and cells alone, its cells reached the quick way), the peak of memory with our writing, and the checker over the result.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from time import process_time

import docx

from benchmarks.read import peak
from tests.vanban.official import WORDS, figures, report
from vanban.writing import check, layout, write
from vanban.writing.model import Document, Heading, Paragraph, Table

QUICK = bool(os.environ.get("QUICK"))
PARAGRAPHS, ROWS = (60, 300) if QUICK else (600, 3000)


def province() -> Document:
    """The report to write: about ten paragraphs a page."""
    text = [Heading("arabic", f"Kết quả {at}") if at % 10 == 0 else Paragraph(WORDS) for at in range(PARAGRAPHS)]
    return replace(report(), blocks=(*text, figures(ROWS)), annexes=())


def bare(document: Document) -> bytes:
    """The same paragraphs and cells by python-docx."""
    made = docx.Document()
    for block in document.blocks:
        if isinstance(block, Heading):
            made.add_heading(block.text, 2)
        elif isinstance(block, Paragraph):
            made.add_paragraph(str(block.text))
        elif isinstance(block, Table):
            rows = list(block.rows)
            table = made.add_table(len(rows), len(block.columns))
            for cell, text in zip(table._cells, (text for row in rows for text in row), strict=True):
                cell.text = text
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def seconds(work: Callable[[], object]) -> float:
    """CPU time of the quickest turn."""
    turns = []
    for _ in range(1 if QUICK else 3):
        start = process_time()
        work()
        turns.append(process_time() - start)
    return min(turns)


def main() -> None:
    document, rules = province(), layout("nd30")
    ours = seconds(lambda: write(document, rules))
    memory = peak()
    data = write(document, rules)
    theirs = seconds(lambda: bare(document))
    result = {
        "seconds": round(ours, 3),
        "ratio_to_bare": round(ours / theirs, 3),
        "rss_mb": round(memory, 1),
        "check_s": round(seconds(lambda: check(data, rules)), 2),
    }
    print(f"{len(data) / 1e6:.2f} MB; python-docx {theirs:.2f} s")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
