"""A form being changed: parts of its draft, errors at their place, publication; who is filling in keeps their version."""

from __future__ import annotations

import pytest
from django.urls import reverse

from hopluc.accounts.models import Role
from hopluc.forms import editing
from hopluc.forms.errors import FormOfAll, FormOfAnother
from hopluc.forms.models import Filing, Form, FormVersion
from hopluc.forms.selectors import forms_of
from hopluc.forms.services import draft_drop, draft_publish, value_save
from hopluc.forms.services.drafting import draft_begin, draft_of
from hopluc.forms.tests.conftest import person
from hopluc.forms.tests.making import SOUND
from hopluc.units.services import agency_ensure

CODE = "bao-cao"


@pytest.fixture
def draft(office, version) -> FormVersion:
    """Of a form of the province's own."""
    Form.objects.update(province=office.above.province)
    return draft_begin(form=Form.objects.get(), by=office.binh)


@pytest.fixture
def post(client, office, draft):
    """Sends a page of the draft as its coordinator; gives the answer."""
    client.force_login(office.binh)

    def send(name: str, query: str = "", **typed: str | list[str]):
        address = reverse(f"forms:{name}", args=[CODE]) + query
        return client.post(address, {"draft": now(draft).pk, **typed})

    return send


def now(draft: FormVersion) -> FormVersion:
    found = draft_of(draft.form)
    assert found
    return found


def test_places_lead_to_parts_and_nowhere_else():
    assert editing.part_of(SOUND, "sections.1.fields.0.rows.1")["key"] == "lent"
    for place in ("sections.9", "sections.0.key", "checks.x", "sections.0.fields.0.rows.0", "__class__"):
        with pytest.raises(editing.NoSuchPart):
            editing.part_of(SOUND, place)
    assert editing.part_moved(SOUND, "checks.1", -1)["checks"][0] == SOUND["checks"][1]
    assert editing.part_moved(SOUND, "checks.0", -1) == SOUND
    assert editing.key_for("Nam", SOUND, "sections.0.fields") == "nam"
    assert editing.key_for("Men", SOUND, "sections.1.fields") == "men_2"  # of the whole form
    assert editing.key_for("123", SOUND, "sections") == "o_123"


def test_a_draft_begins_as_the_version_in_force(draft, version):
    assert (draft.number, draft.schema, draft.published_at) == (2, version.schema, None)


def test_parts_are_added_renamed_moved_and_removed(post, draft):
    post("part", "?add=sections.0.fields", label_vi="Ghi chú thêm", kind="text", longest="100")
    added = now(draft).read.fields["ghi_chu_them"]
    assert (str(added.label), added.kind, added.longest) == ("Ghi chú thêm", "text", 100)
    post("part", "?at=sections.0.fields.1", label_vi="Số nam", label_en="Men", kind="whole", least="0")
    assert str(now(draft).read.fields["men"].label) == "Số nam"  # its key stays: rules name it
    post("part", "?add=sections.1.fields.0.rows", label_vi="Vốn khác", about="H99")
    assert now(draft).read.fields["capital"].rows[-1].about == "H99"
    post("part_move", at="sections.0.fields.5", way="up")
    assert list(now(draft).read.fields)[4] == "ghi_chu_them"
    post("part_remove", at="sections.0.fields.4")
    assert "ghi_chu_them" not in now(draft).read.fields
    post("part", "?add=sections", label_vi="Phần mới")
    assert [each.key for each in now(draft).read.sections][-1] == "phan_moi"


CHART = {
    "label_vi": "Nguồn vốn",
    "kind": "bars",
    "rows": ["capital.own", "capital.lent"],
    "columns": ["capital.amount"],
}


def test_charts_are_added_changed_moved_and_removed(post, draft):
    post("part", "?add=charts", **CHART)
    post("part", "?add=charts", **CHART | {"label_vi": "Vốn vay", "rows": ["capital.lent"], "after": "note"})
    assert [(one.key, one.table, one.rows, one.after) for one in now(draft).read.charts] == [
        ("nguon_von", "capital", ("own", "lent"), ""),
        ("von_vay", "capital", ("lent",), "note"),
    ]
    post("part", "?at=charts.1", **CHART | {"kind": "map", "rows": ["capital.own"]})
    post("part_move", at="charts.1", way="up")
    first, second = now(draft).read.charts
    assert (first.key, first.kind, first.rows, first.after, second.key) == ("von_vay", "map", ("own",), "", "nguon_von")
    post("part_remove", at="charts.0")
    assert [one.key for one in now(draft).read.charts] == ["nguon_von"]


