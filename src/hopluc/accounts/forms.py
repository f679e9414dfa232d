"""What an administrator types about people and posts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from hopluc.accounts.models import Post, Role, User
from hopluc.accounts.selectors import agencies_administered
from hopluc.units.models import Agency

LEAST_FIRST = tuple(reversed(Role))


class TypeAhead(forms.Select):
    """A list that is searched on the server; the page itself does not call it wrong while it is empty."""

    def use_required_attribute(self, initial: Any) -> bool:  # noqa: ARG002  Django's signature
        return False


class PostForm(forms.Form):
    """A post: an agency, the role there."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label=_("Agency"),
        help_text=_("Type a part of its name, such as so tai chinh thai nguyen."),
        widget=TypeAhead(attrs={"data-source": format_lazy("{}?q=", reverse_lazy("accounts:agencies"))}),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, role.label) for role in LEAST_FIRST],
        help_text=_(
            "A coordinator uploads, reviews and issues; an administrator also looks after people and agencies. "
            "An inspector also sees who changed what. The others see what was issued in the province."
        ),
    )
    title = forms.CharField(label=_("Title of the post"), max_length=200, required=False)
    ends_on = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Day/month/year. Leave it empty while no end is known."),
        widget=forms.DateInput(attrs={"placeholder": "31/12/2026", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        allowed = agencies_administered(by, on=localdate())
        kept = Q(pk=self.initial["agency"]) if "agency" in self.initial else Q()  # of a post that is changed
        field = self.fields["agency"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Agency.objects.filter(Q(pk__in=allowed.values("pk")) | kept) if kept else allowed
        shown = Agency.objects.filter(pk=self.data.get("agency") or self.initial.get("agency") or 0)
        field.widget.choices = [("", ""), *((agency.pk, agency.name) for agency in shown)]  # others are searched for


class PersonForm(PostForm):
    """An account with its first post."""

    username = forms.CharField(
        label=_("Name to sign in with"),
        max_length=150,
        help_text=_("Small letters without marks, such as nguyen.van.an."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    name = forms.CharField(label=_("Full name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    field_order = ["name", "username", "agency", "role", "title", "ends_on"]

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        User._meta.get_field("username").run_validators(username)
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError(
                _("Somebody has this name already. Add a number, such as %(name)s2."), params={"name": username}
            )
        return username


class NameForm(forms.Form):
    name = forms.CharField(label=_("Full name"), max_length=200)


def initial_of(post: Post) -> dict[str, Any]:
    """What a form for this post begins with."""
    return {
        "agency": post.agency_id,
        "role": post.role,
        "title": post.title,
        "ends_on": post.ends_on,
    }
