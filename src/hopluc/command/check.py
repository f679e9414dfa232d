"""`hopluc check`: one line for each thing that must be right, with what to do where it is not."""

from __future__ import annotations

import os
import tempfile
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django
from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection
from django.utils.timezone import localdate

from hopluc.command.database import missing_migrations
from hopluc.command.messages import sentence
from hopluc.command.speech import Sentence, say
from hopluc.core.errors import Problem

NAMED = 5  # organisations, by their number
CLOCK_TOLERANCE = timedelta(seconds=60)
ALIVE = 60  # seconds: workers give a sign every ten

GOOD, ADVICE, BAD = (
    Sentence("tốt", "ok"),
    Sentence("nên sửa", "advice"),
    Sentence("hỏng", "broken"),
)
FOLDER = Sentence("thư mục dữ liệu %(folder)s ghi được", "the data folder %(folder)s can be written to")
NO_FOLDER = Sentence(
    "không ghi được vào thư mục dữ liệu %(folder)s: hãy cấp quyền ghi, hoặc đặt HOPLUC_DATA",
    "the data folder %(folder)s cannot be written to: give the right to write, or set HOPLUC_DATA",
)
SERVER = Sentence("cơ sở dữ liệu trả lời (PostgreSQL %(version)s)", "the database answers (PostgreSQL %(version)s)")
NO_SERVER = Sentence("cơ sở dữ liệu không trả lời: %(reason)s", "the database does not answer: %(reason)s")
TABLES = Sentence("các bảng đúng với bản này", "the tables are those of this release")
NO_TABLES = Sentence(
    "còn %(count)s bước cập nhật bảng: hãy chạy `hopluc migrate`",
    "%(count)s steps are missing in the tables: run `hopluc migrate`",
)
QUEUE = Sentence("hàng đợi có %(count)s tiến trình làm việc", "the queue has %(count)s workers")
NO_WORKER = Sentence(
    "không có tiến trình làm việc nền: hãy chạy `hopluc worker`", "no worker is running: run `hopluc worker`"
)
CLOCK = Sentence("đồng hồ của máy khớp với cơ sở dữ liệu", "the clock agrees with that of the database")
NO_CLOCK = Sentence(
    "đồng hồ của máy lệch %(seconds)s giây so với cơ sở dữ liệu: hãy chỉnh lại giờ",
    "the clock is %(seconds)s seconds off from that of the database: set the time",
)
OWNED = Sentence("mọi việc đang theo dõi đều có người phụ trách", "every task in work has somebody who answers for it")
AGREES = Sentence(
    "sổ đăng ký khớp với thông tin của từng tổ chức", "the registry agrees with what is said of each organisation"
)
MISCOUNTED = Sentence(
    "%(count)s số đếm của sổ đăng ký không đúng: hãy gọi `hopluc manage registry_renew`",
    "%(count)s counters of the registry are wrong: call `hopluc manage registry_renew`",
)
DEVIATES = Sentence(
    "sổ đăng ký không khớp với thông tin của %(count)s tổ chức (trước hết số %(names)s): hãy gọi `hopluc manage registry_renew`",
    "the registry does not agree with what is said of %(count)s organisations (first number %(names)s): call `hopluc manage registry_renew`",
)
SIGNED = Sentence("các báo cáo đã ký giữ nguyên như khi ký", "signed reports are as they were signed")
TAMPERED = Sentence(
    "%(count)s báo cáo đã ký không còn khớp mã băm (trước hết: %(names)s): hãy khôi phục từ bản sao lưu",
    "%(count)s signed reports no longer have their hash (first: %(names)s): restore them from a backup",
)
ORPHANED = Sentence(
    "%(count)s việc đang theo dõi không còn người phụ trách: hãy để `hopluc worker` chạy qua đêm, hoặc gọi `hopluc manage night`",
    "%(count)s tasks in work have lost whoever answered for them: let `hopluc worker` run overnight, or call `hopluc manage night`",
)
SETTINGS = Sentence("các thiết đặt hợp lệ", "the settings are sound")
SETTING = Sentence("thiết đặt: %(words)s", "settings: %(words)s")


