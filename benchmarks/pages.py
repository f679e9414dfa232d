"""Server time and queries of every page, with a plan of 5,000 tasks: Django's test client, no network, a database of its own.

    make bench NAME=pages            5,000 tasks, 20 requests of each page
    make bench NAME=pages QUICK=1    200 tasks, 3 requests

Sheets and the page for paper hold every task at once: they are shown below the line and count in neither figure. The last
line is `{"tasks", "p95_ms", "p50_ms", "max_queries", "pages"}`: of the slowest pages and of the one that asks most. Beside other
work on the same cores the median says more than the 95th percentile.
"""

# ruff: noqa: E402  Django is set up before anything of it is imported

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hopluc.config.settings")
django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from hopluc.accounts.models import Role, User
from hopluc.accounts.services import post_give, user_create
from hopluc.command.database import cluster
from hopluc.config.warm import warm
from hopluc.documents.models import Document, Item, Reference, Version
from hopluc.documents.review import review_reopen
from hopluc.forms.cases import CaseRule, case_open
from hopluc.forms.loading import forms_load
from hopluc.forms.services import Asked, Period, Subject, filing_open
from hopluc.indicators.loading import indicators_load
from hopluc.indicators.models import Indicator
from hopluc.plans.models import Occurrence, Plan
from hopluc.plans.services import plan_issue
from hopluc.units.models import Agency, Body
from hopluc.units.services import agency_ensure, bodies_load
from vanban.wording import TOPICS as NAMES

QUICK = bool(os.environ.get("QUICK"))
TASKS, TURNS = (200, 3) if QUICK else (5000, 20)
CHAPTERS, SECTIONS = 10, 12  # of the outline
OWNER, BODIES, TOPICS = "so-tc", 60, 12
DEADLINES = (
    {"raw": "trước ngày 15/12/2027", "kind": "by", "end": "2027-12-15"},
    {"raw": "giai đoạn 2026 - 2030", "kind": "range", "start": "2026-01-01", "end": "2030-12-31"},
    {"raw": "hằng năm", "kind": "annual"},
    {"raw": "hằng quý", "kind": "recurring", "rule": "FREQ=MONTHLY;INTERVAL=3"},
    {"raw": "thường xuyên", "kind": "ongoing"},
    None,
)
WORDS = "Sở Tài chính chủ trì, phối hợp các cơ quan liên quan hỗ trợ hợp tác xã thứ {n} chuyển đổi số và mở rộng thị trường."


@dataclass(frozen=True, slots=True)
class Measure:
    address: str
    p95_ms: float
    p50_ms: float
    queries: int
    kilobytes: float
    counts: bool  # among the pages


def main() -> None:
    with database():
        client, pages, whole = prepared()
        warm()  # as the server does
        measures = [measure(client, address, counts=True) for address in pages]
        measures += [measure(client, address, counts=False) for address in whole]
    for each in sorted(measures, key=lambda each: (not each.counts, -each.p95_ms)):
        mark = " " if each.counts else "*"
        print(
            f"{mark}{each.address:44} {each.p95_ms:8.1f} ms {each.p50_ms:8.1f} ms {each.queries:4} queries {each.kilobytes:8.0f} KB"
        )
    print("* every task at once: not counted")
    counted = [each for each in measures if each.counts]
    worst = {name: max(getattr(each, name) for each in counted) for name in ("p95_ms", "p50_ms", "queries")}
    worst["max_queries"] = worst.pop("queries")
    print(json.dumps({"tasks": TASKS, **worst, "pages": len(counted)}))


@contextmanager
def database() -> Iterator[None]:
    """A test database on the server that DATABASE_URL names, else on the embedded one; dropped afterwards."""
    settings.ALLOWED_HOSTS = ["testserver"]
    if embedded := cluster():
        embedded.start()
    connection.settings_dict["TEST"]["NAME"] = f"bench_{connection.settings_dict['NAME']}"  # the tests keep their own
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        with TemporaryDirectory() as static:
            settings.STATIC_ROOT = static
            call_command("collectstatic", interactive=False, verbosity=0)  # addresses are looked up as when it serves
            yield
    finally:
        connection.creation.destroy_test_db(settings.DATABASES["default"]["NAME"], verbosity=0)


