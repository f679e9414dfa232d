"""One PostgreSQL server for one folder: made, started, asked, stopped.

folder/            0700, of the account that runs the server
  data/            what PostgreSQL keeps
  password port    how to reach it, 0600
  log              what the server says
  lock             held by whoever starts or stops it
  alive            held by the server's own processes, so for as long as one of them lives
"""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import psycopg
from psycopg.pq import PGconn, Ping

from hopluc.core.postgres import locks
from hopluc.core.postgres.account import Account, account_for
from hopluc.core.postgres.diagnosis import PORT_TAKEN, STILL_ENDING, diagnose, from_system
from hopluc.core.postgres.errors import Damaged, FolderUnusable, NotSetUp, NotStarted, NotStopped, OtherVersion
from hopluc.core.postgres.ports import free_port
from hopluc.core.postgres.programs import MAJOR, programs

NAME = "hopluc"  # of the database and of the role that owns it, which may make further databases but is no superuser
HOST = "127.0.0.1"
PATIENCE = 300  # seconds: after a power cut, a large database takes its time
PAUSE = 0.05  # seconds between two looks
LOG_LIMIT = 10_000_000  # bytes
SETTINGS = """\
# Written anew at each start.
listen_addresses = '{host}'
port = {port}
unix_socket_directories = ''
password_encryption = 'scram-sha-256'
timezone = 'Asia/Ho_Chi_Minh'
log_timezone = 'Asia/Ho_Chi_Minh'
"""
INITIAL = """\
CREATE ROLE {name} LOGIN CREATEDB PASSWORD '{password}';
CREATE DATABASE {name} OWNER {name};
"""


@dataclass(frozen=True, slots=True)
class Address:
    """How to reach the server."""

    port: int
    password: str

    @property
    def url(self) -> str:
        return f"postgresql://{NAME}:{self.password}@{HOST}:{self.port}/{NAME}"


