"""The embedded PostgreSQL: one folder, one server, no administrator.

`Cluster(folder).ensure()` gives the address of a running database; it makes and starts one where needed.
"""

from hopluc.core.postgres.cluster import Cluster
from hopluc.core.postgres.errors import PostgresError

__all__ = ["Cluster", "PostgresError"]
