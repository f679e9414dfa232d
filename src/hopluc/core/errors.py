"""What went wrong, for people: what, with which thing, what to do next, and a code (`docs/errors.md`)."""

from __future__ import annotations

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Problem(Exception):
    """A refusal that the user can act on."""

    code: ClassVar[str]
    message: ClassVar[Promise | str]

    def __init__(self, **about: object) -> None:
        super().__init__(about)
        self.about = about

    def __str__(self) -> str:
        return str(self.message) % self.about


class OutsideCalendar(Problem):
    code = "H401"
    message = _(
        "%(day)s is outside the calendar, which covers the years %(first)s to %(last)s. Choose a day within them."
    )


class DayTaken(Problem):
    code = "H402"
    message = _("%(day)s is already entered as “%(name)s”. Change that entry, or choose another day.")


class WorkedAnyway(Problem):
    code = "H403"
    message = _("%(day)s is a working day already. Only a weekend or a holiday can be made one.")


class OffAnyway(Problem):
    code = "H404"
    message = _("%(day)s is off already: %(reason)s. Only a day that is worked can be given off.")


class ChangedSince(Problem):
    code = "H405"
    message = _("“%(name)s” was changed again since, so this step cannot be undone. Undo the newest change first.")
