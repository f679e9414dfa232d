"""What an administrator enters about the agencies of a province."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hopluc.accounts.forms import TypeAhead
from hopluc.units.kinds import kinds
from hopluc.units.models import Agency, Unit

DAY = {"placeholder": "01/03/2025", "inputmode": "numeric", "autocomplete": "off"}


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(label=label, help_text=help_text, widget=forms.DateInput(attrs=DAY))


def basis_field() -> forms.CharField:
    return forms.CharField(
        label=_("Source document"),
        max_length=300,
        help_text=_("The document that says so, with number and date, such as Nghị quyết 12/NQ-HĐND, 20/02/2025."),
    )


class AddForm(forms.Form):
    """An agency: of a kind, or under a name of its own."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        required=False,
        help_text=_("Only where no kind fits, or where its name is another than usual. Write it in full."),
    )
    on = day_field(_("First day"))

    def __init__(self, *args: Any, unit: Unit, **options: Any) -> None:
        super().__init__(*args, **options)
        fitting = [one for one in kinds() if one.level == unit.tier and one.fits(unit.kind, unit.name)]
        choices = [("", _("none of these")), *((one.key, one.title) for one in fitting)]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        about = super().clean() or {}
        if not about.get("kind") and not about.get("name"):
            raise ValidationError(_("Choose a kind, or write a name."))
        return about


class EndForm(forms.Form):
    last = day_field(_("Last day"), _("The day after it, the agency is no longer there."))


class HandOverForm(forms.Form):
    """Whose work goes to whom, from when."""

    target = forms.ModelChoiceField(
        Agency.objects.none(),
        label=_("Successor"),
        help_text=_("Type a part of its name, such as so tai chinh thai nguyen."),
    )
    on = day_field(_("First day with the successor"))
    field = forms.CharField(
        label=_("Field of work"),
        max_length=200,
        required=False,
        help_text=_(
            "Empty: all its work goes over, and the agency ends the day before. A field, such as giáo dục nghề nghiệp: "
            "only that goes over."
        ),
    )
    basis = basis_field()

    def __init__(self, *args: Any, among: QuerySet[Agency], source: str, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["target"]
        assert isinstance(field, forms.ModelChoiceField)
        field.widget = TypeAhead(
            attrs={"data-source": format_lazy("{}?of={}&q=", reverse_lazy("units:choose"), source)}
        )
        field.queryset = among
        shown = among.filter(pk=self.data.get("target") or 0)
        field.widget.choices = [("", ""), *((agency.pk, agency.name) for agency in shown)]


class MoveForm(forms.Form):
    """Another day for what was handed over on one."""

    day = forms.TypedChoiceField(label=_("The day now"))
    to = day_field(_("The day that it really was"))
    basis = basis_field()

    def __init__(self, *args: Any, days: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["day"].choices = [(day.isoformat(), date_format(day)) for day in days]  # type: ignore[attr-defined]
