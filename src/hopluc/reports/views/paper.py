"""The report as a document: what stands around its text, its files, its signature, its editions."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import agencies, needs
from hopluc.core.downloads import sheet_sent
from hopluc.core.errors import Problem
from hopluc.core.notices import done
from hopluc.core.pdf import can_convert
from hopluc.reports import services
from hopluc.reports.annexes import annex
from hopluc.reports.charts.drawn import SCREEN, drawn, within
from hopluc.reports.differences import changed_below, differences, marks
from hopluc.reports.errors import NoPdf
from hopluc.reports.forms import LetterForm, TemplateForm
from hopluc.reports.models import Print, Report, Template
from hopluc.reports.presenting import tables_of
from hopluc.reports.sheets import file_name
from hopluc.reports.views.report import COMPILE, SEE, Page, opened
from vanban.writing import layout
from vanban.writing.opening import on_day, symbol

CONFLICT, UNPROCESSABLE = 409, 422
LISTED = 100  # differences that a page shows


@require_GET
@needs(SEE)
def paper(request: StaffRequest, pk: int) -> HttpResponse:
    return paper_page(opened(request, pk))


def paper_page(page: Page, *, status: int = 200, form: LetterForm | None = None, **about: object) -> HttpResponse:
    """Letter, files, signature and editions; what differs from the edition before, and what changed below since."""
    signed = page.report.state == Report.State.SIGNED
    return page.drawn(
        "paper",
        status=status,
        signed=signed,
        form=form or (LetterForm(initial=LetterForm.initial_of(page.letter)) if page.writes else None),
        letter=page.letter,
        converts=can_convert(),
        template=Template.objects.filter(agency=page.campaign.owner_id).first(),
        editions=page.editions,
        later=changed_below(page.snapshot.data, page.campaign) if signed and page.snapshot and _office(page) else [],
        compiles=page.campaign.owner_id in agencies(page.request.user, COMPILE),
        **_signature(page),
        **about,
    )


def _signature(page: Page) -> dict[str, Any]:
    """For whoever looks at a draft: what they would sign, and how it differs from the edition before."""
    if page.report.state == Report.State.SIGNED or not _office(page):
        return {}
    ready = page.ready
    before = page.snapshot.data if page.snapshot else None
    return {
        "ready": ready,
        "seen": json.dumps(marks(ready.data), separators=(",", ":")),
        "signs": page.campaign.owner_id in agencies(page.request.user, services.SIGN),
        "differing": differences(before, ready.data)[:LISTED] if before else [],
        "first": before is None,
    }


def _office(page: Page) -> bool:
    return page.campaign.owner_id in agencies(page.request.user, SEE)


@require_POST
@needs(COMPILE)
def letter(request: StaffRequest, pk: int) -> HttpResponse:
    page = opened(request, pk, writing=True)
    form = LetterForm(request.POST)
    if not form.is_valid():
        return paper_page(page, status=UNPROCESSABLE, form=form)
    return _acted(
        page, lambda: services.letter_save(report=page.report, letter=form.kept(), by=request.user), _("Saved.")
    )


@require_POST
@needs(services.SIGN)
def sign(request: StaffRequest, pk: int) -> HttpResponse:
    """Sign what was seen: its hash, and a mark of each place, come with the page."""
    page = opened(request, pk, right=services.SIGN)
    seen = services.Seen(request.POST.get("sha256", ""), _marks(request.POST.get("marks", "")))
    said = _("The report is signed. It stays as it is, whatever changes below.")
    return _acted(
        page, lambda: services.report_sign(report=page.report, seen=seen, by=request.user, today=localdate()), said
    )


def _marks(sent_: str) -> dict[str, str]:
    """What came with the page; it only helps to name what changed, so whatever is no such thing is nothing."""
    try:
        read = json.loads(sent_ or "{}")
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in read.items()} if isinstance(read, dict) else {}


@require_POST
@needs(COMPILE)
def edition_begin(request: StaffRequest, pk: int) -> HttpResponse:
    page = opened(request, pk, writing=True)
    reason, said = request.POST.get("reason", ""), _("A new edition is begun. The signed one stays.")
    return _acted(page, lambda: services.report_reopen(report=page.report, reason=reason, by=request.user), said)


@require_http_methods(["GET", "POST"])
@needs(COMPILE)
def template(request: StaffRequest, pk: int) -> HttpResponse:
    """The office's own Word file: fetched, kept after it was tried on this report, or given up."""
    page = opened(request, pk, writing=True)
    if request.method == "GET":
        kept = get_object_or_404(Template.objects.select_related("file"), agency=page.campaign.owner_id)
        with kept.file.data.open("rb") as file:
            return sheet_sent(file.read(), "mau.docx")
    if "drop" in request.POST:
        return _acted(
            page,
            lambda: services.template_drop(agency=page.campaign.owner, by=request.user),
            _("The layout is used again."),
        )
    form = TemplateForm(request.POST, request.FILES)
    if not form.is_valid():
        return paper_page(page, status=UNPROCESSABLE, problem=_("Choose a Word file first."))
    upload, said = form.cleaned_data["file"], _("Reports are written into this template now.")
    return _acted(
        page,
        lambda: services.template_keep(report=page.report, upload=upload, by=request.user),
        said,
    )


