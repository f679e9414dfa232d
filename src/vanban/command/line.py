"""The command line: its words, their help, and what they call."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from vanban import __version__, messages
from vanban.command.speech import prepare_streams

FORMS = ("json", "table", "xlsx")
LAYOUTS = ("nd30", "hd36", "hd05")
STOPPED, PIPE_CLOSED = 130, 141  # as shells count: 128 and the number of the signal
EPILOG = """\
ví dụ:
  vanban show ke-hoach.docx
  vanban extract *.txt quyet-dinh.pdf --output ket-qua/
  vanban extract van-ban/ --output ket-qua/ --format xlsx --jobs 4
  vanban check-layout bao-cao.docx --layout nd30

mã kết thúc: 0 tốt cả · 1 có tệp lỗi hoặc khác thể thức · 2 không đọc được tệp nào, hoặc gõ sai · 130 dừng bằng Ctrl-C
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    prepare_streams()
    try:
        options = parser().parse_args(argv)
        status: int = options.run(options)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        print("Đã dừng theo yêu cầu.", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:  # whoever read us, `head` say, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED


class Help(argparse.RawDescriptionHelpFormatter):
    """Help that begins in Vietnamese."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "cách dùng: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that speaks Vietnamese."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(formatter_class=Help, add_help=False, allow_abbrev=False, **settings)
        self.words = self.add_argument_group("đối số")
        self.switches = self.add_argument_group("tùy chọn")
        self.switches.add_argument("-h", "--help", action="help", help="in hướng dẫn này rồi thoát")

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"Lỗi: {messages.usage(message)}. Gõ `{self.prog} --help` để xem hướng dẫn.\n")


def parser() -> Parser:
    """All that can be said on the command line."""
    top = Parser(prog="vanban", description="Đọc văn bản giao việc và lập bảng nhiệm vụ.", epilog=EPILOG)
    release = f"vanban {__version__}"
    top.switches.add_argument("--version", action="version", version=release, help="in số phiên bản rồi thoát")
    commands = top.add_subparsers(title="lệnh", metavar="LỆNH", dest="command", required=True)
    for build, name, purpose in (
        (_extract, "extract", "đọc các tệp, ghi cho mỗi tệp một kết quả"),
        (_show, "show", "in kế hoạch hoặc bảng nhiệm vụ ra màn hình"),
        (_check_layout, "check-layout", "chỉ ra chỗ tệp Word khác thể thức quy định"),
    ):
        build(commands.add_parser(name, help=purpose, description=f"vanban {name}: {purpose}."))
    return top


def _extract(parser: Parser) -> None:
    parser.words.add_argument("files", metavar="TỆP", nargs="+", type=Path, help="văn bản, hoặc thư mục có văn bản")
    add = parser.switches.add_argument
    add("-o", "--output", metavar="THƯ_MỤC", type=Path, required=True, help="nơi ghi kết quả")
    form = "json (mặc định) ghi mọi thứ đọc được; table, xlsx ghi bảng nhiệm vụ"
    add("--format", choices=FORMS, default="json", help=form)
    add("-j", "--jobs", metavar="N", type=_count, default=1, help="số tiến trình đọc cùng lúc (mặc định 1)")
    parser.set_defaults(run=lambda options: _run("extract", "extract", options))


def _show(parser: Parser) -> None:
    parser.words.add_argument("files", metavar="TỆP", nargs="+", type=Path, help="văn bản, hoặc thư mục có văn bản")
    add = parser.switches.add_argument
    form = "plan (mặc định) in kế hoạch; table in bảng nhiệm vụ; json; xlsx ghi bảng vào tệp của --output"
    add("--format", choices=("plan", "table", "xlsx", "json"), default="plan", help=form)
    add("-o", "--output", metavar="TỆP_XLSX", type=Path, help="tệp ghi bảng, chỉ dùng với --format xlsx")
    add("--full", action="store_true", help="in trọn lời văn của từng nhiệm vụ")
    parser.set_defaults(run=lambda options: _checked_show(parser, options))


def _check_layout(parser: Parser) -> None:
    parser.words.add_argument("files", metavar="TỆP", nargs="+", type=Path, help="tệp DOCX, hoặc thư mục có tệp DOCX")
    add = parser.switches.add_argument
    rules = "nd30 (mặc định) Nghị định 30/2020/NĐ-CP; hd36, hd05 thể thức văn bản của Đảng"
    add("--layout", choices=LAYOUTS, default="nd30", help=rules)
    add(
        "--format",
        choices=("table", "json"),
        default="table",
        help="table (mặc định) in bảng; json cho chương trình khác",
    )
    parser.set_defaults(run=lambda options: _run("layouts", "check_layout", options))


def _checked_show(parser: Parser, options: argparse.Namespace) -> int:
    """A workbook goes to one file, from one document; all else goes to standard output."""
    workbook = options.format == "xlsx"
    if workbook != bool(options.output):
        parser.error("--format xlsx và --output phải đi cùng nhau")
    if workbook and (len(options.files) > 1 or options.files[0].is_dir()):
        parser.error("--format xlsx chỉ nhận một tệp; với nhiều tệp hãy dùng vanban extract")
    return _run("display", "show", options)


def _run(module: str, command: str, options: argparse.Namespace) -> int:
    """A command is loaded when it is called: who asks for help waits for no dictionary and no spreadsheet."""
    status: int = getattr(import_module(f"vanban.command.{module}"), command)(options)
    return status


def _count(words: str) -> int:
    if not (words.isascii() and words.isdigit() and int(words)):
        raise argparse.ArgumentTypeError(f"“{words}” không phải số nguyên từ 1 trở lên")
    return int(words)
