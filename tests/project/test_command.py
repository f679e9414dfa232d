"""The command `hopluc`: what it says, and that `demo` can be stopped, killed and started twice."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from hopluc.accounts.models import User
from hopluc.command import audit, check, children, createadmin, demo, line, main, messages, migrate, serve, stop
from hopluc.command.speech import Sentence
from hopluc.core.errors import Problem
from hopluc.core.postgres import Cluster
from hopluc.core.postgres.ports import free_port

COMMAND = [sys.executable, "-m", "hopluc.command"]
PLACES = re.compile(r"%\((\w+)\)s")


def problems(kind: type[Problem] = Problem) -> list[type[Problem]]:
    return [each for below in kind.__subclasses__() for each in [below, *problems(below)]]


SPOKEN = [each for each in problems() if getattr(each, "code", "").startswith("M")]
SENTENCES = [
    value
    for module in (audit, check, children, createadmin, demo, line, messages, migrate, serve, stop)
    for value in vars(module).values()
    if isinstance(value, Sentence)
]


@pytest.mark.parametrize("problem", SPOKEN, ids=lambda problem: problem.code)
def test_every_problem_has_its_vietnamese_sentence(problem):
    spoken = messages.SENTENCES[problem.code]
    assert set(PLACES.findall(spoken)) == set(PLACES.findall(str(problem.message)))


def test_no_sentence_is_left_of_a_problem_that_is_gone():
    assert set(messages.SENTENCES) == {problem.code for problem in SPOKEN}


@pytest.mark.parametrize("sentence", [*SENTENCES, *line.COMMANDS.values()], ids=lambda sentence: sentence.en[:30])
def test_both_languages_name_the_same_places(sentence):
    assert sentence.vi
    assert set(PLACES.findall(sentence.vi)) == set(PLACES.findall(sentence.en))


@pytest.mark.parametrize(
    ("words", "system", "begins"),
    [
        (["--help"], "vi_VN.UTF-8", "cách dùng:"),
        (["--help"], "C.UTF-8", "cách dùng:"),
        (["--help"], "en_US.UTF-8", "usage:"),
        (["--lang", "vi", "--help"], "en_US.UTF-8", "cách dùng:"),
        (["demo", "--lang=en", "--help"], "C.UTF-8", "usage:"),
    ],
)
def test_help_speaks_vietnamese_unless_english_is_wanted(monkeypatch, capsys, words, system, begins):
    monkeypatch.setenv("LC_ALL", system)
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith(begins)


@pytest.mark.parametrize("words", [[], ["dance"], ["serve", "--port", "x"], ["demo", "--port", "70000"], ["worker", "--jobs", "0"]])  # fmt: skip
def test_wrong_words_earn_one_line_and_status_2(capsys, words):
    with pytest.raises(SystemExit) as end:
        main([*words, "--lang", "vi"])
    said = capsys.readouterr().err
    assert end.value.code == 2
    assert said.startswith("Lỗi: ")
    assert said.count("\n") == 1


@pytest.mark.django_db
def test_createadmin_makes_an_account_that_can_sign_in(monkeypatch, capsys):
    monkeypatch.setenv("HOPLUC_ADMIN_PASSWORD", "ba con tàu giấy")
    assert main(["createadmin", "--username", "quantri", "--name", "Nguyễn Thị An", "--lang", "vi"]) == 0
    assert User.objects.get(username="quantri").check_password("ba con tàu giấy")
    assert main(["createadmin", "--username", "quantri", "--name", "Nguyễn Thị An"]) == 1
    monkeypatch.setenv("HOPLUC_ADMIN_PASSWORD", "123")
    assert main(["createadmin", "--username", "haidang", "--name", "Trần Hải Đăng"]) == 1
    assert not User.objects.filter(username="haidang").exists()
    assert [text[:9] for text in capsys.readouterr().err.splitlines()] == ["Lỗi M206:", "Lỗi M206:"]


@pytest.mark.django_db
def test_check_says_a_line_for_each_thing(capsys):
    assert main(["check", "--lang", "en"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert {text.partition(":")[0] for text in said} <= {"ok", "advice"}
    assert any("PostgreSQL" in text for text in said)


@pytest.mark.thorough
def test_check_of_an_empty_folder_says_what_to_do(tmp_path):
    environment = {**os.environ, "HOPLUC_DATA": str(tmp_path)}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run([*COMMAND, "check"], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "M109" in done.stdout
    assert "hopluc migrate" in done.stdout
    assert "Traceback" not in done.stderr


class Demo:
    """`hopluc demo` on a folder of its own."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.port = free_port("127.0.0.1", None)
        self.environment = {
            **os.environ,
            "HOPLUC_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "tests.project.demo_app.settings",
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        }
        self.environment.pop("DATABASE_URL", None)

    def start(self) -> subprocess.Popen[str]:
        """Started, up to the line that says how to sign in; returns the process."""
        command = [*COMMAND, "demo", "--port", str(self.port)]
        process = subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, text=True)
        said = []
        for words in process.stdout:
            said.append(words.strip())
            if words.startswith("sign in"):
                break
        else:
            process.communicate()
            pytest.fail(f"demo ended: {said}, {process.returncode}")
        assert [words for words in said if f"http://127.0.0.1:{self.port}" in words] == said[-2:-1]
        return process

    def run(self, port: int) -> subprocess.CompletedProcess[str]:
        command = [*COMMAND, "demo", "--port", str(port)]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)

    def visited_by(self, many: int) -> bool:
        """Whether each of these, who keep their connections open, gets a page."""
        with ExitStack() as opened:
            for _visitor in range(many):
                visitor = opened.enter_context(closing(HTTPConnection("127.0.0.1", self.port, timeout=10)))
                visitor.request("GET", "/sign-in/")
                answer = visitor.getresponse()
                answer.read()
                if answer.status != 200:
                    return False
        return True

    def first_page(self) -> int:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/") as answer:
            return answer.status

    def processes(self) -> list[str]:
        """What runs on this folder: commands, and the database."""
        mine = f"HOPLUC_DATA={self.folder}".encode()
        return [path.parent.name for path in Path("/proc").glob("[0-9]*/environ") if mine in content(path).split(b"\0")]


def content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # it has just ended
        return b""


@pytest.mark.thorough
@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are looked for in /proc")
def test_demo_survives_kill_9_and_a_second_start_and_stops_cleanly(tmp_path):
    demo = Demo(tmp_path / "dữ liệu thử")
    with socket.create_server(("127.0.0.1", 0)) as other:
        refused = demo.run(other.getsockname()[1])
        assert refused.returncode == 2
        assert f"M201: Không dùng được cổng {other.getsockname()[1]}" in refused.stderr
        assert refused.stderr.count("\n") == 1

    first = demo.start()
    first.kill()
    first.communicate()
    second = demo.start()  # waits for what the first left; its port would be taken otherwise
    try:
        assert demo.first_page() == 200
        assert demo.visited_by(24), "the idle connections of a few browsers leave no room for others"
        assert len(demo.processes()) == 4, "demo, web, web's own process, worker: none of the first is left"
        third = demo.run(free_port("127.0.0.1", None))
        assert third.returncode == 1
        assert f"M202: Bản chạy thử đang chạy tại http://127.0.0.1:{demo.port}" in third.stderr
    finally:
        second.send_signal(signal.SIGINT)
        second.communicate()
    assert second.returncode == 0
    assert demo.processes() == []
    assert not Cluster(demo.folder / "postgres").running()
