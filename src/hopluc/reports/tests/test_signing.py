"""A report in Word, its signature, and what stays of it when everything else changes."""

from __future__ import annotations

import zipfile
from copy import deepcopy
from io import BytesIO

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import override

from hopluc.accounts.models import Role
from hopluc.documents.tests.making import agency, person
from hopluc.forms.models import Filing
from hopluc.indicators.loading import indicators_load
from hopluc.plans.tests.places import below
from hopluc.reports import errors
from hopluc.reports.annexes import annex
from hopluc.reports.compiled import report_compiled
from hopluc.reports.compiling.gate import Clash, Kind, Place
from hopluc.reports.differences import changed_below, differences, marks
from hopluc.reports.letters import Letter, letter_of
from hopluc.reports.models import Campaign, Report, Snapshot
from hopluc.reports.places import Links
from hopluc.reports.services import (
    Seen,
    Written,
    campaign_open,
    letter_save,
    passage_add,
    report_begin,
    report_ready,
    report_reopen,
    report_sign,
    snapshots_broken,
    template_keep,
)
from hopluc.reports.snapshots import digest, made_again, thawed
from hopluc.reports.word import written
from hopluc.units.models import Agency, Dataset
from vanban.writing import check, layout

TODAY = localdate()
PERSISTENT = "main.h18.estimate"
LETTER = {
    "layout": "nd30", "issuer": "Sở Tài chính", "governing": "Ủy ban nhân dân\ntỉnh Thái Nguyên", "number": "7", "code": "BC-STC",
    "place": "Thái Nguyên", "day": "2026-12-20", "title": "Kinh tế tập thể năm 2026", "lines": ["KT. Giám đốc", "Phó Giám đốc"],
    "signer": "Phạm Quốc", "recipients": ["Ủy ban nhân dân tỉnh", "Lưu: VT"],
}  # fmt: skip


@pytest.fixture(scope="module")
def kept_round(kept_province, kept_yearly) -> Campaign:
    """Two communes that have handed in, and whose figures agree."""
    province = deepcopy(kept_province)
    indicators_load()
    communes = [below("ubnd-xa", province.finance.unit, "xã", name) for name in ("Phú Bình", "Điềm Thụy")]
    made = campaign_open(owner=province.finance, asked=kept_yearly, called=communes, by=province.binh)
    for commune, workers in zip(communes, (30, 20), strict=True):
        values = {PERSISTENT: workers, "development": f"Có {workers} lao động."}
        Filing.objects.filter(call__campaign=made, agency=commune).update(values=values, state=Filing.State.APPROVED)
    return made


@pytest.fixture(scope="module")
def kept_report(kept_province, kept_round) -> Report:
    province = deepcopy(kept_province)
    made = report_begin(campaign=kept_round, by=province.binh)
    passage_add(report=made, written=Written("development", "Kinh tế tập thể phát triển ổn định.\n- Một là vốn.\n- Hai là đất đai."), by=province.binh)  # fmt: skip
    passage_add(report=made, written=Written("people", "Lao động thường xuyên {H18} người.", computed=True), by=province.binh)  # fmt: skip
    letter_save(report=made, letter=LETTER, by=province.binh)
    return made


@pytest.fixture
def round_(kept_round, province) -> Campaign:
    return deepcopy(kept_round)


@pytest.fixture
def report(kept_report, round_) -> Report:
    return fresh(kept_report)


def fresh(report: Report) -> Report:
    return Report.objects.select_related("campaign__version__form", "campaign__owner__body", "campaign__unit").get(
        pk=report.pk
    )


def ready(report, province):
    return report_ready(report=fresh(report), viewer=province.quoc, today=TODAY)


@pytest.fixture
def signed(report, province) -> Snapshot:
    return report_sign(report=report, seen=Seen(ready(report, province).sha256), by=province.quoc, today=TODAY)


def made(report, province, **changed: object) -> bytes:
    with override("vi"):
        compiled = report_compiled(report, viewer=province.quoc, today=TODAY)
        return written(compiled, Letter.read({**letter_of(report).kept(), **changed}))


# The document


def test_the_document_says_all_and_departs_from_no_rule(report, province):
    data = made(report, province)
    assert check(data, layout("nd30")) == ()
    texts = [paragraph.text for paragraph in docx.Document(BytesIO(data)).paragraphs]
    assert [text for text in texts if text.startswith("I. ")] == ["I. TÌNH HÌNH PHÁT TRIỂN"]
    assert {"Lao động thường xuyên 50 người.", "- Một là vốn."} <= set(texts)


