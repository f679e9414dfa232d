"""What people type of a merger, consolidation, division, split or conversion."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hopluc.accounts.forms import TypeAhead
from hopluc.indicators.forms import NumberField
from hopluc.registry.errors import MembersUnclear, NoSuchMember
from hopluc.registry.forms import PAPER, Optional, PaperForm, commune_field, day_field, narrow, text_field
from hopluc.registry.models import Organisation
from hopluc.registry.selectors import organisations_within, scope_of
from hopluc.registry.services import Founding, Part, Said
from hopluc.registry.services.keeping import shown
from hopluc.registry.services.passing import members_of

RANGE = re.compile(r"(\d{1,9})(?:\s*[-–]\s*(\d{1,9}))?")
HUNDRED = 100


class SeveralAhead(forms.SelectMultiple):
    """Several of a list that is searched on the server."""

    def use_required_attribute(self, initial: Any) -> bool:  # noqa: ARG002  Django's signature
        return False


class ActForm(PaperForm):
    """The day and the document of a reorganisation."""

    day = day_field(_("Takes effect on"), required=True)
    decided_on = day_field(_("Decided on"), help_text=_("By the organisation, a court or an authority."))
    filed_on = day_field(_("Whole file received on"))
    answered_on = day_field(_("Answered by the registry on"))
    note = text_field(
        _("Debts and obligations"),
        help_text=_("Who answers for them, as the resolution or the contract says."),
        most=500,
    )
    field_order: tuple[str, ...] = ("day", *PAPER, "note", "decided_on", "filed_on", "answered_on")

    @property
    def said(self) -> Said:
        about = {name: self.cleaned_data[name] for name in ("day", "decided_on", "filed_on", "answered_on", "note")}
        return Said("", paper=self.paper, **about)

    def founding(self, new: dict[str, Any], kind: str) -> Founding:
        days = {name: self.cleaned_data[name] for name in ("day", "decided_on", "filed_on", "answered_on")}
        return Founding(kind=kind, paper=self.paper, **days, **new)


class MergerForm(ActForm):
    """Into which other organisation one goes, and who goes with it."""

    target = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Goes into"),
        help_text=_("Type a part of the name, or the code, of the organisation that takes everything over."),
        widget=TypeAhead(),
    )
    others = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=_("Others that go into it at the same time"),
        required=False,
        widget=SeveralAhead(),
    )
    field_order = ("target", "others", *ActForm.field_order)

    def __init__(self, *args: Any, organisation: Organisation, by: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen_only(self, ("target", "others"), organisation, by)


class ConsolidationForm(ActForm):
    """With which others one becomes a new organisation."""

    others = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=_("Together with"),
        help_text=_("Type a part of the name, or the code; choose one after the other."),
        widget=SeveralAhead(),
    )
    field_order = ("others", *ActForm.field_order)

    def __init__(self, *args: Any, organisation: Organisation, by: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen_only(self, ("others",), organisation, by)


def may_join(organisation: Organisation, by: Any) -> QuerySet[Organisation]:
    """Organisations of the same kind, of a registry that one keeps, that exist."""
    return (
        organisations_within(scope_of(by, "keep registry")).filter(kind=organisation.kind).exclude(pk=organisation.pk)
    )


def chosen_only(form: forms.Form, names: Iterable[str], organisation: Organisation, by: Any) -> None:
    """Fields that are searched on the server hold what was chosen, and nothing else."""
    for name in names:
        field: Any = form.fields[name]
        typed = form.data.getlist(name) if hasattr(form.data, "getlist") else []
        chosen = [int(each) for each in typed if each.isdecimal()]
        field.queryset = may_join(organisation, by).defer("words").filter(pk__in=chosen)
        field.widget.attrs["data-source"] = f"{reverse('registry:choose', args=[organisation.pk])}?q="


class NewForm(forms.Form):
    """An organisation that begins by the act."""

    name = text_field(_("Name"), required=True, help_text=_("Whole, as on the certificate: Hợp tác xã Chè Tân Cương."))
    code = text_field(_("Code"), help_text=_("The tax code of the new organisation."), most=20)
    unit = commune_field()
    address = text_field(_("Address in the commune"))
    main_industry = text_field(_("Main industry (VSIC code)"), help_text=_("Such as 0118."), most=5)
    phone = text_field(_("Telephone"), most=30)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        narrow(self)

    @property
    def new(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in NewForm.base_fields if name in self.cleaned_data}


class ConvertedForm(NewForm):
    """The cooperative that a group becomes: its code comes with it."""

    code = None  # type: ignore[assignment]


class PartForm(NewForm):
    """A successor and what it gets."""

    percent = NumberField(
        label=_("Share of assets, funds and debts, percent"),
        help_text=_("All shares together make 100, less what stays."),
    )
    capital = Optional(
        label=_("Charter capital, đồng"), help_text=_("Leave it empty in all parts to share it by the same percent.")
    )
    members = text_field(_("Members by their number in the register"), help_text=_("Such as 1-40, 57."), most=2_000)

    def clean_percent(self) -> Decimal:
        percent = Decimal(self.cleaned_data["percent"])
        if not 0 <= percent <= HUNDRED:
            raise forms.ValidationError(gettext("Enter a percentage from 0 to 100."))
        return percent

    def part(self, act: ActForm, source: Organisation, numbers: dict[int, int]) -> Part:
        """Raises MembersUnclear, NoSuchMember."""
        about, day = self.cleaned_data, act.cleaned_data["day"]
        rows = set()
        for number in numbers_typed(about["members"]):
            if number not in numbers:
                raise NoSuchMember(name=source.name, number=number, day=shown(day))
            rows.add(numbers[number])
        capital = about.get("capital")
        return Part(
            act.founding(self.new, source.kind),
            about["percent"],
            frozenset(rows),
            None if capital is None else Decimal(capital),
        )


def numbers_in_register(source: Organisation, act: ActForm) -> dict[int, int]:
    """Ids of the rows of members on the day, by number."""
    return {row.number: row.pk for row in members_of(source, act.cleaned_data["day"])}


def numbers_typed(typed: str) -> list[int]:
    """`1-3, 7` → 1, 2, 3, 7. Raises MembersUnclear.

    >>> numbers_typed("1-3, 7; 9")
    [1, 2, 3, 7, 9]
    """
    found: list[int] = []
    for part in filter(None, (each.strip() for each in re.split(r"[,;]", typed))):
        match = RANGE.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if last < first or last - first > LONGEST:
            raise MembersUnclear(typed=part)
        found += range(first, last + 1)
    return found


LONGEST = 100_000  # members of a register
