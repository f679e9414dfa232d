"""From a plan to its rounds of reporting, and from a duty to report to a new one."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from hopluc.accounts.models import User
from hopluc.accounts.rights import may
from hopluc.plans.links import Link, register
from hopluc.plans.models import Duty, Plan
from hopluc.reports.selectors import SEE, campaigns_of
from hopluc.reports.services import COMPILE

SHOWN = 6  # newest rounds


@register
def rounds_of(plan: Plan, duty: Duty | None, *, viewer: User) -> Iterator[Link]:
    if duty and may(viewer, COMPILE):
        yield Link(f"{reverse('reports:open')}?duty={duty.pk}", _("Open a round"), "plus", act=True)
    if may(viewer, SEE):
        found = campaigns_of(plan, viewer=viewer, duty=duty.pk if duty else None)
        for pk, title in found.order_by("-ends_on", "-pk").values_list("pk", "title")[:SHOWN]:
            yield Link(reverse("reports:round", args=[pk]), title, "report")
