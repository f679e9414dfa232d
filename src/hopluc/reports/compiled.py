"""A report as it stands now: everything that its page, its gate, its Word file and its signature show, worked out from what is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import get_language

from hopluc.accounts.models import User
from hopluc.forms.models import Filing
from hopluc.forms.schema.definition import Field
from hopluc.indicators.models import Definition, Indicator
from hopluc.plans.working.overview import counts_of_plan
from hopluc.plans.working.states import Clock
from hopluc.reports.charts.mapped import Maps, spotted
from hopluc.reports.compiling.figures import Choice, Figures, Known, Return, Trait, figures
from hopluc.reports.compiling.gate import Clash, Matter, Told, clashes
from hopluc.reports.compiling.gathering import Contribution, gathered
from hopluc.reports.compiling.sentences import Resolved, resolved
from hopluc.reports.compiling.shape import Shape
from hopluc.reports.earlier import earlier_of
from hopluc.reports.known import Asking, known_before
from hopluc.reports.models import Campaign, Passage, Report
from hopluc.units.figures import territory
from hopluc.units.land import land_of
from hopluc.units.lineage import Tier
from hopluc.units.models import Unit
from hopluc.units.spreading import Spread
from hopluc.units.territory import Territory

Json = Any
DAY = timedelta(days=1)
HANDED_IN = (Filing.State.WAITING, Filing.State.APPROVED, Filing.State.REOPENED)
WORK = "work:"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A passage as it reads now."""

    passage: Passage
    said: Resolved

    @property
    def computed(self) -> bool:
        return self.passage.kind == Passage.Kind.COMPUTED


@dataclass(frozen=True, slots=True)
class Part:
    """A narrative part: what stands in it, and what agencies wrote for it."""

    field: Field
    paragraphs: tuple[Paragraph, ...]
    contributions: tuple[Contribution, ...]

    @property
    def text(self) -> str:
        return "\n".join(each.said.text for each in self.paragraphs)


@dataclass(frozen=True)
class Compiled:
    """The report; `open` are clashes that nobody explained, `explained` those that stay, with the reason."""

    report: Report
    campaign: Campaign
    shape: Shape
    figures: Figures
    returns: tuple[Return, ...]
    parts: tuple[Part, ...]
    open: tuple[Clash, ...]
    explained: tuple[tuple[Clash, str], ...]
    tasks: Mapping[str, int]  # what the plan counted: `work:all`
    maps: Maps

    @property
    def stopping(self) -> tuple[Clash, ...]:
        """What stands against the signature."""
        return tuple(clash for clash in self.open if clash.stops)


def report_compiled(report: Report, *, viewer: User, today: date) -> Compiled:
    """Compile it anew from what was handed in, the database, the plan and what its compilers wrote and chose."""
    campaign = report.campaign
    given = _given(report, viewer, today)
    read = _gathered(_Job(given.digest, given.gather))
    parts = _parts(report, given.shape, read)
    found = clashes(
        Matter(
            figures=read.figures,
            traits=given.traits,
            texts=_texts(parts),
            earlier=earlier_of(campaign, given.traits),
            tasks=given.tasks,
            plan=campaign.plan.name if campaign.plan else "",
            missing=[(str(each.pk), each.agency.name) for each in given.filings if each.state not in HANDED_IN],
            changed=_redefined(campaign, given.shape),
        )
    )
    reasons = dict(report.waivers.values_list("clash", "reason"))
    return Compiled(
        report,
        campaign,
        given.shape,
        read.figures,
        read.returns,
        parts,
        tuple(clash for clash in found if clash.fingerprint not in reasons),
        tuple((clash, reasons[clash.fingerprint]) for clash in found if clash.fingerprint in reasons),
        given.tasks,
        _maps(given, read.returns, today),
    )


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the returns make together: nothing of it depends on what compilers write."""

    returns: tuple[Return, ...]
    figures: Figures
    texts: Mapping[str, list[Contribution]]


@dataclass(frozen=True, slots=True)
class _Given:
    """All that this is made from; of the filings not yet their values."""

    campaign: Campaign
    shape: Shape
    filings: Sequence[Filing]
    land: Territory
    traits: Mapping[str, Trait]
    choices: Mapping[str, Choice]
    known: Mapping[str, Known]
    silent: Sequence[str]
    communes: Sequence[Unit]
    spread: tuple[Spread, str] | None
    tasks: Mapping[str, int]

    @property
    def digest(self) -> str:
        """Of everything: a row of a filing by where its newest state lies and which transaction wrote it, other things whole."""
        rows = [
            (each.pk, each.__dict__["stamp"], each.state, each.agency.name, each.agency.unit_id, _day_of(each))
            for each in self.filings
        ]
        about = (self.campaign.pk, self.campaign.version_id, self.campaign.unit_id, id(self.land), get_language())
        spread = (self.spread[0].on, self.spread[0].tier, self.spread[1]) if self.spread else None
        whole = (*about, spread, rows, self.traits, self.choices, self.known, self.silent)
        return sha256(repr(whole).encode()).hexdigest()

    def gather(self) -> Gathered:
        campaign = self.campaign
        values = dict(filings_of(campaign).values_list("pk", "values"))
        handed = tuple(
            _return(each, values[each.pk], campaign, self.land) for each in self.filings if each.state in HANDED_IN
        )
        table = figures(
            self.shape,
            handed,
            traits=self.traits,
            known=self.known,
            choices=self.choices,
            territory=self.spread,
            silent=self.silent,
        )
        return Gathered(handed, table, gathered(self.shape.texts, handed))


@dataclass(frozen=True, slots=True)
class _Job:
    digest: str
    make: Callable[[], Gathered] = field(compare=False)


@lru_cache(maxsize=4)  # of a province some five megabytes each
def _gathered(job: _Job) -> Gathered:
    """Once for a digest. What it was made from stays with it, so that an `id` in the digest is nobody else's."""
    return job.make()


