"""Django's way to the embedded database: `ENGINE = "hopluc.core.postgres.engine"`, `FOLDER` the cluster's.

The address is read when a connection is opened: settings can be loaded before there is a server.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base
from django.db.utils import OperationalError

from hopluc.core.postgres.cluster import Cluster
from hopluc.core.postgres.errors import NotRunning, PostgresError


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        """Django's own, with the port and password of now."""
        try:
            address = Cluster(Path(self.settings_dict["FOLDER"])).address
        except PostgresError as error:
            raise OperationalError(str(error)) from error
        return super().get_connection_params() | {"port": address.port, "password": address.password}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection; says what to do when the server rests."""
        folder = Path(self.settings_dict["FOLDER"])
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError as error:
            if Cluster(folder).running():
                raise
            problem = NotRunning(name=folder)
            problem.__cause__ = error
            raise OperationalError(str(problem)) from problem
