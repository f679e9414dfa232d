"""What the administration of people refuses, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hopluc.core.errors import Problem


class NotAdministrator(Problem):
    code = "H101"
    message = _("Only an administrator of %(place)s may do this.")


class LastAdministrator(Problem):
    code = "H102"
    message = _("%(name)s is the last administrator of %(place)s. Give that role to somebody else first.")


class PostElsewhere(Problem):
    code = "H103"
    message = _(
        "%(name)s also holds a post in %(place)s, so only an administrator of both may do this. "
        "Ask for that post to be ended first."
    )


class NoSuchProvince(Problem):
    code = "H104"
    message = _("“%(typed)s” is no province or city of today. Write it as in tỉnh Thái Nguyên or thành phố Hà Nội.")


class NoSuchAgency(Problem):
    code = "H105"
    message = _("“%(typed)s” is no kind of agency in the list. Write its name in full, such as Sở Tài chính.")


class NotAllowed(Problem):
    code = "H106"
    message = _("Only those who have to reach %(name)s about work in the same province may see this.")


class NoPurpose(Problem):
    code = "H107"
    message = _("Say what you need it for: choose a purpose, or write one in a few words.")
