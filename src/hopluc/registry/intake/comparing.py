"""What each row of a list would change of the organisation that it is about, and what is wrong with that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from itertools import islice

from django.utils.formats import date_format

from hopluc.core.folding import fold
from hopluc.core.ruling import Condition, Join, Verdict, rule_of
from hopluc.registry.fact_kinds import fact_kinds
from hopluc.registry.intake.checking import CODE, REPRESENTATIVE, SEAT, Checked
from hopluc.registry.intake.columns import FIGURES, ListColumn
from hopluc.registry.intake.issues import Issue
from hopluc.registry.intake.places import street_of
from hopluc.registry.intake.snapshot import Details, Held, Said, Snapshot
from hopluc.registry.intake.values import Row, plain_number
from hopluc.registry.likeness import person_key
from hopluc.registry.limits import rules
from hopluc.registry.naming import name_key

CAPITAL = ("charter_capital", "contributed_members", "contributed_associates")
ROWS_NAMED = 10  # of those that say the same


class Comparison:
    """Fills in what each row changes and what is wrong with it, by itself: rows come in parts."""

    def __init__(self, known: Snapshot, details: Details, columns: Sequence[ListColumn], *, since: date) -> None:
        self._known, self._details, self._since = known, details, since
        self._limits = Limits(columns, since)

    def fill(self, found: Iterable[Checked]) -> None:
        for one in found:
            one.before = len(one.row.issues)
            if one.organisation is not None:
                _compare_known(one, self._known, self._details, self._since)
            elif not one.candidates:
                _compare_new(one, self._known, self._since)
            self._limits.check(one.row)
            if one.row.bad:
                one.state = "error"
            elif one.organisation is not None:
                one.state = "changed" if one.changes else "same"


def compare_with_each_other(found: Iterable[Checked]) -> list[Checked]:
    """No two rows of a list are about one organisation; gives those that are."""
    by_code: dict[str, list[Checked]] = defaultdict(list)
    by_organisation: dict[int, list[Checked]] = defaultdict(list)
    wrong: dict[int, Checked] = {}
    for one in found:
        if code := one.row.values.get("code"):
            by_code[code].append(one)
        if one.organisation is not None:
            by_organisation[one.organisation].append(one)
    for code, several in by_code.items():
        for one in several if len(several) > 1 else ():
            one.put("L211", "code", text=code, rows=_others(one, several))
            wrong[id(one)] = one
    for several in [*by_organisation.values(), *_twins(found)]:
        for one in several if len(several) > 1 else ():
            if "L211" not in {issue.code for issue in one.row.issues}:
                one.put("L212", "name", rows=_others(one, several))
                wrong[id(one)] = one
    return list(wrong.values())


def _twins(found: Iterable[Checked]) -> Iterator[list[Checked]]:
    """New ones of one name in one place; those whose codes, founding days or heads differ are not one."""
    near: dict[tuple[str, int, str], list[Checked]] = defaultdict(list)
    for one in found:
        values = one.row.values
        if one.organisation is None and not one.candidates and one.place and values.get("name"):
            near[values.get("kind", ""), one.place.here, values.get("founded", "")].append(one)
    alike: dict[tuple[int, str, str], list[Checked]] = defaultdict(list)
    for turn, several in enumerate(near.values()):
        for one in several if len(several) > 1 else ():  # names are compared of few
            values = one.row.values
            alike[turn, name_key(values["name"]), person_key(values.get(REPRESENTATIVE, ""))].append(one)
    for several in alike.values():
        if len({one.row.values.get("code") for one in several} - {None}) <= 1:
            yield several


def _others(one: Checked, several: Sequence[Checked]) -> str:
    first = [str(other.row.number) for other in islice(several, ROWS_NAMED + 2) if other is not one]
    return ", ".join([*first[:ROWS_NAMED], *(["…"] if len(first) > ROWS_NAMED else [])])


def _compare_known(one: Checked, known: Snapshot, details: Details, since: date) -> None:
    assert one.organisation is not None
    held, row = known.held[one.organisation], one.row
    if not known.scope.holds(held.unit, held.province):
        row.wrong("L206", "name", place=_called(held.unit, known))
    if held.ended_on:
        row.wrong("L213", "name", name=held.name, day=date_format(held.ended_on))
        return
    if since < held.founded_on:
        row.wrong("L209", "founded", since=date_format(since), day=date_format(held.founded_on))
        return
    _compare_row(row, held)
    _compare_name(one, held)
    _compare_code(one, held)
    _compare_seat(one, held, details, known)
    kinds, facts = fact_kinds(), details.facts.get(held.pk, {})
    for key, value in row.values.items():
        if key in ("name", "code"):
            continue
        if key in kinds:
            _compare_fact(one, key, value, facts.get(key))
        elif key.startswith(FIGURES):
            _compare_figure(one, held, key, value, details)
    head = row.values.get(REPRESENTATIVE)
    if head and person_key(head) != person_key(known.heads.get(held.pk, "")):
        one.changes.append((REPRESENTATIVE, known.heads.get(held.pk, ""), head))
    for key, _before, _after in one.changes if details.later else ():
        if later := details.later.get((held.pk, key)):
            row.wrong("L216", _column(key), day=date_format(later))


def _column(key: str) -> str:
    return "commune" if key == SEAT else key


def _called(unit: int, known: Snapshot) -> str:
    place = known.places.by_id.get(unit)
    return place.full_name if place else ""


def _compare_row(row: Row, held: Held) -> None:
    """What a list says and cannot change."""
    kind, founded, status = (row.values.get(key, "") for key in ("kind", "founded", "status"))
    if kind and kind != held.kind:
        row.wrong("L303", "kind", now=held.kind)
    whole = "L108" not in {issue.code for issue in row.issues}
    if founded and (founded != held.founded_on.isoformat() if whole else founded[:4] != str(held.founded_on.year)):
        row.wrong("L302", "founded", now=date_format(held.founded_on))
    legal, _space, operating = status.partition(" ")
    if status and (legal != held.legal_status or (operating and operating != held.operating)):
        row.wrong("L301", "status", now=f"{held.legal_status} {held.operating}")


def _compare_name(one: Checked, held: Held) -> None:
    name = one.row.values.get("name", "")
    if name and name != held.name and name.lower() != held.name.lower() and not _poorer(name, held.name):
        one.changes.append(("name", held.name, name))


def _poorer(text: str, known: str) -> bool:
    """The same without the tone marks that the registry has."""
    return fold(text) == fold(known) and _marks(text) < _marks(known)


def _marks(text: str) -> int:
    return sum(not sign.isascii() for sign in text)


def _compare_code(one: Checked, held: Held) -> None:
    code = one.row.values.get("code", "")
    if code and code != held.code:
        one.changes.append((CODE, held.code, code))
        if held.code:
            one.row.wrong("L307", "code", now=held.code)


def _compare_seat(one: Checked, held: Held, details: Details, known: Snapshot) -> None:
    """An old name of the place where it is, says the same; so does an address that is the one known."""
    now = details.facts.get(held.pk, {}).get(SEAT)
    address = one.row.values.get("address", "")
    street = street_of(address)
    moved = one.place is not None and not one.place.became(held.unit)
    known_street = now.text if now else ""
    elsewhere = bool(street) and street != known_street and fold(street) != fold(known_street)
    if not moved and not elsewhere:
        return
    place = one.place if moved and one.place else None
    if place and not known.scope.holds(place.here, place.province):
        one.row.wrong("L206", "commune", place=place.full_name)
    text = street or (now.text if now and not moved else "")
    unit = place.pk if place else (now.unit if now else None) or held.unit
    one.changes.append((SEAT, [now.text if now else "", now.unit if now else None], [text, unit]))


def _compare_fact(one: Checked, key: str, value: str, now: Said | None) -> None:
    if now is None:
        one.changes.append((key, "", value))
    elif now.amount is not None:
        if now.amount != _amount(value):
            one.changes.append((key, plain_number(now.amount), value))
    elif now.text != value and (not now.text or not _poorer(value, now.text)):
        one.changes.append((key, now.text, value))


def _compare_figure(one: Checked, held: Held, key: str, value: str, details: Details) -> None:
    name, year = _figure(key)
    if year < held.founded_on.year:
        one.row.wrong("L217", key, year=str(year), name=held.name, day=date_format(held.founded_on))
        return
    row = details.figures.get((held.pk, year))
    before = row[name] if row else None
    if before is None or before != _amount(value):
        one.changes.append((key, "" if before is None else plain_number(Decimal(before)), value))


@lru_cache(maxsize=20_000)
def _amount(value: str) -> Decimal:
    return Decimal(value)


@cache
def _figure(key: str) -> tuple[str, int]:
    """Which figure of which year: `figures.revenue:2025`."""
    name, _colon, year = key.removeprefix(FIGURES).partition(":")
    return name, int(year)


def _compare_new(one: Checked, known: Snapshot, since: date) -> None:
    row, values = one.row, one.row.values
    if not values.get("name"):
        row.wrong("L201", "name")
        return
    if not values.get("kind"):
        row.wrong("L202", "name")
    if one.place is None and not {"L204", "L205"} & {issue.code for issue in row.issues}:
        row.wrong("L203", "commune")
    if one.place and not known.scope.holds(one.place.here, one.place.province):
        row.wrong("L206", "commune", place=one.place.full_name)
    founded = date.fromisoformat(values["founded"]) if values.get("founded") else None
    if founded is None and "L104" not in {issue.code for issue in row.issues}:
        row.wrong("L207", "founded")
    if founded and founded > since:
        row.wrong("L208", "founded", day=date_format(founded), since=date_format(since))
    if founded and one.place and one.place.after and founded >= one.place.after:
        row.wrong("L210", "commune", place=one.place.full_name, day=date_format(founded))
    if (status := values.get("status", "")) and status != "active working":
        row.wrong("L215" if status.startswith("ended") else "L308", "status")
    for key in values:
        if founded and key.startswith(FIGURES) and (year := _figure(key)[1]) < founded.year:
            row.wrong("L217", key, year=str(year), name=values["name"], day=date_format(founded))


# What the law limits.


class Limits:
    """The rules in force about the capital that a list tells; what they say of the same amounts is found once."""

    def __init__(self, columns: Sequence[ListColumn], since: date) -> None:
        told = {column.role for column in columns}
        facts = (
            {"charter_capital", "associate_capital"} if {"contributed_associates", "charter_capital"} <= told else set()
        )
        self._rules = [rule for rule in rules() if rule.in_force.on(since) and facts and _facts(rule.when) <= facts]
        self._known: dict[tuple[str, ...], list[Issue]] = {}

    def check(self, row: Row) -> None:
        told = tuple(row.values.get(key, "") for key in ("kind", *CAPITAL))
        if told not in self._known:
            self._known[told] = list(self._broken(*told))
        row.issues += self._known[told]

    def _broken(self, kind: str, charter: str, members: str, associates: str) -> Iterator[Issue]:
        if not charter:
            return
        capital, paid = Decimal(charter), Decimal(members or 0) + Decimal(associates or 0)
        if paid > capital:
            yield Issue("L305", "charter_capital", {"paid": plain_number(paid), "capital": plain_number(capital)})
        if not associates:
            return
        about = {"charter_capital": capital, "associate_capital": Decimal(associates)}
        for rule in self._rules:
            if kind in rule.kinds and rule_of(rule.when, about).verdict is Verdict.UNMET:
                yield Issue("L304", "contributed_associates", {"rule": rule.words.vi, "source": rule.in_force.source})


def _facts(condition: Condition) -> set[str]:
    if isinstance(condition, Join):
        return {fact for part in condition.parts for fact in _facts(part)}
    return {condition.fact, condition.of} - {""}
