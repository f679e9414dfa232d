"""What goes wrong while many people file: each is told in a sentence, and nothing that they wrote is lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from psycopg.types.range import DateRange

from hopluc.accounts.models import Role
from hopluc.documents.tests.making import person
from hopluc.forms.filing import seal
from hopluc.forms.models import Filing, FormVersion
from hopluc.forms.services import (
    filing_approve,
    filing_submit,
    value_save,
    version_draft,
    version_publish,
)
from hopluc.reports.known import Asking, known_before
from hopluc.reports.services import campaign_open
from hopluc.reports.tests.conftest import YEAR, YEARLY
from hopluc.units.models import Succession

HTMX = {"HX-Request": "true"}
SAID = "Hợp tác xã phát triển ổn định."


@pytest.fixture
def filing(province, yearly) -> Filing:
    """Farming's, with all that it must say."""
    campaign_open(owner=province.finance, asked=yearly, called=province.called, by=province.binh)
    found = Filing.objects.get(agency=province.farming)
    for path in ("development", "policies"):
        value_save(filing=found, path=path, typed=SAID, seen=0, by=province.an)
    return found


def again(filing: Filing) -> Filing:
    return Filing.objects.get(pk=filing.pk)


def sent(client, filing: Filing, path: str, typed: str, seen: int = 0):
    about = {"path": path, "value": typed, "seen": seen}
    return client.post(reverse("forms:save", args=[filing.pk]), about, headers=HTMX)


def test_whoever_took_over_an_agency_reports_for_it(client, province, filing):
    ended, heir = localdate(), province.alliance
    province.farming.validity = DateRange(province.farming.validity.lower, ended)
    province.farming.save()
    Succession.objects.create(source=province.farming, target=heir, on=ended, basis="Nghị quyết")
    client.force_login(province.lan)
    assert sent(client, filing, "people", "Thành viên tăng.").status_code == 200
    assert client.post(reverse("forms:submit", args=[filing.pk])).status_code == 302
    filing_approve(filing=filing, seen=seal(again(filing))[0], by=person("Lê Hùng", Role.HEAD, heir))
    assert again(filing).values["people"] == "Thành viên tăng."


def test_a_second_click_hands_in_nothing_twice(client, province, filing):
    client.force_login(province.an)
    for _turn in range(2):
        assert client.post(reverse("forms:submit", args=[filing.pk])).status_code == 302
    assert again(filing).decisions.count() == 1


def test_somebody_else_of_the_agency_is_told_that_it_was_handed_in(client, province, filing):
    filing_submit(filing=filing, by=province.an)
    client.force_login(person("Lê Chi", Role.OFFICER, province.farming))
    answer = client.post(reverse("forms:submit", args=[filing.pk]))
    assert answer.status_code == 409
    assert "chờ duyệt" in answer.content.decode()
    assert again(filing).decisions.count() == 1


def test_a_save_that_comes_after_it_was_handed_in_is_not_lost_from_sight(client, province, filing):
    filing_submit(filing=filing, by=province.an)
    client.force_login(province.an)
    answer = sent(client, filing, "people", "Viết muộn.")
    assert answer.status_code == 422
    assert "chờ duyệt" in answer.content.decode()  # beside the field, in which the words still stand
    assert "people" not in again(filing).values


@pytest.mark.parametrize(
    ("path", "typed", "status", "words"),
    [
        ("development", "1.234", 200, "Ở đây chỉ có con số"),
        ("main.h01.actual", "bốn mươi", 422, "không phải số"),
        ("main.h01.share", "50", 422, "không có ô"),
    ],
)
def test_a_figure_where_text_belongs_and_the_other_way_round(client, province, filing, path, typed, status, words):
    client.force_login(province.an)
    answer = sent(client, filing, path, typed, 1)
    assert (answer.status_code, words in answer.content.decode()) == (status, True)
    filing_submit(filing=filing, by=province.an)  # which a figure alone does not stop: it may be all there is to say


def test_whoever_fills_in_is_told_of_a_new_version_and_keeps_theirs(client, province, filing):
    client.force_login(province.an)
    address = reverse("forms:filing", args=[filing.pk])
    assert "Phiên bản 2" not in client.get(address).content.decode()
    renewed(filing.version)
    assert "Phiên bản 2" in client.get(address).content.decode()
    assert again(filing).values["development"] == SAID


def renewed(version: FormVersion) -> FormVersion:
    """Another version, in which a part has gone."""
    schema = {**version.schema, "sections": [each for each in version.schema["sections"] if each["key"] != "problems"]}
    made = version_draft(code=YEARLY, title_vi="Mẫu mới", title_en="New", schema=schema, starts_on=date(2026, 1, 1))
    version_publish(version=made)
    return made


def test_what_was_filed_on_one_version_stands_beside_the_next_years_form_of_another(province, filing):
    value_save(filing=filing, path="causes", typed="Thiếu vốn.", seen=0, by=province.an)
    value_save(filing=filing, path="main.h01.estimate", typed="412", seen=0, by=province.an)
    Filing.objects.filter(pk=filing.pk).update(state=Filing.State.APPROVED)
    period = type(YEAR)("2027", YEAR.starts_on + timedelta(days=365), YEAR.ends_on + timedelta(days=365))
    version = renewed(filing.version)
    asking = Asking(version, period, (province.farming,), province.finance, province.binh, localdate())
    before = known_before(asking)[province.farming.pk]
    assert before.known["main.h01.actual"].value == "412"
    assert before.last["development"] == SAID
    assert "causes" not in before.last
