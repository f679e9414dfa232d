"""What an administrator types about people and posts."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from hopluc.accounts.models import Post, Role, User
from hopluc.accounts.rights import SECRETS
from hopluc.accounts.secrets import LONGEST, PURPOSES, masked
from hopluc.accounts.selectors import agencies_administered
from hopluc.units.models import Agency

PHONE = re.compile(r"\+?[\d .()-]+")
OTHER = "other"  # a purpose in one's own words
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
            "An inspector also sees who looked at what is masked. The others see what was issued in the province."
        ),
    )
    title = forms.CharField(label=_("Title of the post"), max_length=200, required=False)
    starts_on = forms.DateField(
        label=_("First day"),
        required=False,
        help_text=_("Day/month/year. Rights begin on this day; leave it empty for at once."),
        widget=forms.DateInput(attrs={"placeholder": "01/07/2026", "inputmode": "numeric"}),
    )
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

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day comes before the first. Correct one of them."))
        return cleaned


class PersonForm(PostForm):
    """An account with its first post."""

    username = forms.CharField(
        label=_("Name to sign in with"),
        max_length=150,
        help_text=_("Small letters without marks, such as nguyen.van.an."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    name = forms.CharField(label=_("Full name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    field_order = ["name", "username", "agency", "role", "title", "starts_on", "ends_on"]

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


class ContactForm(forms.Form):
    """How to reach somebody. What is there is not shown, here neither: it is kept, replaced or removed."""

    phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)
    phone_remove = forms.BooleanField(label=_("Remove the telephone"), required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    email_remove = forms.BooleanField(label=_("Remove the e-mail"), required=False)

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("phone", "email"):
            if shown := masked(f"User.{name}", getattr(user, name)):
                self.fields[name].help_text = _("Now %(value)s. Leave it empty to keep that.") % {"value": shown}
            else:
                del self.fields[f"{name}_remove"]
            self.fields[name].widget.attrs |= {"autocomplete": "off"}
        self.fields["phone"].widget.attrs["inputmode"] = "tel"

    def clean_phone(self) -> str:
        typed: str = self.cleaned_data["phone"]
        kept = "".join(sign for sign in typed if sign.isdigit())
        if typed and (not 8 <= len(kept) <= 15 or not PHONE.fullmatch(typed)):  # at most 15 digits: ITU-T E.164
            raise ValidationError(_("A telephone number has 8 to 15 digits, such as 0912 345 612."))
        return f"+{kept}" if typed.startswith("+") else kept

    @property
    def changes(self) -> dict[str, str | None]:
        """What is to become of each: the new value, "" for none, None for as it is."""
        sent = self.cleaned_data
        return {name: sent[name] or ("" if sent.get(f"{name}_remove") else None) for name in ("phone", "email")}


class LookForm(forms.Form):
    """What somebody needs a telephone number or an address for."""

    field = forms.ChoiceField(choices=[(field, field) for field in SECRETS if field.startswith("User.")])
    purpose = forms.ChoiceField(
        label=_("What do you need it for?"),
        choices=[("", _("Choose a purpose")), *PURPOSES.items(), (OTHER, _("something else:"))],
    )
    typed = forms.CharField(label=_("In your own words"), max_length=LONGEST, required=False)

    @property
    def stated(self) -> str:
        purpose: str = self.cleaned_data["purpose"]
        return self.cleaned_data["typed"] if purpose == OTHER else purpose


def initial_of(post: Post) -> dict[str, Any]:
    """What a form for this post begins with."""
    return {
        "agency": post.agency_id,
        "role": post.role,
        "title": post.title,
        "starts_on": post.starts_on,
        "ends_on": post.ends_on,
    }