@pytest.mark.parametrize(
    ("changed", "at"),
    [
        ({"kind": "map"}, "kind"),
        ({"rows": ["members.x"]}, "rows"),
        ({"columns": []}, "columns"),
        ({"after": "men"}, "after"),
    ],
)
def test_a_chart_that_shows_nothing_is_refused_where_it_is_wrong(post, draft, changed, at):
    answer = post("part", "?add=charts", **CHART | changed)
    assert (answer.status_code, at in answer.context["form"].errors) == (422, True)
    assert now(draft).pk == draft.pk


def test_an_error_of_a_rule_stands_at_the_rule(post, draft):
    answer = post("part", "?at=checks.0", rule="total = men +", at="total", say_vi="Sai.")
    assert answer.status_code == 422
    assert "ký tự 14" in str(answer.context["form"].errors["rule"])
    answer = post("part", "?at=checks.0", rule="total = boys", at="nowhere", say_vi="Sai.")
    assert set(answer.context["form"].errors) == {"rule", "at"}
    assert now(draft).pk == draft.pk  # nothing was saved


def test_what_a_rule_needs_is_not_removed(post, draft):
    answer = post("part_remove", at="sections.0.fields.1")
    assert answer.status_code == 409
    assert "total = men + women" in answer.content.decode()
    assert "men" in now(draft).read.fields


def test_whoever_was_slower_changes_nothing(post, draft):
    post("part_move", at="checks.0", way="down")
    answer = post("part_remove", at="checks.0", draft=str(draft.pk))
    assert answer.status_code == 409
    assert len(now(draft).schema["checks"]) == 4


def test_who_is_filling_in_keeps_the_version(post, draft, filing, office):
    post("part", "?add=sections.0.fields", label_vi="Ghi chú thêm", kind="text")
    post("draft_about", title_vi="Báo cáo mới", starts_on="01/01/2026", source="Công văn 12/STC")
    assert post("publish").status_code == 302
    newest = draft.form.versions.get(number=2)
    assert (newest.published_by, newest.source) == (office.binh, "Công văn 12/STC")
    kept = Filing.objects.get(pk=filing.pk)
    value_save(filing=kept, path="note", typed="Như cũ", seen=0, by=office.an)
    assert kept.version.number == 1


@pytest.mark.parametrize(("role", "status"), [(Role.ADMINISTRATOR, 200), (Role.OFFICER, 403), (Role.HEAD, 403)])
def test_administrators_and_coordinators_change_forms(client, office, version, role, status):
    client.force_login(person("Ai Đó Khác", role, office.beside))
    assert client.get(reverse("forms:draft", args=[CODE])).status_code == status
    shown = client.get(reverse("forms:version", args=[CODE, 1])).content.decode()
    assert (reverse("forms:draft", args=[CODE]) in shown) is (status == 200)


# Whose form it is


def test_a_form_of_the_whole_country_is_changed_as_a_copy_of_ones_province(client, office, version):
    client.force_login(office.binh)
    answer = client.post(reverse("forms:draft", args=[CODE]))
    copy = Form.objects.get(copied_from=version.form)
    assert (answer.url, copy.province) == (reverse("forms:draft", args=[copy.code]), office.above.province)
    assert client.post(reverse("forms:draft", args=[CODE])).url == answer.url  # made once
    client.post(reverse("forms:publish", args=[copy.code]), {"draft": draft_of(copy).pk})
    assert FormVersion.objects.get(form=version.form) == version
    assert set(forms_of(office.above.province_id)) == {copy}  # in place of the one that it was copied from
    assert set(forms_of(None)) == {version.form}


def test_nobody_changes_the_form_of_another_province_or_sees_it(client, office, version):
    there = agency_ensure(key="so-tc", province="tỉnh Lào Cai")
    theirs = draft_begin(form=version.form, by=person("Lý Mai", Role.COORDINATOR, there))
    with pytest.raises(FormOfAnother, match="Lào Cai"):
        draft_drop(form=theirs.form, seen=theirs.pk, by=office.binh)
    with pytest.raises(FormOfAnother):
        draft_begin(form=theirs.form, by=office.binh)
    client.force_login(office.binh)
    assert client.get(reverse("forms:draft", args=[theirs.form.code])).status_code == 404
    assert theirs.form.code not in client.get(reverse("forms:list")).content.decode()


def test_the_form_of_the_whole_country_is_changed_by_whoever_administers_all(office, version):
    whole = person("Vũ Hà", Role.ADMINISTRATOR, agency_ensure(key="bo-tc"))
    draft = draft_begin(form=version.form, by=whole)
    assert draft.form == version.form
    with pytest.raises(FormOfAll):
        draft_publish(form=version.form, seen=draft.pk, by=office.binh)
