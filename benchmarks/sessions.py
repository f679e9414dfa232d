"""People who fill in forms, as their browsers ask for pages: one asyncio process, a kept connection each, from a seed."""

from __future__ import annotations

import asyncio
import gzip
import random
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from time import perf_counter
from urllib.parse import urlencode

HOST = "127.0.0.1"
PATIENCE = 60  # seconds for an answer
KNOWN = re.compile(rb'id="filing-known" name="known" value="(\d+)"')
SEEN = re.compile(rb'name="seen" value="(\d+)"')
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
SAVES = 5
TEXTS = ("development", "policies")  # which must be filled in
FIGURES = ("advanced.p01.estimate", "advanced.p02.estimate", "others.q01_2.next")  # of which no check says anything


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Wire:
    """One connection that is kept, with the cookies of whoever uses it."""

    port: int
    cookies: dict[str, str]
    streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self, method: str, path: str, form: Mapping[str, str] | None = None, headers: Mapping[str, str] = {}
    ) -> Answer:
        """Raises OSError, asyncio.IncompleteReadError and TimeoutError where there is no whole answer; nothing is sent twice."""
        async with asyncio.timeout(PATIENCE):
            if self.streams is None:
                self.streams = await asyncio.open_connection(HOST, self.port)
            reader, writer = self.streams
            writer.write(self._spelled(method, path, urlencode(form).encode() if form else b"", headers))
            await writer.drain()
            answer = await _read(reader)
        for name, value in re.findall(r"(\w+)=([^;]*)", answer.headers.get("set-cookie", "")):
            if name in ("csrftoken", "sessionid"):
                self.cookies[name] = value
        return answer

    def _spelled(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        lines = {
            "Host": f"{HOST}:{self.port}",
            "Accept-Encoding": "gzip",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Length": str(len(body)),
            "Content-Type": "application/x-www-form-urlencoded",
            **headers,
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body

    def close(self) -> None:
        if self.streams:
            self.streams[1].close()
            self.streams = None


async def _read(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers: dict[str, str] = {}
    for line in head[1:-2]:
        name, _colon, value = line.partition(": ")
        key = name.lower()
        headers[key] = f"{headers[key]}; {value}" if key in headers else value
    body = await _body(reader, headers)
    plain = gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
    return Answer(int(head[0].split()[1]), headers, plain)


async def _body(reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
    if headers.get("transfer-encoding") != "chunked":
        return await reader.readexactly(int(headers.get("content-length", "0")))
    parts = []
    while size := int(await reader.readuntil(b"\r\n"), 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readexactly(2)
    return b"".join(parts)


@dataclass(slots=True)
class Tally:
    """What was asked and what the server acknowledged, by id of a filing: the last value of each path, how many saves, whether handed in."""

    times: dict[str, list[float]] = field(
        default_factory=lambda: {"page": [], "save": [], "submit": []}
    )  # milliseconds
    begun: dict[str, list[float]] = field(
        default_factory=lambda: {"page": [], "save": [], "submit": []}
    )  # when, in seconds
    statuses: Counter[str] = field(default_factory=Counter)
    values: dict[int, dict[str, str]] = field(default_factory=dict)
    saves: Counter[int] = field(default_factory=Counter)  # sent
    submitted: set[int] = field(default_factory=set)
    sent: Counter[int] = field(default_factory=Counter)  # submissions


@dataclass(slots=True)
class Person:
    """Somebody with a session and forms to hand in one after the other."""

    session: str
    filings: list[int]
    number: int


@dataclass(slots=True)
class Pace:
    """Seconds: how long all go on, and the least and most between two acts."""

    whole: float
    least: float
    most: float


async def crowd(people: list[Person], *, port: int, pace: Pace, seed: int) -> Tally:
    """All of them at once, until the time is over or they have handed in everything."""
    tally = Tally()
    end = perf_counter() + pace.whole
    await asyncio.gather(*(_Sitting(each, tally, pace, end, seed, port).work() for each in people))
    return tally


class _Sitting:
    """One person at work."""

    def __init__(self, person: Person, tally: Tally, pace: Pace, end: float, seed: int, port: int) -> None:
        self.person, self.tally, self.pace, self.end = person, tally, pace, end
        self.dice = random.Random(f"{seed} {person.number}")
        self.wire = Wire(port, {"sessionid": person.session})

    async def work(self) -> None:
        await asyncio.sleep(self.dice.uniform(0, self.pace.most))  # not all open at one moment
        for filing in self.person.filings:
            if not await self._fill(filing):
                break
        self.wire.close()

    async def _fill(self, filing: int) -> bool:
        """Open a form, save, hand it in; False when the time is over."""
        at = f"/forms/filings/{filing}/"
        page = await self._act("page", "GET", at)
        if page is None or page.status != 200:
            return await self._wait()
        token, known = TOKEN.search(page.body), KNOWN.search(page.body)
        assert token
        assert known
        about = {"csrfmiddlewaretoken": unescape(token[1].decode()), "known": known[1].decode()}
        for turn, path in enumerate((*TEXTS, *FIGURES)):
            if not await self._wait():
                return False
            await self._save(filing, path, self._typed(path, turn), _seen(page.body, path), about)
        return await self._wait() and await self._submit(filing, about) and await self._wait()

    def _typed(self, path: str, turn: int) -> str:
        number = self.dice.randint(1, 9_999)
        return f"Ổn định, lượt {turn}, số {number}." if path in TEXTS else str(number)

    async def _save(self, filing: int, path: str, value: str, seen: str, about: dict[str, str]) -> None:
        self.tally.saves[filing] += 1
        form = {**about, "path": path, "value": value, "seen": seen}
        answer = await self._act("save", "POST", f"/forms/filings/{filing}/save/", form, {"HX-Request": "true"})
        if answer and answer.status == 200:
            self.tally.values.setdefault(filing, {})[path] = value
            if known := KNOWN.search(answer.body):
                about["known"] = known[1].decode()

    async def _submit(self, filing: int, about: dict[str, str]) -> bool:
        self.tally.sent[filing] += 1
        answer = await self._act("submit", "POST", f"/forms/filings/{filing}/submit/", about)
        if answer and answer.status == 302:
            self.tally.submitted.add(filing)
            await self._act("page", "GET", answer.headers["location"])
        return True

    async def _act(
        self, kind: str, method: str, path: str, form: Mapping[str, str] | None = None, headers: Mapping[str, str] = {}
    ) -> Answer | None:
        begun = perf_counter()
        try:
            answer = await self.wire.ask(method, path, form, headers)
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            self.tally.statuses[f"{kind} {type(error).__name__}"] += 1
            self.wire.close()
            return None
        self.tally.times[kind].append((perf_counter() - begun) * 1000)
        self.tally.begun[kind].append(begun)
        self.tally.statuses[f"{kind} {answer.status}"] += 1
        return answer

    async def _wait(self) -> bool:
        """Between two acts; False when the time is over."""
        await asyncio.sleep(self.dice.uniform(self.pace.least, self.pace.most))
        return perf_counter() < self.end


def _seen(page: bytes, path: str) -> str:
    """The revision of a field that its page shows."""
    at = page.index(f'name="path" value="{path}"'.encode())
    found = SEEN.search(page, at)
    assert found
    return found[1].decode()
