"""PDF files: made once by a job, found again, made anew after a failure; templates that are too heavy."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from hopluc.core.bounded import OutOfBounds
from hopluc.core.files import file_store
from hopluc.core.models import StoredFile
from hopluc.core.pdf import NotConverted
from hopluc.forms.models import Filing
from hopluc.reports import errors
from hopluc.reports.forms import LetterForm
from hopluc.reports.letters import HD36, ND30, Letter
from hopluc.reports.models import Print, Template
from hopluc.reports.services import printing, signing, template_keep
from hopluc.reports.templating import BLOCKS, TEXTS
from hopluc.reports.tests.test_signing import LETTER, kept_report, kept_round, report, round_, signed  # noqa: F401  fixtures
from hopluc.reports.word import filled
from vanban.writing import layout


@pytest.fixture
def made(monkeypatch):
    """What LibreOffice was given."""
    given: list[bytes] = []

    def pdf_made(docx: bytes) -> bytes:
        given.append(docx)
        if len(given) == 1:
            raise NotConverted
        return b"%PDF-1.7 of " + docx[:4]

    monkeypatch.setattr(printing, "pdf_made", pdf_made)
    monkeypatch.setattr("hopluc.reports.views.paper.can_convert", lambda: True)
    return given


def test_a_pdf_is_made_by_a_job_once_and_again_after_a_failure(made, client, report, province, round_):  # noqa: F811
    client.force_login(province.binh)
    ask = reverse("reports:pdf", args=[round_.pk])
    state = client.post(ask).url
    asked = Print.objects.get()
    assert asked.state == Print.State.WAITING
    assert made == []
    printing.print_make(print_id=asked.pk)
    told = client.get(state, headers={"HX-Request": "true"}).content.decode()
    assert "LibreOffice" in told
    assert "<html" not in told
    assert client.post(ask).url == state
    for _turn in range(2):
        printing.print_make(print_id=asked.pk)
    assert len(made) == 2
    assert f"{state}?file" in client.get(state).content.decode()
    assert client.post(ask).content == b"%PDF-1.7 of PK\x03\x04"
    assert client.get(f"{state}?file")["Content-Type"] == "application/pdf"
    assert Print.objects.count() == 1


def test_a_template_is_read_within_bounds(report, province, monkeypatch):  # noqa: F811
    def over(*_asked, **_bounds):
        raise OutOfBounds("memory")

    monkeypatch.setattr(signing, "bounded", over)
    with pytest.raises(errors.TemplateTooHeavy, match="mau"):
        template_keep(report=report, upload=SimpleUploadedFile("mau.docx", b"PK"), by=province.binh)
    assert not Template.objects.exists()


@pytest.mark.parametrize(
    ("rules", "urgency", "flaws"), [(ND30, "hoa_toc", []), (HD36, "", []), (HD36, "khan", ["urgency"])]
)
def test_urgency_is_set_only_where_the_layout_says_how(rules, urgency, flaws):
    form = LetterForm({"layout": rules, "urgency": urgency, "code": "BC-STC"})
    assert list(form.errors) == flaws
    if not flaws:
        assert form.kept()["urgency"] == urgency


def test_what_is_no_word_file_is_refused_in_words(report, province):  # noqa: F811
    with override("vi"), pytest.raises(errors.TemplateUnfit, match="DOCX"):
        template_keep(report=report, upload=SimpleUploadedFile("mau.docx", b"%PDF-1.7"), by=province.binh)


def test_a_template_is_tried_with_the_very_blanks_that_a_report_fills(report, monkeypatch):  # noqa: F811
    given: dict[str, object] = {}
    monkeypatch.setattr("hopluc.reports.word.fill", lambda _data, values, _rules, **_name: given.update(values) or b"")
    letter = Letter.read({**LETTER, "opening": "", "layout": ND30})
    filled(letter.around("Báo cáo", blocks=()), letter, ("mau.docx", b""), layout(ND30))
    assert set(given) == {*TEXTS, *BLOCKS}


@pytest.fixture
def aged(settings, tmp_path):
    """A print that was asked for some days ago, with both of its files."""
    settings.MEDIA_ROOT = tmp_path

    def make(report, docx: bytes, days: int) -> Print:  # noqa: F811
        source, file = (file_store(ContentFile(data, name="x")) for data in (docx, b"%PDF " + docx))
        made = Print.objects.create(report=report, source=source, file=file, state=Print.State.MADE)
        Print.objects.filter(pk=made.pk).update(asked_at=timezone.now() - timedelta(days=days))
        return made

    return make


def test_drafts_are_dropped_when_they_are_old_and_what_was_signed_never(aged, report, signed, settings):  # noqa: F811
    old, recent = aged(report, b"old", settings.DRAFT_DAYS + 1), aged(report, b"recent", settings.DRAFT_DAYS - 1)
    with signed.file.data.open("rb") as file:
        kept = aged(report, file.read(), 400)
    paths = [Path(each.data.path) for each in (old.source, old.file)]
    assert all(path.exists() for path in paths)
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert printing.drafts_clear(now=timezone.now()) == 2
    assert set(Print.objects.all()) == {recent, kept}
    assert not any(path.exists() for path in paths)
    assert all(Path(each.data.path).exists() for each in (kept.source, kept.file, recent.source))


def test_a_draft_that_somebody_gave_as_a_value_stays_a_file(aged, report, round_, settings):  # noqa: F811
    given, gone = (aged(report, name, settings.DRAFT_DAYS + 1) for name in (b"given", b"taken away again"))
    filing = Filing.objects.filter(call__campaign=round_).first()
    filing.values |= {"annex": {"id": gone.source_id, "name": "x.docx"}}
    filing.save()
    filing.values |= {"annex": {"id": given.source_id, "name": "x.docx"}}
    filing.save()
    assert printing.drafts_clear(now=timezone.now()) == 2  # the two PDF files
    assert StoredFile.objects.filter(pk__in=[given.source_id, gone.source_id]).count() == 2
    assert not Print.objects.exists()


def test_a_draft_that_anything_else_refers_to_stays_a_file(aged, report, province, settings):  # noqa: F811
    held = aged(report, b"held", settings.DRAFT_DAYS + 1).source
    Template.objects.create(agency=province.finance, file=held, name="mau.docx", by=province.binh)
    assert printing.drafts_clear(now=timezone.now()) == 1
    assert StoredFile.objects.filter(pk=held.pk).exists()


def test_the_guideline_whose_layout_is_not_at_hand_is_shown_as_missing(client, report, province, round_):  # noqa: F811
    client.force_login(province.binh)
    page = client.get(reverse("reports:paper", args=[round_.pk])).content.decode()
    assert "Chưa chọn được Hướng dẫn 05-HD/VPTW" in page
    assert 'value="hd05"' not in page
    assert list(LetterForm({"layout": "hd05", "code": "BC-STC"}).errors) == ["layout"]
