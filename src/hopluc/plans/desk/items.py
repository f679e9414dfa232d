"""What is due, as a row shows it: its state in a word, how many days are left, what it needs, what was said last."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hopluc.plans.desk.queue import answers_shown, requests_shown
from hopluc.plans.desk.words import LATE, SOON, STALE, WORDS
from hopluc.plans.models import Answer, Evidence, Occurrence, Request
from hopluc.plans.working.selectors import Due
from hopluc.plans.working.standards import standards
from hopluc.plans.working.states import OPEN, Clock
from hopluc.plans.working.waiting import ANSWERING, Group

State = Occurrence.State
COMPUTED = {Group.OVERDUE: LATE, Group.SOON: SOON, Group.STALE: STALE}


class GroupWords(TextChoices):
    """What each group is called, and what is to be done with it (`ADVICE`)."""

    RETURNED = Group.RETURNED.value, gettext_lazy("Returned to you")
    OVERDUE = Group.OVERDUE.value, gettext_lazy("Overdue")
    SOON = Group.SOON.value, gettext_lazy("Due soon")
    STALE = Group.STALE.value, gettext_lazy("Without news for long")
    OPEN = Group.OPEN.value, gettext_lazy("Under way")
    REPORTED = Group.REPORTED.value, gettext_lazy("Reported, waiting to be confirmed")
    CONFIRM = Group.CONFIRM.value, gettext_lazy("Reports for you to confirm")
    DECIDE = Group.DECIDE.value, gettext_lazy("Requests for you to decide")
    UNOWNED = Group.UNOWNED.value, gettext_lazy("Nobody answers for it")
    UNLED = Group.UNLED.value, gettext_lazy("No agency leads it")


ADVICE: dict[Group, str | Promise] = {
    Group.RETURNED: gettext_lazy("Read why it was returned, put it right and report it again."),
    Group.OVERDUE: gettext_lazy("Say how far it is, or ask for more time."),
    Group.SOON: gettext_lazy("Due within the next working days."),
    Group.STALE: gettext_lazy("Begun, but nobody has said anything for about a month. One line is enough."),
    Group.OPEN: gettext_lazy("Not due yet. Say so when something changed."),
    Group.REPORTED: gettext_lazy("Nothing to do: the plan's owner looks at it."),
    Group.CONFIRM: gettext_lazy("Look at the proof, then confirm it or return it with a reason."),
    Group.DECIDE: gettext_lazy("Grant it or deny it; the first deadline stays on record."),
    Group.UNOWNED: gettext_lazy("Name a person, so that somebody is reminded."),
    Group.UNLED: gettext_lazy("Name the agency that leads, so that it is asked for."),
}
BRIEF: dict[Group, Any] = {  # in the line of counts
    Group.RETURNED: lambda n: ngettext("%(n)s returned", "%(n)s returned", n),
    Group.OVERDUE: lambda n: ngettext("%(n)s overdue", "%(n)s overdue", n),
    Group.SOON: lambda n: ngettext("%(n)s due soon", "%(n)s due soon", n),
    Group.STALE: lambda n: ngettext("%(n)s without news", "%(n)s without news", n),
    Group.OPEN: lambda n: ngettext("%(n)s under way", "%(n)s under way", n),
    Group.REPORTED: lambda n: ngettext("%(n)s reported", "%(n)s reported", n),
    Group.CONFIRM: lambda n: ngettext("%(n)s to confirm", "%(n)s to confirm", n),
    Group.DECIDE: lambda n: ngettext("%(n)s request to decide", "%(n)s requests to decide", n),
    Group.UNOWNED: lambda n: ngettext("%(n)s without a person", "%(n)s without a person", n),
    Group.UNLED: lambda n: ngettext("%(n)s without a lead", "%(n)s without a lead", n),
}


@cache
def _begins() -> str:
    """Asked once: a page has addresses by the hundred."""
    return reverse("work:mine")


@dataclass(frozen=True, slots=True)
class Item:
    """A row of somebody's work."""

    due: Due
    group: Group
    state: str  # key of `interface.STATES`
    left: str  # days left, in words
    last: Answer | None = None
    asked: Request | None = None

    @property
    def pk(self) -> int | None:
        return self.due.occurrence

    @property
    def address(self) -> str:
        """Of its page; what is done with it lies below."""
        return f"{_begins()}{self.due.occurrence}/"

    @property
    def mark(self) -> str:
        """Its id within a page."""
        return f"o-{self.due.occurrence}"

    @property
    def picked(self) -> str:
        """How a form names it among others, with what of it was on the page."""
        return f"{self.due.occurrence}:{self.due.revision}"

    @property
    def word(self) -> str | Promise:
        return WORDS[self.state]

    @property
    def answerable(self) -> bool:
        return self.group in ANSWERING

    @property
    def reason(self) -> str:
        """Why it was returned."""
        verdict = getattr(self.last, "verdict", None) if self.due.state == State.RETURNED else None
        return verdict.reason if verdict else ""


