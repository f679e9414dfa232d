"""A report compiled from what was handed in: figures, texts, choices, clashes, through the database."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from fractions import Fraction

import pytest
from django.urls import reverse

from hopluc.accounts.models import Role
from hopluc.documents.tests.making import person
from hopluc.forms.models import Filing
from hopluc.forms.services import Period
from hopluc.indicators.loading import indicators_load
from hopluc.plans.tests.places import below
from hopluc.reports import errors
from hopluc.reports.compiled import Compiled, report_compiled
from hopluc.reports.compiling.gate import Kind
from hopluc.reports.models import Passage, Report
from hopluc.reports.services import (
    Round,
    Written,
    campaign_open,
    clash_explain,
    figure_pick,
    figure_unpick,
    passage_add,
    passage_move,
    passage_remove,
    passage_save,
    report_begin,
)
from hopluc.units.loading import NAME
from hopluc.units.models import Dataset

TODAY = date(2026, 12, 20)
FOUNDED = "main.h04.estimate"  # not what the registry counts here: nothing is registered


@pytest.fixture(scope="module")
def kept_round(kept_province, kept_yearly):
    """Two communes and two departments are asked; three have handed in."""
    province = deepcopy(kept_province)
    indicators_load()
    unit = province.finance.unit
    communes = [below("ubnd-xa", unit, "xã", name) for name in ("Phú Bình", "Điềm Thụy")]
    campaign = campaign_open(
        owner=province.finance, asked=kept_yearly, called=[*province.called, *communes], by=province.binh
    )
    handed = {
        communes[0]: {FOUNDED: "4", "main.h18.estimate": "30", "development": "Thành lập mới 4 hợp tác xã. Bà con phấn khởi đón nhận chính sách mới của tỉnh."},
        communes[1]: {FOUNDED: "5", "main.h18.estimate": "20", "development": "Bà con phấn khởi đón nhận chính sách mới của tỉnh."},
        province.alliance: {FOUNDED: "10", "development": "Khó khăn về vốn."},
    }  # fmt: skip
    for agency, values in handed.items():
        Filing.objects.filter(call__campaign=campaign, agency=agency).update(values=values, state=Filing.State.APPROVED)
    return campaign


@pytest.fixture(scope="module")
def kept_report(kept_province, kept_round) -> Report:
    return report_begin(campaign=kept_round, by=deepcopy(kept_province).binh)


@pytest.fixture
def round_(kept_round, province):
    return deepcopy(kept_round)


@pytest.fixture
def report(kept_report, round_) -> Report:
    return deepcopy(kept_report)


def compiled(report: Report, province) -> Compiled:
    found = Report.objects.select_related("campaign__version__form", "campaign__owner__province", "campaign__unit").get(
        pk=report.pk
    )
    return report_compiled(found, viewer=province.binh, today=TODAY)


def test_units_are_added_and_whoever_speaks_for_the_whole_stands_beside(report, province):
    cell = compiled(report, province).figures.cells["main.h18.estimate"]
    assert (cell.value, [one.origin for one in cell.statements]) == (Fraction(50), ["sum"])
    cell = compiled(report, province).figures.cells[FOUNDED]
    assert {one.origin for one in cell.statements} >= {"sum", f"agency:{province.alliance.pk}"}


def test_who_has_not_reported_is_named(report, province):
    gaps = [clash.text for clash in compiled(report, province).open if clash.kind == Kind.GAP]
    assert [text for text in gaps if province.farming.name in text]


def test_texts_are_gathered_with_what_is_said_twice(report, province):
    part = next(each for each in compiled(report, province).parts if each.field.key == "development")
    said = {each.name: each for each in part.contributions}
    assert len(said) == 3
    repeated = said["Ủy ban nhân dân xã Điềm Thụy"].sentences[0]
    assert (repeated.others, repeated.named) == (1, ("Ủy ban nhân dân xã Phú Bình",))


def test_a_figure_is_chosen_with_its_reason_and_given_back(report, province):
    with pytest.raises(errors.NoReason):
        figure_pick(report=report, path=FOUNDED, origin="sum", reason=" ", by=province.binh)
    figure_pick(report=report, path=FOUNDED, origin="typed", typed="11", reason="Đối chiếu hồ sơ", by=province.binh)
    assert compiled(report, province).figures.cells[FOUNDED].value == 11
    with pytest.raises(errors.NotAFigure):
        figure_pick(report=report, path=FOUNDED, origin="typed", typed="nhiều", reason="Thử", by=province.binh)
    figure_unpick(report=report, path=FOUNDED, by=province.binh)
    assert compiled(report, province).figures.cells[FOUNDED].choice is None


def test_a_correction_below_shows_at_once(report, province, round_):
    filing = Filing.objects.get(call__campaign=round_, agency__name__endswith="Phú Bình")
    filing.values = {**filing.values, "main.h18.estimate": "31"}
    filing.save()
    assert compiled(report, province).figures.cells["main.h18.estimate"].value == 51


def test_what_returns_make_is_read_once_while_none_changes(report, province, round_):
    Dataset.objects.create(name=NAME, fingerprint="x")  # as where the units are loaded: else the land is read each time
    first = compiled(report, province)
    assert compiled(report, province).figures is first.figures
    figure_pick(report=report, path=FOUNDED, origin="typed", typed="11", reason="Đối chiếu hồ sơ", by=province.binh)
    assert compiled(report, province).figures.cells[FOUNDED].value == 11
    rows = Filing.objects.filter(call__campaign=round_, agency__name__endswith="Phú Bình")
    for number in ("31", "32"):  # without a revision of its own
        rows.update(values={"main.h18.estimate": number})
        assert compiled(report, province).figures.cells["main.h18.estimate"].value == 20 + int(number)


def test_a_text_that_disagrees_is_named_until_it_is_explained(report, province):
    passage_add(report=report, written=Written("people", "Lao động thường xuyên 60 người."), by=province.binh)
    (clash,) = [each for each in compiled(report, province).open if each.kind == Kind.TEXT]
    clash_explain(report=report, clash=clash.fingerprint, reason="Tính cả mùa vụ", by=province.binh)
    found = compiled(report, province)
    assert clash not in found.open
    assert [reason for _clash, reason in found.explained] == ["Tính cả mùa vụ"]


def test_what_is_computed_follows_its_figures(report, province, round_):
    passage_add(
        report=report, written=Written("people", "Lao động thường xuyên {H18} người.", computed=True), by=province.binh
    )
    Filing.objects.filter(call__campaign=round_, agency__name__endswith="Phú Bình").update(
        values={"main.h18.estimate": "99"}
    )
    part = next(each for each in compiled(report, province).parts if each.field.key == "people")
    assert part.text == "Lao động thường xuyên 119 người."


def test_two_who_write_one_passage_lose_nothing(report, province):
    made = passage_add(report=report, written=Written("people", "Một."), by=province.binh)
    passage_save(passage=made, text="Hai.", seen=1, by=province.binh)
    with pytest.raises(errors.PassageChanged, match="Hai"):
        passage_save(passage=made, text="Ba.", seen=1, by=province.binh)
    passage_save(passage=made, text="Ba.", seen=2, by=province.binh)
    assert Passage.objects.get().text == "Ba."


def test_passages_change_places_and_are_taken_out(report, province):
    first, second = (
        passage_add(report=report, written=Written("people", text), by=province.binh) for text in ("Một.", "Hai.")
    )
    passage_move(passage=second, up=True, by=province.binh)
    assert list(Passage.objects.values_list("text", flat=True)) == ["Hai.", "Một."]
    passage_remove(passage=first, by=province.binh)
    assert list(Passage.objects.values_list("text", flat=True)) == ["Hai."]


def test_only_its_coordinator_writes_and_not_once_it_is_signed(report, province):
    with pytest.raises(errors.NotYourReports):
        passage_add(report=report, written=Written("people", "Một."), by=province.an)
    with pytest.raises(errors.NoSuchPart):
        passage_add(report=report, written=Written("nowhere", "Một."), by=province.binh)
    Report.objects.update(state=Report.State.SIGNED)
    with pytest.raises(errors.ReportSigned):
        passage_add(report=report, written=Written("people", "Một."), by=province.binh)


# Pages


def test_the_pages_of_a_report(client, report, province, round_):
    client.force_login(province.binh)
    text = client.get(reverse("reports:text", args=[round_.pk])).content.decode()
    assert "Bà con phấn khởi" in text
    figures = client.get(reverse("reports:figures", args=[round_.pk])).content.decode()
    assert reverse("reports:cell", args=[round_.pk, FOUNDED]) in figures
    cell = client.get(reverse("reports:cell", args=[round_.pk, FOUNDED])).content.decode()
    assert "Ủy ban nhân dân xã Phú Bình" in cell
    gate = client.get(reverse("reports:gate", args=[round_.pk])).content.decode()
    assert province.farming.name in gate.partition("1 cơ quan chưa báo cáo")[2]


def test_a_disagreement_leads_to_both_of_its_places(client, report, province, round_):
    for path, number in (("main.h01.estimate", "7"), ("main.h02.estimate", "4"), (FOUNDED, "11")):
        figure_pick(report=report, path=path, origin="typed", typed=number, reason="Đối chiếu hồ sơ", by=province.binh)
    client.force_login(province.binh)
    gate = client.get(reverse("reports:gate", args=[round_.pk])).content.decode()
    total, part, founded = (
        reverse("reports:cell", args=[round_.pk, path]) for path in ("main.h01.estimate", "main.h02.estimate", FOUNDED)
    )
    assert f'href="{total}#said-database"' in gate
    assert f'href="{founded}#said-sum"' in gate
    assert 'id="said-sum"' in client.get(founded).content.decode()
    rule = next(line for line in gate.split("<li") if f'href="{total}"' in line and f'href="{part}"' in line)
    assert rule.count(f'href="{total}"') == 1


def test_a_figure_that_the_report_does_not_take_says_why(client, report, province, round_):
    Filing.objects.filter(call__campaign=round_, agency__name__endswith="Phú Bình").update(state=Filing.State.DRAFT)
    client.force_login(province.binh)
    page = client.get(reverse("reports:cell", args=[round_.pk, "main.h18.estimate"])).content.decode()
    assert "còn 1 đơn vị chưa có số" in page
    assert "Báo cáo chưa tự lấy số nào ở đây" in page


def test_what_is_written_on_the_page_stands_in_the_report(client, report, province, round_):
    client.force_login(province.binh)
    answer = client.post(reverse("reports:passage_add", args=[round_.pk]), {"part": "people", "text": "Một đoạn."})
    assert answer.url == reverse("reports:text", args=[round_.pk]) + "#part-people"
    made = Passage.objects.get()
    save = reverse("reports:passage_save", args=[round_.pk, made.pk])
    assert client.post(save, {"text": "Hai.", "seen": "1"}).status_code == 302
    stale = client.post(save, {"text": "Ba.", "seen": "1"})
    assert stale.status_code == 409
    assert "Ba." in stale.content.decode()


def test_a_draft_is_for_the_office_that_compiles(client, report, province, round_):
    colleague = person("Vũ Hà", Role.OFFICER, province.finance)
    for user, status in ((province.binh, 200), (colleague, 200), (province.an, 404)):
        client.force_login(user)
        assert client.get(reverse("reports:text", args=[round_.pk])).status_code == status
    Report.objects.update(state=Report.State.SIGNED)
    client.force_login(province.an)
    assert client.get(reverse("reports:text", args=[round_.pk])).status_code == 200
    assert client.post(
        reverse("reports:passage_add", args=[round_.pk]), {"part": "people", "text": "x"}
    ).status_code in (403, 404)


def test_a_sum_with_gaps_is_shown_and_not_taken(report, province, round_):
    Filing.objects.filter(call__campaign=round_, agency__name__endswith="Phú Bình").update(state=Filing.State.DRAFT)
    cell = compiled(report, province).figures.cells["main.h18.estimate"]
    assert cell.taken is None
    assert [(one.value, one.missing) for one in cell.statements] == [(Fraction(20), ("xã Phú Bình",))]
    figure_pick(report=report, path="main.h18.estimate", origin="sum", reason="Xã Phú Bình không có", by=province.binh)
    assert compiled(report, province).figures.cells["main.h18.estimate"].value == 20


def test_the_page_shows_some_agencies_first_and_the_others_when_they_are_asked_for(client, report, province, round_):
    said = "Phong trào phát triển đều khắp trên địa bàn các xã."
    names = [f"Xã số {at}" for at in range(12)]
    communes = [below("ubnd-xa", province.finance.unit, "xã", name) for name in names]
    made = campaign_open(
        owner=province.finance, called=communes, by=province.binh,
        asked=Round(round_.version, "Đợt khác", Period("2025", date(2025, 1, 1), date(2025, 12, 31)), TODAY),
    )  # fmt: skip
    Filing.objects.filter(call__campaign=made).update(values={"development": said}, state=Filing.State.APPROVED)
    report_begin(campaign=made, by=province.binh)
    client.force_login(province.binh)
    rest = reverse("reports:contributions", args=[made.pk, "development"])
    page = client.get(reverse("reports:text", args=[made.pk])).content.decode()
    assert (page.count("report-contribution"), rest in page) == (5, True)
    assert "(11 đơn vị khác cũng viết)" in page
    others = client.get(rest, headers={"HX-Request": "true"}).content.decode()
    assert (others.count("report-contribution"), "<html" in others) == (7, False)
    whole = client.get(rest).content.decode()
    assert all(name in whole for name in names)
    assert client.get(reverse("reports:contributions", args=[made.pk, "none"])).status_code == 404
