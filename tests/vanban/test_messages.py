"""Every sentence that the library can say has its Vietnamese, with the same places."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import vanban.command  # its errors count too
from vanban.errors import DocumentError
from vanban.messages import SENTENCES, remark, sentence, usage, vietnamese
from vanban.reading.sniff import OLE_STREAMS, PACKED, SIGNATURES
from vanban.values import Notice

SOURCE = Path(vanban.command.__file__).parents[2]
NAMES = {"utf-8"}  # are the same in every language


def errors(kind: type[DocumentError] = DocumentError) -> list[type[DocumentError]]:
    return [
        each for sub in kind.__subclasses__() if sub.__module__.startswith("vanban.") for each in (sub, *errors(sub))
    ]


def places(template: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)s", template))


def test_no_sentence_is_missing_or_left_over():
    assert sorted(SENTENCES) == sorted(error.code for error in errors())


@pytest.mark.parametrize("error", errors(), ids=lambda error: error.code)
def test_a_sentence_names_the_same_places(error):
    assert places(SENTENCES[error.code]) == places(error.message)
    assert not re.search(r"%(?!\(\w+\)s)", SENTENCES[error.code])


@pytest.mark.parametrize("error", errors(), ids=lambda error: error.code)
def test_a_sentence_comes_with_its_code_and_the_name_of_the_file(error):
    made = error(**dict.fromkeys(places(error.message), "100% ke-hoach.txt"))
    assert sentence(made).startswith(f"{error.code}: ")
    assert "100% ke-hoach.txt" in sentence(made)


def said() -> dict[str, str]:
    """Words that the code puts into the places of a sentence or into a notice, with the file that does."""
    found = dict.fromkeys((looks for table in (SIGNATURES, PACKED, OLE_STREAMS) for _, looks in table), "sniff.py")
    for path in (SOURCE / "vanban").rglob("*.py"):
        if "command" not in path.parts:
            found |= dict.fromkeys(hints(ast.parse(path.read_text(encoding="utf-8"))), path.name)
    return {words: where for words, where in found.items() if words not in NAMES}


def hints(tree: ast.AST) -> Iterator[str]:
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        spoken = [word.value for word in call.keywords if word.arg in ("looks", "reason", "encoding", "hint")]
        if isinstance(call.func, ast.Name) and call.func.id == "Notice":
            spoken += call.args[1:2]
        for words in spoken:
            yield from texts(words)


def texts(words: ast.AST) -> Iterator[str]:
    """The text of an expression, `7` in the place of what is only known when it runs."""
    if isinstance(words, ast.JoinedStr):
        yield "".join(part.value if isinstance(part, ast.Constant) else "7" for part in words.values)
    elif isinstance(words, ast.Constant) and isinstance(words.value, str):
        yield words.value
    elif isinstance(words, ast.IfExp | ast.BoolOp):
        for part in ast.iter_child_nodes(words):
            yield from texts(part)


def test_hints_and_places_have_their_vietnamese():
    assert [f"{where}: {words}" for words, where in said().items() if vietnamese(words) == words] == []


def test_a_remark_quotes_the_words_it_is_about():
    notice = Notice("R102", "3 letters could not be read", "\ufffd")
    assert remark(notice) == "“\ufffd”: có 3 chữ không đọc được"


def test_a_name_read_as_it_stands_is_said_once():
    as_written = Notice("V102", "read as “Quỹ A”: check the name", "Quỹ A")
    assert remark(as_written) == "“Quỹ A”: cần kiểm tra tên"
    assert remark(Notice("V102", as_written.hint, "quỹ a")) == "“quỹ a”: hiểu là “Quỹ A”, cần kiểm tra tên"


@pytest.mark.parametrize(
    ("complaint", "words"),
    [
        ("the following arguments are required: TỆP, -o/--output", "còn thiếu: TỆP, -o/--output"),
        ("unrecognized arguments: --fromat", "không hiểu: --fromat"),
        ("argument -j/--jobs: expected one argument", "-j/--jobs cần một giá trị"),
        (
            "argument --format: invalid choice: 'pdf' (choose from 'a', 'b')",
            "--format không nhận 'pdf'; hãy chọn một trong: 'a', 'b'",
        ),
        ("argument -j/--jobs: “0” không phải số", "-j/--jobs: “0” không phải số"),
        ("câu khác", "câu khác"),
    ],
)
def test_complaints_about_the_command_line(complaint, words):
    assert usage(complaint) == words
