"""What a plan refuses, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hopluc.core.errors import Problem


class Unreviewed(Problem):
    code = "H301"
    message = _("%(count)s items are still to be reviewed. A plan can be issued once each is accepted or rejected.")


class NothingAccepted(Problem):
    code = "H302"
    message = _("No task was accepted. A plan needs at least one.")


class Untitled(Problem):
    code = "H303"
    message = _("The plan has no title. Give it one under “About the document”.")


class NoReason(Problem):
    code = "H304"
    message = _("Say why a new edition replaces the one in force. Everyone who works by the plan will read it.")


class NoDay(Problem):
    code = "H305"
    message = _(
        "“%(typed)s” is no day. Write the day whose agencies the plan means as day/month/year, such as 24/02/2023."
    )
