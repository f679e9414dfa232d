"""Reading a version in a bounded process, and keeping what was found. Twice does no harm."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from hopluc.core.bounded import OutOfBounds, bounded
from hopluc.documents.carrying import carry_over
from hopluc.documents.columns import TASKS, columns_kept
from hopluc.documents.models import Document, Item, Reference, Version
from hopluc.units.services import bodies_ensure

Json = dict[str, Any]
State = Version.State
READER = "hopluc.documents.reader"
SECONDS, MEGABYTES = 180, 1500  # 500 pages take about 15 s and 100 MB; from one page of a scan to the next, 5 s
SECONDS_IN_ALL = 2 * 3600  # 500 pages of a scan take about 40 minutes
KINDS = (("tasks", Item.Kind.TASK), ("targets", Item.Kind.TARGET), ("reporting", Item.Kind.DUTY))
OUT_OF_BOUNDS = {
    "time": ("H221", "Đọc tệp này quá lâu. Hãy tách tệp, hoặc chỉ gửi các trang giao nhiệm vụ.",
             "Reading this file took too long. Split it, or send only the pages that assign tasks."),
    "memory": ("H222", "Tệp này cần quá nhiều bộ nhớ. Hãy tách tệp, hoặc bỏ bớt hình ảnh.",
               "This file needs too much memory. Split it, or take out its pictures."),
    "died": ("H223", "Chương trình đọc đã dừng đột ngột. Hãy lưu lại tệp rồi gửi lại.",
             "The reader stopped on this file. Save it anew and send it again."),
}  # fmt: skip


class Stopped(Exception):
    """Somebody stopped the reading while it went on."""


def version_read(*, version_id: int) -> None:
    """Read the files of a version: a directive to its items, a task sheet to its columns. It ends where it is stopped."""
    if not (version := _begin(version_id, State.WAITING, State.READING)):
        return
    sheet = version.document.kind == Document.Kind.SHEET
    asked = (version.mapping or {}).get("asked", {})
    try:
        result = _bounded(version, "open_sheet" if sheet else "read_files", asked)
    except Stopped:
        return
    if "problem" in result:
        _fail(version, result["problem"])
    elif sheet:
        _keep_columns(version, result)
    else:
        keep(version, result)


def sheet_try(*, version_id: int) -> None:
    """Read the rows of a task sheet by its confirmed columns, to be looked at before they are taken."""
    version = Version.objects.select_related("document").get(pk=version_id)
    if version.state != State.MAPPING or version.mapping is None:
        return
    document = version.document
    request = {
        "mapping": version.mapping["mapping"],
        "issued_on": document.issued_on.isoformat() if document.issued_on else None,
        "issuer": document.issuer,
    }
    result = _bounded(version, "read_sheet", request)
    if "problem" in result:
        _fail(version, result["problem"])
        return
    version.trial = result
    version.save(update_fields=["trial"])


def _begin(version_id: int, before: str, after: str) -> Version | None:
    """Claim a version that waits, or one whose reading was cut off; None when it has been read."""
    with transaction.atomic():
        version = Version.objects.select_for_update(of=("self",)).select_related("document").get(pk=version_id)
        if version.state not in (before, after):
            return None
        version.state = after
        version.save(update_fields=["state"])
    return version


def _bounded(version: Version, work: str, request: Json) -> Json:
    files = [{"path": file.file.data.path, "name": file.name} for file in version.files.select_related("file")]
    try:
        return bounded(
            f"{READER}:{work}",
            {"files": files, **request},
            seconds=SECONDS,
            megabytes=MEGABYTES,
            report=_progress(version),
            in_all=SECONDS_IN_ALL,
        )
    except OutOfBounds as bound:
        code, vi, en = OUT_OF_BOUNDS[bound.why]
        return {"problem": {"code": code, "vi": vi, "en": en}}


def _progress(version: Version) -> Callable[[str, int, int], None]:
    def report(step: str, done: int, total: int) -> None:
        going_on = Version.objects.filter(pk=version.pk, state=version.state)
        if not going_on.update(step=step, done=done, total=total):
            raise Stopped

    return report


def _fail(version: Version, problem: Json) -> None:
    going_on = Version.objects.filter(pk=version.pk, state=version.state)
    going_on.update(state=State.FAILED, problem=problem, read_at=timezone.now())


def _keep_columns(version: Version, result: Json) -> None:
    """Columns as guessed, or as this agency confirmed them for the same headings before."""
    guessed = result["mapping"]
    if kept := columns_kept(version.document.owner, TASKS, guessed):
        guessed = {**guessed, "columns": kept}
    version.mapping = {**result, "mapping": guessed, "kept": bool(kept)}
    version.state = State.MAPPING
    version.save(update_fields=["mapping", "state"])


@transaction.atomic
def keep(version: Version, found: Json) -> None:
    """Everything that was found, at once: a version is read whole or not at all, and not once it was stopped."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=version.document_id)
    if not Version.objects.filter(pk=version.pk, state=version.state).exists():
        return
    bodies_ensure(found["agencies"])
    version.content = found["content"]
    version.layout = found["layout"]
    version.headings = found["headings"]
    version.notices = found["notices"]
    version.kind = found["source"]["kind"]
    version.pages = found["source"]["pages"]
    version.state = State.READ
    version.read_at = timezone.now()
    version.trial = None
    document.clock += 1
    Reference.objects.bulk_create(_reference(version, each) for each in found["references"])
    Item.objects.bulk_create(_items(version, found, document.clock))
    version.carried = carry_over(document, version)
    version.save()
    if found["header"] and not version.carried:
        _head(document, found["header"])
    document.save()


def _head(document: Document, header: Json) -> None:
    """What the document says of itself; a silent header leaves the name of the file as its title."""
    document.title = header["title"] or document.title
    document.type = header["type"] or ""
    document.symbol = (header["symbol"] or "")[:100]
    document.issuer = header["issuer"] or ""
    document.issued_on = date.fromisoformat(header["issued_on"]) if header["issued_on"] else None
    document.province = header["province"] or ""
    document.signer = header["signer"]["name"] if header["signer"] else ""


def _reference(version: Version, value: Json) -> Reference:
    start, end = value["span"]
    return Reference(
        version=version,
        symbol=(value["symbol"] or "")[:100],
        type=value["type"] or "",
        issuer=value["issuer"] or "",
        date=value["date"],
        title=value.get("title") or "",
        relation=value["relation"],
        start=start,
        end=end,
    )


def _items(version: Version, found: Json, clock: int) -> list[Item]:
    return [
        Item(
            version=version, kind=kind, position=value["span"][0], value=value, found=value,
            sureness=_sureness(value), stamp=clock,
        )
        for name, kind in KINDS
        for value in found[name]
    ]  # fmt: skip


def _sureness(value: Json) -> float:
    """As sure as the least sure of its values."""
    sure = value["confidence"]
    return min(sure.values(), default=1.0) if isinstance(sure, dict) else sure
