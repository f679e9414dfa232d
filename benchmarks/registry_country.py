"""The registry of a country, made once from a seed and kept: 35,000 cooperatives, 120,000 groups, six million members.

    python -m benchmarks.registry_country     make it where it is not there yet

It lies in the folder HOPLUC_COUNTRY (.data/registry_country), in an embedded database of its own, never in DATABASE_URL. All of it
is invented, but for units. Provinces have as many organisations as they have communes.
"""

# ruff: noqa: E402  Django is set up before anything of it is imported

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from benchmarks import kept

kept.kept_in("registry_country")

from django.db import connection, transaction

from hopluc.registry.demo.invented import Invented, organisation
from hopluc.registry.demo.making import COLUMNS, REDRAWN, Place, fill, made_for, people_of, places_of, write
from hopluc.registry.models import Batch, Membership, Organisation
from hopluc.registry.tallies import tallies_recount
from hopluc.units.models import Tier, Unit

SEED = 35
TODAY = date(2026, 10, 31)
COOPERATIVES, GROUPS, MEMBERS = 35_000, 120_000, 6_000_000
UNIONS, FUNDS = 5, 10  # of a province
WIDER = 3.1  # registers of a country are so much longer than those of the demonstration
LARGEST = 100_000  # members of one cooperative
INDEXES = """
SELECT indexname, indexdef FROM pg_indexes
WHERE tablename = ANY(%s) AND indexname NOT IN (SELECT conname FROM pg_constraint)
"""
REFERENCES = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND conrelid = ANY(%s::regclass[])
"""
# Of those that ended, what they declared is all that is known. People and their places in registers are numbered one after the other, so that both statements find each other.
PEOPLE = """
WITH registers AS (
    SELECT id, members, official_members, founded_on, ended_on, charter_capital, batch_id,
        sum(members) OVER (ORDER BY id) - members AS before
    FROM registry_organisation WHERE kind = 'htx' AND ended_on IS NULL
)
"""
PARTIES = (
    PEOPLE
    + """
INSERT INTO registry_party (id, kind, name, number, "foreign", born, sex, ethnicity, phone, address, batch_id)
SELECT %(first)s + before + n, 'person',
    (ARRAY['Nguyễn','Trần','Lê','Phạm','Hoàng','Vũ','Nông','Ma'])[1 + (id + n) %% 8] || ' ' ||
    (ARRAY['Thị','Văn','Thu','Đức','Ngọc'])[1 + (id * 3 + n) %% 5] || ' ' ||
    (ARRAY['Hoa','Bình','Lan','Dũng','Mai','Hùng','Nga','Sơn','Yến'])[1 + (id * 7 + n) %% 9],
    '001' || lpad((before + n)::text, 9, '0'), false, DATE '1955-01-01' + ((id * 31 + n * 17) %% 17000)::int,
    CASE WHEN n %% 2 = 0 THEN 'male' ELSE 'female' END, 'Kinh', '0901' || lpad(((before + n) %% 1000000)::text, 6, '0'), 'Địa chỉ mẫu', batch_id
FROM registers, generate_series(1, members) n
"""
)
MEMBERSHIPS = (
    PEOPLE
    + """
INSERT INTO registry_membership (organisation_id, party_id, number, kind, validity, contribution, promised, batch_id)
SELECT id, %(first)s + before + n, n, CASE WHEN n <= official_members THEN 'official' ELSE 'capital' END,
    daterange(founded_on, ended_on), floor(charter_capital / members), floor(charter_capital / members), batch_id
FROM registers, generate_series(1, members) n
"""
)


def main() -> None:
    kept.made_once(opened, build)


def opened() -> bool:
    return kept.opened(Membership)


def build() -> None:
    """In one transaction: it is there whole, or not at all."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL maintenance_work_mem = '512MB'")
        batch = Batch.objects.create(kind=Batch.Kind.DEMONSTRATION, name="Cả nước, không có thật")
        again = _bared()
        _organisations(batch)
        _people()
        for statement in again:
            cursor.execute(statement)
        tallies_recount()
    _finish()


def _organisations(batch: Batch) -> None:
    dice, turn = Random(SEED), 0
    people = people_of(dice, TODAY)
    names = list(Unit.objects.on(TODAY).filter(tier=Tier.PROVINCE).order_by("key").values_list("name", flat=True))
    places = places_of(names, TODAY)
    shares = _shares({name: len(places[name]) for name in names})
    for name in names:
        found = []
        for kind in _kinds(*shares[name]):
            turn += 1
            found.append(_one(dice, turn, kind, dice.choice(places[name])))
        made = made_for(batch)
        fill(made, found, dice, TODAY, people=people, registers=0)
        write(made)
        print(f"{turn:7} {name}", flush=True)


def _shares(communes: dict[str, int]) -> dict[str, tuple[int, int]]:
    """How many cooperatives and groups each province has; together as many as asked for."""
    found, whole, done = {}, sum(communes.values()), 0
    before = (0, 0)
    for name, count in communes.items():
        done += count
        until = (COOPERATIVES * done // whole, GROUPS * done // whole)
        found[name] = (until[0] - before[0], until[1] - before[1])
        before = until
    return found


def _kinds(cooperatives: int, groups: int) -> list[str]:
    return ["lhhtx"] * UNIONS + ["qtdnd"] * FUNDS + ["htx"] * cooperatives + ["tht"] * groups


def _one(dice: Random, turn: int, kind: str, place: Place) -> tuple[Invented, Place]:
    one = organisation(dice, turn, kind, place.name, since=place.since if place.before else REDRAWN, today=TODAY)
    if kind != "htx":
        return one, place
    if turn == UNIONS + FUNDS + 1:
        return replace(one, official=LARGEST, events=()), place
    return replace(one, official=max(7, int(one.official * WIDER))), place


def _people() -> None:
    """A register for each cooperative that has not ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM registry_party")
        (first,) = cursor.fetchone()
        cursor.execute(PARTIES, {"first": first})
        cursor.execute(MEMBERSHIPS, {"first": first})
        print(f"{cursor.rowcount:7} members", flush=True)


def _bared() -> list[str]:
    """Without triggers, references and indexes rows go in in a tenth of the time; gives the statements that bring them back."""
    tables = [model._meta.db_table for model in COLUMNS]
    again = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(INDEXES, [tables])
        indexes = cursor.fetchall()
        cursor.execute(REFERENCES, [tables])
        for table, name, definition in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
            again.append(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        for name, _definition in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        return [*(definition for _name, definition in indexes), *again]


def _finish() -> None:
    kept.finish(COLUMNS)
    assert Organisation.objects.filter(kind="htx").count() >= COOPERATIVES
    assert Membership.objects.count() >= MEMBERS


if __name__ == "__main__":
    main()
