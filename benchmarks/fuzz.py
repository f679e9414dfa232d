"""Whether any text crashes the reader, hangs it, or gives a value that its place does not say.

    make bench NAME=fuzz                      20,000 short inputs and 60 whole documents, two processes
    make bench NAME=fuzz QUICK=1              600 and 4
    make bench NAME=fuzz INPUTS=1000000 DOCUMENTS=2000

Real directives are cut, spliced, shuffled, their lines doubled and swapped; naughty strings and extremes of Unicode are put in,
marks decomposed, and bytes of other encodings mixed. Every input has a number: `input_of(number)` makes it again, and a failure
prints it. A refusal with a message (`DocumentError`) is right; any other exception is a crash, and more than `PATIENCE` seconds of
CPU a hang. The last line is `{"inputs": …, "crashes": …, "hangs": …, "bad_spans": …}`.
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from types import FrameType

from vanban import analyse, read
from vanban.citations import cited
from vanban.deadlines import find_deadlines
from vanban.errors import DocumentError
from vanban.reading.plain import MARKS
from vanban.values import Analysis, Document, Paragraph, Passage, Span

FOLDER = Path(__file__).parents[1] / "tests/vanban"
PLACES = ("golden/documents/*.txt", "golden/forms/documents/*.txt", "fresh/*.txt", "provenance/*.txt", "unseen/*.txt")
SHORT, WHOLE = 420, 1 << 30  # ids from WHOLE on are whole documents
PATIENCE = 10.0
WORKERS, CHUNK = 2, 100
NAMES = ("van-ban.txt", "van-ban.txt", "van-ban.md", "van-ban.html", "van-ban")
ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1258", "latin-1")
NAUGHTY = (
    "\u0000", "\u200b", "\u200d", "\ufeff", "\u202e", "\u2066", "\u00ad", "\u00a0", "\u2028", "\u0085", "\x1b[31m", "\r", "\t\t", "\n\n",
    "e" + "\u0323\u0302" * 40, "İstanbul", "ẞ", "ŉ", "ﬁ", "ﬀ", "ǰ", "ΐ", "Ǆ", "ſ", "K", "１２/３/２０２６", "٢٠٢٦", "²", "½", "Ⅳ", "①", "ⅲ)", "😀👩‍👩‍👧",
    "𝟙𝟚", "漢字", "العربية", "ﷺ", "\U0010ffff", "\ufffd", "0" * 400, "9" * 60 + "/QĐ-UBND", "1/" * 80, "(" * 90, "“" * 30, "- " * 60, "|" * 40,
    "**" * 30, "I. " * 30, "1.1.1.1.1.1.1.1.1", "Điều " + "1, " * 90 + "2 Luật Đất đai", "từ Điều 1 đến Điều 999 Luật Giá", "99/99/9999",
    "ngày 31/02/2024", "năm 0000", "quý V/2024", "tháng 13", "-1%", "100000000000%", "<script>alert(1)</script>", "&amp;&#0;&#x110000;",
    "<table><tr><td>" * 8, "</p></div>", "[Luật Giá](http://a/b_(c))", "số /KH-UBND", "số 1/NQ-CP số 1/NQ-CP", "khoản 1 khoản 1 khoản 1 Điều",
    "Trách nhiệm thực hiện:", "trong đó:", "chủ trì, phối hợp với", "báo cáo báo cáo báo cáo", "NULL", "../../etc/passwd", "%s%n{0}", "\\x00\\u202e",
)  # fmt: skip
Change = Callable[[random.Random, str], str]


class Hang(Exception):
    """An input took more than `PATIENCE` seconds of CPU."""


@cache
def texts() -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8") for place in PLACES for path in sorted(FOLDER.glob(place)))


def input_of(number: int) -> tuple[bytes, str]:
    """The bytes and the file name of one input: the same number gives the same ones."""
    pick = random.Random(number)
    text = pick.choice(texts())
    if number < WHOLE:
        start = pick.randrange(len(text))
        text = text[start : start + pick.randrange(1, SHORT)]
    for _ in range(pick.randrange(1, 5)):
        text = pick.choice(CHANGES)(pick, text)
    encoded = text.encode(pick.choice(ENCODINGS), "replace")
    if pick.random() < 0.06:
        encoded = mixed(pick, encoded)
    return encoded, pick.choice(NAMES)


def naughty(pick: random.Random, text: str) -> str:
    for _ in range(pick.randrange(1, 4)):
        at = pick.randrange(len(text) + 1)
        text = text[:at] + pick.choice(NAUGHTY) + text[at:]
    return text


def cut(pick: random.Random, text: str) -> str:
    at = pick.randrange(len(text) + 1)
    return text[:at] + text[at + pick.randrange(60) :]


def swapped(pick: random.Random, text: str) -> str:
    lines = text.split("\n")
    a, b = pick.randrange(len(lines)), pick.randrange(len(lines))
    lines[a], lines[b] = lines[b], lines[a]
    return "\n".join(lines)


def doubled(pick: random.Random, text: str) -> str:
    lines = text.split("\n")
    at = pick.randrange(len(lines))
    return "\n".join([*lines[:at], *[lines[at]] * pick.randrange(2, 5), *lines[at:]])


def spliced(pick: random.Random, text: str) -> str:
    other = pick.choice(texts())
    start = pick.randrange(len(other))
    at = pick.randrange(len(text) + 1)
    return text[:at] + other[start : start + pick.randrange(120)] + text[at:]


def respelt(pick: random.Random, text: str) -> str:
    """In another Unicode form or another case."""
    how = pick.choice(("NFD", "NFKD", "upper", "lower", "swapcase"))
    return unicodedata.normalize(how, text) if how.isupper() else str(getattr(text, how)())


def scattered(pick: random.Random, text: str) -> str:
    letters = list(text)
    for _ in range(pick.randrange(12)):
        letters.insert(pick.randrange(len(letters) + 1), pick.choice("\n\t .,;:-/()0123456789%&|*\u0301"))
    return "".join(letters)


def any_letters(pick: random.Random, text: str) -> str:
    """Letters from anywhere in Unicode, surrogates left out."""
    drawn = "".join(chr(pick.randrange(0x110000)) for _ in range(pick.randrange(1, 24)))
    return naughty(pick, "".join(c for c in drawn if not "\ud800" <= c <= "\udfff") + text)


def relaid(pick: random.Random, text: str) -> str:
    """Laid out as another program would: lines joined, broken or stretched, words run together, pipes at their ends."""
    how = pick.choice((" ", "\n|\n", " |\n", " | ", "\t", " " * pick.randrange(2, 20_000), ""))
    found = re.compile(pick.choice(("\n", r"(?<=\w) (?=\w)", r"(?<=[.;:]) ", r"\s\s+")))
    share = pick.random()
    return found.sub(lambda m: how if pick.random() < share else m[0], text, count=2 if len(how) > 5 else 0)


CHANGES: tuple[Change, ...] = (naughty, cut, swapped, doubled, spliced, respelt, scattered, any_letters, relaid)


def mixed(pick: random.Random, data: bytes) -> bytes:
    """Bytes of another encoding, or none, within the file."""
    at = pick.randrange(len(data) + 1)
    return (
        data[:at]
        + pick.choice((b"\xff\xfe", b"\xc3", b"\x80\x81", b"\x00", "ưở".encode("cp1258", "replace")))
        + data[at:]
    )


def tried(number: int) -> str:
    """What became of one input: `read`, `refused`, `crash`, `hang` or `bad span`."""
    data, name = input_of(number)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
        document = read(data, name=name)
        wrong = next(misplaced(document, analyse(document)), None)
    except DocumentError:
        return "refused"
    except Hang:
        return "hang"
    except Exception as error:  # noqa: BLE001 - this is what is counted
        print(f"input_of({number}): {type(error).__name__}: {error}", file=sys.stderr)
        return "crash"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    if wrong:
        print(f"input_of({number}): {wrong}", file=sys.stderr)
    return "bad span" if wrong else "read"


def misplaced(document: Document, found: Analysis) -> Iterator[str]:
    """Values whose span does not give their words."""
    content = document.content
    for kind, span in every_span(found):
        if not 0 <= span[0] <= span[1] <= len(content):
            yield f"{kind} {span} lies outside"
    for task in found.tasks:
        if not says(content, task.span, task.text):
            yield f"task {task.at} {task.span} is not {task.text[:60]!r}"
        if task.deadline and not all(says(content, span, task.deadline.raw) for span in task.spans["deadline"]):
            yield f"deadline of {task.at} is not {task.deadline.raw!r}"
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield from in_passage(block.passage)


def in_passage(passage: Passage) -> Iterator[str]:
    text = passage.text
    for deadline in find_deadlines(text):
        if text[slice(*deadline.span)] != deadline.raw:
            yield f"time {deadline.span} is not {deadline.raw!r}"
    for one in cited(text):
        start, end = one.reference.span
        number = re.match(r"\d*", one.reference.symbol or "")
        if not (one.extent[0] <= start < end <= one.extent[1] <= len(text)) or (
            number and number[0] not in text[start:end]
        ):
            yield f"citation {one.reference.span} is not {one.reference.symbol or one.reference.title!r}"


def every_span(found: Analysis) -> Iterator[tuple[str, Span]]:
    yield from (("header", span) for span in found.header.spans.values())
    yield from (("reference", each.span) for each in found.references)
    for task in found.tasks:
        yield "task", task.span
        yield from ((name, span) for name, spans in task.spans.items() for span in spans)
    yield from (("target", each.span) for each in found.targets)
    yield from (("duty", each.span) for each in found.duties)
    yield from (("notice", each.span) for each in found.notices if each.span)


def says(content: str, span: Span, words: str) -> bool:
    """The place has these letters and digits in this order, from its first to its last, in whatever marks and Unicode form.

    Between them it may have more: a page number, or what a page repeats, that the reader left out; words of other columns.
    """
    there = content[slice(*span)]
    ends = words[:1].isalnum(), words[-1:].isalnum()  # a sign may stand with letters of another column beside it
    return any(_holds(letters(place), letters(words), *ends) for place in (there, MARKS.sub("", there)))


def _holds(there: str, said: str, opens: bool, closes: bool) -> bool:
    rest = iter(there)
    begins, ends = not opens or there[:1] == said[:1], not closes or there[-1:] == said[-1:]
    return not said or (begins and ends and all(letter in rest for letter in said))


def letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFC", text) if c.isalnum())


def alarmed(_: int, __: FrameType | None) -> None:
    raise Hang


def trial(numbers: range) -> Counter[str]:
    signal.signal(signal.SIGVTALRM, alarmed)
    return Counter(tried(number) for number in numbers)


def main() -> None:
    quick = bool(os.environ.get("QUICK"))
    inputs = int(os.environ.get("INPUTS", "600" if quick else "20000"))
    documents = int(os.environ.get("DOCUMENTS", "4" if quick else "60"))
    runs = [range(WHOLE + at, WHOLE + min(at + 5, documents)) for at in range(0, documents, 5)]
    runs += [range(at, min(at + CHUNK, inputs)) for at in range(0, inputs, CHUNK)]
    total: Counter[str] = Counter()
    with get_context("fork").Pool(WORKERS) as pool:
        for counts in pool.imap_unordered(trial, runs):
            total += counts
    print(", ".join(f"{count} {what}" for what, count in total.most_common()))
    failed = {"crashes": total["crash"], "hangs": total["hang"], "bad_spans": total["bad span"]}
    print(json.dumps({"inputs": total.total(), **failed}))


if __name__ == "__main__":
    main()
