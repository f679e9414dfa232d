"""A province's reports from what was handed in to the Word file, and the same for a country.

    make bench NAME=report            a province of 25 agencies and 170 communes, a plan of 3,000 tasks, 1,000 cooperatives
    make bench NAME=report QUICK=1    20 communes, 200 tasks, 50 cooperatives

All are in a database of their own, filled from a seed. Timed is what a signature does: compile the yearly report and the progress report,
hold them against everything, freeze, write both in Word, and the plan's assignment annex of all tasks besides. The last line is
`{"seconds": …, "rss_mb": …, "ratio_to_bare": …, "country_s": …}`: seconds of one province (the middle of three); the peak of memory;
writing the two reports and the annex alone over python-docx writing the same paragraphs and cells; the same province 34 times over.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from time import perf_counter

from benchmarks import pages  # first: it sets Django up

# isort: split
import docx
from django.utils.timezone import localdate
from django.utils.translation import activate

from benchmarks.read import peak
from benchmarks.writing import seconds
from hopluc.accounts.models import Role, User
from hopluc.accounts.services import post_give, user_create
from hopluc.forms.loading import forms_load
from hopluc.forms.models import Filing
from hopluc.forms.services import Period, version_in_force
from hopluc.indicators.loading import indicators_load
from hopluc.plans.models import Plan
from hopluc.plans.services import plan_issue
from hopluc.plans.tests.places import below
from hopluc.plans.word import table as task_table
from hopluc.registry.demo import demo_make
from hopluc.reports import compiled as compiling
from hopluc.reports.compiled import report_compiled
from hopluc.reports.letters import letter_of
from hopluc.reports.models import Campaign, Report
from hopluc.reports.services import Round, Written, campaign_open, file_ready, passage_add, report_begin, report_ready
from hopluc.reports.tests.making import SAID, filled
from hopluc.reports.word import document
from hopluc.units.kinds import kinds
from hopluc.units.models import Agency, Body
from hopluc.units.services import agency_ensure, bodies_load
from hopluc.units.tests.making import places_load
from vanban.writing import layout, write
from vanban.writing import model as official

QUICK = bool(os.environ.get("QUICK"))
COMMUNES, TASKS, COOPERATIVES, PROVINCES = (20, 200, 50, 2) if QUICK else (170, 3000, 1000, 34)
PROVINCE = "tỉnh Thái Nguyên"
AGENCIES = 25
YEAR = Period("2026", date(2026, 1, 1), date(2026, 12, 31))
PARAGRAPH = (
    "Các cơ quan, đơn vị đã chủ động phối hợp, hướng dẫn các hợp tác xã trên địa bàn thực hiện các chính sách hỗ trợ. "
    * 4
)


def main() -> None:
    activate("vi")
    with pages.database():
        by, reports, plan = made()
        times = sorted(one_province(reports, plan, by) for _turn in range(3))
        begun = perf_counter()
        for _each in range(PROVINCES):
            one_province(reports, plan, by)
        country = perf_counter() - begun
        memory = peak()
        ratio = ratio_to_bare(reports, plan, by)
    print([round(each, 2) for each in times])
    result = {
        "seconds": round(times[1], 2),
        "rss_mb": round(memory, 1),
        "ratio_to_bare": round(ratio, 3),
        "country_s": round(country, 1),
    }
    print(json.dumps(result))


def one_province(reports: list[Report], plan: Plan, by: User) -> float:
    """Seconds from what was handed in to the files; nothing is known from the turn before."""
    compiling._gathered.cache_clear()
    begun = perf_counter()
    for report in reports:
        ready = report_ready(report=report, viewer=by, today=localdate())
        file_ready(ready, report)
    write(annexed(plan), layout("nd30"))
    return perf_counter() - begun


def annexed(plan: Plan) -> official.Document:
    head = official.Head("Sở Tài chính", "PL-STC", "Thái Nguyên")
    tasks = task_table(plan.tasks.order_by("position"), today=localdate())
    return official.Document(head, "Phụ lục", "Phân công nhiệm vụ", (tasks,), official.Signature((), ""), ("Lưu: VT",))


def ratio_to_bare(reports: list[Report], plan: Plan, by: User) -> float:
    """CPU time of writing alone, over python-docx's for the same."""
    rules = layout("nd30")
    compiled = [(report_compiled(each, viewer=by, today=localdate()), letter_of(each)) for each in reports]
    documents = [*(document(*each) for each in compiled), annexed(plan)]
    whole = [replace(each, blocks=tuple(_held(each))) for each in documents]
    ours = seconds(lambda: [write(each, rules) for each in whole])
    return ours / seconds(lambda: [bare(each) for each in whole])


