"""The command `vanban`, as a person at a terminal or a script meets it."""

import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.vanban import official, samples
from tests.vanban.dying import double
from vanban.command import extract, main
from vanban.command.files import NotWritten, stems, write
from vanban.command.line import FORMS, LAYOUTS
from vanban.command.workers import each
from vanban.values import Analysis
from vanban.writing import KEYS

DIRECTIVES = sorted(Path(__file__).parent.joinpath("golden", "documents").glob("*.txt"))
VANBAN = [sys.executable, "-m", "vanban"]


@pytest.fixture(scope="module")
def extracted(tmp_path_factory):
    """The five directives, read once, through the door that people use."""
    out = tmp_path_factory.mktemp("out")
    done = run("extract", *DIRECTIVES, "--output", out)
    return done, out


def run(*words, **settings) -> subprocess.CompletedProcess:
    settings = {"capture_output": True, "encoding": "utf-8", "timeout": 120, **settings}
    return subprocess.run([*VANBAN, *map(str, words)], **settings, check=False)


def plan_of(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture
def directive(tmp_path):
    return Path(shutil.copy(DIRECTIVES[0], tmp_path / "kế hoạch.txt"))


@pytest.fixture
def empty(tmp_path):
    tmp_path.joinpath("rỗng.txt").touch()
    return tmp_path / "rỗng.txt"


# extract


def test_every_document_gets_its_result(extracted):
    done, out = extracted
    assert done.returncode == 0
    assert sorted(path.name for path in out.iterdir()) == [f"{path.stem}.json" for path in DIRECTIVES]
    assert all(plan_of(out / f"{path.stem}.json")["source"]["name"] == path.name for path in DIRECTIVES)


def test_one_line_a_document_tells_what_was_found(extracted):
    done, out = extracted
    lines = done.stdout.splitlines()
    assert len(lines) == len(DIRECTIVES)
    for line, path in zip(lines, DIRECTIVES, strict=True):
        plan = plan_of(out / f"{path.stem}.json")
        assert line.startswith(path.name)
        assert (
            f"{plan['header']['type']} {plan['header']['symbol'] or '(không số)'} · {plan['header']['issuer']} · "
            in line
        )
        assert f" · {len(plan['tasks'])} nhiệm vụ" in line


def test_a_pipe_sees_no_progress_bar(extracted):
    assert extracted[0].stderr == ""


def test_a_terminal_sees_a_progress_bar(tmp_path, directive):
    mine, theirs = pty.openpty()
    done = run("extract", directive, "--output", tmp_path, capture_output=False, stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    shown = os.read(mine, 100_000).decode()
    assert "Đang đọc" in shown
    assert "Đang đọc" not in done.stdout
    assert "nhiệm vụ" in done.stdout


def test_a_bad_file_does_not_stop_the_others(tmp_path, directive, empty, capsys):
    missing = tmp_path / "không có.txt"
    assert main(["extract", str(empty), str(missing), str(directive), "--output", str(tmp_path / "out")]) == 1
    said = capsys.readouterr()
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["kế hoạch.json"]
    assert re.search(r"Lỗi D101: “.*rỗng\.txt” là tệp rỗng", said.err)
    assert re.search(r"Lỗi D100: Không mở được “.*không có\.txt”", said.err)
    assert said.out.startswith("kế hoạch.txt ")


def test_nothing_readable_is_a_status_of_its_own(tmp_path, empty, capsys):
    assert main(["extract", str(empty), "--output", str(tmp_path)]) == 2
    assert capsys.readouterr().out == ""


def test_equal_names_are_kept_apart_with_a_warning(tmp_path, capsys):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        shutil.copy(DIRECTIVES[0], tmp_path / folder / "plan.txt")
    shutil.copy(DIRECTIVES[1], tmp_path / "b" / "plan-2.txt")
    out = tmp_path / "out"
    assert main(["extract", str(tmp_path / "a"), str(tmp_path / "b"), "--output", str(out)]) == 0
    docs = {path.name: plan_of(path)["doc"] for path in out.iterdir()}
    assert docs == {"plan.json": "plan", "plan-2.json": "plan-2", "plan-3.json": "plan-3"}
    warnings = capsys.readouterr().err.splitlines()
    assert len(warnings) == 1
    assert "plan.txt” trùng tên" in warnings[0]
    assert "plan-3.json" in warnings[0]


def test_names_that_one_file_system_takes_for_the_same_are_kept_apart():
    names = ["Kế hoạch.txt", "kế hoạch.docx", "kê\u0301 hoạch.pdf", "a.b.txt", "a.txt"]
    assert list(stems(map(Path, names)))[1:] == ["kế hoạch-2", "kê\u0301 hoạch-3", "a.b", "a"]


def test_a_folder_stands_for_its_documents(tmp_path, directive, capsys):
    tmp_path.joinpath("ảnh.png").write_bytes(b"\x89PNG")
    tmp_path.joinpath("trống").mkdir()
    assert main(["extract", str(tmp_path), str(tmp_path / "trống"), "--output", str(tmp_path / "out")]) == 1
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["kế hoạch.json"]
    assert "D301" in capsys.readouterr().err


def test_two_processes_give_what_one_gives(extracted, tmp_path):
    done, out = extracted
    twice = run("extract", *DIRECTIVES, "--output", tmp_path, "--jobs", 2)
    assert (twice.returncode, twice.stdout, twice.stderr) == (0, done.stdout, "")
    for path in out.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_an_unknown_fault_is_told_of_and_the_others_go_on(tmp_path, directive, capsys, monkeypatch):
    def analyse(document):
        if document.name == "xấu.txt":
            raise RecursionError("too deep")
        return samples.analysis(document.name)

    monkeypatch.setattr("vanban.command.extract.analyse", analyse)
    bad = shutil.copy(directive, tmp_path / "xấu.txt")
    assert main(["extract", str(bad), str(directive), "--output", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert "D302" in said.err
    assert "xấu.txt" in said.err
    assert "RecursionError: too deep" in said.err
    assert said.out == (
        "kế hoạch.txt  Kế hoạch 1627/KH-UBND · Ủy ban nhân dân tỉnh Khánh Hòa · 3 nhiệm vụ · 1 cần xem lại · 1 cảnh báo\n"
    )


def test_a_folder_that_cannot_be_made_is_told_of_before_reading(directive, capsys):
    assert main(["extract", str(directive), "--output", str(directive)]) == 2
    assert "D303" in capsys.readouterr().err


@pytest.mark.parametrize(("form", "suffix", "begin"), [("table", "tsv", b"TT\tNhi"), ("xlsx", "xlsx", b"PK")])
def test_the_task_sheet_instead_of_json(tmp_path, directive, form, suffix, begin):
    assert main(["extract", str(directive), "--output", str(tmp_path), "--format", form]) == 0
    assert (tmp_path / f"kế hoạch.{suffix}").read_bytes().startswith(begin)


# writing whole or not at all


def test_a_result_that_cannot_be_finished_leaves_the_old_one(tmp_path, monkeypatch):
    path = tmp_path / "plan.json"
    path.write_text("old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(NotWritten, match="No space left"):
        write(path, b"new")
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("plan.json", "old")]


def test_a_result_replaces_the_old_one(tmp_path):
    path = tmp_path / "plan.json"
    for data in (b"old and longer", b"new"):
        write(path, data)
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("plan.json", b"new")]


# processes


def test_a_process_that_dies_loses_its_own_item_only():
    assert list(each(double, [1, -1, *range(40)], 2)) == [2, None, *range(0, 80, 2)]


def test_all_processes_may_die():
    assert list(each(double, [-1, -1], 2)) == [None, None]


def test_a_file_whose_process_died_is_told_of(tmp_path, directive, capsys, monkeypatch):
    monkeypatch.setattr("vanban.command.extract.each", lambda work, jobs, count: [None, work(jobs[1])])
    assert main(["extract", str(directive), str(directive), "--output", str(tmp_path), "--jobs", "2"]) == 1
    assert "D302" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_stops_without_debris(tmp_path, jobs):
    out = tmp_path / "out"
    words = [*VANBAN, "extract", *DIRECTIVES * 60, "--output", out, "--jobs", jobs]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True
    ) as busy:
        busy.stdout.readline()
        os.killpg(busy.pid, signal.SIGINT)
        _, errors = busy.communicate(timeout=30)
    assert busy.returncode == 130
    assert "Đã dừng theo yêu cầu." in errors
    assert "Traceback" not in errors
    assert all(plan_of(path)["doc"] == path.stem for path in out.iterdir())


# show


def reworded(words: str) -> Analysis:
    """The sample with the words of its first task replaced."""
    plan = samples.analysis()
    return replace(plan, tasks=(replace(plan.tasks[0], text=words),))


def test_the_plan_fits_a_page_of_80_columns_without_colours(directive):
    done = run("show", directive, env={**os.environ, "COLUMNS": "80"})
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert not re.search(r"[ \t]$", done.stdout, re.MULTILINE)


def test_the_plan_names_agencies_days_and_doubts(directive, capsys, monkeypatch):
    monkeypatch.setattr("vanban.command.display.analyse", lambda document: samples.analysis())
    assert main(["show", str(directive)]) == 0
    shown = capsys.readouterr().out
    assert "Kế hoạch số 1627/KH-UBND ngày 24/02/2023 của Ủy ban nhân dân tỉnh Khánh Hòa" in shown
    assert "1. Tuyên truyền\n    ├── [1] Sở Tài chính chủ trì" in shown
    assert "Chủ trì: Sở Tài chính\n    │       Phối hợp: Hội Làm vườn" in shown
    assert "Thời hạn: hằng năm, trước ngày 15/12" in shown
    assert "Chủ trì: chưa nêu" in shown
    assert shown.count("! Cần xem lại:") == 3
    assert "Phụ lục\n└── [3] Xây dựng" in shown
    assert "ít nhất 16 hợp tác xã" in shown
    assert "Nghị quyết 20-NQ/TW, ngày 16/06/2022, Bộ Chính trị (được thực hiện)" in shown
    assert "3 nhiệm vụ · 1 cần xem\nlại · 1 cảnh báo" in shown


def test_long_wording_is_cut_unless_asked_for(directive, capsys, monkeypatch):
    plan = reworded("tuyên truyền " * 60 + "hết.")
    monkeypatch.setattr("vanban.command.display.analyse", lambda document: plan)
    main(["show", str(directive)])
    short = capsys.readouterr().out
    main(["show", str(directive), "--full"])
    assert "…" in short
    assert "hết." not in short
    assert "hết." in capsys.readouterr().out


def test_a_document_cannot_steer_the_terminal(directive, capsys, monkeypatch):
    plan = reworded("\x1b]0;owned\x07\u202eabc")
    monkeypatch.setattr("vanban.command.display.analyse", lambda document: plan)
    main(["show", str(directive)])
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "\u202e" not in shown


def test_json_is_what_extract_writes(extracted):
    _, out = extracted
    done = run("show", DIRECTIVES[0], "--format", "json")
    assert done.stdout == (out / f"{DIRECTIVES[0].stem}.json").read_text(encoding="utf-8")


def test_a_piped_table_has_tabs(directive, extracted):
    tasks = plan_of(extracted[1] / f"{DIRECTIVES[0].stem}.json")["tasks"]
    lines = run("show", directive, "--format", "table").stdout.splitlines()
    assert lines[0].startswith("TT\tNhiệm vụ\tCơ quan chủ trì\t")
    assert len(lines) == 1 + len(tasks)


def test_a_workbook_goes_to_the_file_named(tmp_path, directive):
    assert main(["show", str(directive), "--format", "xlsx", "--output", str(tmp_path / "bảng.xlsx")]) == 0
    assert (tmp_path / "bảng.xlsx").read_bytes().startswith(b"PK")


def test_a_bad_file_among_good_ones_is_shown_as_such(directive, empty, capsys):
    assert main(["show", str(empty), str(directive)]) == 1
    said = capsys.readouterr()
    assert "D101" in said.err
    assert "NHIỆM VỤ" in said.out


def test_a_reader_that_has_seen_enough_is_no_error():
    with subprocess.Popen([*VANBAN, "show", *DIRECTIVES], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as busy:
        busy.stdout.readline()
        busy.stdout.close()
        errors = busy.stderr.read()
    assert errors == b""
    assert busy.returncode == 141


# the command line


def test_version(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0
    assert re.fullmatch(r"vanban \d+\.\d+\.\d+\S*\n", capsys.readouterr().out)


@pytest.mark.parametrize("words", [["--help"], ["extract", "--help"], ["show", "--help"]])
def test_help_is_in_vietnamese(words, capsys):
    with pytest.raises(SystemExit) as stop:
        main(words)
    assert stop.value.code == 0
    text = capsys.readouterr().out
    assert text.startswith("cách dùng: vanban")
    assert "tùy chọn:" in text
    assert not re.search(r"\b(usage|options|arguments|optional|positional|show this)\b", text)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ([], "còn thiếu: LỆNH"),
        (["extract", "a.txt"], "còn thiếu: -o/--output"),
        (["extract", "a.txt", "-o", "out", "--jobs", "0"], "“0” không phải số nguyên từ 1 trở lên"),
        (["extract", "a.txt", "-o", "out", "--jobs", "hai"], "“hai” không phải số nguyên"),
        (["extract", "a.txt", "-o", "out", "--format", "pdf"], "--format không nhận 'pdf'"),
        (["show", "a.txt", "--format", "xlsx"], "--format xlsx và --output phải đi cùng nhau"),
        (["show", "a.txt", "--output", "b.xlsx"], "--format xlsx và --output phải đi cùng nhau"),
        (["show", "a.txt", "b.txt", "--format", "xlsx", "-o", "c.xlsx"], "chỉ nhận một tệp"),
        (["show", "a.txt", "--fromat", "json"], "không hiểu: --fromat"),
    ],
)
def test_a_wrong_command_line_is_told_of(words, complaint, capsys):
    with pytest.raises(SystemExit) as stop:
        main(words)
    assert stop.value.code == 2
    assert complaint in capsys.readouterr().err


# check-layout


@pytest.fixture
def departing(tmp_path):
    return Path(shutil.copy(next(DIRECTIVES[0].parent.glob("originals/cv-*.docx")), tmp_path / "công văn.docx"))


def test_a_file_in_its_layout_is_said_to_be(tmp_path):
    tmp_path.joinpath("báo cáo.docx").write_bytes(official.written())
    done = run("check-layout", tmp_path)
    assert (done.returncode, done.stdout) == (0, "báo cáo.docx: đúng thể thức Nghị định 30/2020/NĐ-CP.\n")


def test_departures_are_lines_with_their_clause(departing):
    done = run("check-layout", departing)
    assert done.returncode == 1
    first, second = (line.split("\t") for line in done.stdout.splitlines())
    assert first[:4] == ["công văn.docx", "4", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Quốc hiệu"]
    assert second[3:8] == ["Địa danh, thời gian", "canh lề", "trái", "giữa", "Phụ lục I, Phần I, Mục II, khoản 4"]


def test_departures_for_programs(departing):
    found = json.loads(run("check-layout", departing, "--format", "json").stdout)
    assert (found["name"], found["layout"]) == ("công văn.docx", "nd30")
    assert [each["rule"] for each in found["departures"]] == ["form", "align"]


def test_a_file_that_is_not_word_does_not_stop_the_others(directive, departing):
    done = run("check-layout", directive, departing)
    assert (done.returncode, len(done.stdout.splitlines())) == (1, 2)
    assert "D407" in done.stderr
    assert run("check-layout", directive).returncode == 2


def test_every_form_and_layout_can_be_asked_for():
    assert set(FORMS) == set(extract.SUFFIXES)
    assert set(LAYOUTS) == set(KEYS)


def test_a_layout_that_is_not_at_hand_is_refused(departing):
    done = run("check-layout", departing, "--layout", "hd05")
    assert (done.returncode, done.stdout) == (2, "")
    assert "còn thiếu khổ giấy, lề trang" in done.stderr