def prepared() -> tuple[Client, list[str], list[str]]:
    """A signed-in client, the addresses of all pages, and of those that hold every task at once."""
    bodies_load()
    owner = agency_ensure(key=OWNER, province="tỉnh Khánh Hòa")
    user = user_create(username="bench", name="Người đo", password="mot mat khau dai", check=False)
    for role in (Role.ADMINISTRATOR, Role.COORDINATOR):
        post_give(user=user, agency=owner, role=role)
    plan = plan_issue(document=document(owner, user, "1/KH-UBND", "accepted"), by=user)
    again = document(owner, user, "2/KH-UBND", "accepted")
    plan_issue(document=again, by=user)
    review_reopen(document=again, by=user)
    draft = document(owner, user, "3/KH-UBND", "pending")
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")  # PostgreSQL does it by itself, a minute later
    client = Client(raise_request_exception=True)
    client.force_login(user)
    things = {
        "tasks": plan.tasks.all()[TASKS // 2].pk,
        "targets": plan.targets.first().pk,
        "calendar": plan.duties.first().pk,
    }
    return client, [*addresses(plan, draft, again, things), *working(plan, owner, user)], wholes(plan)


def addresses(plan: Plan, draft: Document, again: Document, things: dict[str, int]) -> list[str]:
    item = draft.versions.get().items.first().pk
    at, review = f"/plans/{plan.pk}/", f"/documents/{draft.pk}/review/"
    tasks = ("", "?page=50", "?body=so-tc&role=lead", "?role=none", "?q=hop+tac+xa+12", "?heading=0&sort=-deadline")
    tabs = ("targets/", "timeline/", "calendar/", "calendar/?month=2027-12", "chain/", "history/")
    return [
        "/", "/search/?q=chuyen+doi+so", "/bodies/?q=so", "/people/", "/working-days/2027/", "/plans/", "/plans/?q=kinh+te&state=issued",
        *(at + each for each in (*tasks, "?sort=lead", "?sort=topic", "?sort=text", *tabs)),
        *(f"{at}{kind}/{pk}/" for kind, pk in things.items()),
        f"/plans/issue/{draft.pk}/", f"/plans/issue/{again.pk}/",
        "/documents/", "/documents/?q=kinh+te", "/documents/bin/", "/documents/begin/",
        f"/documents/{plan.document_id}/", f"/documents/{draft.pk}/", f"/documents/{draft.pk}/header/",
        f"/documents/{plan.document_id}/source/",
        review, f"{review}?order=text&page=20", f"{review}changes/?clock=0", f"{review}add/", f"{review}{item}/",
        f"{review}{item}/edit/", f"{review}{item}/split/", f"{review}{item}/merge/", f"{review}deadline/?deadline=2027",
    ]  # fmt: skip


def working(plan: Plan, owner: Agency, user: User) -> list[str]:
    """Pages on which plans are worked, forms filled in, indicators and agencies looked up."""
    forms_load()
    indicators_load()
    today = localdate()
    task = Subject("plans.task", plan.pk, plan.title)
    filing = filing_open(
        code="cap-nhat-nhiem-vu", agency=owner, period=Period("quý", today, today), asked=Asked(None), subject=task
    )
    rule = CaseRule(5, "Quy chế")
    case = case_open(kind="khac", title="Đề nghị hỗ trợ", agency=owner, asked_by=None, on=today, by=None, rule=rule)
    due = Occurrence.objects.filter(plan=plan, line__holder=owner).order_by("due_on", "pk").first()
    assert due
    assert owner.unit
    indicator = Indicator.objects.order_by("code")[0].pk
    return [
        "/work/", "/work/?group=overdue", "/work/documents/?q=ke+hoach", "/work/calendars/",
        *(f"/work/{due.pk}/{each}" for each in ("", "answer/", "ask/")), f"/work/tasks/{due.line.task_id}/",
        "/overview/", "/overview/overdue/",
        "/forms/", "/forms/filings/", f"/forms/filings/{filing.pk}/", "/cases/", f"/cases/{case.pk}/", "/messages/",
        "/indicators/", f"/indicators/{indicator}/", f"/indicators/{indicator}/{today.year}/",
        "/units/", f"/units/{owner.unit.key}/", f"/agencies/{owner.pk}/",
        f"/people/{user.pk}/", "/people/rights/", "/plans/groups/", "/plans/committees/",
    ]  # fmt: skip


def wholes(plan: Plan) -> list[str]:
    return [f"/plans/{plan.pk}/{each}" for each in ("?print=1", "tasks.xlsx", "tasks.csv")]


def document(owner: Agency, user: User, symbol: str, state: str) -> Document:
    """A document whose text gives so many tasks, each with its place, bodies and time."""
    made = Document.objects.create(
        kind="directive",
        owner=owner,
        title=f"Phát triển kinh tế tập thể {symbol}",
        type="Kế hoạch",
        symbol=symbol,
        created_by=user,
    )
    content, headings, tasks = text()
    layout = [{"span": [start, start + len(line)], "role": "body"} for start, line in lines(content)]
    version = Version.objects.create(
        document=made, number=1, state="read", content=content, layout=layout, headings=headings, created_by=user
    )
    span = tasks[0]["span"]
    target = {
        "at": "I",
        "span": span,
        "indicator": "số hợp tác xã",
        "subject": "",
        "op": ">=",
        "low": 50,
        "unit": "%",
        "confidence": 1.0,
    }
    duty = {
        "at": "I",
        "span": span,
        "from": ["so-tc"],
        "to": ["ubnd-tinh"],
        "via": [],
        "frequency": "quarterly",
        "due": None,
        "confidence": 1.0,
    }
    values = [*(("task", value) for value in tasks), *[("target", target)] * 100, *[("duty", duty)] * 20]
    Item.objects.bulk_create(
        Item(
            version=version,
            kind=kind,
            value=value,
            found=value,
            position=value["span"][0],
            state=state,
            sureness=turn % 10 / 10,
        )
        for turn, (kind, value) in enumerate(values)
    )
    Reference.objects.create(
        version=version, symbol="20-NQ/TW", relation="implements", type="Nghị quyết", start=0, end=8
    )
    return made


def text() -> tuple[str, list[dict[str, Any]], list[dict[str, Any]]]:
    """The content, its headings, and its tasks as the reader would give them."""
    others = Body.objects.exclude(key=OWNER).order_by("key").values_list("key", flat=True)
    bodies = [OWNER, *others[: BODIES - 1]]
    topics = list(NAMES)[:TOPICS]
    content, headings, tasks = "KẾ HOẠCH", [], []
    parts: list[str] = [content]
    length = len(content)

    def add(words: str) -> list[int]:
        nonlocal length
        parts.append("\n" + words)
        length += len(words) + 1
        return [length - len(words), length]

    for chapter in range(CHAPTERS):
        above = len(headings)
        headings.append(
            {
                "at": str(chapter),
                "marker": f"{chapter}.",
                "text": "Nhiệm vụ và giải pháp",
                "span": add("Nhiệm vụ"),
                "parent": None,
            }
        )
        for section in range(SECTIONS):
            at = f"{chapter}/{section}"
            headings.append(
                {"at": at, "marker": f"{section}.", "text": f"Nhóm nhiệm vụ {at}", "span": add("Nhóm"), "parent": above}
            )
            for turn in range(chapter * SECTIONS + section, TASKS, CHAPTERS * SECTIONS):
                words = WORDS.format(n=turn)
                span = add(words)
                lead = [] if turn % 50 == 0 else [bodies[turn % BODIES], bodies[(turn + 7) % BODIES]][: 1 + turn % 2]
                tasks.append({
                    "at": f"{at}/{turn}", "span": span, "text": words, "where": "body", "lead": lead,
                    "coordinate": [bodies[(turn * 3 + step) % BODIES] for step in range(turn % 4)],
                    "deliverable": "Kế hoạch" if turn % 3 == 0 else None, "deadline": DEADLINES[turn % len(DEADLINES)],
                    "topic": topics[turn % TOPICS], "spans": {"text": [span], "lead": [[span[0], span[0] + 12]]},
                    "confidence": {"lead": turn % 10 / 10}, "inherited": {"deadline": at} if turn % 5 == 0 else {}, "notices": [],
                })  # fmt: skip
    return "".join(parts), headings, tasks


def lines(content: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in content.split("\n"):
        yield start, line
        start += len(line) + 1


def measure(client: Client, address: str, *, counts: bool) -> Measure:

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
        asked = len(queries)
    if answer.status_code not in (200, 204):
        raise SystemExit(f"{address}: {answer.status_code}")
    times = []
    for _turn in range(TURNS if counts else 3):
        start = perf_counter()
        client.get(address)
        times.append((perf_counter() - start) * 1000)
    p95 = sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]
    return Measure(address, round(p95, 1), round(median(times), 1), asked, len(answer.content) / 1000, counts)


if __name__ == "__main__":
    main()
