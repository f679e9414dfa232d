"""The day whose map somebody wants, and the days on which the map changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hopluc.units.services import BEGINNING
from hopluc.units.tree import Event

FORMATS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y")


@dataclass(frozen=True, slots=True)
class Asked:
    """The day that is shown, and why it is another than the one that was asked for."""

    day: date
    problem: str = ""


def asked(typed: str, *, today: date) -> Asked:
    """Read `?on=`; without one it is today."""
    if not typed.strip():
        return Asked(today)
    day = _read(typed.strip())
    if day is None:
        words = _("“%(typed)s” is no date. Write day/month/year, such as 01/07/2025. Shown is today.")
        return Asked(today, words % {"typed": typed.strip()[:40]})
    if day < BEGINNING:
        words = _("Nothing is recorded of the days before %(first)s. Shown is %(first)s.")
        return Asked(BEGINNING, words % {"first": date_format(BEGINNING)})
    if day > today:
        return Asked(day, _("That day is still to come. Shown is what is known today."))
    return Asked(day)


def _read(typed: str) -> date | None:
    for form in FORMATS:
        try:
            return datetime.strptime(typed, form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    return None


@dataclass(frozen=True, slots=True)
class Stop:
    """A mark of the slider."""

    on: date
    words: str | Promise
    current: bool


def stops(events: list[Event], *, day: date, today: date) -> list[Stop]:
    """Each day of change up to today, and today."""
    days = {event.on: _words(event) for event in events if event.on <= today}
    if today not in days:
        days[today] = _("today")
    shown = max((each for each in days if each <= day), default=min(days))
    return [Stop(on, words, on == shown) for on, words in sorted(days.items())]


def _words(event: Event) -> str:
    if event.began:
        return _("%(count)s provinces and cities") % {"count": event.began}
    return ", ".join(after for _before, after in event.renamed)
