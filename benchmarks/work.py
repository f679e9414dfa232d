"""Working the plans of a whole country: what is due for whom, and the night that brings it all up to date.

    make bench NAME=work            every figure; makes the country first where it is not there yet (`benchmarks/country.py`)
    make bench NAME=work QUICK=1    fewer turns

The last line is `{"tasks", "occurrences", "my_work_p95_ms", "task_table_p95_ms", "dashboard_p95_ms", "task_page_p95_ms", "nightly_s",
"nightly_linear_ratio"}`: `tasks` are lines of a task for a unit; pages are asked for by Django's test client, without a network, the
second time, by people of departments, of communes and coordinators; `nightly_s` is a night in which a year's end comes within the
horizon and one post in a hundred ended, with the digests of the morning after; the ratio is its time for all plans over twice that
for half of them. What a night changes is taken back. A page is added as a line of `PAGES`: its key, and the address for somebody.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Sequence
from datetime import timedelta
from time import perf_counter
from typing import Any

from benchmarks import country  # first: it says where the database is

# isort: split
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from hopluc.accounts.models import Post, User
from hopluc.command import static
from hopluc.config.warm import warm
from hopluc.forms.services import digests_make
from hopluc.plans.models import Line, Occurrence
from hopluc.plans.working.nightly import Night, night
from hopluc.plans.working.owners import lines_orphaned

QUICK = bool(os.environ.get("QUICK"))
VIEWERS = 10 if QUICK else 60
TONIGHT = country.TODAY + timedelta(days=1)
MORNING = country.TODAY + timedelta(days=2)  # a Monday: digests go out on working days
LEAVING = 100  # one post in so many ends


def task_table(viewer: User) -> str:
    return reverse("plans:detail", args=[_line(viewer).plan_id])


def task_page(viewer: User) -> str:
    line = _line(viewer)
    return reverse("plans:task", args=[line.plan_id, line.task_id])


def _line(viewer: User) -> Line:
    """One that somebody's agency holds, or one of its plans."""
    mine = Q(holder__posts__user=viewer) | Q(plan__owner__posts__user=viewer)
    return random.Random(viewer.pk).choice(list(Line.objects.filter(mine).order_by("pk")[:200]))


PAGES: dict[str, Callable[[User], str]] = {  # the address of a page for somebody
    "my_work_p95_ms": lambda _viewer: reverse("work:mine"),
    "task_table_p95_ms": task_table,
    "dashboard_p95_ms": lambda _viewer: reverse("overview:page"),
    "task_page_p95_ms": task_page,
}


def main() -> None:
    if not country.opened():
        country.build()
    settings.ALLOWED_HOSTS = ["testserver"]
    static.collect()  # addresses are looked up as when it serves
    warm()  # as the server does
    client, viewers = Client(), people()
    found: dict[str, Any] = {
        "tasks": Line.objects.exclude(state=Line.State.ENDED).count(),
        "occurrences": Occurrence.objects.count(),
        **{key: p95([page_ms(client, viewer, address) for viewer in viewers]) for key, address in PAGES.items()},
        **nights(),
    }
    print(json.dumps(found))


def people() -> list[User]:
    """Somebody of each role, of departments and of communes, over the whole country."""
    dice = random.Random(country.SEED)
    found: list[User] = []
    for role, of in (("coordinator", "so-"), ("head", "so-"), ("officer", "so-"), ("head", "ubnd-xa")):
        posts = list(
            Post.objects.filter(role=role, agency__body__key__startswith=of)
            .order_by("pk")
            .values_list("user", flat=True)
        )
        found += User.objects.filter(pk__in=dice.sample(posts, min(len(posts), VIEWERS // 4)))
    return found


def page_ms(client: Client, viewer: User, address: Callable[[User], str]) -> float:
    """By one client for all: each would gather middleware and static files of its own, which a server does once."""
    client.force_login(viewer)
    url = address(viewer)
    client.get(url)
    begun = perf_counter()
    assert client.get(url).status_code == 200
    return (perf_counter() - begun) * 1000


def p95(times: Sequence[float]) -> float:
    return round(sorted(times)[int(len(times) * 0.95)], 1)


def nights() -> dict[str, float]:
    """Seconds of a night over all plans, beside a night over half of them."""
    half, _less = tonight(2)
    whole, done = tonight(1)
    print(
        f"night: {done.made} occurrences made, {done.passed} lines passed on, {whole:.1f} s; half of the plans {half:.1f} s"
    )
    return {"nightly_s": round(whole, 1), "nightly_linear_ratio": round(whole / half / 2, 2)}


def tonight(share: int) -> tuple[float, Night]:
    """The night after, for one in so many plans: with posts that ended the day before. Taken back afterwards."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            if share > 1:
                cursor.execute("UPDATE plans_line SET state = 'ended' WHERE plan_id %% %s <> 0", [share])
                cursor.execute("UPDATE plans_plan SET state = 'closed' WHERE id %% %s <> 0", [share])
            cursor.execute("UPDATE accounts_post SET ends_on = %s WHERE id %% %s = 0", [country.TODAY, LEAVING])
        begun = perf_counter()
        done = night(today=TONIGHT)
        told = digests_make(today=MORNING)
        seconds = perf_counter() - begun
        assert lines_orphaned(today=TONIGHT) == []
        again = night(today=TONIGHT)
        assert (again.made, again.passed, again.ended) == (0, 0, 0)
        assert told
        transaction.set_rollback(True)
    vacuum()
    return seconds, done


def vacuum() -> None:
    """What was taken back leaves dead rows, as no real night does."""
    with connection.cursor() as cursor:
        for table in ("plans_occurrence", "plans_line", "plans_lineevent", "accounts_post", "plans_plan"):
            cursor.execute(f"VACUUM ANALYZE {table}")


if __name__ == "__main__":
    main()
