"""Pages of filings, cases and messages, asked as people ask them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from hopluc.forms.cases import CaseRule, case_open
from hopluc.forms.filing import seal
from hopluc.forms.filing_sheets import filing_spec
from hopluc.forms.messaging import link_make, message_send
from hopluc.forms.models import Case, Filing
from hopluc.forms.services import (
    Period,
    filing_approve,
    filing_open,
    filing_submit,
    row_add,
    value_save,
    version_draft,
    version_publish,
)
from hopluc.forms.sheets import sheet_make
from hopluc.forms.tests.conftest import YEAR
from hopluc.forms.tests.making import field, words
from hopluc.forms.tests.sheets import edited, upload
from hopluc.forms.tests.test_filing import again, completed

HTMX = {"HX-Request": "true"}


@pytest.fixture
def an(client, office):
    client.force_login(office.an)
    return client


def url(name: str, *args) -> str:
    return reverse(name, args=args)


def saved(client, filing, path, value, *, seen=0, **about):
    return client.post(
        url("forms:save", filing.pk), {"path": path, "value": value, "seen": seen, **about}, headers=HTMX
    )


def test_the_page_shows_every_field_with_what_is_saved(an, filing, office):
    row_add(filing=filing, table="members", by=office.an)
    value_save(filing=filing, path="note", typed="Ghi chú", seen=0, by=office.chi)
    page = an.get(url("forms:filing", filing.pk)).content.decode()
    assert page.count('name="path"') == 5 + 6 + 2 + 4
    assert "Lê Chi lưu lúc" in page
    assert "<script>" not in page
    assert "style=" not in page


def test_a_save_answers_with_its_time_and_what_still_does_not_fit(an, filing):
    answer = saved(an, filing, "total", "5")
    text = answer.content.decode()
    assert "Đã lưu" in text
    assert 'hx-swap-oob="true"' in text
    saved(an, filing, "men", "2")
    assert "Tổng 5 khác nam cộng nữ 6." in saved(an, filing, "women", "4").content.decode()
    assert again(filing).values == {"total": 5, "men": 2, "women": 4}


def test_a_save_sends_back_what_changed_and_all_of_it_where_somebody_else_saved_meanwhile(an, filing, office):
    for path, number in (("total", "5"), ("men", "2")):
        value_save(filing=filing, path=path, typed=number, seen=0, by=office.an)
    text = saved(an, filing, "women", "4", known=2).content.decode()
    assert "Tổng 5 khác nam cộng nữ 6." in text
    assert 'id="e-state"' not in text
    assert 'id="filing-known" name="known" value="3"' in text
    assert 'id="e-state"' in saved(an, filing, "women", "3", known=2, seen=3).content.decode()


def test_a_figure_that_is_worked_out_comes_back_when_what_it_needs_changes(an, office):
    columns = [field("a", "whole"), field("b", "whole"), field("c", "percent", formula="a / b * 100")]
    rows = [{"key": key, "label": words(key)} for key in ("x", "y")]
    table = {
        "sections": [{"key": "s", "label": words("S"), "fields": [field("t", "table", columns=columns, rows=rows)]}]
    }
    version_publish(
        version=version_draft(code="bang", title_vi="Bảng", title_en="Table", schema=table, starts_on=date(2020, 1, 1))
    )
    made = filing_open(code="bang", agency=office.agency, period=YEAR)
    saved(an, made, "t.x.a", "1")
    text = saved(an, made, "t.x.b", "4", known=1).content.decode()
    assert 'id="v-t-x-c" hx-swap-oob="true">25<' in text
    assert "t-y" not in text


def test_a_stale_save_shows_both_and_keeps_what_one_chooses(an, filing, office):
    value_save(filing=filing, path="note", typed="của Chi", seen=0, by=office.chi)
    answer = saved(an, filing, "note", "của An")
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "của Chi" in text
    assert "của An" in text
    revision = again(filing).marks["note"]["revision"]
    assert saved(an, filing, "note", "của An").status_code == 409  # saving on does not overwrite what was not chosen
    assert saved(an, filing, "note", "của An", keep=revision).status_code == 200
    assert again(filing).values["note"] == "của An"


def test_what_is_no_value_is_said_and_not_saved(an, filing):
    answer = saved(an, filing, "men", "hai")
    assert answer.status_code == 422
    assert "1.234" in answer.content.decode()
    assert again(filing).values == {}


@pytest.mark.parametrize("path", ["boys", "", "capital.x.y", "members.r1.name"])
def test_a_field_that_is_gone_is_said(an, filing, path):
    assert saved(an, filing, path, "1").status_code == 422


def test_without_scripts_each_field_has_its_button(an, filing):
    answer = an.post(url("forms:save", filing.pk), {"path": "men", "value": "2", "seen": "0"})
    assert answer["Location"].endswith("#f-men")
    assert an.post(url("forms:save", filing.pk), {"path": "men", "value": "x", "seen": "0"}).status_code == 422


def test_a_file_is_kept_and_given_back(an, filing, office, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = SimpleUploadedFile("bien-ban.pdf", b"%PDF")
    assert saved(an, filing, "minutes", file).status_code == 200
    answer = an.get(url("forms:file", filing.pk, "minutes"))
    assert b"".join(answer.streaming_content) == b"%PDF"
    an.force_login(office.lan)
    assert an.get(url("forms:file", filing.pk, "minutes")).status_code == 404


@pytest.mark.parametrize(("data", "name"), [(b"", "a.pdf"), (b"MZ", "a.exe"), (b"x" * 20, "to.pdf")])
def test_a_file_that_is_empty_large_or_strange_is_refused(an, filing, settings, data, name):
    settings.UPLOAD_BYTES = 10
    answer = saved(an, filing, "minutes", SimpleUploadedFile(name, data))
    assert (answer.status_code, again(filing).values) == (422, {})
    assert name in answer.content.decode() or not data


def test_rows_come_go_and_come_back(an, filing):
    row = an.post(url("forms:row_add", filing.pk), {"table": "members"}, headers=HTMX).content.decode()
    key = again(filing).values["members"][0]
    assert f'id="r-members-{key}"' in row
    an.post(url("forms:row_remove", filing.pk), {"row": f"members.{key}"})
    page = an.get(url("forms:filing", filing.pk)).content.decode()
    assert f"restore/?row=members.{key}" in page
    an.post(f"{url('forms:row_restore', filing.pk)}?row=members.{key}")
    assert again(filing).values["members"] == [key]


def test_handing_in_names_what_is_missing_with_links(an, filing):
    answer = an.post(url("forms:submit", filing.pk))
    assert answer.status_code == 422
    assert 'href="#i-total"' in answer.content.decode()


def test_the_head_decides_on_the_page(an, filing, office):
    filing_submit(filing=completed(filing, office.an), by=office.an)
    an.force_login(office.head)
    assert str(filing) in an.get(url("forms:filings")).content.decode()
    page = an.get(url("forms:filing", filing.pk))
    assert an.post(url("forms:return", filing.pk), {"reason": " "}).status_code == 409
    assert an.post(url("forms:approve", filing.pk), {"seen": "x"}).status_code == 409
    assert an.post(url("forms:approve", filing.pk), {"seen": page.context["seal"]}).status_code == 302
    assert again(filing).level == 1


def test_an_approved_filing_is_reopened_for_a_time(an, filing, office):
    filing_submit(filing=completed(filing, office.an), by=office.an)
    for by in (office.head, office.binh):
        filing_approve(filing=filing, seen=seal(again(filing))[0], by=by)
    an.force_login(office.binh)
    until = localdate() + timedelta(days=3)
    assert an.post(url("forms:reopen", filing.pk), {"until": "hôm nào", "reason": "Sửa"}).status_code == 422
    assert (
        an.post(url("forms:reopen", filing.pk), {"until": f"{until:%d/%m/%Y}", "reason": "Sửa số"}).status_code == 302
    )
    assert again(filing).open_until == until


def test_an_excel_form_is_looked_at_before_it_is_taken_over(an, filing):
    data = edited(
        sheet_make(filing_spec(filing)),
        {"type": {"Biểu!C7": 2, "3. Members!B6": "Nguyễn Văn A"}, "add_sheet": ["Nháp"]},
    )
    address = an.post(url("forms:sheet_send", filing.pk), {"file": upload(data)})["Location"]
    page = an.get(address).content.decode()
    assert "Nguyễn Văn A" in page
    assert "Nháp" in page
    assert again(filing).values == {}
    assert an.post(f"{address}apply/").status_code == 302
    assert again(filing).values["men"] == 2
    assert "Đã nhận lúc" in an.get(address).content.decode()


def test_an_excel_form_with_errors_names_its_cells(an, filing):
    data = edited(sheet_make(filing_spec(filing)), {"type": {"Biểu!C7": "hai"}})
    address = an.post(url("forms:sheet_send", filing.pk), {"file": upload(data)})["Location"]
    assert "Biểu, C7" in an.get(address).content.decode()
    assert an.post(f"{address}apply/").status_code == 422
    answer = an.post(url("forms:sheet_send", filing.pk), {"file": upload(b"a;b\n", "a.csv")})
    assert answer.status_code == 422
    assert "a.csv" in answer.content.decode()


def test_a_definition_reads_in_words(an, filing):
    page = an.get(url("forms:version", "bao-cao", 1)).content.decode()
    assert "total = men + women" in page
    assert "Đã xong; Chưa xong" in page
    assert an.get(url("forms:list")).status_code == 200
    assert an.get(url("forms:version", "bao-cao", 9)).status_code == 404


def test_a_case_is_opened_paused_resumed_and_closed_on_its_page(an, office):
    today = f"{localdate():%d/%m/%Y}"
    assert an.post(url("cases:create"), {"title": ""}).status_code == 422
    given = {"title": "Đề nghị hỗ trợ", "opened_on": today, "days": 5, "source": "Quy chế"}
    assert an.post(url("cases:create"), given).status_code == 302
    case = Case.objects.get()
    assert "còn 5 ngày làm việc" in an.get(url("cases:list")).content.decode()
    assert an.post(url("cases:pause", case.pk), {"on": today, "reason": "Chờ bổ sung"}).status_code == 302
    assert "Chờ bổ sung" in an.get(url("cases:detail", case.pk)).content.decode()
    assert an.post(url("cases:resume", case.pk), {"on": "31/02/2026"}).status_code == 422
    assert an.post(url("cases:resume", case.pk), {"on": today}).status_code == 302
    closing = {"on": today, "outcome": "settled", "note": "Xong"}
    assert an.post(url("cases:close", case.pk), closing).status_code == 302
    assert an.post(url("cases:close", case.pk), closing).status_code == 422
    assert "Đã giải quyết" in an.get(f"{url('cases:list')}?state=closed").content.decode()


def test_only_its_agency_works_on_a_case(client, office):
    case = case_open(
        kind="x",
        title="Đơn",
        agency=office.agency,
        on=localdate(),
        by=None,
        asked_by=office.above,
        rule=CaseRule(5, "Quy chế"),
    )
    client.force_login(office.binh)
    assert client.get(url("cases:detail", case.pk)).status_code == 200
    assert client.post(url("cases:close", case.pk), {}).status_code == 404


def test_a_message_is_opened_by_its_reader_alone(an, office):
    message = message_send(to=office.an, subject="Nhắc việc", body="Xem http://127.0.0.1:8000/forms/")
    assert "Nhắc việc" in an.get(url("messages:list")).content.decode()
    an.get(url("messages:detail", message.pk))
    message.refresh_from_db()
    assert message.opened_at
    an.force_login(office.chi)
    assert an.get(url("messages:detail", message.pk)).status_code == 404


def test_a_link_leads_to_its_page_once_after_signing_in(client, office, filing):
    address = link_make(user=office.an, path=url("forms:filing", filing.pk)).partition("8000")[2]
    assert "sign-in" in client.get(address)["Location"]
    client.force_login(office.an)
    assert client.get(address)["Location"] == url("forms:filing", filing.pk)
    again_ = client.get(address)
    assert again_.status_code == 410
    assert "chỉ mở một lần" in again_.content.decode()
    onward = f'href="{url("forms:filing", filing.pk)}"'
    assert onward in again_.content.decode()
    client.force_login(office.chi)
    assert onward not in client.get(address).content.decode()


def test_a_list_asks_no_more_for_more_filings(client, filing, office):
    client.force_login(office.head)
    counts = []
    for year in (2027, 2028, 2029):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url("forms:filings")).status_code == 200
        counts.append(len(asked))
        period = Period(str(year), date(year, 1, 1), date(year, 12, 31))
        filing_open(code="bao-cao", agency=office.agency, period=period)
        Filing.objects.update(state=Filing.State.WAITING)
    assert counts[1] == counts[2]
