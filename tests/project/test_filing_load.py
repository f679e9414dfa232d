"""What the measurement of many people at once counts, and that it runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from benchmarks.filing import counted
from benchmarks.sessions import Tally
from hopluc.accounts.models import Role
from hopluc.documents.tests.making import agency, person
from hopluc.forms.loading import forms_load
from hopluc.forms.services import Asked, Period, filing_open, filing_submit, value_save


def test_what_was_acknowledged_and_is_not_there_or_there_twice_is_counted(db):
    forms_load()
    office = agency("so-nnmt")
    an, year = person("Trần An", Role.OFFICER, office), Period("2026", date(2026, 1, 1), date(2026, 12, 31))
    filing = filing_open(code="bc-ktth-nam", agency=office, period=year, asked=Asked(levels=()))
    tally = Tally()
    for path in ("development", "policies"):
        value_save(filing=filing, path=path, typed="Ổn định.", seen=0, by=an)
        tally.saves[filing.pk] += 1
        tally.values.setdefault(filing.pk, {})[path] = "Ổn định."
    tally.submitted.add(filing.pk)
    tally.sent[filing.pk] += 1
    assert counted(tally) == {"lost": 1, "doubled": 0}  # nobody has handed it in
    filing_submit(filing=filing, by=an)
    assert counted(tally) == {"lost": 0, "doubled": 0}
    tally.values[filing.pk]["policies"] = "Khác."
    tally.saves[filing.pk] -= 1
    assert counted(tally) == {"lost": 1, "doubled": 1}


@pytest.mark.thorough
def test_a_dozen_people_lose_nothing(tmp_path):
    root = Path(__file__).parents[2]
    paths = os.pathsep.join(map(str, (root / "src", root)))
    about = {**os.environ, "QUICK": "1", "HOPLUC_DATA": str(tmp_path), "PYTHONPATH": paths}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.filing"],
        cwd=root,
        env=about,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    found = json.loads(done.stdout.splitlines()[-1])
    assert (found["users"], found["lost"], found["doubled"]) == (12, 0, 0)
    assert set(found["statuses"]) == {"page 200", "save 200", "submit 302"}