@dataclass(frozen=True, slots=True)
class Cluster:
    """The server of one folder. Everything may be called at any time, by several processes at once."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def address(self) -> Address:
        """Where the server is, or was when it last ran. Raises NotSetUp, FolderUnusable."""
        try:
            port, password = ((self.folder / name).read_text(encoding="ascii") for name in ("port", "password"))
        except FileNotFoundError:
            raise NotSetUp(name=self.folder) from None
        except OSError as error:
            raise from_system(self.folder, error) from error
        return Address(int(port), password)

    @property
    def url(self) -> str:
        return self.address.url

    def running(self) -> bool:
        """Does the server of this very folder (not of a copy) answer?"""
        try:
            return locks.held(self.folder / "alive") and _answers(self.address.port)
        except (NotSetUp, PermissionError):
            return False

    def ensure(self) -> str:
        """Make and start the server where needed; returns its URL. Raises PostgresError."""
        self.start()
        return self.url

    def start(self) -> bool:
        """Start the server unless it runs; tells whether this call did. Raises PostgresError."""
        with self._held() as account:
            if not self.data.exists():
                self._initialise(account)
            self._check_version()
            if self._settled():
                return False
            self._launch(account)
            self._connect()
        return True

    def stop(self) -> None:
        """Stop the server if it runs, ending its connections. Raises PostgresError."""
        if not self.folder.exists():
            return
        with self._held() as account:
            if not locks.held(self.folder / "alive"):
                return
            with self._programs(account) as run:
                done = run("pg_ctl", "stop", "-s", "-w", "-t", str(PATIENCE), "-m", "fast", "-D", "data")
        if done.returncode:
            raise NotStopped(name=self.folder, reason=str(diagnose(self.folder, done.stderr).about["reason"]))

    @contextmanager
    def _held(self) -> Iterator[Account]:
        """The folder for us alone, made where it is missing."""
        try:
            account = account_for(self.folder)
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if account.switch:
                os.chown(self.folder, account.uid, account.gid)
            elif self.folder.stat().st_uid != account.uid:
                raise FolderUnusable(name=self.folder, reason="it belongs to another account")
            self.folder.chmod(0o700)
            with locks.locked(self.folder / "lock"):
                yield account
        except OSError as error:
            raise from_system(self.folder, error) from error

    @contextmanager
    def _programs(self, account: Account, *inherited: int) -> Iterator[Callable[..., CompletedProcess[str]]]:
        """Run a program; what it is told of `data`, `password` and `log` lies in the folder.

        Another account than ours reaches the folder through our open descriptor, however private the folders above
        are. It stays open in the server as long as that lives.
        """
        where = programs(account)
        folder = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        through = Path(f"/proc/self/fd/{folder}")
        base = through if account.switch and through.exists() else self.folder.absolute()

        def run(program: str, *words: str, **options: Any) -> CompletedProcess[str]:
            placed = [str(base / word) if word in ("data", "data.new", "password", "log") else word for word in words]
            return account.run([where / program, *placed], pass_fds=(folder, *inherited), **options)

        try:
            yield run
        finally:
            os.close(folder)

    def _write(self, path: Path, words: str, account: Account) -> None:
        """A file of the server's account, whole or not at all."""
        part = path.with_name(f"{path.name}.new")
        part.unlink(missing_ok=True)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            if account.switch:
                os.fchown(descriptor, account.uid, account.gid)
            file.write(words)
            file.flush()
            os.fsync(descriptor)
        part.replace(path)

    def _initialise(self, account: Account) -> None:
        """Make the data in a folder beside, so that a broken attempt never looks like a database."""
        new, password = self.folder / "data.new", secrets.token_urlsafe(32)
        shutil.rmtree(new, ignore_errors=True)
        self._write(self.folder / "password", password, account)
        with self._programs(account) as run:
            made = run(
                "initdb", "-D", "data.new", "-U", "postgres", "-E", "UTF8", "--locale=C",
                "--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST",
                "--auth=scram-sha-256", "--pwfile", "password",
            )  # fmt: skip
            if made.returncode:
                raise diagnose(self.folder, made.stderr)
            with (new / "postgresql.conf").open("a", encoding="utf-8") as file:
                file.write("\ninclude 'hopluc.conf'\n")
            self._write(new / "hopluc.conf", "", account)
            words = INITIAL.format(name=NAME, password=password)
            filled = run("postgres", "--single", "-j", "-D", "data.new", "postgres", input=words.replace("\n", "\n\n"))
            if filled.returncode or "ERROR" in filled.stderr:
                raise diagnose(self.folder, filled.stderr)
        new.rename(self.data)

    def _check_version(self) -> None:
        try:
            found = (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        except FileNotFoundError:
            raise Damaged(name=self.folder, reason="the file “data/PG_VERSION” is missing") from None
        if found != MAJOR:
            raise OtherVersion(name=self.folder, found=found, wanted=MAJOR)

    def _settled(self) -> bool:
        """Does the server run? Waits for one that is starting, recovering or ending. Raises NotStarted."""
        deadline = time.monotonic() + PATIENCE
        while locks.held(self.folder / "alive"):
            if self.running():
                return True
            if time.monotonic() > deadline:
                raise NotStarted(name=self.folder, reason=f"it has not answered for {PATIENCE} seconds")
            time.sleep(PAUSE)
        # Nobody of the old server lives. Its note of a process may name a dead one that nobody has buried yet, or one
        # that has its number by chance: PostgreSQL would refuse to start.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        return False

    def _launch(self, account: Account) -> None:
        """Start the server on its port of last time, or on another if that is taken."""
        log = self.folder / "log"
        if log.exists() and log.stat().st_size > LOG_LIMIT:
            log.replace(self.folder / "log.old")
        kept = self.address.port if (self.folder / "port").exists() else None
        deadline = time.monotonic() + PATIENCE
        while complaint := self._try(account, free_port(HOST, kept)):
            if PORT_TAKEN.search(complaint):
                kept = None
            elif not STILL_ENDING.search(complaint):
                raise diagnose(self.folder, complaint)
            if time.monotonic() > deadline:
                raise NotStarted(name=self.folder, reason="its port or memory stays in use")
            time.sleep(PAUSE)

    def _try(self, account: Account, port: int) -> str:
        """Start once; returns what the server complains of, nothing when it runs."""
        self._write(self.data / "hopluc.conf", SETTINGS.format(host=HOST, port=port), account)
        self._write(self.folder / "port", str(port), account)
        log = self.folder / "log"
        before = log.stat().st_size if log.exists() else 0
        with locks.opened(self.folder / "alive") as alive:
            if not locks.take(alive):
                return 'lock file "postmaster.pid" already exists'
            with self._programs(account, alive) as run:
                done = run("pg_ctl", "start", "-s", "-w", "-t", str(PATIENCE), "-D", "data", "-l", "log")
        if not done.returncode:
            return ""
        said = log.read_bytes()[before:].decode(errors="replace") if log.exists() else ""
        return said or done.stderr

    def _connect(self) -> None:
        """Sign in once, as the application will. Raises Damaged when the database does not know us."""
        try:
            with psycopg.connect(self.url, connect_timeout=30) as connection:
                connection.execute("SELECT 1")
        except psycopg.Error as error:
            raise Damaged(name=self.folder, reason=str(error).strip().splitlines()[-1]) from error


def _answers(port: int) -> bool:
    where = f"host={HOST} port={port} dbname={NAME} user={NAME} connect_timeout=5"
    return PGconn.ping(where.encode()) == Ping.OK
