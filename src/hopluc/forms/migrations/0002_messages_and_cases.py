import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from hopluc.core.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("forms", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("units", "0008_successions_of_fields"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Case",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.SlugField(max_length=60)),
                        ("title", models.CharField(max_length=500)),
                        ("subject_kind", models.CharField(blank=True, max_length=60)),
                        ("subject_id", models.BigIntegerField(default=0)),
                        ("opened_on", models.DateField()),
                        ("days", models.PositiveSmallIntegerField()),
                        ("source", models.CharField(max_length=300)),
                        ("closed_on", models.DateField(blank=True, null=True)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[("settled", "Settled"), ("refused", "Refused"), ("withdrawn", "Withdrawn")],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="units.agency"
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases_asked",
                                to="units.agency",
                            ),
                        ),
                        (
                            "opened_by",
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
                        "ordering": ["closed_on", "opened_on", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_on", None), ("closed_on__gte", models.F("opened_on")), _connector="OR"
                                ),
                                name="forms_case_closed_later",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_on", None), ("outcome", "")),
                                    models.Q(("closed_on__isnull", False), models.Q(("outcome", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="forms_case_closed_with_its_outcome",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["agency", "closed_on"], name="forms_case_agency__e9dc72_idx"),
                            models.Index(fields=["subject_kind", "subject_id"], name="forms_case_subject_01ee36_idx"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Message",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[("mail", "E-mail"), ("page", "On the page"), ("hook", "Webhook")], max_length=4
                            ),
                        ),
                        ("subject", models.CharField(max_length=300)),
                        ("body", models.TextField()),
                        ("about_kind", models.CharField(blank=True, max_length=60)),
                        ("about_id", models.BigIntegerField(default=0)),
                        ("digest_day", models.DateField(blank=True, null=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("opened_at", models.DateTimeField(blank=True, null=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("problem", models.CharField(blank=True, max_length=300)),
                        (
                            "to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="messages",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-created_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("digest_day__isnull", False)),
                                fields=("to", "channel", "digest_day"),
                                name="forms_message_digest_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("channel", "hook"), ("to__isnull", False), _connector="OR"),
                                name="forms_message_to_somebody",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["to", "-created_at"], name="forms_messa_to_id_e85d85_idx"),
                            models.Index(fields=["about_kind", "about_id"], name="forms_messa_about_k_4695e6_idx"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("kind", models.SlugField(db_index=False, max_length=60)),
                        ("title", models.CharField(max_length=500)),
                        ("subject_kind", models.CharField(blank=True, max_length=60)),
                        ("subject_id", models.BigIntegerField(default=0)),
                        ("opened_on", models.DateField()),
                        ("days", models.PositiveSmallIntegerField()),
                        ("source", models.CharField(max_length=300)),
                        ("closed_on", models.DateField(blank=True, null=True)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[("settled", "Settled"), ("refused", "Refused"), ("withdrawn", "Withdrawn")],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
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
                            "opened_by",
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
                                to="forms.case",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CasePause",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        ("reason", models.CharField(max_length=500)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="pauses", to="forms.case"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["starts_on", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("starts_on__lte", models.F("ends_on"))),
                                name="forms_pause_starts_before_its_end",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ends_on", None)),
                                fields=("case",),
                                name="forms_pause_one_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AnswerLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("token_sha256", models.CharField(max_length=64, unique=True)),
                        ("path", models.CharField(max_length=500)),
                        ("about_kind", models.CharField(blank=True, max_length=60)),
                        ("about_id", models.BigIntegerField(default=0)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("expires_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField(blank=True, null=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answer_links",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "message",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="links",
                                to="forms.message",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-created_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("path__startswith", "/"), models.Q(("path__startswith", "//"), _negated=True)
                                ),
                                name="forms_link_to_a_page_of_ours",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("token_sha256__regex", "^[0-9a-f]{64}$")), name="forms_link_sha256"
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["about_kind", "about_id"], name="forms_answe_about_k_240cda_idx")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CasePauseEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        ("reason", models.CharField(max_length=500)),
                        (
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="forms.case",
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
                                to="forms.casepause",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="case",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "forms_caseevent" ("agency_id", "asked_by_id", "closed_on", "days", "id", "kind", "note", "opened_by_id", "opened_on", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "subject_id", "subject_kind", "title") VALUES (NEW."agency_id", NEW."asked_by_id", NEW."closed_on", NEW."days", NEW."id", NEW."kind", NEW."note", NEW."opened_by_id", NEW."opened_on", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."subject_id", NEW."subject_kind", NEW."title"); RETURN NULL;',
                            hash="33f3890fd0b3837ac372a07cc9f130f452af49b3",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d61e2",
                            table="forms_case",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="case",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "forms_caseevent" ("agency_id", "asked_by_id", "closed_on", "days", "id", "kind", "note", "opened_by_id", "opened_on", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "subject_id", "subject_kind", "title") VALUES (NEW."agency_id", NEW."asked_by_id", NEW."closed_on", NEW."days", NEW."id", NEW."kind", NEW."note", NEW."opened_by_id", NEW."opened_on", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."subject_id", NEW."subject_kind", NEW."title"); RETURN NULL;',
                            hash="ec94b0776c07f85bc37df9c335d6922038a08816",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_98fdb",
                            table="forms_case",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="casepause",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "forms_casepauseevent" ("case_id", "ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on") VALUES (NEW."case_id", NEW."ends_on", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."starts_on"); RETURN NULL;',
                            hash="ae0cf5cd9456ad8bb36d4db3c2361d6c0581de68",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_653a3",
                            table="forms_casepause",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="casepause",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "forms_casepauseevent" ("case_id", "ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on") VALUES (NEW."case_id", NEW."ends_on", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."starts_on"); RETURN NULL;',
                            hash="6f402365993b129a7bc1115226f8b5d8ce3986ae",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_3ae1c",
                            table="forms_casepause",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="answerlink",
                    trigger=pgtrigger.compiler.Trigger(
                        name="used_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."used_at" IS NOT NULL AND OLD."used_at" IS DISTINCT FROM (NEW."used_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="5021ee0663ce14473c132c2ccd2dc7d0663c552f",
                            operation="UPDATE",
                            pgid="pgtrigger_used_once_06ff3",
                            table="forms_answerlink",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        )
    ]
