"""The review: source and items side by side, each act a small request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import needs
from hopluc.core.errors import Problem
from hopluc.documents import review as acts
from hopluc.documents import shaping
from hopluc.documents.errors import ItemGone, StaleItem
from hopluc.documents.finding import value_of_words
from hopluc.documents.models import Document, Item, Version
from hopluc.documents.presenting import LABELS, card, cards, deadline_in_words, frequencies, topics
from hopluc.documents.selectors import (
    documents_drafted,
    items_changed,
    items_listed,
    review_progress,
)
from hopluc.units.models import Body
from hopluc.units.services import body_named

PAGE = 100
LONGEST_NUMBER = 10  # digits
Json = dict[str, Any]
CONFLICT, UNPROCESSABLE = 409, 422


@require_GET
@needs("draft")
def page(request: StaffRequest, pk: int) -> HttpResponse:
    document, version = _open(request, pk)
    about = _panel(request, document, version)
    if request.htmx:
        return render(request, "documents/review/_panel.html", about)
    return render(request, "documents/review/page.html", about)


@require_GET
@needs("draft")
def changes(request: StaffRequest, pk: int) -> HttpResponse:
    """What others did since `?clock=`: asked for every few seconds; nothing new is an empty answer."""
    document, version = _open(request, pk)
    if request.GET.get("version") != str(version.number):  # a corrected file has been read
        return HttpResponseClientRefresh()
    since = _number(request.GET.get("clock")) or 0
    if since >= document.clock:
        return HttpResponse(status=204)
    changed = cards(items_changed(version, since=since))
    return render(request, "documents/review/_changes.html", {**_state(document, version), "cards": changed})


@require_GET
@needs("draft")
def item_card(request: StaffRequest, pk: int, item_id: int) -> HttpResponse:
    document, version = _open(request, pk)
    item = get_object_or_404(version.items, pk=item_id)
    return render(
        request, "documents/review/_card.html", {"document": document, "version": version, "card": card(item)}
    )


@require_POST
@needs("draft")
def decide(request: StaffRequest, pk: int, item_id: int, verb: str) -> HttpResponse:
    """Accept, reject, or take that back."""
    document, version = _open(request, pk)
    act = {"accept": acts.item_accept, "reject": acts.item_reject, "reopen": acts.item_reopen}[verb]
    return _act(request, document, version, item_id, lambda revision: act(
        document=document, item_id=item_id, revision=revision, by=request.user
    ))  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("draft")
def edit(request: StaffRequest, pk: int, item_id: int) -> HttpResponse:
    document, version = _open(request, pk)
    item = get_object_or_404(version.items, pk=item_id)
    if request.method == "GET":
        return render(request, "documents/review/_edit.html", _editing(document, version, item, item.value))
    typed = typed_values(item.kind, request.POST)
    try:
        acts.item_edit(document=document, item_id=item_id, revision=_revision(request), typed=typed, by=request.user)
    except StaleItem as stale:
        about = _editing(document, version, stale.item, _as_typed(item, typed))
        return render(
            request, "documents/review/_stale.html", {**about, "problem": stale, "typed": request.POST}, status=CONFLICT
        )
    except Problem as problem:
        about = {**_editing(document, version, item, _as_typed(item, typed)), "problem": problem}
        return render(request, "documents/review/_edit.html", about, status=UNPROCESSABLE)
    return _after(request, document, item_id)


@require_http_methods(["GET", "POST"])
@needs("draft")
def split(request: StaffRequest, pk: int, item_id: int) -> HttpResponse:
    document, version = _open(request, pk)
    item = get_object_or_404(version.items.filter(kind=Item.Kind.TASK), pk=item_id)
    if request.method == "GET":
        return render(request, "documents/review/_split.html", _editing(document, version, item, item.value))
    cut = _number(request.POST.get("cut")) or 0
    return _act(request, document, version, item_id, lambda revision: acts.item_split(
        document=document, item_id=item_id, revision=revision, cut=cut, by=request.user
    )[0])  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("draft")
def merge(request: StaffRequest, pk: int, item_id: int) -> HttpResponse:
    """Merge an item with the one that follows it in the text."""
    document, version = _open(request, pk)
    item = get_object_or_404(version.items.filter(kind=Item.Kind.TASK), pk=item_id)
    if request.method == "GET":
        following = items_listed(version, kind=item.kind, order="text").filter(position__gt=item.position).first()
        about = _editing(document, version, item, item.value)
        return render(request, "documents/review/_merge.html", {**about, "following": following})
    other = tuple(_number(request.POST.get(name)) or 0 for name in ("other", "other_revision"))
    return _act(request, document, version, item_id, lambda seen: acts.items_merge(
        document=document, seen=[(item_id, seen), (other[0], other[1])], by=request.user
    ))  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("draft")
def add(request: StaffRequest, pk: int) -> HttpResponse:
    """An item of words selected in the source (`start`, `end`), or one typed."""
    document, version = _open(request, pk)
    given = request.GET if request.method == "GET" else request.POST
    kind = given.get("new_kind", "task")  # `kind` is what the list is narrowed to
    kind = kind if kind in Item.Kind.values else Item.Kind.TASK
    start, end = (_number(given.get(name)) for name in ("start", "end"))
    span = (start, end) if start is not None and end is not None and start < end else None
    value = value_of_words(version, span, kind) if span else dict(shaping.BLANK[kind])
    item = Item(version=version, kind=kind, value=value)
    if request.method == "GET":
        return render(request, "documents/review/_add.html", _editing(document, version, item, value))
    typed = typed_values(kind, request.POST)
    try:
        value = shaping.edited(kind, value, typed, issued_on=document.issued_on)
        added = acts.item_add(document=document, kind=kind, value=value, by=request.user)
    except Problem as problem:
        about = {**_editing(document, version, item, _as_typed(item, typed)), "problem": problem}
        return render(request, "documents/review/_add.html", about, status=UNPROCESSABLE)
    return _whole(request, document, chosen_item=added.pk)


@require_POST
@needs("draft")
def accept_sure(request: StaffRequest, pk: int) -> HttpResponse:
    document, _version = _open(request, pk)
    try:
        count = acts.items_accept_sure(document=document, by=request.user)
    except Problem as problem:
        return _whole(request, document, problem=str(problem))
    return _whole(
        request, document, said=ngettext("%(n)s item accepted.", "%(n)s items accepted.", count) % {"n": count}
    )


@require_POST
@needs("draft")
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    document, _version = _open(request, pk)
    try:
        undone = acts.review_undo(document=document, by=request.user)
    except Problem as problem:
        return _whole(request, document, problem=str(problem))
    return _whole(request, document, said=_("Undone."), chosen_item=undone.changes[0]["item"])


@require_GET
@needs("draft")
def deadline_meaning(request: StaffRequest, pk: int) -> HttpResponse:
    """What a deadline that is being typed means, in words."""
    document, _version = _open(request, pk)
    try:
        deadline = shaping.deadline_of(request.GET.get("deadline", ""), None, issued_on=document.issued_on)
    except Problem as problem:
        return render(request, "documents/review/_meaning.html", {"problem": problem})
    return render(request, "documents/review/_meaning.html", {"meaning": deadline_in_words(deadline)})


def typed_values(kind: str, post: QueryDict) -> Json:
    """What the form of an item holds; fields that it does not have are not named."""
    typed: Json = {
        name: [body_named(chosen) for chosen in post.getlist(name)]
        for name in shaping.LISTS[kind]
        if f"has-{name}" in post
    }
    for name in (*shaping.TEXTS[kind], *shaping.NUMBERS[kind], *shaping.YEARS[kind], "deadline"):
        if name in post:
            typed[name] = post[name]
    return typed


def _open(request: StaffRequest, pk: int) -> tuple[Document, Version]:
    document = get_object_or_404(documents_drafted(request.user), pk=pk)
    try:
        return document, acts.current_version(document)
    except Version.DoesNotExist as nothing_read:
        raise Http404 from nothing_read


def _revision(request: StaffRequest) -> int:
    revision = _number(request.POST.get("revision"))
    return -1 if revision is None else revision


def _number(typed: str | None) -> int | None:
    """A count as a browser sends it; None for anything else."""
    return int(typed) if typed and typed.isascii() and typed.isdecimal() and len(typed) < LONGEST_NUMBER else None


def _state(document: Document, version: Version) -> Json:
    return {
        "document": document,
        "version": version,
        "progress": review_progress(version, sure=acts.SURE),
        "clock": document.clock,
    }


def _panel(request: StaffRequest, document: Document, version: Version) -> Json:
    given = request.GET if request.method == "GET" else request.POST
    chosen = {name: given.get(name, "") for name in ("state", "kind", "order")}
    if chosen["state"] not in Item.State.values:
        chosen["state"] = ""
    if chosen["kind"] not in Item.Kind.values:
        chosen["kind"] = ""
    items = items_listed(version, state=chosen["state"], kind=chosen["kind"], order=chosen["order"] or "doubt")
    about = _state(document, version)
    pages = Paginator(items, PAGE)
    if not (chosen["state"] or chosen["kind"]):
        pages.count = about["progress"].total
    found = pages.get_page(given.get("page"))
    return {**about, "page": found, "cards": cards(found), "chosen": chosen}


def _editing(document: Document, version: Version, item: Item, value: Json) -> Json:
    """What the form of an item needs: its value, the names of its bodies, the lists to choose from."""
    keys = {key for name in shaping.LISTS[item.kind] for key in value.get(name) or []}
    bodies = list(Body.objects.filter(key__in=keys))
    by_key = {body.key: body for body in bodies}
    return {
        "document": document,
        "version": version,
        "item": item,
        "value": {**value, **_numbers_typed(item.kind, value)},
        "card": card(item) if item.pk else None,
        "lists": [
            {
                "name": name,
                "label": LABELS[name],
                "chosen": [by_key[key] for key in value.get(name) or [] if key in by_key],
            }
            for name in shaping.LISTS[item.kind]
        ],
        "deadline_words": _deadline_typed(value.get("deadline")),
        "topics": topics(),
        "frequencies": frequencies(),
        "kinds": Item.Kind.choices,
    }


def _deadline_typed(deadline: Json | str | None) -> str:
    """What stands in the field: the words that were typed, or the deadline in words that are understood when typed."""
    return deadline if isinstance(deadline, str) else deadline_in_words(deadline, "vi")


def _numbers_typed(kind: str, value: Json) -> Json:
    """Numbers as they are typed in either language, 1.234,5; years without points."""
    with override("vi"):
        amounts = {name: _amount(value.get(name)) for name in shaping.NUMBERS[kind]}
    return {**amounts, **{name: str(value.get(name) or "") for name in shaping.YEARS[kind]}}


def _amount(number: float | str | None) -> str:
    return number if isinstance(number, str) else "" if number is None else number_format(number)


def _as_typed(item: Item, typed: Json) -> Json:
    """The value with the fields just as they were typed, to be shown again."""
    return {**item.value, **typed}


def _act(
    request: StaffRequest,
    document: Document,
    version: Version,
    item_id: int,
    act: Callable[[int], Item | None],
) -> HttpResponse:
    """Do it; a stale item comes back as it stands now, with who changed it. An item that was made is the next one up."""
    try:
        made = act(_revision(request))
    except StaleItem as stale:
        about = {"document": document, "version": version, "card": card(stale.item), "problem": stale}
        return render(request, "documents/review/_card.html", about, status=CONFLICT)
    except ItemGone:
        return HttpResponseClientRefresh()
    except Problem as problem:
        item = get_object_or_404(version.items, pk=item_id)
        about = {"document": document, "version": version, "card": card(item), "problem": problem}
        return render(request, "documents/review/_card.html", about, status=UNPROCESSABLE)
    return _whole(request, document, chosen_item=made.pk) if made else _after(request, document, item_id)


def _after(request: StaffRequest, document: Document, item_id: int) -> HttpResponse:
    """The card as it is now, and the progress beside it."""
    document.refresh_from_db(fields=["clock"])
    version = acts.current_version(document)
    about = {**_state(document, version), "card": card(version.items.select_related("changed_by").get(pk=item_id))}
    shown = render_to_string("documents/review/_card.html", about, request)
    return HttpResponse(shown + render_to_string("documents/review/_progress.html", {**about, "oob": True}, request))


def _whole(request: StaffRequest, document: Document, **about: Any) -> HttpResponse:
    """The whole list anew: the act touched more than one card."""
    document.refresh_from_db(fields=["clock"])
    version = acts.current_version(document)
    response = render(request, "documents/review/_panel.html", {**_panel(request, document, version), **about})
    response["HX-Retarget"] = "#review-panel"
    response["HX-Reswap"] = "outerHTML"
    return response
