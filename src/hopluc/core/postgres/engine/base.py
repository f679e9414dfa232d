"""Django's way to the database: `ENGINE = "hopluc.core.postgres.engine"`; `FOLDER` the cluster's where it is the embedded one.

Its address is read when a connection is opened: settings can be loaded before there is a server.
"""

from __future__ import annotations

import select
from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.utils import CursorWrapper
from django.db.utils import OperationalError

from hopluc.core.postgres.cluster import Cluster
from hopluc.core.postgres.errors import NotRunning, PostgresError

OFTEN = 2  # times that a connection asks the same before the server keeps its plan


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        """Django's own, with the port and password of now."""
        params = super().get_connection_params() | {"prepare_threshold": OFTEN}
        folder = self.settings_dict.get("FOLDER")
        if folder is None:
            return params
        try:
            address = Cluster(Path(folder)).address
        except PostgresError as error:
            raise OperationalError(str(error)) from error
        return params | {"port": address.port, "password": address.password}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection; says what to do when the server rests."""
        folder = self.settings_dict.get("FOLDER")
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError as error:
            if folder is None or Cluster(Path(folder)).running():
                raise
            problem = NotRunning(name=folder)
            problem.__cause__ = error
            raise OperationalError(str(problem)) from problem

    def prepared_cursor(self) -> CursorWrapper:
        """A cursor for texts that are the same at every request: the server reads and plans each of them once."""
        if self.queries_logged:  # with their values, which only a common cursor knows
            return self.cursor()
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            found: CursorWrapper = self._prepare_cursor(base.ServerBindingCursor(self.connection))  # type: ignore[attr-defined,call-arg]
        return found

    def is_usable(self) -> bool:
        """Whether a connection that was kept still holds: a server that ends it says so at once, so only then it is asked."""
        return not self.connection.closed and (not self._spoken_to() or super().is_usable())

    def _spoken_to(self) -> bool:
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN)
        return bool(waiting.poll(0))
