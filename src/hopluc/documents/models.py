"""Documents as they arrived, what was read in them, and the review of it.

A document has versions; the newest that could be read is the one under review. What is found in a version are *items*
(tasks, targets, duties to report), each in the shape of `vanban.contract`. A directive's file, an office's task sheet and a plan
typed by hand differ only in how their items come about (`docs/decisions/0007-one-draft.md`).
"""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import ExpressionWrapper, Q
from django.utils.translation import gettext_lazy as _

from hopluc.core.models import StoredFile
from hopluc.core.search import search_column
from hopluc.units.models import Agency


@pghistory.track(exclude=["words", "clock"])
class Document(models.Model):
    """An official document (văn bản), a task sheet or a plan typed by hand, on its way to a plan."""

    class Kind(models.TextChoices):
        DIRECTIVE = "directive", _("directive")
        SHEET = "sheet", _("task sheet")
        HAND = "hand", _("typed by hand")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="documents")
    title = models.TextField()  # the name of its file until it has been read
    type = models.CharField(max_length=40, blank=True)  # key of vanban's document types
    symbol = models.CharField(max_length=100, blank=True)  # số, ký hiệu
    issuer = models.TextField(blank=True)  # as written
    issued_on = models.DateField(null=True, blank=True)
    province = models.CharField(max_length=100, blank=True)
    signer = models.CharField(max_length=200, blank=True)
    clock = models.PositiveIntegerField(default=0)  # counts the acts of its review
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    binned_at = models.DateTimeField(null=True, blank=True)
    binned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = search_column("symbol", "title", "issuer")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["directive", "sheet", "hand"]), name="documents_document_kind"
            ),
            models.CheckConstraint(
                condition=Q(binned_at=None, binned_by=None) | Q(binned_at__isnull=False, binned_by__isnull=False),
                name="documents_document_binned_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-created_at", "-id"]),
            models.Index(fields=["symbol"]),
            GinIndex(fields=["words"], name="documents_document_words"),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.symbol, self.title)))


class Reader(models.Model):
    """An agency that has a part in what was issued from a document, and so may read it wherever it is."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="readers")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="readable")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "document"], name="documents_reader_once")]

    def __str__(self) -> str:
        return str(self.agency)


class VersionQuerySet(models.QuerySet["Version"]):
    def light(self) -> VersionQuerySet:
        """Without the text and what was read from it, which may be megabytes: they are fetched when somebody asks."""
        return self.defer("content", "layout", "headings", "notices", "mapping", "trial")


class Version(models.Model):
    """The files of a document as they were sent one day, and what was read in them. Its text never changes."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be read")
        READING = "reading", _("being read")
        MAPPING = "mapping", _("columns to be confirmed")  # a task sheet: which column is what
        READ = "read", _("read")
        FAILED = "failed", _("could not be read")

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    fingerprint = models.CharField(max_length=64, blank=True)  # SHA-256 over those of its files, in order
    step = models.CharField(max_length=20, blank=True)  # what the reading is at: open, read, find, keep
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    problem = models.JSONField(null=True, blank=True)  # {code, about}: why it could not be read
    content = models.TextField(blank=True)  # the string that every span counts in
    layout = models.JSONField(default=list)  # vanban.layout
    headings = models.JSONField(default=list)  # vanban.headings
    notices = models.JSONField(default=list)
    mapping = models.JSONField(null=True, blank=True)  # of a task sheet: vanban.tasksheets.Mapping
    trial = models.JSONField(null=True, blank=True)  # of a task sheet: what its rows gave, before they are taken
    carried = models.JSONField(default=dict)  # what became of the review of the version before: counts
    kind = models.CharField(max_length=10, blank=True)  # txt, docx, pdf …
    pages = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)  # its review: a plan was issued from it

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="documents_version_number"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "reading", "mapping", "read", "failed"]),
                name="documents_version_state",
            ),
        ]
        indexes = [models.Index(fields=["fingerprint"])]

    def __str__(self) -> str:
        return f"{self.document} ({self.number})"