def _stamp() -> RawSQL:
    """Of a row of a filing: another one after each change."""
    return RawSQL("forms_filing.ctid::text || ' ' || forms_filing.xmin::text || ' ' || forms_filing.cmin::text", ())


def _given(report: Report, viewer: User, today: date) -> _Given:
    campaign = report.campaign
    shape = Shape(campaign.version.read, campaign.year)
    filings = list(filings_of(campaign).defer("values", "marks", "last", "levels").annotate(stamp=_stamp()))
    land, clock = territory(), Clock.of(today) if campaign.plan else None
    tasks, communes = _tasks(campaign, clock), _communes(campaign, today)
    return _Given(
        campaign,
        shape,
        filings,
        land,
        traits_of(shape),
        _choices(report),
        _known(campaign, viewer, today) | _counted(shape, tasks, campaign),
        _silent(campaign, filings, communes),
        communes,
        _spread(campaign, land, today),
        tasks,
    )


def filings_of(campaign: Campaign) -> QuerySet[Filing]:
    """Of all that were asked, those of the whole before those of its units."""
    rows = (
        Filing.objects.filter(call__campaign=campaign).select_related("agency__unit").defer("marks", "last", "levels")
    )
    return rows.order_by("agency__unit__tier", "agency__sort_key", "pk")


def _return(filing: Filing, values: Json, campaign: Campaign, land: Territory) -> Return:
    unit = filing.agency.unit
    local = unit is not None and unit.pk not in (campaign.unit_id, filing.agency.province_id)
    place = land.at(unit.key, _day_of(filing)) if local and unit else None
    return Return(
        filing.pk,
        filing.agency_id,
        filing.agency.name,
        values,
        place,
        _day_of(filing) if place else None,
        filing.state == Filing.State.APPROVED,
        filing.revision,
    )


def _communes(campaign: Campaign, today: date) -> list[Unit]:
    """The parts of a province: those at the end of the period and those of today."""
    if campaign.unit is None or campaign.unit.tier != Tier.PROVINCE:
        return []
    days = Q(validity__contains=campaign.ends_on) | Q(validity__contains=today)
    parts = Unit.objects.filter(days, parent=campaign.unit_id, tier=Tier.COMMUNE)
    return list(parts.defer("words").order_by("sort_key"))


def _silent(campaign: Campaign, filings: Sequence[Filing], communes: Sequence[Unit]) -> list[str]:
    """The parts of the territory that have handed in nothing, whether they were asked or not."""
    heard = {each.agency.unit_id for each in filings if each.state in HANDED_IN}
    return [each.full_name for each in communes if each.pk not in heard and campaign.ends_on in each.validity]


def _day_of(filing: Filing) -> date:
    """The last day of the period on which its unit was there."""
    end: date | None = filing.agency.unit.validity.upper if filing.agency.unit else None
    return min(filing.ends_on, end - DAY) if end else filing.ends_on


def _spread(campaign: Campaign, land: Territory, today: date) -> tuple[Spread, str] | None:
    unit = campaign.unit
    if unit is None:
        return None
    end = unit.validity.upper
    return Spread(land, on=end - DAY if end and end <= today else today, tier=Tier(unit.tier)), unit.key


