"""The signature under a report: what its signer saw is kept as one value, from which the same file is made again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from hashlib import file_digest
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import get_language, override

from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies
from hopluc.core.bounded import OutOfBounds, bounded
from hopluc.core.files import file_store
from hopluc.core.history import acting
from hopluc.reports.compiled import Compiled, report_compiled
from hopluc.reports.compiling.gate import Clash
from hopluc.reports.differences import changed_places
from hopluc.reports.errors import (
    BlanksOpen,
    ChangedSince,
    ClashesOpen,
    LetterUnfilled,
    NoReason,
    NotSigned,
    NotYourSignature,
    ReportSigned,
    TemplateTooHeavy,
    TemplateUnfit,
)
from hopluc.reports.letters import Letter, letter_of
from hopluc.reports.models import Report, Snapshot, Template
from hopluc.reports.services.campaigns import check_compiles
from hopluc.reports.services.compiling import locked_draft
from hopluc.reports.snapshots import Around, digest, file_of, frozen
from hopluc.units.models import Agency
from vanban.errors import DocumentError
from vanban.messages import sentence

Json = Any
SIGN = "sign reports"
NAMED = 5  # clashes and changes that a refusal lists
LARGEST = 10_000_000  # bytes of a template
TRY, SECONDS, MEGABYTES = "hopluc.reports.templating:template_try", 20, 800  # one of 100 pages takes 2 s and 150 MB


@dataclass(frozen=True, slots=True)
class Seen:
    """What a signer had before them: the hash of the data, and a mark of each place."""

    sha256: str
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ready:
    """A report as it would be signed now: always in Vietnamese, whatever language its reader uses."""

    data: Json
    sha256: str
    letter: Letter
    stopping: tuple[Clash, ...]
    blanks: tuple[str, ...]  # of computed sentences, that no figure fills


def report_ready(*, report: Report, viewer: User, today: date, compiled: Compiled | None = None) -> Ready:
    """As it stands now, by the rights of whoever looks; `compiled`: just so in Vietnamese already."""
    with override("vi"):
        return _ready(report, compiled or report_compiled(report, viewer=viewer, today=today))


def _ready(report: Report, compiled: Compiled) -> Ready:
    letter = letter_of(report)
    data = frozen(compiled, Around(letter, report.snapshots.count() + 1, _template(report)))
    blanks = tuple(blank for part in compiled.parts for each in part.paragraphs for blank in each.said.unknown)
    return Ready(data, digest(data), letter, compiled.stopping, blanks)


def _template(report: Report) -> tuple[str, str] | None:
    found = Template.objects.filter(agency=report.campaign.owner_id).select_related("file").first()
    return (found.name, found.file.sha256) if found else None


@transaction.atomic
def report_sign(*, report: Report, seen: Seen, by: User, today: date) -> Snapshot:
    """Sign what was seen. Raises NotYourSignature, ReportSigned, LetterUnfilled, BlanksOpen, ClashesOpen, ChangedSince, TemplateUnfit."""
    locked = _locked(report)
    if locked.campaign.owner_id not in agencies(by, SIGN):
        raise NotYourSignature(agency=locked.campaign.owner)
    if locked.state == Report.State.SIGNED:
        raise ReportSigned(title=locked.campaign.title)
    ready = report_ready(report=locked, viewer=by, today=today)
    _check(ready, seen)
    with acting(by.pk, act="report.signed", reason=ready.sha256):
        made = Snapshot.objects.create(
            report=locked,
            edition=ready.data["edition"],
            data=ready.data,
            sha256=ready.sha256,
            file=file_store(ContentFile(file_ready(ready, locked), name="report.docx")),
            signed_by=by,
        )
        locked.state = Report.State.SIGNED
        locked.save(update_fields=["state"])
    return made


def _check(ready: Ready, seen: Seen) -> None:
    """Raises LetterUnfilled, BlanksOpen, ClashesOpen, ChangedSince."""
    if ready.letter.missing:
        raise LetterUnfilled(words=", ".join(ready.letter.missing))
    if ready.blanks:
        raise BlanksOpen(words=", ".join(ready.blanks[:NAMED]))
    if ready.stopping:
        texts = [clash.text for clash in ready.stopping[:NAMED]]
        raise ClashesOpen(count=len(ready.stopping), words=" ".join(texts))
    if ready.sha256 != seen.sha256:
        places = changed_places(seen.marks, ready.data)
        raise ChangedSince(words="; ".join(places[:NAMED]) or "–")


def file_ready(ready: Ready, report: Report) -> bytes:
    """Raises TemplateUnfit."""
    with _template_errors(), override("vi"):
        return file_of(ready.data, report)


@transaction.atomic
def report_reopen(*, report: Report, reason: str, by: User) -> Report:
    """Begin a new edition: what was signed stays. Raises NotYourReports, NotSigned, NoReason."""
    locked = _locked(report)
    check_compiles(locked.campaign.owner, by)
    if locked.state != Report.State.SIGNED:
        raise NotSigned(title=locked.campaign.title)
    if not reason.strip():
        raise NoReason
    with acting(by.pk, act="report.reopened", reason=reason.strip()[:500]):
        locked.state = Report.State.DRAFT
        locked.save(update_fields=["state"])
    return locked


@transaction.atomic
def letter_save(*, report: Report, letter: Json, by: User) -> Report:
    """What stands around the text; `letter` holds fields of `letters.Letter`. Raises NotYourReports, ReportSigned."""
    locked = locked_draft(report, by)
    with acting(by.pk, act="report.letter_saved"):
        locked.signed_as = letter
        locked.number, locked.place = f"{letter['number']}/{letter['code']}"[:100], letter["place"][:100]
        locked.recipients = "\n".join(letter["recipients"])
        locked.revision += 1
        locked.save(update_fields=["signed_as", "number", "place", "recipients", "revision"])
    return locked


@transaction.atomic
def template_keep(*, report: Report, upload: UploadedFile, by: User) -> Template:
    """An office's own template, tried first. Raises NotYourReports, TemplateUnfit, TemplateTooHeavy."""
    agency = report.campaign.owner
    check_compiles(agency, by)
    name = str(upload.name)[-200:]
    if (upload.size or 0) > LARGEST:
        raise TemplateTooHeavy(name=name)
    data = upload.read()
    _template_tried(data, name, letter_of(report).layout)
    with acting(by.pk, act="report.template_kept"):
        about = {"file": file_store(ContentFile(data, name=name)), "name": name, "by": by}
        kept, _made = Template.objects.update_or_create(agency=agency, defaults=about)
    return kept


