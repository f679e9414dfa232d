"""Sentences that are computed: words with figures in braces, which are worked out whenever they are shown.

`{H04}` is what was done in the year, `{H04:plan}` another measure of it, `{H04@-1}` the year before, `{H04%}` the share of the plan,
`{H01+}` by how much it grew since the year before; `{work:all}` a count of tasks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from hopluc.reports.compiling.figures import Figures
from hopluc.reports.compiling.shape import Measure, Slot
from hopluc.reports.compiling.showing import shown

BLANK = re.compile(r"\{([^{}]+)\}")
FIGURE = re.compile(
    r"(?P<code>work:[a-z_]+|[A-Z]\d\d(?:\.\d)?)(?::(?P<measure>[a-z]+))?(?:@(?P<shift>[-+]?\d))?(?P<sign>[%+])?"
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """The sentence as it reads; `paths` are the cells that it is computed from, `unknown` the blanks that no figure fills."""

    text: str
    paths: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def resolved(text: str, figures: Figures) -> Resolved:
    paths: list[str] = []
    unknown: list[str] = []

    def filled(blank: re.Match[str]) -> str:
        found = _figure(blank[1], figures)
        if found is None:
            unknown.append(blank[0])
            return blank[0]
        paths.extend(slot.path for slot in found[1])
        return found[0]

    return Resolved(BLANK.sub(filled, text), tuple(dict.fromkeys(paths)), tuple(unknown))


def _figure(blank: str, figures: Figures) -> tuple[str, tuple[Slot, ...]] | None:
    named = FIGURE.fullmatch(blank)
    if named is None:
        return None
    shape, year = figures.shape, figures.shape.year + int(named["shift"] or 0)
    slot = _slot(named, figures, year)
    value = figures.value(slot)
    if slot is None or value is None:
        return None
    if named["sign"] != "+":
        return shown(slot, value), (slot,)
    before = shape.done(named["code"], year - 1)
    then = figures.value(before)
    return None if before is None or then is None else (_change(slot, value - then), (slot, before))


def _slot(named: re.Match[str], figures: Figures, year: int) -> Slot | None:
    measures = {each.value: each for each in Measure}
    if named["sign"] == "%":
        return figures.shape.slot(named["code"], Measure.SHARE, year)
    if named["code"].startswith("work:"):
        return figures.shape.slot(named["code"], Measure.TASKS, year)
    if named["measure"]:
        return figures.shape.slot(named["code"], measures.get(named["measure"], Measure.NONE), year)
    return figures.shape.done(named["code"], year)


def _change(slot: Slot, change: Fraction) -> str:
    """In words: `tăng 45`, `giảm 12`, `không đổi`. The sentence stays Vietnamese whatever language its reader has."""
    if not change:
        return "không đổi"
    return f"{'tăng' if change > 0 else 'giảm'} {shown(slot, abs(change))}"
