"""Places, agencies and kinds of body, each through time."""

from hopluc.units.models.agencies import Agency, Succession
from hopluc.units.models.bodies import Body
from hopluc.units.models.groups import GroupMember, OwnGroup
from hopluc.units.models.places import Dataset, FormerName, Lineage, Tier, Unit

__all__ = [
    "Agency",
    "Body",
    "Dataset",
    "FormerName",
    "GroupMember",
    "Lineage",
    "OwnGroup",
    "Succession",
    "Tier",
    "Unit",
]
