"""A country at work, made once from a seed and kept: every province's plans, lines, two years of occurrences and answers.

    python -m benchmarks.country     make it where it is not there yet

It lies in the folder HOPLUC_COUNTRY (.data/country), in an embedded database of its own, never in DATABASE_URL. All of it is
invented, but for units and agencies. The day of the set is `TODAY`: occurrences are made up to its horizon, so that the night
after has those of a new month to make, most of a year's end among them.
"""

# ruff: noqa: E402  Django is set up before anything of it is imported

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any
from uuid import UUID

from benchmarks import kept

kept.kept_in("country")

from django.db import connection, models, transaction
from psycopg import sql
from psycopg.types.range import DateRange

from hopluc.accounts.models import Post, User
from hopluc.core.fields import LONGEST
from hopluc.core.sorting import sort_key
from hopluc.documents.models import Document, Reader, Version
from hopluc.plans.models import Answer, Assignee, Assignment, Line, Occurrence, Plan, Task, Verdict
from hopluc.plans.working.dues import Due, dues
from hopluc.plans.working.making import ALWAYS, horizon
from hopluc.units.models import Agency, Body, Tier, Unit
from vanban.contract import read_deadline
from vanban.wording import TOPICS

SEED = 34
TODAY = date(2026, 10, 31)
SINCE = date(2024, 1, 15)  # plans are issued from here on
PLANS, TASKS = 20, 150  # of a province, of a plan
GROUPS = 2  # tasks of a plan that all communes of the province lead
PEOPLE = 3  # of a department; a commune has one, and some have none
DAY = timedelta(days=1)
DEADLINES = (  # by how often they occur
    (12, lambda dice: {"kind": "by", "end": date(2025 + dice.randrange(5), 12, 15).isoformat()}),
    (35, lambda _dice: {"kind": "annual"}),
    (29, lambda _dice: {"kind": "recurring", "rule": "FREQ=MONTHLY;INTERVAL=3"}),
    (11, lambda _dice: {"kind": "recurring", "rule": "FREQ=MONTHLY;BYMONTHDAY=20"}),
    (9, lambda _dice: {"kind": "ongoing"}),
    (4, lambda _dice: {"kind": "conditional"}),
)
WORDS = (
    "tuyên truyền, phổ biến pháp luật về hợp tác xã", "đào tạo, bồi dưỡng cán bộ quản lý hợp tác xã",
    "hỗ trợ hợp tác xã chuyển đổi số và xúc tiến thương mại", "rà soát, củng cố hợp tác xã ngừng hoạt động",
    "bố trí vốn cho kết cấu hạ tầng của hợp tác xã nông nghiệp", "xây dựng mô hình hợp tác xã gắn với chuỗi giá trị",
)  # fmt: skip
PRODUCTS = ("", "", "Kế hoạch", "Báo cáo kết quả", "Hội nghị", "Số hợp tác xã thành lập mới")
ids = {model: count(1) for model in (User, Post, Document, Version, Plan, Task, Assignment, Line, Occurrence, Answer)}


@dataclass(slots=True)
class Table:
    """Rows of one model on their way into its table."""

    model: type[models.Model]
    columns: Sequence[str]
    rows: list[Sequence[Any]] = field(default_factory=list)

    def write(self) -> None:
        names = sql.SQL(", ").join(map(sql.Identifier, self.columns))
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(self.model._meta.db_table), names)
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in self.rows:
                copy.write_row(row)


def main() -> None:
    kept.made_once(opened, build)
    print(json.dumps({"tasks": Line.objects.count(), "occurrences": Occurrence.objects.count()}))


def opened() -> bool:
    return kept.opened(Plan)


def build() -> None:
    dice = random.Random(SEED)
    provinces = Unit.objects.on(TODAY).filter(tier=Tier.PROVINCE).order_by("key")
    for turn, province in enumerate(provinces, start=1):
        with transaction.atomic():
            for table in Province(province, dice).tables():
                table.write()
        print(f"{turn:2} {province}", flush=True)
    kept.finish((*ids, Assignee, Reader, Verdict))


