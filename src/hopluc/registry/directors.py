"""Sign-ins for an organisation: given to its representative with a temporary password, renewed, taken away again."""

from __future__ import annotations

from django.db import transaction

from hopluc.accounts.models import Role, User
from hopluc.accounts.rights import posts_of
from hopluc.accounts.services import sign_in_close, sign_in_open, sign_in_renew
from hopluc.core.folding import fold
from hopluc.core.history import acting
from hopluc.registry.errors import HasEnded, HoldsOtherPosts, NotTheirSignIn, NotYourRegistry, SignInTaken
from hopluc.registry.models import Delegate, Officer, Organisation
from hopluc.registry.selectors import may_name
from hopluc.registry.services.keeping import shown, tidy
from hopluc.units.models import Agency

RIGHT = "name directors"
LEADING = (Officer.Post.REPRESENTATIVE, Officer.Post.DIRECTOR, Officer.Post.CHAIR, Officer.Post.HEAD)


def director_sign_in(*, organisation: Organisation, name: str, username: str, by: User) -> tuple[User, str]:
    """An account that stands for it; gives its temporary password, which is kept nowhere else.

    Raises NotYourRegistry, HasEnded, SignInTaken, ValidationError.
    """
    _check(organisation, by)
    if organisation.ended_on:
        raise HasEnded(name=organisation.name, day=shown(organisation.ended_on))
    if User.objects.filter(username__iexact=username).exists():
        raise SignInTaken(username=username)
    with transaction.atomic(), acting(by.pk, act="registry.delegate.named", organisation=organisation.pk):
        user, password = sign_in_open(
            username=username,
            name=tidy(name),
            agency=_agency(organisation, by),
            role=Role.COOPERATIVE,
            title=organisation.name[:200],
            by=by,
        )
        Delegate.objects.create(user=user, organisation=organisation)
    return user, password


def director_password(*, delegate: Delegate, by: User) -> str:
    """Another temporary password. Raises NotYourRegistry, HoldsOtherPosts."""
    _check(delegate.organisation, by)
    if delegate.user.posts.exclude(role=Role.COOPERATIVE).exists():
        raise HoldsOtherPosts(name=str(delegate.user))
    return sign_in_renew(user=delegate.user, by=by)


def director_close(*, delegate: Delegate, by: User) -> None:
    """They stand for it no more; what they proposed stays. Raises NotYourRegistry, NotTheirSignIn."""
    _check(delegate.organisation, by)
    with transaction.atomic(), acting(by.pk, act="registry.delegate.closed", organisation=delegate.organisation_id):
        gone, _rows = Delegate.objects.filter(pk=delegate.pk).delete()
        if not gone:
            raise NotTheirSignIn(name=str(delegate.user), organisation=delegate.organisation.name)
        sign_in_close(user=delegate.user, role=Role.COOPERATIVE, by=by)


def suggested(organisation: Organisation) -> dict[str, str]:
    """The name of its representative, and a name to sign in with that nobody has."""
    officers = organisation.officers.filter(post__in=LEADING, validity__upper_inf=True).select_related("party")
    ranked = sorted(officers, key=lambda one: LEADING.index(Officer.Post(one.post)))
    name = ranked[0].party.name if ranked else ""
    plain = ".".join(fold(name).split()) or f"htx.{organisation.code or organisation.pk}"
    taken = set(User.objects.filter(username__startswith=plain).values_list("username", flat=True))
    free = (plain, *(f"{plain}{turn}" for turn in range(2, len(taken) + 3)))
    return {"name": name, "username": next(each for each in free if each not in taken)}


def _agency(organisation: Organisation, by: User) -> Agency:
    """The registry's own, of the province where there is one among the posts of whoever gives it."""
    agencies = [post.agency for post in posts_of(by, RIGHT)]
    return next((one for one in agencies if one.province_id == organisation.province_id), agencies[0])


def _check(organisation: Organisation, by: User) -> None:
    if not may_name(by, organisation):
        raise NotYourRegistry(place=organisation.unit.full_name)
