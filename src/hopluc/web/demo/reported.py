"""Two rounds of yearly reports in one province, made up from a seed: last year's, approved and closed, and this year's, under way."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from psycopg.types.json import Jsonb

from hopluc.accounts.models import Post, Role, User
from hopluc.accounts.services import people_add
from hopluc.core.bulk import rows_copy
from hopluc.core.history import acting
from hopluc.forms.filing import faults_of, seal, write
from hopluc.forms.loading import forms_load
from hopluc.forms.models import Decision, Filing
from hopluc.forms.schema.definition import REASON
from hopluc.forms.selectors import fillers
from hopluc.forms.services import version_in_force
from hopluc.plans.models import Duty, Plan
from hopluc.reports.known import Asking, known_before
from hopluc.reports.models import Campaign
from hopluc.reports.opening import FORMS, called_of, groups_known, levels_of, period_named, title_of, working_day
from hopluc.reports.services import Round, call_extend, campaign_open
from hopluc.units.models import Agency
from hopluc.units.services import agency_ensure
from hopluc.web.demo.lived import answers
from hopluc.web.demo.people import HERE

SEED, DAY = 2026, timedelta(days=1)
ASKED_LAST = 30  # communes that were asked last year
HANDED_IN, BEGUN = 0.6, 0.8  # of those asked this year: the share that handed in, and with it those that have begun
SINCE = 8  # days since this year's reports were due, where that is not to come by itself
COMMUNE = "ubnd-xa"
GROWTH = Decimal("1.04")
Json = Any


@dataclass(frozen=True, slots=True)
class Office:
    """Who fills in and who signs for an agency."""

    officer: int
    head: int


@transaction.atomic
def rounds_live(by: User, *, today: date | None = None) -> int:
    """Open both rounds as if they had been; gives how many filings there are. Reports are of the year of `today` and the one before."""
    day = today or localdate()
    dice = random.Random(SEED)  # noqa: S311  the same again each time
    owner = agency_ensure(key="so-tc", province=HERE)
    alliance = agency_ensure(key="lmhtx-tinh", province=HERE)
    called = called_of(groups_known(owner, (), on=day), [alliance])
    communes = [agency for agency in called if agency.body.key == COMMUNE]
    before = [agency for agency in called if agency not in communes[ASKED_LAST:]]
    with acting(None, act="demonstration"):
        forms_load()
        rounds = Rounds(dice, by, _staffed(called, day, dice))
        rounds.duty = _duty(owner)
        last = rounds.opened(
            owner, before, day.year - 1, due=date(day.year - 1, 12, 15), today=date(day.year - 1, 12, 10)
        )
        rounds.fill(last, states=["approved"] * len(before))
        Campaign.objects.filter(pk=last.pk).update(closed_on=date(day.year - 1, 12, 31))
        due = max(date(day.year, 1, 1), min(date(day.year, 12, 15), day - SINCE * DAY))
        now = rounds.opened(owner, called, day.year, due=due, today=day)
        rounds.fill(now, states=[_state(dice) for _agency in called])
        _extended(now, by, day)
    return len(before) + len(called)


def _duty(owner: Agency) -> Duty | None:
    """The duty to report of a plan of the province, in force, that asks the communes and the alliance each year."""
    assert owner.province
    plans = Plan.objects.filter(unit__name=owner.province.name, state=Plan.State.ISSUED)  # of before it was merged, too
    duties = Duty.objects.filter(plan__in=plans, value__frequency="annual", value__due__isnull=False)
    return duties.select_related("plan").order_by("plan", "position").first()


def _state(dice: random.Random) -> str:
    """Where the report of an agency is, on its way."""
    turn = dice.random()
    if turn < HANDED_IN:
        return dice.choices(["approved", "waiting", "returned"], [12, 6, 1])[0]
    return "draft" if turn < BEGUN else ""


def _extended(campaign: Campaign, by: User, today: date) -> None:
    """One of those that are late was given more time."""
    call = campaign.calls.filter(filing__state=Filing.State.DRAFT, filing__revision=0).first()
    if call:
        call_extend(call=call, until=max(today, campaign.due_on) + 5 * DAY, reason=words()["extended"], by=by)


def _staffed(agencies: Collection[Agency], today: date, dice: random.Random) -> dict[int, Office]:
    """An officer and a head at each; whoever is there already, else somebody who cannot sign in."""
    ids = {agency.pk for agency in agencies}
    names = answers()
    held = Post.objects.held(on=today).filter(agency__in=ids, role=Role.HEAD)
    heads = dict(held.values_list("agency", "user"))
    officers = {agency: users[0] for agency, users in fillers(ids, today).items()}
    people: list[tuple[str, str, Agency, Role]] = []
    for agency in sorted(agencies, key=lambda each: each.key):
        for known, role, what in ((officers, Role.OFFICER, "bc"), (heads, Role.HEAD, "tt")):
            if agency.pk not in known:
                name = " ".join(dice.choice(names[part]) for part in ("family", "middle", "given"))
                people.append((f"minh-hoa-{what}-{agency.pk}", name, agency, role))
    made = people_add(people)
    for user, (_username, _name, agency, role) in zip(made, people, strict=True):
        (officers if role == Role.OFFICER else heads)[agency.pk] = user.pk
    return {pk: Office(officers[pk], heads[pk]) for pk in ids}


class Rounds:
    """Rounds whose reports are filled in by the dice."""

    def __init__(self, dice: random.Random, by: User, offices: dict[int, Office]) -> None:
        self.dice, self.by, self.offices = dice, by, offices
        self.duty: Duty | None = None  # that asks for these reports

    def opened(self, owner: Agency, called: Sequence[Agency], year: int, *, due: date, today: date) -> Campaign:
        period = period_named(year, "year")
        version = version_in_force(FORMS["annual"], on=period.ends_on)
        asking = Asking(version, period, tuple(called), owner, self.by, today)
        title = f"{title_of(version.form, period)} {words()['mark']}"
        plan = self.duty.plan if self.duty else None
        asked = Round(version, title, period, working_day(due), owner.unit, plan, self.duty)
        known = known_before(asking)
        return campaign_open(owner=owner, asked=asked, called=called, by=self.by, before=known, levels=levels_of(owner))

    def fill(self, campaign: Campaign, *, states: Sequence[str]) -> None:
        """Each report as far as its state says, with who handed it in, signed and approved it; in bulk."""
        found = Filing.objects.filter(call__campaign=campaign).select_related("version", "agency__body")
        filings = list(found.order_by("agency__key"))
        decisions: list[tuple[Json, ...]] = []
        for filing, state in zip(filings, states, strict=True):
            if state:
                self._fill(filing, state)
                decisions += self._decided(filing, state, campaign.due_on)
        Filing.objects.bulk_update(filings, ["values", "marks", "revision", "state", "level"])
        columns = ("filing_id", "verb", "level", "by_id", "at", "reason", "revision", "sha256", "sections")
        rows_copy(Decision, columns, decisions)

    def _fill(self, filing: Filing, state: str) -> None:
        officer = self.offices[filing.agency_id].officer
        filing.revision = 1
        at = self._at(filing.due_on or localdate(), -self.dice.randint(2, 20))
        for path, value in self._values(filing, whole=state != "draft").items():
            if filing.values.get(path) != value:
                write(filing, path, value, by=officer, at=at)
        for fault in faults_of(filing):
            if fault.kind == "jump":
                write(filing, fault.path + REASON, words()["jumped"], by=officer, at=at)
        filing.state = Filing.State(state)
        filing.level = {"approved": len(filing.levels) - 1, "waiting": self.dice.randint(0, 1)}.get(state, 0)

    def _values(self, filing: Filing, *, whole: bool) -> dict[str, Json]:
        kind = filing.agency.body.key
        figures = {} if kind not in (COMMUNE, "lmhtx-tinh") else self._figures(filing)
        for row, (least, most) in words()["figures"].get(kind, {}).items():
            figures |= _years(row, Decimal(self.dice.randint(least, most)))
        said = words()["commune" if kind in (COMMUNE, "lmhtx-tinh") else "department"]
        about: dict[str, object] = {
            key: _whole({**filing.values, **figures}.get(f"main.{key}.estimate", "0")) for key in ("h01", "h02", "h11")
        }
        about |= {"n": self.dice.randint(3, 14), "k": self.dice.randint(1, 4)}
        texts = {part: self.dice.choice(sentences).format(**about) for part, sentences in said.items()}
        return {**figures, **(texts if whole else {"development": texts["development"]})}

    def _figures(self, filing: Filing) -> dict[str, Json]:
        """What the registry does not count, made up around what it does."""
        known = filing.values
        found: dict[str, Decimal] = {}

        def of(row: str, column: str) -> Decimal:
            return found.get(f"main.{row}.{column}", Decimal(known.get(f"main.{row}.{column}", 0)))

        for column in ("actual", "estimate"):
            found[f"main.h03.{column}"] = of("h01", column) - of("h02", column)
        for row in ("h01", "h02", "h09", "h15"):
            estimate = of(row, "estimate")
            found |= {f"main.{row}.half": estimate, f"main.{row}.next": Decimal(round(estimate * GROWTH) + 1)}
            found.setdefault(f"main.{row}.plan", of(row, "plan") or Decimal(round(of(row, "actual") * GROWTH) + 1))
        new = max(of("h15", "estimate") - of("h15", "actual"), Decimal(0)) + self.dice.randint(0, 3)
        found["main.h16_1.estimate"] = new
        found["main.h16_2.estimate"] = of("h15", "actual") + new - of("h15", "estimate")
        if of("h02", "estimate"):
            found |= self._economy(of("h11", "actual"), of("h02", "estimate"), of("h01", "estimate"))
        return {path: str(round(value)) for path, value in found.items()}

    def _economy(self, before: Decimal, working: Decimal, cooperatives: Decimal) -> dict[str, Decimal]:
        """Revenue, income and managers: a few percent more than last year's, where that is known."""
        last = before or Decimal(self.dice.randint(1_700, 4_900))
        managers = cooperatives * 4
        trained = {"h20": managers, "h21": managers * Decimal("0.5"), "h22": managers * Decimal("0.25")}
        found = {f"main.{row}.estimate": value for row, value in trained.items()}
        return found | {
            "main.h11.actual": last,
            "main.h11.plan": last * GROWTH,
            "main.h11.estimate": last * Decimal(self.dice.randint(98, 109)) / 100,
            "main.h11.next": last * GROWTH * GROWTH,
            "main.h11_1.estimate": last * GROWTH * working,
            "main.h13.estimate": last * Decimal("0.09"),
            "main.h14.estimate": Decimal(self.dice.randint(48, 74)),
        }

    def _decided(self, filing: Filing, state: str, due: date) -> Iterable[tuple[Json, ...]]:
        """Handed in some days before or after it was due, then signed and approved as far as it is."""
        if state == "draft":
            return
        office, sha, days = self.offices[filing.agency_id], seal(filing), self.dice.randint(-12, 3)
        steps: list[tuple[str, int | None, int, str]] = [("submit", None, office.officer, "")]
        if state == "approved" or filing.level:
            steps.append(("approve", 0, office.head, ""))
        if state == "approved":
            steps.append(("approve", 1, self.by.pk, ""))
        if state == "returned":
            steps.append(("return", 0, office.head, words()["returned"]))
        for turn, (verb, level, user, reason) in enumerate(steps):
            at = self._at(due, days + 2 * turn)
            yield filing.pk, verb, level, user, at, reason, filing.revision, sha[0], Jsonb(sha[1])

    def _at(self, day: date, after: int) -> datetime:
        """Within the hours of an office, never ahead."""
        hour = time(self.dice.randint(8, 16), self.dice.randint(0, 59))
        zone = ZoneInfo(settings.TIME_ZONE)
        return min(datetime.combine(day + after * DAY, hour, tzinfo=zone), datetime.now(tz=zone))


def _years(row: str, now: Decimal) -> dict[str, str]:
    """A line of the form around what is expected of the year."""
    values = {"actual": now / GROWTH, "plan": now * GROWTH, "estimate": now, "next": now * GROWTH * GROWTH}
    return {f"{row}.{column}": str(round(value)) for column, value in values.items()}


def _whole(text: str) -> str:
    return f"{round(Decimal(text)):,}".replace(",", ".")


@cache
def words() -> Json:
    return tomllib.loads((files(__package__) / "reported.toml").read_text(encoding="utf-8"))