class Province:
    """The rows of one province."""

    def __init__(self, unit: Unit, dice: random.Random) -> None:
        self.unit, self.dice = unit, dice
        agencies = Agency.objects.on(TODAY).filter(province=unit).select_related("body", "unit")
        named = {agency.body.key: agency for agency in agencies if agency.unit_id == unit.pk}
        self.departments = [agency for key, agency in sorted(named.items()) if key.startswith("so-")]
        self.owner = named["so-tc"]
        self.communes = sorted((one for one in agencies if one.body.key == "ubnd-xa"), key=lambda one: one.key)
        self.group = Body.objects.get_or_create(key="g:ubnd-xa", defaults={"name": "UBND các xã"})[0]
        self.people: dict[int, list[int]] = {}

    def tables(self) -> list[Table]:
        self.at = datetime(SINCE.year, SINCE.month, SINCE.day, 2, tzinfo=UTC)
        made = [self._people(), *self._plans()]
        return [table for some in made for table in (some if isinstance(some, list) else [some])]

    def _people(self) -> list[Table]:
        users = Table(User, ("id", "username", "name", "password", "phone", "email", "is_active", "is_staff", "is_superuser", "date_joined"))  # fmt: skip
        posts = Table(Post, ("id", "user_id", "agency_id", "role", "title"))
        for agency in (*self.departments, *self.communes):
            number = PEOPLE if agency in self.departments else int(self.dice.random() < 0.97)
            roles = ("coordinator" if agency is self.owner else "head", "officer", "officer")
            for role in roles[:number]:
                pk = next(ids[User])
                users.rows.append((pk, f"nguoi{pk}", f"Người {pk}", "!", "", "", True, False, False, self.at))
                posts.rows.append((next(ids[Post]), pk, agency.pk, role, ""))
                self.people.setdefault(agency.pk, []).append(pk)
        return [users, posts]

    def _plans(self) -> list[Table]:
        self.documents = Table(Document, ("id", "kind", "owner_id", "title", "type", "symbol", "issuer", "issued_on", "province", "signer", "clock", "created_at", "created_by_id"))  # fmt: skip
        self.versions = Table(Version, ("id", "document_id", "number", "state", "fingerprint", "step", "done", "total", "content", "layout", "headings", "notices", "carried", "kind", "created_at", "created_by_id", "closed_at"))  # fmt: skip
        self.plans = Table(Plan, ("id", "document_id", "version_id", "edition", "owner_id", "unit_id", "as_of", "state", "title", "type", "symbol", "issuer", "dated_on", "issued_at", "issued_by_id", "reason"))  # fmt: skip
        self.tasks = Table(Task, ("id", "plan_id", "position", "at", "text", "topic", "deliverable", "deadline", "deadline_kind", "ends_on", "spans", "inherited", "sort_key"))  # fmt: skip
        self.assignments = Table(Assignment, ("id", "plan_id", "task_id", "body_id", "role", "position"))
        self.assignees = Table(Assignee, ("assignment_id", "agency_id"))
        self.readers = Table(Reader, ("document_id", "agency_id"))
        self.lines = Table(Line, ("id", "plan_id", "task_id", "agency_id", "given_to_id", "given_on", "holder_id", "owner_id", "stand_in", "state", "made_until"))  # fmt: skip
        self.occurrences = Table(Occurrence, ("id", "line_id", "plan_id", "period", "due_on", "first_due_on", "state", "percent", "typed", "answer_id", "revision", "touched_on", "reported_on", "confirmed_on"))  # fmt: skip
        self.answers = Table(Answer, ("id", "occurrence_id", "number", "seen", "key", "by_id", "at", "claim", "words", "unit", "indicator"))  # fmt: skip
        self.verdicts = Table(Verdict, ("occurrence_id", "answer_id", "kind", "reason", "by_id", "at"))
        for number in range(1, PLANS + 1):
            self._plan(number)
        return [
            self.documents, self.versions, self.plans, self.tasks, self.assignments, self.assignees, self.readers,
            self.lines, self.occurrences, self.answers, self.verdicts,
        ]  # fmt: skip

    def _plan(self, number: int) -> None:
        document, version, plan = (next(ids[model]) for model in (Document, Version, Plan))
        by = self.people[self.owner.pk][0]
        day = SINCE + number * 15 * DAY
        at = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
        title, symbol = f"Phát triển kinh tế tập thể, hợp tác xã, lĩnh vực {number}", f"{100 + number}/KH-UBND"
        self.documents.rows.append((document, "directive", self.owner.pk, title, "Kế hoạch", symbol, "", day, self.unit.full_name, "", 0, at, by))  # fmt: skip
        self.versions.rows.append((version, document, 1, "read", "", "", 0, 0, "", "[]", "[]", "[]", "{}", "docx", at, by, at))  # fmt: skip
        self.plans.rows.append((plan, document, version, 1, self.owner.pk, self.unit.pk, day, "issued", title, "Kế hoạch", symbol, "", day, at, by, ""))  # fmt: skip
        readers: set[int] = set()
        for position in range(TASKS):
            readers |= self._task(plan, position, day)
        self.readers.rows += [(document, agency) for agency in sorted(readers)]

    def _task(self, plan: int, position: int, since: date) -> set[int]:
        task, dice = next(ids[Task]), self.dice
        group = position < GROUPS
        leads = self.communes if group else [dice.choice(self.departments)]
        body = self.group if group else leads[0].body
        deadline = self._deadline()
        text = f"{body.name} chủ trì, phối hợp với các cơ quan liên quan {dice.choice(WORDS)}, nội dung {position + 1}."
        end = deadline.get("end")
        self.tasks.rows.append((task, plan, position, f"II/{position + 1}", text, dice.choice(tuple(TOPICS)), dice.choice(PRODUCTS), json.dumps({"raw": "", **deadline}), deadline["kind"], end, "{}", "{}", sort_key(text[:LONGEST])))  # fmt: skip
        assignment = next(ids[Assignment])
        self.assignments.rows.append((assignment, plan, task, body.pk, "lead", 0))
        self.assignees.rows += [(assignment, agency.pk) for agency in leads]
        days = _days(json.dumps(deadline, sort_keys=True), since)
        for agency in leads:
            self._line(plan, task, agency, since, days, once=end is not None)
        return {agency.pk for agency in leads}

    def _deadline(self) -> dict[str, str]:
        weights, makes = zip(*DEADLINES, strict=True)
        found: dict[str, str] = self.dice.choices(makes, weights)[0](self.dice)
        return found

    def _line(self, plan: int, task: int, agency: Agency, since: date, days: tuple[Due, ...], *, once: bool) -> None:
        line, people = next(ids[Line]), self.people.get(agency.pk)
        owner = people[0] if people else None
        until = ALWAYS if once else horizon(TODAY)
        self.lines.rows.append((line, plan, task, agency.pk, agency.pk, since, agency.pk, owner, False, "active" if owner else "waiting", until if days else None))  # fmt: skip
        for due in days:
            self._occurrence(line, plan, due, owner)

    def _occurrence(self, line: int, plan: int, due: Due, owner: int | None) -> None:
        pk, dice = next(ids[Occurrence]), self.dice
        period = DateRange(due.start, due.due_on + DAY)
        age = (TODAY - due.due_on).days
        chance = 0.0 if due.start > TODAY or owner is None else 0.93 if age > 40 else 0.6 if age > 0 else 0.2
        if dice.random() >= chance:
            self.occurrences.rows.append((pk, line, plan, period, due.due_on, due.due_on, "not_started", 0, False, None, 0, due.start, None, None))  # fmt: skip
            return
        state = self._state(age)
        day = min(TODAY, max(due.start, due.due_on + dice.randint(-25, 12) * DAY))
        answer, at = next(ids[Answer]), datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
        done = day if state in ("reported", "confirmed") else None
        confirmed = min(TODAY, day + 5 * DAY) if state == "confirmed" else None
        claim = "in_progress" if state == "in_progress" else "reported"
        self.occurrences.rows.append((pk, line, plan, period, due.due_on, due.due_on, state, 50 if state == "in_progress" else 0, state == "in_progress", answer, 1, day, done, confirmed))  # fmt: skip
        self.answers.rows.append((answer, pk, 1, 0, UUID(int=answer), owner, at, claim, "Đã thực hiện theo kế hoạch.", "", ""))  # fmt: skip
        if state in ("confirmed", "returned"):
            kind, reason = ("confirm", "") if confirmed else ("return", "Thiếu số liệu")
            self.verdicts.rows.append((pk, answer, kind, reason, self.people[self.owner.pk][0], at))

    def _state(self, age: int) -> str:
        weights = (2, 1, 4, 93) if age > 40 else (40, 5, 35, 20)
        return self.dice.choices(("in_progress", "returned", "reported", "confirmed"), weights)[0]


@cache
def _days(deadline: str, since: date) -> tuple[Due, ...]:
    return dues(read_deadline({"raw": "", **json.loads(deadline)}), since=since, until=horizon(TODAY), yearly=(12, 31))


if __name__ == "__main__":
    main()