class SourceFile(models.Model):
    """A file of a version, under the name it was sent by. A body and its annexes may be several."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=255)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="documents_file_position")]

    def __str__(self) -> str:
        return self.name


class Reference(models.Model):
    """Another document that a version cites (viện dẫn), and that document itself where we have it."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="references")
    symbol = models.CharField(max_length=100, blank=True)
    type = models.CharField(max_length=40, blank=True)
    issuer = models.TextField(blank=True)
    date = models.DateField(null=True, blank=True)
    title = models.TextField(blank=True)
    relation = models.CharField(max_length=20)  # implements, continues, mentions
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ["start"]
        indexes = [models.Index(fields=["symbol"])]

    def __str__(self) -> str:
        return self.symbol or self.title


DECIDED = ExpressionWrapper(~Q(state="pending"), output_field=models.BooleanField())


@pghistory.track(exclude=["found"])
class Item(models.Model):
    """A task, target or duty to report under review. Nothing enters a plan that nobody accepted."""

    class Kind(models.TextChoices):
        TASK = "task", _("task")
        TARGET = "target", _("target")
        DUTY = "duty", _("duty to report")

    class State(models.TextChoices):
        PENDING = "pending", _("to be reviewed")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")
        REPLACED = "replaced", _("replaced")  # split or merged into others, or undone

    class Origin(models.TextChoices):
        FOUND = "found", _("found in the text")
        ADDED = "added", _("added by hand")
        SPLIT = "split", _("part of another")
        MERGED = "merged", _("merged of others")

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    position = models.PositiveIntegerField()  # where its words begin in the content; by hand: its turn
    value = models.JSONField()  # as vanban.contract lays it out
    found = models.JSONField(null=True, blank=True)  # the value as it was read
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.FOUND)
    sureness = models.FloatField(default=1.0)  # of its least sure value, 0–1
    revision = models.PositiveIntegerField(default=0)  # counts its changes: a stale edit is noticed by it
    stamp = models.PositiveIntegerField(default=0)  # the document's clock at its last change
    before = models.JSONField(null=True, blank=True)  # its value in the version before, where that differs
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["task", "target", "duty"]), name="documents_item_kind"),
            models.CheckConstraint(
                condition=Q(state__in=["pending", "accepted", "rejected", "replaced"]), name="documents_item_state"
            ),
            models.CheckConstraint(condition=Q(sureness__gte=0, sureness__lte=1), name="documents_item_sureness"),
        ]
        indexes = [
            models.Index(fields=["version", "state", "kind", "position"]),
            models.Index(fields=["version", "stamp"]),
            models.Index(fields=["version", "position", "id"]),  # the two orders of a review, read page by page
            models.Index("version", DECIDED, "sureness", "position", "id", name="documents_item_by_doubt"),
            models.Index(fields=["version", "sureness"], condition=Q(state="pending"), name="documents_item_pending"),
            models.Index(
                fields=["version", "position"], condition=Q(kind="task", value__lead=[]), name="documents_item_leadless"
            ),
        ]

    def __str__(self) -> str:
        return str(self.value.get("text") or self.value.get("indicator") or self.value.get("at") or self.pk)


class Act(models.Model):
    """One act of a review, with the items as they were before and after: undone by putting back what was before."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="acts")
    clock = models.PositiveIntegerField()
    verb = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    changes = models.JSONField()  # [{item, revision, before: {state, value, …}}]
    undone = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "clock"], name="documents_act_clock")]
        indexes = [models.Index(fields=["document", "by", "-clock"])]

    def __str__(self) -> str:
        return f"{self.document} {self.clock}: {self.verb}"


class KeptMapping(models.Model):
    """Which column of a task sheet is what, as this agency confirmed it: the same headings need no second question."""

    owner = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64)  # of the heading row
    mapping = models.JSONField()
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "fingerprint"], name="documents_mapping_once")]

    def __str__(self) -> str:
        return f"{self.owner}: {self.fingerprint[:8]}"
