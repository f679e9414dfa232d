"""Where the persons of the registry are, for whoever may look at what is masked of them (`accounts.secrets`)."""

from __future__ import annotations

from hopluc.accounts.secrets import placed
from hopluc.registry.models import Organisation, Party

FIELDS = ("Party.number", "Party.phone", "Party.address")


@placed("Party")
def provinces_of(party: Party) -> set[int | None]:
    """The provinces of the organisations of which somebody is a member or an officer, now or before."""
    concerned = Organisation.objects.filter(memberships__party=party) | Organisation.objects.filter(
        officers__party=party
    )
    return set(concerned.values_list("province", flat=True))
