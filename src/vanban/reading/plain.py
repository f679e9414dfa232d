"""Line-oriented text: tab-separated and Markdown tables, Markdown marks, torn and hard-wrapped lines."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from itertools import chain, groupby, zip_longest
from operator import attrgetter

from vanban.reading.aligned.lines import Spot
from vanban.reading.composing import composed, placed
from vanban.reading.flat import lost, pieces
from vanban.reading.joining import ends_sentence, is_furniture, overlap
from vanban.reading.marks import HEADING, MARKS, has_marks, underlines
from vanban.reading.parting import parted
from vanban.reading.piped import units, with_bare_tables
from vanban.reading.spaced import find_spaced
from vanban.reading.stacked import find_stacked
from vanban.reading.tables import merge_tables
from vanban.reading.wrapping import Line, Wrap, continues, wrap_of
from vanban.values import Block, Paragraph, Passage, Row, Table

STRETCH = re.compile(r"\s+|\S+")
UNUSUAL = re.compile("[^\x00-\u02ff\u1e00-\u20cf\u2100-\u2bff]")  # letters some of which combine with the one before
FRONT_MATTER = re.compile(r"---\n(?:[^\n]*\n){1,80}?---\n")  # of a Markdown page: about the page, not of it
PIPE_ROW = re.compile(r"^\s*\|.*\|\s*$")
PIPE = re.compile(r"(?<!\\)\|")
PIPE_RULE = re.compile(r"^[\s|:+-]+$")
LAYOUT = re.compile(r"(?:^|[\t|])\W*(?:CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI|ĐẢNG CỘNG SẢN|Nơi nhận|Số\s*:)", re.M)
NUMBERED_CELL = re.compile(r"\s*(?:\d{1,3}|[IVXLC]+|[a-zđ])(?:\.\d{1,2})*[.)]?\s*\t")
TORN = 3  # lines over which a torn cell may go on


def read_plain(content: str) -> tuple[Block, ...]:
    """Blocks of a decoded text, each character tied to its place in `content`."""
    text, places = (content, None) if unicodedata.is_normalized("NFC", content) else composed(content)
    if apart := parted(text):
        text, between = apart
        places = between if places is None else [places[at] for at in between]
    blocks = merge_tables(plain_blocks(text))
    return blocks if places is None else placed(blocks, places)


def plain_blocks(content: str) -> list[Block]:
    """The same with tables that pages broke up still in parts."""
    blocks: list[Block] = []
    lines = _with_headings(content, list(_lines(content)))
    every, at = units(with_bare_tables(lines)), 0
    for start, end, rows in find_stacked(["\n".join(line.raw for line in unit).replace("\\", "") for unit in every]):
        blocks.extend(_blocks(content, list(chain.from_iterable(every[at:start]))))
        cells = ([_cell(content, chain.from_iterable(every[cell])) for cell in row] for row in rows)
        blocks.append(Table(tuple(Row(tuple(row)) for row in cells)))
        at = end
    return [*blocks, *_blocks(content, list(chain.from_iterable(every[at:])))]


def _blocks(content: str, every: list[Line]) -> Iterator[Block]:
    lines = _whole_rows(content, _without_furniture(every))
    wrap, at = wrap_of(lines), 0
    for laid in find_spaced(content, [(line.start, line.raw) for line in lines]):
        yield from _flow(content, lines[at : laid.first], wrap)
        rows = [[_spot(content, spot) for spot in row] for row in laid.rows]
        if laid.table:
            yield Table(tuple(Row(tuple(row)) for row in rows))
        else:
            yield from (Paragraph(line) for row in rows for line in row if line)
        at = laid.end
    yield from _flow(content, lines[at:], wrap)


def _without_furniture(lines: list[Line]) -> list[Line]:
    """Without page numbers and running lines; a sentence that they tore goes on as if nothing stood between."""
    kept: list[Line] = []
    torn = False
    for line in lines:
        if is_furniture(line.raw):
            torn = True
            continue
        goes_on = torn and bool(kept) and not ends_sentence(kept[-1].raw)
        kept.append(line._replace(gap=False) if goes_on else line)
        torn = False
    return kept


def _spot(content: str, spot: Spot) -> Passage:
    """Words that stand together, one line after the other."""
    passage = Passage("", (), ())
    for start, end in spot:
        passage = passage.join(clean(content, start, end))
    return passage


def _flow(content: str, lines: list[Line], wrap: Wrap) -> Iterator[Block]:
    for tabular, group in groupby(lines, key=attrgetter("tabular")):
        run = list(group)
        yield from _tables(content, run) if tabular else _paragraphs(content, run, wrap)


def _whole_rows(content: str, lines: list[Line]) -> list[Line]:
    """A row of a tab table whose cell a line break tore: the next lines bring exactly the cells that it lacks."""
    found: list[Line] = []
    wide = at = 0
    while at < len(lines):
        line, cells = lines[at], lines[at].raw.count("\t")
        end = at + 1
        if wide and 0 < cells < wide and NUMBERED_CELL.match(line.raw):
            end = _torn_to(lines, at, wide - cells)
        if end > at + 1:
            last = lines[end - 1]
            line = line._replace(raw=content[line.start : last.start + len(last.raw)], tabular=True)
        wide = line.raw.count("\t") if line.tabular else 0
        found.append(line)
        at = end
    return found


def _torn_to(lines: list[Line], at: int, lacking: int) -> int:
    """The line behind those that complete the row begun at `at`, or the next where they do not."""
    for end in range(at + 1, min(at + 1 + TORN, len(lines))):
        if lines[end].gap or NUMBERED_CELL.match(lines[end].raw) or not lines[end].raw.split("\t")[0].strip():
            break
        lacking -= lines[end].raw.count("\t")
        if lacking <= 0:
            return end + 1 if not lacking else at + 1
    return at + 1


def _cell(content: str, lines: Iterable[Line]) -> Passage:
    passage = Passage("", (), ())
    for line in lines:
        passage = passage.join(clean(content, line.start, line.start + len(line.raw)))
    return passage


def clean(content: str, start: int, end: int) -> Passage:
    """The text between two offsets without marks and spare spaces, in NFC, with the place of each character."""
    raw = content[start:end]
    marks = [m.span() for m in MARKS.finditer(raw)] if has_marks(raw) else []
    if unicodedata.is_normalized("NFC", raw):
        if not marks and not _has_spare(raw):
            text = raw.strip()
            return Passage.plain(text, start + len(raw) - len(raw.lstrip()) if text else start)
        if not UNUSUAL.search(raw):
            return _respaced(raw, start, marks)
    letters: list[str] = []
    starts, ends = array("I"), array("I")
    for at, cluster in _clusters(raw, marks):
        if cluster.isspace():
            if not letters or letters[-1] == " ":
                continue
            composed = " "
        else:
            composed = unicodedata.normalize("NFC", cluster)
        for letter in composed:
            letters.append(letter)
            starts.append(start + at)
            ends.append(start + at + len(cluster))
    return Passage("".join(letters), starts, ends).cut()


def _respaced(raw: str, start: int, marks: list[tuple[int, int]]) -> Passage:
    """The words of a line without marks, with one space between them, in the place of the first that stands there."""
    pieces: list[str] = []
    every, starts, ends = array("I", range(start, start + len(raw) + 1)), array("I"), array("I")
    at = 0
    for mark, behind in (*marks, (len(raw), len(raw))):
        for m in STRETCH.finditer(raw, at, mark):
            first, end, words = m.start(), m.end(), m[0]
            if words.isspace():
                if not pieces or pieces[-1] == " ":
                    continue
                end, words = first + 1, " "
            pieces.append(words)
            starts += every[first:end]
            ends += every[first + 1 : end + 1]
        at = behind
    return Passage("".join(pieces), starts, ends).cut()


def _has_spare(raw: str) -> bool:
    """White space that is to become one space."""
    return "  " in raw or "\t" in raw or "\n" in raw or "\xa0" in raw


def _clusters(raw: str, marks: list[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """Each letter with the combining marks behind it, leaving out Markdown and HTML marks."""
    skip = {i for a, b in marks for i in range(a, b)}
    at = 0
    while at < len(raw):
        end = at + 1
        while end < len(raw) and unicodedata.combining(raw[end]):
            end += 1
        if at not in skip:
            yield at, raw[at:end]
        at = end


def _lines(content: str) -> Iterator[Line]:
    head = FRONT_MATTER.match(content)
    most = lost(content)
    start, gap, inside = head.end() if head else 0, True, False
    for raw in content[start:].split("\n"):
        if raw and not raw.isspace():
            bold = "#" in raw and bool(HEADING.match(raw))
            if inside or "**" in raw:
                turned = inside != bool(raw.count("**") % 2)
                bold |= (inside or raw.lstrip().startswith("**")) and (raw.rstrip().endswith("**") or turned)
                inside = turned
            if len(raw) > most and "|" not in raw and "\t" not in raw:
                yield from (Line(start + at, words, bold=False, gap=False) for at, words in pieces(raw))
                start, gap = start + len(raw) + 1, False
                continue
            piped = "|" in raw and bool(PIPE_ROW.match(raw))
            yield Line(start, raw, bold, gap, piped, piped or ("\t" in raw and "\t" in raw.strip()))
            gap = False
        else:
            gap, inside = True, False
        start += len(raw) + 1


def _with_headings(content: str, lines: list[Line]) -> list[Line]:
    """The same without the lines that make a heading of the one above: it is bold, and what is below stands apart."""
    if "---" not in content and "===" not in content:
        return lines
    kept: list[Line] = []
    apart = False
    for line in lines:
        above = kept[-1] if kept and not (line.gap or apart or kept[-1].tabular) else None
        if above and line.raw[-1] in "=- " and underlines(line.raw, above.raw):
            kept[-1] = above._replace(bold=True)
            apart = True
        else:
            kept.append(line._replace(gap=True) if apart else line)
            apart = False
    return kept


def _paragraphs(content: str, lines: list[Line], wrap: Wrap) -> Iterator[Paragraph]:
    texts = [clean(content, line.start, line.start + len(line.raw)) for line in lines]
    lines, texts = [line for line, text in zip(lines, texts, strict=True) if text], [text for text in texts if text]
    passage, first = Passage("", (), ()), 0
    for at, text in enumerate(texts):
        if at and continues(lines, at, passage.text, text.text, at == first + 1, wrap):
            passage = passage.join(text.cut(overlap(passage.text, text.text)))
            continue
        if at:
            yield Paragraph(passage, bold=lines[at - 1].bold)
        passage, first = text, at
    if texts:
        yield Paragraph(passage, bold=lines[-1].bold)


def _tables(content: str, lines: list[Line]) -> Iterator[Block]:
    rows = [_row(content, line) for line in lines if not PIPE_RULE.match(line.raw)]
    if LAYOUT.search("\n".join(line.raw for line in lines)) and max(map(len, rows), default=0) <= 3:
        for column in zip_longest(*rows):  # a letterhead or signature block: left side first
            yield from (Paragraph(cell) for cell in column if cell)
        return
    if rows:
        yield Table(tuple(Row(row) for row in rows))


def _row(content: str, line: Line) -> tuple[Passage, ...]:
    raw, start = line.raw, line.start
    if line.piped:
        inside = raw.strip().removeprefix("|")
        start += raw.index(inside)
        cells = PIPE.split(inside.removesuffix("|"))
    else:
        cells = raw.split("\t")
    passages = []
    for cell in cells:
        passages.append(clean(content, start, start + len(cell)))
        start += len(cell) + 1
    return tuple(passages)
