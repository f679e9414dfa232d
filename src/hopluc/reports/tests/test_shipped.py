"""The forms that ship, where an earlier release published them: what is new in them comes, what an office changed stays."""

from __future__ import annotations

from datetime import date

import pytest

from hopluc.forms import loading
from hopluc.forms.models import FormVersion
from hopluc.forms.services import version_draft, version_in_force, version_publish
from hopluc.reports.tests.conftest import YEARLY


@pytest.fixture
def later(province, monkeypatch) -> FormVersion:
    """A release whose yearly form shows one chart less than the one that was published, which it gives."""
    release = list(loading.shipped())
    version = next(each for each in release if each["code"] == YEARLY)["version"][-1]
    version["charts"] = version["charts"][1:]
    monkeypatch.setattr(loading, "shipped", lambda: iter(release))
    return FormVersion.objects.get(form__code=YEARLY)


def test_a_form_of_an_earlier_release_is_published_anew_as_it_ships(later):
    assert (loading.forms_load(), loading.forms_load()) == (1, 0)
    found = version_in_force(YEARLY, on=date(2026, 12, 31))
    assert (found.number, len(found.schema["charts"])) == (later.number + 1, len(later.schema["charts"]) - 1)


@pytest.mark.parametrize("published", [True, False])
def test_a_form_that_an_office_changed_stays_as_the_office_has_it(later, province, published):
    made = version_draft(
        code=YEARLY, title_vi="Biểu riêng", title_en="Ours", schema=later.schema, starts_on=later.starts_on
    )
    if published:
        version_publish(version=made, by=province.binh)
    assert loading.forms_load() == 0
    assert FormVersion.objects.filter(pk=made.pk).exists()
