"""A round of reporting from its opening to its close, and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from psycopg.types.range import DateRange

from hopluc.forms.models import Filing
from hopluc.forms.services import Before, Known, value_save, version_draft, version_publish
from hopluc.reports import errors
from hopluc.reports.models import Call, Campaign
from hopluc.reports.services import (
    call_extend,
    calls_remind,
    campaign_call,
    campaign_close,
    campaign_open,
    campaign_reopen,
)
from hopluc.reports.tests.conftest import DUE, YEARLY


@pytest.fixture
def campaign(province, yearly) -> Campaign:
    return campaign_open(owner=province.finance, asked=yearly, called=province.called, by=province.binh)


def test_each_agency_that_is_asked_has_its_filing_at_once(province, yearly):
    known = {province.farming.pk: Before({"main.h01.estimate": Known("412", "Cơ sở dữ liệu hợp tác xã")})}
    made = campaign_open(owner=province.finance, asked=yearly, called=province.called, by=province.binh, before=known)
    filings = {call.filing.agency: call.filing for call in made.calls.all()}
    assert set(filings) == {province.farming, province.alliance}
    assert {(each.asked_by, each.due_on, each.period) for each in filings.values()} == {(province.finance, DUE, "2026")}
    assert filings[province.farming].values == {"main.h01.estimate": "412"}
    assert filings[province.farming].marks["main.h01.estimate"]["source"] == "Cơ sở dữ liệu hợp tác xã"
    assert filings[province.alliance].values == {}


def test_all_fill_in_one_version_whatever_is_published_meanwhile(province, campaign):
    schema = {**campaign.version.schema, "checks": []}
    version_publish(
        version=version_draft(
            code=YEARLY, title_vi="Mẫu mới", title_en="New", schema=schema, starts_on=date(2026, 1, 1)
        )
    )
    more = campaign_call(campaign=campaign, called=[province.finance, province.farming], by=province.binh)
    assert more == 1
    assert {call.filing.version for call in campaign.calls.all()} == {campaign.version}


def test_what_is_being_filled_in_outlives_the_publication_of_another_version(province, campaign):
    filing = Filing.objects.get(agency=province.farming)
    value_save(filing=filing, path="development", typed="Ổn định.", seen=0, by=province.an)
    version_publish(
        version=version_draft(
            code=YEARLY, title_vi="Mẫu", title_en="New", schema=campaign.version.schema, starts_on=date(2026, 1, 1)
        )
    )
    filing.refresh_from_db()
    assert filing.values["development"] == "Ổn định."


def test_the_same_form_and_period_are_asked_once(province, campaign, yearly):
    with pytest.raises(errors.CampaignTwice, match="Báo cáo kinh tế tập thể năm 2026"):
        campaign_open(
            owner=province.finance, asked=replace(yearly, title="Lại"), called=province.called, by=province.binh
        )


def test_only_its_coordinator_opens_a_round(province, yearly):
    with pytest.raises(errors.NotYourReports):
        campaign_open(owner=province.finance, asked=yearly, called=province.called, by=province.an)


def test_nobody_asked_is_said(province, yearly):
    with pytest.raises(errors.NobodyAsked):
        campaign_open(owner=province.finance, asked=yearly, called=[], by=province.binh)


def test_who_ended_before_the_period_did_is_named(province, yearly):
    province.alliance.validity = DateRange(province.alliance.validity.lower, date(2026, 7, 1))
    province.alliance.save()
    with pytest.raises(errors.AgencyEnded, match="01/07/2026"):
        campaign_open(owner=province.finance, asked=yearly, called=province.called, by=province.binh)


def test_more_time_has_a_reason_and_a_later_day(province, campaign):
    call = Call.objects.get(filing__agency=province.farming)
    with pytest.raises(errors.NoReason):
        call_extend(call=call, until=date(2026, 12, 20), reason=" ", by=province.binh)
    with pytest.raises(errors.NotLater):
        call_extend(call=call, until=DUE, reason="Chờ số liệu", by=province.binh)
    call_extend(call=call, until=date(2026, 12, 20), reason="Chờ số liệu", by=province.binh)
    call = Call.objects.select_related("campaign", "filing").get(pk=call.pk)
    assert (call.due_on, call.filing.due_on, call.campaign.due_on) == (date(2026, 12, 20), date(2026, 12, 20), DUE)


def test_those_that_handed_in_are_not_reminded(province, campaign):
    Filing.objects.filter(agency=province.alliance).update(state=Filing.State.APPROVED)
    reminded = calls_remind(campaign=campaign, by=province.binh)
    assert [call.filing.agency for call in reminded] == [province.farming]
    assert Call.objects.get(filing__agency=province.alliance).reminded_at is None


def test_a_closed_round_takes_nothing_more_until_it_is_opened_again(province, campaign):
    campaign_close(campaign=campaign, by=province.binh)
    with pytest.raises(errors.CampaignClosed):
        campaign_call(campaign=campaign, called=[province.finance], by=province.binh)
    campaign_reopen(campaign=campaign, by=province.binh)
    assert campaign_call(campaign=campaign, called=[province.finance], by=province.binh) == 1
