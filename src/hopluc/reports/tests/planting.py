"""Mistakes of ten kinds, each planted in a report that agrees with itself."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from hopluc.reports.compiling.claims import Claim, Reader
from hopluc.reports.compiling.figures import Figures, Statement, kept
from hopluc.reports.compiling.gate import Clash, Earlier, Kind, Matter, Told
from hopluc.reports.compiling.shape import Measure
from hopluc.reports.compiling.showing import shown
from hopluc.reports.tests.making import DATABASE, YEAR, shape, traits

Plant = Callable[[Matter, random.Random, int], Matter]


@dataclass(frozen=True)
class Mistake:
    """A report with one mistake, and the kinds of clash of which one must name it."""

    name: str
    matter: Matter
    kinds: tuple[Kind, ...]

    def found(self, clashes: list[Clash]) -> bool:
        return any(clash.kind in self.kinds for clash in clashes)


def mistakes(matter: Matter, each: int, seed: int) -> Iterator[Mistake]:
    """So many of each kind, each in a report of its own."""
    rng = random.Random(seed)
    for name, (plant, kinds) in PLANTED.items():
        for at in range(each):
            yield Mistake(name, plant(matter, rng, at), kinds)


def mistyped(rng: random.Random, number: int) -> int:
    """Another number of as many digits: one of them is wrong, or two stand the other way round."""
    digits = list(str(number))
    pairs = [at for at in range(1, len(digits) - 1) if digits[at] != digits[at + 1]]
    if pairs and rng.random() < 0.5:
        at = rng.choice(pairs)
        digits[at], digits[at + 1] = digits[at + 1], digits[at]
    else:
        at = rng.randrange(len(digits))
        digits[at] = rng.choice([digit for digit in "123456789" if digit != digits[at]])
    return int("".join(digits))


def typed(matter: Matter, path: str, value: Fraction, *, alone: bool = False) -> Matter:
    """With another figure in a cell, as somebody typed it; `alone`: nothing else is said of it."""
    cell = matter.figures.cells[path]
    told = Statement("typed", value)
    others = () if alone else cell.statements
    cells = {**matter.figures.cells, path: replace(cell, taken=told, statements=(*others, told))}
    values = {**matter.figures.values, path: kept(cell.slot, value)}
    return replace(matter, figures=Figures(shape(), cells, values))


def cells(*measures: Measure, codes: tuple[str, ...] = ()) -> list[str]:
    return [
        slot.path
        for slot in shape().slots.values()
        if slot.measure in measures and slot.year <= YEAR and (not codes or slot.about in codes)
    ]


def _details(matter: Matter, rng: random.Random, at: int) -> Matter:
    """A total that is not what its details make."""
    path = cells(Measure.ESTIMATE, Measure.ACTUAL, codes=("H01", "H02", "H03"))[at % 6]
    value = matter.figures.cells[path].value
    return typed(matter, path, Fraction(mistyped(rng, int(value))), alone=True)


def _returns(matter: Matter, rng: random.Random, at: int) -> Matter:
    """A figure that is not the sum of what units reported."""
    codes = ("H07", "H18", "H21", "H22", "H23", "A02", "A03", "T02", "P01", "E02")
    path = cells(Measure.ESTIMATE, codes=codes)[at % 10]
    return typed(matter, path, Fraction(mistyped(rng, int(matter.figures.cells[path].value))))


def _database(matter: Matter, rng: random.Random, at: int) -> Matter:
    """A figure that is not the registry's."""
    path = DATABASE[at % len(DATABASE)]
    return typed(matter, path, Fraction(mistyped(rng, int(matter.figures.cells[path].value))))


def _text(matter: Matter, rng: random.Random, at: int) -> Matter:
    """A figure of a text that is not the table's."""
    return _spoilt(
        matter,
        rng,
        at,
        lambda claim: claim.sort == "level" and not claim.code.startswith("work") and claim.year == YEAR,
    )


