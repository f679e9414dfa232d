import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from hopluc.core.together import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("units", "0008_successions_of_fields"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Form",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(max_length=60, unique=True)),
                        ("title_vi", models.CharField(max_length=300)),
                        ("title_en", models.CharField(max_length=300)),
                    ],
                    options={
                        "ordering": ["code"],
                    },
                ),
                migrations.CreateModel(
                    name="ReceivedSheet",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=255)),
                        ("identity", models.JSONField()),
                        ("pages", models.JSONField()),
                        ("sent_at", models.DateTimeField(auto_now_add=True)),
                        ("applied_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="received_sheets",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-sent_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="FormVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        ("source", models.TextField(blank=True)),
                        ("schema", models.JSONField()),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "form",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="forms.form"
                            ),
                        ),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["form", "-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("form", "number"), name="forms_version_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(("starts_on__lte", models.F("ends_on"))),
                                name="forms_version_starts_before_its_end",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Filing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("period", models.CharField(max_length=40)),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        ("due_on", models.DateField(blank=True, null=True)),
                        ("subject_kind", models.CharField(blank=True, max_length=60)),
                        ("subject_id", models.BigIntegerField(default=0)),
                        ("subject", models.CharField(blank=True, max_length=500)),
                        ("values", models.JSONField(default=dict)),
                        ("marks", models.JSONField(default=dict)),
                        ("last", models.JSONField(default=dict)),
                        ("revision", models.PositiveIntegerField(default=0)),
                        ("levels", models.JSONField(default=list)),
                        ("level", models.PositiveSmallIntegerField(default=0)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Being filled in"),
                                    ("waiting", "Waiting for approval"),
                                    ("returned", "Returned"),
                                    ("approved", "Approved"),
                                    ("reopened", "Reopened"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("open_until", models.DateField(blank=True, null=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="filings", to="units.agency"
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="filings_asked",
                                to="units.agency",
                            ),
                        ),
                        (
                            "form",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="filings", to="forms.form"
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="filings",
                                to="forms.formversion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-ends_on", "form", "agency", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("form", "agency", "starts_on", "ends_on", "subject_kind", "subject_id"),
                                name="forms_filing_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("starts_on__lte", models.F("ends_on"))), name="forms_filing_period"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state", "reopened"), ("open_until", None), _connector="OR"),
                                name="forms_filing_until_only_while_reopened",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["agency", "state", "due_on"], name="forms_filin_agency__6af2bb_idx"),
                            models.Index(fields=["asked_by", "state"], name="forms_filin_asked_b_8a01f0_idx"),
                            models.Index(fields=["subject_kind", "subject_id"], name="forms_filin_subject_82332b_idx"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FormVersionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("number", models.PositiveSmallIntegerField()),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        ("source", models.TextField(blank=True)),
                        ("schema", models.JSONField()),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "form",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="forms.form",
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
                                to="forms.formversion",
                            ),
                        ),
                        (
                            "published_by",
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "verb",
                            models.CharField(
                                choices=[
                                    ("submit", "submitted it"),
                                    ("withdraw", "took it back"),
                                    ("approve", "approved it"),
                                    ("return", "returned it"),
                                    ("reopen", "reopened it"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("level", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        ("reason", models.TextField(blank=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        ("revision", models.PositiveIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("sections", models.JSONField(default=dict)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "filing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="forms.filing"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("verb__in", ["return", "reopen"]), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="forms_decision_with_its_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="forms_decision_sha256"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FilingEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("period", models.CharField(max_length=40)),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        ("due_on", models.DateField(blank=True, null=True)),
                        ("subject_kind", models.CharField(blank=True, max_length=60)),
                        ("subject_id", models.BigIntegerField(default=0)),
                        ("subject", models.CharField(blank=True, max_length=500)),
                        ("values", models.JSONField(default=dict)),
                        ("marks", models.JSONField(default=dict)),
                        ("revision", models.PositiveIntegerField(default=0)),
                        ("levels", models.JSONField(default=list)),
                        ("level", models.PositiveSmallIntegerField(default=0)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Being filled in"),
                                    ("waiting", "Waiting for approval"),
                                    ("returned", "Returned"),
                                    ("approved", "Approved"),
                                    ("reopened", "Reopened"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("open_until", models.DateField(blank=True, null=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
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
                            "asked_by",
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
                                to="forms.filing",
                            ),
                        ),
                        (
                            "form",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="forms.form",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="forms.formversion",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="DecisionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "verb",
                            models.CharField(
                                choices=[
                                    ("submit", "submitted it"),
                                    ("withdraw", "took it back"),
                                    ("approve", "approved it"),
                                    ("return", "returned it"),
                                    ("reopen", "reopened it"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("level", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        ("reason", models.TextField(blank=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        ("revision", models.PositiveIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("sections", models.JSONField(default=dict)),
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
                                to="forms.decision",
                            ),
                        ),
                        (
                            "filing",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="forms.filing",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="decision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="8290fd58914d64e9bfb07518909109f05d47801f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_never_changed_23818",
                            table="forms_decision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="decision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "forms_decisionevent" ("at", "by_id", "filing_id", "id", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "revision", "sections", "sha256", "until", "verb") VALUES (NEW."at", NEW."by_id", NEW."filing_id", NEW."id", NEW."level", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."revision", NEW."sections", NEW."sha256", NEW."until", NEW."verb"); RETURN NULL;',
                            hash="fd546cd43c72ebefd25f7aecd18ce55e05f688a8",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_51aec",
                            table="forms_decision",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="formversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="published_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."published_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d05e0345602a215428ff9c714cb3128cb617ee48",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_published_stays_e8248",
                            table="forms_formversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="formversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "forms_formversionevent" ("ends_on", "form_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "schema", "source", "starts_on") VALUES (NEW."ends_on", NEW."form_id", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."schema", NEW."source", NEW."starts_on"); RETURN NULL;',
                            hash="25c00200cdf45f1fdcb8affb419c82a97bc68555",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6ca58",
                            table="forms_formversion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="formversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "forms_formversionevent" ("ends_on", "form_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "schema", "source", "starts_on") VALUES (NEW."ends_on", NEW."form_id", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."schema", NEW."source", NEW."starts_on"); RETURN NULL;',
                            hash="d3d13ced7f7e59812e7fa0dc18be8bfd2a18ea74",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f6bd0",
                            table="forms_formversion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="filing",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "forms_filingevent" ("agency_id", "asked_by_id", "created_at", "due_on", "ends_on", "form_id", "id", "level", "levels", "marks", "open_until", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "starts_on", "state", "subject", "subject_id", "subject_kind", "values", "version_id") VALUES (NEW."agency_id", NEW."asked_by_id", NEW."created_at", NEW."due_on", NEW."ends_on", NEW."form_id", NEW."id", NEW."level", NEW."levels", NEW."marks", NEW."open_until", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."revision", NEW."starts_on", NEW."state", NEW."subject", NEW."subject_id", NEW."subject_kind", NEW."values", NEW."version_id"); RETURN NULL;',
                            hash="a64fdbecda52e1bde333112874930ec121459d9f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_23d04",
                            table="forms_filing",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="filing",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."asked_by_id" IS DISTINCT FROM (NEW."asked_by_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."form_id" IS DISTINCT FROM (NEW."form_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."levels" IS DISTINCT FROM (NEW."levels") OR OLD."marks" IS DISTINCT FROM (NEW."marks") OR OLD."open_until" IS DISTINCT FROM (NEW."open_until") OR OLD."period" IS DISTINCT FROM (NEW."period") OR OLD."revision" IS DISTINCT FROM (NEW."revision") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."subject" IS DISTINCT FROM (NEW."subject") OR OLD."subject_id" IS DISTINCT FROM (NEW."subject_id") OR OLD."subject_kind" IS DISTINCT FROM (NEW."subject_kind") OR OLD."values" IS DISTINCT FROM (NEW."values") OR OLD."version_id" IS DISTINCT FROM (NEW."version_id"))',
                            func='INSERT INTO "forms_filingevent" ("agency_id", "asked_by_id", "created_at", "due_on", "ends_on", "form_id", "id", "level", "levels", "marks", "open_until", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "starts_on", "state", "subject", "subject_id", "subject_kind", "values", "version_id") VALUES (NEW."agency_id", NEW."asked_by_id", NEW."created_at", NEW."due_on", NEW."ends_on", NEW."form_id", NEW."id", NEW."level", NEW."levels", NEW."marks", NEW."open_until", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."revision", NEW."starts_on", NEW."state", NEW."subject", NEW."subject_id", NEW."subject_kind", NEW."values", NEW."version_id"); RETURN NULL;',
                            hash="8decabb2d19c74c8eb7eb928fea868d61366dae7",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_be183",
                            table="forms_filing",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        )
    ]
