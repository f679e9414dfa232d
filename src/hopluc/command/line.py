"""The command line: its words, their help, and what they call."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import Any, NoReturn

from hopluc.command import leash
from hopluc.command.messages import sentence
from hopluc.command.speech import VIETNAMESE, Sentence, choose, complain, language, prepare_streams
from hopluc.core.errors import Problem
from vanban.messages import usage

STOPPED = 130  # as shells count: 128 and the number of the signal
PURPOSE = Sentence("Hợp Lực: điều hành và theo dõi việc được giao.", "Hợp Lực: directives turned into tracked work.")
WHERE = Sentence(
    "Dữ liệu nằm trong thư mục HOPLUC_DATA (mặc định: .data ở thư mục hiện tại). Đặt DATABASE_URL để dùng một máy chủ PostgreSQL có sẵn.",
    "Data lie in the folder HOPLUC_DATA (.data in the current folder by default). Set DATABASE_URL to use a PostgreSQL server of your own.",
)
STOPPED_ON_REQUEST = Sentence("Đã dừng theo yêu cầu.", "Stopped on request.")
WRONG = Sentence(
    "Lỗi: %(what)s. Gõ `%(name)s --help` để xem hướng dẫn.", "Error: %(what)s. Type `%(name)s --help` for help."
)
HELP = Sentence("in hướng dẫn này rồi thoát", "print this help and exit")
LANG = Sentence("ngôn ngữ: vi (mặc định) hoặc en", "language: vi (the default) or en")
USAGE = Sentence("cách dùng: ", "usage: ")
HOST = Sentence("địa chỉ để nghe (mặc định 127.0.0.1)", "address to listen on (default 127.0.0.1)")
PORT = Sentence("cổng để nghe (mặc định 8000)", "port to listen on (default 8000)")
THREADS = Sentence(
    "số yêu cầu mỗi tiến trình xử lý cùng lúc (mặc định 8)", "requests that each process handles at once (default 8)"
)
PROCESSES = Sentence(
    "số tiến trình, tốt nhất bằng số nhân của máy (mặc định 1)",
    "processes, best as many as the machine has cores (default 1)",
)
JOBS = Sentence("số việc làm cùng lúc (mặc định 1)", "jobs done at once (default 1)")
USERNAME = Sentence("tên đăng nhập", "name to sign in with")
NAME = Sentence("họ và tên", "full name")
PROVINCE = Sentence(
    "tỉnh, thành phố (mặc định: quản trị toàn hệ thống)", "province or city (default: the whole installation)"
)
AGENCY = Sentence(
    "loại cơ quan, như “Sở Tài chính” (mặc định: Ủy ban nhân dân)",
    "kind of agency, such as “Sở Tài chính” (default: Ủy ban nhân dân)",
)
PASSWORD = Sentence(
    "Mật khẩu được hỏi riêng, hoặc lấy từ HOPLUC_ADMIN_PASSWORD.", "The password is asked for, or taken from HOPLUC_ADMIN_PASSWORD."
)  # fmt: skip
VERIFY = Sentence("đối chiếu từng niêm phong", "compare seal by seal")
EXPECT = Sentence("mã của một niêm phong đã ghi lại ở nơi khác", "the digest of a seal that was noted down elsewhere")
WORDS = Sentence("lệnh của Django và các đối số", "a command of Django and its arguments")

COMMANDS = {
    "demo": Sentence("chạy thử trọn bộ với dữ liệu mẫu", "try everything, with demonstration data"),
    "serve": Sentence("chạy máy chủ trang web", "run the web server"),
    "worker": Sentence("chạy tiến trình làm việc nền", "run the worker for background jobs"),
    "migrate": Sentence("lập hoặc cập nhật cơ sở dữ liệu", "make or update the database"),
    "stop": Sentence("dừng cơ sở dữ liệu đi kèm", "stop the embedded database"),
    "createadmin": Sentence("lập tài khoản quản trị", "make an administrator's account"),
    "audit": Sentence("đối chiếu nhật ký với niêm phong", "compare the history with its seals"),
    "check": Sentence("kiểm tra mọi thứ đã sẵn sàng", "check that everything is ready"),
    "manage": Sentence("gọi lệnh quản trị của Django", "call a management command of Django"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    prepare_streams()
    choose(words, os.environ)
    leash.wear()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hopluc.config.settings")
    try:
        options = parser().parse_args(words)
        status: int = _function(options.command)(options)
    except Problem as problem:
        complain(sentence(problem))
        return getattr(problem, "status", 1)
    except KeyboardInterrupt:
        complain(STOPPED_ON_REQUEST)
        return STOPPED
    return status


def _function(command: str) -> Callable[[argparse.Namespace], int]:
    """The command's own function, imported when it is called: help needs no Django."""
    function: Callable[[argparse.Namespace], int] = import_module(f"hopluc.command.{command}").run
    return function