def _plan_text(matter: Matter, rng: random.Random, at: int) -> Matter:
    """A planned figure of a text that is not the table's."""
    return _spoilt(matter, rng, at, lambda claim: claim.year == YEAR + 1)


def _share(matter: Matter, rng: random.Random, at: int) -> Matter:
    """A percentage of the plan, or a change, that does not follow from the table."""
    return _spoilt(matter, rng, at, lambda claim: claim.sort in ("share", "change"))


def _tasks(matter: Matter, rng: random.Random, at: int) -> Matter:
    """A count of tasks that is not the plan's."""
    return _spoilt(matter, rng, at, lambda claim: claim.code.startswith("work"))


def _texts(matter: Matter, rng: random.Random, at: int) -> Matter:
    """Two texts that disagree on what no table holds: a year that is past."""
    said = rng.choice(
        [
            "Năm 2024, trên địa bàn tỉnh có {} HTX.",
            "Đến hết năm 2024 có {} hợp tác xã.",
            "Năm 2024 tổng số hợp tác xã là {}.",
        ]
    )
    extra = Told("causes", "Nguyên nhân", said.format(shown(None, Fraction(mistyped(rng, 870)))))
    return replace(matter, texts=[*matter.texts, extra])


def _earlier(matter: Matter, rng: random.Random, at: int) -> Matter:
    """Last year's figure, or plan, that is not what last year's report had."""
    keys = [
        key
        for key in matter.earlier
        if key[0] in ("H04", "H07", "H09", "H16.1", "H18", "T01", "T02", "P01", "A02", "A03")
    ]
    key = keys[at % len(keys)]
    wrong = Earlier(Fraction(mistyped(rng, round(matter.earlier[key].value))), "Báo cáo năm 2025", "7")
    return replace(matter, earlier={**matter.earlier, key: wrong})


def _measure(matter: Matter, rng: random.Random, at: int) -> Matter:
    """Đồng, or thousands, where the table counts millions."""
    path = cells(Measure.ESTIMATE, codes=("H09", "H11.1", "H12", "H13", "H14", "P01", "T02", "H18", "Q01.2", "T04"))[
        at % 10
    ]
    factor = rng.choice([1000, 1_000_000])
    return typed(matter, path, matter.figures.cells[path].value * factor, alone=True)


def _spoilt(matter: Matter, rng: random.Random, at: int, of: Callable[[Claim], bool]) -> Matter:
    """With the n-th claim of a sort mistyped in its text."""
    reader = Reader(traits().values(), YEAR)
    found = [(told, claim) for told in matter.texts for claim in reader.claims(told.text) if of(claim)]
    told, claim = found[at % len(found)]
    number = told.text[claim.start : claim.end]
    whole, _comma, rest = number.partition(",")
    wrong = shown(None, Fraction(mistyped(rng, int(whole.replace(".", ""))))) + (f",{rest}" if rest else "")
    text = told.text[: claim.start] + wrong + told.text[claim.end :]
    return replace(matter, texts=[replace(one, text=text) if one is told else one for one in matter.texts])


PLANTED: Mapping[str, tuple[Plant, tuple[Kind, ...]]] = {
    "a total and its details": (_details, (Kind.RULE,)),
    "a figure and what units reported": (_returns, (Kind.SUM,)),
    "a figure and the database": (_database, (Kind.DATABASE,)),
    "a text and a table": (_text, (Kind.TEXT,)),
    "a planned figure of a text and a table": (_plan_text, (Kind.TEXT,)),
    "a percentage or change of a text": (_share, (Kind.SHARE, Kind.CHANGE)),
    "two texts": (_texts, (Kind.TEXTS,)),
    "a count of tasks and the plan": (_tasks, (Kind.TASKS,)),
    "last year and last year's report": (_earlier, (Kind.EARLIER,)),
    "a unit of measure": (_measure, (Kind.MEASURE,)),
}
