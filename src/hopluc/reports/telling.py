"""What people hear of a round besides the digests: reminders that its compilers send."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from hopluc.accounts.models import User
from hopluc.forms.models import Message
from hopluc.forms.selectors import fillers
from hopluc.forms.services import About, message_send
from hopluc.reports.models import Call


def calls_tell(calls: Sequence[Call], *, today: date) -> None:
    """A message to everybody who fills in for these agencies, by e-mail too where they have an address."""
    owners = fillers({call.filing.agency_id for call in calls}, today)
    people = User.objects.in_bulk({user for users in owners.values() for user in users})
    with translation.override(settings.LANGUAGE_CODE):
        for call in calls:
            for user in owners.get(call.filing.agency_id, ()):
                _tell(people[user], call)


def _tell(user: User, call: Call) -> None:
    path = reverse("forms:filing", args=[call.filing_id])
    said = {"owner": call.campaign.owner, "title": call.campaign.title, "day": f"{call.due_on:%d/%m/%Y}"}
    subject = _("Reminder: %(title)s") % said
    body = _("%(owner)s asks for “%(title)s” by %(day)s. It has not been handed in yet.") % said
    about = About("forms.filing", call.filing_id)
    for channel in (Message.Channel.PAGE, *([Message.Channel.MAIL] if user.email else [])):
        url = settings.SITE_URL + path
        message_send(to=user, subject=subject, body=f"{body}\n\n{url}", channel=channel, about=about)