def traits_of(shape: Shape) -> dict[str, Trait]:
    """The indicators of a form, the parts of their ratios among them, and the counts of tasks."""
    rows = Indicator.objects.select_related("numerator", "denominator").defer("words").filter(province=None)
    found = {each.code: _trait(each) for each in rows if each.code in shape.codes}
    return found | {code: Trait(code, "", "nhiệm vụ") for code in shape.codes if code.startswith(WORK)}


def _trait(one: Indicator) -> Trait:
    parts = [each.code if each else "" for each in (one.numerator, one.denominator)]
    return Trait(
        one.code, one.name, one.measure, tuple(one.aliases.splitlines()), one.additive, parts[0], parts[1], one.scale
    )


def _maps(given: _Given, handed: Sequence[Return], today: date) -> Maps:
    """Where the form asks for a map, and the report is of a province of today."""
    charts = [chart for chart in given.shape.schema.charts if chart.kind == "map"]
    unit = given.campaign.unit
    if not charts or unit is None or unit.tier != Tier.PROVINCE or unit.validity.upper is not None:
        return Maps()
    outlines = land_of(unit.code)
    if outlines is None:
        return Maps()
    communes = {each.key: each.full_name for each in given.communes if today in each.validity}
    return Maps(outlines, spotted(charts, handed, communes, territory=given.land, on=today))


def _choices(report: Report) -> dict[str, Choice]:
    rows = report.picks.values_list("path", "origin", "reason", "typed")
    return {path: Choice(origin, reason, typed) for path, origin, reason, typed in rows}


def _known(campaign: Campaign, viewer: User, today: date) -> dict[str, Known]:
    """What the database works out for the territory of the report."""
    asking = Asking(
        version=campaign.version,
        period=campaign.span,
        agencies=(campaign.owner,),
        owner=campaign.owner,
        viewer=viewer,
        today=today,
        plan=campaign.plan,
    )
    found = known_before(asking).get(campaign.owner_id)
    cells = found.known if found else {}
    return {path: Known(Fraction(str(each.value)), each.source) for path, each in cells.items()}


def _tasks(campaign: Campaign, clock: Clock | None) -> dict[str, int]:
    """What the plan itself counts, of the tasks that are due in the period."""
    if campaign.plan is None or clock is None:
        return {}
    counted = counts_of_plan(campaign.plan, first=campaign.starts_on, last=campaign.ends_on, clock=clock)
    return {f"{WORK}{measure.value}": count for measure, count in counted.items()}


def _counted(shape: Shape, tasks: Mapping[str, int], campaign: Campaign) -> dict[str, Known]:
    """The counts of tasks as the plan has them: agencies tell of their own alone."""
    source = campaign.plan.name if campaign.plan else ""
    slots = shape.slots.values()
    return {slot.path: Known(Fraction(tasks[slot.about]), source) for slot in slots if slot.about in tasks}


def _redefined(campaign: Campaign, shape: Shape) -> dict[str, str]:
    """Indicators whose definition changed between the first day of the year before and the end of the period."""
    first = date(campaign.year - 1, 1, 2)
    rows = Definition.objects.filter(
        indicator__code__in=shape.codes, validity__startswith__gte=first, validity__startswith__lte=campaign.ends_on
    )
    return {code: f"{days.lower:%d/%m/%Y}" for code, days in rows.values_list("indicator__code", "validity")}


def _parts(report: Report, shape: Shape, read: Gathered) -> tuple[Part, ...]:
    written: Mapping[str, list[Passage]] = _by_part(report.passages.select_related("by"))
    return tuple(
        Part(
            asked,
            tuple(Paragraph(each, _said(each, read.figures)) for each in written.get(key, ())),
            tuple(read.texts[key]),
        )
        for key, asked in shape.texts.items()
    )


def _by_part(passages: Iterable[Passage]) -> Mapping[str, list[Passage]]:
    found: dict[str, list[Passage]] = defaultdict(list)
    for each in passages:
        found[each.part].append(each)
    return found


def _said(passage: Passage, table: Figures) -> Resolved:
    """What a person wrote stands as it is; what is computed is worked out."""
    return resolved(passage.text, table) if passage.kind == Passage.Kind.COMPUTED else Resolved(passage.text)


def _texts(parts: Sequence[Part]) -> list[Told]:
    """The texts that people wrote: what is computed agrees by its making."""
    return [
        Told(str(each.passage.pk), str(part.field.label), each.said.text)
        for part in parts
        for each in part.paragraphs
        if not each.computed
    ]