def test_tables_are_headed_by_years(client, report, province, round_):
    tables = docx.Document(BytesIO(made(report, province))).tables
    heads = next([cell.text for cell in each.rows[0].cells] for each in tables if each.rows[0].cells[0].text == "TT")
    assert heads[3:] == ["TH 2025", "KH 2026", "TH 6 tháng", "Ước TH 2026", "% KH", "KH 2027"]
    client.force_login(province.binh)
    for name in ("figures", "print"):
        assert ">KH 2027<" in client.get(reverse(f"reports:{name}", args=[round_.pk])).content.decode()
    with override("vi"):
        sheet = zipfile.ZipFile(BytesIO(annex(report_compiled(report, viewer=province.quoc, today=TODAY))))
    assert "TH 2025" in sheet.read("xl/sharedStrings.xml").decode()


def test_by_the_layout_of_the_party_it_departs_from_no_rule_either(report, province):
    assert check(made(report, province, layout="hd36", code="BC/BTGDV"), layout("hd36")) == ()


def test_an_office_that_filled_nothing_in_gets_a_proposal(report):
    report.signed_as = {}
    letter = letter_of(report)
    assert (letter.issuer, letter.code, letter.lines) == ("Sở Tài chính", "BC-STC", ("Giám đốc",))
    assert "người ký" in letter.missing


def test_the_annex_goes_on_calculating_in_excel(report, province):
    with override("vi"):
        book = zipfile.ZipFile(BytesIO(annex(report_compiled(report, viewer=province.quoc, today=TODAY))))
    sheets = [book.read(name).decode() for name in sorted(book.namelist()) if name.startswith("xl/worksheets/sheet")]
    assert "/'Biểu 1'!E4)*100" in sheets[0]
    assert "<f>('Biểu 1'!D5+'Biểu 1'!D6)</f>" in sheets[-1]


def test_a_template_with_an_unknown_blank_is_refused_by_name(report, province):
    template = docx.Document()
    template.add_paragraph("{{tieu_de}}")
    template.add_paragraph("{{nguoi_viet}}")
    with override("vi"), pytest.raises(errors.TemplateUnfit, match="nguoi_viet"):
        template_keep(report=report, upload=word_file(template), by=province.binh)
    template.paragraphs[1].text = "{{ngay_thang_nam}}"
    with override("vi"), pytest.raises(errors.TemplateUnfit, match="tieu_de"):  # every blank that there is
        template_keep(report=report, upload=word_file(template), by=province.binh)
    template.paragraphs[1].text = "{{noi_dung}}"
    template_keep(report=report, upload=word_file(template), by=province.binh)
    snapshot = report_sign(report=report, seen=Seen(ready(report, province).sha256), by=province.quoc, today=TODAY)
    texts = [paragraph.text for paragraph in docx.Document(BytesIO(made_again(snapshot))).paragraphs]
    assert texts[0] == "Kinh tế tập thể năm 2026"
    assert "Lao động thường xuyên 50 người." in texts


def word_file(document) -> SimpleUploadedFile:
    buffer = BytesIO()
    document.save(buffer)
    return SimpleUploadedFile("mau.docx", buffer.getvalue())


# The signature


def test_a_head_signs_what_was_seen_and_nothing_else(report, province):
    seen = ready(report, province)
    with pytest.raises(errors.NotYourSignature):
        report_sign(report=report, seen=Seen(seen.sha256), by=province.binh, today=TODAY)
    Filing.objects.filter(call__campaign=report.campaign, agency__name__endswith="Phú Bình").update(
        values={PERSISTENT: 31}
    )
    with override("vi"), pytest.raises(errors.ChangedSince, match="lao động"):
        report_sign(report=report, seen=Seen(seen.sha256, marks(seen.data)), by=province.quoc, today=TODAY)
    assert not Snapshot.objects.exists()


def test_a_disagreement_stands_against_the_signature(report, province):
    passage_add(report=report, written=Written("people", "Lao động thường xuyên 60 người."), by=province.binh)
    with pytest.raises(errors.ClashesOpen, match="60"):
        report_sign(report=report, seen=Seen(ready(report, province).sha256), by=province.quoc, today=TODAY)


def test_a_sentence_without_its_figure_is_not_signed(report, province):
    passage_add(report=report, written=Written("people", "Có {H99} người.", computed=True), by=province.binh)
    with pytest.raises(errors.BlanksOpen, match="H99"):
        report_sign(report=report, seen=Seen(ready(report, province).sha256), by=province.quoc, today=TODAY)


