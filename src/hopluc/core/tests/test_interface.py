"""Parts of pages: what a reader would miss if they came out wrong."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory

from hopluc.core.notices import UNDO
from hopluc.core.templatetags import interface


@pytest.fixture(autouse=True)
def _files_under_their_own_names(settings):
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


def shown(source: str, address: str = "/", **context: object) -> str:
    template = engines["django"].from_string("{% load interface i18n %}" + source)
    return template.render(context, RequestFactory().get(address))


class Answer(forms.Form):
    day = forms.DateField(help_text="15/12/2026")
    public = forms.BooleanField(required=False)
    role = forms.ChoiceField(choices=[("lead", "Lead")], widget=forms.RadioSelect)


@pytest.mark.parametrize(
    ("address", "order", "leads_to"),
    [
        ("/?q=chè&page=3", None, "sort=end"),
        ("/?sort=end", "ascending", "sort=-end"),
        ("/?sort=-end", "descending", "sort=end"),
    ],
)
def test_column_says_how_it_is_sorted_and_turns_round(address, order, leads_to):
    head = shown('{% column "end" "Deadline" %}', address)
    assert (f'aria-sort="{order}"' in head) == bool(order)
    assert re.search(rf'href="\?[^"]*{leads_to}"', head)
    assert "page=" not in head
    assert ("q=ch%C3%A8" in head) == ("q=" in address)


def test_column_keeps_the_order_that_the_list_has_by_itself():
    assert 'aria-sort="ascending"' in shown('{% column "end" "Deadline" %}', sort="end")


def test_state_has_colour_drawing_and_word():
    badge = shown('{% state "overdue" word %}', word="quá hạn <2 ngày")
    assert "state red" in badge
    assert "#clock-exclamation" in badge
    assert "quá hạn &lt;2 ngày" in badge


def test_every_state_can_be_drawn():
    for key, (_, drawing) in interface.STATES.items():
        assert f"#{drawing}" in interface.state(key, "word")


def test_field_ties_its_help_and_its_error_to_the_input():
    field = Answer({"day": "31/02/2026"})["day"]
    page = shown('{% include "core/_field.html" %}', field=field)
    described = re.search(r'<input[^>]*aria-describedby="([^"]+)"', page)[1].split()
    assert described == ["id_day_helptext", "id_day_error"]
    assert all(f'id="{name}"' in page for name in described)
    assert 'aria-invalid="true"' in page


def test_lists_of_choices_are_a_group_with_a_name():
    page = shown('{% include "core/_field.html" %}', field=Answer()["role"])
    assert "<legend>Role" in page
    assert 'class="form-' not in page


def test_errors_lead_to_their_fields():
    page = shown('{% include "core/_errors.html" %}', form=Answer({"role": "lead"}))
    assert 'href="#id_day"' in page
    assert "id_public" not in page


def test_message_offers_to_undo_only_what_can_be_undone():
    there = Message(constants.SUCCESS, "Đã xóa.", extra_tags=f"{UNDO}/documents/3/restore/")
    assert interface.undo_address(there) == "/documents/3/restore/"
    assert interface.undo_address(Message(constants.SUCCESS, "Đã lưu.")) == ""


@pytest.mark.parametrize("page", ["400.html", "500.html"])
def test_error_pages_need_nothing_from_the_request(page):
    text = render_to_string(page)
    assert "<h1>" in text
    assert "<form" not in text


def test_uploads_name_their_limits():
    context = {"name": "files", "accept": ".docx", "kinds": "DOCX", "limit": 50_000_000, "most": 20}
    page = shown('{% include "core/_upload.html" %}', **context)
    assert 'data-limit="50000000"' in page
    assert "50 MB" in page
    assert "{name}" in re.search(r'data-large="([^"]*)"', page)[1]
