"""The list of documents, what arrives on it, and the page of one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import needs, posts
from hopluc.core.errors import Problem
from hopluc.core.notices import done
from hopluc.documents import services
from hopluc.documents.errors import KnownFile
from hopluc.documents.forms import HeaderForm
from hopluc.documents.history import told
from hopluc.documents.models import Document, SourceFile, Version
from hopluc.documents.presenting import language
from hopluc.documents.review import SURE
from hopluc.documents.selectors import (
    LISTED,
    documents_binned,
    documents_counted,
    documents_drafted,
    documents_listed,
    documents_visible,
    review_progress,
)
from hopluc.units.models import Agency
from vanban.contract import read_notice
from vanban.doubts import REMARKS
from vanban.reading.scans import installed
from vanban.wording import DOUBTFUL

PAGE = 50
KINDS = "DOCX, DOC, PDF, TXT, Markdown, HTML; XLSX, XLS, ODS, CSV"
KEPT = 31_536_000  # seconds that a browser keeps a text


@require_GET
@needs("draft")
def document_list(request: StaffRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    typed = request.GET.get("q", "")
    documents = documents_listed(viewer=request.user, typed=typed, state=state if state in LISTED else "")
    page = Paginator(documents, PAGE).get_page(request.GET.get("page"))
    for document in page:
        document.problem = (document.version_problem or {}).get(language(), "")
    reading = any(document.version_state in ("waiting", "reading") for document in page)
    about = {"page": page, "typed": typed, "state": state, "reading": reading, **_list_words(request, state)}
    return render(request, "documents/_rows.html" if request.htmx else "documents/list.html", about)


def _list_words(request: StaffRequest, state: str) -> dict[str, Any]:
    """The filters with their counts, what may be dropped, and what an empty page teaches."""
    counts = documents_counted(viewer=request.user)
    words = {
        "": _("All"),
        "review": _("To be reviewed"),
        "reading": _("Being read"),
        "failed": _("Could not be read"),
        "issued": _("Plan issued"),
    }
    return {
        "chips": [
            {
                "label": label,
                "url": f"?state={key}" if key else "?",
                "active": key == state,
                "count": counts[key or "all"],
            }
            for key, label in words.items()
        ],
        "filter_label": _("Documents by state"),
        "kinds": KINDS + (", PNG, JPEG, TIFF" if installed() else ""),
        "limit": settings.UPLOAD_BYTES,
        "empty_title": _("No document yet"),
        "empty_sentence": _(
            "Drop a resolution, programme or plan above as it arrived: Word, PDF or text. Its tasks are found for you."
        ),
        "empty_example": "“Sở Tài chính chủ trì, phối hợp với Liên minh Hợp tác xã tỉnh …, hoàn thành trước ngày 30/6/2026.”",
    }


@require_POST
@needs("draft")
def upload(request: StaffRequest) -> HttpResponse:
    """Keep what was dropped: each file a document of its own, or all of them one document."""
    files = request.FILES.getlist("files")
    together = request.POST.get("together") == "on"
    batches = [files] if together or not files else [[file] for file in files]
    made = []
    for batch in batches:
        try:
            made.append(services.document_upload(files=batch, owner=_owner(request), by=request.user))
        except KnownFile as problem:
            messages.info(request, str(problem))
            made.append(problem.document)
        except Problem as problem:
            messages.error(request, str(problem))
    address = reverse("documents:detail", args=[made[0].pk]) if len(made) == 1 else reverse("documents:list")
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


@require_http_methods(["GET", "POST"])
@needs("draft")
def begin(request: StaffRequest) -> HttpResponse:
    """A plan typed by hand."""
    form = HeaderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        document = services.document_begin(owner=_owner(request), by=request.user, **form.cleaned_data)
        return redirect("documents:review", document.pk)
    return render(request, "documents/begin.html", {"form": form})


@require_GET
@needs("see")
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    """What a document says of itself, how far its reading and review are, its files and versions."""
    document = get_object_or_404(documents_visible(request.user), pk=pk)
    return render(request, "documents/detail.html", _about(request, document))


@require_GET
@needs("draft")
def status(request: StaffRequest, pk: int) -> HttpResponse:
    """How far the reading is, asked for while it runs; once it is over the whole page comes anew."""
    document = get_object_or_404(documents_drafted(request.user), pk=pk)
    about = _about(request, document)
    response = render(request, "documents/_status.html", about)
    if about["version"].state not in ("waiting", "reading"):
        response["HX-Refresh"] = "true"
    return response


def _about(request: StaffRequest, document: Document) -> dict[str, Any]:
    versions = list(
        Version.objects.light()
        .filter(document=document)
        .select_related("created_by")
        .prefetch_related("files__file")
        .order_by("-number")
    )
    version = versions[0]
    counts = dict(version.items.exclude(state="replaced").order_by().values_list("kind").annotate(n=Count("pk")))
    progress = review_progress(version, sure=SURE)
    return {
        "document": document,
        "version": version,
        "versions": versions,
        "progress": progress,
        "counts": counts,
        "doubtful": version.items.filter(state="pending", sureness__lt=DOUBTFUL).count(),
        "reviewed_label": _("Reviewed"),
        "problem": (version.problem or {}).get(language(), ""),
        "notices": [REMARKS[language()](read_notice(notice)) for notice in version.notices],
        "changes": told(document, versions),
        "mine": documents_drafted(request.user).filter(pk=document.pk).exists(),
        "plans": document.plans.order_by("-edition"),
    }


@require_http_methods(["GET", "POST"])
@needs("draft")
def header(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct title, symbol, issuer and date."""
    document = get_object_or_404(documents_drafted(request.user), pk=pk)
    form = HeaderForm(request.POST or None, instance=document)
    if request.method == "POST" and form.is_valid():
        services.header_edit(document=document, by=request.user, **form.cleaned_data)
        done(request, _("Saved."))
        return redirect("documents:detail", pk)
    return render(request, "documents/header.html", {"form": form, "document": document})


