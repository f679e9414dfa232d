"""The charts of a compiled report: drawing, caption, what it says to those who cannot see it, and the table of its figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hopluc.forms.schema.definition import Chart
from hopluc.reports.charts.bars import Bar, Group, bars
from hopluc.reports.charts.mapped import Spot
from hopluc.reports.charts.maps import map_of
from hopluc.reports.compiled import Compiled, Part
from hopluc.reports.compiling.shape import Measure, Slot
from hopluc.reports.compiling.showing import shown
from vanban.writing.drawing import Drawing

PAPER, SCREEN = 1600, 1000  # widths in tenths of a millimetre
NAMED = 3  # communes that the words beside a map name
YEARS = {  # columns of a chart, by what they tell of a year
    Measure.ACTUAL: gettext_lazy("done in %(year)s"),
    Measure.PLAN: gettext_lazy("planned for %(year)s"),
    Measure.HALF: gettext_lazy("done in the first half of %(year)s"),
    Measure.ESTIMATE: gettext_lazy("expected in %(year)s"),
}


@dataclass(frozen=True, slots=True)
class Numbers:
    """The figures of a chart as a table: every line begins with its name. `foot`: name and figure."""

    head: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    foot: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    chart: Chart
    number: int  # among charts, or among maps
    alt: str
    drawing: Drawing
    numbers: Numbers

    @property
    def kind(self) -> str:
        return _("Map") if self.chart.kind == "map" else _("Chart")

    @property
    def path(self) -> str:
        """The cell that a map shows; empty where it is bars of many."""
        chart = self.chart
        return f"{chart.table}.{chart.rows[0]}.{chart.columns[0]}" if chart.kind == "map" else ""

    @property
    def caption(self) -> str:
        return f"{self.kind} {self.number}. {self.chart.label}"


def drawn(compiled: Compiled, *, width: int) -> list[Drawn]:
    """Every chart that has a figure, in the order of the document: behind its text, then those of the annex."""
    found = []
    turn = {"bars": 0, "map": 0}
    for chart in ordered(compiled):
        if made := _map(compiled, chart, width) if chart.kind == "map" else _bars(compiled, chart, width):
            turn[chart.kind] += 1
            found.append(Drawn(chart, turn[chart.kind], *made))
    return found


def ordered(compiled: Compiled) -> list[Chart]:
    charts = compiled.shape.schema.charts
    within = [chart for part in compiled.parts for chart in charts if _stands(chart, part)]
    return [*within, *(chart for chart in charts if chart not in within)]


def within(compiled: Compiled) -> frozenset[str]:
    """The keys of charts that stand behind a text; the others are in the annex."""
    charts = compiled.shape.schema.charts
    return frozenset(chart.key for part in compiled.parts for chart in charts if _stands(chart, part))


def _stands(chart: Chart, part: Part) -> bool:
    return chart.after == part.field.key and bool(part.paragraphs)


Made = tuple[str, Drawing, Numbers]


def _bars(compiled: Compiled, chart: Chart, width: int) -> Made | None:
    slots = [_slots(compiled, chart, row) for row in chart.rows]
    if not any(compiled.figures.value(slot) is not None for row in slots for slot in row):
        return None
    columns = tuple(_column(slot) for slot in slots[0])
    groups = [_group(compiled, row) for row in slots]
    lines = tuple((group.name, *(bar.text for bar in group.bars)) for group in groups)
    alt = "; ".join(f"{group.name}: {_told(columns, group.bars)}" for group in groups)
    return f"{chart.label}. {alt}.", bars(columns, groups, width=width), Numbers((_("Indicator"), *columns), lines)


def _slots(compiled: Compiled, chart: Chart, row: str) -> list[Slot]:
    return [compiled.shape.slots[f"{chart.table}.{row}.{column}"] for column in chart.columns]


def _column(slot: Slot) -> str:
    if slot.measure not in YEARS:
        return str(slot.column.label)
    words = YEARS[slot.measure] % {"year": slot.year}
    return words[:1].upper() + words[1:]


def _group(compiled: Compiled, slots: Sequence[Slot]) -> Group:
    unit = str(slots[0].row.unit)
    name = f"{slots[0].row.label} ({unit})" if unit else str(slots[0].row.label)
    return Group(name, tuple(_bar(compiled, slot) for slot in slots))


def _bar(compiled: Compiled, slot: Slot) -> Bar:
    value = compiled.figures.value(slot)
    return Bar(value, "" if value is None else shown(slot, value))


def _told(columns: Sequence[str], found: Sequence[Bar]) -> str:
    told = ((column, bar.text) for column, bar in zip(columns, found, strict=True) if bar.text)
    return ", ".join(_("%(column)s is %(figure)s") % {"column": name.lower(), "figure": text} for name, text in told)


def _map(compiled: Compiled, chart: Chart, width: int) -> Made | None:
    spots, land = compiled.maps.of(chart), compiled.maps.land
    if land is None or all(spot.value is None for spot in spots):
        return None
    (slot,) = _slots(compiled, chart, chart.rows[0])
    lines = tuple((spot.name, "" if spot.value is None else shown(slot, spot.value)) for spot in spots)
    drawing = map_of(land, spots, unknown=_("no figure reported"), width=PAPER if width > land.width else width)
    numbers = Numbers((_("Commune"), _unit(slot)), lines, tuple(_foot(compiled, slot, spots)))
    return f"{chart.label}. {_highest(slot, spots)}", drawing, numbers


def _unit(slot: Slot) -> str:
    unit = str(slot.row.unit)
    return unit[:1].upper() + unit[1:] or _("Figure")


def _highest(slot: Slot, spots: Sequence[Spot]) -> str:
    told = sorted((spot for spot in spots if spot.value is not None), key=lambda spot: -(spot.value or 0))
    names = ", ".join(f"{spot.name} ({shown(slot, spot.value or Fraction())})" for spot in told[:NAMED])
    said = {"told": len(told), "all": len(spots), "names": names}
    return _("%(told)s of %(all)s communes have a figure; the highest: %(names)s. Every figure is in the table.") % said


def _foot(compiled: Compiled, slot: Slot, spots: Sequence[Spot]) -> Iterator[tuple[str, str]]:
    """The sum of the communes; and beside it what the report takes for the whole, where that is something else."""
    total = sum((spot.value for spot in spots if spot.value is not None), Fraction())
    yield _("Together"), shown(slot, total)
    whole = compiled.figures.value(slot)
    if whole is not None and shown(slot, whole) != shown(slot, total):
        yield _("The whole by this report"), shown(slot, whole)
