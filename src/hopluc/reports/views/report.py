"""The report that is compiled from a round: its text beside what agencies wrote, its figures with all that is said of them, its gate."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import agencies, needs
from hopluc.core.notices import done
from hopluc.reports.compiled import Compiled, report_compiled
from hopluc.reports.compiling.figures import Cell
from hopluc.reports.compiling.gate import Clash, Kind
from hopluc.reports.letters import Letter, letter_of
from hopluc.reports.models import Campaign, Report, Snapshot
from hopluc.reports.offers import offered
from hopluc.reports.places import Links
from hopluc.reports.presenting import CellLine, cell_lines, tables_of
from hopluc.reports.selectors import campaigns_visible, compiles
from hopluc.reports.services import Ready, report_begin, report_ready
from hopluc.reports.snapshots import thawed

SEE, COMPILE = "see reports", "compile reports"
FIRST = 5  # contributions to a part that its page shows at once, as its template says


@dataclass(frozen=True)
class Page:
    """A report that is looked at: every view of it compiles once."""

    request: StaffRequest
    campaign: Campaign
    report: Report

    @cached_property
    def compiled(self) -> Compiled:
        """As it stands; once it is signed, as it was then."""
        if self.report.state == Report.State.SIGNED and self.snapshot:
            return thawed(self.snapshot.data, self.report)
        return report_compiled(self.report, viewer=self.request.user, today=localdate())

    @cached_property
    def snapshot(self) -> Snapshot | None:
        """The edition that was signed last."""
        return self.report.snapshots.select_related("signed_by", "file").first() if self.editions else None

    @cached_property
    def editions(self) -> list[Snapshot]:
        """All that were signed, without what they hold."""
        return list(self.report.snapshots.select_related("signed_by", "file").defer("data"))

    @cached_property
    def ready(self) -> Ready:
        """What would be signed now."""
        compiled = self.compiled if get_language() == "vi" else None  # what is signed is in Vietnamese
        return report_ready(report=self.report, viewer=self.request.user, today=localdate(), compiled=compiled)

    @property
    def letter(self) -> Letter:
        """What stands around the text; once it is signed, as it was then."""
        if self.report.state == Report.State.SIGNED and self.snapshot:
            return Letter.read(self.snapshot.data["letter"])
        return letter_of(self.report)

    @cached_property
    def writes(self) -> bool:
        """Whether whoever looks may change it now."""
        return self.report.state == Report.State.DRAFT and compiles(self.campaign, self.request.user)

    def tabs(self, current: str) -> list[dict[str, object]]:
        counts = {"gate": len(self.compiled.stopping)}
        named = (
            ("text", _("Narrative")),
            ("figures", _("Figures")),
            *([("charts", _("Charts"))] if self.compiled.shape.schema.charts else []),
            ("gate", _("Consistency")),
            ("paper", _("Document")),
        )
        return [
            {
                "label": words,
                "url": reverse(f"reports:{name}", args=[self.campaign.pk]),
                "active": name == current,
                "count": counts.get(name),
            }
            for name, words in named
        ]

    def drawn(self, current: str, *, status: int = 200, **about: object) -> HttpResponse:
        common = {
            "campaign": self.campaign,
            "report": self.report,
            "compiled": self.compiled,
            "writes": self.writes,
            "tabs": self.tabs(current),
        }
        return render(self.request, f"reports/{current}.html", {**common, **about}, status=status)


def opened(request: StaffRequest, pk: int, *, writing: bool = False, right: str = "") -> Page:
    """The report of a round: a draft for the office that compiles it, signed for whoever sees the round. Raises Http404."""
    campaigns = campaigns_visible(request.user).select_related(
        "unit", "owner__province", "owner__body", "owner__unit", "owner__parent", "plan", "version__form", "report"
    )
    campaign = get_object_or_404(campaigns, pk=pk)
    report: Report | None = getattr(campaign, "report", None)
    acting = right or (COMPILE if writing else "")
    office = campaign.owner_id in agencies(request.user, acting or SEE)
    if report is None or not (office or (report.state == Report.State.SIGNED and not acting)):
        raise Http404
    report.campaign = campaign
    return Page(request, campaign, report)


@require_POST
@needs(COMPILE)
def begin(request: StaffRequest, pk: int) -> HttpResponse:
    """Begin to compile, or go on."""
    campaign = get_object_or_404(campaigns_visible(request.user).select_related("owner__province"), pk=pk)
    if not compiles(campaign, request.user):
        raise Http404
    report_begin(campaign=campaign, by=request.user)
    return redirect("reports:text", pk)


@require_GET
@needs(SEE)
def text(request: StaffRequest, pk: int) -> HttpResponse:
    """What the report says, part by part, beside what agencies wrote."""
    page = opened(request, pk)
    return text_page(page)


def text_page(page: Page, *, status: int = 200, **about: object) -> HttpResponse:
    offers = offered(page.compiled) if page.writes else {}
    parts = [(part, offers.get(part.field.key, ())) for part in page.compiled.parts]
    return page.drawn("text", status=status, parts=parts, **about)


@require_GET
@needs(SEE)
def contributions(request: StaffRequest, pk: int, key: str) -> HttpResponse:
    """What agencies wrote for a part: to htmx those that its page leaves out at first, else all on a page of their own."""
    page = opened(request, pk)
    part = next((each for each in page.compiled.parts if each.field.key == key), None)
    if part is None:
        raise Http404
    if not request.headers.get("HX-Request"):
        return page.drawn("contributions", part=part)
    rest = {"listed": part.contributions[FIRST:], "part": part, "campaign": page.campaign, "writes": page.writes}
    return render(request, "reports/_contributions.html", rest)


@require_GET
@needs(SEE)
def figures(request: StaffRequest, pk: int) -> HttpResponse:
    page = opened(request, pk)
    return page.drawn("figures", tables=tables_of(page.compiled))


@require_GET
@needs(SEE)
def cell(request: StaffRequest, pk: int, path: str) -> HttpResponse:
    """One figure: what is said of it, by whom, and which counts."""
    return cell_page(opened(request, pk), path)


def cell_page(page: Page, path: str, *, status: int = 200, **about: object) -> HttpResponse:
    found = page.compiled.figures.cells.get(path)
    if found is None:
        raise Http404
    lines: list[CellLine] = cell_lines(page.compiled, found, page.request.user)
    return page.drawn("cell", status=status, cell=found, lines=lines, clashes=_about(page.compiled, found), **about)


def _about(compiled: Compiled, cell: Cell) -> list[Clash]:
    path = cell.slot.path
    return [clash for clash in compiled.open if any(each.kind == "cell" and each.key == path for each in clash.places)]


@require_GET
@needs(SEE)
def gate(request: StaffRequest, pk: int) -> HttpResponse:
    """Where two places disagree, with a link to each."""
    return gate_page(opened(request, pk))


def gate_page(page: Page, *, status: int = 200, **about: object) -> HttpResponse:
    compiled = page.compiled
    every = [*compiled.open, *(clash for clash, _reason in compiled.explained)]
    linked = Links(page.campaign, every, viewer=page.request.user).of
    found = sorted(compiled.open, key=lambda clash: not clash.stops)
    return page.drawn(
        "gate",
        status=status,
        clashes=[(clash, linked(clash)) for clash in found if not _silent(clash)],
        silent=[linked(clash)[0] for clash in found if _silent(clash)],
        explained=[(clash, linked(clash), reason) for clash, reason in compiled.explained],
        **about,
    )


def _silent(clash: Clash) -> bool:
    """Of an agency that has not reported."""
    return clash.kind == Kind.GAP and clash.places[0].kind == "filing"


def acted(request: StaffRequest, said: str, address: str) -> HttpResponse:
    """What was done, and where to go on."""
    done(request, said)
    return redirect(address)
