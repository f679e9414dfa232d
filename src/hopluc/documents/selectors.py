"""Documents and items, as far as the viewer may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Count, Exists, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.sql.compiler import SQLCompiler

from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies, realm
from hopluc.core.search import search_query
from hopluc.documents.models import DECIDED, Document, Item, Version
from hopluc.units.realm import Realm, among
from vanban.wording import DOUBTFUL

Json = dict[str, Any]
STATES = Item.State


def documents_visible(viewer: User) -> QuerySet[Document]:
    """Drafts for the coordinators of their owner; a document from which a plan was issued, for whoever sees the plan."""
    issued = Version.objects.filter(document=OuterRef("pk"), closed_at__isnull=False)
    shared = near(viewer, document="pk") & Exists(issued)
    return Document.objects.filter(Q(owner__in=drafting(viewer)) | shared).select_related("owner")


def drafting(viewer: User) -> RawSQL:
    """Ids of the agencies whose documents the viewer may review, as a part of a query."""
    return among(agencies(viewer, "draft"))


class Near(Func):
    """Whether the owner or the document of something, in this order, is near somebody. In words of the database: half of the
    pages ask it, and of objects the question takes longer to put together than to answer.
    """

    arity = 2
    output_field = BooleanField()
    words = """(
        {owner} = ANY(%s::bigint[])
        OR EXISTS (SELECT FROM units_agency WHERE id = {owner} AND province_id = ANY(%s::bigint[]))
        OR EXISTS (SELECT FROM documents_reader WHERE document_id = {document} AND agency_id = ANY(%s::bigint[]))
    )"""

    def __init__(self, owner: str, document: str, *, seen: Realm) -> None:
        super().__init__(owner, document)
        self.seen = seen

    def as_sql(self, compiler: SQLCompiler, *_args: Any, **_extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """The stubs know of no lists among parameters."""
        (owner, _none), (document, _none) = map(compiler.compile, self.get_source_expressions())
        ids = (self.seen.agencies, self.seen.provinces, self.seen.below)
        return self.words.format(owner=owner, document=document), [list(each) for each in ids]


def near(viewer: User, *, document: str, owner: str = "owner") -> Q:
    """Of things with an owner that were issued: those of the viewer's provinces and agencies, and those in whose
    document such an agency, or one below it, has a part.
    """
    return Q(Near(owner, document, seen=realm(viewer, "see")))


def documents_drafted(viewer: User) -> QuerySet[Document]:
    """Documents that the viewer may review, not in the bin."""
    return Document.objects.filter(owner__in=drafting(viewer), binned_at=None).select_related("owner")


def documents_binned(viewer: User) -> QuerySet[Document]:
    found = Document.objects.filter(owner__in=drafting(viewer), binned_at__isnull=False)
    return found.select_related("owner", "binned_by").order_by("-binned_at")


def documents_listed(*, viewer: User, typed: str = "", state: str = "") -> QuerySet[Any]:
    """The viewer's documents with the state of their newest version and how much of it waits; newest first."""
    waiting = Item.objects.filter(version=OuterRef("version_id"), state=STATES.PENDING).order_by()
    documents = _with_newest(documents_visible(viewer).filter(binned_at=None)).annotate(
        waiting=Subquery(waiting.values("version").annotate(n=Count("*")).values("n")[:1])
    )
    if state:
        documents = documents.filter(**LISTED[state])
    if query := search_query(typed):
        documents = documents.filter(words=query)
    return documents.order_by("-created_at", "-pk")


def documents_counted(*, viewer: User) -> dict[str, int]:
    """How many documents are in each of the states of a list; and of all."""
    documents = _with_newest(documents_visible(viewer).filter(binned_at=None))
    return documents.aggregate(
        all=Count("pk"), **{state: Count("pk", filter=Q(**wanted)) for state, wanted in LISTED.items()}
    )


def _with_newest(documents: QuerySet[Document]) -> QuerySet[Any]:
    """Documents with their newest version: its id, its state, why it could not be read, whether its review is closed."""
    newest = Version.objects.filter(document=OuterRef("pk")).order_by("-number")
    return documents.annotate(
        version_id=Subquery(newest.values("pk")[:1]),
        version_state=Subquery(newest.values("state")[:1]),
        version_problem=Subquery(newest.values("problem")[:1]),
        closed_at=Subquery(newest.values("closed_at")[:1]),
    )


LISTED: dict[str, Json] = {
    "reading": {"version_state__in": ["waiting", "reading"]},
    "review": {"version_state__in": ["read", "mapping"], "closed_at": None},
    "failed": {"version_state": "failed"},
    "issued": {"closed_at__isnull": False},
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a review is, in items."""

    pending: int = 0
    accepted: int = 0
    rejected: int = 0
    sure: int = 0  # pending and read surely

    @property
    def total(self) -> int:
        return self.pending + self.accepted + self.rejected

    @property
    def decided(self) -> int:
        return self.accepted + self.rejected


def review_progress(version: Version, *, sure: float) -> Progress:
    rows = version.items.order_by().values_list("state")
    counted = rows.annotate(n=Count("*"), sure=Count("pk", filter=Q(sureness__gte=sure)))
    found = {state: (n, certain) for state, n, certain in counted}
    pending, certain = found.get(STATES.PENDING, (0, 0))
    accepted, rejected = (found.get(state, (0, 0))[0] for state in (STATES.ACCEPTED, STATES.REJECTED))
    return Progress(sure=certain, pending=pending, accepted=accepted, rejected=rejected)


def items_listed(version: Version, *, state: str = "", kind: str = "", order: str = "doubt") -> QuerySet[Item]:
    """Items of a version that are not replaced: what waits first and the most doubtful of it, or in the order of the text."""
    items = version.items.exclude(state=STATES.REPLACED).prefetch_related("changed_by").defer("found")
    if state:
        items = items.filter(state=state)
    if kind:
        items = items.filter(kind=kind)
    if order == "text":
        return items.order_by("position", "pk")
    return items.annotate(decided=DECIDED).order_by("decided", "sureness", "position", "pk")


def items_changed(version: Version, *, since: int) -> QuerySet[Item]:
    """What changed after this count of the document's clock, replaced items too."""
    return version.items.filter(stamp__gt=since).select_related("changed_by").defer("found")


def items_left(versions: Iterable[int]) -> dict[int, tuple[int, int]]:
    """How many items of each of these versions wait to be reviewed, and how many of them are doubtful; in one query."""
    rows = Item.objects.filter(version__in=versions, state=STATES.PENDING).order_by().values_list("version")
    counted = rows.annotate(n=Count("*"), doubtful=Count("version", filter=Q(sureness__lt=DOUBTFUL)))
    return {version: (left, doubtful) for version, left, doubtful in counted}


def items_waiting(version: Version) -> QuerySet[Item]:
    return version.items.filter(state=STATES.PENDING)


def items_accepted(version: Version) -> QuerySet[Item]:
    return version.items.filter(state=STATES.ACCEPTED).order_by("position", "pk")
