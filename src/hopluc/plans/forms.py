"""What people type about groups of agencies and steering committees."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies
from hopluc.plans.models import Committee, CommitteeMember
from hopluc.units.models import Agency, Unit
from hopluc.units.selectors import provinces_in_force

DAY = {"placeholder": "31/12/2026", "inputmode": "numeric"}
ONE_DAY = timedelta(days=1)


class TypeAhead(forms.Select):
    """A list that is searched on the server; the page itself does not call it wrong while it is empty."""

    def use_required_attribute(self, initial: Any) -> bool:  # noqa: ARG002  Django's signature
        return False


class AgencyField(forms.ModelChoiceField):
    """Any agency, found by typing; only the one that was chosen stands in the page."""

    def __init__(self, **options: Any) -> None:
        source = format_lazy("{}?q=", reverse_lazy("plans:agencies"))
        super().__init__(Agency.objects.all(), widget=TypeAhead(attrs={"data-source": source}), **options)

    def show(self, chosen: Any) -> None:
        shown = Agency.objects.filter(pk=chosen) if str(chosen or "").isdecimal() else Agency.objects.none()
        self.widget.choices = [("", ""), *((agency.pk, agency.name) for agency in shown)]


class WithAgencies(forms.Form):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            if isinstance(field, AgencyField):
                field.show(self.data.get(name) or self.initial.get(name))


def day(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    return forms.DateField(label=label, required=required, help_text=help_text, widget=forms.DateInput(attrs=DAY))


def owners(by: User) -> QuerySet[Agency]:
    """The agencies in force for which somebody drafts."""
    return Agency.objects.on(localdate()).filter(pk__in=agencies(by, "draft"))


class GroupForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the group"),
        max_length=200,
        help_text=_("As tasks will name it, such as Tổ giúp việc Ban Chỉ đạo."),
    )
    owner = forms.ModelChoiceField(Agency.objects.none(), label=_("Agency that keeps it"), empty_label=None)

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["owner"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = owners(by)


class GroupNameForm(forms.Form):
    name = forms.CharField(label=_("Name of the group"), max_length=200)


class MemberForm(WithAgencies):
    agency = AgencyField(label=_("Agency"))
    starts_on = day(_("First day"), required=True)
    ends_on = day(_("Last day"), help_text=_("Leave it empty while no end is known."))


class CommitteeForm(WithAgencies):
    name = forms.CharField(label=_("Name of the committee"), max_length=300)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Place"), empty_label=None)
    standing = forms.ModelChoiceField(
        Agency.objects.none(),
        label=_("Standing agency"),
        empty_label=None,
        help_text=_("The agency that serves the committee. Its coordinators look after this page."),
    )
    founded_by = forms.CharField(
        label=_("Founding document"),
        max_length=200,
        help_text=_("Its kind and symbol, such as Quyết định 1234/QĐ-UBND."),
    )
    founded_on = day(_("Date of the founding document"), required=True)
    starts_on = day(_("First day"), help_text=_("Leave it empty: the date of the founding document."))
    ends_on = day(_("Last day"), help_text=_("Leave it empty while no end is known."))

    def __init__(self, *args: Any, by: User, committee: Committee | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        standing, unit = self.fields["standing"], self.fields["unit"]
        assert isinstance(standing, forms.ModelChoiceField)
        assert isinstance(unit, forms.ModelChoiceField)
        standing.queryset = owners(by) | Agency.objects.filter(pk=committee.standing_id if committee else 0)
        standing.queryset = standing.queryset.distinct()
        unit.queryset = provinces_in_force(localdate())
        if committee:
            unit.queryset = Unit.objects.filter(pk=committee.unit_id)
            del self.fields["ends_on"]
        elif first := owners(by).first():
            self.initial.setdefault("unit", first.province_id)

    @classmethod
    def initial_of(cls, committee: Committee) -> dict[str, Any]:
        return {
            "name": committee.name,
            "unit": committee.unit_id,
            "standing": committee.standing_id,
            "founded_by": committee.founded_by,
            "founded_on": committee.founded_on,
            "starts_on": committee.validity.lower,
        }


class SeatForm(WithAgencies):
    title = forms.CharField(
        label=_("Post"),
        max_length=200,
        help_text=_("As the decision names it, such as Phó Chủ tịch Ủy ban nhân dân tỉnh."),
    )
    agency = AgencyField(label=_("Agency of the post"))
    duty = forms.ChoiceField(label=_("On the committee"), choices=CommitteeMember.Duty.choices, initial="member")
    starts_on = day(_("First day"), help_text=_("Leave it empty: that of the committee."))
    ends_on = day(_("Last day"), help_text=_("Leave it empty while no end is known."))

    @classmethod
    def initial_of(cls, seat: CommitteeMember) -> dict[str, Any]:
        end = seat.validity.upper
        return {
            "title": seat.title,
            "agency": seat.agency_id,
            "duty": seat.duty,
            "starts_on": seat.validity.lower,
            "ends_on": end - ONE_DAY if end else None,
        }


class EndForm(forms.Form):
    last_day = day(_("Last day"), required=True)
