"""What a reorganisation would bring about: it is done, looked at, and taken back, so that nothing else than this can be saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, Sum

from hopluc.core.ruling import Verdict
from hopluc.registry.fact_kinds import by_number, number_of
from hopluc.registry.known import findings_of
from hopluc.registry.models import Membership, Organisation
from hopluc.registry.story import EventLine, FindingLine, event_lines, finding_lines

NAMED = 12  # members of a part
DECLARED = [number_of("official_members"), number_of("associate_members")]
CAPITAL, LAND = number_of("charter_capital"), number_of("land")
FUNDS = [kind.no for kind in by_number().values() if kind.type == "money" and kind.key != "charter_capital"]


@dataclass(frozen=True, slots=True)
class Holds:
    """What an organisation has on a day. Money is in đồng, land in hectares; of members those in the register, else those declared."""

    members: int = 0
    contributions: Decimal = Decimal(0)
    capital: Decimal = Decimal(0)
    funds: Decimal = Decimal(0)
    land: Decimal = Decimal(0)

    def __add__(self, other: Holds) -> Holds:
        return Holds(
            self.members + other.members,
            self.contributions + other.contributions,
            self.capital + other.capital,
            self.funds + other.funds,
            self.land + other.land,
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One organisation before and after; `becomes`: ends, begins or goes on."""

    name: str
    becomes: str
    before: Holds | None
    after: Holds | None
    joining: tuple[str, ...]  # members who come to it, the first of them
    joined: int
    unmet: tuple[FindingLine, ...]  # what the law asks of it and is not met


@dataclass(frozen=True, slots=True)
class Outcome:
    lines: tuple[Line, ...]
    before: Holds
    after: Holds
    shared: int  # persons who were members of several, and are one member now
    event: EventLine

    @property
    def kept(self) -> bool:
        """Whether together there is as much after as before."""
        return (self.before.capital, self.before.funds, self.before.land, self.before.contributions) == (
            self.after.capital, self.after.funds, self.after.land, self.after.contributions,
        )  # fmt: skip


def outcome_of(sources: Sequence[Organisation], act: Callable[[], Sequence[Organisation]], *, day: date) -> Outcome:
    """`sources` are all that take part; `act` gives those who go on or begin. Raises what the act raises."""
    with transaction.atomic():
        before = {one.pk: holds(one, day) for one in sources}
        shared = _shared(before, day)
        heirs = list(act())
        found = _looked(sources, heirs, before, day)
        outcome = Outcome(
            tuple(found),
            sum(before.values(), Holds()),
            sum((line.after for line in found if line.after), Holds()),
            shared,
            _event(sources[0]),
        )
        transaction.set_rollback(True)
    return outcome


def _looked(
    sources: Sequence[Organisation], heirs: Sequence[Organisation], before: dict[int, Holds], day: date
) -> list[Line]:
    known = {one.pk: one for one in Organisation.objects.filter(pk__in=before).select_related("party")}
    new = [heir for heir in heirs if heir.pk not in known]
    return [_line(known[one.pk], before[one.pk], day) for one in sources] + [_line(one, None, day) for one in new]


def _line(one: Organisation, before: Holds | None, day: date) -> Line:
    if one.ended_on:
        return Line(one.name, "ends", before, None, (), 0, ())
    joining = one.memberships.filter(validity__startswith=day)
    names = tuple(joining.order_by("number").values_list("party__name", flat=True)[:NAMED])
    unmet = [each for each in findings_of(one, on=day) if each.ruling.verdict is Verdict.UNMET]
    return Line(
        one.name,
        "goes on" if before else "begins",
        before,
        holds(one, day),
        names,
        joining.count(),
        tuple(finding_lines(unmet)),
    )


def holds(one: Organisation, day: date) -> Holds:
    register = one.memberships.filter(validity__contains=day).aggregate(n=Count("pk"), paid=Sum("contribution"))
    facts = one.facts.filter(validity__contains=day, amount__isnull=False).values_list("what", "amount")
    sums: dict[int, Decimal] = {}
    for what, amount in facts:
        sums[what] = sums.get(what, Decimal(0)) + (amount or 0)
    return Holds(
        register["n"] or int(sum(sums.get(what, Decimal(0)) for what in DECLARED)),
        register["paid"] or Decimal(0),
        sums.get(CAPITAL, Decimal(0)),
        sum((sums.get(what, Decimal(0)) for what in FUNDS), Decimal(0)),
        sums.get(LAND, Decimal(0)),
    )


def _shared(ids: Iterable[int], day: date) -> int:
    """How many rows there are of persons beyond their first, in the registers together."""
    rows = Membership.objects.filter(organisation__in=list(ids), validity__contains=day)
    counted = rows.aggregate(rows=Count("pk"), parties=Count("party", distinct=True))
    return int(counted["rows"] - counted["parties"])


def _event(one: Organisation) -> EventLine:
    """The one that was entered last."""
    return max(event_lines(one, one.events.all()), key=lambda line: line.event.pk)
