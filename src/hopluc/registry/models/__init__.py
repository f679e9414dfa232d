"""The registry of the collective economy: parties, organisations, facts through time, members, events, yearly figures."""

from hopluc.registry.models.batches import Batch
from hopluc.registry.models.events import Event, Succession
from hopluc.registry.models.facts import Fact
from hopluc.registry.models.figures import Figures
from hopluc.registry.models.imports import ImportRow, ListImport
from hopluc.registry.models.members import Membership, Officer
from hopluc.registry.models.organisations import Organisation
from hopluc.registry.models.pairs import LikePair
from hopluc.registry.models.parties import Party
from hopluc.registry.models.proposals import Delegate, Proposal
from hopluc.registry.models.tallies import FacetTally, PlaceTally, YearTally

__all__ = [
    "Batch",
    "Delegate",
    "Event",
    "FacetTally",
    "Fact",
    "Figures",
    "ImportRow",
    "LikePair",
    "ListImport",
    "Membership",
    "Officer",
    "Organisation",
    "Party",
    "PlaceTally",
    "Proposal",
    "Succession",
    "YearTally",
]
