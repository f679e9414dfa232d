"""What an administrator types about people and posts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from hopluc.accounts.models import Post, Role, User
from hopluc.accounts.rights import EVERYWHERE
from hopluc.accounts.selectors import provinces_administered
from hopluc.accounts.services import place_named
from hopluc.units.selectors import kinds_of_agency

LEAST_FIRST = (Role.VIEWER, Role.OFFICER, Role.COORDINATOR, Role.ADMINISTRATOR)


class TypeAhead(forms.Select):
    """A list that is searched on the server; the page itself does not call it wrong while it is empty."""

    def use_required_attribute(self, initial: Any) -> bool:  # noqa: ARG002  Django's signature
        return False


class PostForm(forms.Form):
    """A post: a kind of agency, its province, the role there."""

    key = forms.ChoiceField(
        label=_("Agency"),
        help_text=_("Its kind, such as Sở Tài chính."),
        widget=TypeAhead(attrs={"data-source": format_lazy("{}?q=", reverse_lazy("accounts:agencies"))}),
    )
    province = forms.ChoiceField(label=_("Province or city"), required=False)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, role.label) for role in LEAST_FIRST],
        help_text=_(
            "A coordinator uploads, reviews and issues. An officer and a viewer see what was issued. "
            "An administrator also looks after people."
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
        own = provinces_administered(by, today=localdate())
        initial = self.initial.get("province")
        known = [*own, *([initial] if initial and initial not in own else [])]
        self.fields["province"].required = EVERYWHERE not in known
        kinds = kinds_of_agency().values_list("key", "name")
        self._offer("province", [(province, place_named(province)) for province in known])
        self._offer("key", [("", ""), *kinds, *((self.initial["kind"],) if "kind" in self.initial else ())])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class PersonForm(PostForm):
    """An account with its first post."""

    username = forms.CharField(
        label=_("Name to sign in with"),
        max_length=150,
        help_text=_("Small letters without marks, such as nguyen.van.an."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    name = forms.CharField(label=_("Full name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    field_order = ["name", "username", "key", "province", "role", "title", "ends_on"]

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
        "key": post.agency.body.key,
        "kind": (post.agency.body.key, post.agency.body.name),
        "province": post.agency.province,
        "role": post.role,
        "title": post.title,
        "ends_on": post.ends_on,
    }
