"""What the succession of agencies refuses, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hopluc.core.errors import Problem


class AlreadyThere(Problem):
    code = "H501"
    message = _("%(unit)s already has %(agency)s on %(day)s. Choose another kind, or another first day.")


class NotInForce(Problem):
    code = "H502"
    message = _("%(agency)s is not in force on %(day)s. Choose a day between its first and its last.")


class SuccessorNotInForce(Problem):
    code = "H503"
    message = _(
        "%(target)s is not in force on %(day)s, so it cannot take over from %(source)s then. "
        "Choose another day, or another successor."
    )


class Gap(Problem):
    code = "H504"
    message = _(
        "%(source)s does not end on %(day)s, so %(target)s cannot take over all its work then. "
        "Name the field of work that goes over, or choose the day after its last."
    )


class Circle(Problem):
    code = "H505"
    message = _("%(source)s and %(target)s would take over from one another on %(day)s. Choose another successor.")


class OtherDays(Problem):
    code = "H506"
    message = _(
        "Work of %(agency)s goes to %(target)s on %(day)s: it cannot end on another day. Change that day instead."
    )
