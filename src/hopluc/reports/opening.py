"""What a round would ask for: proposed from a duty to report that a plan sets, or typed by hand."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hopluc.accounts.models import Role
from hopluc.core.workdays import calendar_around
from hopluc.forms.models import Form
from hopluc.forms.schema.definition import Words
from hopluc.forms.services import Level, Period, level
from hopluc.indicators.periods import PARTS, period_of
from hopluc.plans.models import Duty
from hopluc.plans.speech import duty_next
from hopluc.units.groups import groups_of
from hopluc.units.holders import Paths
from hopluc.units.meaning import agencies_meant
from hopluc.units.models import Agency, Body

DEPARTMENTS, COMMUNES = "g:so-nganh", "g:ubnd-xa"
FORMS = {"annual": "bc-ktth-nam", "quarterly": "bc-ktth-quy"}  # by how often a duty asks; others ask how far a plan is
PROGRESS = "bc-tien-do"
MONTHS = {"annual": 12, "semiannual": 6, "quarterly": 3}  # of the period that a report is about
CHECKED = Words("Đầu mối tổng hợp duyệt", "Approved by the agency that compiles")
DAY = timedelta(days=1)
LATELY = 7  # days for each month of a period: within so many after its end it is that one which is reported
PART_WORDS = {
    "year": gettext_lazy("the year"),
    "half": gettext_lazy("the first 6 months"),
    "nine": gettext_lazy("the first 9 months"),
    "q1": gettext_lazy("quarter I"),
    "q2": gettext_lazy("quarter II"),
    "q3": gettext_lazy("quarter III"),
    "q4": gettext_lazy("quarter IV"),
}
SAID = {  # in data, which is Vietnamese
    "year": "{year}", "half": "6 tháng đầu năm {year}", "nine": "9 tháng đầu năm {year}",
    "q1": "quý I/{year}", "q2": "quý II/{year}", "q3": "quý III/{year}", "q4": "quý IV/{year}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the form of a new round begins with."""

    form: str  # its code
    year: int
    part: str  # of the year, as `indicators.periods` names it
    due_on: date
    groups: tuple[str, ...] = (DEPARTMENTS, COMMUNES)
    agencies: tuple[Agency, ...] = ()
    duty: Duty | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Agencies that are called together."""

    key: str
    name: str
    agencies: tuple[Agency, ...] = field(repr=False, default=())


def period_named(year: int, part: str) -> Period:
    """
    >>> period_named(2026, "q2")
    Period(name='quý II/2026', starts_on=datetime.date(2026, 4, 1), ends_on=datetime.date(2026, 6, 30))
    """
    days = period_of(year, part)
    assert days.lower
    assert days.upper
    return Period(SAID[part].format(year=year), days.lower, days.upper - DAY)


def title_of(form: Form, period: Period) -> str:
    return f"{form.title_vi}, {'năm ' if period.name.isdecimal() else ''}{period.name}"


def levels_of(owner: Agency) -> tuple[Level, ...]:
    """Whoever compiles approves each report after its own head signed it."""
    return (level(CHECKED, owner, [Role.COORDINATOR]),)


def proposed(owner: Agency, *, today: date, duty: Duty | None = None) -> Proposal:
    """By hand: the yearly report of this year. Of a duty: what it says, its next day moved to a working one."""
    if duty is None:
        due = date(today.year, 12, 15)
        return Proposal(FORMS["annual"], today.year, "year", working_day(due if due >= today else today + 14 * DAY))
    frequency = duty.value.get("frequency") or ""
    days = duty_next(duty.value, after=today - DAY, count=1)
    due = days[0] if days and duty.value.get("due") else _usual(today)
    year, part = _about(due, frequency)
    keys = list(duty.value.get("from") or ())
    groups = tuple(dict.fromkeys(_today(key) for key in keys if key.startswith("g:")))
    single = _single([key for key in keys if not key.startswith("g:")], owner, today)
    return Proposal(FORMS.get(frequency, PROGRESS), year, part, working_day(due), groups, single, duty)


def _usual(today: date) -> date:
    """Where no day is said: the 15th of December, or of the last month of the quarter."""
    due = date(today.year, (today.month + 2) // 3 * 3, 15)
    return due if due >= today else today + 14 * DAY


def _about(due: date, frequency: str) -> tuple[int, str]:
    """Year and part that a report due on a day is about: the period that ends then, or that ended shortly before.

    >>> _about(date(2026, 12, 20), "annual"), _about(date(2027, 1, 20), "annual"), _about(date(2026, 4, 5), "quarterly")
    ((2026, 'year'), (2026, 'year'), (2026, 'q1'))
    """
    months = MONTHS.get(frequency, 12)
    start = date(due.year, (due.month - 1) // months * months + 1, 1)
    if (due - start).days < LATELY * months:
        last = start - DAY
        start = date(last.year, (last.month - 1) // months * months + 1, 1)
    part = next((key for key, (month, span, _w) in PARTS.items() if (month, span) == (start.month, months)), "year")
    return start.year, part


def _today(key: str) -> str:
    """Districts are no more: what they were asked, communes are."""
    return COMMUNES if key in ("g:ubnd-huyen", "g:dia-phuong") else key


def _single(keys: Collection[str], owner: Agency, today: date) -> tuple[Agency, ...]:
    """The agencies of bodies named one by one, or whoever holds their work today."""
    names = dict(Body.objects.filter(key__in=keys).values_list("key", "name"))
    meant = agencies_meant(names, unit=owner.unit, on=today)
    found = {agency.pk for key in names for agency in meant[key].agencies}
    paths = Paths(found, on=today)
    held = (holding.agency for pk in found for holding in paths.of(pk))
    return tuple({each.pk: each for each in held if each and each.pk != owner.pk}.values())


def groups_known(owner: Agency, keys: Iterable[str], *, on: date) -> list[Group]:
    """The groups that may be called at once, those of a duty (`keys`) and its owner's own among them; nobody calls itself."""
    own = {group.body.key for group in groups_of([owner.pk])}
    asked = list(dict.fromkeys((DEPARTMENTS, COMMUNES, *keys, *sorted(own))))
    names = dict(Body.objects.filter(key__in=asked).values_list("key", "name"))
    meant = agencies_meant({key: names[key] for key in asked if key in names}, unit=owner.province or owner.unit, on=on)
    found = (
        Group(key, names[key], tuple(each for each in meant[key].agencies if each.pk != owner.pk)) for key in meant
    )
    return [group for group in found if group.agencies]


def called_of(groups: Iterable[Group], agencies: Iterable[Agency]) -> list[Agency]:
    """Everybody once."""
    found = {agency.pk: agency for group in groups for agency in group.agencies}
    return list((found | {agency.pk: agency for agency in agencies}).values())


def group_words(group: Group) -> str:
    return _("%(name)s (%(n)s)") % {"name": group.name, "n": len(group.agencies)}


def working_day(day: date) -> date:
    """The day itself, or the last working one before it."""
    return calendar_around([day]).on_or_before(day)
