"""Many people hand in the yearly report at once: two server processes, real HTTP, the database and the load on one machine.

    make bench NAME=filing            500 people, five minutes
    make bench NAME=filing QUICK=1    a dozen, some seconds

Everybody is signed in beforehand and has the yearly report on the collective economy of several years before them, half filled in
with what is known. They open a form, save five times, hand it in, see it handed in, and go on to the next, 5 to 15 seconds between two
acts, each over one kept connection (`benchmarks/sessions.py`). The last line is `{"users", "page_p95_ms", "submit_p95_ms", "lost",
"doubled", …}`: pages are the form opened and the form handed in; lost are acknowledged saves whose value is not in the database and
acknowledged submissions without a decision; doubled are decisions and saves of which the database has more than were sent.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from time import process_time

from benchmarks.pages import database  # first: it sets Django up

# isort: split
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.db.models import Count
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone

from benchmarks.sessions import HOST, Pace, Person, Tally, Wire, crowd
from hopluc.accounts.models import Post, Role, User
from hopluc.command.database import cluster
from hopluc.forms.loading import forms_load
from hopluc.forms.models import Decision, Filing
from hopluc.forms.services import Before, Known, Period, version_in_force
from hopluc.reports.services import Round, campaign_open
from hopluc.reports.tests.making import filled
from hopluc.units.models import Agency, Body
from hopluc.units.provinces import provinces_on
from hopluc.units.services import agency_ensure, bodies_load

QUICK = bool(os.environ.get("QUICK"))
SEED = 8
USERS, YEARS, PACE = (12, (2026,), Pace(8, 0.2, 0.6)) if QUICK else (500, range(2021, 2027), Pace(300, 5, 15))
PROCESSES = 2
FORM, OWNER, TODAY = "bc-ktth-nam", "so-tc", date(2026, 11, 23)
STRETCH = 15
START = 30  # seconds until the server answers


def main() -> None:
    with database():
        people = prepared()
        with serving() as (server, port):
            asyncio.run(warmed(people[0], port))
            own, theirs = process_time(), _cpu(server)
            tally = asyncio.run(crowd(people, port=port, pace=PACE, seed=SEED))
            own, theirs = process_time() - own, _cpu(server) - theirs
        tell(tally, len(people), own, theirs)
        print(json.dumps({"users": len(people), **times(tally), **counted(tally), "statuses": dict(tally.statuses)}))


# Before


def prepared() -> list[Person]:
    """People with sessions and filings, a department of a province each."""
    bodies_load()
    forms_load()
    call_command("createcachetable", verbosity=0)
    agencies, rounds = asked()
    filings: dict[int, list[int]] = {}
    for year in YEARS:
        for owner, called in rounds:
            for each in _opened(owner, called, year):
                filings.setdefault(each.agency_id, []).append(each.pk)
    people = officers(agencies)
    sessions = [signed_in(user) for user in people]
    Session.objects.bulk_create(sessions)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return [
        Person(session.session_key, filings[agency.pk], turn)
        for turn, (session, agency) in enumerate(zip(sessions, agencies, strict=True))
    ]


def asked() -> tuple[list[Agency], list[tuple[Agency, list[Agency]]]]:
    """Departments, so many as there are people; and of each province the one that asks, with those that it asks."""
    bodies = Body.objects.filter(key__startswith="so-").exclude(key=OWNER).order_by("key").values_list("key", flat=True)
    kinds, agencies, rounds = list(bodies), [], []
    assert kinds
    for place in provinces_on(TODAY):
        wanted = kinds[: USERS - len(agencies)]
        if wanted:
            called = [agency_ensure(key=key, province=place.full_name, on=TODAY) for key in wanted]
            rounds.append((agency_ensure(key=OWNER, province=place.full_name, on=TODAY), called))
            agencies += called
    return agencies, rounds


def _opened(owner: Agency, called: Sequence[Agency], year: int) -> list[Filing]:
    """A round of one province, every form half filled in with what is known, as the yearly report's own checks have it."""
    period = Period(str(year), date(year, 1, 1), date(year, 12, 31))
    version = version_in_force(FORM, on=period.ends_on)
    dice = random.Random(f"{SEED} {owner.pk} {year}")
    before = {
        each.pk: Before({path: Known(str(v), "Báo cáo năm trước") for path, v in filled(dice).items()})
        for each in called
    }
    asking = User.objects.filter(posts__agency=owner).first() or officers([owner], Role.COORDINATOR)[0]
    made = campaign_open(
        owner=owner,
        asked=Round(version, f"Báo cáo năm {year}", period, period.ends_on),
        called=called,
        by=asking,
        before=before,
    )
    return list(Filing.objects.filter(call__campaign=made))