@dataclass(frozen=True, slots=True)
class Section:
    """A group with its first rows, or a page of them."""

    group: Group
    count: int
    items: tuple[Item, ...]

    @property
    def title(self) -> str | Promise:
        return GroupWords(self.group.value).label

    @property
    def advice(self) -> str | Promise:
        return ADVICE[self.group]

    @property
    def more(self) -> int:
        return self.count - len(self.items)


def sections(listed: Mapping[Group, Iterable[Due]], counts: Mapping[Group, int], *, today: date) -> list[Section]:
    """Three queries: answers with their evidence, requests."""
    every = [due for dues in listed.values() for due in dues]
    answers, requests = answers_shown(every), requests_shown(every)
    return [
        Section(
            group,
            counts[group],
            tuple(
                item_of(due, group, today, last=answers.get(due.answer or 0), asked=requests.get(due.request or 0))
                for due in dues
            ),
        )
        for group, dues in listed.items()
    ]


def item_of(due: Due, group: Group, today: date, *, last: Answer | None = None, asked: Request | None = None) -> Item:
    left = left_words(due.days_left, due.due_on, today) if due.due_on and due.state in OPEN else ""
    return Item(due, group, COMPUTED.get(group, due.state) or State.NOT_STARTED, left, last, asked)


def counts_shown(counts: Mapping[Group, int]) -> list[tuple[Group, str]]:
    """`12 overdue`, of each group that has any."""
    return [(group, BRIEF[group](n) % {"n": n}) for group, n in counts.items() if n]


def left_words(left: int | None, due_on: date, today: date) -> str:
    """Working days left or over; years where it was due long ago; nothing far ahead, nor where only days off lie between.

    >>> from django.utils.translation import override
    >>> day = date(2026, 11, 20)
    >>> with override("en"):
    ...     [left_words(left, due_on, day) for left, due_on in ((3, date(2026, 11, 25)), (0, day), (-1, date(2026, 11, 19)))]
    ['3 working days left', 'due today', '1 working day over']
    """
    if due_on == today:
        return _("due today")
    if left is None and (years := (today - due_on).days // 365) > 0:
        return ngettext("%(n)s year over", "%(n)s years over", years) % {"n": years}
    if not left:
        return ""
    if left < 0:
        return ngettext("%(n)s working day over", "%(n)s working days over", -left) % {"n": -left}
    return ngettext("%(n)s working day left", "%(n)s working days left", left) % {"n": left}


def looks_of(row: Occurrence, clock: Clock) -> str:
    """The state of an occurrence as people read it: late and due soon before what it is in itself."""
    if row.state not in OPEN or row.state == State.RETURNED:
        return str(row.state)
    if row.due_on < clock.today:
        return LATE
    if row.due_on <= clock.soon:
        return SOON
    begun = row.period.lower is None or row.period.lower <= clock.today
    return STALE if begun and row.touched_on < clock.stale else str(row.state)


def proof_words(deliverable: str) -> str:
    """What a claim that it is done has to bring, said before it is asked; nothing where it needs nothing."""
    return kinds_named(standards().kind_of(deliverable).evidence)


def kinds_named(kinds: Collection[str]) -> str:
    return ", ".join(str(Evidence.Kind(kind).label) for kind in Evidence.Kind.values if kind in kinds)


def endings_taken() -> list[str]:
    """Of the names of files that can be evidence, as `accept` has them."""
    return [f".{ending}" for one in standards().files for ending in one.endings]
