"""The walk over every address: what each answers to each viewer about each thing, beside what the table of rights says.

`access.yaml` names the addresses, `judge.py` says who may see what, `world.py` is what there is to see. An answer that gives
more than that is a leak; one that gives less, or something else, is a fault.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils.timezone import localdate
from django_htmx.middleware import HtmxDetails

from hopluc.accounts.models import User
from hopluc.core.errors import Problem
from tests.cases import cases
from tests.project.asking import Tally, hushed, shut, undone, undrawn
from tests.project.judge import Judge, Viewer
from tests.project.world import WORDS, Held, World

LINES = Path(__file__).parent / "access.yaml"
SAMPLED = 4
ADDRESSES: dict[str, Any] = cases(LINES)["addresses"]
METHODS = ("get", "post")
OTHERS = ("put", "patch", "delete", "trace")
SHEETS = (("tasks", "csv"), ("tasks", "xlsx"), ("targets", "csv"))
MARK = re.compile(r"\bHL\d{4}\b")
ANONYMOUS = "anonymous"
DRAFT_OF = {"issued": "draft", "file": "draft_file"}  # what stands behind the same address before a plan is issued
KINDS = ("draft", "issued", "sheet", "binned", "filing", "case")  # of things that bear a mark
BEHIND = 500
REFUSED = (302, 403, 404, 405, BEHIND)


def addresses(resolver: URLResolver | None = None, space: str = "") -> dict[str, URLPattern]:
    """Every address of the application, by its name."""
    found: dict[str, URLPattern] = {}
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            found |= addresses(entry, f"{entry.namespace}:" if entry.namespace else space)
        else:
            found[f"{space}{entry.name}"] = entry
    return found


class Walk:
    """One world, seen by one viewer after another."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.judge = Judge(localdate())
        self.tally = Tally()
        self.kinds = self._kinds()
        self._clients: dict[str, Client] = {}
        self._viewers: dict[str, Viewer] = {}

    def viewers(self) -> list[str]:
        return [ANONYMOUS, *self.world.people]

    def over(self, who: str, *, sample: int | None = None) -> None:
        """All that one viewer may ask for; `sample`, 0 to 3: that quarter of the addresses, about one of the things, another at each."""
        with hushed():
            self.statuses(who, sample=sample)
            if who != ANONYMOUS:
                self.lists(who)
                self.exports(who)

    # Statuses: every address, method and thing.

    def statuses(self, who: str, *, sample: int | None = None) -> None:
        viewer = self._viewer(who)
        with undrawn():
            for turn, (name, line) in enumerate(ADDRESSES.items()):
                if sample is not None and turn % SAMPLED != sample:
                    continue
                if line["right"] == "public":
                    self._public(who, name, line)
                    continue
                things = self._things(line)
                for about, held in things if sample is None else [things[turn // SAMPLED % len(things)]]:
                    self._ask(who, viewer, name, line, about, held)

    def _things(self, line: dict[str, Any]) -> list[tuple[str, Held | None]]:
        """For an address that names somebody's thing: whose there are."""
        named = [thing for thing in line.get("with", {}).values() if thing in self.kinds]
        if not named:
            return [("", None)]
        return [(where, held) for where, held in self.world.held.items() if set(named) <= held.things.keys()]

    def _ask(self, who: str, viewer: Viewer, name: str, line: dict[str, Any], about: str, held: Held | None) -> None:
        given = line.get("with", {})
        self._asked(who, viewer, name, line, about, held, given)
        drafted = {key: DRAFT_OF.get(thing, thing) for key, thing in given.items()}
        if drafted != given and name.startswith("documents:") and held and "draft" in held.things:
            self._asked(who, viewer, name, line, f"draft of {about}", held, drafted)

    def _asked(
        self,
        who: str,
        viewer: Viewer,
        name: str,
        line: dict[str, Any],
        about: str,
        held: Held | None,
        given: dict[str, Any],
    ) -> None:
        url = reverse(name, kwargs={key: self._thing(thing, held) for key, thing in given.items()})
        refusal = self._refusal(viewer, line, held, given)
        for method in METHODS:
            if line[method] == 405 and about not in ("", "own"):
                continue  # no method depends on whose the thing is
            due = 405 if line[method] == 405 else refusal or self._due(viewer, line, method)
            got = self.status(viewer, method, url)
            leak = due in REFUSED and got not in REFUSED
            self.tally.note(who, name, f"{method} {about}".strip(), due=due, got=got, leak=leak)

    def _due(self, viewer: Viewer, line: dict[str, Any], method: str) -> Any:
        answering = self.judge.holds(viewer, "answer") and not self.judge.holds(viewer, "draft")
        return line.get("answering", line[method]) if answering and method == "get" else line[method]

    def _thing(self, thing: Any, held: Held | None) -> Any:
        if held and thing in held.things:
            return held.things[thing]
        return self.world.common.get(thing, thing)

    def _refusal(self, viewer: Viewer, line: dict[str, Any], held: Held | None, given: dict[str, Any]) -> int | None:
        if not viewer.is_authenticated and not self.judge.holds(viewer, line["right"]):
            return 302
        if not self.judge.holds(viewer, line["right"]):
            return line.get("directing", 403) if self.judge.holds(viewer, "keep own organisation") else 403
        if held and line["reach"] == "followed":
            return None if self.judge.follows(viewer, line["right"], held.agency.pk) else 404
        if held and not self._may(viewer, line["right"], held, set(given.values())):
            return 404
        return None

    def _may(self, viewer: Viewer, right: str, held: Held, named: set[Any]) -> bool:
        if "import" in named:  # whoever sent a workbook goes on with it
            return viewer == self.world.people["administrator"]
        if named & {"received", "workbook"}:
            return viewer == self.world.people["officer"]
        if "feed" in named:  # somebody else's
            return False
        if right == "keep own organisation":
            return viewer == self.world.people["cooperative"] and held is self.world.held["own"]
        if "message" in named:  # to somebody else
            return self.judge.meets(viewer, "administer", held.things["person"])
        if "person" in named:
            return self.judge.meets(viewer, right, held.things["person"])
        if named & {"compiled", "passage"}:  # a draft
            return self.judge.reaches(viewer, right, held.agency.pk, ways={"agency"})
        if "round" in named:  # its report is not signed, so the province has no part in it
            return self.judge.reaches(
                viewer, right, held.agency.pk, asker=held.agency.pk, ways={"agency", "below", "asked"}
            )
        document = held.things["issued"] if right == "see" else None
        if named & {"draft", "draft_file"}:
            return self.judge.reaches(viewer, "draft", held.agency.pk)
        return self.judge.reaches(viewer, right, held.agency.pk, document, held.asker)

    def status(self, viewer: Viewer, method: str, url: str) -> int:
        """What a view answers, asked without the frame around it; what it does is undone."""
        try:
            with nullcontext() if method == "get" else undone():
                answer = self._view(viewer, method, url)
        except Http404:
            return 404
        except PermissionDenied:
            return 403
        except Problem:  # a service's own check stood behind that of the view
            return BEHIND
        shut(answer)
        return answer.status_code

    def _view(self, viewer: Viewer, method: str, url: str) -> HttpResponseBase:
        request: HttpRequest = getattr(RequestFactory(), method)(url)
        request.user, request.htmx = viewer, HtmxDetails(request)  # type: ignore[attr-defined,assignment]
        request.session, request._messages = {}, CookieStorage(request)  # type: ignore[attr-defined,assignment]
        match = resolve(request.path)
        answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        return answer

    def _public(self, who: str, name: str, line: dict[str, Any]) -> None:
        due = {method: line.get(ANONYMOUS if who == ANONYMOUS else "signed_in", line[method]) for method in METHODS}
        cookies = self._client(who).cookies
        for method in METHODS:
            with undone():  # signing out ends no session of the walk
                client = Client()
                client.cookies.update(cookies)
                got = getattr(client, method)(reverse(name, kwargs=line.get("with"))).status_code
            self.tally.note(who, name, method, due=due[method], got=got, leak=False)

    def other_methods(self, who: str) -> None:
        """Methods that no address takes, and how those answer that have another's view."""
        viewer = self._viewer(who)
        with hushed(), undrawn():
            for name, line in ADDRESSES.items():
                if line["right"] == "public" or name.startswith("account_"):  # of allauth: it takes PUT for POST
                    continue
                given = {key: self.world.things.get(thing, thing) for key, thing in line.get("with", {}).items()}
                for method in OTHERS:
                    got = self.status(viewer, method, reverse(name, kwargs=given))
                    self.tally.note(who, name, method, due=405, got=got, leak=got < 300)

    # What pages show: lists and how much they count, marks of things on any page, exports, files.

    def lists(self, who: str) -> None:
        viewer, client = self._viewer(who), self._client(who)
        plans, drafts = self.marked(viewer, "issued"), self.marked(viewer, "draft")
        if self.judge.holds(viewer, "see"):
            page = self.page(who, client, "plans:list")
            self._listed(who, "plans:list", page, plans)
            self._count(who, "plans:list", plans, sum(chip["count"] for chip in page.context["chips"]))
            if self.judge.holds(viewer, "draft") or not self.judge.holds(viewer, "answer"):
                self._listed(who, "home", self.page(who, client, "home"), plans | drafts, whole=False)
            self._listed(who, "work:mine", self.page(who, client, "work:mine"), plans, whole=False)
            self._searched(who, client, "plans", "ke hoach", plans)
            self._searched(who, client, "tasks", WORDS, plans)
            self._searched(who, client, "documents", "kế hoạch", plans | drafts)
            self._figures(who, viewer, client)
        if self.judge.holds(viewer, "draft"):
            self._drafts(who, client, plans | drafts | self.marked(viewer, "sheet"))
            self._listed(who, "documents:bin", self.page(who, client, "documents:bin"), self.marked(viewer, "binned"))
        if self.judge.holds(viewer, "see filings"):
            page, due = self.page(who, client, "forms:filings"), self.marked(viewer, "filing")
            self._listed(who, "forms:filings", page, due)
            self._count(who, "forms:filings", due, page.context["chips"][0]["count"])
            self._listed(who, "cases:list", self.page(who, client, "cases:list"), self.marked(viewer, "case"))
        if self.judge.holds(viewer, "administer"):
            self._people(who, viewer, client)

    def _drafts(self, who: str, client: Client, due: set[str]) -> None:
        page = self.page(who, client, "documents:list")
        self._listed(who, "documents:list", page, due)
        counts = {chip["url"]: chip["count"] for chip in page.context["chips"]}
        self._count(who, "documents:list", due, counts["?"])
        viewer = self._viewer(who)
        own = len(self.marked(viewer, "draft")) + len(self.marked(viewer, "sheet"))
        self._same(who, "documents:list", "to be reviewed", own, counts["?state=review"])
        issued = len(self.marked(viewer, "issued"))
        self._same(who, "documents:list", "issued", issued, counts["?state=issued"])
        waiting = self.page(who, client, "home").context["waiting"]
        self._same(who, "home", "waiting", own, waiting.total)

    def _figures(self, who: str, viewer: Viewer, client: Client) -> None:
        """An indicator shows the drafts of the provinces where one enters figures, and of no others."""
        name = "indicators:indicator"
        page = client.get(reverse(name, args=[self.world.common["any_indicator"]])).content.decode()
        due = {
            held.marks["issued"]
            for held in self.world.held.values()
            if "figure" in held.things and self.judge.reaches(viewer, "enter figures", held.agency.pk)
        }
        shown = set(MARK.findall(page))
        self.tally.note(who, name, "drafts", due=due, got=shown, leak=bool(shown - due))

    def _searched(self, who: str, client: Client, kind: str, typed: str, due: set[str]) -> None:
        page = self.page(who, client, "search", q=typed, kind=kind)
        self._listed(who, "search", page, due, whole=len(due) <= 30)
        self._count(who, "search", due, page.context["total"])

    def _people(self, who: str, viewer: Viewer, client: Client) -> None:
        page = self.page(who, client, "accounts:people")
        due = {user.pk for user in User.objects.all() if self.judge.meets(viewer, "administer", user.pk)}
        got = {user.pk for user in page.context["page"]}
        self._same(who, "accounts:people", "people", len(due), page.context["page"].paginator.count)
        missing = due - got if len(due) <= page.context["page"].paginator.per_page else set()
        self.tally.note(
            who, "accounts:people", "listed", due=missing, got=got ^ due if missing else got - due, leak=bool(got - due)
        )
        found = self.page(who, client, "accounts:agencies").json()["results"]
        strange = {one["value"] for one in found if not self.judge.reaches(viewer, "administer", one["value"])}
        self.tally.note(who, "accounts:agencies", "offered", due=set(), got=strange, leak=True)

    def page(self, who: str, client: Client, name: str, **query: str) -> Any:
        """A page as it is drawn; a mark on it of what its viewer may not see is a leak."""
        answer = client.get(reverse(name), query)
        self._same(who, name, "page", 200, answer.status_code)
        self.marks(who, name, answer.content.decode())
        return answer

    def marks(self, who: str, name: str, text: str, about: str = "marks") -> set[str]:
        found = set(MARK.findall(text))
        self.tally.note(who, name, about, due=set(), got=found - self.seen(self._viewer(who)), leak=True)
        return found

    def _listed(self, who: str, name: str, page: Any, due: set[str], *, whole: bool = True) -> None:
        paginator = getattr(page.context.get("page"), "paginator", None) if page.context else None
        if whole and (paginator is None or len(due) <= paginator.per_page):
            shown = set(MARK.findall(page.content.decode()))
            self.tally.note(who, name, "listed", due=due, got=shown, leak=bool(shown - due))

    def _count(self, who: str, name: str, due: set[str], got: int) -> None:
        self.tally.note(who, name, "counted", due=len(due), got=got, leak=got > len(due))

    def _same(self, who: str, name: str, about: str, due: int, got: int) -> None:
        self.tally.note(who, name, about, due=due, got=got, leak=got > due)

    def exports(self, who: str) -> None:
        """Sheets of every plan and files of every document: the thing itself, or nothing."""
        for where, held in self.world.held.items():
            for what, ending in SHEETS:
                given = {"pk": held.things["plan"], "what": what, "ending": ending}
                self._sent(who, "plans:download", where, given, "issued")
            given = {"pk": held.things["issued"], "file_id": held.things["file"]}
            self._sent(who, "documents:original", where, given, "issued")
            if "draft" in held.things:
                given = {"pk": held.things["draft"], "file_id": held.things["draft_file"]}
                self._sent(who, "documents:original", where, given, "draft")

    def _sent(self, who: str, name: str, where: str, given: dict[str, Any], kind: str) -> None:
        viewer, held = self._viewer(who), self.world.held[where]
        allowed = self.judge.holds(viewer, "see") and self._may(viewer, "see", held, {kind})
        try:
            answer: Any = self._view(viewer, "get", reverse(name, kwargs=given))
        except (Http404, PermissionDenied):
            answer = None
        about = f"{' '.join(str(part) for part in given.values())} of {where}"
        self.tally.note(who, name, about, due=allowed, got=answer is not None, leak=not allowed)
        if answer is not None:
            shown = set(MARK.findall(_text(_body(answer))))
            mark = held.marks[kind]
            self.tally.note(who, name, f"inside {about}", due={mark}, got=shown, leak=bool(shown - {mark}))

    def objects(self, who: str, wheres: Collection[str] | None = None) -> None:
        """Every page about a thing that a viewer may see, drawn: it shows nothing of what they may not."""
        viewer, client = self._viewer(who), self._client(who)
        for name, line in ADDRESSES.items():
            for where, held in self._things(line) if line["get"] == 200 and line["right"] != "public" else ():
                if held is None or (wheres and where not in wheres) or self._refusal(viewer, line, held, line["with"]):
                    continue
                given = {key: self._thing(thing, held) for key, thing in line["with"].items()}
                answer = client.get(reverse(name, kwargs=given))
                self.marks(who, name, _text(_body(answer)), f"marks on that of {where}")

    # Who is who, and what there is.

    def marked(self, viewer: Viewer, kind: str) -> set[str]:
        """The marks of all things of a kind that a viewer may see."""
        return {
            held.marks[kind]
            for held in self.world.held.values()
            if kind in held.marks and self._marked(viewer, kind, held)
        }

    def _marked(self, viewer: Viewer, kind: str, held: Held) -> bool:
        if kind == "issued":
            return self.judge.reaches(viewer, "see", held.agency.pk, held.things["issued"])
        if kind in ("filing", "case"):
            return self.judge.reaches(viewer, "see filings", held.agency.pk, asker=held.asker)
        return self.judge.reaches(viewer, "draft", held.agency.pk)

    def seen(self, viewer: Viewer) -> set[str]:
        return set().union(*(self.marked(viewer, kind) for kind in KINDS))

    def _kinds(self) -> set[str]:
        return set().union(*(held.things.keys() for held in self.world.held.values()))

    def _viewer(self, who: str) -> Viewer:
        if who not in self._viewers:
            known = who != ANONYMOUS
            self._viewers[who] = User.objects.get(pk=self.world.people[who].pk) if known else AnonymousUser()
        return self._viewers[who]

    def _client(self, who: str) -> Client:
        if who not in self._clients:
            self._clients[who] = Client(raise_request_exception=True)
            if who != ANONYMOUS:
                self._clients[who].force_login(self.world.people[who], backend=settings.AUTHENTICATION_BACKENDS[0])
        return self._clients[who]


def _body(answer: Any) -> bytes:
    body: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    shut(answer)
    return body


def _text(body: bytes) -> str:
    """What can be read in an answer: a page, a sheet, a workbook."""
    if not body.startswith(b"PK"):
        return body.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return " ".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


def summary(walk: Walk, urls: int) -> dict[str, int]:
    """How much was walked, and what it gave away; roles count whoever has not signed in, and who holds no post."""
    things = sum(len(held.things) for held in walk.world.held.values())
    roles = {who.rpartition(": ")[2] for who in walk.viewers()}
    counts = {"checks": walk.tally.checks, "leaks": len(walk.tally.leaks)}
    return {"urls": urls, "roles": len(roles), "objects": things, **counts}
