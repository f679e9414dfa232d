"""A compiled report as an official document in Word. Pure: whoever has the same report and letter gets the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hopluc.forms.schema.definition import Field, Section
from hopluc.reports.charts.drawn import PAPER, Drawn, drawn, within
from hopluc.reports.compiled import Compiled, Paragraph, Part
from hopluc.reports.compiling.showing import shown
from hopluc.reports.letters import Letter
from vanban.writing import Layout, fill, layout, write
from vanban.writing import model as official
from vanban.writing.emf import emf
from vanban.writing.opening import on_day

NUMBER = re.compile(
    r"^(?:[IVXLC]+|\d+|[a-zđ])[.)\-]\s+"
)  # that a label brings along; the document counts by its layout
DASH = re.compile(r"^[-–]\s+")
INDICATOR, UNIT, FIGURE, COUNT = 70.0, 22.0, 24.0, 10.0  # mm
NAME, ASIDE = 82.0, 48.0  # mm of a line of a chart's table, and of a commune beside another
CHARTS = "Biểu đồ, bản đồ"
KIND = "Báo cáo"
Block = official.Block


def document(compiled: Compiled, letter: Letter) -> official.Document:
    charts = drawn(compiled, width=PAPER)
    told = within(compiled)
    aside = [each for each in charts if each.chart.key not in told]
    return letter.around(
        KIND,
        blocks=tuple(_blocks(compiled, letter, [each for each in charts if each.chart.key in told])),
        annexes=tuple(_annexes(compiled, aside)),
    )


def written(compiled: Compiled, letter: Letter, template: tuple[str, bytes] | None = None) -> bytes:
    """By the layout, or in an office's own template (its name and bytes). Raises vanban's errors of templates."""
    rules = layout(letter.layout)
    made = document(compiled, letter)
    return filled(made, letter, template, rules) if template else write(made, rules)


def filled(made: official.Document, letter: Letter, template: tuple[str, bytes], rules: Layout) -> bytes:
    """Raises UnknownBlank and other errors of vanban, with the place of the blank."""
    tables = tuple(block for annex in made.annexes for block in annex.blocks)  # and charts
    values: dict[str, str | tuple[Block, ...]] = {
        "co_quan": letter.issuer.replace("\n", " "),
        "co_quan_chu_quan": letter.governing.replace("\n", " "),
        "so": letter.number,
        "ky_hieu": letter.code,
        "so_ky_hieu": letter.symbol,
        "dia_danh": letter.place,
        "ngay": on_day(made.head.day),
        "do_khan": " ".join(letter.marks),
        "tieu_de": letter.title,
        "noi_dung": made.blocks,
        "phu_luc": tables,
        "quyen_han": "\n".join(letter.lines),
        "nguoi_ky": letter.signer,
        "noi_nhan": ";\n".join(f"- {each}" for each in letter.recipients) + ".",
    }
    return fill(template[1], values, rules, name=template[0])


def _blocks(compiled: Compiled, letter: Letter, charts: Sequence[Drawn]) -> Iterator[Block]:
    if letter.opening:
        yield official.Paragraph(letter.opening)
    parts = {part.field.key: part for part in compiled.parts}
    for section in compiled.shape.schema.sections:
        told = [parts[field.key] for field in section.fields if field.key in parts and parts[field.key].paragraphs]
        if told:
            yield _heading(section, numbered=True)
            yield from _told(told, charts, alone=sum(field.key in parts for field in section.fields) == 1)


def _heading(of: Section, *, numbered: bool) -> official.Heading:
    return official.Heading("roman", NUMBER.sub("", str(of.label)), None if numbered else "")


def _told(parts: list[Part], charts: Sequence[Drawn], *, alone: bool) -> Iterator[Block]:
    for part in parts:
        if not alone:
            yield official.Heading("arabic", NUMBER.sub("", str(part.field.label)))
        for each in part.paragraphs:
            yield from _lines(each)
        for chart in charts:
            if chart.chart.after == part.field.key:
                yield from _chart(chart)


def _lines(paragraph: Paragraph) -> Iterator[Block]:
    """Each line a paragraph that keeps whose words it holds."""
    mark = (
        official.Mark("computed", paragraph.said.paths)
        if paragraph.computed
        else official.Mark("person", (paragraph.passage.by.name,))
    )
    for line in filter(str.strip, paragraph.said.text.splitlines()):
        if DASH.match(line):
            yield official.Item("dash", DASH.sub("", line), mark=mark)
        else:
            yield official.Paragraph(line, mark=mark)


def _annexes(compiled: Compiled, charts: Sequence[Drawn]) -> Iterator[official.Annex]:
    for field in tables(compiled):
        yield official.Annex(NUMBER.sub("", str(field.label)), (table(compiled, field),))
    if charts:
        yield official.Annex(CHARTS, tuple(block for each in charts for block in _chart(each)))


def _chart(made: Drawn) -> Iterator[Block]:
    """The picture under its number, then its figures."""
    width = made.drawing.width / 10
    yield official.Picture(emf(made.drawing), made.alt, width, str(made.chart.label), counted=made.kind)
    yield _beside(made) if made.chart.kind == "map" else _below(made)


def _below(made: Drawn) -> official.Table:
    head, lines = made.numbers.head, made.numbers.lines
    return official.Table(
        columns=(official.Column(NAME), *(official.Column(FIGURE, "number") for _each in head[1:])),
        head=(head,),
        rows=lines,
    )


def _beside(made: Drawn) -> official.Table:
    """Lines numbered as the map has them, in two columns; below them what they make together."""
    lines = [(str(number), *line) for number, line in enumerate(made.numbers.lines, 1)]
    half = -(-len(lines) // 2)
    right = [*lines[half:], *[("", "", "")] * (2 * half - len(lines))]
    one = (official.Column(COUNT, "center"), official.Column(ASIDE), official.Column(UNIT, "number"))
    head = ("TT", *made.numbers.head)
    return official.Table(
        columns=(*one, *one),
        head=((*head, *head),),
        rows=[(*left, *other) for left, other in zip(lines[:half], right, strict=True)],
        foot=tuple((official.Cell(name, across=5), figure) for name, figure in made.numbers.foot),
    )


def tables(compiled: Compiled) -> list[Field]:
    return [field for field in compiled.shape.schema.fields.values() if field.kind == "table" and field.rows]


def table(compiled: Compiled, field: Field) -> official.Table:
    columns = [column for column in field.columns if column.numeric]
    return official.Table(
        columns=(
            official.Column(COUNT, "center"),
            official.Column(INDICATOR),
            official.Column(UNIT, "center"),
            *(official.Column(FIGURE, "number") for _each in columns),
        ),
        head=(("TT", "Chỉ tiêu", "Đơn vị tính", *(str(column.label) for column in columns)),),
        rows=[
            (
                str(number),
                str(row.label),
                str(row.unit),
                *(_figure(compiled, f"{field.key}.{row.key}.{column.key}") for column in columns),
            )
            for number, row in enumerate(field.rows, 1)
        ],
    )


def _figure(compiled: Compiled, path: str) -> official.Cell:
    """A figure; what it is computed from is its own place in the form."""
    slot = compiled.shape.slots[path]
    value = compiled.figures.value(slot)
    return official.Cell("" if value is None else shown(slot, value), mark=official.Mark("computed", (path,)))
