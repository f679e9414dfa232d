"""What people are told of the work: what is due, what was returned, asked, decided, or said to them.

Messages and digests are those of `forms`; here stands what is due, and who hears of what.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from hopluc.accounts.models import Post, User
from hopluc.accounts.rights import RIGHTS
from hopluc.core.shortening import shortened
from hopluc.forms.models import Message
from hopluc.forms.services import About, DueItem, due_register, hook_send, links_revoke, message_send, messages_answered
from hopluc.plans.models import Line, Note, Occurrence, Request
from hopluc.plans.working.states import Clock, begun, is_open

KIND = "occurrence"
TITLE = 120  # characters of a task in a message
AHEAD = 7  # working days that digests look ahead at most


@due_register
def occurrences_due(*, today: date) -> Iterator[DueItem]:
    """What owners have to answer: overdue, or due within the next days."""
    clock = Clock.of(today)
    rows = Occurrence.objects.filter(
        is_open(), begun(clock), line__state=Line.State.ACTIVE, due_on__lte=clock.calendar.add(today, AHEAD)
    )
    asked = rows.order_by().values_list(
        "pk", "due_on", "line__task__text", "line__owner", "line__holder", "plan__owner"
    )
    begins = reverse("work:mine")  # asked once: a night tells of a hundred thousand
    for pk, due, text, owner, holder, by in asked.iterator(chunk_size=5000):
        title = shortened(text, TITLE)
        yield DueItem(title, due, f"{begins}{pk}/", KIND, pk, (owner,), holder, by)


def told_of_answer(row: Occurrence, by: User) -> None:
    """What they were reminded of is answered."""
    messages_answered(about=About(KIND, row.pk), to=by)
    hook_send(event=f"occurrence.{row.state}", payload=_payload(row), about=About(KIND, row.pk))


def told_of_verdict(row: Occurrence, reason: str) -> None:
    """The owner hears that a report was returned and why; nothing is to be answered any more where it was confirmed."""
    hook_send(event=f"occurrence.{row.state}", payload=_payload(row), about=About(KIND, row.pk))
    if row.state == Occurrence.State.CONFIRMED:
        links_revoke(about=About(KIND, row.pk))
    elif row.line.owner:
        subject = _("Returned: %(task)s") % {"task": _short(row)}
        _tell([row.line.owner], subject, reason, row)


def told_of_note(note: Note, named: Iterable[User]) -> None:
    """Whom a note names reads it."""
    row = note.occurrence
    with _spoken():
        subject = _("%(name)s mentions you: %(task)s") % {"name": note.by.name, "task": _cut(note.task.text)}
        address = reverse("work:occurrence", args=[row.pk]) if row else reverse("work:lines", args=[note.task_id])
        _send(named, subject, note.words, address, About(KIND, row.pk) if row else About("task", note.task_id))


def told_of_request(request: Request) -> None:
    """Those who decide about the plan hear what is asked."""
    line = request.line
    deciding = Post.objects.held(on=localdate()).filter(
        agency=line.plan.owner_id, role__in=RIGHTS["decide"].roles, user__is_active=True
    )
    people = User.objects.filter(pk__in=deciding.values("user"))
    with _spoken():
        about = {"agency": line.holder or line.agency, "what": request.get_kind_display(), "task": _cut(line.task.text)}
        subject = _("%(agency)s asks for %(what)s: %(task)s") % about
        _send(people, subject, request.reason, reverse("work:decide", args=[request.pk]), About("request", request.pk))


def told_of_decision(request: Request) -> None:
    """Whoever asked hears how it was decided."""
    with _spoken():
        about = {"what": request.get_kind_display(), "state": request.get_state_display()}
        subject = _("Your request for %(what)s is %(state)s") % about
        later = request.until if request.state == Request.State.GRANTED else None
        until = _("Due on %(day)s now.") % {"day": date_format(later)} if later else ""
        body = "\n".join(filter(None, (_cut(request.line.task.text), until, request.answer)))
        _send(
            [request.by],
            subject,
            body,
            reverse("work:lines", args=[request.line.task_id]),
            About("request", request.pk),
        )


def _tell(people: Iterable[User], subject: str, words: str, row: Occurrence) -> None:
    with _spoken():
        _send(people, subject, words, reverse("work:occurrence", args=[row.pk]), About(KIND, row.pk))


def _send(people: Iterable[User], subject: str, words: str, address: str, about: About) -> None:
    """On the page, and by e-mail where they have an address."""
    for user in people:
        for channel in (Message.Channel.PAGE, *([Message.Channel.MAIL] if user.email else [])):
            message_send(to=user, subject=subject, body=f"{words}\n\n{address}", channel=channel, about=about)


def _spoken() -> translation.override:
    return translation.override("vi")


def _short(row: Occurrence) -> str:
    return _cut(row.line.task.text)


def _cut(text: str) -> str:
    return shortened(text, TITLE)


def _payload(row: Occurrence) -> dict[str, object]:
    """What another system is told: no person, no words."""
    return {
        "occurrence": row.pk,
        "task": row.line.task_id,
        "plan": row.plan_id,
        "state": row.state,
        "due_on": row.due_on.isoformat(),
        "percent": row.percent,
    }