def _held(of: official.Document) -> Iterator[official.Block]:
    """Tables with all of their rows at hand: the database is no part of writing."""
    for block in of.blocks:
        yield replace(block, rows=list(block.rows)) if isinstance(block, official.Table) else block


def bare(of: official.Document) -> bytes:
    made_ = docx.Document()
    for block in [*of.blocks, *(each for annex in of.annexes for each in annex.blocks)]:
        if isinstance(block, official.Table):
            rows = [[_text(cell) for cell in row] for row in block.rows]
            table = made_.add_table(len(rows), len(block.columns))
            for cell, text in zip(table._cells, (text for row in rows for text in row), strict=True):
                cell.text = text
        elif not isinstance(block, official.Picture):
            made_.add_paragraph(str(block.text))
    buffer = BytesIO()
    made_.save(buffer)
    return buffer.getvalue()


def _text(cell: str | official.Cell) -> str:
    return cell if isinstance(cell, str) else str(cell.text)


def made() -> tuple[User, list[Report], Plan]:
    """The province, its plan, and two rounds in which all have handed in."""
    bodies_load()
    places_load()
    forms_load()
    indicators_load()
    demo_make(cooperatives=COOPERATIVES, groups=0)
    owner = agency_ensure(key="so-tc", province=PROVINCE)
    by = user_create(username="bench", name="Người đo", password="mot mat khau dai", check=False)
    for role in (Role.ADMINISTRATOR, Role.COORDINATOR, Role.HEAD):
        post_give(user=by, agency=owner, role=role)
    pages.TASKS = TASKS
    plan = plan_issue(document=pages.document(owner, by, "1/KH-UBND", "accepted"), by=by)
    keys = [kind.key for kind in kinds(localdate()) if kind.level == "province" and kind.key != "so-tc"]
    departments = [agency_ensure(key=key, province=PROVINCE) for key in keys if Body.objects.filter(key=key)][:AGENCIES]
    communes = [below("ubnd-xa", owner.unit, "xã", f"Xã {at}") for at in range(COMMUNES)]
    return by, [_round("bc-ktth-nam", owner, [*departments, *communes], by), _round("bc-tien-do", owner, [*departments, *communes], by, plan)], plan  # fmt: skip


def _round(code: str, owner: Agency, called: list[Agency], by: User, plan: Plan | None = None) -> Report:
    version = version_in_force(code, on=YEAR.ends_on)
    asked = Round(version, "Báo cáo năm 2026", YEAR, date(2026, 12, 15), unit=owner.unit, plan=plan)
    campaign = campaign_open(owner=owner, asked=asked, called=called, by=by)
    _handed_in(campaign, yearly=plan is None)
    report = report_begin(campaign=campaign, by=by)
    parts = SAID if plan is None else [("results", "Trong năm có {work:all} nhiệm vụ đến hạn.")]
    for part, sentence in parts:
        passage_add(report=report, written=Written(part, sentence, computed=True), by=by)
    for key in version.read.fields:
        if version.read.fields[key].kind == "long_text":
            passage_add(report=report, written=Written(key, PARAGRAPH), by=by)
    rows = Report.objects.select_related(
        "campaign__owner__body", "campaign__owner__unit", "campaign__owner__parent", "campaign__owner__province",
        "campaign__version__form", "campaign__unit", "campaign__plan",
    )  # fmt: skip
    return rows.get(pk=report.pk)


def _handed_in(campaign: Campaign, *, yearly: bool) -> None:
    dice = random.Random(7)
    filings = list(Filing.objects.filter(call__campaign=campaign).select_related("agency__body"))
    for filing in filings:
        figures = filled(dice) if yearly and filing.agency.body.key == "ubnd-xa" else {}  # departments send words alone
        filing.values = {**figures, "development" if yearly else "results": PARAGRAPH}
        filing.state = Filing.State.APPROVED
    Filing.objects.bulk_update(filings, ["values", "state"])


if __name__ == "__main__":
    main()
