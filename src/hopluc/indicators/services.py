"""Values of indicators, and targets of plans that become aims of indicators: every write carries who did it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from psycopg.types.range import DateRange

from hopluc.accounts.models import User
from hopluc.accounts.rights import realm
from hopluc.core.history import acting
from hopluc.indicators.errors import (
    AimTaken,
    AimUnclear,
    CorrectionUnexplained,
    JumpUnexplained,
    Negative,
    NotThen,
    NotYet,
    NotYourFigure,
    PartAboveWhole,
    PartsMissing,
    SourceMissing,
)
from hopluc.indicators.models import Aim, Definition, Indicator, Value
from hopluc.indicators.numbers import shown
from hopluc.indicators.paths import jump, ratio
from hopluc.indicators.periods import before, period_words
from hopluc.units.models import Unit

Json = dict[str, Any]
JUMP = Fraction(30, 100)  # a change beyond this share asks for a reason
MONEY = "đồng"  # profits may be losses
DIGITS = 6  # kept of a ratio


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says: a figure, or the two parts of a ratio; where it comes from, and why it is so."""

    source: str
    figure: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    reason: str = ""  # of a correction, or of a jump against the year before


def value_enter(
    *,
    indicator: Indicator,
    unit: Unit,
    period: DateRange,
    said: Said,
    by: User,
    release: bool = True,
    how: str = Value.How.ENTERED,
) -> Value:
    """Write a figure; where there is one, it stays on record and this one replaces it.

    Raises NotYourFigure, NotThen, NotYet, SourceMissing, PartsMissing, PartAboveWhole, Negative, CorrectionUnexplained,
    JumpUnexplained.
    """
    province = province_of(unit)
    _may(by, unit, province)
    with transaction.atomic(), acting(by.pk, act="indicator.value.entered", reason=said.reason):
        indicator = Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)  # one at a time
        value = Value(
            indicator=indicator,
            unit=unit,
            province=province,
            period=period,
            source=" ".join(said.source.split()),
            reason=" ".join(said.reason.split()),
            released=release,
            how=how,
            by=by,
        )
        _fill(value, said)
        _check(value)
        same = Value.objects.filter(indicator=indicator, unit=unit, period=period, released=release, current=True)
        same.update(current=False)
        value.save()
    return value


def value_release(*, value: Value, by: User) -> Value:
    """Let everyone of the province see a draft. Raises NotYourFigure."""
    _may(by, value.unit, value.province)
    with transaction.atomic(), acting(by.pk, act="indicator.value.released"):
        Indicator.objects.select_for_update(of=("self",)).get(pk=value.indicator_id)
        value = Value.objects.get(pk=value.pk)
        if value.current and not value.released:
            Value.objects.filter(
                indicator=value.indicator_id, unit=value.unit_id, period=value.period, released=True, current=True
            ).update(current=False)
            value.released = True
            value.save(update_fields=["released"])
    return value


def province_of(unit: Unit) -> Unit:
    """The province that a unit is, or lies in."""
    while unit.parent:
        unit = unit.parent
    return unit


def _may(by: User, unit: Unit, province: Unit) -> None:
    if province.pk not in realm(by, "enter figures").provinces:
        raise NotYourFigure(unit=unit)


def _fill(value: Value, said: Said) -> None:
    """The figure itself, of a ratio from its parts. Raises PartsMissing, PartAboveWhole."""
    indicator = value.indicator
    if not indicator.is_ratio:
        if said.figure is None:
            raise PartsMissing(indicator=indicator.name)
        value.figure = said.figure
        return
    part, whole = said.numerator, said.denominator
    if part is None or not whole:
        raise PartsMissing(indicator=indicator.name)
    if indicator.measure == "%" and part > whole:
        raise PartAboveWhole(part=shown(part), whole=shown(whole))
    value.numerator, value.denominator = part, whole
    value.figure = Decimal(round(ratio(part, whole, scale=indicator.scale) * 10**DIGITS)).scaleb(-DIGITS)


def _check(value: Value) -> None:
    """Raises NotThen, NotYet, SourceMissing, Negative, CorrectionUnexplained, JumpUnexplained."""
    period, unit = period_words(value.period), value.unit
    if not value.source:
        raise SourceMissing
    if value.period.lower > localdate():
        raise NotYet(period=period)
    if value.period.upper <= unit.validity.lower or (unit.validity.upper and unit.validity.upper <= value.period.lower):
        raise NotThen(unit=unit, period=period)
    parts = [part for part in (value.figure, value.numerator, value.denominator) if part is not None and part < 0]
    if parts and MONEY not in value.indicator.measure:
        raise Negative(figure=shown(parts[0]), indicator=value.indicator.name)
    value.replaces = _known(value, value.period)
    if value.reason:
        return
    if value.replaces:
        raise CorrectionUnexplained(before=shown(value.replaces.figure))
    _check_jump(value)


