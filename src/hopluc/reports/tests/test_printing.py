"""PDF files: made once by a job, found again, made anew after a failure; templates that are too heavy."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from hopluc.core.bounded import OutOfBounds
from hopluc.core.pdf import NotConverted
from hopluc.reports import errors
from hopluc.reports.forms import LetterForm
from hopluc.reports.letters import HD36, ND30, Letter
from hopluc.reports.models import Print, Template
from hopluc.reports.services import printing, signing, template_keep
from hopluc.reports.templating import BLOCKS, TEXTS
from hopluc.reports.tests.test_signing import LETTER, kept_report, kept_round, report, round_  # noqa: F401  fixtures
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
