import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from hopluc.core.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("core", "0002_working_days"),
        ("documents", "0004_readers"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("plans", "0005_plans_of_places_and_committees"),
        ("units", "0008_successions_of_fields"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Contact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "agency",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="contact", to="units.agency"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contact_of",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Line",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("given_on", models.DateField()),
                        ("stand_in", models.BooleanField(default=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[("active", "active"), ("waiting", "not assigned"), ("ended", "ended")],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("aim", models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
                        ("made_until", models.DateField(blank=True, null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="units.agency",
                            ),
                        ),
                        (
                            "given_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines_given",
                                to="units.agency",
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="units.agency",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="plans.plan",
                            ),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines_to_come",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="plans.task",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("task", "agency"), name="plans_line_once"),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["active", "waiting", "ended"])),
                                name="plans_line_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "active"), _negated=True),
                                    models.Q(("holder__isnull", False), ("owner__isnull", False)),
                                    _connector="OR",
                                ),
                                name="plans_line_active_with_an_owner",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "waiting"), _negated=True), ("owner", None), _connector="OR"
                                ),
                                name="plans_line_waiting_without_an_owner",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("aim", None), ("aim__gt", 0), _connector="OR"),
                                name="plans_line_aim",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("stand_in", False), ("owner__isnull", False), _connector="OR"),
                                name="plans_line_stand_in_is_somebody",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["plan", "state"], name="plans_line_plan_id_2f13ce_idx"),
                            models.Index(fields=["holder", "state"], name="plans_line_holder__c27520_idx"),
                            models.Index(
                                condition=models.Q(("state", "ended"), _negated=True),
                                fields=["owner"],
                                name="plans_line_owned",
                            ),
                            models.Index(fields=["agency"], name="plans_line_agency__60ab90_idx"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NightlyRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField()),
                        ("begun_at", models.DateTimeField(auto_now_add=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("made", models.PositiveIntegerField(default=0)),
                        ("passed", models.PositiveIntegerField(default=0)),
                        ("ended", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["-day"], name="plans_night_day_0f1125_idx")],
                    },
                ),
                migrations.CreateModel(
                    name="ContactEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "agency",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="units.agency",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="plans.contact",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="LineEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("given_on", models.DateField()),
                        ("stand_in", models.BooleanField(default=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[("active", "active"), ("waiting", "not assigned"), ("ended", "ended")],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("aim", models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="units.agency",
                            ),
                        ),
                        (
                            "given_to",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="units.agency",
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="units.agency",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="plans.line",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="plans.plan",
                            ),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="plans.task",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Answer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("seen", models.PositiveIntegerField()),
                        ("key", models.UUIDField(unique=True)),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "claim",
                            models.CharField(
                                choices=[("in_progress", "in progress"), ("reported", "done")], max_length=12
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=1000)),
                        ("figure", models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
                        ("unit", models.CharField(blank=True, max_length=60)),
                        ("indicator", models.CharField(blank=True, max_length=60)),
                        ("percent", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("claim__in", ["in_progress", "reported"])),
                                name="plans_answer_claim",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gt", models.F("seen"))), name="plans_answer_seen_before"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("percent", None), ("percent__lte", 100), _connector="OR"),
                                name="plans_answer_percent",
                            ),
                        ],
                        "indexes": [models.Index(fields=["by", "-at"], name="plans_answe_by_id_873045_idx")],
                    },
                ),
                migrations.CreateModel(
                    name="Occurrence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("due_on", models.DateField()),
                        ("first_due_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("not_started", "not started"),
                                    ("in_progress", "in progress"),
                                    ("reported", "reported, to be confirmed"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                ],
                                default="not_started",
                                max_length=12,
                            ),
                        ),
                        ("percent", models.PositiveSmallIntegerField(default=0)),
                        ("typed", models.BooleanField(default=False)),
                        ("revision", models.PositiveIntegerField(default=0)),
                        ("touched_on", models.DateField()),
                        ("reported_on", models.DateField(blank=True, null=True)),
                        ("confirmed_on", models.DateField(blank=True, null=True)),
                        (
                            "answer",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plans.answer",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="occurrences",
                                to="plans.line",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="occurrences",
                                to="plans.plan",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("line", "period"), name="plans_occurrence_once"),
                            models.CheckConstraint(
                                condition=models.Q(("period__isempty", True), _negated=True),
                                name="plans_occurrence_of_some_days",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["not_started", "in_progress", "reported", "confirmed", "returned"])
                                ),
                                name="plans_occurrence_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("percent__lte", 100)), name="plans_occurrence_percent"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", None), ("state", "not_started")),
                                    models.Q(
                                        models.Q(("state", "not_started"), _negated=True), ("answer__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="plans_occurrence_worked_by_an_answer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_on__isnull", False), ("state", "confirmed")),
                                    models.Q(models.Q(("state", "confirmed"), _negated=True), ("confirmed_on", None)),
                                    _connector="OR",
                                ),
                                name="plans_occurrence_confirmed_some_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["reported", "confirmed"]), _negated=True),
                                    ("reported_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="plans_occurrence_reported_some_day",
                            ),
                        ],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "confirmed"), _negated=True),
                                fields=["line", "due_on"],
                                name="plans_occurrence_open",
                            ),
                            models.Index(fields=["plan", "due_on"], name="plans_occur_plan_id_1409a4_idx"),
                            models.Index(
                                condition=models.Q(("state", "reported")),
                                fields=["plan", "line"],
                                name="plans_occurrence_to_confirm",
                            ),
                            models.Index(
                                condition=models.Q(("due_on", models.F("first_due_on")), _negated=True),
                                fields=["due_on"],
                                name="plans_occurrence_extended",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Evidence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("document", "issued document"),
                                    ("file", "file"),
                                    ("figure", "figure"),
                                    ("minutes", "minutes"),
                                    ("photo", "photo"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        ("symbol", models.CharField(blank=True, max_length=100)),
                        ("name", models.CharField(blank=True, max_length=255)),
                        ("figure", models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True)),
                        ("unit", models.CharField(blank=True, max_length=60)),
                        ("indicator", models.CharField(blank=True, max_length=60)),
                        (
                            "answer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="plans.answer",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proves",
                                to="documents.document",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proves",
                                to="core.storedfile",
                            ),
                        ),
                        (
                            "occurrence",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="plans.occurrence",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "evidence",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "document"), models.Q(("symbol", ""), _negated=True)),
                                    models.Q(
                                        ("file__isnull", False),
                                        ("kind__in", ["file", "minutes", "photo"]),
                                        models.Q(("name", ""), _negated=True),
                                    ),
                                    models.Q(("figure__isnull", False), ("kind", "figure")),
                                    _connector="OR",
                                ),
                                name="plans_evidence_is_there",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Note",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        ("words", models.CharField(max_length=2000)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="plans.task"
                            ),
                        ),
                        (
                            "occurrence",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notes",
                                to="plans.occurrence",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("words", ""), _negated=True), name="plans_note_says_something"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OccurrenceEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("due_on", models.DateField()),
                        ("first_due_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("not_started", "not started"),
                                    ("in_progress", "in progress"),
                                    ("reported", "reported, to be confirmed"),
                                    ("confirmed", "confirmed"),
                                    ("returned", "returned"),
                                ],
                                default="not_started",
                                max_length=12,
                            ),
                        ),
                        ("percent", models.PositiveSmallIntegerField(default=0)),
                        ("typed", models.BooleanField(default=False)),
                        ("revision", models.PositiveIntegerField(default=0)),
                        ("touched_on", models.DateField()),
                        ("reported_on", models.DateField(blank=True, null=True)),
                        ("confirmed_on", models.DateField(blank=True, null=True)),
                        (
                            "answer",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="plans.answer",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="plans.line",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="plans.occurrence",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="plans.plan",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Request",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("extension", "more time"),
                                    ("transfer", "transfer to another agency"),
                                    ("refusal", "to be let off"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("asked", "to be decided"), ("granted", "granted"), ("denied", "denied")],
                                default="asked",
                                max_length=10,
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        ("reason", models.CharField(max_length=1000)),
                        ("until", models.DateField(blank=True, null=True)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("answer", models.CharField(blank=True, max_length=1000)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="plans.line"
                            ),
                        ),
                        (
                            "occurrence",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requests",
                                to="plans.occurrence",
                            ),
                        ),
                        (
                            "to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="units.agency",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind", "extension"), ("occurrence__isnull", False), ("until__isnull", False)
                                    ),
                                    models.Q(("kind", "transfer"), ("to__isnull", False)),
                                    ("kind", "refusal"),
                                    _connector="OR",
                                ),
                                name="plans_request_says_what",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="plans_request_says_why"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at", None), ("decided_by", None), ("state", "asked")),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                        ("state__in", ["granted", "denied"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="plans_request_decided_by_somebody",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "extension"), ("state", "asked")),
                                fields=("occurrence",),
                                name="plans_request_one_for_more_time",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind__in", ["transfer", "refusal"]), ("state", "asked")),
                                fields=("line",),
                                name="plans_request_one_to_leave",
                            ),
                        ],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "asked")), fields=["line"], name="plans_request_asked"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Verdict",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(choices=[("confirm", "confirmed"), ("return", "returned")], max_length=10),
                        ),
                        ("reason", models.CharField(blank=True, max_length=1000)),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "answer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="verdict", to="plans.answer"
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "occurrence",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="verdicts",
                                to="plans.occurrence",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "confirm"),
                                    models.Q(("kind", "return"), models.Q(("reason", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="plans_verdict_with_a_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mention",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mentioned_in",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "note",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mentions",
                                to="plans.note",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("note", "user"), name="plans_mention_once")],
                    },
                ),
                migrations.CreateModel(
                    name="RequestEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("extension", "more time"),
                                    ("transfer", "transfer to another agency"),
                                    ("refusal", "to be let off"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("asked", "to be decided"), ("granted", "granted"), ("denied", "denied")],
                                default="asked",
                                max_length=10,
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        ("reason", models.CharField(max_length=1000)),
                        ("until", models.DateField(blank=True, null=True)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("answer", models.CharField(blank=True, max_length=1000)),
                        (
                            "by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="plans.line",
                            ),
                        ),
                        (
                            "occurrence",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="plans.occurrence",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="plans.request",
                            ),
                        ),
                        (
                            "to",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="units.agency",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
            ]
        ),
        Together(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="task",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="task",
                    name="update_update",
                ),
                migrations.AddField(
                    model_name="task",
                    name="parent",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="children",
                        to="plans.task",
                    ),
                ),
                migrations.AddField(
                    model_name="taskevent",
                    name="parent",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.task",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="task",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "plans_taskevent" ("at", "deadline", "deadline_kind", "deliverable", "ends_on", "heading_id", "id", "inherited", "item_id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "text", "topic") VALUES (NEW."at", NEW."deadline", NEW."deadline_kind", NEW."deliverable", NEW."ends_on", NEW."heading_id", NEW."id", NEW."inherited", NEW."item_id", NEW."parent_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."position", NEW."text", NEW."topic"); RETURN NULL;',
                            hash="ec7960c6e097df8faa7fe8de4ae725247f75cd85",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_949f2",
                            table="plans_task",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="task",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."deadline" IS DISTINCT FROM (NEW."deadline") OR OLD."deadline_kind" IS DISTINCT FROM (NEW."deadline_kind") OR OLD."deliverable" IS DISTINCT FROM (NEW."deliverable") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."heading_id" IS DISTINCT FROM (NEW."heading_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."inherited" IS DISTINCT FROM (NEW."inherited") OR OLD."item_id" IS DISTINCT FROM (NEW."item_id") OR OLD."parent_id" IS DISTINCT FROM (NEW."parent_id") OR OLD."plan_id" IS DISTINCT FROM (NEW."plan_id") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."topic" IS DISTINCT FROM (NEW."topic"))',
                            func='INSERT INTO "plans_taskevent" ("at", "deadline", "deadline_kind", "deliverable", "ends_on", "heading_id", "id", "inherited", "item_id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "text", "topic") VALUES (NEW."at", NEW."deadline", NEW."deadline_kind", NEW."deliverable", NEW."ends_on", NEW."heading_id", NEW."id", NEW."inherited", NEW."item_id", NEW."parent_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."position", NEW."text", NEW."topic"); RETURN NULL;',
                            hash="ed06aa416a2248dbe2ddae5fc07db2b240efe5a6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_57082",
                            table="plans_task",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="answer",
                    name="occurrence",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="plans.occurrence",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "plans_contactevent" ("agency_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."agency_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."user_id"); RETURN NULL;',
                            hash="932fe50d3b2c0cc058d7c4c093d12fb767129e99",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_07a7c",
                            table="plans_contact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "plans_contactevent" ("agency_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."agency_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."user_id"); RETURN NULL;',
                            hash="6a81609e4a54329ace3325caaeb712dd14b63c21",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_68e26",
                            table="plans_contact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "plans_contactevent" ("agency_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."agency_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."user_id"); RETURN NULL;',
                            hash="885105616cd97b33d071787d8df17941aacc30d2",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_50c08",
                            table="plans_contact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="line",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."aim" IS DISTINCT FROM (NEW."aim") OR OLD."given_on" IS DISTINCT FROM (NEW."given_on") OR OLD."given_to_id" IS DISTINCT FROM (NEW."given_to_id") OR OLD."holder_id" IS DISTINCT FROM (NEW."holder_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."plan_id" IS DISTINCT FROM (NEW."plan_id") OR OLD."stand_in" IS DISTINCT FROM (NEW."stand_in") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."successor_id" IS DISTINCT FROM (NEW."successor_id") OR OLD."task_id" IS DISTINCT FROM (NEW."task_id"))',
                            func='INSERT INTO "plans_lineevent" ("agency_id", "aim", "given_on", "given_to_id", "holder_id", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "stand_in", "state", "successor_id", "task_id") VALUES (OLD."agency_id", OLD."aim", OLD."given_on", OLD."given_to_id", OLD."holder_id", OLD."id", OLD."owner_id", _pgh_attach_context(), NOW(), \'before\', OLD."id", OLD."plan_id", OLD."stand_in", OLD."state", OLD."successor_id", OLD."task_id"); RETURN NULL;',
                            hash="54781a500ea8edf37fdc9f00140eb8a8ae004a3b",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_7dcaf",
                            table="plans_line",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="occurrence",
                    trigger=pgtrigger.compiler.Trigger(
                        name="before_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "plans_occurrenceevent" ("answer_id", "confirmed_on", "due_on", "first_due_on", "id", "line_id", "percent", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "reported_on", "revision", "state", "touched_on", "typed") VALUES (OLD."answer_id", OLD."confirmed_on", OLD."due_on", OLD."first_due_on", OLD."id", OLD."line_id", OLD."percent", OLD."period", _pgh_attach_context(), NOW(), \'before\', OLD."id", OLD."plan_id", OLD."reported_on", OLD."revision", OLD."state", OLD."touched_on", OLD."typed"); RETURN NULL;',
                            hash="60ca765a91f44a56c29851e99e6cf0b6bf2c929e",
                            operation="UPDATE",
                            pgid="pgtrigger_before_update_3c213",
                            table="plans_occurrence",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="note",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b65811a17fd27ac2f3723526b47a59b4fb10f48d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_note_kept_1dbe7",
                            table="plans_note",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="evidence",
                    trigger=pgtrigger.compiler.Trigger(
                        name="evidence_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1d5242461f276b582ba45183b72213cedf43fa5c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_evidence_kept_9ba42",
                            table="plans_evidence",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="answer",
                    constraint=models.UniqueConstraint(fields=("occurrence", "number"), name="plans_answer_number"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="answer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="answer_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1b0f584e37fd1e4f0cba6feb6435d21c591c8ef7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_answer_kept_59238",
                            table="plans_answer",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="request",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "plans_requestevent" ("answer", "at", "by_id", "decided_at", "decided_by_id", "id", "kind", "line_id", "occurrence_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "to_id", "until") VALUES (NEW."answer", NEW."at", NEW."by_id", NEW."decided_at", NEW."decided_by_id", NEW."id", NEW."kind", NEW."line_id", NEW."occurrence_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."state", NEW."to_id", NEW."until"); RETURN NULL;',
                            hash="c0989a8fb2bc52604df2d77ee5f671a0c2eedc1c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d30ea",
                            table="plans_request",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="request",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "plans_requestevent" ("answer", "at", "by_id", "decided_at", "decided_by_id", "id", "kind", "line_id", "occurrence_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "to_id", "until") VALUES (NEW."answer", NEW."at", NEW."by_id", NEW."decided_at", NEW."decided_by_id", NEW."id", NEW."kind", NEW."line_id", NEW."occurrence_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."state", NEW."to_id", NEW."until"); RETURN NULL;',
                            hash="727f7e64800b3665c799241da8edc53a1ee37ef5",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7bb59",
                            table="plans_request",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="verdict",
                    trigger=pgtrigger.compiler.Trigger(
                        name="verdict_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="4eac1d7274d6dee10e8a40c19fca8fd08fa4bd39",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_verdict_kept_ab5d4",
                            table="plans_verdict",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
