"""The consistency gate: wherever two places of a report, or a report and what it was made from, disagree.

Pure: it is given everything (`Matter`) and names each clash with both places. Nothing is mended here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256

from django.utils.translation import gettext as _

from hopluc.forms.schema.checking import faults
from hopluc.reports.compiling.claims import Claim, Reader, Sort
from hopluc.reports.compiling.figures import Figures, Origin, Statement, Trait
from hopluc.reports.compiling.shape import Measure, Slot
from hopluc.reports.compiling.showing import shown

Key = tuple[str, Measure, int]  # an indicator, what is told of it, and of which year
SLIPS = (Fraction(1000), Fraction(1_000_000), Fraction(1, 1000), Fraction(1, 1_000_000))
FIGURE = re.compile(r"\d[\d.,]*")
NEAR = Fraction(1, 4)  # of such a factor: what a slip of the unit of measure may be off besides


class Kind(StrEnum):
    """What disagrees."""

    RULE = "rule"  # totals and details, by the rules of the form
    JUMP = "jump"  # this year and last, by more than goes without a reason
    MEASURE = "measure"  # a figure a thousand times another: written in another unit of measure
    SUM = "sum"  # a cell and the returns that it adds up
    AGENCY = "agency"  # a cell and what an agency says of the whole
    DATABASE = "database"  # a cell and what the database works out
    TEXT = "text"  # a text and a cell
    TEXTS = "texts"  # two texts, of what no table holds
    CHANGE = "change"  # “tăng 45” and the difference of two cells
    SHARE = "share"  # “% kế hoạch” and the cells that make it
    EARLIER = "earlier"  # last year's figure or plan, and last year's report
    TASKS = "tasks"  # counts of tasks, and the plan
    GAP = "gap"  # who has not reported, and what cannot be told apart
    DEFINITION = "definition"  # an indicator that means something else since


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is said: `kind` is cell, passage, filing, database, report, plan or form; `start` of a passage's words."""

    kind: str
    key: str
    label: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Clash:
    """Two places that disagree, in a sentence. `stops`: the report cannot be signed until it is mended or explained.

    `also`: where a rule of the form is broken, the other figures that it names; they tell where to look, not which clash it is.
    """

    kind: Kind
    text: str
    places: tuple[Place, ...]
    stops: bool = True
    also: tuple[Place, ...] = ()

    @property
    def shown(self) -> tuple[Place, ...]:
        """The places that a reader is led to."""
        return (self.places[0], *self.also) if self.also else self.places

    @property
    def fingerprint(self) -> str:
        """The same while places and figures are, in whatever language it is read: other figures make another clash."""
        where = [(place.kind, place.key, place.start, place.end) for place in self.places]
        return sha256(repr((self.kind.value, where, sorted(FIGURE.findall(self.text)))).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Told:
    """A passage of the report, or a contribution that is shown beside it."""

    key: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """A figure of an earlier report, on today's territory."""

    value: Fraction
    source: str
    url_key: str = ""


@dataclass(frozen=True)
class Matter:
    """All that is held against one another."""

    figures: Figures
    traits: Mapping[str, Trait]
    texts: Sequence[Told] = ()
    earlier: Mapping[Key, Earlier] = field(default_factory=dict)
    tasks: Mapping[str, int] = field(default_factory=dict)  # `work:all` → what the plan counts
    plan: str = ""  # its name
    missing: Sequence[tuple[str, str]] = ()  # keys and names of agencies that have not handed in
    changed: Mapping[str, str] = field(default_factory=dict)  # code → since when it means something else
    last: Mapping[str, object] = field(default_factory=dict)  # values of the report before, for jumps


def clashes(matter: Matter) -> list[Clash]:
    """Every clash, those of the tables first, each once."""
    found = [clash for check in CHECKS for clash in check(matter)]
    return list({clash.fingerprint: clash for clash in found}.values())


def _cell(slot: Slot) -> Place:
    return Place("cell", slot.path, slot.name)


def _by_rules(matter: Matter) -> Iterator[Clash]:
    shape = matter.figures.shape
    for fault in faults(shape.schema, matter.figures.values, matter.last):
        slot = shape.slots.get(fault.path)
        if slot and fault.kind in ("rule", "jump"):
            kind = Kind.JUMP if fault.kind == "jump" else Kind.RULE
            places = _cell(slot), Place("form", fault.path, str(slot.table.label))
            also = tuple(_cell(shape.slots[path]) for path in fault.among if path in shape.slots)
            yield Clash(kind, fault.text, places, not fault.warning, also)


def _against_statements(matter: Matter) -> Iterator[Clash]:
    """A cell against everything else that is said of it."""
    for cell in matter.figures.cells.values():
        for one in cell.statements if cell.taken else ():
            if one is not cell.taken and cell.value is not None and _differ(cell.slot, cell.value, one):
                yield _stated(cell.slot, cell.value, one)


def _differ(slot: Slot, value: Fraction, one: Statement) -> bool:
    return one.whole and shown(slot, value) != shown(slot, one.value)


def _stated(slot: Slot, value: Fraction, one: Statement) -> Clash:
    about = {"name": slot.name, "value": shown(slot, value), "other": shown(slot, one.value), "source": one.source}
    if one.origin == Origin.SUM:
        text = _("%(name)s is %(value)s; what the units reported makes %(other)s.") % about
        return Clash(Kind.SUM, text, (_cell(slot), Place("filings", slot.path, _("the reports of the units"))))
    if one.origin == Origin.DATABASE:
        text = _("%(name)s is %(value)s; the database has %(other)s (%(source)s).") % about
        return Clash(Kind.DATABASE, text, (_cell(slot), Place("database", slot.about, one.source)))
    if one.origin == Origin.RATIO:
        text = _("%(name)s is %(value)s; the two lines that it is made of give %(other)s.") % about
        return Clash(Kind.RULE, text, (_cell(slot), Place("form", slot.path, one.source)))
    text = _("%(name)s is %(value)s; %(source)s reports %(other)s.") % about
    return Clash(Kind.AGENCY, text, (_cell(slot), Place("filing", str(one.rows[0][0]), one.source)))


def _of_measure(matter: Matter) -> Iterator[Clash]:
    """A figure about a thousand times that of the year before was written in another unit of measure."""
    shape = matter.figures.shape
    for slot in shape.slots.values():
        before = shape.done(slot.about, slot.year - 1) if slot is shape.done(slot.about, slot.year) else None
        now, then = matter.figures.value(slot), matter.figures.value(before)
        if before and now and then and _slip(now / then):
            about = {"name": slot.name, "value": shown(slot, now), "other": shown(before, then), "before": before.name}
            text = _("%(name)s is %(value)s, %(before)s %(other)s: one of them is in another unit of measure.") % about
            yield Clash(Kind.MEASURE, text, (_cell(slot), _cell(before)))


def _slip(ratio: Fraction) -> bool:
    return any(slip * (1 - NEAR) <= ratio <= slip * (1 + NEAR) for slip in SLIPS)


def _against_texts(matter: Matter) -> Iterator[Clash]:
    """What texts claim against the tables, the plan, and one another."""
    reader = Reader(matter.traits.values(), matter.figures.shape.year)
    others: dict[tuple[str, Sort, Measure, int], tuple[Told, Claim]] = {}
    for told in matter.texts:
        for claim in reader.claims(told.text):
            known = _known(matter, claim)
            if known is None:
                first = others.setdefault((claim.code, claim.sort, claim.measure, claim.year), (told, claim))
                yield from _between(matter, told, claim, *first)
            elif not _same(claim, known[0]):
                yield _contradicted(told, claim, *known)


def _known(matter: Matter, claim: Claim) -> tuple[Fraction, Place] | None:
    """What the report, or the plan, says of the same figure, and where."""
    figures, shape = matter.figures, matter.figures.shape
    if claim.code in matter.tasks and claim.year == shape.year:
        return Fraction(matter.tasks[claim.code]), Place("plan", claim.code, matter.plan)
    if claim.sort == Sort.SHARE:
        return _placed(figures, shape.slot(claim.code, Measure.SHARE, claim.year))
    slot = shape.slot(claim.code, claim.measure, claim.year) if claim.measure else shape.done(claim.code, claim.year)
    if claim.sort == Sort.LEVEL:
        return _placed(figures, slot)
    before = shape.done(claim.code, claim.year - 1)
    now, then = figures.value(slot), figures.value(before)
    return None if now is None or then is None or slot is None else (now - then, _cell(slot))


def _placed(figures: Figures, slot: Slot | None) -> tuple[Fraction, Place] | None:
    value = figures.value(slot)
    return None if value is None or slot is None else (value, _cell(slot))


def _same(claim: Claim, value: Fraction) -> bool:
    """Up to the rounding in which it was written."""
    return abs(claim.value - value) <= Fraction(1, 2) * claim.times / 10**claim.places


TOLD: Mapping[Sort, Kind] = {Sort.LEVEL: Kind.TEXT, Sort.CHANGE: Kind.CHANGE, Sort.SHARE: Kind.SHARE}


def _contradicted(told: Told, claim: Claim, value: Fraction, place: Place) -> Clash:
    about = {
        "part": told.label,
        "words": told.text[claim.start : claim.end],
        "place": place.label,
        "value": _number(value),
    }
    if place.kind == "plan":
        text = _("“%(part)s” counts %(words)s tasks; the plan has %(value)s (%(place)s).") % about
        return Clash(Kind.TASKS, text, (_passage(told, claim), place))
    if claim.sort == Sort.CHANGE:
        text = _("“%(part)s” says that it changed by %(words)s; by the table it is %(value)s (%(place)s).") % about
    else:
        text = _("“%(part)s” says %(words)s; the table has %(value)s (%(place)s).") % about
    return Clash(TOLD[claim.sort], text, (_passage(told, claim), place))


def _between(matter: Matter, told: Told, claim: Claim, other: Told, first: Claim) -> Iterator[Clash]:
    if first is claim or _same(claim, first.value) or _same(first, claim.value):
        return
    about = {
        "part": told.label, "words": told.text[claim.start : claim.end],
        "other": other.label, "said": other.text[first.start : first.end],
        "name": matter.traits[claim.code].name,
    }  # fmt: skip
    text = _("%(name)s: “%(part)s” says %(words)s, “%(other)s” %(said)s.") % about
    yield Clash(Kind.TEXTS, text, (_passage(told, claim), _passage(other, first)))


def _passage(told: Told, claim: Claim) -> Place:
    return Place("passage", told.key, told.label, claim.start, claim.end)


def _against_earlier(matter: Matter) -> Iterator[Clash]:
    """What this report says of last year, and of what last year planned, against last year's report."""
    for slot in matter.figures.shape.slots.values():
        key = slot.about, (Measure.NONE if slot.measure == Measure.ACTUAL else slot.measure), slot.year
        earlier, value = matter.earlier.get(key), matter.figures.value(slot)
        if earlier and value is not None and shown(slot, value) != shown(slot, earlier.value):
            about = {
                "name": slot.name,
                "value": shown(slot, value),
                "other": shown(slot, earlier.value),
                "source": earlier.source,
            }
            text = _("%(name)s is %(value)s; %(source)s had %(other)s.") % about
            yield Clash(Kind.EARLIER, text, (_cell(slot), Place("report", earlier.url_key, earlier.source)))


def _against_plan(matter: Matter) -> Iterator[Clash]:
    for slot in matter.figures.shape.slots.values():
        counted, value = matter.tasks.get(slot.about), matter.figures.value(slot)
        if slot.measure == Measure.TASKS and counted is not None and value is not None and value != counted:
            about = {"name": slot.row.label, "value": shown(slot, value), "other": counted, "plan": matter.plan}
            text = _("%(name)s: the table has %(value)s, the plan %(other)s (%(plan)s).") % about
            yield Clash(Kind.TASKS, text, (_cell(slot), Place("plan", slot.about, matter.plan)))


def _gaps(matter: Matter) -> Iterator[Clash]:
    for key, name in matter.missing:
        text = _("%(name)s has not reported.") % {"name": name}
        yield Clash(Kind.GAP, text, (Place("filing", key, name),), stops=False)
    for cell in matter.figures.cells.values():
        if cell.taken and cell.taken.inseparable:
            about = {"name": cell.slot.name, "value": shown(cell.slot, cell.taken.inseparable)}
            text = _("%(name)s: %(value)s lies in units that belong to several territories and is not counted.") % about
            yield Clash(Kind.GAP, text, (_cell(cell.slot),), stops=False)


def _redefined(matter: Matter) -> Iterator[Clash]:
    shape = matter.figures.shape
    for code, since in matter.changed.items():
        if slot := shape.done(code, shape.year):
            text = _("%(name)s means something else since %(day)s: say so where two years are compared.") % {
                "name": slot.row.label,
                "day": since,
            }
            yield Clash(Kind.DEFINITION, text, (_cell(slot),), stops=False)


def _number(value: Fraction) -> str:
    return shown(None, value)


CHECKS: tuple[Callable[[Matter], Iterator[Clash]], ...] = (
    _by_rules,
    _of_measure,
    _against_statements,
    _against_earlier,
    _against_plan,
    _against_texts,
    _gaps,
    _redefined,
)
