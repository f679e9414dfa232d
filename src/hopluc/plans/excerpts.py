"""The words of the source that a value was read from, with what stands round them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models.functions import Substr

from hopluc.documents.models import Version

AROUND = 160  # characters shown before and after
LONGEST = 4000  # characters of one excerpt
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words; `fields` says what was read from them."""

    text: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Excerpt:
    pieces: tuple[Piece, ...]
    start: int  # of the first words that were read, in the content
    end: int
    cut_before: bool
    cut_after: bool


def excerpts(version_id: int, spans: Mapping[str, Iterable[Sequence[int]]]) -> list[Excerpt]:
    """Excerpts of a version that together show all these spans, by field; only their own characters are fetched."""
    marks = sorted((start, end, field) for field, found in spans.items() for start, end in found if end > start)
    windows = _windows(marks)
    if not windows:
        return []
    cut = [Substr("content", start + 1, end - start) for start, end in windows]
    texts = Version.objects.filter(pk=version_id).values_list(*cut).get()
    return [
        _excerpt(text, start, [mark for mark in marks if start <= mark[0] < end])
        for text, (start, end) in zip(texts, windows, strict=True)
    ]


def _windows(marks: list[tuple[int, int, str]]) -> list[Span]:
    """Stretches of the content that hold the marks with something round them; those that touch are one."""
    windows: list[Span] = []
    for start, end, _field in marks:
        first, last = max(0, start - AROUND), min(end + AROUND, start + LONGEST)
        if windows and first <= windows[-1][1] and last - windows[-1][0] <= LONGEST:
            windows[-1] = (windows[-1][0], max(windows[-1][1], last))
        else:
            windows.append((first, last))
    return windows


def _excerpt(text: str, at: int, marks: list[tuple[int, int, str]]) -> Excerpt:
    first, last = marks[0][0], max(end for _start, end, _field in marks)
    head = at + _line_start(text[: first - at], whole=at == 0)
    stop = min(last, at + len(text))
    tail = stop + _line_end(text[stop - at :])
    edges = sorted({head, tail, *(min(max(edge, head), tail) for start, end, _ in marks for edge in (start, end))})
    pieces = tuple(
        Piece(text[start - at : end - at], tuple(field for s, e, field in marks if s <= start and end <= e))
        for start, end in pairwise(edges)
    )
    before, after = text[: head - at][-1:], text[tail - at :][:1]
    return Excerpt(pieces, first, last, cut_before=before not in ("", "\n"), cut_after=after not in ("", "\n"))


def _line_start(before: str, *, whole: bool) -> int:
    """Where the line of the marked words begins, else the first whole word, or all where the text begins here."""
    line = before.rfind("\n")
    if line >= 0 or whole:
        return line + 1
    return before.find(" ") + 1


def _line_end(after: str) -> int:
    line = after.find("\n")
    if line >= 0 or len(after) < AROUND:  # nothing but the end of the text is nearer
        return line if line >= 0 else len(after)
    return max(after.rfind(" "), 0)