def test_a_report_without_a_signer_is_not_signed(report, province):
    letter_save(report=report, letter={**LETTER, "signer": ""}, by=province.binh)
    with override("vi"), pytest.raises(errors.LetterUnfilled, match="người ký"):
        report_sign(report=report, seen=Seen(ready(report, province).sha256), by=province.quoc, today=TODAY)


def test_a_signed_report_is_made_again_whatever_changed(signed, province):
    with signed.file.data.open("rb") as file:
        kept = file.read()
    Filing.objects.update(values={PERSISTENT: 99})
    Agency.objects.update(name="Cơ quan khác")
    Dataset.objects.all().delete()
    Campaign.objects.update(title="Khác", unit=None)
    Report.objects.update(signed_as={}, number="")
    found = Snapshot.objects.get()
    assert made_again(found) == kept
    assert digest(found.data) == found.sha256
    assert snapshots_broken() == []
    with found.file.data.open("wb") as file:
        file.write(kept[:-1])
    assert snapshots_broken() == [found]
    cell = thawed(found.data, found.report).figures.cells[PERSISTENT]
    assert (cell.value, [int(value) for _filing, value in cell.taken.rows]) == (50, [20, 30])


def test_what_changed_below_touches_only_its_parts(signed, report, province):
    assert changed_below(signed.data, report.campaign) == []
    Filing.objects.filter(call__campaign=report.campaign, agency__name__endswith="Phú Bình").update(
        values={PERSISTENT: 30, "development": "Có 40 lao động."}, revision=9
    )
    (later,) = changed_below(signed.data, report.campaign)
    assert (later.name, later.parts) == ("Ủy ban nhân dân xã Phú Bình", ("Số lượng, doanh thu, thu nhập",))


def test_a_new_edition_says_what_differs_from_the_one_before(signed, report, province):
    with pytest.raises(errors.NoReason):
        report_reopen(report=report, reason=" ", by=province.binh)
    report_reopen(report=report, reason="Bổ sung số liệu", by=province.binh)
    Filing.objects.filter(call__campaign=report.campaign, agency__name__endswith="Phú Bình").update(
        values={PERSISTENT: 31}
    )
    now = ready(report, province)
    with override("vi"):
        found = {each.label: (each.before, each.after) for each in differences(signed.data, now.data)}
    assert ("50", "51") in found.values()
    again = report_sign(report=report, seen=Seen(now.sha256), by=province.quoc, today=TODAY)
    assert (again.edition, Snapshot.objects.count()) == (2, 2)


def test_the_page_signs_and_shows_the_report_as_it_was(client, report, province, round_):
    client.force_login(province.quoc)
    paper = reverse("reports:paper", args=[round_.pk])
    ready_ = client.get(paper).context["ready"]
    stale = client.post(reverse("reports:sign", args=[round_.pk]), {"sha256": "0", "marks": "["})
    assert stale.status_code == 409
    assert client.post(reverse("reports:sign", args=[round_.pk]), {"sha256": ready_.sha256}).url == paper
    Filing.objects.filter(call__campaign=round_, agency__name__endswith="Phú Bình").update(values={PERSISTENT: 99})
    cell = client.get(reverse("reports:cell", args=[round_.pk, PERSISTENT])).content.decode()
    assert "99" not in cell.split("<main")[1]
    page = client.get(paper).content.decode()
    assert "Ủy ban nhân dân xã Phú Bình" in page
    client.force_login(province.an)
    assert client.get(reverse("reports:word", args=[round_.pk])).content.startswith(b"PK")


@pytest.mark.parametrize(
    ("name", "most"), [("text", 21), ("figures", 21), ("charts", 21), ("gate", 21), ("print", 21), ("paper", 27)]
)
def test_a_page_of_a_report_asks_the_database_few_times(client, report, province, round_, name, most):
    """Two of these are for a territory that no dataset names, which is not kept."""
    client.force_login(province.binh)
    address = reverse(f"reports:{name}", args=[round_.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) <= most


def test_last_years_report_is_a_place_that_a_disagreement_leads_to(signed, province, round_):
    places = Place("cell", PERSISTENT, "Lao động"), Place("report", str(signed.pk), "báo cáo năm 2025")
    clash = Clash(Kind.EARLIER, "Khác năm trước.", places)
    stranger = person("Lò Thị Xa", Role.COORDINATOR, agency("so-tc", "tỉnh Thanh Hóa"))
    for viewer, address in ((province.quoc, reverse("reports:figures", args=[round_.pk])), (stranger, "")):
        assert Links(round_, [clash], viewer=viewer).of(clash)[1] == ("báo cáo năm 2025", address)
