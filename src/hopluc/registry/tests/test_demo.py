"""The invented registry: the same each time, marked as invented, and true to its own facts."""

from __future__ import annotations

from django.urls import reverse

from hopluc.registry.copies import deviations
from hopluc.registry.demo import demo_make
from hopluc.registry.lifecycle import event_kinds, fits
from hopluc.registry.models import Event, Fact, Membership, Officer, Organisation, Party
from hopluc.registry.tests.conftest import TODAY


def test_invented_organisations_agree_with_their_facts(places):
    assert demo_make(cooperatives=40, groups=60, today=TODAY) == 100
    assert demo_make(cooperatives=40, groups=60, today=TODAY) == 0
    assert Organisation.objects.count() == 100
    assert not list(deviations(on=TODAY))
    for model in (Organisation, Fact, Event, Membership, Officer, Party):
        assert not model.objects.filter(batch=None).exists()
    assert all(one.code.startswith("99") for one in Organisation.objects.exclude(code=""))
    before = {"": ""}
    for event in Event.objects.select_related("organisation").order_by("organisation", "day", "pk"):
        kind, one = event_kinds()[event.kind], event.organisation
        assert not kind.entered or fits(kind, one.kind, before.get(one.pk, ""))
        before[one.pk] = event.status_after or before.get(one.pk, "")
    assert all(before[one.pk] == one.legal_status for one in Organisation.objects.all())


def test_pages_say_that_organisations_are_invented_and_nothing_of_plans(places, client):
    demo_make(cooperatives=4, groups=4, today=TODAY)
    one = Organisation.objects.first()
    for address in (reverse("registry:list"), reverse("registry:organisation", args=[one.pk])):
        said = client.get(address).content.decode()
        assert "dữ liệu mẫu" in said
        assert "kết quả thực hiện các kế hoạch" not in said
