"""What is known before a report is filled in, of all that are asked at once, each with where it is from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from psycopg.types.range import DateRange

from hopluc.documents.review import item_add
from hopluc.documents.services import document_begin
from hopluc.documents.shaping import BLANK
from hopluc.documents.tests.making import agency
from hopluc.forms.models import Filing
from hopluc.forms.services import Period, filing_open, version_in_force
from hopluc.indicators.models import Indicator, Value
from hopluc.plans.models import Line, Occurrence
from hopluc.plans.services import plan_issue
from hopluc.registry.fact_kinds import number_of
from hopluc.registry.models import Fact, Organisation, Party
from hopluc.reports.known import Asking, known_before
from hopluc.reports.tests.conftest import YEAR, YEARLY

LAST = Period("2025", date(2025, 1, 1), date(2025, 12, 31))
TODAY = date(2026, 11, 2)


@pytest.fixture
def asking(province) -> Asking:
    called = (province.farming, province.alliance)
    version = version_in_force(YEARLY, on=YEAR.ends_on)
    return Asking(version, YEAR, called, province.finance, province.binh, TODAY)


def cooperative(province, name: str, founded: date, *, operating: str = "working", capital: int = 0, members: int = 0):
    party = Party.objects.create(kind="organisation", name=name)
    here = province.finance.unit
    one = Organisation.objects.create(party=party, unit=here, province=here, kind="htx", founded_on=founded, name=name)
    facts = {
        "operating": {"text": operating},
        "charter_capital": {"amount": capital},
        "official_members": {"amount": members},
    }
    for key, said in facts.items():
        Fact.objects.create(
            organisation=one, what=number_of(key), validity=DateRange(founded, None), source="Hồ sơ", **said
        )
    return one


def test_the_registry_is_counted_for_those_who_report_the_whole_province(province, asking):
    cooperative(province, "HTX Một", date(2024, 5, 1), capital=1_500_000_000, members=20)
    cooperative(province, "HTX Hai", date(2026, 3, 1), operating="stopped", capital=200_000_000, members=9)
    cooperative(province, "HTX Ba", date(2026, 12, 1))  # still to come
    found = known_before(asking)
    known = found[province.alliance.pk].known
    said = {path: known[f"main.{path}"].value for path in ("h01.actual", "h01.estimate", "h02.estimate", "h03.estimate", "h04.estimate", "h09.estimate", "h15.estimate", "h15.half")}  # fmt: skip
    assert said == {
        "h01.actual": "1", "h01.estimate": "2", "h02.estimate": "1", "h03.estimate": "1", "h04.estimate": "1",
        "h09.estimate": "1700", "h15.estimate": "29", "h15.half": "29",
    }  # fmt: skip
    assert known["main.h01.estimate"].source == "Cơ sở dữ liệu hợp tác xã, tính đến 02/11/2026"
    assert known["main.h01.actual"].source.endswith("31/12/2025")
    assert found[province.farming.pk].known == {}  # answers for a field of work, not for the province


def test_last_years_report_says_what_was_done_and_planned(province, asking):
    version = version_in_force(YEARLY, on=LAST.ends_on)
    filing = filing_open(code=version.form.code, agency=province.farming, period=LAST)
    values = {"main.h01.estimate": "40", "main.h01.next": "45", "main.h01.plan": "38", "development": "Năm ngoái."}
    Filing.objects.filter(pk=filing.pk).update(state=Filing.State.APPROVED, values=values)
    before = known_before(asking)[province.farming.pk]
    assert {path: each.value for path, each in before.known.items()} == {"main.h01.actual": "40", "main.h01.plan": "45"}
    assert before.known["main.h01.plan"].source == "Báo cáo kỳ 2025 đã duyệt"
    assert before.last["development"] == "Năm ngoái."  # to stand beside, not to be copied
    assert before.last["main.h01.estimate"] == "40"


def test_released_figures_of_indicators_are_known_drafts_are_not(province, asking):
    one = Indicator.objects.create(code="H11", name="Doanh thu", measure="triệu đồng/năm")
    here = province.finance.unit
    for year, released in ((2025, True), (2026, False)):
        period = DateRange(date(year, 1, 1), date(year + 1, 1, 1))
        Value.objects.create(
            indicator=one, unit=here, province=here, period=period, figure=Decimal("3.50"), source="Niên giám",
            by=province.binh, released=released,
        )  # fmt: skip
    known = known_before(asking)[province.alliance.pk].known
    assert (known["main.h11.actual"].value, known["main.h11.actual"].source) == (
        "3.5",
        "Chỉ tiêu đã công bố: Niên giám",
    )
    assert "main.h11.estimate" not in known


def test_however_many_are_asked_it_takes_as_many_queries(province, asking):
    known_before(asking)  # what is cached for all
    counts = []
    for called in (asking.agencies[1:], (*asking.agencies, agency("so-nv"), agency("ubnd-tinh"))):
        with CaptureQueriesContext(connection) as queries:
            known_before(replace(asking, agencies=called))
        counts.append(len(queries))
    assert counts[0] == counts[1] == 3  # reports of the period before, released figures, the registry


def test_the_tasks_that_an_agency_holds_are_counted_for_the_progress_report(province, asking):
    document = document_begin(title="Kế hoạch", owner=province.finance, by=province.binh)
    item_add(document=document, kind="task", value={**BLANK["task"], "text": "Rà soát"}, by=province.binh)
    plan = plan_issue(document=document, by=province.binh)
    about = {"agency": province.farming, "given_to": province.farming, "holder": province.farming}
    line = Line.objects.create(plan=plan, task=plan.tasks.get(), given_on=TODAY, state=Line.State.WAITING, **about)
    for due in (date(2026, 6, 30), date(2026, 12, 20), date(2027, 1, 5)):
        about = {"line": line, "plan": plan, "period": DateRange(date(2026, 1, 1), due), "touched_on": TODAY}
        Occurrence.objects.create(due_on=due, first_due_on=due, **about)
    version = version_in_force("bc-tien-do", on=YEAR.ends_on)
    found = known_before(replace(asking, version=version))
    counts = {path.split(".")[1]: each.value for path, each in found[province.farming.pk].known.items()}
    assert counts == {"all": 2, "in_time": 0, "done_late": 0, "to_confirm": 0, "open": 1, "overdue": 1}
    assert found[province.alliance.pk].known == {}