def _check_jump(value: Value) -> None:
    earlier = before(value.period)
    if not (last := _known(value, earlier)):
        return
    change = jump(value.figure, last.figure)
    if change is not None and abs(change) > JUMP:
        said = f"{'+' if change > 0 else ''}{shown(change * 100, 1)}%"
        raise JumpUnexplained(
            figure=shown(value.figure), change=said, before=shown(last.figure), period=period_words(earlier)
        )


def _known(value: Value, period: DateRange) -> Value | None:
    """What is said of the same thing in a period: the draft or, without one, what was released."""
    rows = Value.objects.filter(indicator=value.indicator, unit=value.unit, period=period, current=True)
    return rows.order_by("released").first()


@dataclass(frozen=True, slots=True)
class Source:
    """The target that an aim comes from: its kind and id above, the whole that it is part of, and its words."""

    kind: str
    id: int
    whole: int
    words: str
    year: int | None = None  # in which the plan was made: the way begins there, where the target says nothing else


def aim_confirm(
    *, source: Source, target: Json, unit: Unit | None, by: User, indicator: Indicator | None = None
) -> Aim:
    """Make a target that was read one of an indicator; without an indicator, one of the place's own is made for it.

    Whether somebody may speak for the plan, whoever calls has asked. Raises AimUnclear, AimTaken.
    """
    low, high = _level(target)
    if low is None:
        raise AimUnclear(words=source.words)
    with transaction.atomic(), acting(by.pk, act="indicator.aim.confirmed"):
        aim = Aim(
            indicator=indicator or _own(target, unit, source.words),
            unit=unit,
            op=Aim.Op.BETWEEN if high is not None else target.get("op") or Aim.Op.AT_LEAST,
            low=low,
            high=high,
            per_year=target.get("per") == "year",
            since=target.get("from") or source.year,
            by=target.get("by"),
            words=source.words,
            origin=source.kind,
            origin_id=source.id,
            whole_id=source.whole,
            confirmed_by=by,
        )
        try:
            with transaction.atomic():
                aim.save()
        except IntegrityError as error:
            raise AimTaken(words=source.words) from error
    return aim


def aims_remove(*, aims: Iterable[Aim], by: User) -> None:
    """Take confirmations back, with the indicators that were made for them and hold nothing else."""
    with transaction.atomic(), acting(by.pk, act="indicator.aim.removed"):
        for aim in aims:
            indicator = aim.indicator
            aim.delete()
            if indicator.province_id and not indicator.aims.exists() and not indicator.values.exists():
                indicator.delete()


def _level(target: Json) -> tuple[Decimal | None, Decimal | None]:
    """The level or levels of a target as vanban reads it: `khoảng 1.200-1.400` is two."""
    numbers = [None if target.get(edge) is None else Decimal(str(target[edge])) for edge in ("low", "high")]
    said = sorted(number for number in numbers if number is not None)
    if not said:
        return None, None
    return (said[0], said[1]) if len(said) > 1 and said[0] != said[1] else (said[0], None)


def _own(target: Json, unit: Unit | None, words: str) -> Indicator:
    """An indicator that only this place measures, as its plan words it."""
    name = str(target.get("indicator") or words)[:300]
    measure = str(target.get("unit") or "")[:60]
    province = province_of(unit) if unit else None
    made = Indicator.objects.create(
        code=_code(province),
        name=name[:1].upper() + name[1:],
        measure=measure,
        province=province,
        additive=measure != "%",
    )
    Definition.objects.create(
        indicator=made, validity=DateRange(None, None), text=made.name, source=words, status=Definition.Status.OWN
    )
    return made


def _code(province: Unit | None) -> str:
    """The next one of the province: `R19.3`."""
    prefix = f"R{province.code if province else ''}."
    if province:  # one after the other
        Unit.objects.select_for_update(of=("self",)).get(pk=province.pk)
    turns = Indicator.objects.filter(code__startswith=prefix).values_list("code", flat=True)
    used = [int(code.removeprefix(prefix)) for code in turns if code.removeprefix(prefix).isdecimal()]
    return f"{prefix}{max(used, default=0) + 1}"
