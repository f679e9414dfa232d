"""A task sheet on its way to the review: which column is what, a trial without consequences, then its rows are taken."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies
from hopluc.core.errors import Problem
from hopluc.documents import jobs, reading
from hopluc.documents.columns import TASKS, columns_keep
from hopluc.documents.errors import NotYours
from hopluc.documents.models import Version

Json = dict[str, Any]


class SheetHasErrors(Problem):
    code = "H231"
    message = _("The sheet has %(count)s errors. Correct them in the file and send it again, or change the columns.")


class NoTrial(Problem):
    code = "H232"
    message = _("Look at what the rows give first, then take them.")


@transaction.atomic
def columns_choose(*, version: Version, roles: dict[int, str], by: User) -> None:
    """Set which column is what, keep it for sheets with the same headings, and read the rows by it. Raises NotYours."""
    locked = _locked(version, by)
    assert locked.mapping is not None
    mapping = locked.mapping["mapping"]
    columns = [
        {**column, "role": roles.get(column["index"], column["role"]), "confidence": 1.0}
        for column in mapping["columns"]
    ]
    locked.mapping = {**locked.mapping, "mapping": {**mapping, "columns": columns}, "confirmed": True}
    locked.trial = None
    locked.save(update_fields=["mapping", "trial"])
    columns_keep(locked.document.owner, TASKS, {**mapping, "columns": columns})
    jobs.sheet_try.defer(version_id=locked.pk)


@transaction.atomic
def header_choose(*, version: Version, sheet: str, header: tuple[int, int], by: User) -> None:
    """Read another sheet of the workbook, or by another heading row (first and last, counted from 1)."""
    locked = _locked(version, by)
    locked.mapping = {"asked": {"sheet": sheet, "header": list(header)}}
    locked.trial = None
    locked.state = Version.State.WAITING
    locked.save(update_fields=["mapping", "trial", "state"])
    jobs.version_read.defer(version_id=locked.pk)


@transaction.atomic
def rows_take(*, version: Version, by: User) -> int:
    """Take the rows that were tried as items to be reviewed; gives how many. Raises NoTrial, SheetHasErrors."""
    locked = _locked(version, by)
    trial = locked.trial
    if trial is None:
        raise NoTrial
    if count := sum(issue["level"] == "error" for issue in trial["issues"]):
        raise SheetHasErrors(count=count)
    found = {"header": {}, "references": [], "targets": [], "reporting": [], "headings": [], "notices": [], **trial}
    reading.keep(locked, found)
    return len(trial["tasks"])


def _locked(version: Version, by: User) -> Version:
    locked = Version.objects.select_for_update(of=("self",)).select_related("document__owner").get(pk=version.pk)
    if locked.document.owner_id not in agencies(by, "draft"):
        raise NotYours(agency=locked.document.owner.name)
    return locked
