"""Queries that are compiled once, and connections that are kept."""

from __future__ import annotations

import time

import pytest
from django.db import connection
from django.db.models import Count, F

from hopluc.core.compiled import Compiled, CompiledValues, given, given_ids
from hopluc.core.models import Seal, SpecialDay

pytestmark = pytest.mark.django_db
OF_KIND = Compiled(lambda: SpecialDay.objects.filter(kind=given("kind"), day__gte=given("since")).defer("source"))
COUNTED = CompiledValues(
    lambda: SpecialDay.objects.filter(pk__in=given_ids("ids")).values("kind").annotate(n=Count("pk")).order_by(F("n"))
)
SEALS = Compiled(lambda: Seal.objects.filter(number=given("number")))


def days(*about: tuple[str, str]) -> list[SpecialDay]:
    return [SpecialDay.objects.create(day=day, kind=kind, name=f"Ngày {day}", source="QĐ 1") for day, kind in about]


def test_each_call_asks_anew_with_its_own_values():
    first, work, last = days(("2027-01-04", "off"), ("2027-01-09", "work"), ("2027-03-01", "off"))
    for _turn in range(4):  # the server keeps the plan meanwhile
        assert OF_KIND(kind="off", since=first.day) == [first, last]
    assert OF_KIND(kind="work", since=first.day) == [work]
    assert OF_KIND(kind="off", since=last.day) == [last]
    last.delete()
    assert OF_KIND(kind="off", since=first.day) == [first]


def test_what_was_left_out_is_read_when_it_is_asked_for(django_assert_num_queries):
    days(("2027-01-04", "off"))
    with django_assert_num_queries(2):
        assert OF_KIND(kind="off", since="2027-01-01")[0].source == "QĐ 1"


def test_columns_and_json_are_read_as_django_reads_them():
    made = days(("2027-01-04", "off"), ("2027-01-05", "off"), ("2027-01-09", "work"))
    assert COUNTED(ids=[each.pk for each in made]) == [{"kind": "work", "n": 1}, {"kind": "off", "n": 2}]
    assert COUNTED(ids=[]) == []
    Seal.objects.create(number=901, rows=1, parts={"a": [1]}, marks={}, digest="0" * 64, oldest=1, running=1)
    assert SEALS(number=901)[0].parts == {"a": [1]}


def test_a_kept_connection_that_the_server_has_ended_is_not_used_again():
    kept = connection.copy()
    kept.connect()
    try:
        assert kept.is_usable()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [kept.connection.info.backend_pid])
        deadline = time.monotonic() + 10
        while kept.is_usable() and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not kept.is_usable()
    finally:
        kept.close()
