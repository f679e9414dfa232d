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


class NotTheWorkbook(Problem):
    code = "H120"
    message = _(
        "“%(name)s” is not the workbook of agencies and people: it has no sheet named %(sheets)s. "
        "Download the workbook here, edit that file and send it."
    )


class ColumnsMissing(Problem):
    code = "H121"
    message = _(
        "The sheet “%(sheet)s” of “%(name)s” lacks its headings. It must have these: %(columns)s. "
        "Download the workbook here and copy the rows into it."
    )


class UnreadableWorkbook(Problem):
    code = "H122"
    message = _(
        "“%(name)s” could not be read within its limits of time and memory. "
        "Download the workbook here and copy the rows into it."
    )


class WorkbookRefused(Problem):
    """Of the file itself, in the words of the reader and with its code."""

    code = "H123"
    message = _("%(reason)s (%(reader)s)")


class WorkbookHasErrors(Problem):
    code = "H124"
    message = _("%(count)s cells are wrong, so nothing was saved. Correct them in the file and send it again.")


class WorkbookMoved(Problem):
    code = "H125"
    message = _(
        "Something changed in the program since this page was opened, so nothing was saved. Look at the list again, then confirm."
    )


class AppliedAlready(Problem):
    code = "H126"
    message = _("“%(name)s” was applied already. To change more, download the workbook again.")


class NothingToApply(Problem):
    code = "H127"
    message = _("“%(name)s” says what the program has already, so there is nothing to save.")


class CannotUndo(Problem):
    code = "H128"
    message = _("This import cannot be undone any more: %(reason)s Nothing was changed. Correct single rows instead.")
