"""What the first page tells of plans whose places and agencies changed."""

from __future__ import annotations

from datetime import date

import pytest

from hopluc.accounts.models import Role
from hopluc.documents.review import item_add
from hopluc.documents.services import document_begin
from hopluc.documents.shaping import BLANK
from hopluc.documents.tests.making import person
from hopluc.plans.expansion import Setting
from hopluc.plans.models import Plan
from hopluc.plans.services import plan_issue
from hopluc.plans.tests.places import BEFORE, DEPARTMENTS, MERGED, TODAY, agency, took_over
from hopluc.units.models import Agency, Lineage
from hopluc.web.story import story_of


@pytest.fixture
def owner(db: None) -> Agency:
    """Sở Kế hoạch và Đầu tư tỉnh Bắc Kạn, which Sở Tài chính took over before the province went to Thái Nguyên."""
    planning, finance = agency("so-khdt", "Bắc Kạn", BEFORE, until=DEPARTMENTS), agency("so-tc", "Bắc Kạn", BEFORE)
    today = agency("so-tc", "Thái Nguyên", TODAY)
    took_over(planning, finance, DEPARTMENTS)
    took_over(finance, today, MERGED)
    Lineage.objects.create(source=finance.unit, target=today.unit, on=MERGED, share=1, basis="Nghị quyết 202/2025/QH15")
    return planning


def issued(owner: Agency, *leads: str) -> Plan:
    by = person(role=Role.COORDINATOR, at=owner)
    document = document_begin(title="Kế hoạch", owner=owner, by=by)
    for lead in leads:
        item_add(document=document, kind="task", value={**BLANK["task"], "text": "Làm việc", "lead": [lead]}, by=by)
    return plan_issue(document=document, by=by, setting=Setting(owner.unit, BEFORE))


def test_it_counts_places_then_and_now_and_tasks_that_moved(owner: Agency) -> None:
    plan = issued(owner, "so-khdt", "so-tc", "lmhtx-tinh")  # the last has no agency there
    story = story_of([plan], today=TODAY)
    assert story
    (chapter,) = story.chapters
    assert ([str(place) for place in chapter.places], chapter.place_moved) == (["tỉnh Thái Nguyên"], True)
    assert (chapter.tasks, chapter.moved, chapter.keeper) == (3, 2, "Sở Tài chính tỉnh Thái Nguyên")
    assert (story.years, story.now) == ("2020", ["tỉnh Thái Nguyên"])


@pytest.mark.parametrize("day", [date(2020, 6, 1), date(2025, 2, 28)])
def test_before_anything_changed_there_is_nothing_to_tell(owner: Agency, day: date) -> None:
    assert story_of([issued(owner, "so-khdt", "so-tc")], today=day) is None