@dataclass(frozen=True, slots=True)
class Finding:
    level: Sentence
    words: str


def run(_options: Namespace) -> int:
    """Do the command; returns its exit status."""
    django.setup()
    worst = 0
    for finding in _findings():
        say(f"{finding.level}: {finding.words}")
        worst = max(worst, int(finding.level is BAD))
    return worst


def _findings() -> Iterator[Finding]:
    yield _folder()
    yield from _settings()
    server = _server()
    yield server
    if server.level is not GOOD:
        return
    tables = _looked(_tables)
    yield tables
    looks = (_owners, _registry, _signed, _queue, _clock) if tables.level is GOOD else (_queue, _clock)
    yield from map(_looked, looks)


def _looked(look: Callable[[], Finding]) -> Finding:
    try:
        return look()
    except DatabaseError as error:
        return Finding(BAD, NO_SERVER % {"reason": _line(error)})


def _folder() -> Finding:
    folder = Path(settings.DATA)
    try:
        with tempfile.TemporaryFile(dir=folder):
            return Finding(GOOD, FOLDER % {"folder": folder})
    except OSError:
        return Finding(BAD, NO_FOLDER % {"folder": folder})


def _settings() -> Iterator[Finding]:
    messages = checks.run_checks(include_deployment_checks=os.environ.get("HOPLUC_HTTPS") == "1")
    for message in messages:
        level = BAD if message.level >= checks.ERROR else ADVICE
        yield Finding(level, SETTING % {"words": _line(f"{message.msg} ({message.id})")})
    if not messages:
        yield Finding(GOOD, str(SETTINGS))


def _server() -> Finding:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            return Finding(GOOD, SERVER % {"version": cursor.fetchone()[0].split()[0]})
    except DatabaseError as error:
        cause = error.__cause__
        reason = sentence(cause) if isinstance(cause, Problem) else _line(error)
        return Finding(BAD, NO_SERVER % {"reason": reason})


def _tables() -> Finding:
    missing = missing_migrations()
    return Finding(BAD, NO_TABLES % {"count": missing}) if missing else Finding(GOOD, str(TABLES))


def _owners() -> Finding:
    from hopluc.plans.working.owners import lines_orphaned  # noqa: PLC0415  models load after Django's setup

    count = len(lines_orphaned(today=localdate()))
    return Finding(BAD, ORPHANED % {"count": count}) if count else Finding(GOOD, str(OWNED))


def _registry() -> Finding:
    from hopluc.registry.copies import deviations  # noqa: PLC0415  models load after Django's setup
    from hopluc.registry.tallies import tallies_deviating  # noqa: PLC0415

    found = list(dict.fromkeys(each.organisation for each in deviations(on=localdate())))
    if found:
        return Finding(BAD, DEVIATES % {"count": len(found), "names": ", ".join(map(str, found[:NAMED]))})
    if wrong := tallies_deviating():
        return Finding(BAD, MISCOUNTED % {"count": len(wrong)})
    return Finding(GOOD, str(AGREES))


def _signed() -> Finding:
    from hopluc.reports.services import snapshots_broken  # noqa: PLC0415  models load after Django's setup

    found = [str(each) for each in snapshots_broken()]
    if not found:
        return Finding(GOOD, str(SIGNED))
    return Finding(BAD, TAMPERED % {"count": len(found), "names": "; ".join(found[:NAMED])})


def _queue() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)",
            [ALIVE],
        )
        count = cursor.fetchone()[0]
    return Finding(GOOD, QUEUE % {"count": count}) if count else Finding(ADVICE, str(NO_WORKER))


def _clock() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        difference = abs(datetime.now(UTC) - cursor.fetchone()[0])
    if difference > CLOCK_TOLERANCE:
        return Finding(BAD, NO_CLOCK % {"seconds": round(difference.total_seconds())})
    return Finding(GOOD, str(CLOCK))


def _line(words: object) -> str:
    return " ".join(str(words).split())