def officers(agencies: Sequence[Agency], role: Role = Role.OFFICER) -> list[User]:
    """One for each, who cannot sign in by a password."""
    users = User.objects.bulk_create(
        User(username=f"nguoi-{role}-{agency.pk}", name=f"Cán bộ {agency.pk}", password=make_password(None))
        for agency in agencies
    )
    Post.objects.bulk_create(
        Post(user=user, agency=agency, role=role, starts_on=TODAY - timedelta(days=365))
        for user, agency in zip(users, agencies, strict=True)
    )
    return users


def signed_in(user: User) -> Session:
    """A session as signing in makes it."""
    store = SessionStore(None)
    about = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: user.get_session_auth_hash(),
    }
    end = timezone.now() + timedelta(days=1)
    return Session(session_key=store._get_new_session_key(), session_data=store.encode(about), expire_date=end)


# The server


@contextmanager
def serving() -> Iterator[tuple[int, int]]:
    """The server as it is used, over this very database; gives its process and its port."""
    port = _free_port()
    command = [sys.executable, "-m", "hopluc.command", "serve", "--port", str(port), "--processes", str(PROCESSES)]
    environment = {**os.environ, "DATABASE_URL": _address()}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait(server, port)
        yield server.pid, port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def _address() -> str:
    """Of the database that this process has made."""
    embedded = cluster()
    url = embedded.url if embedded else os.environ["DATABASE_URL"]
    return f"{url.rpartition('/')[0]}/{connection.settings_dict['NAME']}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + START
    while time.monotonic() < end and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server does not answer")


async def warmed(person: Person, port: int) -> None:
    """Every process has answered before the clock runs: the first page of one that was just started takes seconds."""
    wires = [Wire(port, {"sessionid": person.session}) for _turn in range(8 * PROCESSES)]
    await asyncio.gather(*(wire.ask("GET", f"/forms/filings/{person.filings[0]}/") for wire in wires))
    for wire in wires:
        wire.close()


def _cpu(server: int) -> float:
    """Seconds of CPU that the server and its processes have taken until now."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text(encoding="ascii").split()
    fields = [
        Path(f"/proc/{each}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        for each in (server, *children)
    ]
    return sum(int(each[11]) + int(each[12]) for each in fields) / os.sysconf("SC_CLK_TCK")


# After


def counted(tally: Tally) -> dict[str, int]:
    """What of the acknowledged is not in the database, and what is there more often than it was sent."""
    return {"lost": _lost_values(tally) + _lost_submissions(tally), "doubled": _doubled(tally)}


def _lost_values(tally: Tally) -> int:
    stand = dict(Filing.objects.filter(pk__in=tally.values).values_list("pk", "values"))
    return sum(
        stand.get(pk, {}).get(path) != value for pk, values in tally.values.items() for path, value in values.items()
    )


def _submissions(tally: Tally) -> Counter[int]:
    made = Decision.objects.filter(filing__in=tally.sent, verb=Decision.Verb.SUBMIT)
    return Counter(made.values_list("filing", flat=True))


def _lost_submissions(tally: Tally) -> int:
    made = _submissions(tally)
    return sum(not made[pk] for pk in tally.submitted)


def _doubled(tally: Tally) -> int:
    """Decisions beyond the first of a form, and saves that history knows beyond those that were sent."""
    twice = sum(count - 1 for count in _submissions(tally).values())
    events = Filing.pgh_event_model.objects.filter(pgh_obj__in=tally.saves)  # type: ignore[attr-defined]
    events = events.annotate(act=KeyTextTransform("act", "pgh_context__metadata")).filter(act="filing.saved")
    kept = dict(events.values("pgh_obj").annotate(n=Count("pk")).values_list("pgh_obj", "n"))
    return twice + sum(max(0, kept.get(pk, 0) - sent) for pk, sent in tally.saves.items())


def times(tally: Tally) -> dict[str, float]:
    return {f"{kind}_p95_ms": _p95(found) for kind, found in tally.times.items()}


def _p95(found: Sequence[float]) -> float:
    return round(sorted(found)[int(len(found) * 0.95)], 1) if found else 0.0


def _stretches(begun: Sequence[float], found: Sequence[float]) -> Iterator[str]:
    """How it went over the time: whether a few moments or all were slow."""
    by: dict[int, list[float]] = defaultdict(list)
    for moment, took in zip(begun, found, strict=True):
        by[int((moment - min(begun)) // STRETCH)].append(took)
    for turn in sorted(by):
        yield f"{_p95(by[turn]):.0f}"


def tell(tally: Tally, users: int, own: float, server: float) -> None:
    asked = sum(map(len, tally.times.values()))
    for kind, found in tally.times.items():
        middle = sorted(found)[len(found) // 2] if found else 0
        print(f"{kind:8} {len(found):7} answers, median {middle:8.1f} ms, longest {max(found, default=0):8.1f} ms")
        print(f"         95th percentile of each {STRETCH} seconds: {' '.join(_stretches(tally.begun[kind], found))}")
    print(
        f"{users} people, {asked} requests; CPU a request: server {server / asked * 1000:.1f} ms, load {own / asked * 1000:.1f} ms"
    )


if __name__ == "__main__":
    main()
