"""A real browser on the real pages: one Chromium for all tests, and an eye on what no page may do."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.signals import request_finished, request_started
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 740}
# The shell without a screen draws the same pages for half the work.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
EXPECTED = (
    "status of 409",  # how a page is told that somebody was faster
    "status of 422",  # or what to correct
    "htmx:afterRequest",  # a poll that was under way when one left the page
    "htmx:sendError",
    "htmx:sendAbort",
)
LONG = pytest.mark.thorough
SIZES = [pytest.param(DESKTOP, id="1440"), pytest.param(PHONE, id="360", marks=LONG)]
MANNERS = [pytest.param(DESKTOP, "vi", id="1440", marks=LONG), pytest.param(PHONE, "en", id="360", marks=LONG)]
PATIENCE = 30_000  # milliseconds: a machine may be busy

expect.set_options(timeout=PATIENCE)


def pytest_report_header() -> str:
    return f"browser: {CHROMIUM}" if CHROMIUM else "browser: no Chromium is installed, so its tests are skipped"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed: `apt-get install chromium`, or put one on the PATH")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright's loop runs in this thread; its calls are not async
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"] * (os.geteuid() == 0))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def known_files() -> Iterator[None]:
    """Scripts and styles are sent once to a browser, as the production server has it."""

    def served(handler: StaticFilesHandler, request: HttpRequest) -> HttpResponseBase:
        answer = serve(handler, request)
        answer["Cache-Control"] = "max-age=3600"
        return answer

    serve = StaticFilesHandler.serve
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "serve", served)
        yield


@pytest.fixture(scope="session")
def rested(known_files: None) -> list[BrowserContext]:
    """Contexts that no test uses now: they know nobody any more, but keep the scripts and styles that they have loaded."""
    return []


@dataclass
class Visits:
    """Opens pages, each as one person; remembers what a page must not do."""

    browser: Browser
    address: str
    rested: list[BrowserContext]
    troubles: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def __call__(
        self, user: object = None, path: str = "", *, size: dict = DESKTOP, language: str = "vi", theme: str = "light"
    ) -> Page:
        context = self.rested.pop() if self.rested else self._context()
        self.contexts.append(context)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language, "theme": theme}
        if user:
            client = Client()
            client.force_login(user)
            cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": name, "value": value, "url": self.address} for name, value in cookies.items()])
        page = context.new_page()
        page.set_viewport_size(size)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.troubles.append(f"{page.url}: {error}"))
        page.on("request", lambda request: self._asked(request.url))
        page.on("response", lambda answer: self._answered(answer.status, answer.url))
        if path:
            page.goto(path)
        return page

    def _context(self) -> BrowserContext:
        context = self.browser.new_context(
            base_url=self.address, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE)
        return context

    def rest(self) -> None:
        for context in self.contexts:
            for page in context.pages:
                page.close()
            context.clear_cookies()
            self.rested.append(context)

    def _said(self, message: ConsoleMessage) -> None:
        """An error on the console: a defect of a script, or something that the Content-Security-Policy forbids."""
        if message.type in ("error", "warning") and not any(words in message.text for words in EXPECTED):
            self.troubles.append(f"{message.location.get('url')}: {message.text}")

    def _asked(self, url: str) -> None:
        if urlsplit(url).scheme in ("http", "https", "ws", "wss") and not url.startswith(self.address):
            self.troubles.append(f"asked another host: {url}")

    def _answered(self, status: int, url: str) -> None:
        if status >= 500:
            self.troubles.append(f"{status}: {url}")


@pytest.fixture
def visit(browser: Browser, live_server, quiet_server, rested) -> Iterator[Callable[..., Page]]:
    """`visit(user, "/documents/")`; at the end no page may have erred or asked another host."""
    visits = Visits(browser, live_server.url, rested)
    yield visits
    visits.rest()
    assert visits.troubles == []


@pytest.fixture
def quiet_server(transactional_db) -> Iterator[None]:
    """The database is emptied only once the server has answered everything that it was asked."""
    changed, asked = threading.Condition(), [0]

    def count(by: int) -> None:
        with changed:
            asked[0] += by
            changed.notify()

    def began(**_: object) -> None:
        count(1)

    def ended(**_: object) -> None:
        count(-1)

    request_started.connect(began)
    request_finished.connect(ended)
    yield
    with changed:
        answered = changed.wait_for(lambda: asked[0] <= 0, timeout=PATIENCE / 1000)
    request_started.disconnect(began)
    request_finished.disconnect(ended)
    assert answered


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def hoa(transactional_db):
    return import_module("hopluc.documents.tests.making").person("Nguyễn Thị Hoa")


@pytest.fixture
def nam(transactional_db):
    return import_module("hopluc.documents.tests.making").person("Trần Văn Nam")
