"""An indicator whose definition changes while its round is open: nobody's figures are lost, and whoever compiles is told."""

from __future__ import annotations

from copy import deepcopy
from datetime import date

import pytest
from django.urls import reverse
from psycopg.types.range import DateRange

from hopluc.forms.models import Filing, FormVersion
from hopluc.forms.services import value_save, version_draft, version_publish
from hopluc.indicators.loading import indicators_load
from hopluc.indicators.models import Definition, Indicator
from hopluc.reports.services import campaign_open, report_begin
from hopluc.reports.tests.conftest import YEARLY

FIGURE = "main.h18.estimate"  # workers
SAID = "Hợp tác xã phát triển ổn định."
NEW = "Lao động có hợp đồng từ sáu tháng"


@pytest.fixture
def round_(province, yearly):
    indicators_load()
    return campaign_open(owner=province.finance, asked=yearly, called=province.called, by=province.binh)


@pytest.fixture
def filing(province, round_) -> Filing:
    """Farming's, half filled in."""
    found = Filing.objects.get(call__campaign=round_, agency=province.farming)
    for path, typed in (("development", SAID), (FIGURE, "412")):
        value_save(filing=found, path=path, typed=typed, seen=0, by=province.an)
    return found


def redefined(version: FormVersion) -> FormVersion:
    """A version in which the row means something else, in another unit of measure."""
    schema = deepcopy(version.schema)
    tables = [field for section in schema["sections"] for field in section["fields"] if field["key"] == "main"]
    (row,) = [each for each in tables[0]["rows"] if each["key"] == "h18"]
    row["label"] = {"vi": NEW, "en": NEW}
    made = version_draft(code=YEARLY, title_vi="Mẫu mới", title_en="New", schema=schema, starts_on=date(2026, 1, 1))
    version_publish(version=made)
    return made


def test_whoever_fills_in_keeps_the_definition_that_they_began_with(client, province, filing):
    client.force_login(province.an)
    address = reverse("forms:filing", args=[filing.pk])
    before = client.get(address).content.decode()
    redefined(filing.version)
    page = client.get(address).content.decode()
    assert "Phiên bản 2" in page
    assert "Phiên bản 2" not in before
    assert NEW not in page
    assert 'value="412"' in page
    for path, typed in (("policies", SAID), (FIGURE, "430")):
        sent = {"path": path, "value": typed, "seen": 9}
        assert client.post(reverse("forms:save", args=[filing.pk]), sent).status_code == 302
    assert client.post(reverse("forms:submit", args=[filing.pk])).status_code == 302
    kept = Filing.objects.get(pk=filing.pk)
    assert (kept.version_id, kept.state) == (filing.version_id, Filing.State.WAITING)
    assert (kept.values["development"], kept.values[FIGURE]) == (SAID, "430")


def test_whoever_compiles_is_told_since_when_an_indicator_means_something_else(client, province, round_, filing):
    report_begin(campaign=round_, by=province.binh)
    client.force_login(province.binh)
    gate = reverse("reports:gate", args=[round_.pk])
    words = "từ ngày 01/07/2026"
    assert words not in client.get(gate).content.decode()
    ended = Definition.objects.get(indicator__code="H18", validity__contains=date(2026, 6, 30))
    ended.validity = DateRange(ended.validity.lower, date(2026, 7, 1))
    ended.save()
    Definition.objects.create(
        indicator=Indicator.objects.get(code="H18"), validity=DateRange(date(2026, 7, 1), None), text=NEW,
        source="Quyết định thử", status=Definition.Status.READ,
    )  # fmt: skip
    page = client.get(gate).content.decode()
    assert words in page
    assert f'href="{reverse("reports:cell", args=[round_.pk, FIGURE])}' in page
    assert Filing.objects.get(pk=filing.pk).values[FIGURE] == "412"
