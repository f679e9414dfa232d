"""Pages of rounds: opened by hand and from a duty, who has handed in, reminded, given more time, closed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO

import docx
import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from hopluc.accounts.models import Role
from hopluc.documents.review import item_add
from hopluc.documents.services import document_begin
from hopluc.documents.shaping import BLANK
from hopluc.documents.tests.making import agency, person
from hopluc.forms.due import filings_due
from hopluc.forms.models import Filing, Form, Message
from hopluc.forms.services import draft_begin, filing_submit, value_save, version_publish
from hopluc.plans.models import Plan
from hopluc.plans.services import plan_issue
from hopluc.reports.errors import RoundOver
from hopluc.reports.letters import plan_called
from hopluc.reports.models import Call, Campaign
from hopluc.reports.services import call_extend, campaign_close, campaign_open, campaign_reopen
from hopluc.reports.tests.conftest import DUE
from hopluc.units.models import Agency
from vanban.writing import check, layout

DUTY = {"from": ["g:so-nganh"], "to": ["so-tc"], "frequency": "annual", "due": "12-15"}


@pytest.fixture
def campaign(province, yearly) -> Campaign:
    return campaign_open(owner=province.finance, asked=yearly, called=province.called, by=province.binh)


def page_of(client, user, name, *args, **query) -> str:
    client.force_login(user)
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_round_is_opened_by_hand(client, province):
    client.force_login(province.binh)
    typed = {
        "form": form_of("bc-ktth-quy"),
        "year": 2026,
        "part": "q2",
        "due_on": "15/07/2026",
        "agencies": [province.farming.pk],
    }
    answer = client.post(reverse("reports:open"), typed)
    made = Campaign.objects.get()
    assert answer.url == reverse("reports:round", args=[made.pk])
    assert (made.title, made.period, made.starts_on, made.ends_on) == (
        "Báo cáo quý về kinh tế tập thể, quý II/2026", "quý II/2026", date(2026, 4, 1), date(2026, 6, 30),
    )  # fmt: skip
    assert [call.filing.agency for call in made.calls.all()] == [province.farming]


def form_of(code: str) -> int:
    return Form.objects.get(code=code).pk


def test_who_is_asked_finds_it_among_what_is_asked(client, province, campaign):
    page = page_of(client, province.an, "reports:list")
    assert reverse("forms:filing", args=[Filing.objects.get(agency=province.farming).pk]) in page
    assert reverse("reports:open") not in page


def test_a_round_says_who_has_handed_in_and_who_is_late(client, province, campaign):
    Filing.objects.filter(agency=province.farming).update(state=Filing.State.WAITING)
    Filing.objects.filter(agency=province.alliance).update(due_on=localdate() - timedelta(days=1))
    page = page_of(client, province.binh, "reports:round", campaign.pk)
    assert "Chờ duyệt" in page
    assert "1/2" in page
    late = page_of(client, province.binh, "reports:round", campaign.pk, state="late")
    assert str(province.alliance) in late
    assert f">{province.farming}<" not in late


def test_reminders_go_to_those_who_fill_in_once_a_day(client, province, campaign):
    client.force_login(province.binh)
    for _turn in range(2):
        client.post(reverse("reports:remind", args=[campaign.pk]))
    assert {message.to for message in Message.objects.all()} == {province.an, province.lan}
    assert Message.objects.count() == 2


def test_more_time_moves_the_day_of_reminders(province, campaign):
    later = DUE + timedelta(days=5)
    call_extend(
        call=Call.objects.get(filing__agency=province.farming), until=later, reason="Chờ số liệu", by=province.binh
    )
    due = {item.agency: item.due for item in filings_due(today=localdate())}
    assert due == {province.farming.pk: later, province.alliance.pk: DUE}


def test_a_closed_round_reminds_nobody_and_takes_nothing_in(client, province, campaign):
    filing = Filing.objects.get(agency=province.farming)
    campaign_close(campaign=campaign, by=province.binh)
    assert list(filings_due(today=localdate())) == []
    with pytest.raises(RoundOver, match="Sở Tài chính"):
        filing_submit(filing=filing, by=province.an)
    with pytest.raises(RoundOver):
        value_save(filing=filing, path="development", typed="Ổn định.", seen=0, by=province.an)
    page = page_of(client, province.an, "forms:filing", filing.pk)
    assert "đã đóng" in page
    assert reverse("forms:submit", args=[filing.pk]) not in page
    campaign_reopen(campaign=campaign, by=province.binh)
    value_save(filing=filing, path="development", typed="Ổn định.", seen=0, by=province.an)


def test_whoever_fills_in_reads_years_in_columns_and_in_what_does_not_agree(client, province, campaign):
    filing = Filing.objects.get(agency=province.farming)
    for row, figure in {"h01": "400", "h02": "300", "h03": "20"}.items():
        value_save(filing=filing, path=f"main.{row}.actual", typed=figure, seen=0, by=province.an)
    page = page_of(client, province.an, "forms:filing", filing.pk)
    assert re.search(r">\s*TH 2025", page)
    assert "Tổng số hợp tác xã (TH 2025) là 400" in page
    assert not re.search(r"(?:TH|KH) N\b", page)


def test_others_of_the_province_do_not_see_an_unsigned_round(client, province, campaign):
    client.force_login(person("Ngô Thị Khác", Role.OFFICER, agency("so-nv")))
    assert client.get(reverse("reports:round", args=[campaign.pk])).status_code == 404


def test_leaders_see_the_rounds_of_agencies_below_them_and_act_on_none(client, province, campaign):
    committee = agency("ubnd-tinh")
    Agency.objects.filter(pk=province.finance.pk).update(parent=committee)
    leader = person("Đặng Hải Nam", Role.LEADER, committee)
    assert campaign.title in page_of(client, leader, "reports:list")
    page = page_of(client, leader, "reports:round", campaign.pk)
    assert str(province.farming) in page
    assert reverse("reports:remind", args=[campaign.pk]) not in page
    assert client.post(reverse("reports:close", args=[campaign.pk])).status_code == 403


def test_a_round_asks_on_the_form_that_the_province_made_its_own(client, province):
    theirs = draft_begin(form=Form.objects.get(code="bc-ktth-nam"), by=province.binh)
    version_publish(version=theirs)
    client.force_login(province.binh)
    form = client.get(reverse("reports:open")).context["form"]
    assert form.initial["form"] == theirs.form
    assert "bc-ktth-nam" not in {each.code for each in form.fields["form"].queryset}


def test_the_list_goes_to_excel(client, province, campaign):
    client.force_login(province.binh)
    answer = client.get(reverse("reports:export", args=[campaign.pk]))
    assert answer.content.startswith(b"PK")
    assert "bao-cao-2026.xlsx" in answer["Content-Disposition"]


def test_a_duty_of_a_plan_opens_a_round(client, province, plan):
    duty = plan.duties.get()
    panel = page_of(client, province.binh, "plans:duty", plan.pk, duty.pk)
    assert f"{reverse('reports:open')}?duty={duty.pk}" in panel
    page = client.get(reverse("reports:open"), {"duty": duty.pk})
    form = page.context["form"]
    assert [form.initial[name] for name in ("year", "part", "due_on")] == [duty_year(), "year", form.initial["due_on"]]
    assert form.initial["due_on"].month == 12
    assert list(form.initial["groups"]) == ["g:so-nganh"]
    typed = {
        "form": form.initial["form"].pk,
        "year": 2026,
        "part": "year",
        "due_on": "15/12/2026",
        "groups": ["g:so-nganh"],
    }
    client.post(f"{reverse('reports:open')}?duty={duty.pk}", typed)
    made = Campaign.objects.get()
    assert (made.plan, made.duty, made.due_on) == (plan, duty, date(2026, 12, 15))
    assert province.farming in {call.filing.agency for call in made.calls.all()}
    assert province.finance not in {call.filing.agency for call in made.calls.all()}
    assert reverse("reports:round", args=[made.pk]) in page_of(client, province.binh, "plans:calendar", plan.pk)


def duty_year() -> int:
    today = localdate()
    return today.year if today <= date(today.year, 12, 15) else today.year + 1


@pytest.fixture
def plan(province):
    document = document_begin(title="Kế hoạch kinh tế tập thể", owner=province.finance, by=province.binh)
    for kind, value in (("task", {"text": "Rà soát"}), ("duty", DUTY)):
        item_add(document=document, kind=kind, value={**BLANK[kind], **value}, by=province.binh)
    return plan_issue(document=document, by=province.binh)


def test_a_letter_goes_to_those_who_are_late(client, province, campaign):
    client.force_login(province.binh)
    address = reverse("reports:reminder", args=[campaign.pk])
    assert client.get(address).status_code == 302
    Filing.objects.filter(agency=province.alliance).update(due_on=localdate() - timedelta(days=1))
    data = client.get(address).content
    texts = [each.text for each in docx.Document(BytesIO(data)).tables[1].rows[1].cells]
    assert texts[1] == province.alliance.name
    assert {each.element for each in check(data, layout("nd30"))} == {"signer"}  # who signs is not known yet


def test_a_document_names_a_plan_by_its_number_day_and_issuer_or_by_its_whole_title():
    title = "Tiếp tục đổi mới, phát triển và nâng cao hiệu quả kinh tế tập thể trên địa bàn tỉnh từ nay đến năm 2030"
    assert plan_called(Plan(type="Kế hoạch", title=title)) == f"Kế hoạch “{title}”"
    known = Plan(type="Kế hoạch", title=title, symbol="16/KH-UBND", dated_on=date(2026, 2, 24), issuer="UBND tỉnh X")
    assert plan_called(known) == "Kế hoạch số 16/KH-UBND ngày 24/02/2026 của UBND tỉnh X"
