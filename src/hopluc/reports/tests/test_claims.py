"""Which figures a text claims, and which it only mentions: `cases/claims.yaml`."""

from __future__ import annotations

from pathlib import Path

import pytest

from hopluc.indicators.loading import table
from hopluc.reports.compiling.claims import Claim, Reader
from hopluc.reports.compiling.figures import Trait
from tests.cases import cases

CASES = cases(Path(__file__).parent / "cases" / "claims.yaml")
TRAITS = [Trait(each["code"], each["name"], each["measure"], tuple(each.get("aliases", ()))) for each in table()[0]]
WORK = [
    Trait(f"work:{key}", "", "nhiệm vụ") for key in ("all", "in_time", "done_late", "to_confirm", "open", "overdue")
]
READER = Reader([*TRAITS, *WORK], 2026)


def told(claim: Claim) -> str:
    """As the cases write it: `H01 1023`, `H01 +45`, `H01 102.3%plan`, `H01@2025 978`, `H01:plan 990`."""
    when = "" if claim.year == 2026 else f"@{claim.year}"
    of = f":{claim.measure}" if claim.measure and claim.sort == "level" else ""
    value = float(claim.value)
    shown = f"{value:+g}" if claim.sort == "change" else f"{value:.10g}"
    return f"{claim.code}{when}{of} {shown}" + ("%plan" if claim.sort == "share" else "")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_claims_of_a_text(case):
    assert [told(claim) for claim in READER.claims(case["text"])] == case["claims"]


@pytest.mark.parametrize("case", [case for case in CASES if case["claims"]], ids=lambda case: case["text"][:50])
def test_a_claim_stands_where_its_number_does(case):
    for claim in READER.claims(case["text"]):
        number = case["text"][claim.start : claim.end]
        assert number[0].isdigit()
        assert number[-1].isdigit()