def _template_tried(data: bytes, name: str, rules: str) -> None:
    """In a process of its own: the file comes from outside. Raises TemplateUnfit, TemplateTooHeavy."""
    with NamedTemporaryFile(suffix=".docx") as file:
        file.write(data)
        file.flush()
        request = {"path": file.name, "name": name, "layout": rules}
        try:
            found = bounded(TRY, request, seconds=SECONDS, megabytes=MEGABYTES, report=lambda *_step: None)
        except OutOfBounds as error:
            raise TemplateTooHeavy(name=name) from error
    if problem := found.get("problem"):
        raise TemplateUnfit(words=problem["vi" if get_language() == "vi" else "en"])


@contextmanager
def _template_errors() -> Iterator[None]:
    """Vanban's own sentence. Raises TemplateUnfit."""
    try:
        yield
    except DocumentError as error:
        words = sentence(error) if get_language() == "vi" else str(error)
        raise TemplateUnfit(words=words) from error


@transaction.atomic
def template_drop(*, agency: Agency, by: User) -> None:
    """The layout again. Raises NotYourReports."""
    check_compiles(agency, by)
    with acting(by.pk, act="report.template_dropped"):
        Template.objects.filter(agency=agency).delete()


def snapshots_broken() -> list[Snapshot]:
    """Signed reports whose data or file are not what their hashes say."""
    rows = Snapshot.objects.select_related("file", "report__campaign").iterator(chunk_size=10)  # a megabyte each
    return [one for one in rows if not _sound(one)]


def _sound(one: Snapshot) -> bool:
    if digest(one.data) != one.sha256:
        return False
    try:
        with one.file.data.open("rb") as kept:
            return file_digest(kept, "sha256").hexdigest() == one.file.sha256
    except FileNotFoundError:
        return False


def _locked(report: Report) -> Report:
    rows = Report.objects.select_for_update(of=("self",))
    related = rows.select_related(
        "campaign__owner__body", "campaign__owner__unit", "campaign__owner__parent", "campaign__owner__province",
        "campaign__version__form", "campaign__unit", "campaign__plan",
    )  # fmt: skip
    return related.get(pk=report.pk)
