"""Rows of a list beside the registry: which organisation each is about, what it changes, and what is wrong with it.

Rows come in parts, as the file is read; what they say of each other is found when all are there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.timezone import localdate

from hopluc.registry.intake.checking import Checked, fact_keys, figure_years, match
from hopluc.registry.intake.columns import ListColumn
from hopluc.registry.intake.comparing import Comparison, compare_with_each_other
from hopluc.registry.intake.snapshot import Details, Snapshot, codes_elsewhere, details_of, names_elsewhere, snapshot_of
from hopluc.registry.intake.values import Row
from hopluc.registry.models import ListImport, Organisation


@dataclass(frozen=True, slots=True)
class Known:
    """What the registry says of everything that a list may be about."""

    snapshot: Snapshot
    details: Details


def known_of(sent: ListImport, columns: Sequence[ListColumn]) -> Known:
    snapshot = snapshot_of(sent.by, today=localdate())
    living = Organisation.objects.filter(province__in=snapshot.provinces, ended_on=None).order_by()
    return Known(snapshot, details_of(living, fact_keys(columns), figure_years(columns), since=sent.since))


def rows_checked(
    sent: ListImport, rows: Iterable[Row], columns: Sequence[ListColumn], known: Known, *, decided: Mapping[int, str]
) -> list[Checked]:
    """What would become of each row, as the registry is now."""
    (found,) = parts_checked(sent, [list(rows)], columns, known, decided=decided)
    compare_with_others(found, known.snapshot)
    return found


def parts_checked(
    sent: ListImport,
    parts: Iterable[Collection[Row]],
    columns: Sequence[ListColumn],
    known: Known,
    *,
    decided: Mapping[int, str],
) -> Iterator[list[Checked]]:
    """The same of rows that come in parts; what others say too is left to `compare_with_others`.

    The database is asked now, and no more while the parts come.
    """
    comparison = Comparison(known.snapshot, known.details, columns, since=sent.since)
    taken: dict[int | None, int] = dict(sent.rows.filter(state="taken").values_list("organisation_id", "number"))

    def checked(rows: Iterable[Row]) -> list[Checked]:
        found = [match(row, known.snapshot, since=sent.since, decision=decided.get(row.number, "")) for row in rows]
        _not_twice(found, taken)
        comparison.fill(found)
        return found

    return map(checked, parts)


def compare_with_others(found: Sequence[Checked], known: Snapshot) -> list[Checked]:
    """Codes and names that somebody in another province has, and rows about one organisation; gives the rows that this changes."""
    changed = [*_elsewhere(found, known), *compare_with_each_other(found)]
    return list({id(one): one for one in changed}.values())


def _not_twice(found: Iterable[Checked], taken: Mapping[int | None, int]) -> None:
    """An organisation that this list has changed already is not changed by another of its rows."""
    for one in found if taken else ():
        if one.organisation in taken and taken[one.organisation] != one.row.number:
            one.row.wrong("L212", "name", rows=str(taken[one.organisation]))


def _elsewhere(found: Iterable[Checked], known: Snapshot) -> Iterator[Checked]:
    """Codes and names that somebody in another province has."""
    codes = {one.row.values["code"] for one in found if "code" in one.row.values}
    taken = codes_elsewhere(codes - known.by_code.keys(), known.provinces)
    fresh = {
        id(one): one.row.values.get("name", "").lower()
        for one in found
        if one.organisation is None and not one.candidates and one.row.values.get("kind") != "tht"
    }
    names = names_elsewhere(set(fresh.values()), known.provinces)
    for one in found:
        count = one.before
        code = one.row.values.get("code", "")
        if code in taken:
            name, place = taken[code]
            one.put("L214", "code", text=code, name=name, place=place)
        elif (owners := known.by_code.get(code)) and owners[0].pk != one.organisation and not one.candidates:
            there = known.places.by_id.get(owners[0].unit)
            one.put("L214", "code", text=code, name=owners[0].name, place=there.full_name if there else "")
        if elsewhere := names.get(fresh.get(id(one), "")):
            one.put("L306", "name", name=one.row.values["name"], place=elsewhere)
        if one.before > count:
            yield one