@require_POST
@needs("draft")
def version_upload(request: StaffRequest, pk: int) -> HttpResponse:
    """A corrected file: the review goes over to it."""
    document = get_object_or_404(documents_drafted(request.user), pk=pk)
    try:
        services.version_upload(document=document, files=request.FILES.getlist("files"), by=request.user)
    except Problem as problem:
        messages.error(request, str(problem))
    return redirect("documents:detail", pk)


@require_POST
@needs("draft")
def read_again(request: StaffRequest, pk: int) -> HttpResponse:
    document = get_object_or_404(documents_drafted(request.user), pk=pk)
    services.version_read_again(version=document.versions.latest("number"), by=request.user)
    return redirect("documents:detail", pk)


@require_POST
@needs("draft")
def reading_stop(request: StaffRequest, pk: int) -> HttpResponse:
    """Stop a reading that takes too long: a scan of many pages, say."""
    document = get_object_or_404(documents_drafted(request.user), pk=pk)
    services.version_stop(version=document.versions.latest("number"), by=request.user)
    return redirect("documents:detail", pk)


@require_POST
@needs("draft")
def bin_put(request: StaffRequest, pk: int) -> HttpResponse:
    document = get_object_or_404(documents_drafted(request.user), pk=pk)
    try:
        services.document_bin(document=document, by=request.user)
    except Problem as problem:
        messages.error(request, str(problem))
        return redirect("documents:detail", pk)
    done(
        request,
        _("“%(document)s” is in the bin.") % {"document": document.title},
        undo=reverse("documents:restore", args=[pk]),
    )
    return redirect("documents:list")


@require_POST
@needs("draft")
def bin_restore(request: StaffRequest, pk: int) -> HttpResponse:
    document = get_object_or_404(documents_binned(request.user), pk=pk)
    services.document_restore(document=document, by=request.user)
    return redirect("documents:detail", pk)


@require_GET
@needs("draft")
def bin_list(request: StaffRequest) -> HttpResponse:
    page = Paginator(documents_binned(request.user), PAGE).get_page(request.GET.get("page"))
    return render(request, "documents/bin.html", {"page": page})


@require_GET
@needs("see")
def original(request: StaffRequest, pk: int, file_id: int) -> FileResponse:
    """A file as it was sent; always saved, never opened inside the page."""
    document = get_object_or_404(documents_visible(request.user), pk=pk)
    file = get_object_or_404(SourceFile.objects.select_related("file"), pk=file_id, version__document=document)
    return FileResponse(
        file.file.data.open("rb"), as_attachment=True, filename=file.name, content_type="application/octet-stream"
    )


@require_GET
@needs("see")
def source(request: StaffRequest, pk: int) -> HttpResponse:
    """The text of a version, with the words `?from=…&to=…` lit."""
    document = get_object_or_404(documents_visible(request.user), pk=pk)
    versions = Version.objects.light().filter(document=document, state="read")
    number = request.GET.get("version", "")
    version = get_object_or_404(versions, number=number) if number.isdecimal() else versions.latest("number")
    return render(request, "documents/source.html", {"document": document, "version": version})


@require_GET
@needs("see")
def words(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """The text of a version alone, as pages fetch it: it never changes, so a browser keeps it."""
    document = get_object_or_404(documents_visible(request.user), pk=pk)
    version = get_object_or_404(Version.objects.light(), document=document, state="read", number=number)
    response = render(request, "documents/_words.html", {"version": version})
    patch_cache_control(response, private=True, max_age=KEPT, immutable=True)
    return response


def _owner(request: StaffRequest) -> Agency:
    """The agency in whose name the user drafts: the first of their posts that may."""
    return next(post.agency for post in posts(request.user) if post.role in ("administrator", "coordinator"))
