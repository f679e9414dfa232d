import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import hopluc.core.fields
from hopluc.core.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0004_readers"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("plans", "0004_assignees"),
        ("units", "0008_successions_of_fields"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Committee",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.TextField()),
                        ("founded_by", models.CharField(max_length=200)),
                        ("founded_on", models.DateField()),
                        ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("sort_key", hopluc.core.fields.SortKeyField(db_collation="C", editable=False, of="name")),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="committees", to="units.body"
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="committees_founded",
                                to="documents.document",
                            ),
                        ),
                        (
                            "standing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="committees_served",
                                to="units.agency",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="committees", to="units.unit"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["sort_key", "pk"],
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    (
                                        models.Func(
                                            django.db.models.functions.comparison.Coalesce(
                                                models.F("body_id"),
                                                models.Value(0),
                                                output_field=models.BigIntegerField(),
                                            ),
                                            django.db.models.functions.comparison.Coalesce(
                                                models.F("body_id"),
                                                models.Value(0),
                                                output_field=models.BigIntegerField(),
                                            ),
                                            models.Value("[]"),
                                            function="int8range",
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            django.db.models.functions.comparison.Coalesce(
                                                models.F("unit_id"),
                                                models.Value(0),
                                                output_field=models.BigIntegerField(),
                                            ),
                                            django.db.models.functions.comparison.Coalesce(
                                                models.F("unit_id"),
                                                models.Value(0),
                                                output_field=models.BigIntegerField(),
                                            ),
                                            models.Value("[]"),
                                            function="int8range",
                                        ),
                                        "&&",
                                    ),
                                    ("validity", "&&"),
                                ],
                                name="plans_committee_one_of_a_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("validity__isempty", True), _negated=True),
                                name="plans_committee_in_force_somewhen",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommitteeEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name", models.TextField()),
                        ("founded_by", models.CharField(max_length=200)),
                        ("founded_on", models.DateField()),
                        ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
                        (
                            "body",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="units.body",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="documents.document",
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
                                to="plans.committee",
                            ),
                        ),
                        (
                            "standing",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="units.agency",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="units.unit",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CommitteeMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        (
                            "duty",
                            models.CharField(
                                choices=[
                                    ("head", "head of the committee"),
                                    ("deputy", "deputy head of the committee"),
                                    ("member", "member of the committee"),
                                    ("secretary", "secretary of the committee"),
                                ],
                                default="member",
                                max_length=10,
                            ),
                        ),
                        ("position", models.PositiveIntegerField(default=0)),
                        ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="committee_seats",
                                to="units.agency",
                            ),
                        ),
                        (
                            "committee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="members",
                                to="plans.committee",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("duty__in", ["head", "deputy", "member", "secretary"])),
                                name="plans_committee_duty",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("validity__isempty", True), _negated=True),
                                name="plans_committee_seat_in_force_somewhen",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommitteeMemberEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("title", models.CharField(max_length=200)),
                        (
                            "duty",
                            models.CharField(
                                choices=[
                                    ("head", "head of the committee"),
                                    ("deputy", "deputy head of the committee"),
                                    ("member", "member of the committee"),
                                    ("secretary", "secretary of the committee"),
                                ],
                                default="member",
                                max_length=10,
                            ),
                        ),
                        ("position", models.PositiveIntegerField(default=0)),
                        ("validity", django.contrib.postgres.fields.ranges.DateRangeField()),
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
                            "committee",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="plans.committee",
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
                                to="plans.committeemember",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="plan",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="plan",
                    name="update_update",
                ),
                migrations.AddField(
                    model_name="plan",
                    name="as_of",
                    field=models.DateField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="planevent",
                    name="as_of",
                    field=models.DateField(blank=True, null=True),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="plan",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "plans_planevent" ("as_of", "dated_on", "document_id", "edition", "id", "issued_at", "issued_by_id", "issuer", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "symbol", "title", "type", "unit_id", "version_id") VALUES (NEW."as_of", NEW."dated_on", NEW."document_id", NEW."edition", NEW."id", NEW."issued_at", NEW."issued_by_id", NEW."issuer", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."state", NEW."symbol", NEW."title", NEW."type", NEW."unit_id", NEW."version_id"); RETURN NULL;',
                            hash="bab40faa192e3a3a07a11a2c0fc33b62a89f5f2b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8b340",
                            table="plans_plan",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="plan",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."as_of" IS DISTINCT FROM (NEW."as_of") OR OLD."dated_on" IS DISTINCT FROM (NEW."dated_on") OR OLD."document_id" IS DISTINCT FROM (NEW."document_id") OR OLD."edition" IS DISTINCT FROM (NEW."edition") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."issued_at" IS DISTINCT FROM (NEW."issued_at") OR OLD."issued_by_id" IS DISTINCT FROM (NEW."issued_by_id") OR OLD."issuer" IS DISTINCT FROM (NEW."issuer") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."symbol" IS DISTINCT FROM (NEW."symbol") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."type" IS DISTINCT FROM (NEW."type") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."version_id" IS DISTINCT FROM (NEW."version_id"))',
                            func='INSERT INTO "plans_planevent" ("as_of", "dated_on", "document_id", "edition", "id", "issued_at", "issued_by_id", "issuer", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "symbol", "title", "type", "unit_id", "version_id") VALUES (NEW."as_of", NEW."dated_on", NEW."document_id", NEW."edition", NEW."id", NEW."issued_at", NEW."issued_by_id", NEW."issuer", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."state", NEW."symbol", NEW."title", NEW."type", NEW."unit_id", NEW."version_id"); RETURN NULL;',
                            hash="0ab0d96d3313a1910727d209843f03326642e56b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ee9c7",
                            table="plans_plan",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="committee",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "plans_committeeevent" ("body_id", "document_id", "founded_by", "founded_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "standing_id", "unit_id", "validity") VALUES (NEW."body_id", NEW."document_id", NEW."founded_by", NEW."founded_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."standing_id", NEW."unit_id", NEW."validity"); RETURN NULL;',
                            hash="486357e1f4c9b9d8ef6417065d2980cb81ec2b45",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a926e",
                            table="plans_committee",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="committee",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."body_id" IS DISTINCT FROM (NEW."body_id") OR OLD."document_id" IS DISTINCT FROM (NEW."document_id") OR OLD."founded_by" IS DISTINCT FROM (NEW."founded_by") OR OLD."founded_on" IS DISTINCT FROM (NEW."founded_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."standing_id" IS DISTINCT FROM (NEW."standing_id") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."validity" IS DISTINCT FROM (NEW."validity"))',
                            func='INSERT INTO "plans_committeeevent" ("body_id", "document_id", "founded_by", "founded_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "standing_id", "unit_id", "validity") VALUES (NEW."body_id", NEW."document_id", NEW."founded_by", NEW."founded_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."standing_id", NEW."unit_id", NEW."validity"); RETURN NULL;',
                            hash="c9d65012aca8e66722dbc0cfc785e79907b2f467",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ac9a0",
                            table="plans_committee",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="committeemember",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "plans_committeememberevent" ("agency_id", "committee_id", "duty", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "title", "validity") VALUES (NEW."agency_id", NEW."committee_id", NEW."duty", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."title", NEW."validity"); RETURN NULL;',
                            hash="d9d651334a8e6a583c634055954635d59240be66",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_dc584",
                            table="plans_committeemember",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="committeemember",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "plans_committeememberevent" ("agency_id", "committee_id", "duty", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "title", "validity") VALUES (NEW."agency_id", NEW."committee_id", NEW."duty", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."title", NEW."validity"); RETURN NULL;',
                            hash="8aca31d25e2d0139e7dbcc6df8f703686c29545d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ee0ff",
                            table="plans_committeemember",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="committeemember",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "plans_committeememberevent" ("agency_id", "committee_id", "duty", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "title", "validity") VALUES (OLD."agency_id", OLD."committee_id", OLD."duty", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."title", OLD."validity"); RETURN NULL;',
                            hash="72f7738277bc595386a4fc7a0645fdc35b12dfeb",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_bb9ec",
                            table="plans_committeemember",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        )
    ]
