"""The history under seal: what was sealed and is changed, taken away or slipped in afterwards is found; nothing else is."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from django.db import connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hopluc.command import main
from hopluc.core import sealing
from hopluc.core.history import acting
from hopluc.core.models import Seal, SpecialDay
from hopluc.core.sealing import seal_make, sealed_models, seals_checked
from tests.examples import examples

EVENTS = "core_specialdayevent"
FIRST = date(2027, 3, 1)
RUNNING_OF = """
SELECT coalesce(min(backend_xid::text::bigint), max(following)), max(following)
FROM (SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS following) now
LEFT JOIN pg_stat_activity ON pid = {pid}
"""
NOBODY = 0

pytestmark = pytest.mark.django_db(transaction=True)


def day(number: int, name: str = "Nghỉ bão") -> SpecialDay:
    with acting(None):
        return SpecialDay.objects.create(day=FIRST + timedelta(days=number), kind="off", name=name)


@pytest.fixture(autouse=True)
def _nobody_else_writes(monkeypatch):
    """What other tests still do on the same server does not hold these seals back."""
    monkeypatch.setattr(sealing, "RUNNING", RUNNING_OF.format(pid=NOBODY))


def test_what_holds_a_seal_back_is_the_oldest_transaction_that_runs(monkeypatch):
    monkeypatch.undo()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        mine = cursor.fetchone()[0]
        cursor.execute(sealing.RUNNING)
        oldest = int(cursor.fetchone()[0])
    assert oldest <= mine


def breaks() -> list[tuple[int, str]]:
    return [(each.seal, each.table) for checked in seals_checked() for each in checked.breaks]


def tamper(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount == 1


@pytest.fixture
def three() -> list[Seal]:
    """Three seals over two days each."""
    made = []
    for turn in range(3):
        day(2 * turn)
        day(2 * turn + 1)
        made += [seal_make()]
    assert [(seal.number, seal.rows) for seal in made] == [(1, 2), (2, 2), (3, 2)]
    return made


def test_every_table_of_events_is_under_seal_and_what_never_changes():
    sealed = {model._meta.db_table for model in sealed_models()}
    assert {EVENTS, "accounts_userevent", "plans_taskevent"} <= sealed
    assert {"plans_answer", "plans_evidence", "plans_verdict", "forms_decision", "accounts_personallook"} <= sealed


def test_nothing_new_makes_no_seal(three):
    assert seal_make() is None
    assert breaks() == []


def test_a_seal_itself_cannot_be_changed(three):
    with pytest.raises(Exception, match="Cannot update"):
        three[0].save()
    with pytest.raises(Exception, match="or delete rows"):
        three[0].delete()


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {EVENTS} SET name = 'khác' WHERE day = '2027-03-03'",
        f"UPDATE {EVENTS} SET pgh_created_at = pgh_created_at - interval '1 day' WHERE day = '2027-03-03'",
        f"DELETE FROM {EVENTS} WHERE day = '2027-03-03'",
        f"UPDATE pghistory_context SET metadata = '{{\"user\": 7}}' FROM {EVENTS} e WHERE pghistory_context.id = e.pgh_context_id AND day = '2027-03-03'",
    ],
)
def test_what_was_sealed_and_is_not_the_same_is_named(three, statement):
    tamper(statement)
    assert breaks() == [(2, EVENTS)]


def test_a_row_slipped_in_among_the_sealed_ones_is_found(three):
    tamper(
        f"INSERT INTO {EVENTS} (pgh_id, pgh_created_at, pgh_label, pgh_obj_id, id, day, kind, name, source) "
        f"SELECT min(pgh_id) - 1, now(), 'insert', min(id), min(id), '2027-03-01', 'off', 'khác', '' FROM {EVENTS}"
    )
    assert breaks() == [(3, EVENTS)]


def test_a_seal_of_the_chain_that_was_replaced_is_found(three):
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE core_seal SET digest = repeat('0', 64) WHERE number = 2")
        cursor.execute("SET session_replication_role = origin")
    assert breaks() == [(2, ""), (3, "")]


def test_a_writer_that_takes_its_time_is_sealed_later_and_nothing_is_missed(monkeypatch):
    """Its row has a lower number than those that were sealed before it was committed."""
    written, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        try:
            with connections["default"].cursor() as cursor:
                pid = connections["default"].connection.info.backend_pid
                monkeypatch.setattr(sealing, "RUNNING", RUNNING_OF.format(pid=pid))
                cursor.execute("BEGIN")
                day(0)
                written.set()
                go_on.wait(20)
                cursor.execute("COMMIT")
        finally:
            connections["default"].close()

    writer = threading.Thread(target=slow)
    writer.start()
    assert written.wait(20)
    day(1)
    assert seal_make() is None, "a later row waits for the transaction that is still running"
    go_on.set()
    writer.join()
    day(2)
    assert seal_make().rows == 3
    assert breaks() == []


@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(run=st.lists(st.sampled_from(["write", "seal"]), max_size=12))
def test_whatever_the_turns_each_row_is_under_one_seal(run):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_specialday")
        made = cursor.fetchone()[0]
    for act in run:
        if act == "write":
            day(made)
            made += 1
        else:
            seal_make()
    seal_make()
    assert sum(Seal.objects.values_list("rows", flat=True)) == made
    assert breaks() == []


def test_the_command_says_whether_all_is_whole(three, capsys):
    assert main(["audit", "verify", "--lang", "en", "--expect", three[1].digest]) == 0
    assert capsys.readouterr().out.startswith("The history is whole: 6 rows under 3 seals. The last seal: number 3, ")
    tamper(f"DELETE FROM {EVENTS} WHERE day = '2027-03-03'")
    assert main(["audit", "verify", "--lang", "en", "--expect", "0" * 64]) == 1
    said = capsys.readouterr().err.splitlines()
    assert f"table {EVENTS}: changed or deleted; 2 rows when sealed, 1 now." in said[0]
    assert said[1].startswith("No seal bears 000")