class Help(argparse.RawDescriptionHelpFormatter):
    """Help that begins in the chosen language."""

    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, str(USAGE) if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that speaks the chosen language."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(formatter_class=Help, add_help=False, allow_abbrev=False, **settings)
        self.words = self.add_argument_group(str(Sentence("đối số", "arguments")))
        self.switches = self.add_argument_group(str(Sentence("tùy chọn", "options")))
        self.switches.add_argument("-h", "--help", action="help", help=str(HELP))
        self.switches.add_argument("--lang", choices=("vi", "en"), help=str(LANG))

    def error(self, message: str) -> NoReturn:
        what = usage(message) if language() == VIETNAMESE else message
        self.exit(2, WRONG % {"what": what, "name": self.prog} + "\n")


def parser() -> Parser:
    """All that can be said on the command line."""
    top = Parser(prog="hopluc", description=str(PURPOSE), epilog=str(WHERE))
    commands = top.add_subparsers(
        title=str(Sentence("lệnh", "commands")), metavar=str(Sentence("LỆNH", "COMMAND")), dest="command", required=True
    )
    for name, purpose in COMMANDS.items():
        _complete(name, commands.add_parser(name, help=str(purpose), description=f"hopluc {name}: {purpose}."))
    return top


def _complete(name: str, parser: Parser) -> None:
    add = parser.switches.add_argument
    if name in ("demo", "serve"):
        add("--port", metavar="N", type=_port, default=8000, help=str(PORT))
    if name == "serve":
        add("--host", metavar="IP", default="127.0.0.1", help=str(HOST))
        add("--processes", metavar="N", type=_count, default=1, help=str(PROCESSES))
        add("--threads", metavar="N", type=_count, default=8, help=str(THREADS))
    if name == "worker":
        add("--jobs", metavar="N", type=_count, default=1, help=str(JOBS))
    if name == "createadmin":
        parser.epilog = str(PASSWORD)
        add("--username", metavar=str(Sentence("TÊN", "NAME")), help=str(USERNAME))
        add("--name", metavar=str(Sentence("HỌ_TÊN", "NAME")), help=str(NAME))
        add("--province", metavar=str(Sentence("TỈNH", "PROVINCE")), default="", help=str(PROVINCE))
        add("--agency", metavar=str(Sentence("CƠ_QUAN", "AGENCY")), default="", help=str(AGENCY))
    if name == "audit":
        parser.words.add_argument("act", metavar="verify", choices=("verify",), help=str(VERIFY))
        add("--expect", metavar=str(Sentence("MÃ", "DIGEST")), default="", help=str(EXPECT))
    if name == "manage":
        parser.words.add_argument("words", nargs=argparse.REMAINDER, help=str(WORDS))


def _count(words: str) -> int:
    if not (words.isascii() and words.isdigit() and int(words)):
        message = Sentence("“%(it)s” không phải số nguyên từ 1 trở lên", "“%(it)s” is no whole number from 1")
        raise argparse.ArgumentTypeError(message % {"it": words})
    return int(words)


def _port(words: str) -> int:
    if _count(words) > 65_535:
        message = Sentence("“%(it)s” không phải số cổng từ 1 đến 65535", "“%(it)s” is no port from 1 to 65535")
        raise argparse.ArgumentTypeError(message % {"it": words})
    return int(words)