def _acted(page: Page, act: Any, said: str) -> HttpResponse:
    try:
        act()
    except Problem as problem:
        return paper_page(page, status=CONFLICT, problem=problem)
    done(page.request, said)
    return redirect("reports:paper", page.campaign.pk)


@require_GET
@needs(SEE)
def edition(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """A signed edition, byte for byte."""
    page = opened(request, pk)
    kept = get_object_or_404(page.report.snapshots.select_related("file"), edition=number)
    with kept.file.data.open("rb") as file:
        return sheet_sent(file.read(), _named(page, "docx"))


@require_GET
@needs(SEE)
def word(request: StaffRequest, pk: int) -> HttpResponse:
    page = opened(request, pk)
    try:
        return sheet_sent(_docx(page), _named(page, "docx"))
    except Problem as problem:
        return paper_page(page, status=CONFLICT, problem=problem)


@require_http_methods(["GET", "POST"])
@needs(SEE)
def pdf(request: StaffRequest, pk: int) -> HttpResponse:
    """Asked for: at once where it was made before, else as soon as a job has made it. Opened: how far that is."""
    page = opened(request, pk)
    if not can_convert():
        return redirect("reports:print", pk)
    if request.method == "GET":
        return redirect("reports:paper", pk)
    try:
        asked = services.print_ask(report=page.report, docx=_docx(page))
    except Problem as problem:
        return paper_page(page, status=CONFLICT, problem=problem)
    return _pdf_sent(page, asked) if asked.file else redirect("reports:pdf_state", pk, asked.pk)


@require_GET
@needs(SEE)
def pdf_state(request: StaffRequest, pk: int, print_id: int) -> HttpResponse:
    """The PDF that was asked for: where it stands, to htmx alone; the file itself with `?file`."""
    page = opened(request, pk)
    asked = get_object_or_404(page.report.prints.select_related("file"), pk=print_id)
    if "file" in request.GET and asked.file:
        return _pdf_sent(page, asked)
    if request.headers.get("HX-Request"):
        told = {"campaign": page.campaign, "print": asked, "failure": NoPdf()}
        return render(request, "reports/_pdf.html", told)
    return page.drawn("pdf", print=asked, failure=NoPdf())


def _pdf_sent(page: Page, asked: Print) -> HttpResponse:
    assert asked.file
    with asked.file.data.open("rb") as file:
        return sheet_sent(file.read(), _named(page, "pdf"))


def _docx(page: Page) -> bytes:
    """What was signed, or the draft as it stands. Raises TemplateUnfit."""
    if page.report.state == Report.State.SIGNED and page.snapshot:
        with page.snapshot.file.data.open("rb") as file:
            return bytes(file.read())
    return services.file_ready(page.ready, page.report)


@require_GET
@needs(SEE)
def annex_sheet(request: StaffRequest, pk: int) -> HttpResponse:
    """The tables with live formulas, in Vietnamese: they go to offices."""
    page = opened(request, pk)
    with override("vi"):
        return sheet_sent(annex(page.compiled), "phu-luc-" + file_name(page.campaign))


@require_GET
@needs(SEE)
def printed(request: StaffRequest, pk: int) -> HttpResponse:
    """Where there is no LibreOffice: the browser prints it."""
    page = opened(request, pk)
    compiled, letter, charts = page.compiled, page.letter, drawn(page.compiled, width=SCREEN)
    told = within(compiled)
    behind = {each.chart.key: each for each in charts if each.chart.key in told}
    parts = {
        part.field.key: (part, [each for each in behind.values() if each.chart.after == part.field.key])
        for part in compiled.parts
        if part.paragraphs
    }
    sections = [
        (section, [parts[field.key] for field in section.fields if field.key in parts])
        for section in compiled.shape.schema.sections
    ]
    return page.drawn(
        "print",
        letter=letter,
        rules=layout(letter.layout),
        number=symbol(letter.head, layout(letter.layout)),
        day=on_day(letter.head.day),
        sections=[each for each in sections if each[1]],
        aside=[each for each in charts if each.chart.key not in behind],
        tables=tables_of(compiled),
    )


def _named(page: Page, ending: str) -> str:
    return file_name(page.campaign).removesuffix("xlsx") + ending
