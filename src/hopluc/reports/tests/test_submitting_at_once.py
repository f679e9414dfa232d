"""Two people of an office hand in the same report at one moment: in a module of its own, beside no transaction that a module keeps."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from hopluc.accounts.models import Role
from hopluc.documents.tests.making import agency, person
from hopluc.forms.errors import FilingLocked
from hopluc.forms.loading import forms_load
from hopluc.forms.models import Decision
from hopluc.forms.services import Asked, filing_open, filing_submit, value_save
from hopluc.reports.tests.conftest import YEAR, YEARLY

SAID = "Hợp tác xã phát triển ổn định."


@pytest.mark.django_db(transaction=True)
def test_two_submissions_at_one_moment_make_one_decision():
    forms_load()
    office = agency("so-nnmt")
    people = [person(name, Role.OFFICER, office) for name in ("Trần An", "Lê Chi")]
    made = filing_open(code=YEARLY, agency=office, period=YEAR, asked=Asked())
    for path in ("development", "policies"):
        value_save(filing=made, path=path, typed=SAID, seen=0, by=people[0])
    start = Barrier(2)

    def hand_in(by) -> str:
        try:
            start.wait(30)
            filing_submit(filing=made, by=by)
        except FilingLocked as told:
            return told.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(hand_in, people)) == ["", "H612"]
    assert Decision.objects.filter(filing=made).count() == 1
