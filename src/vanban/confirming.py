"""Values from pages that were recognised: one letter misread makes another day, amount or document of them.

So a person compares them with the paper: symbols, times and amounts are less sure than `wording.DOUBTFUL`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from vanban.values import Analysis, Document, Duty, Header, Paragraph, Reference, Span, Target, Task

RECOGNISED = 0.65  # how sure a number is at most: misread ones are few, but look like right ones


def to_confirm(found: Analysis) -> Analysis:
    """The analysis with the numbers that stand on recognised pages marked as such."""
    if not found.document.scanned:
        return found
    pages = _Recognised(found.document)
    return replace(
        found,
        header=_header(found.header, pages),
        references=tuple(_reference(each) if each.span in pages else each for each in found.references),
        tasks=tuple(_task(each, pages) for each in found.tasks),
        targets=tuple(_target(each) if each.span in pages else each for each in found.targets),
        duties=tuple(_duty(each) if each.due and each.span in pages else each for each in found.duties),
    )


class _Recognised:
    """The parts of the content that stand on recognised pages."""

    def __init__(self, document: Document) -> None:
        numbers = {line.page for line in document.scanned}
        self._spans = sorted(span for page, span in _placed(document) if page in numbers)
        self._starts = [start for start, _ in self._spans]

    def __contains__(self, span: Span) -> bool:
        at = bisect_right(self._starts, span[0]) - 1
        return at >= 0 and span[0] < self._spans[at][1]


def _placed(document: Document) -> Iterator[tuple[int | None, Span]]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.page, block.passage.span()
        else:
            yield from ((row.page, cell.span()) for row in block.rows for cell in row.cells if cell)


def _header(header: Header, pages: _Recognised) -> Header:
    if header.spans.get("title", (0, 0)) not in pages:
        return header
    read = {name: RECOGNISED for name in ("symbol", "issued_on") if getattr(header, name)}
    return replace(header, confidence=header.confidence | read)


def _reference(reference: Reference) -> Reference:
    return replace(reference, sure=min(reference.sure, RECOGNISED))


def _task(task: Task, pages: _Recognised) -> Task:
    time = task.deadline
    if not (time and any(letter.isdigit() for letter in time.raw) and task.spans["deadline"][0] in pages):
        return task
    sure = min(time.sure, RECOGNISED)
    return replace(task, deadline=replace(time, sure=sure), confidence=task.confidence | {"deadline": sure})


def _target(target: Target) -> Target:
    return replace(target, confidence=min(target.confidence, RECOGNISED))


def _duty(duty: Duty) -> Duty:
    return replace(duty, confidence=min(duty.confidence, RECOGNISED))
